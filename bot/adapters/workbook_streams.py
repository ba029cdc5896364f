"""The long lists of the workbook, read from the ledger row by row: correspondence and changes."""

from collections.abc import Iterable, Iterator, Sequence

from bot.adapters.workbook_cells import Link, Value
from bot.adapters.workbook_lists import ROOT
from bot.adapters.workbook_style import Column
from bot.adapters.workbook_words import OfficeWords
from bot.model import Event, Fact, MailRow, OutboxRow

MAILS = (
    Column("time", 15, "moment"),
    Column("direction", 8, "centre"),
    Column("mail", 9, "centre"),
    Column("unit", 20),
    Column("party", 28),
    Column("subject", 40),
    Column("result", 16, "centre"),
    Column("numbers", 20),
    Column("findings", 24),
    Column("letter", 14, "centre", printed=False),
    Column("files", 44, printed=False),
    Column("log", 30, printed=False),
)

CHANGES = (
    Column("time", 15, "moment"),
    Column("about", 12, "centre"),
    Column("event", 14, "centre"),
    Column("who", 16, "centre"),
    Column("content", 90),
)

MOST_NAMES = 12
"""Files or numbers listed in a cell; the count says how many there are in all."""

_OF_MAILS = ("mail:", "letter:", "address:")
"""Subjects of events that the correspondence already shows."""


def post_row(one: MailRow | OutboxRow, words: OfficeWords) -> Sequence[Value]:
    """A mail that came, or a letter that goes out."""
    return _mail_row(one, words) if isinstance(one, MailRow) else _letter_row(one, words)


def _mail_row(mail: MailRow, words: OfficeWords) -> Sequence[Value]:
    """A mail that came."""
    outcomes, letters = words.table("outcomes"), words.table("letters")
    files = [file.path for file in mail.files]
    return (
        mail.received,
        words.table("directions")["in"],
        Link(words.table("book")["from_mail"].format(id=mail.id), f"{ROOT}/{mail.original}"),
        words.unit(mail.unit),
        mail.sender.address,
        mail.subject,
        outcomes[mail.outcome or "new"],
        _listed(mail.filed, words),
        words.titles(mail.findings),
        letters[mail.letter] if mail.letter else "",
        _listed(files, words),
        mail.reason,
    )


def _letter_row(row: OutboxRow, words: OfficeWords) -> Sequence[Value]:
    """A letter that goes out."""
    letter = row.outgoing
    return (
        row.sent or row.queued,
        words.table("directions")["out"],
        words.table("events")["letter"].format(id=row.id),
        words.unit(letter.unit),
        ", ".join(letter.recipients),
        letter.subject,
        words.table("outbox")[row.state],
        _listed(letter.numbers, words),
        "",
        words.table("letters")[letter.letter],
        "",
        row.error,
    )


def _listed(names: Sequence[str], words: OfficeWords) -> str:
    """Names in one cell, the first of many with their count."""
    if len(names) <= MOST_NAMES:
        return words.table("book")["separator"].join(names)
    return words.table("book")["many"].format(names=words.table("book")["separator"].join(names[:MOST_NAMES]), count=len(names))


def change_rows(events: Iterable[Event], words: OfficeWords) -> Iterator[Sequence[Value]]:
    """What changed in the ledger, by whom, oldest first; what only concerns a mail or letter stands in the correspondence."""
    for event in events:
        if not event.subject.startswith(_OF_MAILS) or event.who.startswith("operator"):
            yield (
                event.at,
                _named(event.subject, words),
                words.table("events").get(event.what) or words.table("events")["other"].format(what=event.what),
                _named(event.who, words),
                _content(event, words),
            )


def _named(key: str, words: OfficeWords) -> str:
    """“nomination:0123” or “mail:17” or “clock” in words; what is unknown stays as it is."""
    names = words.table("events")
    kind, colon, id = key.partition(":")
    if kind == "unit":
        return words.unit(id)
    return names[kind].format(id=id) if kind in names and (colon or "{" not in names[kind]) else key


def _content(event: Event, words: OfficeWords) -> str:
    """The facts of an event: its state, each changed field with before and after, other facts by their keys."""
    pair, parts = words.table("book")["pair"], []
    for key, fact in event.facts.items():
        if key == "state":
            parts.append(words.table("states").get(str(fact), str(fact)))
        elif key.startswith("field:") and isinstance(fact, tuple) and len(fact) == 2:
            parts.append(pair.format(name=key[6:], value=_change(fact, words)))
        elif key == "version":
            parts.append(words.table("book")["version"].format(version=fact))
        elif fact != "":
            parts.append(pair.format(name=words.table("facts").get(key, key), value=_shown(fact, words)))
    return words.table("book")["separator"].join(parts)


def _change(fact: Sequence[str], words: OfficeWords) -> str:
    """A field before and after; nothing is shown as empty."""
    empty = words.table("book")["empty"]
    return words.table("book")["arrow"].format(before=fact[0] or empty, after=fact[1] or empty)


def _shown(fact: Fact, words: OfficeWords) -> str:
    """A fact in one cell."""
    return _listed(fact, words) if isinstance(fact, tuple) else str(fact)
