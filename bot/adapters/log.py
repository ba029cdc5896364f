"""Logging to standard error, readable or JSON; mails are named by number, never by content."""

import json
import logging
import sys
from datetime import UTC, datetime

from bot.text import printable


class _Lines(logging.Formatter):
    """Readable lines; what a terminal would obey in words from outside becomes visible."""

    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record), keep="\n\t")


class _Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(style: str, *, quiet: bool) -> None:
    """Send our log lines to standard error; `quiet` keeps everything below warnings back. Rotation is the system's."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if style == "json" else _Lines("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("shouli")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.WARNING if quiet else logging.INFO)
    logger.propagate = False
    # What the IMAP library says of servers' answers is in our own errors; without a handler it would go to standard error.
    logging.getLogger("imapclient").addHandler(logging.NullHandler())
