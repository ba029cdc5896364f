"""The office's post room in the play: on some days stamped papers come in, a unit's all together, and are noted."""

from collections.abc import Iterable
from datetime import date, datetime

from bot.demo.chance import dice
from bot.model import PAPER_WANTED, Nomination
from bot.ports import Store
from bot.steps.release import note_paper

SHARES = (
    # The day, and of how many units in a hundred the papers have come by its evening.
    (date(2021, 12, 17), 20),
    (date(2021, 12, 21), 70),
    (date(2021, 12, 23), 90),  # the day after the first reminder
    (date(2021, 12, 28), 97),  # the day after the second; a few never come
)

WHO = "operator"


def note_the_post(store: Store, now: datetime) -> None:
    """Note the papers that came this day, if it is one on which some come."""
    share = next((share for day, share in SHARES if day == now.date()), None)
    if share is None:
        return
    with store.glance() as ledger:
        numbers = _come(ledger.nominations.all(), share)
    if numbers:
        note_paper(store, numbers, WHO, now)


def _come(nominations: Iterable[Nomination], share: int) -> list[str]:
    """Numbers whose papers have come by now and are not yet noted."""
    wanted = (one for one in nominations if one.state in PAPER_WANTED and one.paper is None)
    return [one.number for one in wanted if dice("papers", one.unit).randrange(100) < share]
