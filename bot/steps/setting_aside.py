"""Setting aside: what becomes of a mail whose handling raised again and again; a person looks, and its sender is told so."""

import logging
from dataclasses import replace
from datetime import datetime

from bot.campaign import Rules
from bot.deciding.due import answer_address
from bot.deciding.intent import Brings, intent_of
from bot.model import AnswerState, Headers, Letter, MailRow, MailState, Outcome, Reading
from bot.reading.limits import Limits
from bot.reading.mail import read_header

log = logging.getLogger("shouli.handle")


def set_aside(mail: MailRow, content: bytes | None, rules: Rules, traceback: str, now: datetime) -> MailRow:
    """The row of a mail that is held with its traceback. `content`: the original, None when it cannot be had any more."""
    header = _header(content) if content is not None else None
    owed = header is not None and _of_a_person(header, rules)
    return replace(
        _named(mail, header.headers) if header else mail,
        state=MailState.FAILED,
        outcome=Outcome.HELD,
        reason="handling raised an error three times",
        traceback=traceback,
        rules=rules.version,
        letter=Letter.HELD if owed else None,
        answer_state=AnswerState.OWED if owed else AnswerState.NONE,
        answer_by=mail.received if owed else None,
        handled=now,
    )


def _named(mail: MailRow, headers: Headers) -> MailRow:
    """Who sent it and what it says it is about, for the office's list and the thread of the answer."""
    return replace(
        mail,
        sender=headers.sender,
        subject=headers.subject,
        answer_to=answer_address(headers).address,
        references=headers.references,
    )


def _header(content: bytes) -> Reading | None:
    """The header alone. What made reading or judging raise may raise here too: then nobody is written to."""
    try:
        return read_header(content, Limits())
    except Exception:
        log.exception("the header cannot be read either")
        return None


def _of_a_person(header: Reading, rules: Rules) -> bool:
    """Nothing is written to machines, least of all about a mail that nothing else is known of."""
    try:
        intent = intent_of(header, rules, Brings())
    except Exception:
        log.exception("what the mail is cannot be told from its header either")
        return False
    asked = header.headers.auto_response_suppress.strip().lower()
    return intent.automatic is None and asked in {"", "none"} and bool(header.headers.sender.address)
