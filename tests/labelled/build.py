"""Short ways to labelled mails: a sender, a nomination with something about it, what must come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tests.labelled import dresses, envelope, papers
from tests.labelled.chance import Dice
from tests.labelled.clean import DOCX, filed
from tests.labelled.entry import CATEGORIES, MEMBER, Entry, entry
from tests.labelled.envelope import File, Written
from tests.labelled.label import Case, Filed, Label, Mail, at
from tests.labelled.senders import ALL, OTHERS, Sender

FORM, MATERIAL = "推荐表.docx", "典型材料.docx"


@dataclass(slots=True)
class Desk:
    """Where one case is written: its dice, its sender, its first nomination."""

    name: str
    sender: Sender = field(default_factory=lambda: OTHERS[0])
    category: str = MEMBER
    layout: str = ""
    dice: Dice = field(init=False)
    look: dresses.Look = field(init=False)
    one: Entry = field(init=False)

    def __post_init__(self) -> None:
        self.dice = Dice(self.name)
        self.look = replace(dresses.look(self.dice, self.layout), choice=False)
        self.one = self.entry(self.category)

    def entry(self, category: str, nominee: str = "") -> Entry:
        """Another clean nomination of the same sender."""
        return entry(self.dice, category, self.sender.form, city=self.sender.city, press=self.sender.press, nominee=nominee)

    def form(self, one: Entry | None = None, name: str = FORM) -> File:
        """The form as a file."""
        return File(name, papers.form(one or self.one, self.look, self.dice), DOCX)

    def material(self, one: Entry | None = None, name: str = MATERIAL) -> File:
        """The material as a file."""
        return File(name, papers.material(one or self.one), DOCX)

    def write(self, files: Sequence[File] | None = None, **changes: Any) -> Written:
        """The covering mail; form and material of the first nomination unless other files are given."""
        start = Written(
            f"{self.sender.subject}“三个100”推荐材料",
            f"您好：\n现报送我单位推荐材料，请查收。\n{self.sender.signature}",
            [self.form(), self.material()] if files is None else files,
            client=self.dice.one(envelope.CLIENTS),
            arrived=at(14, 10, self.dice.number(0, 59)),
        )
        return replace(start, **changes)

    def received(self, *nominations: Filed, findings: Sequence[str] = (), roles: Mapping[str, str] | None = None) -> Label:
        """The label of a mail from which these are filed."""
        return Label("received", self.sender.id, filed=nominations, findings=frozenset(findings), roles=roles or {})

    def returned(self, *findings: str, unit: str | None = None) -> Label:
        """The label of a submission of which nothing can be filed."""
        return Label("returned", unit or self.sender.id, findings=frozenset(findings))

    def case(self, mail: Written, label: Label, needs: str = "") -> Case:
        """A case of one mail."""
        return Case(self.name, (Mail(mail.bytes(), label),), needs)

    def first(self, state: str = "accepted", *findings: str) -> Filed:
        """The first nomination, its two files under their plain names."""
        return filed(self.one, FORM, MATERIAL, state, *findings)


def turn(number: int) -> tuple[str, str]:
    """A category and a layout, so that a list of cases goes through all of them."""
    return CATEGORIES[number % 3], dresses.LAYOUTS[number % len(dresses.LAYOUTS)]


def anyone(number: int) -> Sender:
    """A sender, cities and others in turn."""
    return ALL[number * 7 % len(ALL)]


def judged(
    name: str,
    values: Mapping[str, str],
    findings: Sequence[str] = (),
    *,
    category: str = MEMBER,
    sender: Sender | None = None,
    layout: str = "",
    arrived: datetime | None = None,
    state: str = "",
    fields: bool = True,
) -> Case:
    """One nomination with these values instead of clean ones, and what is found in it."""
    desk = Desk(name, sender or OTHERS[0], category, layout)
    desk.one = desk.one.but(**values)
    expected = desk.first(state or ("defective" if findings else "accepted"), *findings)
    mail = desk.write(arrived=arrived) if arrived else desk.write()
    return desk.case(mail, desk.received(expected if fields else replace(expected, fields={})))
