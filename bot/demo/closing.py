"""What the play tells: a line a day, and at the end what became of everything and where it lies."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.campaign import Rules
from bot.demo.stage import Stage
from bot.model import Letter, Outcome, State
from bot.ports import Store


def day_line(store: Store, day: date) -> str:
    """One day in one line: mails by what became of them, letters that went out."""
    with store.glance() as ledger:
        outcomes = Counter(mail.outcome for mail in ledger.mails.all() if mail.received.date() == day)
        letters = sum(row.sent is not None and row.sent.date() == day for row in ledger.outbox.all())
    told = ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in Outcome if outcomes[outcome])
    unknown = f", {outcomes[None]} not handled" if outcomes[None] else ""
    return f"{day:%a %d %b}  mails in {sum(outcomes.values()):3}  letters out {letters:3}  {told}{unknown}".rstrip()


def closing(store: Store, rules: Rules, stage: Stage, workbook: Path, index: Path) -> Iterator[str]:
    """The closing table, line by line."""
    with store.glance() as ledger:
        mails = Counter(mail.outcome for mail in ledger.mails.all())
        units = {nomination.unit for nomination in ledger.nominations.all()}
        states = Counter((nomination.category, nomination.state) for nomination in ledger.nominations.all())
        letters = Counter(row.outgoing.letter for row in ledger.outbox.all())
    yield ""
    yield f"Mails        {sum(mails.values())}: " + ", ".join(f"{count} {outcome}" for outcome, count in mails.most_common())
    yield f"Nominations  {sum(states.values())} of {len(units)} units"
    yield from _table(rules, states)
    yield f"Letters      {sum(letters.values())}: " + ", ".join(f"{count} {letter}" for letter, count in letters.most_common())
    yield f"Reminders    {letters[Letter.REMINDER]}"
    yield f"Digests      {letters[Letter.DIGEST]}"
    yield ""
    yield f"Ledger       {workbook}"
    yield f"Letters      {index} (to open), {stage.folder / 'letters' / 'new'} (.eml)"
    yield f"Digests      {stage.folder / 'pages'}/*-digest-*.html, each with its workbook beside it"
    yield f"Look around  shouli --config {stage.settings} status"


def _table(rules: Rules, states: Mapping[tuple[str | None, State], int]) -> Iterator[str]:
    """Nominations by state and category."""
    columns = [*(category.id for category in rules.categories), *([None] if any(key is None for key, _ in states) else [])]
    yield " " * 13 + f"{'':12}" + "".join(f"{column or 'unknown':>10}" for column in columns)
    for state in State:
        if any(states.get((column, state)) for column in columns):
            yield " " * 13 + f"{state:12}" + "".join(f"{states.get((column, state), 0):10}" for column in columns)
