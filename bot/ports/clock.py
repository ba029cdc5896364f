"""The time."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The only source of “now”."""

    def now(self) -> datetime:
        """The present moment, aware, in the campaign's zone."""
        ...
