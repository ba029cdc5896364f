"""Who could not be reached: recipients of a delivery report, from its fields (RFC 3464) or the words of a “系统退信”."""

import re

from bot.campaign import Phrases
from bot.reading.addresses import specs
from bot.reading.charsets import decode
from bot.reading.message import Part
from bot.text import folded

_RECIPIENT = re.compile(
    r"^(?:Final|Original)-Recipient[ \t]*:[ \t]*(?:[^;\r\n]*;)?[ \t]*(.+?)[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_ACTION = re.compile(r"^Action[ \t]*:[ \t]*([a-z]+)", re.IGNORECASE | re.MULTILINE)
_DAEMONS = ("mailer-daemon", "postmaster", "mail-daemon", "mdaemon")
_MOST = 100


def failed_recipients(root: Part, subject: str, text: str, phrases: Phrases) -> tuple[str, ...]:
    """Addresses a delivery report says it failed for; none when the mail is no such report.

    Reports of mere delay do not count. Where no machine-readable part is there, the addresses in the words of the
    report are taken, without those of the daemon and of ourselves to whom it is written.
    """
    told = [address for part in root.leaves() if part.kind == "message/delivery-status" for address in _told(part)]
    told += [address for key, value in root.fields if key == "x-failed-recipients" for address in specs(value)]
    if told or not _speaks_of_failure(root, subject, phrases):
        return tuple(dict.fromkeys(told))[:_MOST]
    own = specs(f"{root.field('to') or ''} {root.field('from') or ''} {root.field('delivered-to') or ''}")
    named = (one for one in specs(text[:20_000]) if one not in own and not one.startswith(_DAEMONS))
    return tuple(named)[:_MOST]


def returned_message_id(root: Part) -> str | None:
    """The Message-ID of the letter that came back, from the copy of it (or of its header) in the report."""
    for part in root.leaves():
        if part.kind in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            match = re.search(rb"^Message-ID\s*:\s*(<[^<>\s]{1,500}>)", part.content()[:100_000], re.IGNORECASE | re.MULTILINE)
            if match is not None:
                return decode(match[1])
    return None


def is_report(root: Part) -> bool:
    """Whether the mail calls itself a delivery report."""
    return root.kind == "multipart/report" and root.parameters.get("report-type", "").lower() == "delivery-status"


def _told(part: Part) -> list[str]:
    found: list[str] = []
    for block in re.split(r"\r?\n[ \t]*\r?\n", decode(part.content())):
        action = _ACTION.search(block)
        if action is not None and action[1].lower() not in ("failed", "failure"):
            continue
        found += [address for match in _RECIPIENT.finditer(block) for address in specs(match[1])[:1]]
    return found


def _speaks_of_failure(root: Part, subject: str, phrases: Phrases) -> bool:
    sender = (root.field("from") or "").lower()
    said = folded(subject)
    null_path = (root.field("return-path") or "x").strip() == "<>"
    named = any(word and word in said for word in map(folded, phrases.bounce))
    return any(daemon in sender for daemon in _DAEMONS) or (null_path and named)
