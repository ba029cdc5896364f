"""Preview: any letter, written by the steps that write it in earnest, from sample facts in a scratch ledger."""

import html
from dataclasses import dataclass, field
from datetime import timedelta

from bot.campaign import Rules
from bot.deciding.stages import Stage
from bot.letters.recompose import opened
from bot.letters.render import Wording
from bot.model import Letter, Outgoing, Trouble
from bot.ports import Bookkeeper, Scribe, SheetScribe, Store
from bot.steps.alert import Alarm, alert_letter
from bot.steps.digest import Desk, brief, digest_letter, since_last
from bot.steps.export import booked
from bot.steps.gather import Post
from bot.steps.reminder_letters import Reminding
from bot.steps.samples import BEFORE_CLOSING, SCENES, Sampler
from bot.steps.tell import decision_letter
from bot.steps.writing import compose_answer


@dataclass(frozen=True, slots=True)
class Easel:
    """What a preview is made with; `scratch` is an empty ledger that is thrown away afterwards."""

    scratch: Store
    wording: Wording
    rules: Rules
    scribe: Scribe
    book: Bookkeeper
    post: Post
    sheets: SheetScribe | None = None
    desk: Desk = field(default_factory=lambda: Desk(("office@office.example",), order_key=bytes(32)))


def preview(letter: Letter, easel: Easel) -> Outgoing:
    """The letter as it would be written a minute after its samples came."""
    with easel.scratch.begin() as ledger:
        sampler = Sampler(ledger, easel.rules)
        SCENES[letter](sampler)
        now = sampler.moment.replace(minute=45)
        if letter is Letter.PAPERS:  # asked for after the last day
            now += BEFORE_CLOSING + timedelta(days=2)
        if letter is Letter.ALERT:
            alarm = Alarm(Trouble.POLLING, now - timedelta(minutes=31), now, "imap.office.example: connection refused")
            return alert_letter(alarm, easel.wording, easel.rules, easel.post, easel.desk.addresses)
        if letter is Letter.DIGEST:
            since = since_last(ledger, easel.rules, now)
            board, workbook = booked(ledger, easel.rules, easel.book, since)
            told = brief(ledger, board, easel.rules, now, since, easel.desk)
            return digest_letter(told, workbook, easel.wording, easel.rules, easel.post, easel.desk)
        if letter is Letter.DECISION:
            decided = decision_letter(ledger, sampler.unit.id, easel.wording, easel.rules, now, easel.post)
            if decided is None:
                raise LookupError("the samples decide something")
            return decided
        if letter in (Letter.REMINDER, Letter.PAPERS):
            days = (easel.rules.last_day - now.date()).days
            stage = Stage(abs(days), papers=letter is Letter.PAPERS)
            return Reminding(ledger, easel.wording, easel.rules, now, easel.post, easel.sheets).letters(stage)[0]
        return compose_answer(
            ledger, ledger.mails.owed(), easel.wording, easel.scribe, easel.rules, now, easel.post, easel.sheets
        )


def page(letter: Outgoing) -> str:
    """A letter as one page for a browser: who gets it, its subject, what is attached, and below it its own HTML."""
    words = opened(letter)
    rows = [("To", ", ".join(letter.recipients)), ("Subject", letter.subject)]
    rows += [("Attachment", f"{one.name} ({len(one.content)} B)") for one in words.attachments]
    head = "<br>".join(f"<b>{name}:</b> {html.escape(value)}" for name, value in rows)
    note = f'<div style="padding:10px 18px;background:#e8ecf0;color:#1f2328;font:13px/20px sans-serif;">{head}</div>'
    body, start, rest = words.words.html.partition("<body")
    tag, end, inside = rest.partition(">")
    return f"{body}{start}{tag}{end}{note}{inside}"
