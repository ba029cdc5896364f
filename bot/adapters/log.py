"""Logging to standard error, readable or JSON: mails by number, never by content, not even in tracebacks."""

import json
import logging
import os
import sys
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType

from bot.ports import MailboxError, StoreError
from bot.text import printable

FIELDS = ("mail", "letter", "outcome", "reason", "filed", "bytes", "verdict", "attempt")
"""Facts that a log line may bring besides its words (`extra`); in JSON each is a key of its own, for filters and counts."""

SPEAKING = (OSError, MailboxError, StoreError)
"""Errors whose own words are told: they speak of machines and servers. Others may quote the mail they stumbled over."""

_PRIORITIES = {logging.DEBUG: 7, logging.INFO: 6, logging.WARNING: 4, logging.ERROR: 3, logging.CRITICAL: 2}
"""Syslog's, as a line to the journal carries them in front (sd-daemon(3))."""

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _Lines(logging.Formatter):
    """Readable lines; what a terminal would obey in words from outside becomes visible.

    What goes on over a line's end is indented: no words of an error can pass for a line of ours.
    """

    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record), keep="\n\t").replace("\n", "\n    ")

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 - the name logging calls
        return told(ei[1])


class _JournalLines(_Lines):
    """The same for the journal, which knows the time by itself and wants the level as a number in front."""

    def format(self, record: logging.LogRecord) -> str:
        return f"<{_PRIORITIES.get(record.levelno, 6)}>{super().format(record)}"


class _Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["traceback"] = told(record.exc_info[1])
        return json.dumps(line, default=str)  # in ASCII: some readers take U+2028 for the end of a line


def told(error: BaseException | None) -> str:
    """A traceback whose last line has the error's own words only where those cannot come from a mail.

    The whole of it stands in the ledger, for the eyes of the office: `shouli held`, `shouli explain mail:17`.
    """
    return "\n".join("\n".join((*_frames(one), _words(one))) for one in reversed(list(_chain(error))))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _frames(error: BaseException) -> Iterator[str]:
    yield "Traceback (most recent call last):"
    yield from (line.rstrip("\n") for line in traceback.format_tb(error.__traceback__))


def _words(error: BaseException) -> str:
    name = type(error).__name__
    return f"{name}: {error}" if isinstance(error, SPEAKING) else f"{name} (its words may quote a mail: see the ledger)"


def set_up_logging(style: str, *, quiet: bool, environment: Mapping[str, str] | None = None) -> None:
    """Send our log lines to standard error; `quiet` keeps everything below warnings back. Rotation is the system's."""
    handler = logging.StreamHandler(sys.stderr)
    if style == "json":
        handler.setFormatter(_Json())
    elif _to_the_journal(os.environ if environment is None else environment):
        handler.setFormatter(_JournalLines("%(name)s: %(message)s"))
    else:
        handler.setFormatter(_Lines("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("shouli")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.WARNING if quiet else logging.INFO)
    logger.propagate = False
    # What the IMAP library says of servers' answers is in our own errors; without a handler it would go to standard error.
    logging.getLogger("imapclient").addHandler(logging.NullHandler())


def _to_the_journal(environment: Mapping[str, str]) -> bool:
    """Whether standard error really is the stream that JOURNAL_STREAM names (systemd.exec(5)), not one redirected since."""
    try:
        stream = os.fstat(sys.stderr.fileno())
    except (OSError, ValueError):
        return False
    return environment.get("JOURNAL_STREAM") == f"{stream.st_dev}:{stream.st_ino}"
