"""Deadlines as a calendar file (RFC 5545): whole days with a reminder, folded and escaped, the same bytes each time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.letters.lines import plain_lines

FOLD = 75
"""Octets of a content line without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A whole day to remember; `key` tells it apart for ever, `alarm_days` before it the calendar speaks up at nine."""

    key: str
    day: date
    summary: str
    description: str
    alarm_days: int | None = None


def calendar(appointments: Sequence[Appointment], domain: str, stamp: datetime) -> bytes:
    """The file; `domain` makes the keys unique in the world, `stamp` is when it was made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//shouli//deadlines//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *(line for one in appointments for line in _event(one, domain, stamp)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line)).encode()


def _event(one: Appointment, domain: str, stamp: datetime) -> Iterator[str]:
    """A day that is not busy: it is a deadline, no meeting. DTEND is the day after (RFC 5545, 3.6.1)."""
    yield "BEGIN:VEVENT"
    yield f"UID:{one.key}@{domain}"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(one.summary)}"
    yield f"DESCRIPTION:{_escaped(one.description)}"
    yield "TRANSP:TRANSPARENT"
    if one.alarm_days is not None:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_escaped(one.summary)}"
        # Nine o'clock of a day before: counted back from the midnight with which the appointment begins.
        yield f"TRIGGER:-PT{24 * one.alarm_days - 9}H"
        yield "END:VALARM"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11)."""
    plain = plain_lines(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\n", "\\n")


def _fold(line: str) -> Iterator[str]:
    """A content line in pieces of at most 75 octets; no character is split."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > FOLD:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    yield piece
