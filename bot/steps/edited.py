"""Remembers for the status that rules or wording were edited while the worker runs."""

import logging

from bot.ports import Store

EDITED = "edited"
"""Mark: what is to be said of the edit, in one line; none when the worker uses what lies there."""

log = logging.getLogger("shouli.rules")


def note_edit(store: Store, told: str) -> None:
    """Remember and log it; "" for nothing."""
    with store.glance() as look:
        known = look.marks.get(EDITED) or ""
    if told == known:
        return
    with store.begin() as transaction:
        transaction.marks.put(EDITED, told or None)
    if told:
        log.warning("%s", told)
