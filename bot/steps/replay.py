"""Replay: every mail of the ledger judged again from its original, and what would come out differently."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.campaign import Rules
from bot.model import Decision, Filing, Finding, MailRow, MailState, Nomination, OutboxRow, Reading
from bot.ports import Originals, Reader, Store, Transaction
from bot.steps.handle import too_large
from bot.steps.judge import judge, thread_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that would be decided differently; `mail` is the ledger's number of the mail."""

    mail: int
    what: str  # outcome | unit | finding ids of the mail | 0123 state | 0123 findings
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
        """Judge all handled mails in the order in which they were handled, letters joining in as they were written."""
        with self.live.glance() as ledger:
            mails = [mail for mail in ledger.mails.all() if mail.state is not MailState.NEW]
            letters = list(ledger.outbox.heads())
        mails.sort(key=lambda mail: (mail.handled or mail.received, mail.received, mail.id))
        ids: dict[int, int] = {}
        for mail in mails:
            while letters and mail.handled and letters[0].queued <= mail.handled:
                self._rewrite(letters.pop(0), ids)
            yield from self._again(mail, ids)

    def _rewrite(self, row: OutboxRow, ids: dict[int, int]) -> None:
        """Put a letter that was written then into the scratch outbox, so that later mails may answer it."""
        answered = tuple(ids[mail] for mail in row.outgoing.mails if mail in ids)
        with self.scratch.begin() as transaction:
            transaction.outbox.add(replace(row.outgoing, mails=answered), row.queued, row.due)

    def _again(self, mail: MailRow, ids: dict[int, int]) -> Iterator[Difference]:
        reading = self._read(mail)
        with self.scratch.begin() as transaction:
            fresh = MailRow(
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
            )
            added = transaction.mails.add(fresh)
            if added is None:
                return
            ids[mail.id] = added
            thread = thread_of(transaction, reading)
            earlier = self._read(thread.returned) if thread.returned and not reading.files else None
            decision = judge(transaction, transaction.mails.get(added), reading, earlier, thread, self.rules, mail.received)
        yield from self._compared(mail, decision)

    def _read(self, mail: MailRow) -> Reading:
        reading = self.reader.read(self.originals.load(mail.original))
        return reading if mail.complete else too_large(reading, mail)

    def _compared(self, mail: MailRow, decision: Decision) -> Iterator[Difference]:
        """What the ledger says of this mail against what was decided now."""
        rows = [
            ("outcome", mail.outcome.value if mail.outcome else "-", decision.outcome.value),
            ("unit", mail.unit or "-", decision.verdict.unit or "-"),
            ("findings", _ids(mail.findings), _ids(decision.findings)),
        ]
        with self.live.glance() as ledger:
            for filed in decision.filed:
                if filed.filing is not Filing.RESTATED:
                    rows += _nomination_rows(ledger, mail.id, filed.nomination)
        for what, before, after in rows:
            if before != after:
                yield Difference(mail.id, what, before, after)


def _nomination_rows(ledger: Transaction, mail: int, now: Nomination) -> list[tuple[str, str, str]]:
    """Category and findings of the version that this mail made; its state moves with later mails and is left aside."""
    then = next((old for old in ledger.nominations.versions(now.number) if old.mail == mail), None)
    if then is None:
        return [(now.number, "-", f"{now.category or '-'} {now.state}")]
    return [
        (f"{now.number} category", then.category or "-", now.category or "-"),
        (f"{now.number} findings", _ids(then.findings), _ids(now.findings)),
    ]


def _ids(findings: tuple[Finding, ...]) -> str:
    return ", ".join(sorted(f.check + (f":{f.field}" if f.field else "") for f in findings)) or "-"
