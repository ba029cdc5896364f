"""Invents people: names put together by lot, telephone numbers of made-up ranges, lives of a plausible shape."""

from dataclasses import dataclass

from bot.demo.banks import bank
from bot.demo.chance import dice


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented. Dates are (year, month)."""

    name: str
    sex: str
    born: tuple[int, int]
    joined: tuple[int, int]  # the party
    began: tuple[int, int]  # work
    schooling: str
    post: str
    honours: str
    mobile: str
    office: str  # fixed line


def person(*key: object) -> Person:
    """The person that this key stands for: in service and well under sixty."""
    words, chance = bank("people"), dice("person", *key)
    born = chance.randint(1968, 1990)
    began = born + chance.randint(19, 23)
    return Person(
        name=chance.choice(words["surnames"]) + chance.choice(words["first"]) + chance.choice(words["second"]),
        sex=chance.choice("男女"),
        born=(born, chance.randint(1, 12)),
        joined=(began + chance.randint(2, 7), chance.randint(1, 12)),
        began=(began, chance.randint(1, 12)),
        schooling=chance.choice(words["schooling"]),
        post=chance.choice(words["posts"]),
        honours=chance.choice(words["honours"]),
        mobile=f"1380371{chance.randint(1000, 9999)}",
        office=f"0371-5550{chance.randint(1000, 9999)}",
    )


def career(who: Person, employer: str) -> str:
    """The lines of a short curriculum (个人简历)."""
    (began, month), (joined, _) = who.began, who.joined
    template: str = bank("people")["career"]
    later = min(joined + 4, 2019)
    return template.format(
        began=began, month=month, joined=joined, next=joined + 1, later=later, employer=employer, post=who.post
    )
