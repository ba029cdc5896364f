"""The moment that a date header names."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz


def moment(text: str) -> datetime | None:
    """The moment a date header names, aware; without a zone it is taken as UTC. None for what is no date."""
    try:
        parts = parsedate_tz(text)
        if parts is None:
            return None
        shift = timedelta(seconds=parts[9] or 0)
        return (datetime(*parts[:6], tzinfo=UTC) - shift).astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):  # years, hours and zones out of range
        return None
