"""What a server's refusal means for a letter: one ordered table, the first row that fits decides.

NetEase (126, 163, yeah, 188) sends the same letters under 450, 550 and 554, so the letters are matched before the code.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.model import Delivery, Verdict

MINUTE = 60
REST_OF_THE_DAY = 0
"""`Delivery.retry_after` of a STOP that lasts until midnight in the campaign's zone."""


PACE: tuple[tuple[tuple[str, ...], int], ...] = (
    # NetEase counts an account's letters by the quarter of an hour (MI:SFQ) and does not say how many it bears.
    (("126.com", "163.com", "yeah.net", "188.com"), 10),
    # Tencent answers bursts with “frequency limited”.
    (("qq.com",), 20),
)
"""Letters a minute that a house bears, by the end of its server's name; all others bear any number."""


def letters_a_minute(host: str) -> int | None:
    """How many letters a minute may go to this server; None for any number."""
    name = host.lower().rstrip(".")
    ends = ((end, pace) for houses, pace in PACE for end in houses)
    return next((pace for end, pace in ends if name == end or name.endswith(f".{end}")), None)


class Stage(StrEnum):
    """How far the conversation had come when the server refused."""

    CONNECT = "connect"  # greeting, EHLO, STARTTLS
    LOGIN = "login"
    SENDER = "sender"  # MAIL FROM
    RECIPIENT = "recipient"  # RCPT TO
    CONTENT = "content"  # DATA and what follows


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of the server (RFC 5321 4.2)."""

    code: int
    text: str
    stage: Stage

    def __str__(self) -> str:
        return f"{self.stage.value}: {self.code} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: which replies it fits and what follows."""

    letters: str  # a regular expression sought in the reply's text; "" fits any
    codes: str  # a regular expression for the code; "" fits any
    verdict: Verdict
    retry_after: int = 0  # seconds; 0 with TEMPORARY leaves it to the outbox
    stages: tuple[Stage, ...] = ()  # empty: any


_T, _P, _S, _STOP = Verdict.TEMPORARY, Verdict.PERMANENT, Verdict.SUSPECT, Verdict.STOP

TABLE: tuple[Row, ...] = (
    # The day's share is used up, or the address is punished for the day: more attempts make it worse.
    Row(r"\b(?:MI:STC|RP:TRC|HL:ITC)\b", "", _STOP, REST_OF_THE_DAY),
    # Too many connections or too bad a name at the moment: back off altogether, one connection afterwards.
    Row(r"\bHL:(?:ICC|IFC|REP)\b", "", _STOP, 10 * MINUTE),
    # Too many failed logins: each further one lengthens the lock of the account.
    Row(r"too (?:much|many).{0,20}auth", "", _STOP, 60 * MINUTE),
    # The text is taken for spam: for the moment only (451), or for good; then the same words must not go again.
    Row(r"\bDT:SPM\b", "4..", _T, 2 * MINUTE),
    Row(r"\bDT:SPM\b", "5..", _S),
    # Too many recipients in one session: the courier sends one at a time; alone it waits for a new session.
    Row(r"\bRP:RCL\b", "", _T, 15 * MINUTE),
    # Too many letters in a short time.
    Row(r"\bMI:SFQ\b", "", _T, 15 * MINUTE),
    Row(r"\b(?:MI|RP):[A-Z]{3}\b", "4..", _T, 15 * MINUTE),
    # Other houses say it in words.
    Row(r"spam|junk|垃圾", "5..", _S, stages=(Stage.CONTENT,)),
    # Nothing is wrong with this letter: nobody gets anything before the account, the sender or the server is in order.
    Row("", "4..", _T, stages=(Stage.RECIPIENT, Stage.CONTENT)),
    Row("", "421", _STOP, 5 * MINUTE),
    Row("", "", _STOP, 30 * MINUTE, (Stage.LOGIN,)),
    Row("", "4..", _STOP, 5 * MINUTE),
    Row("", "5..", _STOP, 30 * MINUTE, (Stage.CONNECT, Stage.SENDER)),
    # This recipient or this letter, never again.
    Row("", "5..", _P),
    # No code a server may send: the connection talks nonsense.
    Row("", "", _STOP, 5 * MINUTE),
)


def fewer_recipients(replies: Sequence[Reply]) -> bool:
    """Whether a server wants a letter to several recipients sent to one at a time."""
    return any(re.search(r"\bRP:RCL\b|too many recipients", reply.text, re.IGNORECASE) for reply in replies)


def judged(reply: Reply) -> Delivery:
    """What the table says of a reply."""
    row = next(row for row in TABLE if _fits(row, reply))
    return Delivery(row.verdict, str(reply), row.retry_after)


def _fits(row: Row, reply: Reply) -> bool:
    return (
        (not row.stages or reply.stage in row.stages)
        and (not row.codes or re.fullmatch(row.codes, str(reply.code)) is not None)
        and (not row.letters or re.search(row.letters, reply.text, re.IGNORECASE) is not None)
    )
