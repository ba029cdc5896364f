"""What of the ledger outlives the removal of personal data: the columns that statistics and the proof need, and nothing else.

A column that is not named here is emptied, so that one added later is removed until somebody decides that it may stay.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

KEPT: Mapping[str, frozenset[str]] = {
    "mails": frozenset(
        {
            *("id", "sha256", "position", "received", "size", "complete", "state", "attempts", "outcome", "command", "unit"),
            *("rules", "letter", "answer_state", "answer_by", "handled", "given_unit", "released", "filed", "folder", "uid"),
        }
    ),
    "nominations": frozenset(
        {
            *("number", "version", "unit", "category", "state", "received", "updated", "mail", "count", "form_mail", "form_at"),
            *("material_mail", "material_at", "publicity_shown", "paper", "admitted", "order", "standing", "newest", "ordinal"),
            *("touched", "touched_by"),
        }
    ),
    "outbox": frozenset({"id", "letter", "unit", "numbers", "mails", "state", "queued", "due", "attempts", "sent"}),
    "chronicle": frozenset({"id", "at", "what"}),
    "folders": frozenset({"folder", "uidvalidity", "last_uid"}),
    "schema": frozenset({"version"}),
}
"""Tables with the columns that stay. A table that is not named loses all its rows."""

_HANDS = re.compile(r"mail:\d+|clock|operator|courier|worker")
_THINGS = re.compile(r"(mail|letter|nomination):\d+|unit:[0-9A-Za-z-]+|courier|mailbox|ledger|worker")


def _checks(found: str) -> str:
    """Which checks found something, without what they found."""
    return json.dumps([{"check": one["check"], "severity": one["severity"]} for one in json.loads(found)])


CHANGED: Mapping[tuple[str, str], Callable[[Mapping[str, Any]], Any]] = {
    ("mails", "message_id"): lambda row: f"removed:{row['id']}",
    ("mails", "findings"): lambda row: _checks(row["findings"]),
    ("mails", "sender"): lambda _: '{"address":""}',
    ("nominations", "findings"): lambda row: _checks(row["findings"]),
    ("outbox", "dedup_key"): lambda row: f"removed:{row['id']}",
    ("outbox", "message_id"): lambda row: f"removed:{row['id']}",
    ("chronicle", "who"): lambda row: row["who"] if _HANDS.fullmatch(row["who"]) else "office",
    ("chronicle", "subject"): lambda row: row["subject"] if _THINGS.fullmatch(row["subject"]) else "removed",
}
"""Columns that are neither kept nor emptied, with what they become."""
