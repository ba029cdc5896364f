"""A long backlog: what is done leaves nothing of itself in memory, however many mails there were."""

import gc
from collections import Counter
from dataclasses import is_dataclass, replace

from bot import model
from bot.model import Reading
from tests.deciding import build
from tests.steps import rounds
from tests.steps.rounds import LATER, Rounds

WARM, MORE, FEW = 4, 12, 5
"""Mails that go through before the first count and before the second, and how many objects of a kind may come to stay."""


_KINDS = frozenset(kind for kind in vars(model).values() if is_dataclass(kind))


class Stream(Rounds):
    """Mails come and go: nothing is kept of them on this side, so that what is left was kept by the program."""

    def __init__(self) -> None:
        super().__init__()
        self.came = 0

    def goes_through(self, mails: int) -> None:
        """So many mails, each about a nominee of its own and from an address of its own, taken in, handled, answered, sent."""
        for _ in range(mails):
            self.came += 1
            words = f"Message-ID: <{self.came}@units.example>\r\nFrom: <clerk{self.came}@units.example>\r\n\r\n"
            self.mailbox.put(words.encode(), self.clock.now())
        self.round(LATER)
        self.round(LATER)
        self.courier.sent.clear()

    def read(self, content: bytes) -> Reading:
        """A form and a material, made when they are asked for."""
        number = int(content.split(b"<")[1].split(b"@")[0])
        made = build.mail(*build.whole("project", 项目名称=f"便民服务项目{number}"), sender=f"clerk{number}@units.example")
        return replace(made, headers=replace(made.headers, message_id=f"<{number}@units.example>"))


def living() -> Counter[str]:
    """The values of the model that are alive, by kind; but not those that the wording holds with its sayings, of which it
    keeps a bounded number (`bot/letters/remembered.py`).
    """
    rounds._words.clear()
    gc.collect()
    return Counter(type(one).__name__ for one in gc.get_objects() if type(one) in _KINDS)


def test_mails_that_are_done_leave_nothing_of_themselves_in_memory() -> None:
    office = Stream()
    office.goes_through(WARM)
    before = living()
    office.goes_through(MORE)
    assert len(office.nominations()) == WARM + MORE
    more = living() - before
    assert {kind: count for kind, count in more.items() if count > FEW} == {}
