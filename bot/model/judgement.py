"""What is made of a mail: findings, submissions, nominations, decisions."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.mail import Automatic, Count, Facts, Place


class Outcome(StrEnum):
    """What became of a mail."""

    RECEIVED = "received"  # at least one nomination filed, completed or corrected
    RETURNED = "returned"  # a submission, nothing could be filed
    HELD = "held"  # a person must look
    COMMAND = "command"  # a request in words
    BOUNCE = "bounce"  # a delivery report
    IGNORED = "ignored"  # automatic mail, our own, an advertisement


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


class Severity(StrEnum):
    """Who must act on a finding."""

    DEFECT = "defect"  # the submitter must mend it
    NOTICE = "notice"  # told, holds nothing up
    OFFICE = "office"  # for the office's eyes only


SEVERITIES: Mapping[str, Severity] = {
    "no-attachment": Severity.DEFECT,
    "cloud-attachment": Severity.DEFECT,
    "attachment-unreadable": Severity.DEFECT,
    "attachment-encrypted": Severity.DEFECT,
    "attachment-unsupported": Severity.DEFECT,
    "attachment-unsafe": Severity.DEFECT,
    "unit-unknown": Severity.DEFECT,
    "unit-ambiguous": Severity.DEFECT,
    "unit-not-entitled": Severity.DEFECT,
    "category-unknown": Severity.DEFECT,
    "category-ambiguous": Severity.DEFECT,
    "form-missing": Severity.DEFECT,
    "material-missing": Severity.DEFECT,
    "field-missing": Severity.DEFECT,
    "field-invalid": Severity.DEFECT,
    "material-too-long": Severity.DEFECT,
    "material-near-limit": Severity.NOTICE,
    "publicity-missing": Severity.DEFECT,
    "publicity-too-short": Severity.DEFECT,
    "not-party-member": Severity.DEFECT,
    "not-in-service": Severity.DEFECT,
    "over-quota": Severity.DEFECT,
    "late": Severity.OFFICE,
    "duplicate-nominee": Severity.OFFICE,
    "similar-material": Severity.OFFICE,
    "versions-differ": Severity.OFFICE,
    "stamp-not-seen": Severity.NOTICE,
    "sender-new": Severity.OFFICE,
}
"""The closed list of findings; a rule may name no other. Each has wording in every campaign's templates."""


class Role(StrEnum):
    """What a file is for."""

    FORM = "form"  # 推荐表; also a document that holds form and material
    MATERIAL = "material"  # 典型材料
    SUMMARY = "summary"  # 汇总表
    PUBLICITY = "publicity"  # publicity proof
    STAMPED_SCAN = "stamped-scan"
    PHOTO = "photo"
    LETTER = "letter"  # covering letter
    OTHER = "other"
    UNREAD = "unread"


class Command(StrEnum):
    """A request in words."""

    STATUS = "status"  # 查询
    FORMS = "forms"  # 索取表格
    WITHDRAW = "withdraw"  # 撤回
    CHOOSE = "choose"  # a reply that answers a numbered question of ours
    ORDER = "order"  # the office's own: 准予, 退回, 收到纸质 …


@dataclass(frozen=True, slots=True)
class Alternative:
    """A half that may be the one of a nomination: `kind` is form or material, `digest` that of what it says."""

    kind: str
    path: str
    digest: str
    title: str = ""  # its first line, where one file holds several


@dataclass(frozen=True, slots=True)
class Pairing:
    """A half that a choice gives to a nomination on file."""

    number: str
    kind: str  # form | material
    digest: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered answer to a question of a letter: the unit it is, nominations that are withdrawn, or halves that belong."""

    unit: str | None = None
    stand: tuple[str, ...] = ()  # numbers of those that stand by it; empty when the others are simply left as they are
    withdraw: tuple[str, ...] = ()
    pairings: tuple[Pairing, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A nominee that a summary table of a mail lists; `file` is the table."""

    nominee: str
    category: str | None
    file: str
    sure: bool = True  # False: the table may list anybody (volunteers, beneficiaries); believed where half of it is on file


@dataclass(frozen=True, slots=True)
class Question:
    """What a letter asks: choices numbered from 1, of which at most so many may be taken."""

    choices: tuple[Choice, ...]
    most: int = 1
    mail: int | None = None  # the mail whose halves are asked about


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; `file` and `place` say where, `facts` what (found value, limit, count)."""

    check: str
    severity: Severity
    field: str | None = None
    file: str | None = None
    place: Place | None = None
    facts: Facts = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to think of a unit: where the words stood, which words, how much they weigh (1 weak … 9 strong)."""

    source: str  # form-field | seal | text | file-name | subject | sender-name | address | workplace | thread
    found: str
    unit: str
    weight: int


@dataclass(frozen=True, slots=True)
class UnitVerdict:
    """Which unit writes. `candidates` are ids: one when sure, several when ambiguous, none when unknown."""

    unit: str | None
    finding: str | None  # unit-unknown | unit-ambiguous | unit-not-entitled | None
    candidates: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    body: str = ""  # not entitled and in no roster: its name as written; then `unit` is None, `candidates` whom to go through


@dataclass(frozen=True, slots=True)
class Draft:
    """A nomination as one mail tells it, before the ledger is asked."""

    category: str | None
    nominee: str
    nominee_unit: str  # where the nominee belongs, as written; "" if not said
    form: str | None  # path of the file
    material: str | None
    fields: Mapping[str, str]
    count: Count | None
    findings: tuple[Finding, ...]  # all that need no ledger
    publicity_shown: bool  # for the completeness card
    uncertain: tuple[str, ...] = ()  # why a person must pair it: the choices, in words of the files
    opening: str = ""  # title and first lines of the material, by which it may belong to a form that came before
    form_digest: str = ""  # SHA-256 of what the form says; the same form saved again has the same
    material_digest: str = ""  # the same of the material's text
    precedence: tuple[str, ...] = ()  # sentences to quote for the office, no verdict
    material_text: str = ""  # all the material says, to be compared with others
    alternatives: tuple[Alternative, ...] = ()  # of `uncertain`: the halves among which the unit may choose by a number
    number: str = ""  # of the nomination it is about, where the unit has settled by a choice which halves belong together


@dataclass(frozen=True, slots=True)
class Submission:
    """A mail understood: what it wants, from whom, about which nominations, before the ledger is asked."""

    intent: Outcome  # received (or returned) | held | command | bounce | ignored, from the mail alone
    reason: str
    command: Command | None
    automatic: Automatic | None
    verdict: UnitVerdict
    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]  # the mail's own
    roles: Mapping[str, Role]  # by file path
    numbers: tuple[str, ...]  # nominations that the subject or text names (four digits)
    hold_receipt: bool = False  # X-Auto-Response-Suppress on a submission: filed, not answered
    sender: str = ""  # the address it came from, lower case
    answerable: bool = True  # it gives an address to which an answer can go
    said: str = ""  # subject and own words, for requests that name a nominee instead of a number
    released: bool = False  # a person of the office lets it be done although it is late or from an unknown address
    chosen: tuple[Choice, ...] = ()  # what it answers to the question of our letter; who answers has been looked at
    listed: tuple[Listed, ...] = ()  # what its summary tables say should be there
    disowned: bool = False  # its server says that the sender is not who it says (the topmost Authentication-Results)


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


class Letter(StrEnum):
    """The letters there are; each has a folder in `templates/letters/`."""

    RECEIPT = "receipt"  # all in order
    DEFECTS = "defects"  # something to mend, or nothing could be filed
    HELD = "held"  # a person will look
    COMBINED = "combined"  # several mails answered at once
    STATUS = "status"
    FORMS = "forms"
    WITHDRAWN = "withdrawn"
    REMINDER = "reminder"  # of what is to be mended, before the last day
    PAPERS = "papers"  # of stamped papers that are not in, after it
    DIGEST = "digest"
    ORDERS = "orders"  # to the office: what became of its orders
    DECISION = "decision"  # to a unit: what the office has decided
    ALERT = "alert"  # to the operator: the service is out of order, or in order again


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
