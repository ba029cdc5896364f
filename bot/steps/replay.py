"""Replay: every mail of the ledger judged again from its original, and what would come out differently."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.campaign import Rules
from bot.model import Decision, Event, Finding, MailRow, MailState, Nomination, OutboxRow, Reading
from bot.ports import Originals, Reader, Store, Transaction
from bot.steps.handle import too_large
from bot.steps.judge import judge
from bot.steps.repeat import Repeater, rulings_of
from bot.steps.thread import thread_of

Version = tuple[int, int]
"""What tells a version of a nomination from all others under any rules: its mail, and its place within that mail."""

log = logging.getLogger("shouli.replay")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that would be decided differently; `mail` is the ledger's number of the mail."""

    mail: int
    what: str  # outcome | unit | findings (ids of the mail's own) | 0123 category | 0123 findings | filed | error
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay needs: the live ledger (only looked at), an empty one to play in, originals, a reader, the rules."""

    live: Store
    scratch: Store
    originals: Originals
    reader: Reader
    rules: Rules

    def run(self) -> Iterator[Difference]:
        """Judge all handled mails in the order in which they were handled, letters and rulings joining in as they came.

        Mails are compared one by one, nominations when all is done: what a later mail changed in them is then in both.
        """
        with self.live.glance() as ledger:
            mails = [mail for mail in ledger.mails.all() if mail.state is not MailState.NEW]
            letters = list(ledger.outbox.heads())
            rulings = rulings_of(ledger.chronicle.all())
        mails.sort(key=lambda mail: (mail.handled or mail.received, mail.received, mail.id))
        ids: dict[int, int] = {}
        for mail in mails:
            while letters and mail.handled and letters[0].queued <= mail.handled:
                self._rewrite(letters.pop(0), ids)
            while rulings and mail.handled and rulings[0].at <= mail.handled:
                self._ruled(rulings.pop(0), ids)
            yield from self._again(mail, ids)
        for ruling in rulings:
            self._ruled(ruling, ids)
        yield from self._nominations({again: mail for mail, again in ids.items()})

    def _rewrite(self, row: OutboxRow, ids: Mapping[int, int]) -> None:
        """Put a letter that was written then into the scratch outbox, so that later mails may answer it."""
        answered = tuple(ids[mail] for mail in row.outgoing.mails if mail in ids)
        with self.scratch.begin() as transaction:
            transaction.outbox.add(replace(row.outgoing, mails=answered), row.queued, row.due)

    def _ruled(self, event: Event, ids: Mapping[int, int]) -> None:
        """Repeat what a person ruled, under the rules that are tried."""
        with self.scratch.begin() as transaction:
            Repeater(self.rules, lambda number: self._number_now(transaction, number, ids)).repeat(event, transaction)

    def _number_now(self, scratch: Transaction, number: str, ids: Mapping[int, int]) -> str:
        """The number that a nomination of the live ledger has in the scratch one; "" when its mail filed it not."""
        with self.live.glance() as ledger:
            first = next(iter(ledger.nominations.versions(number)), None)
        if first is None or first.mail not in ids:
            return ""
        again = ids[first.mail]
        versions = (one for filed in scratch.mails.get(again).filed for one in scratch.nominations.versions(filed))
        return next((one.number for one in versions if (one.mail, one.order) == (again, first.order)), "")

    def _again(self, mail: MailRow, ids: dict[int, int]) -> Iterator[Difference]:
        """One mail; an error in judging it costs this mail and is told like a difference."""
        fresh = _fresh(mail)
        with self.scratch.begin() as transaction:
            added = transaction.mails.add(fresh)
        if added is None:
            return
        ids[mail.id] = added
        try:
            decision = self._judged(replace(fresh, id=added), mail)
        except Exception as error:
            log.exception("mail %d: cannot be judged again", mail.id)
            yield Difference(mail.id, "error", "-", f"{type(error).__name__}: {error}".splitlines()[0])
            return
        yield from _compared(mail, decision)

    def _judged(self, fresh: MailRow, mail: MailRow) -> Decision:
        reading = self._read(mail)
        with self.scratch.begin() as transaction:
            thread = thread_of(transaction, reading)
            earlier = self._read(thread.earlier) if thread.earlier and not reading.files else None
            return judge(transaction, fresh, reading, earlier, thread, self.rules, mail.handled or mail.received)

    def _read(self, mail: MailRow) -> Reading:
        reading = self.reader.read(self.originals.load(mail.original))
        return reading if mail.complete else too_large(reading, mail)

    def _nominations(self, mails: Mapping[int, int]) -> Iterator[Difference]:
        """Every version on record against the one that the same mail made now, by the ledger's number.

        The state is left aside: besides the findings it follows from what persons decided, which no rules decide again.
        """
        before, after = _versions(self.live), _versions(self.scratch)
        now = {(mails[mail], order): one for (mail, order), one in after.items()}
        for key in sorted(before.keys() | now.keys()):
            yield from _told(key[0], before.get(key), now.get(key))


def _fresh(mail: MailRow) -> MailRow:
    """A mail as it was when it had just come, with what a person said about it since."""
    return MailRow(
        id=0,
        message_id=mail.message_id,
        sha256=mail.sha256,
        position=mail.position,
        received=mail.received,
        size=mail.size,
        original=mail.original,
        complete=mail.complete,
        state=MailState.NEW,
        given_unit=mail.given_unit,
        released=mail.released,
    )


def _compared(mail: MailRow, decision: Decision) -> Iterator[Difference]:
    """What the ledger says of this mail against what was decided now."""
    rows = (
        ("outcome", mail.outcome.value if mail.outcome else "-", decision.outcome.value),
        ("unit", mail.unit or "-", decision.verdict.unit or "-"),
        ("findings", _ids(mail.findings), _ids(decision.findings)),
    )
    for what, before, after in rows:
        if before != after:
            yield Difference(mail.id, what, before, after)


def _versions(store: Store) -> dict[Version, Nomination]:
    """All versions of all nominations; of those a person made out of an older one only the older one."""
    found: dict[Version, Nomination] = {}
    with store.glance() as ledger:
        for newest in ledger.nominations.all():
            for one in ledger.nominations.versions(newest.number):
                found.setdefault((one.mail, one.order), one)
    return found


def _told(mail: int, before: Nomination | None, after: Nomination | None) -> Iterator[Difference]:
    if before is None or after is None:
        yield Difference(mail, "filed", _name(before), _name(after))
        return
    rows = (
        ("category", before.category or "-", after.category or "-"),
        ("unit", before.unit, after.unit),
        ("findings", _ids(before.findings), _ids(after.findings, admitted=before.admitted)),
    )
    for what, then, now in rows:
        if then != now:
            yield Difference(mail, f"{before.number} {what}", then, now)


def _name(one: Nomination | None) -> str:
    return f"{one.number} {one.category or '-'} {one.nominee}" if one else "-"


def _ids(findings: tuple[Finding, ...], *, admitted: bool = False) -> str:
    """Finding ids with their fields; what a person let stand is over no quota, whatever the rules say."""
    told = (f.check + (f":{f.field}" if f.field else "") for f in findings if not (admitted and f.check == "over-quota"))
    return ", ".join(sorted(told)) or "-"
