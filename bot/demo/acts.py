"""What clerks do over and over: put papers together, send them, answer a letter; each gives a whole scene."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.demo.banks import bank
from bot.demo.cast import Writer, writer
from bot.demo.chance import dice, pick
from bot.demo.dresses import DRESSES
from bot.demo.forms import form, form_with_material, text_document
from bot.demo.nominees import Nominee, invent, publicity
from bot.demo.programs import Enclosure, Note, compose
from bot.demo.scene import MAILBOX, Expected, Post, Scene, Wanted
from bot.model import Outcome, State

CATEGORIES = ("project", "team", "member")
REPLY = {"foxmail": "回复: ", "qq": "回复：", "netease": "回复:", "outlook": "答复: ", "thunderbird": "Re: ", "old": "Re: "}


@dataclass(frozen=True, slots=True)
class Paper:
    """A nominee with the file names and the dress of its papers."""

    nominee: Nominee
    form_name: str
    material_name: str
    dress: str

    def enclosures(self, folder: str = "") -> tuple[Enclosure, Enclosure]:
        """Form and material as two files."""
        return (
            Enclosure(folder + self.form_name, form(self.nominee, self.dress)),
            Enclosure(folder + self.material_name, text_document(self.nominee.material)),
        )

    def together(self) -> Enclosure:
        """Both in one file."""
        return Enclosure(self.form_name.replace("推荐表", "推荐表及典型材料"), form_with_material(self.nominee, self.dress))


def paper(who: Writer, nominee: Nominee, number: int = 1, dress: str = "") -> Paper:
    """How this unit names and draws its papers; `number` is the place in its list."""
    words = bank("mails")
    style = dice("names", who.unit).randrange(len(words["forms"]))
    names = {"number": number, "nominee": nominee.name, "unit": who.place, "short": words["short"][nominee.category]}
    names["annex"] = CATEGORIES.index(nominee.category) + 1
    dress = dress or ("photo" if nominee.category == "member" and number % 2 else pick(tuple(DRESSES)[:5], who.unit, "dress"))
    return Paper(nominee, words["forms"][style].format(**names), words["materials"][style].format(**names), dress)


def papers(who: Writer, nominees: Sequence[Nominee], dress: str = "") -> tuple[Paper, ...]:
    """The papers of several nominees, numbered in order."""
    return tuple(paper(who, nominee, number, dress) for number, nominee in enumerate(nominees, 1))


def loose(some: Sequence[Paper]) -> tuple[Enclosure, ...]:
    """Every form and material as a file of its own."""
    return tuple(file for one in some for file in one.enclosures())


def shown(who: Writer, arrival: datetime, days: int = 5, before: int = 1) -> str:
    """公示情况 of a city: `days` working days in a row, the last of them `before` working days before arrival."""
    if not who.city:
        return ""
    last = _working_day_before(arrival.date(), before)
    return publicity(who, _working_day_before(last, days - 1), last, days)


def _working_day_before(day: date, steps: int) -> date:
    """So many Mondays to Fridays earlier; December 2021 has no other days of rest before the 20th and no moved ones."""
    while steps:
        day -= timedelta(days=1)
        steps -= day.weekday() < 5
    return day


def nominees(who: Writer, at: datetime, numbers: Mapping[str, Sequence[int]]) -> tuple[Nominee, ...]:
    """Clean nominees of this unit, by category and number."""
    return tuple(
        invent(who, category, number, shown=shown(who, at)) for category in CATEGORIES for number in numbers.get(category, ())
    )


def note(who: Writer, key: str, at: datetime, some: Sequence[Nominee] = (), **changed: Any) -> Note:
    """A covering mail of this unit in its usual words; any part may be given otherwise."""
    words, chance = bank("mails"), dice("cover", key)
    lines = "\n".join(f"{number}. {words['short'][one.category]}：{one.name}" for number, one in enumerate(some, 1))
    filled = {"unit": who.written, "clerk": who.clerk.name, "telephone": who.clerk.office, "list": lines, "count": len(some)}
    plain = Note(
        key=key,
        at=at,
        sender=who.address,
        name=pick((who.clerk.name, who.place, f"{who.place} {who.clerk.name}"), who.unit, "name"),
        to=MAILBOX,
        subject=chance.choice(words["subjects"]).format(unit=who.place),
        text=chance.choice(words["covers"]).format(**filled),
    )
    return replace(plain, **changed)


def wanted(some: Sequence[Nominee], state: State = State.ACCEPTED, *findings: str) -> tuple[Wanted, ...]:
    """All of them filed alike."""
    return tuple(Wanted(one.name, one.category, state, findings) for one in some)


def sends(
    unit: str, at: datetime, key: str, some: Sequence[Nominee], expected: Expected | None = None, dress: str = ""
) -> Scene:
    """A unit sends loose files; unless said otherwise all is in order."""
    who = writer(unit)

    def write(_: Post) -> bytes:
        return compose(note(who, key, at, some, enclosures=loose(papers(who, some, dress))), who.program)

    return Scene(key, at, write, expected or Expected(Outcome.RECEIVED, who.unit, filed=wanted(some)))


def clean(unit: str, at: datetime, key: str, dress: str = "", **numbers: Sequence[int]) -> Scene:
    """A unit sends nominations with nothing wrong: `project=(0, 1)` for its first two projects."""
    return sends(unit, at, key, nominees(writer(unit), at, numbers), dress=dress)


def answers(unit: str, at: datetime, key: str, text: str, expected: Expected, **changed: Any) -> Scene:
    """A unit answers the newest letter it got, in words of its own and perhaps with files.

    `address` is where that letter went, if it was not the unit's usual address.
    """
    who = writer(unit)
    address = str(changed.pop("address", changed.get("sender", who.address)))

    def write(post: Post) -> bytes:
        letter = post.last(address)
        subject = REPLY[who.program] + letter.subject
        return compose(note(who, key, at, **{"subject": subject, "text": text, "answers": letter, **changed}), who.program)

    return Scene(key, at, write, expected)


def writes(unit: str, at: datetime, key: str, subject: str, text: str, expected: Expected, **changed: Any) -> Scene:
    """A unit writes in words of its own."""
    who = writer(unit)
    return Scene(key, at, lambda _: compose(note(who, key, at, subject=subject, text=text, **changed), who.program), expected)
