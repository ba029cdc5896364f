"""Writes the letter that answers some mails of one address: which letter, with what in it, under which key."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.campaign import Rules
from bot.deciding.due import address_of
from bot.letters.compose import About, Thread, compose
from bot.letters.contents import Contents, blank_forms
from bot.letters.render import Wording
from bot.letters.views import Tone
from bot.model import Letter, MailRow, Outgoing
from bot.ports import Scribe, SheetScribe, Transaction
from bot.steps.asking import asking
from bot.steps.asking_halves import Asking
from bot.steps.copies import Copy, wanted_copies
from bot.steps.enclosures import Enclosed, cover_sheet, deadlines, still_wanted
from bot.steps.gather import Post, Told, gather
from bot.steps.order_letters import compose_orders


def compose_answer(
    transaction: Transaction,
    mails: Sequence[MailRow],
    wording: Wording,
    scribe: Scribe,
    rules: Rules,
    now: datetime,
    post: Post,
    sheets: SheetScribe | None = None,
    copies: Sequence[Copy] = (),
) -> Outgoing:
    """The letter that answers these mails of one address, ready for the outbox; nothing is written to the ledger.

    `copies` are the annotated copies made beforehand; those go along that the letter still wants. Without `sheets` no cover
    sheet is drawn.
    """
    if all(mail.letter is Letter.ORDERS for mail in mails):
        return compose_orders(transaction, mails, answer_key(mails), wording, rules, now, post)
    told = gather(transaction, Letter.COMBINED, mails, rules, now)
    answer = _Answer(transaction, mails, told, letter_for(mails, told.contents), wording, rules, post)
    asked = asking(transaction, answer.letter, mails, told.contents, told.nominations, rules)
    enclosed = answer.enclosed(scribe, sheets, copies)
    rendered = wording.render(answer.letter, answer.contents(enclosed, asked).facts())
    thread = Thread(mails[-1].message_id, mails[-1].references)
    to = [address_of(mails[-1])]
    written = compose(answer.letter, answer_key(mails), rendered, to, post.sender, now, thread, enclosed.all, answer.about)
    return replace(written, question=asked.question if asked else None)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is known of an answer before it is written."""

    transaction: Transaction
    mails: Sequence[MailRow]
    told: Told
    letter: Letter
    wording: Wording
    rules: Rules
    post: Post

    @property
    def about(self) -> About:
        """Unit, nominations and mails, for the outbox."""
        unit = self.told.contents.unit
        return About(
            unit=unit.id if unit else None,
            numbers=tuple(nomination.number for nomination in self.told.nominations),
            mails=tuple(mail.id for mail in self.mails),
        )

    def enclosed(self, scribe: Scribe, sheets: SheetScribe | None, copies: Sequence[Copy]) -> Enclosed:
        """What goes with it: blank forms, annotated copies that are still wanted, cover sheet, calendar file."""
        told, domain = self.told, self.post.sender.domain
        wanted = wanted_copies(self.transaction, self.mails) if copies else []
        forms = blank_forms(self.letter, self.mails, told.nominations, self.rules)
        days = deadlines(self.transaction, self.letter, told.contents, self.wording, self.rules, domain) if sheets else None
        return Enclosed(
            forms=tuple(scribe.blank_form(category) for category in forms),
            copies=still_wanted(copies, wanted),
            sheet=cover_sheet(self.letter, told.contents, told.nominations, sheets, self.rules),
            calendar=days,
        )

    def contents(self, enclosed: Enclosed, asked: Asking | None) -> Contents:
        """All that it tells, its enclosures by name and its question with the choices."""
        return replace(
            self.told.contents,
            letter=self.letter,
            options=asked.options if asked else (),
            most=asked.question.most if asked else 1,
            forms=tuple(form.name for form in enclosed.forms),
            copies=tuple(copy.name for copy in enclosed.copies),
            sheet=enclosed.sheet.name if enclosed.sheet else "",
            calendar=enclosed.calendar.name if enclosed.calendar else "",
        )


def letter_for(mails: Sequence[MailRow], contents: Contents) -> Letter:
    """Which letter answers these mails: several get the combined one, a single one what the ledger now calls for.

    Between handling and writing a nomination may have got or lost a defect; the letter says how it is now. Where nothing was
    filed and nothing is to be mended, only a person can say more.
    """
    if len(mails) > 1:
        return Letter.COMBINED
    owed = mails[0].letter or Letter.HELD
    if owed not in (Letter.RECEIPT, Letter.DEFECTS, Letter.HELD):
        return owed
    if contents.tone is Tone.MEND:
        return Letter.DEFECTS
    return Letter.RECEIPT if contents.filed else Letter.HELD


def answer_key(mails: Sequence[MailRow]) -> str:
    """The key of the one letter to these mails: the same mails handled the same time never get two."""
    words = [f"{mail.id}@{mail.handled.isoformat() if mail.handled else ''}" for mail in mails]
    digest = hashlib.sha256(" ".join(words).encode()).hexdigest()[:12]
    return f"answer:{mails[0].id}-{mails[-1].id}:{len(mails)}:{digest}"
