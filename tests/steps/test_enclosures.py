"""What goes with an answer: cover sheet, deadlines with the first letter, annotated copies made before the transaction."""

import email
import email.policy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.letters.recompose import opened
from bot.model import Filing, Letter, MailRow, Nomination, Outcome, Outgoing, Place, Role, State
from bot.ports import Remark
from bot.steps.answer import Extras, answer
from bot.steps.copies import LARGEST_ORIGINAL, Copyist
from tests.fakes import FakeClock, FakeOriginals, FakeScribe, FakeSheets
from tests.letters.build import POST, RULES, Ledger, at, file, found, mail, nomination, wording

FORM = "云川市/推荐表.docx"
MISSING = found("field-missing", "联系电话", FORM, Place(FORM, table=1, row=3, column=2), wanted="telephone")
SECRET = found("sender-new", None, FORM, address="a@b.example", known=())


class FakeAnnotator:
    """Writes the remarks instead of a document; `meanwhile` is what happens in the world while it does."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.asked: list[tuple[bytes, Mapping[str, Sequence[Remark]], str, datetime]] = []
        self.meanwhile: Callable[[], object] = lambda: None

    def annotate(self, mail: bytes, remarks: Mapping[str, Sequence[Remark]], author: str, when: datetime) -> dict[str, bytes]:
        self.asked.append((mail, remarks, author, when))
        self.meanwhile()
        if self.error:
            raise self.error
        return {path: "\n".join(remark.text for remark in told).encode() for path, told in remarks.items()}

    def close(self) -> None:
        """Nothing runs."""


class Office:
    """A ledger, the step with its extras, and the letters that came of it."""

    def __init__(self, annotator: FakeAnnotator | None = None) -> None:
        self.ledger = Ledger()
        self.clock = FakeClock(at(10, 9, 40))
        self.originals = FakeOriginals()
        self.annotator = annotator or FakeAnnotator()
        self.extras = Extras(FakeSheets(), Copyist(self.originals, self.annotator))

    def put(self, *nominations: Nomination, unit: str = "c1") -> MailRow:
        """A mail that came now with these nominations."""
        id, now = len(self.ledger.mails) + 1, self.clock.now()
        row = mail(id, Outcome.RECEIVED, Letter.RECEIPT, received=now, handled=now, files=(file(FORM, Role.FORM),), unit=unit)
        row = replace(row, original=self.originals.keep(f"original {id}".encode()))
        ids = [replace(one, form_mail=id if one.form else None, material_mail=id) for one in nominations]
        return self.ledger.put(row, *ids)

    def write(self) -> Outgoing:
        """The newest letter, once everything due is answered."""
        self.clock.advance(minutes=20)
        while answer(self.ledger.store, wording(), FakeScribe(), RULES, self.clock, POST, self.extras):
            pass
        with self.ledger.store.glance() as look:
            return list(look.outbox.all())[-1].outgoing


def names(letter: Outgoing) -> list[str]:
    return [attachment.name for attachment in opened(letter).attachments]


def to_mend(number: str = "0001") -> Nomination:
    return nomination(number, "惠民项目", form=FORM, state=State.DEFECTIVE, findings=(MISSING, SECRET))


def test_a_receipt_brings_the_cover_sheet_and_the_first_one_the_deadlines() -> None:
    office = Office()
    office.put(nomination("0001", "惠民项目甲"))
    first = office.write()
    office.put(nomination("0002", "惠民项目乙"))
    second = office.write()
    assert names(first) == ["封面.docx", "截止日期.ics"]
    assert names(second) == ["封面.docx"]
    text = opened(first).words.text
    assert "《封面.docx》" in text
    assert "“截止日期.ics”" in text
    assert "ics" not in opened(second).words.text


def test_the_cover_sheet_lists_only_what_is_accepted_and_still_to_come_on_paper() -> None:
    office = Office()
    paper = nomination("0003", "服务队", "team", paper=at(9))
    office.put(nomination("0001", "惠民项目甲"), to_mend("0002"), paper, nomination("0004", "王安宁", "member"))
    sheet = next(one for one in opened(office.write()).attachments if one.name == "封面.docx")
    assert sheet.content == b"0001 0004"


def test_two_units_get_their_deadlines_each() -> None:
    office = Office()
    office.put(nomination("0001", "惠民项目甲"))
    office.write()
    office.put(nomination("0002", "王安宁", "member", "p1"), unit="p1")
    assert "截止日期.ics" in names(office.write())


def test_after_the_deadline_no_calendar_goes_out() -> None:
    office = Office()
    office.clock.moment = at(21, 9, 0)
    office.put(nomination("0001", "惠民项目甲", state=State.LATE, findings=(found("late", days=0, hours=9, minutes=0),)))
    assert names(office.write()) == []


def test_the_calendar_is_a_calendar_to_other_programs() -> None:
    office = Office()
    office.put(nomination("0001", "惠民项目甲"))
    message = email.message_from_bytes(office.write().content, policy=email.policy.default)
    (part,) = [part for part in message.iter_attachments() if part.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert content.count(b"BEGIN:VEVENT") == 2
    assert b"DTSTART;VALUE=DATE:20211220" in content


def test_a_notice_brings_the_submitters_own_form_with_our_words_at_the_cells() -> None:
    office = Office()
    office.put(to_mend())
    letter = office.write()
    ((content, remarks, author, _),) = office.annotator.asked
    said = wording().finding(MISSING)
    (remark,) = remarks[FORM]
    assert (content, author) == (b"original 1", RULES.office.name)
    assert remark == Remark(Place(FORM, table=1, row=3, column=2), f"{said.title}\n问题：{said.wrong}\n补正：{said.mend}")
    assert names(letter)[0] == "推荐表（批注）.docx"
    assert opened(letter).attachments[0].content == remark.text.encode()
    assert "批注本：推荐表（批注）.docx" in opened(letter).words.text


def test_a_form_in_order_or_in_another_format_or_too_large_gets_no_copy() -> None:
    office = Office()
    big = replace(file(FORM, Role.FORM), size=LARGEST_ORIGINAL + 1)
    office.put(nomination("0001", "惠民项目甲", form=FORM))
    office.write()
    office.put(to_mend("0002"))
    with office.ledger.store.begin() as transaction:
        transaction.mails.save(replace(transaction.mails.get(2), files=(big,)))
    letter = office.write()
    assert office.annotator.asked == []
    assert not any("批注" in name for name in names(letter))
    assert "批注" not in opened(letter).words.text


def test_a_failure_costs_the_copy_and_never_the_letter() -> None:
    office = Office(FakeAnnotator(RuntimeError("broken")))
    office.put(to_mend())
    letter = office.write()
    assert letter.letter is Letter.DEFECTS
    assert not any("批注" in name for name in names(letter))


def test_a_form_that_was_corrected_meanwhile_gets_no_remarks_on_its_old_self() -> None:
    office = Office()
    row = office.put(to_mend())

    def corrected() -> None:
        office.ledger.file(row, replace(to_mend(), mail=1, form_mail=1, state=State.ACCEPTED, findings=()), Filing.CORRECTED)

    office.annotator.meanwhile = corrected
    letter = office.write()
    assert len(office.annotator.asked) == 1
    assert not any("批注" in name for name in names(letter))


def test_several_mails_of_one_letter_have_their_copies_each_from_its_own_original() -> None:
    office = Office()
    office.put(to_mend("0001"))
    office.put(to_mend("0002"))
    letter = office.write()
    assert letter.letter is Letter.COMBINED
    assert [asked[0] for asked in office.annotator.asked] == [b"original 1", b"original 2"]
    assert names(letter).count("推荐表（批注）.docx") == 2


def test_without_the_makers_a_letter_goes_as_before() -> None:
    office = Office()
    office.extras = Extras()
    office.put(to_mend())
    assert names(office.write()) == []
