"""The header fields that decisions need, from the fields of the outermost part; nothing in them can make this raise."""

import re
from datetime import datetime

from bot.model import Address, Headers
from bot.reading.addresses import addresses
from bot.reading.encoded import decode_words
from bot.reading.message import Part
from bot.reading.moments import moment
from bot.text import tidy

_ID = re.compile(r"<([^<>]*)>")


def headers_of(part: Part, top_received: datetime | None, failed: tuple[str, ...] = ()) -> Headers:
    """The headers of a mail. Where a field comes several times the topmost counts: servers write above what they got."""
    return Headers(
        message_id=next(iter(_ids(part.field("message-id") or "")), ""),
        subject=tidy(decode_words(part.field("subject") or "")),
        sender=_sender(part),
        reply_to=addresses(part.field("reply-to") or ""),
        to=addresses(part.field("to") or ""),
        cc=addresses(part.field("cc") or ""),
        date=moment(part.field("date") or ""),
        in_reply_to=_ids(part.field("in-reply-to") or ""),
        references=_ids(part.field("references") or ""),
        return_path=_return_path(part.field("return-path")),
        auto_submitted=_auto_submitted(part),
        precedence=tidy(part.field("precedence") or ""),
        list_id=tidy(decode_words(part.field("list-id") or "")),
        auto_response_suppress=tidy(part.field("x-auto-response-suppress") or ""),
        own_mark=tidy(part.field("x-shouli") or ""),
        content_type=part.kind,
        report_type=part.parameters.get("report-type", "").lower(),
        failed_recipients=failed,
        authentication=tidy(part.field("authentication-results") or ""),
        authentications=_all(part, "authentication-results"),
        top_received=top_received,
    )


_OLDER_MARKS = ("x-autoreply", "x-autorespond", "x-auto-reply")
"""What answering machines wrote before RFC 3834 and some still write; “no” is a human."""


def _auto_submitted(part: Part) -> str:
    """The field of RFC 3834, or that an older mark stands in its place."""
    if own := tidy(part.field("auto-submitted") or ""):
        return own
    older = [tidy(part.field(name) or "") for name in _OLDER_MARKS]
    return "auto-replied" if any(mark and mark.lower() != "no" for mark in older) else ""


MOST_FIELDS = 20
"""Fields of one name that are kept; a mail with more of them has been made to have them."""


def _all(part: Part, name: str) -> tuple[str, ...]:
    """Every field of this name, the topmost first, and of very many the first and the last."""
    found = [tidy(value) for key, value in part.fields if key == name]
    return tuple(found if len(found) <= MOST_FIELDS else (*found[: MOST_FIELDS // 2], *found[-MOST_FIELDS // 2 :]))


def _sender(part: Part) -> Address:
    for name in ("from", "sender", "return-path"):
        found = addresses(part.field(name) or "")
        if found:
            return next((one for one in found if one.address), found[0])
    return Address("")


def _return_path(value: str | None) -> str | None:
    if value is None:
        return None
    found = addresses(value)
    return found[0].address if found else ""


def _ids(value: str) -> tuple[str, ...]:
    """Message ids with their angle brackets; bare ones get them, white space of folding goes."""
    inner = [text for text in ("".join(found.split()) for found in _ID.findall(value)) if text]
    bare = inner or [word for word in value.replace("<", " ").replace(">", " ").split() if word]
    return tuple(dict.fromkeys(f"<{text}>" for text in bare))
