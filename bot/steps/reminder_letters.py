"""Writes the reminders of a stage: to whom, and each with its unit's own open list and open question as the ledger stands."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.campaign import Rules
from bot.deciding.due import address_of, silence
from bot.deciding.owing import Owing, all_owing, all_owing_papers, owes_answer, owes_paper
from bot.deciding.stages import Stage, reminder_key
from bot.letters.compose import About, compose, writable
from bot.letters.contents import Contents, group, the_unit
from bot.letters.render import Wording
from bot.letters.views import frame, mail_view, nomination_view
from bot.model import Attachment, Letter, MailRow, OutboxState, Outgoing
from bot.ports import SheetScribe, Transaction
from bot.steps.asking import asking_again
from bot.steps.bounced import unreachable
from bot.steps.enclosures import paper_sheet
from bot.steps.gather import Post

MOST_RECIPIENTS = 3
"""Addresses of one unit that share a reminder: those that sent what is open, the newest first."""

log = logging.getLogger("shouli.remind")


@dataclass(frozen=True, slots=True)
class Reminding:
    """One look at the ledger, and what reminders are written with. Without `sheets` no cover sheet is drawn."""

    look: Transaction
    wording: Wording
    rules: Rules
    now: datetime
    post: Post
    sheets: SheetScribe | None = None

    def letters(self, stage: Stage) -> list[Outgoing]:
        """The reminders of a stage as they would be sent now. Units nobody can be written to are recorded in the log."""
        mails = list(self.look.mails.all())
        by_id = {mail.id: mail for mail in mails}
        asked = {} if stage.papers else self._asked()
        letters = []
        for one in self._owing(stage, mails, asked.keys()):
            if recipients := self._recipients(one, by_id, asked.get(one.unit)):
                letters.append(self._letter(one, recipients, stage, asked.get(one.unit)))
            else:
                log.warning("unit %s: owes something, and no address is known", one.unit)
        return letters

    def _owing(self, stage: Stage, mails: Sequence[MailRow], asked: Iterable[str]) -> tuple[Owing, ...]:
        """Who owes something, by unit: to mend, an answer, or papers."""
        if stage.papers:
            return all_owing_papers(self.look.nominations.all())
        found = {one.unit: one for one in all_owing(self.look.nominations.all(), mails)}
        return tuple(found.get(unit) or Owing(unit, (), ()) for unit in sorted({*found, *asked}))

    def _recipients(self, one: Owing, mails: Mapping[int, MailRow], asked: Outgoing | None) -> tuple[str, ...]:
        """Who sent what is open, the newest first, else who was asked; an address new to the unit only while no other is known.

        The list of a unit's open nominations does not go to whoever wrote in its name once, nor to an address from which the
        last letter came back.
        """
        brought = (id for n in one.nominations for id in (n.mail, n.form_mail, n.material_mail) if id is not None)
        sent = sorted({*(id for id in brought if id in mails), *(mail.id for mail in one.mails)}, reverse=True)
        rows = [mails[id] for id in sent if silence(mails[id], self.post.own, self.post.silent, self.rules) is None]
        known = [address_of(row) for row in rows if not any(finding.check == "sender-new" for finding in row.findings)]
        roster = next((unit.addresses for unit in self.rules.units if unit.id == one.unit), ())
        heard = [address for address in (*(asked.recipients if asked else ()), *roster) if address not in self.post.silent]
        ways = (known, heard, [address_of(row) for row in rows])
        reached = ([address for address in way if self._reachable(address, mails)] for way in ways)
        return tuple(dict.fromkeys(next(filter(None, reached), [])))[:MOST_RECIPIENTS]

    def _reachable(self, address: str, mails: Mapping[int, MailRow]) -> bool:
        return writable(address) and not unreachable(self.look, address, mails.values())

    def _letter(self, one: Owing, recipients: Sequence[str], stage: Stage, asked: Outgoing | None) -> Outgoing:
        letter = Letter.PAPERS if stage.papers else Letter.REMINDER
        unit = the_unit([one.unit], self.rules)
        views = [nomination_view(nomination, self.rules) for nomination in one.nominations]
        everything = self.look.nominations.of_unit(one.unit)
        groups = (group(unit, views, everything, self.rules),) if unit else ()
        mails = tuple(mail_view(mail, self.rules) for mail in one.mails)
        sheet = self._sheet(one, unit.name) if stage.papers and unit else None
        head = frame(self.rules, self.now)
        again = asking_again(everything, unit, self.rules) if asked and unit else None
        contents = Contents(
            letter,
            head,
            mails,
            groups,
            unit,
            (),
            sheet=sheet.name if sheet else "",
            options=again.options if again else (),
            most=again.question.most if again else 1,
            asked=asked.subject if asked else "",
        )
        rendered = self.wording.render(letter, contents.facts())
        told = {nomination.number for nomination in (*one.nominations, *(filter(owes_answer, everything) if again else ()))}
        about = About(one.unit, tuple(sorted(told)))
        key = reminder_key(one.unit, stage, self.rules)
        attachments = [sheet] if sheet else []
        written = compose(letter, key, rendered, recipients, self.post.sender, self.now, attachments=attachments, about=about)
        return replace(written, question=again.question if again else None)

    def _asked(self) -> dict[str, Outgoing]:
        """Of each unit that has been asked something which is still open, the newest letter that asked it."""
        open_ = {one.number for one in self.look.nominations.all() if owes_answer(one)}
        asked = (row.outgoing for row in self.look.outbox.heads() if row.outgoing.question and row.state is OutboxState.SENT)
        return {one.unit: one for one in asked if one.unit and open_.intersection(one.numbers)} if open_ else {}

    def _sheet(self, one: Owing, unit: str) -> Attachment | None:
        papers = [nomination for nomination in one.nominations if owes_paper(nomination)]
        return paper_sheet(unit, papers, self.sheets, self.rules) if self.sheets else None
