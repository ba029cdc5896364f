"""The dry run: every mail has its line, whatever one of them does to the program."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.store import SqlStore
from bot.model import Address, Headers, Outcome, Reading
from bot.steps import dry_run as module
from bot.steps.dry_run import DryRun, Sample
from tests.reading.campaign import RULES

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2021, 12, 10, 9, tzinfo=ZONE)


class Reader:
    """Gives every mail its bytes as its subject; the subject “poison” cannot be judged: its sender is no address."""

    def read(self, content: bytes) -> Reading:
        sender = None if content == b"poison" else Address("a@example.com")
        return Reading(Headers(f"<{content.decode()}@example.com>", content.decode(), sender), "", "")  # type: ignore[arg-type]  # the poison

    def close(self) -> None:
        """Nothing to let go."""


@pytest.fixture
def dry_run() -> Iterator[DryRun]:
    store = SqlStore("sqlite://", ZONE)
    yield DryRun(store, Reader(), 1, RULES, lambda *_: None, together=True, at=None, now=NOW)
    store.close()


def test_a_mail_that_cannot_be_judged_is_held_and_those_after_it_are_judged(
    dry_run: DryRun, caplog: pytest.LogCaptureFixture
) -> None:
    judged = list(dry_run.run([Sample("1.eml", b"hello"), Sample("2.eml", b"poison"), Sample("3.eml", b"again")]))
    assert [verdict.path for verdict in judged] == ["1.eml", "2.eml", "3.eml"]
    assert [verdict.decision.outcome for verdict in judged] == [Outcome.HELD] * 3
    assert judged[1].decision.reason == "it cannot be judged: AttributeError"
    assert "cannot be judged" not in judged[2].decision.reason
    assert [record.getMessage() for record in caplog.records if record.name == module.log.name] == ["mail 2 cannot be judged"]
