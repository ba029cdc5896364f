"""What a mail is: one ordered table, read from the top; the first row that holds decides.

RFC 3834 names the marks of automatic mail; the words of a campaign's language come from `mail.toml`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.campaign import Rules
from bot.deciding.folding import folded_words
from bot.deciding.numbers import numbers_in
from bot.deciding.own_words import Words
from bot.model import Automatic, Command, Format, Headers, Outcome, Reading
from bot.text import folded

_OPENING = 30
"""Folded characters at the beginning of a text in which a short vacation phrase is taken for one."""

_SURE = 8
"""A phrase of so many folded characters speaks for itself wherever it stands."""

_ALMOST_NOTHING = 15
"""Folded characters of a text below which only the subject says what a mail is."""

_BULK = frozenset({"bulk", "list", "junk", "auto_reply", "auto-reply"})
_REPORTERS = frozenset({"mailerdaemon", "postmaster"})
_DOCUMENTS = frozenset(Format) - {
    Format.IMAGE,
    Format.MEDIA,
    Format.CALENDAR,
    Format.TEXT,
    Format.HTML,
    Format.EMPTY,
    Format.EML,
}


@dataclass(frozen=True, slots=True)
class Brings:
    """What the files of a mail amount to."""

    halves: bool = False  # a filled form or a material that can be read
    forms: bool = False  # a filled form, at the mail's own level and not inside another mail
    blanks: bool = False  # only forms that nobody filled in
    unread: bool = False  # files that cannot be read and may be part of a nomination
    scans: bool = False  # pictures of documents
    lists: bool = False  # summary tables


@dataclass(frozen=True, slots=True)
class Intent:
    """What a mail is, and why."""

    outcome: Outcome
    reason: str
    command: Command | None = None
    automatic: Automatic | None = None
    hold_receipt: bool = False  # filed, but nobody is written to


@dataclass(frozen=True, slots=True)
class _Mail:
    """All that the rows look at."""

    reading: Reading
    rules: Rules
    words: Words
    brings: Brings

    @property
    def headers(self) -> Headers:
        return self.reading.headers

    @property
    def local_part(self) -> str:
        return folded(self.headers.sender.address.partition("@")[0])

    @property
    def robot(self) -> bool:
        """Whether no person reads the sender's address (“noreply”, “noreply2”)."""
        names = folded_words(self.rules.phrases.robots)
        return bool(self.local_part) and (self.local_part in names or self.local_part.rstrip("0123456789") in names)

    @property
    def quiet(self) -> bool:
        """Whether a submission is filed without an answer: the sender asks for none, or nobody would read it."""
        suppressed = self.headers.auto_response_suppress.strip().lower()
        return suppressed not in {"", "none"} or self.robot or self.headers.return_path == ""

    @property
    def documents(self) -> bool:
        """Whether any document or archive comes with it."""
        return any(file.format in _DOCUMENTS for file in self.reading.files)

    @property
    def marked(self) -> str:
        """The header mark of automatic mail it carries, "" if none; `Auto-Submitted: no` is a human (RFC 3834, 5)."""
        submitted = self.headers.auto_submitted.partition(";")[0].strip().lower()
        if submitted and submitted != "no":
            return f"Auto-Submitted: {submitted}"
        if self.headers.precedence.strip().lower() in _BULK:
            return f"Precedence: {self.headers.precedence.strip().lower()}"
        return "List-Id" if self.headers.list_id.strip() else ""


def intent_of(reading: Reading, rules: Rules, brings: Brings) -> Intent:
    """What the mail is. Never RETURNED: whether a submission can be filed is told by its files."""
    mail = _Mail(reading, rules, Words(reading, rules), brings)
    return next(intent for row in _ROWS if (intent := row(mail)))


# --- machines ---------------------------------------------------------------------------------------------------------


def _own(mail: _Mail) -> Intent | None:
    ours = mail.headers.sender.address and mail.headers.sender.address == mail.rules.office.mailbox.lower()
    if mail.headers.own_mark or ours:
        return Intent(Outcome.IGNORED, "our own letter came back", automatic=Automatic.OWN)
    return None


def _delivery_report(mail: _Mail) -> Intent | None:
    report = mail.headers.content_type.lower() == "multipart/report" and "delivery-status" in mail.headers.report_type.lower()
    if report or mail.headers.failed_recipients or mail.local_part in _REPORTERS:
        return Intent(Outcome.BOUNCE, "delivery report", automatic=Automatic.BOUNCE)
    return None


def _report_in_words(mail: _Mail) -> Intent | None:
    """“系统退信”: believed in a subject, and in a text only where the envelope or the address speaks of a machine too."""
    if mail.brings.halves:
        return None
    phrases = mail.rules.phrases.bounce
    subject = not mail.words.answer and mail.words.hits(phrases, mail.words.subject) and not mail.brings.unread
    machine = mail.robot or mail.headers.return_path == ""
    automatic = mail.marked.startswith("Auto-Submitted: auto-replied")
    if subject or (machine and not automatic and mail.words.hits(phrases, mail.words.text)):
        return Intent(Outcome.BOUNCE, "delivery report in words", automatic=Automatic.BOUNCE)
    return None


def _null_path(mail: _Mail) -> Intent | None:
    if mail.headers.return_path != "" or mail.marked or mail.brings.halves:
        return None
    if mail.words.hits(mail.rules.phrases.vacation):
        return None
    return Intent(Outcome.BOUNCE, "null return path", automatic=Automatic.BOUNCE)


def _marked(mail: _Mail) -> Intent | None:
    """A machine's mark is believed; only a filled form that a person seems to have sent through a machine is looked at."""
    if not mail.marked:
        return None
    if mail.brings.forms and not mail.marked.endswith("auto-replied"):
        return Intent(Outcome.HELD, f"automatic mail with a form ({mail.marked})", automatic=Automatic.BULK, hold_receipt=True)
    kind = Automatic.VACATION if mail.marked.startswith("Auto-Submitted") else Automatic.BULK
    return Intent(Outcome.IGNORED, f"automatic mail ({mail.marked})", automatic=kind)


def _vacation(mail: _Mail) -> Intent | None:
    """An automatic reply that only its words tell (faults 5): never on a mail with documents or with a question."""
    if mail.documents or mail.words.hits(mail.rules.phrases.question, mail.words.text):
        return None
    for phrase in mail.words.hits(mail.rules.phrases.vacation, f"{mail.words.subject}\n{mail.words.text}"):
        at_front = phrase in mail.words.text[:_OPENING] or mail.words.subject.startswith(phrase)
        if len(phrase) >= _SURE or at_front:
            return Intent(Outcome.IGNORED, "automatic reply, by its words", automatic=Automatic.VACATION)
    return None


def _robot(mail: _Mail) -> Intent | None:
    if not mail.robot or mail.brings.halves or mail.brings.unread:
        return None
    return Intent(Outcome.IGNORED, "from an address that no person reads", automatic=Automatic.ROBOT)


def _advertisement(mail: _Mail) -> Intent | None:
    """Two words of an offer, or one on a mail that has nothing to do with the campaign; never where a half came."""
    if mail.brings.halves or mail.words.hits(mail.rules.phrases.announces):
        return None
    offers = set(mail.words.hits(mail.rules.phrases.advertisement))
    ours = mail.words.hits(mail.rules.phrases.submission) or len(mail.words.hits(mail.rules.phrases.question)) > len(offers)
    if len(offers) >= 2 or (offers and not ours and not mail.words.answer):
        return Intent(Outcome.IGNORED, "advertisement", automatic=Automatic.BULK)
    return None


# --- people -----------------------------------------------------------------------------------------------------------


def _submission(mail: _Mail) -> Intent | None:
    if not mail.brings.halves:
        return None
    return Intent(Outcome.RECEIVED, "submission", hold_receipt=mail.quiet)


def _commanded(mail: _Mail) -> Intent | None:
    """A request in words, on a mail that brings no file of a nomination and announces none."""
    phrases = mail.rules.phrases
    files = mail.brings.unread or mail.brings.scans or bool(mail.reading.links)
    announced = mail.words.hits(phrases.announces)
    for command, words in (
        (Command.WITHDRAW, phrases.withdraw),
        (Command.FORMS, phrases.ask_forms),
        (Command.STATUS, phrases.ask_status),
    ):
        plain = not files and (not announced or command is Command.FORMS)
        if command is Command.WITHDRAW and mail.words.questions and not numbers_in(mail.reading):
            continue  # how something would be withdrawn is a question
        if mail.words.subject_says(words) or (plain and mail.words.asked(words)):
            return Intent(Outcome.COMMAND, f"asks: {command.value}", command=command)
    return None


def _unread(mail: _Mail) -> Intent | None:
    """Files came that nobody can read here: a submission unless its words are a question and nothing else."""
    if not (mail.brings.unread or mail.brings.scans or mail.reading.links):
        return None
    means = mail.words.hits(mail.rules.phrases.submission, f"{mail.words.subject}\n{mail.words.text}")
    names = " ".join(file.path for file in mail.reading.files)
    means = means or mail.words.hits(mail.rules.phrases.submission, folded(names))
    asks = mail.words.questions and not mail.words.hits(mail.rules.phrases.announces)
    if asks or not (means or mail.brings.unread or mail.brings.scans):
        return None
    return Intent(Outcome.RECEIVED, "submission whose files cannot be read here", hold_receipt=mail.quiet)


def _submission_in_words(mail: _Mail) -> Intent | None:
    """No file of a nomination, but words that mean to bring one."""
    phrases = mail.rules.phrases
    announced = mail.words.hits(phrases.announces)
    meant = mail.words.hits(phrases.submission)
    strong = [word for word in meant if word not in folded(mail.rules.name)]
    if announced and (meant or mail.brings.lists):
        return Intent(Outcome.RECEIVED, "submission by its words, without a file", hold_receipt=mail.quiet)
    if mail.words.questions or mail.words.answer:
        return None
    brief = len(mail.words.text) < _ALMOST_NOTHING
    if strong or (meant and brief):
        return Intent(Outcome.RECEIVED, "submission by its words, without a file", hold_receipt=mail.quiet)
    return None


def _question(mail: _Mail) -> Intent | None:
    if mail.words.questions:
        return Intent(Outcome.HELD, "a question")
    return None


def _anything_else(_mail: _Mail) -> Intent:
    return Intent(Outcome.HELD, "neither a submission nor a request known here")


_ROWS: tuple[Callable[[_Mail], Intent | None], ...] = (
    _own,  # first of all: what we wrote ourselves never starts anything
    _delivery_report,  # a report may carry our letter with its attachments: nothing in it is a submission
    _report_in_words,  # Chinese providers report in plain text
    _marked,  # machines that say so
    _null_path,  # whoever cannot be answered has not written by hand, unless a nomination came
    _vacation,  # machines that do not say so
    _robot,  # nobody there to answer; with a nomination it is one
    _submission,  # a form or a material came: whatever else the mail says, it is a submission
    _advertisement,  # before words of submission: offers to write materials speak of materials
    _commanded,  # withdraw before forms before status: the graver request is the meant one
    _unread,  # files came, none of them readable
    _submission_in_words,  # files were meant to come
    _question,  # a person must answer
    _anything_else,  # a greeting, a thank-you, files that are plainly no nomination
)
