"""Counts how the campaign stands: one pass over nominations, one over mails and letters, into a `Board`."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.campaign import NOT_ENTITLED, Rules, Unit
from bot.deciding.board import ON_FILE, Board, Line, MailLine, Missing, Reminded, Tally, UnitBoard
from bot.deciding.contacts import Contacts, contact_of, telephone_fields
from bot.deciding.gaps import missed
from bot.deciding.noted import Noted, noted
from bot.model import (
    LIVE,
    AnswerState,
    Letter,
    MailRow,
    MailState,
    Nomination,
    Note,
    NoteKind,
    OutboxRow,
    OutboxState,
    Outcome,
    State,
)


@dataclass(slots=True)
class _Unit:
    """What is being counted about one unit."""

    states: defaultdict[str | None, Counter[State]] = field(default_factory=lambda: defaultdict(Counter))
    defective: int = 0
    papers_due: int = 0
    papers_in: int = 0
    contacts: Contacts = field(default_factory=Contacts)
    mails: int = 0
    last_mail: datetime | None = None
    addresses: dict[str, None] = field(default_factory=dict)
    reminded: dict[Letter, Reminded] = field(default_factory=dict)


_Units = defaultdict[str, _Unit]

Correspondence = Iterable[MailRow | OutboxRow]
"""Mails and letters."""

NOTHING = Noted()
_HELD = frozenset({OutboxState.WAITING, OutboxState.FAILED})
"""States in which a letter needs a person."""


def standing(
    nominations: Iterable[Nomination],
    correspondence: Correspondence,
    rules: Rules,
    since: datetime | None = None,
    notes: Iterable[Note] = (),
) -> Board:
    """The standing of a campaign: nominations in their newest versions, mails in order of arrival, letters without bytes.

    Each is gone through once. `since` is the moment from which `Board.fresh` counts.
    """
    units: _Units = defaultdict(_Unit)
    known = noted(notes)
    lines = list(_lines(nominations, units, rules, known))
    post = _Post(since, known)
    states: Counter[OutboxState] = Counter()
    held: list[OutboxRow] = []
    for one in correspondence:
        if isinstance(one, MailRow):
            post.add(one, units)
            continue
        states[one.state] += 1
        _count_reminder(units, one)
        if one.state in _HELD:
            held.append(one)
    return _board(lines, post, units, rules, dict(states), tuple(held))


def in_time(mails: Iterable[MailRow], letters: Iterable[OutboxRow]) -> Iterator[MailRow | OutboxRow]:
    """Mails in order of arrival and letters in order of writing as one correspondence; of the same moment the mail first."""
    return heapq.merge(mails, letters, key=_when)


def _when(one: MailRow | OutboxRow) -> tuple[datetime, bool, int]:
    return (one.received, False, one.id) if isinstance(one, MailRow) else (one.queued, True, one.id)


def _lines(nominations: Iterable[Nomination], units: _Units, rules: Rules, known: Noted) -> Iterator[Line]:
    """The nominations without their texts, counted to their units."""
    telephones = {category.id: telephone_fields(category) for category in rules.categories}
    for nomination in nominations:
        if nomination.state is not State.SUPERSEDED:
            line = line_of(nomination, telephones.get(nomination.category or "", ()), known)
            _count(units[nomination.unit], line)
            yield line


def _board(
    lines: list[Line],
    post: "_Post",
    units: _Units,
    rules: Rules,
    letters: Mapping[OutboxState, int],
    held: tuple[OutboxRow, ...],
) -> Board:
    """What was gathered, as a value."""
    boards = tuple(_unit_board(unit, units.get(unit.id, _Unit()), rules) for unit in _roster(units, rules))
    moments = (*(line.updated for line in lines), *([post.changed] if post.changed else []))
    return Board(
        units=boards,
        totals=tuple(_sum([unit.tallies[index] for unit in boards]) for index in range(len(rules.categories))),
        lines=tuple(lines),
        waiting=tuple(post.waiting),
        missing=tuple(post.missing),
        returned=tuple(mail for mail in post.returned if post.filed_at.get(mail.sender, mail.received) <= mail.received),
        bounces=tuple(post.bounces),
        outcomes=dict(post.outcomes),
        fresh=dict(post.fresh),
        unhandled=post.unhandled,
        unanswered=post.unanswered,
        letters=letters,
        held_letters=held,
        originals=post.originals,
        changed=max(moments, default=None),
    )


def line_of(nomination: Nomination, telephones: tuple[tuple[str, str], ...] = (), known: Noted = NOTHING) -> Line:
    """A nomination without its texts; `telephones` are the pairs of fields in which its form names whom to ring."""
    return Line(
        number=nomination.number,
        version=nomination.version,
        unit=nomination.unit,
        category=nomination.category,
        nominee=nomination.nominee,
        state=nomination.state,
        received=nomination.received,
        updated=nomination.updated,
        mail=nomination.mail,
        findings=nomination.findings,
        has_form=nomination.form is not None,
        has_material=nomination.material is not None,
        publicity_shown=nomination.publicity_shown,
        paper=nomination.paper,
        admitted=nomination.admitted,
        uncertain=nomination.uncertain,
        precedence=nomination.precedence,
        nominee_unit=nomination.nominee_unit,
        words=nomination.count.words if nomination.count else None,
        contact=contact_of(nomination, telephones),
        checked=known.checked(nomination),
        sent_back=known.sent_back(nomination),
        remark=known.text(nomination.number, NoteKind.REMARK),
        opinion=known.text(nomination.number, NoteKind.OPINION),
    )


def _count(unit: _Unit, line: Line) -> None:
    """Add one nomination to its unit."""
    unit.states[line.category][line.state] += 1
    if line.state not in ON_FILE:
        return
    unit.defective += line.state in LIVE and bool(line.defects)
    unit.papers_due += line.paper is None
    unit.papers_in += line.paper is not None
    if line.contact:
        unit.contacts.add(line.contact, own=line.contact.name == line.nominee)


@dataclass(slots=True)
class _Post:
    """What is being gathered from the mails."""

    since: datetime | None
    known: Noted
    waiting: list[MailLine] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    returned: list[MailLine] = field(default_factory=list)
    bounces: list[MailLine] = field(default_factory=list)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    fresh: Counter[Outcome] = field(default_factory=Counter)
    unhandled: int = 0
    unanswered: int = 0
    filed_at: dict[str, datetime] = field(default_factory=dict)  # by sender: its newest mail that filed something
    originals: dict[int, str] = field(default_factory=dict)
    changed: datetime | None = None

    def add(self, mail: MailRow, units: _Units) -> None:
        """Add one mail."""
        self.originals[mail.id] = mail.original
        moment = mail.handled or mail.received
        self.changed = max(self.changed, moment) if self.changed else moment
        if mail.state is MailState.NEW or mail.outcome is None:
            self.unhandled += 1
            return
        self.outcomes[mail.outcome] += 1
        self.unanswered += mail.answer_state is AnswerState.OWED
        if self.since and mail.received >= self.since:
            self.fresh[mail.outcome] += 1
        lists = {Outcome.RETURNED: self.returned, Outcome.BOUNCE: self.bounces}
        if (mail.state is MailState.FAILED or mail.waits) and not self.known.settled(mail.id):
            self.waiting.append(mail_line(mail))
        elif mail.outcome in lists:
            lists[mail.outcome].append(mail_line(mail))
        if mail.outcome is Outcome.RECEIVED:
            self.filed_at[mail.sender.address] = mail.received
        if mail.unit is not None and (nominees := missed(mail.findings)):
            self.missing.append(Missing(mail.unit, mail.id, nominees))
        if mail.unit is not None and mail.outcome not in (Outcome.BOUNCE, Outcome.IGNORED):
            _count_mail(units[mail.unit], mail)


def mail_line(mail: MailRow) -> MailLine:
    """A mail without its files."""
    return MailLine(
        id=mail.id,
        received=mail.received,
        sender=mail.sender.address,
        name=mail.sender.name,
        subject=mail.subject,
        outcome=mail.outcome,
        unit=mail.unit,
        reason=mail.reason,
        findings=mail.findings,
        failed=mail.state is MailState.FAILED,
        command=mail.command is not None,
    )


def _count_mail(unit: _Unit, mail: MailRow) -> None:
    """Add one mail to the unit that wrote it."""
    unit.mails += 1
    unit.last_mail = mail.received
    unit.addresses.pop(mail.sender.address, None)
    unit.addresses[mail.sender.address] = None


def _count_reminder(units: _Units, row: OutboxRow) -> None:
    """Add one letter to the reminders of its unit, if it is one that went."""
    letter = row.outgoing
    if letter.unit is not None and row.state is OutboxState.SENT and letter.letter in (Letter.REMINDER, Letter.PAPERS):
        reminded = units[letter.unit].reminded
        reminded[letter.letter] = Reminded(reminded.get(letter.letter, Reminded()).times + 1, row.sent)


def _roster(units: Mapping[str, _Unit], rules: Rules) -> Iterator[Unit]:
    """The units that may nominate, then such as have something on file though the roster no longer says so."""
    entitled = [unit for unit in rules.units if unit.kind != NOT_ENTITLED]
    yield from entitled
    known, listed = {unit.id: unit for unit in rules.units}, {unit.id for unit in entitled}
    for id in sorted(id for id, unit in units.items() if id not in listed and unit.states):
        yield known.get(id, Unit(id, id, NOT_ENTITLED))


def _unit_board(unit: Unit, counted: _Unit, rules: Rules) -> UnitBoard:
    """What was counted, as a value."""
    quota = rules.quota(unit.kind)
    rest = [states for category, states in counted.states.items() if rules.category(category or "") is None]
    return UnitBoard(
        unit=unit,
        tallies=tuple(Tally(quota, dict(counted.states.get(category.id, {}))) for category in rules.categories),
        uncategorised=sum(count for states in rest for state, count in states.items() if state in ON_FILE),
        defective=counted.defective,
        papers_due=counted.papers_due,
        papers_in=counted.papers_in,
        withdrawn=sum(states[State.WITHDRAWN] for states in counted.states.values()),
        mails=counted.mails,
        last_mail=counted.last_mail,
        contacts=counted.contacts.of(unit),
        addresses=tuple(reversed(counted.addresses)),
        reminded=counted.reminded.get(Letter.REMINDER, Reminded()),
        reminded_papers=counted.reminded.get(Letter.PAPERS, Reminded()),
    )


def _sum(tallies: Iterable[Tally]) -> Tally:
    """Tallies of several units together."""
    states: Counter[State] = Counter()
    quota = 0
    for tally in tallies:
        quota += tally.quota
        states.update(tally.states)
    return Tally(quota, dict(states))


def unit_standing(unit: UnitBoard) -> str:
    """A unit's progress in one word (keys of `standings`): what most needs doing comes first."""
    if unit.silent:
        return "silent"
    if unit.defective:
        return "mending"
    if any(tally.of(State.HELD, State.LATE, State.OVER_QUOTA) for tally in unit.tallies):
        return "deciding"
    return "full" if all(tally.free == 0 for tally in unit.tallies) else "partial"
