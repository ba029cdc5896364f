"""A campaign in another language: the same templates, its own words, and not one word of ours."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.rules import load_rules
from bot.adapters.wording import load_wording
from bot.campaign import NOT_ENTITLED
from bot.deciding.stages import Stage
from bot.letters.compose import Sender
from bot.model import SEVERITIES, Command, Letter, Outcome, Outgoing, Place, Role, State
from bot.steps.gather import Post
from bot.steps.reminder_letters import Reminding
from bot.steps.writing import compose_answer
from tests.fakes import FakeScribe
from tests.letters.build import TEMPLATES, Ledger, file, found, mail, nomination
from tests.letters.regolden import parts

FOLDER = Path(__file__).parents[1] / "campaigns" / "town-award"
RULES = load_rules(FOLDER)
WORDS = load_wording(RULES, FOLDER / "templates", TEMPLATES)
NOW = datetime(2024, 2, 20, 10, 1, tzinfo=ZoneInfo("Europe/London"))
UNIT = next(unit for unit in RULES.units if unit.kind != NOT_ENTITLED)
POST = Post(Sender("award@oakbridge.example", RULES.office.name))
FORM = "form.docx"


def written(outcome: Outcome, letter: Letter, state: State, command: Command | None = None) -> Outgoing:
    """The letter about one nomination in this state, with every defect that can stand in it."""
    place = Place(FORM, table=1, row=2, column=3)
    checks = [check for check in SEVERITIES if state is State.DEFECTIVE]
    findings = tuple(found(check, "Telephone", FORM, place) for check in checks)
    one = nomination("0007", "Ann Oakley", "person", UNIT.id, state=state, findings=findings, received=NOW, updated=NOW)
    row = mail(1, outcome, letter, "Our volunteer", unit=UNIT.id, received=NOW, handled=NOW, command=command, findings=findings)
    ledger = Ledger()
    ledger.put(replace(row, files=(file(FORM, Role.FORM), file("story.docx", Role.MATERIAL))), one)
    with ledger.store.glance() as look:
        return compose_answer(look, [look.mails.get(1)], WORDS, FakeScribe(), RULES, NOW, POST)


@pytest.mark.parametrize(
    ("letter", "content"),
    [
        (Letter.RECEIPT, written(Outcome.RECEIVED, Letter.RECEIPT, State.ACCEPTED)),
        (Letter.RECEIPT, written(Outcome.RECEIVED, Letter.RECEIPT, State.LATE)),
        (Letter.DEFECTS, written(Outcome.RECEIVED, Letter.DEFECTS, State.DEFECTIVE)),
        (Letter.STATUS, written(Outcome.COMMAND, Letter.STATUS, State.HELD, Command.STATUS)),
        (Letter.FORMS, written(Outcome.COMMAND, Letter.FORMS, State.ACCEPTED, Command.FORMS)),
        (Letter.WITHDRAWN, written(Outcome.COMMAND, Letter.WITHDRAWN, State.WITHDRAWN, Command.WITHDRAW)),
    ],
)
def test_a_letter_of_another_campaign_has_no_word_of_ours(letter: Letter, content: Outgoing) -> None:
    assert content.letter is letter
    for part in (content.subject, *parts(content.content)):
        assert not re.search("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", part)


def test_a_receipt_in_english_reads_whole() -> None:
    text = parts(written(Outcome.RECEIVED, Letter.RECEIPT, State.ACCEPTED).content)[0]
    assert text.startswith(
        f"""To: yunchuan@city.example
Subject: [Accepted] {UNIT.name}: 0007 Ann Oakley (mail 1)

To {UNIT.name},

We have received your mail “Our volunteer” of 20/2/2024 10:01 (mail 1). It is complete and accepted.

== Nominations ==

■ 0007  Ann Oakley
  Category: Volunteer of the Year
  State: accepted
  Complete: Form received · Story received (1873 words) · Notice shown · Signed paper still to come
"""
    )


def test_a_reminder_follows_the_campaigns_own_days() -> None:
    ledger = Ledger()
    missing = found("field-missing", "Telephone", FORM, wanted="telephone")
    one = nomination("0007", "Ann Oakley", "person", UNIT.id, state=State.DEFECTIVE, findings=(missing,))
    ledger.put(mail(1, Outcome.RECEIVED, None, unit=UNIT.id), one)
    with ledger.store.glance() as look:
        (letter,) = Reminding(look, WORDS, RULES, NOW, POST).letters(Stage(5))
    assert letter.dedup_key == f"reminder:town-award:{UNIT.id}:5d"
    assert letter.subject == f"[Reminder] {UNIT.name}: 1 to complete, 9 days left (20/2)"


def test_signed_papers_are_asked_for_in_the_campaigns_own_words() -> None:
    ledger = Ledger()
    one = nomination("0007", "Ann Oakley", "person", UNIT.id)
    ledger.put(mail(1, Outcome.RECEIVED, None, unit=UNIT.id), one)
    with ledger.store.glance() as look:
        (letter,) = Reminding(look, WORDS, RULES, NOW, POST).letters(Stage(4, papers=True))
    assert letter.dedup_key == f"reminder:town-award:{UNIT.id}:papers-4d"
    assert letter.subject == f"[Signed papers] {UNIT.name}: 1 not yet in (20/2)"
    for part in parts(letter.content):
        assert not re.search("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", part)
