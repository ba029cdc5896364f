"""The lists of the workbook as rows of values: nominations, defects, what waits for a person, papers, units."""

from collections.abc import Iterator, Sequence

from bot.adapters.workbook_cells import Link, Value
from bot.adapters.workbook_style import Column
from bot.adapters.workbook_words import OfficeWords
from bot.deciding.board import Board, Line, UnitBoard
from bot.deciding.standing import unit_standing
from bot.deciding.waiting import Waiting, waiting_lines
from bot.model import Finding, Severity, State

ROOT = ".."
"""From the folder of the workbook to the state folder, where the originals lie."""

LEDGER = (
    Column("number", 8, "centre"),
    Column("unit", 20),
    Column("category", 14, "centre"),
    Column("nominee", 30),
    Column("state", 12, "centre"),
    Column("form", 8, "centre"),
    Column("material", 10, "centre"),
    Column("publicity", 8, "centre"),
    Column("paper", 16, "own-day", own=True),
    Column("words", 8, "number"),
    Column("problems", 34),
    Column("decision", 20, "own", own=True),
    Column("remark", 20, "own", own=True),
    Column("hints", 34, printed=False),
    Column("nominee_unit", 24, printed=False),
    Column("precedence", 34, printed=False),
    Column("contact", 10, "centre", printed=False),
    Column("telephone", 16, "centre", printed=False),
    Column("received", 15, "moment", printed=False),
    Column("updated", 15, "moment", printed=False),
    Column("version", 6, "number", printed=False),
    Column("mail", 10, "centre", printed=False),
)

DEFECTS = (
    Column("number", 8, "centre"),
    Column("unit", 20),
    Column("category", 14, "centre"),
    Column("nominee", 24),
    Column("problem", 20),
    Column("where", 26),
    Column("wrong", 38),
    Column("mend", 38),
    Column("state", 12, "centre", printed=False),
    Column("updated", 15, "moment", printed=False),
    Column("contact", 12, "centre", printed=False),
    Column("telephone", 22, "centre", printed=False),
    Column("mail", 10, "centre", printed=False),
)

WAITING = (
    Column("what", 8, "centre"),
    Column("number", 8, "centre"),
    Column("unit", 18),
    Column("object", 26),
    Column("reason", 46),
    Column("choices", 34),
    Column("received", 15, "moment"),
    Column("decision", 24, "own", own=True),
    Column("category", 14, "centre", printed=False),
    Column("sender", 26, printed=False),
    Column("subject", 30, printed=False),
    Column("mail", 10, "centre", printed=False),
    Column("log", 30, printed=False),
)

PAPERS = (
    Column("number", 8, "centre"),
    Column("unit", 24),
    Column("category", 16, "centre"),
    Column("nominee", 40),
    Column("state", 12, "centre"),
    Column("paper", 18, "own-day", own=True),
    Column("remark", 30, "own", own=True),
)


def ledger_rows(board: Board, words: OfficeWords) -> Iterator[Sequence[Value]]:
    """One row a nomination, withdrawn ones too."""
    states, book = words.table("states"), words.table("book")
    for line in board.lines:
        contact = line.contact
        yield (
            line.number,
            words.unit(line.unit),
            words.category(line.category),
            line.nominee,
            book["sent_back"] if line.sent_back else states[line.state],
            book["yes"] if line.has_form else book["no"],
            book["yes"] if line.has_material else book["no"],
            words.publicity(line.unit, line.category, line.publicity_shown),
            line.paper.date() if line.paper else None,
            line.words,
            words.titles(line.defects),
            line.opinion,
            line.remark,
            words.sentences(tuple(finding for finding in line.findings if finding.severity is Severity.OFFICE)),
            line.nominee_unit,
            "\n".join(line.precedence),
            contact.name if contact else "",
            contact.telephone if contact else "",
            line.received,
            line.updated,
            line.version,
            mail_link(line.mail, board, words),
        )


def mail_link(mail: int, board: Board, words: OfficeWords) -> Value:
    """A mail by its number, leading to its original."""
    text = words.table("book")["from_mail"].format(id=mail)
    path = board.originals.get(mail)
    return Link(text, f"{ROOT}/{path}") if path else text


def defect_rows(board: Board, words: OfficeWords) -> Iterator[Sequence[Value]]:
    """One row a defect: of nominations on file, then of mails of which nothing could be filed."""
    states, outcomes = words.table("states"), words.table("outcomes")
    for line in board.defective:
        for finding in line.defects:
            who = (line.number, words.unit(line.unit), words.category(line.category), line.nominee)
            yield (
                *who,
                *_said(finding, words),
                states[line.state],
                line.updated,
                *_ring(line),
                mail_link(line.mail, board, words),
            )
    for mail in board.returned:
        for finding in mail.findings:
            if finding.severity is Severity.DEFECT:
                who = ("", words.unit(mail.unit), "", mail.subject)
                state = outcomes[mail.outcome] if mail.outcome else ""
                ring = (mail.name, mail.sender)
                yield (*who, *_said(finding, words), state, mail.received, *ring, mail_link(mail.id, board, words))


def _said(finding: Finding, words: OfficeWords) -> tuple[str, str, str, str]:
    """A finding in four cells."""
    said = words.finding(finding)
    return said.title, said.where, said.wrong, said.mend


def _ring(line: Line) -> tuple[str, str]:
    """Whom to ring about a nomination."""
    return (line.contact.name, line.contact.telephone) if line.contact else ("", "")


def waiting_rows(board: Board, words: OfficeWords) -> Iterator[Sequence[Value]]:
    """One row for each thing a person must decide."""
    phrases = words.table("waiting")
    opinions = {line.number: line.opinion for line in board.lines if line.opinion}
    for one in waiting_lines(board):
        reason, choices = waiting_words(one, words)
        yield (
            phrases[f"{one.what}_what"],
            one.number,
            words.unit(one.unit),
            one.nominee or one.subject,
            reason,
            choices,
            one.received,
            opinions.get(one.number),
            words.category(one.category) if one.number else "",
            one.sender,
            one.subject,
            mail_link(one.mail, board, words) if one.mail else "",
            one.log,
        )


def waiting_words(one: Waiting, words: OfficeWords) -> tuple[str, str]:
    """Why something waits and what can be done, in words."""
    phrases = words.table("waiting")
    reason = phrases[one.reason].format(subject=one.subject)
    told = [words.finding(finding).wrong for finding in one.findings]
    return "\n".join([reason, *told, *one.details]), phrases[f"{one.reason}_choice"]


def paper_rows(board: Board, words: OfficeWords) -> Iterator[Sequence[Value]]:
    """One row a nomination on file: those whose paper is still to come first."""
    states = words.table("states")
    for line in sorted(board.on_file, key=lambda line: (line.paper is not None, line.unit, line.number)):
        day = line.paper.date() if line.paper else None
        yield (
            line.number,
            words.unit(line.unit),
            words.category(line.category),
            line.nominee,
            states[line.state],
            day,
            line.remark,
        )


# --- units --------------------------------------------------------------------------------------------------------------


def progress_columns(words: OfficeWords) -> tuple[Column, ...]:
    """Columns of the units' list; each category has two."""
    headings = words.table("columns")
    pairs = [
        Column(key, 9, "number", heading=headings[key].format(category=category.short))
        for category in words.rules.categories
        for key in ("category_live", "category_quota")
    ]
    return (
        Column("unit", 22),
        Column("kind", 22),
        Column("standing", 9, "centre"),
        *pairs,
        Column("total_live", 10, "number"),
        Column("share", 12, "percent"),
        Column("ready", 9, "number"),
        Column("defective", 9, "number"),
        Column("undecided", 9, "number"),
        Column("withdrawn", 9, "number"),
        Column("paper_in", 11, "number"),
        Column("paper_due", 11, "number"),
        Column("contact", 10, "centre"),
        Column("telephone", 16, "centre"),
        Column("last_mail", 15, "moment", printed=False),
        Column("reminded", 11, "number", printed=False),
    )


def progress_rows(board: Board, words: OfficeWords) -> Iterator[Sequence[Value]]:
    """One row a unit."""
    for unit in board.units:
        contact = unit.contacts[0] if unit.contacts else None
        kind = words.rules.kinds.get(unit.unit.kind)
        yield (
            unit.unit.name,
            kind.name if kind else unit.unit.kind,
            words.table("standings")[unit_standing(unit)],
            *(number for tally in unit.tallies for number in (tally.live, tally.quota)),
            *_sums([unit]),
            contact.name if contact else unit.unit.contact,
            contact.telephone if contact else "",
            unit.last_mail,
            unit.reminded.times + unit.reminded_papers.times,
        )


def progress_total(board: Board, words: OfficeWords) -> Sequence[Value]:
    """The closing row: all units together."""
    pairs = [number for tally in board.totals for number in (tally.live, tally.quota)]
    return (words.table("book")["total"], "", "", *pairs, *_sums(board.units), "", "", None, None)


def _sums(units: Sequence[UnitBoard]) -> tuple[Value, ...]:
    """Live, share of the quota, accepted, to mend, to decide, withdrawn, papers."""
    tallies = [tally for unit in units for tally in unit.tallies]
    quota = sum(tally.quota for tally in tallies)
    live = sum(unit.live for unit in units)
    return (
        live,
        round(live / quota, 4) if quota else None,
        sum(tally.ready for tally in tallies),
        sum(unit.defective for unit in units),
        sum(tally.of(State.HELD, State.LATE, State.OVER_QUOTA) for tally in tallies),
        sum(unit.withdrawn for unit in units),
        sum(unit.papers_in for unit in units),
        sum(unit.papers_due for unit in units),
    )
