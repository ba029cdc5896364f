"""Dice that fall the same way every time: names, telephones, deeds and prose of any length, from the name of a case."""

import random
from collections.abc import Sequence
from typing import TypeVar

from tests.labelled import words

T = TypeVar("T")


class Dice:
    """Chances of one case; the same name throws the same."""

    def __init__(self, name: str) -> None:
        self._random = random.Random(f"labelled:{name}")  # noqa: S311 invented texts, no secrets

    def one(self, of: Sequence[T]) -> T:
        """One of these."""
        return self._random.choice(of)

    def number(self, low: int, high: int) -> int:
        """A number, both ends included."""
        return self._random.randint(low, high)

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred."""
        return self._random.randrange(100) < percent

    def noise(self, size: int) -> bytes:
        """Bytes that mean nothing."""
        return self._random.randbytes(size)

    def person(self) -> str:
        """The name of an invented person."""
        return self.one(words.SURNAMES) + self.one(words.GIVEN)

    def mobile(self) -> str:
        """A mobile number."""
        return self.one(("139", "158", "186", "177", "199")) + f"{self.number(0, 99_999_999):08d}"

    def fixed(self, area: str = "0371") -> str:
        """A fixed line with its area code."""
        return (
            f"{area}-{self.number(20_000_000, 89_999_999)}" if area == "0371" else f"{area}-{self.number(2_000_000, 8_999_999)}"
        )

    def sentence(self) -> str:
        """One sentence of a deed."""
        who, did, what = self.one(words.WHO), self.one(words.DID), self.one(words.WHAT)
        more = f"，{self.one(words.WHO)}{self.one(words.DID)}{self.one(words.WHAT)}" if self.chance(60) else ""
        figure = f"，惠及{self.number(12, 9_800)}人" if self.chance(40) else ""
        return f"{self.one(words.WHEN)}，{who}{did}{what}{more}{figure}，{self.one(words.RESULT)}。"

    def prose(self, least: int) -> str:
        """Sentences of at least so many characters."""
        text = ""
        while len(text) < least:
            text += self.sentence()
        return text

    def project(self) -> str:
        """The name of a project."""
        return f"{self.one(words.PLACES)}{self.one(words.PROJECT_KINDS)}{self.one(('项目', '工程', '服务项目', '行动'))}"

    def team(self) -> str:
        """The name of a team."""
        return f"{self.one(words.PLACES)}{self.one(words.TEAM_KINDS)}"

    def body(self) -> str:
        """The name of a body that does the work."""
        return f"{self.one(words.PLACES)}{self.one(words.BODIES)}"
