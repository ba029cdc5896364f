"""What is on file: nominations with their states and versions, what bears on the next one, what a decision does to them."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.judgement import Alternative, Command, Finding, Letter, Listed, Outcome, Question, Role, UnitVerdict
from bot.model.mail import Count


class State(StrEnum):
    """What became of a nomination."""

    ACCEPTED = "accepted"  # 已受理
    DEFECTIVE = "defective"  # 待补正
    OVER_QUOTA = "over-quota"  # 超额待定
    HELD = "held"  # 待人工核定
    LATE = "late"  # 逾期待定
    SUPERSEDED = "superseded"  # 已更新: an old version
    WITHDRAWN = "withdrawn"  # 已撤回
    SHORTLISTED = "shortlisted"  # 通过审核
    SELECTED = "selected"  # 入选
    NOT_SELECTED = "not-selected"  # 未入选


LIVE = frozenset({State.ACCEPTED, State.DEFECTIVE, State.OVER_QUOTA, State.HELD, State.LATE})
"""States that count against the quota."""

PAPER_WANTED = frozenset({State.ACCEPTED, State.SHORTLISTED, State.SELECTED})
"""States in which the stamped paper is wanted: what is to be mended or decided is not to be sealed yet."""


@dataclass(frozen=True, slots=True)
class Nomination:
    """A nomination in the ledger, in its newest version."""

    number: str  # four digits, for life
    version: int
    unit: str
    category: str | None
    nominee: str
    nominee_unit: str
    state: State
    received: datetime  # when its first version arrived: the order within the quota
    updated: datetime  # when its newest version arrived
    mail: int  # the mail of the newest version
    form: str | None
    material: str | None
    fields: Mapping[str, str]
    count: Count | None
    findings: tuple[Finding, ...]
    form_mail: int | None = None  # the mail that brought the form, where form and material came apart
    material_mail: int | None = None
    form_at: datetime | None = None  # when the newest mail with this form arrived, the very same again included
    material_at: datetime | None = None
    publicity_shown: bool = False
    paper: datetime | None = None  # when the stamped paper came in
    admitted: bool = False  # a person let it stand although late, over quota or held
    order: int = 0  # place within its mail, so that two of one mail have an order
    form_digest: str = ""  # SHA-256 of what the form says
    material_digest: str = ""  # SHA-256 of the material's text
    precedence: tuple[str, ...] = ()  # sentences to quote for the office, no verdict
    uncertain: tuple[str, ...] = ()  # the choices a person has to pair it, while it is held for that
    standing: int = 0  # the version that stands until the office decides about this late one; 0: none came in time
    alternatives: tuple[Alternative, ...] = ()  # of `uncertain`: the halves among which the unit may choose by a number


@dataclass(frozen=True, slots=True)
class Brief:
    """As much of a nomination as is counted."""

    number: str
    unit: str
    category: str | None
    state: State


@dataclass(frozen=True, slots=True)
class Kin:
    """A live nomination whose material shares enough with that of a submission to be compared in full."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class History:
    """What the ledger knows that bears on one submission; loaded by the step, read by deciding."""

    nominations: tuple[Nomination, ...] = ()  # the unit's live ones, oldest first
    namesakes: tuple[Nomination, ...] = ()  # live ones of other units with the same nominee
    addresses: tuple[str, ...] = ()  # of the unit's earlier accepted mails
    thread: tuple[str, ...] = ()  # numbers of the nominations the answered letter was about
    thread_unit: str | None = None  # the unit that letter went to
    next_number: int = 1
    kin: tuple[Kin, ...] = ()  # materials on file, of whatever unit, that those of the submission may be copies of
    question: Question | None = None  # what the answered letter asked
    longer: Mapping[str, date] = dataclasses.field(default_factory=dict)  # numbers that are in time to the end of a later day


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one nomination that a new version wrote otherwise."""

    field: str
    before: str
    after: str


class Filing(StrEnum):
    """How a mail touched a nomination."""

    FILED = "filed"  # new
    COMPLETED = "completed"  # brought the missing half
    CORRECTED = "corrected"  # a new version
    WITHDRAWN = "withdrawn"
    RESTATED = "restated"  # only its state moved, because another came, went or was let in
    REPEATED = "repeated"  # the very same came again: nothing changes, it is answered all the same


@dataclass(frozen=True, slots=True)
class Filed:
    """A nomination after the decision, how it came there, and what changed against the version before."""

    nomination: Nomination
    filing: Filing
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one mail: all that the ledger will be told, and which letter is owed."""

    outcome: Outcome
    reason: str  # one English line for the log, no personal data
    command: Command | None
    verdict: UnitVerdict
    filed: tuple[Filed, ...]
    findings: tuple[Finding, ...]  # the mail's own
    roles: Mapping[str, Role]
    letter: Letter | None  # None: nothing is written, and `reason` says why
    listed: tuple[Listed, ...] = ()  # what the mail's summary tables say should be there
