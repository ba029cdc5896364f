"""What is made of a mail: findings, the unit it is from, the choices it takes, the submission it is."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
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
