"""The clock of the machine: the only place that asks what time it is."""

from datetime import datetime
from zoneinfo import ZoneInfo


class SystemClock:
    """The present moment in the campaign's zone."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)

    def now(self) -> datetime:
        """Now, aware."""
        return datetime.now(self._zone)
