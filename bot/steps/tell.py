"""Tell: what the office decided about its nominations a unit hears in one letter, written from the ledger as it stands."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.campaign import Rules, Unit
from bot.deciding.deeds import Deed
from bot.deciding.due import address_of, silence
from bot.letters.compose import About, compose, plain_address, writable
from bot.letters.contents import Contents, group
from bot.letters.lines import one_line
from bot.letters.order_words import OrderSays
from bot.letters.render import Wording
from bot.letters.views import NominationView, frame, nomination_view
from bot.model import Event, Letter, MailRow, Nomination, Note, NoteKind, OutboxState, Outgoing, State
from bot.ports import Clock, Store, Transaction
from bot.steps.bounced import unreachable
from bot.steps.gather import Post
from bot.steps.order_letters import wording_put
from bot.steps.rulings_time import granted

MOST_RECIPIENTS = 3
"""Addresses of a unit that share a decision, the newest first."""

log = logging.getLogger("shouli.tell")


@dataclass(frozen=True, slots=True)
class _Owed:
    """What one unit is to hear: notes of single nominations by number, and the one of all its mail, if there is one."""

    unit: Unit
    notes: tuple[Note, ...]
    nominations: tuple[Nomination, ...]  # of the notes, in their order; those about the unit itself have none


def tell(store: Store, wording: Wording, rules: Rules, clock: Clock, post: Post) -> int:
    """Write the letters that are due, each in a transaction of its own; says how many.

    A unit's rulings of a moment are told together: the letter waits until the office has been quiet for a little while.
    """
    now = clock.now()
    with store.glance() as look:
        units = _due(look, now, post.pace.quiet)
    return sum(_told(store, unit, wording, rules, clock, post) for unit in units)


def next_telling(store: Store, post: Post) -> datetime | None:
    """When the next such letter is due; None when none is owed."""
    with store.glance() as look:
        moments = _by_unit(look)
        return min((max(note.at for note in notes) + post.pace.quiet for notes in moments.values()), default=None)


def _due(look: Transaction, now: datetime, quiet: timedelta) -> list[str]:
    return [unit for unit, notes in _by_unit(look).items() if max(note.at for note in notes) + quiet <= now]


def _by_unit(look: Transaction) -> dict[str, list[Note]]:
    """What is owed, by unit."""
    found: dict[str, list[Note]] = {}
    for note in look.notes.of(NoteKind.TELL):
        kind, _, id = note.subject.partition(":")
        nomination = look.nominations.get(id) if kind == "nomination" else None
        unit = nomination.unit if nomination else id
        found.setdefault(unit, []).append(note)
    return found


def _told(store: Store, unit: str, wording: Wording, rules: Rules, clock: Clock, post: Post) -> bool:
    """One unit's letter; a letter that cannot be written is logged, and the unit stays in debt."""
    now = clock.now()
    try:
        with store.begin() as transaction:
            owed = _owed(transaction, unit, rules)
            return owed is not None and _write(transaction, owed, wording, rules, now, post)
    except Exception:
        log.exception("a decision could not be written")
        return False


def decision_letter(
    transaction: Transaction, unit: str, wording: Wording, rules: Rules, now: datetime, post: Post
) -> Outgoing | None:
    """The letter a unit is owed as it would be written now; None when it is owed none, or nobody can be written to."""
    owed = _owed(transaction, unit, rules)
    recipients = _recipients(transaction, owed, rules, post) if owed else ()
    return _letter(transaction, owed, recipients, wording, rules, now, post) if owed and recipients else None


def _owed(transaction: Transaction, unit: str, rules: Rules) -> _Owed | None:
    notes = _by_unit(transaction).get(unit, [])
    row = next((row for row in rules.units if row.id == unit), None)
    numbers = [note.subject.partition(":")[2] for note in notes if note.subject.startswith("nomination:")]
    nominations = tuple(found for number in numbers if (found := transaction.nominations.get(number)))
    return _Owed(row, tuple(notes), nominations) if row and notes else None


def _write(transaction: Transaction, owed: _Owed, wording: Wording, rules: Rules, now: datetime, post: Post) -> bool:
    recipients = _recipients(transaction, owed, rules, post)
    for note in owed.notes:
        transaction.notes.remove(note.subject, NoteKind.TELL)
    if not recipients:
        transaction.chronicle.add(Event(now, "clock", "not-told", f"unit:{owed.unit.id}"))
        log.warning("unit %s: a decision, and no address is known", owed.unit.id)
        return False
    letter = _letter(transaction, owed, recipients, wording, rules, now, post)
    queued = transaction.outbox.add(letter, now, now, OutboxState.WAITING if post.review else OutboxState.QUEUED)
    facts = {"letter": letter.letter.value, "key": letter.dedup_key, "numbers": letter.numbers}
    transaction.chronicle.add(Event(now, "clock", "told", f"unit:{owed.unit.id}", facts))
    return queued


def _letter(
    transaction: Transaction,
    owed: _Owed,
    recipients: Sequence[str],
    wording: Wording,
    rules: Rules,
    now: datetime,
    post: Post,
) -> Outgoing:
    own = granted(transaction).rules_of(owed.unit.id, rules)
    views = [_view(one, own) for one in owed.nominations if one.state is not State.WITHDRAWN]
    everything = transaction.nominations.of_unit(owed.unit.id)
    groups = (group(owed.unit, views, everything, own),)
    contents = Contents(Letter.DECISION, frame(own, now), (), groups, owed.unit, ())
    says = OrderSays(wording, own)
    back = [one.number for one in owed.nominations if one.state is State.WITHDRAWN]
    facts = contents.facts() | {
        "put": partial(wording_put, wording),
        "decisions": [_line(transaction, note, owed, says, own) for note in owed.notes],
        "what": _what(owed, says, own),
        "again": back[0] if back else "",
    }
    key = f"decision:{owed.unit.id}:{max(note.at for note in owed.notes).isoformat()}"
    about = About(owed.unit.id, tuple(one.number for one in owed.nominations))
    rendered = wording.render(Letter.DECISION, facts)
    return compose(Letter.DECISION, key, rendered, recipients, post.sender, now, about=about)


def _view(one: Nomination, rules: Rules) -> NominationView:
    """A nomination as its unit sees it: of one that was let in nothing is open any more."""
    view = nomination_view(one, rules)
    return replace(view, late=None) if one.admitted else view


def _line(transaction: Transaction, note: Note, owed: _Owed, says: OrderSays, rules: Rules) -> str:
    """One ruling in words."""
    deed, _, reason = note.text.partition(" ")
    one = next((one for one in owed.nominations if note.subject == f"nomination:{one.number}"), None)
    if one is None:
        return says.put("decision_extend", until=_until(says, rules))
    values = {"number": one.number, "nominee": one_line(one.nominee, 60), "state": says.state(one.state)}
    if deed == Deed.EXTEND:
        granted = transaction.notes.get(note.subject, NoteKind.EXTENDED)
        day = datetime.fromisoformat(granted.text).date() if granted else rules.last_day
        return says.put("decision_extend_one", **values, until=says.wording.sentence("until", d=day))
    version = deed == Deed.REFUSE and one.state is not State.WITHDRAWN
    return says.put(f"decision_{deed}{'_version' if version else ''}", **values, reason=one_line(reason, 300))


def _until(says: OrderSays, rules: Rules) -> str:
    return says.wording.sentence("until", d=rules.last_day)


def _what(owed: _Owed, says: OrderSays, rules: Rules) -> str:
    """What the letter is about, for its subject."""
    if not owed.nominations:
        return says.put("decision_subject_time", d=rules.last_day)
    if len(owed.notes) > 1:
        return says.put("decision_subject_many", count=len(owed.nominations))
    one, deed = owed.nominations[0], owed.notes[0].text.partition(" ")[0]
    return says.put("decision_subject_one", number=one.number, nominee=one_line(one.nominee, 40), deed=says.put(f"deed_{deed}"))


def _recipients(transaction: Transaction, owed: _Owed, rules: Rules, post: Post) -> tuple[str, ...]:
    """Who sent what is decided, the newest first; else whoever is known for the unit.

    An address from which the last letter came back is passed over while another is known. A decision must be told: where
    there is no other, it is written there all the same, and the digest shows if it comes back again.
    """
    ids = {id for one in owed.nominations for id in (one.mail, one.form_mail, one.material_mail) if id is not None}
    rows = [transaction.mails.get(id) for id in sorted(ids, reverse=True)]
    rows = [row for row in rows if silence(row, post.own, post.silent, rules) is None]
    own = [address_of(row) for row in rows if not any(finding.check == "sender-new" for finding in row.findings)]
    learned = transaction.nominations.history(owed.unit.id, (), (), ()).addresses
    ways = (own, (*owed.unit.addresses, *learned), [address_of(row) for row in rows])
    known = [_writable(address for address in way if address not in post.own | post.silent) for way in ways]
    reached = ([address for address in way if not unreachable(transaction, address, _mails(transaction))] for way in known)
    return tuple(dict.fromkeys(next(filter(None, (*reached, *known)), [])))[:MOST_RECIPIENTS]


def _mails(transaction: Transaction) -> Iterator[MailRow]:
    """All mails, read only where an address was ever marked."""
    yield from transaction.mails.all()


def _writable(addresses: Iterable[str]) -> list[str]:
    """Those that may stand in a header."""
    return [plain_address(address) for address in addresses if writable(address)]
