"""Halves that could not be paired: asked with numbers, answered by one, filed exactly as chosen, once, and by nobody else."""

from dataclasses import replace
from datetime import datetime
from functools import cache

import pytest

from bot.adapters.wording import load_wording
from bot.letters.render import Wording
from bot.model import (
    AnswerState,
    Command,
    Decision,
    Filed,
    FileRead,
    Filing,
    Letter,
    Nomination,
    Outcome,
    Outgoing,
    Reading,
    State,
)
from bot.steps.deliver import Sending, deliver
from bot.steps.remind import remind
from bot.steps.writing import compose_answer
from tests.deciding.build import MAIL, ROOT, at, file, filled, mail, rules, text
from tests.fakes import FakeClock, FakeCourier, FakeScribe
from tests.letters.build import POST
from tests.letters.regolden import parts
from tests.steps.judging import Desk, ids

SENT = at(16, 9)
NEXT = at(17)


@cache
def wording() -> Wording:
    return load_wording(rules(), ROOT / "rules" / "3x100-2021" / "templates", ROOT / "templates", None)


def form(name: str, path: str = "", **changed: str) -> FileRead:
    return file(path or f"{name}推荐表.docx", *filled("member", {"姓名": name, **changed}).sections)


def material(path: str, body: str, words: int = 1200) -> FileRead:
    return file(path, text("典型材料", body=body, words=words))


class Office(Desk):
    """Mails in, our letters out, replies to them."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Outgoing] = []

    def send(self, *files: FileRead, received: datetime = SENT) -> Decision:
        """A mail with files, and our letter to it."""
        decision = self.take(mail(*files), received)
        self._answer(received)
        return decision

    def reply(self, said: str, *, sender: str = MAIL, to: Outgoing | None = None, received: datetime = NEXT) -> Decision:
        """An answer to our newest letter, or to another, and our letter to it."""
        reading = mail(subject="回复：来件", body=said, sender=sender, in_reply_to=((to or self.letters[-1]).message_id,))
        decision = self.take(reading, received)
        self._answer(received)
        return decision

    def _answer(self, now: datetime) -> None:
        with self.store.begin() as transaction:
            rows = list(transaction.mails.owed())[-1:]
            if rows:
                letter = compose_answer(transaction, rows, wording(), FakeScribe(), self.rules, now, POST)
                transaction.outbox.add(letter, now, now)
                self.letters.append(letter)

    @property
    def told(self) -> str:
        """The text of our newest letter."""
        return parts(self.letters[-1].content)[0]

    def halves(self) -> dict[str, tuple[str | None, str | None, str]]:
        """Form, material and state by nominee."""
        return {one.nominee: (one.form, one.material, one.state.value) for one in self.nominations}


def two_and_two() -> Office:
    office = Office()
    office.send(form("游庆穗"), form("柏知远"), material("甲.docx", "甲篇。"), material("乙.docx", "乙篇。", 2100))
    return office


def question(office: Office) -> list[str]:
    """The lines of choices in our newest letter."""
    head = office.told.index("【请您选择】")
    lines = (line.strip() for line in office.told[head:].splitlines())
    return [line for line in lines if line[:1].isdigit() and line[1:3] == ". "][: len(office.letters[-1].question.choices)]  # type: ignore[union-attr]  # asked about just before


def test_few_possibilities_are_asked_as_whole_assignments() -> None:
    office = two_and_two()
    assert office.halves() == {"游庆穗": ("游庆穗推荐表.docx", None, "held"), "柏知远": ("柏知远推荐表.docx", None, "held")}
    assert question(office) == [
        "1. 游庆穗——《甲.docx》；柏知远——《乙.docx》",
        "2. 游庆穗——《乙.docx》；柏知远——《甲.docx》",
        "3. 以上都不是，典型材料另行报送",
    ]
    assert "直接回复序号即可" in office.told


def test_a_number_files_exactly_what_was_chosen_as_of_the_mail_that_brought_it() -> None:
    office = two_and_two()
    decision = office.reply("2")
    assert (decision.outcome, [entry.filing for entry in decision.filed]) == (Outcome.RECEIVED, [Filing.COMPLETED] * 2)
    first, second = office.nominations
    assert (first.material, first.material_mail, first.material_at, ids(first)) == ("乙.docx", 1, SENT, ["material-too-long"])
    assert (second.material, second.material_mail, second.state, ids(second)) == ("甲.docx", 1, State.ACCEPTED, [])
    assert not any((*one.uncertain, *one.alternatives) for one in (first, second))
    assert office.letters[-1].question is None


def test_a_number_in_answer_to_a_reminder_does_the_same() -> None:
    office = two_and_two()
    reminded(office, at(17, 9))
    assert office.letters[-1].letter is Letter.REMINDER
    assert question(office)[1] == "2. 游庆穗——《乙.docx》；柏知远——《甲.docx》"
    decision = office.reply("2", received=at(17, 15))
    assert (decision.outcome, [entry.filing for entry in decision.filed]) == (Outcome.RECEIVED, [Filing.COMPLETED] * 2)
    assert [(one.material, one.material_mail, one.material_at) for one in office.nominations] == [
        ("乙.docx", 1, SENT),
        ("甲.docx", 1, SENT),
    ]
    assert office.reply("2", to=office.letters[0], received=at(17, 16)).filed == ()


def reminded(office: Office, now: datetime) -> None:
    """The letters so far are sent, nothing is owed an answer, and the unit is reminded."""
    clock = FakeClock(now)
    with office.store.begin() as transaction:
        for row in transaction.mails.owed():
            transaction.mails.answered(row.id, AnswerState.WRITTEN)
    deliver(Sending(office.store, FakeCourier(), clock), lambda: True)
    assert remind(office.store, wording(), office.rules, clock, POST) == 1
    with office.store.glance() as look:
        office.letters.append([row.outgoing for row in look.outbox.all()][-1])


@pytest.mark.parametrize("said", ["选1", "第1项", "1\n\n新乡市委党史办\n12月17日", "一"])
def test_the_answer_may_be_worded_as_people_do(said: str) -> None:
    office = two_and_two()
    office.reply(said)
    assert office.halves()["游庆穗"][1] == "甲.docx"


def test_none_of_them_makes_the_material_missing() -> None:
    office = two_and_two()
    decision = office.reply("3")
    assert decision.outcome is Outcome.RECEIVED
    assert [(one.material, one.state, ids(one), one.version) for one in office.nominations] == [
        (None, State.DEFECTIVE, ["material-missing"], 1)
    ] * 2


def test_the_form_without_the_chosen_material_lacks_its_own() -> None:
    office = Office()
    office.send(form("游庆穗"), form("柏知远"), material("甲.docx", "甲篇。"))
    assert question(office) == ["1. 游庆穗——《甲.docx》", "2. 柏知远——《甲.docx》", "3. 以上都不是，典型材料另行报送"]
    office.reply("2")
    assert office.halves() == {
        "游庆穗": ("游庆穗推荐表.docx", None, "defective"),
        "柏知远": ("柏知远推荐表.docx", "甲.docx", "accepted"),
    }


def test_of_two_materials_of_one_nominee_one_is_chosen() -> None:
    office = Office()
    office.send(
        form("游庆穗"),
        file("游庆穗典型材料.docx", text("游庆穗典型材料", body="第一稿。")),
        file("游庆穗典型材料（改）.docx", text("游庆穗典型材料", body="第二稿。")),
    )
    assert question(office)[:2] == ["1. 游庆穗——《游庆穗典型材料.docx》", "2. 游庆穗——《游庆穗典型材料（改）.docx》"]
    office.reply("2")
    assert office.halves() == {"游庆穗": ("游庆穗推荐表.docx", "游庆穗典型材料（改）.docx", "accepted")}


@pytest.mark.parametrize(("said", "path", "version"), [("1", "游庆穗推荐表.docx", 1), ("2", "推荐表（改）.docx", 2)])
def test_of_two_writings_of_one_form_one_is_chosen(said: str, path: str, version: int) -> None:
    office = Office()
    office.send(
        form("游庆穗"),
        form("游庆穗", "推荐表（改）.docx", 民族="回族"),
        file("游庆穗典型材料.docx", text("游庆穗典型材料")),
    )
    assert question(office) == ["1. 0001 游庆穗：以《游庆穗推荐表.docx》为准", "2. 0001 游庆穗：以《推荐表（改）.docx》为准"]
    office.reply(said)
    (one,) = office.nominations
    assert (one.form, one.version, one.state, one.uncertain) == (path, version, State.ACCEPTED, ())
    assert one.fields["民族"] == ("汉族" if version == 1 else "回族")


def four() -> Office:
    office = Office()
    names = ("游庆穗", "柏知远", "祝青禾", "庄以宁")
    office.send(*map(form, names), *(material(f"{letter}.docx", f"{letter}篇。") for letter in "甲乙丙丁"))
    return office


def test_many_possibilities_are_asked_pair_by_pair_and_several_numbers_answer() -> None:
    office = four()
    question = office.letters[-1].question
    assert question is not None
    assert (len(question.choices), question.most) == (17, 4)
    office.reply("1、6、11、16")
    assert {nominee: halves[1] for nominee, halves in office.halves().items()} == {
        "游庆穗": "甲.docx",
        "柏知远": "乙.docx",
        "祝青禾": "丙.docx",
        "庄以宁": "丁.docx",
    }


def test_one_material_given_to_two_is_left_to_a_person() -> None:
    office = four()
    before = office.halves()
    assert office.reply("1、5").outcome is Outcome.HELD
    assert office.halves() == before


def test_what_a_first_answer_leaves_open_is_asked_again() -> None:
    office = four()
    office.reply("1、6")
    assert {nominee: halves[2] for nominee, halves in office.halves().items()} == {
        "游庆穗": "accepted",
        "柏知远": "accepted",
        "祝青禾": "held",
        "庄以宁": "held",
    }
    assert question(office) == [
        "1. 祝青禾——《丙.docx》；庄以宁——《丁.docx》",
        "2. 祝青禾——《丁.docx》；庄以宁——《丙.docx》",
        "3. 以上都不是，典型材料另行报送",
    ]


def test_what_a_first_answer_leaves_for_one_alone_is_its_own() -> None:
    office = four()
    office.reply("1、6、11")
    assert office.halves()["庄以宁"] == ("庄以宁推荐表.docx", "丁.docx", "accepted")


def test_a_stranger_chooses_nothing() -> None:
    office = two_and_two()
    before = office.halves()
    assert office.reply("1", sender="stranger@elsewhere.example").outcome is Outcome.HELD
    assert office.halves() == before


def test_the_same_answer_twice_changes_nothing_and_another_afterwards_is_held() -> None:
    office = two_and_two()
    letter = office.letters[-1]
    office.reply("1")
    before = office.nominations
    again = office.reply("1", to=letter)
    assert (again.outcome, again.command, again.letter, again.filed) == (Outcome.COMMAND, Command.CHOOSE, Letter.STATUS, ())
    assert office.reply("2", to=letter).outcome is Outcome.HELD
    assert office.nominations == before


def test_an_answer_after_the_files_came_again_named_is_held() -> None:
    office = two_and_two()
    letter = office.letters[-1]
    office.send(
        form("游庆穗", 民族="回族"), file("游庆穗典型材料.docx", text("游庆穗典型材料", body="新的一篇。")), received=at(16, 11)
    )
    assert office.reply("1", to=letter).outcome is Outcome.HELD
    assert office.halves()["游庆穗"] == ("游庆穗推荐表.docx", "游庆穗典型材料.docx", "accepted")
    assert office.halves()["柏知远"][2] == "held"


def test_an_answer_after_the_deadline_files_what_came_in_time() -> None:
    office = two_and_two()
    office.reply("1", received=at(22))
    assert [one.state for one in office.nominations] == [State.ACCEPTED, State.DEFECTIVE]
    assert all("late" not in ids(one) for one in office.nominations)


def test_other_words_in_a_reply_choose_nothing() -> None:
    office = two_and_two()
    before = office.halves()
    assert office.reply("甲是游庆穗的，乙是柏知远的。").command is None
    assert office.halves() == before


def test_files_with_a_reply_are_a_submission_and_no_choice() -> None:
    office = two_and_two()
    reading: Reading = mail(
        file("游庆穗典型材料.docx", text("游庆穗典型材料", about="游庆穗，")),
        body="1",
        in_reply_to=(office.letters[-1].message_id,),
    )
    office.take(reading, at(17))
    assert office.halves()["游庆穗"] == ("游庆穗推荐表.docx", "游庆穗典型材料.docx", "accepted")


def test_a_nomination_that_a_person_let_in_is_not_asked_about_any_more() -> None:
    office = two_and_two()
    letter = office.letters[-1]
    with office.store.begin() as transaction:
        for one in list(transaction.nominations.all()):
            admitted: Nomination = replace(one, admitted=True, state=State.DEFECTIVE)
            transaction.nominations.file(Filed(admitted, Filing.RESTATED), 1, at(16, 12))
    assert office.reply("1", to=letter).outcome is Outcome.HELD
