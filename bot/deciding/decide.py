"""The decision on one mail: what is filed under which number, in which state, and which letter is owed.

The same submission, history and rules always give the same decision.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.campaign import NOT_ENTITLED, Rules, Unit
from bot.deciding.filing import file_all, in_time_until, settled
from bot.deciding.gaps import absent, blocks, gaps, present
from bot.deciding.nominees import bare
from bot.model import (
    LIVE,
    SEVERITIES,
    Command,
    Decision,
    Filed,
    Filing,
    Finding,
    History,
    Letter,
    Nomination,
    Outcome,
    Severity,
    State,
    Submission,
)
from bot.text import folded


def decide(submission: Submission, history: History, rules: Rules, received: datetime, mail: int) -> Decision:
    """What becomes of a mail. `received` is the server's time in the campaign's zone, `mail` its id in the ledger."""
    matter = _Matter(submission, history, rules, received, mail)
    match submission.intent:
        case Outcome.BOUNCE | Outcome.IGNORED:
            return matter.decision(submission.intent, submission.reason, letter=None)
        case Outcome.HELD:
            return matter.held(submission.reason)
        case Outcome.COMMAND:
            return _commanded(matter)
        case Outcome.RETURNED:
            return _of_lists(matter) or matter.returned("nothing in it can be filed", submission.findings)
        case Outcome.RECEIVED:
            return _received(matter)


@dataclass(frozen=True, slots=True)
class _Matter:
    """One mail before the ledger, and the ways a decision about it can end."""

    submission: Submission
    history: History
    rules: Rules
    received: datetime
    mail: int

    @property
    def unit(self) -> Unit | None:
        """The unit that writes, when it is known and may nominate."""
        if self.submission.verdict.finding is not None:
            return None
        found = (unit for unit in self.rules.units if unit.id == self.submission.verdict.unit)
        return next((unit for unit in found if unit.kind != NOT_ENTITLED), None)

    @property
    def known(self) -> tuple[str, ...]:
        """The addresses from which the unit is known to write."""
        roster = self.unit.addresses if self.unit else ()
        return tuple(dict.fromkeys((*roster, *self.history.addresses)))

    @property
    def belongs(self) -> bool:
        """Whether the sender may speak for the unit: by a known address, by answering a letter to it, or let by the office.

        Whom the mail's own server disowns may not: anybody can write a known address into From.
        """
        unit = self.unit
        if unit is None:
            return False
        own = self.submission.sender in self.known or self.history.thread_unit == unit.id
        return self.submission.released or (own and not self.submission.disowned)

    def decision(
        self,
        outcome: Outcome,
        reason: str,
        *,
        letter: Letter | None,
        filed: tuple[Filed, ...] = (),
        findings: tuple[Finding, ...] = (),
    ) -> Decision:
        """The decision in all its parts; nobody is written to whose receipt is to be held back."""
        quiet = self.submission.hold_receipt or self.submission.automatic is not None
        if quiet and letter is not None:
            reason = f"{reason}; no letter: the sender asks for none, or is no person"
        return Decision(
            outcome=outcome,
            reason=reason,
            command=self.submission.command,
            verdict=self.submission.verdict,
            filed=filed,
            findings=findings,
            roles=self.submission.roles,
            letter=None if quiet else letter,
            listed=self.submission.listed,
        )

    def held(self, reason: str) -> Decision:
        """A person must look."""
        return self.decision(Outcome.HELD, reason, letter=Letter.HELD)

    def left_to_a_person(self, reason: str) -> Decision:
        """A request that is understood and cannot be done for this sender: nothing happens until a person looks."""
        return self.decision(Outcome.COMMAND, reason, letter=Letter.HELD)

    def returned(self, reason: str, findings: tuple[Finding, ...]) -> Decision:
        """A submission of which nothing is filed; where nobody could be told why, a person must look."""
        if not self.submission.answerable:
            return self.decision(Outcome.HELD, f"{reason}; there is no address to answer", letter=None, findings=findings)
        return self.decision(Outcome.RETURNED, reason, letter=Letter.DEFECTS, findings=findings)


# --- submissions ------------------------------------------------------------------------------------------------------


def _received(matter: _Matter) -> Decision:
    submission = matter.submission
    if submission.verdict.finding is not None:
        return matter.returned(submission.verdict.finding, submission.findings)
    unit = matter.unit
    if unit is None:
        return matter.held("the unit is not on the roster of those that nominate")
    filed = file_all(submission, unit, matter.history, matter.rules, matter.received, matter.mail)
    there = {one.number: one for one in matter.history.nominations} | {e.nomination.number: e.nomination for e in filed}
    own = tuple(finding for finding in submission.findings if not _is_copy(finding, matter))
    findings = (*own, *_new_sender(matter), *_missing(matter, tuple(there.values())))
    return matter.decision(
        Outcome.RECEIVED,
        _summary(filed),
        letter=_answer(filed, findings),
        filed=filed,
        findings=findings,
    )


def _of_lists(matter: _Matter) -> Decision | None:
    """A mail of which only its summary tables can be read: what of them is on file is answered, what is not is missed."""
    rows, unit = matter.submission.listed, matter.unit
    if not rows or unit is None or not any(row.sure for row in rows):
        return None
    there = matter.history.nominations
    missing = _missing(matter, there)
    named = present(rows, there, matter.rules)
    if named and not missing and not any(blocks(finding) for finding in matter.submission.findings):
        filed = tuple(Filed(one, Filing.REPEATED) for one in named)
        findings = _new_sender(matter)
        reason = "a summary table, and all it lists is on file"
        return matter.decision(Outcome.RECEIVED, reason, letter=_answer(filed, findings), filed=filed, findings=findings)
    told = [finding for finding in matter.submission.findings if not named or finding.check != "no-attachment"]
    return matter.returned("a summary table; what it lists has not come", (*told, *missing))


def _missing(matter: _Matter, there: tuple[Nomination, ...]) -> tuple[Finding, ...]:
    """Listed nominees about whom nothing has come; nothing is missed while files cannot be opened in which they may be."""
    if any(blocks(finding) for finding in matter.submission.findings):
        return ()
    return gaps(absent(matter.submission.listed, there, matter.rules), matter.rules)


def _is_copy(finding: Finding, matter: _Matter) -> bool:
    """Whether a scan that nobody can read here is the stamped copy of what is on file."""
    name = finding.facts.get("nominee")
    return bool(name) and any(folded(str(name)) in folded(one.nominee) for one in matter.history.nominations)


def _new_sender(matter: _Matter) -> tuple[Finding, ...]:
    """Some address of the unit is known, and this one is not among them; the first mail of an unknown unit teaches."""
    sender = matter.submission.sender
    if not matter.known or not sender or sender in matter.known:
        return ()
    return (Finding("sender-new", SEVERITIES["sender-new"], facts={"address": sender, "known": matter.known}),)


def _answer(filed: tuple[Filed, ...], findings: tuple[Finding, ...]) -> Letter:
    """“All in order” only where nothing of the mail and of what it touched is to be mended or to be looked at."""
    touched = [entry.nomination for entry in filed if entry.filing is not Filing.RESTATED]
    told = [*findings, *(finding for one in touched for finding in one.findings)]
    if any(finding.severity is Severity.DEFECT for finding in told):
        return Letter.DEFECTS
    return Letter.HELD if any(one.state is State.HELD for one in touched) else Letter.RECEIPT


def _summary(filed: tuple[Filed, ...]) -> str:
    counts = {filing: sum(entry.filing is filing for entry in filed) for filing in Filing}
    return ", ".join(f"{count} {filing.value}" for filing, count in counts.items() if count)


# --- requests ---------------------------------------------------------------------------------------------------------


def _commanded(matter: _Matter) -> Decision:
    match matter.submission.command:
        case Command.FORMS:
            return matter.decision(Outcome.COMMAND, "blank forms asked for", letter=Letter.FORMS)
        case Command.WITHDRAW:
            return _withdrawn(matter)
        case Command.CHOOSE:
            return _chosen(matter)
        case _:
            return _status(matter)


def _status(matter: _Matter) -> Decision:
    """How things stand is told to the unit alone; where no address of it is known there is nothing to tell a stranger."""
    if matter.unit is None:
        return matter.left_to_a_person("status asked for, the unit is not known")
    if matter.known and not matter.belongs:
        return matter.left_to_a_person("status asked for from an address not known for the unit")
    return matter.decision(Outcome.COMMAND, "status asked for", letter=Letter.STATUS)


def _withdrawn(matter: _Matter) -> Decision:
    unit = matter.unit
    if unit is None or not matter.belongs:
        return matter.left_to_a_person("withdrawal asked for from an address not known for the unit, or disowned by its server")
    targets = _targets(matter)
    if not targets:
        return matter.left_to_a_person("withdrawal asked for, no nomination of the unit is named")
    frozen = [one for one in targets if _frozen(matter, one)]
    if not matter.submission.released and any(one.state is not State.WITHDRAWN for one in frozen):
        return matter.left_to_a_person("withdrawal asked for after the deadline")
    return _withdraw(matter, unit, targets)


def _frozen(matter: _Matter, one: Nomination) -> bool:
    """Whether the time in which a nomination is its unit's own has passed."""
    return in_time_until(matter.rules, matter.history, one.number).late_by(matter.received) >= timedelta(0)


def _withdraw(matter: _Matter, unit: Unit, targets: list[Nomination]) -> Decision:
    gone = {
        one.number: Filed(replace(one, state=State.WITHDRAWN, updated=matter.received), Filing.WITHDRAWN)
        for one in targets
        if one.state is not State.WITHDRAWN
    }
    filed = settled(gone, unit, matter.history, matter.rules)
    return matter.decision(Outcome.COMMAND, f"{len(gone)} withdrawn", letter=Letter.WITHDRAWN, filed=filed)


def _chosen(matter: _Matter) -> Decision:
    """Which nominations stand, by number: done only while things are as they were when it was asked.

    What has been withdrawn by the same answer before is not done twice; where others have come since, a person looks.
    """
    unit = matter.unit
    if unit is None or not matter.submission.chosen:
        return matter.left_to_a_person("a choice that nothing here can carry out")
    wanted = {number for choice in matter.submission.chosen for number in choice.withdraw}
    on_file = {one.number: one for one in matter.history.nominations}
    targets = [on_file[number] for number in sorted(wanted) if number in on_file]
    if len(targets) == len(wanted) and all(one.state is State.WITHDRAWN for one in targets):
        return matter.decision(Outcome.COMMAND, "chosen before; nothing is left to do", letter=Letter.STATUS)
    if len(targets) < len(wanted) or any(one.state not in LIVE for one in targets) or not _still_asked(matter, targets):
        return matter.left_to_a_person("a choice, but things have changed since it was asked")
    return _withdraw(matter, unit, targets)


def _still_asked(matter: _Matter, targets: list[Nomination]) -> bool:
    """Whether each category of the targets is over its quota by as many, and a choice of what stands still names all."""
    live = [one for one in matter.history.nominations if one.state in LIVE]
    for category in {one.category for one in targets}:
        over = sum(one.category == category and one.state is State.OVER_QUOTA for one in live)
        if over < sum(one.category == category for one in targets):
            return False
    named = {n for choice in matter.submission.chosen if choice.stand for n in (*choice.stand, *choice.withdraw)}
    categories = {one.category for one in targets}
    return not named or named == {one.number for one in live if one.category in categories}


def _targets(matter: _Matter) -> list[Nomination]:
    """By number, else by a nominee named in full, else the one the answered letter was about, else the only one."""
    numbers = matter.submission.numbers
    on_file = [one for one in matter.history.nominations if one.state in LIVE or one.state is State.WITHDRAWN]
    if numbers:
        named = [one for one in on_file if one.number in numbers]
        return named if len(named) == len(set(numbers)) else []
    live = [one for one in on_file if one.state in LIVE]
    said = folded(matter.submission.said)
    spoken = [one for one in live if len(name := bare(one.nominee, matter.rules)) >= 2 and name in said]
    if spoken:
        return spoken if len({bare(one.nominee, matter.rules) for one in spoken}) == len(spoken) else []
    about = [one for one in live if one.number in matter.history.thread]
    if len(about) == 1:
        return about
    return live if len(live) == 1 else []
