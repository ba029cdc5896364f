"""The second look: what scans tell after the receipt, and that nobody waits for it."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import AnswerState, FileRead, Filing, Letter, Outcome, Role, Section, State
from bot.steps.second_look import MARK, Looker, SecondLook
from tests.deciding import build
from tests.steps.rounds import LATER, Rounds

scan = build.picture


class FakeScanner:
    """Knows what each scan says by its path, or raises; remembers what it was asked."""

    def __init__(self) -> None:
        self.says: dict[str, FileRead] = {}
        self.asked: list[tuple[str, ...]] = []
        self.wait = threading.Event()
        self.wait.set()
        self.closed = False
        self.mischief: Exception | None = None

    def knows(self, file: FileRead, *sections: Section, seal: bool | None = True) -> None:
        self.says[file.path] = replace(file, sections=sections, red_seal=seal)

    def look(self, content: bytes, paths: Sequence[str]) -> dict[str, FileRead]:
        self.asked.append(tuple(paths))
        self.wait.wait(10)
        if self.mischief:
            raise self.mischief
        return {path: self.says[path] for path in paths if path in self.says}

    def close(self) -> None:
        self.closed = True
        self.wait.set()


class Office(Rounds):
    """The small office with a scanner."""

    def __init__(self) -> None:
        super().__init__()
        self.scanner = FakeScanner()

    @property
    def step(self) -> SecondLook:
        return SecondLook(self.store, self.originals, self, self.scanner, self.rules, self.clock)

    def look(self) -> bool:
        """One second look; False when nothing waits for one."""
        waiting = self.step.waiting()
        if waiting is not None:
            self.clock.advance(timedelta(minutes=1))
            self.step.settle(waiting.mail, self.step.see(waiting))
        return waiting is not None


SCAN = scan("盖章扫描件.jpg")


@pytest.fixture
def office() -> Office:
    return Office()


def told(office: Office, number: str = "0001") -> list[tuple[str, str | None, str | None]]:
    return [(finding.check, finding.field, finding.file) for finding in office.nomination(number).findings]


def test_a_stamped_scan_that_says_the_same_changes_nothing_and_nobody_is_written_to(office: Office) -> None:
    office.scanner.knows(SCAN, build.form("member", file=SCAN.path))
    office.arrives(build.mail(*build.whole("member"), SCAN))
    office.round(LATER)
    before = office.nomination("0001")
    assert office.look()
    assert office.nomination("0001") == before
    assert (before.state, before.version) == (State.ACCEPTED, 1)
    assert [event.facts for event in office.events("mail:1") if event.what == "looked"] == [{"scans": 1, "changed": 0}]
    office.round(LATER)
    assert [letter.letter for letter in office.sent] == [Letter.RECEIPT]
    assert not office.look()


def test_a_scan_that_says_something_else_is_told_to_the_office_alone(office: Office) -> None:
    changed = build.form("member", file=SCAN.path, 联系电话="13803730009", 工作单位及职务="红旗区民政事务中心副主任科员")
    office.scanner.knows(SCAN, changed)
    office.arrives(build.mail(*build.whole("member"), SCAN))
    office.round(LATER)
    office.look()
    assert told(office) == [("versions-differ", "工作单位及职务", SCAN.path), ("versions-differ", "联系电话", SCAN.path)]
    assert office.nomination("0001").findings[1].facts == {"word": "13803730001", "scan": "13803730009"}
    assert (office.nomination("0001").state, office.nomination("0001").version) == (State.ACCEPTED, 1)
    office.round(LATER)
    assert len(office.sent) == 1


def test_slips_of_the_recogniser_are_no_difference(office: Office) -> None:
    slip = build.form(
        "member", file=SCAN.path, 姓名="游庆稳", 主要事迹="长期在社区为群眾办事", 出生年月="1979.08", 推荐单位意见="同意"
    )
    office.scanner.knows(SCAN, slip)
    office.arrives(build.mail(*build.whole("member"), SCAN))
    office.round(LATER)
    office.look()
    assert told(office) == [("versions-differ", "姓名", SCAN.path)]  # a name of three characters may be another's


def test_a_scan_without_a_seal_is_a_notice_that_holds_nothing_up(office: Office) -> None:
    office.scanner.knows(SCAN, build.form("member", file=SCAN.path), seal=False)
    office.arrives(build.mail(*build.whole("member"), SCAN))
    office.round(LATER)
    office.look()
    assert told(office) == [("stamp-not-seen", None, SCAN.path)]
    assert office.nomination("0001").state is State.ACCEPTED


def test_a_form_that_came_as_a_scan_completes_its_nomination_and_is_held_for_a_person(office: Office) -> None:
    material = build.whole("member")[1]
    picture = scan("推荐表扫描件.jpg")
    office.scanner.knows(picture, build.form("member", file=picture.path, 联系电话="1380373000"))
    office.arrives(build.mail(material, picture))
    office.round(LATER)
    assert [check for check, *_ in told(office)] == ["category-unknown", "form-missing"]
    office.look()
    one = office.nomination("0001")
    assert (one.form, one.form_mail, one.nominee, one.state) == (picture.path, 1, "游庆穗", State.HELD)
    assert one.fields["工作单位及职务"] == "红旗区民政事务中心主任"
    assert one.uncertain == (picture.path,)
    assert told(office) == []  # ten digits may be the recogniser's slip: a person tells
    assert [event.what for event in office.events("nomination:0001")] == [Filing.FILED, Filing.COMPLETED]
    assert office.mail(1).answer_state is AnswerState.OWED
    office.round(LATER)
    assert len(office.sent) == 2


def test_a_mail_of_scans_alone_is_filed_by_the_second_look(office: Office) -> None:
    picture = scan("推荐表扫描件.pdf")
    office.scanner.knows(picture, build.form("member", file=picture.path))
    office.arrives(build.mail(picture))
    office.round(LATER)
    assert office.mail(1).outcome is Outcome.RETURNED
    assert office.nominations() == []
    office.look()
    row = office.mail(1)
    assert (row.outcome, row.unit, row.filed, row.findings) == (Outcome.RECEIVED, "410700", ("0001",), ())
    assert [file.role for file in row.files] == [Role.FORM]
    assert (office.nomination("0001").state, office.nomination("0001").nominee) == (State.HELD, "游庆穗")
    office.round(LATER)
    assert [letter.numbers for letter in office.sent] == [(), ("0001",)]


def test_a_scan_in_a_mail_of_its_own_is_compared_with_the_form_on_file(office: Office) -> None:
    picture = scan("推荐表扫描件.pdf")
    office.scanner.knows(picture, build.form("member", file=picture.path, 联系电话="13803730002"), seal=False)
    office.arrives(build.mail(*build.whole("member")))
    office.arrives(build.mail(picture))
    office.round(LATER)
    office.look()
    one = office.nomination("0001")
    assert told(office) == [("versions-differ", "联系电话", picture.path), ("stamp-not-seen", None, picture.path)]
    assert (one.fields["联系电话"], one.version, one.mail) == ("13803730001", 1, 1)
    assert len(office.nominations()) == 1


def test_an_old_scan_is_not_held_against_a_form_that_came_after_it(office: Office) -> None:
    office.scanner.knows(SCAN, build.form("member", file=SCAN.path, 联系电话="13803730002"))
    office.arrives(build.mail(*build.whole("member", 联系电话="13803730002"), SCAN))
    office.arrives(build.mail(*build.whole("member")))
    office.round(LATER)
    before = office.nomination("0001")
    assert before.version == 2
    office.look()
    assert office.nomination("0001") == before


def test_photographs_are_read_only_where_a_form_is_missing(office: Office) -> None:
    photo = scan("微信图片.jpg")
    office.arrives(build.mail(*build.whole("member"), photo))
    office.arrives(build.mail(build.whole("project")[1], photo))
    office.round(LATER)
    while office.look():
        pass
    assert office.scanner.asked == [(photo.path,)]


def test_mails_without_scans_are_passed_over_and_a_waiting_one_is_waited_for(office: Office) -> None:
    office.arrives(build.mail(*build.whole("member")))
    office.arrives(ValueError("poison"))
    office.arrives(build.mail(*build.whole("project"), SCAN))
    office.round()
    assert not office.look()
    with office.store.glance() as ledger:
        assert ledger.marks.get(MARK) == "1"
    for _ in range(3):
        office.round(LATER)
    assert office.look()
    assert office.scanner.asked == [(SCAN.path,)]


def test_a_look_that_fails_costs_its_mail_the_look_and_nothing_else(office: Office) -> None:
    office.arrives(build.mail(*build.whole("member"), SCAN))
    office.arrives(build.mail(*build.whole("project"), SCAN))
    office.round(LATER)
    office.scanner.mischief = RuntimeError("broken")
    looker = Looker(office.step)
    looker.turn()
    looker.finish()
    office.scanner.mischief = None
    looker.turn()
    looker.finish()
    looker.close()
    assert len(office.scanner.asked) == 2
    assert [event.what for event in office.events("mail:1")][-1] == "answered"
    assert not office.look()


def test_a_round_does_not_wait_for_a_look_that_is_under_way(office: Office) -> None:
    office.scanner.knows(SCAN, build.form("member", file=SCAN.path), seal=False)
    office.arrives(build.mail(*build.whole("member"), SCAN))
    office.round(LATER)
    office.scanner.wait.clear()
    looker = Looker(office.step)
    looker.turn()
    looker.turn()
    assert told(office) == []
    office.scanner.wait.set()
    looker.finish()
    assert told(office) == [("stamp-not-seen", None, SCAN.path)]
    looker.close()
    assert office.scanner.closed


def test_a_look_that_is_dropped_is_taken_again_by_the_next_worker(office: Office) -> None:
    office.arrives(build.mail(*build.whole("member"), SCAN))
    office.round(LATER)
    office.scanner.wait.clear()
    looker = Looker(office.step)
    looker.turn()
    looker.close()
    assert office.look()
    assert not office.look()


def test_a_mail_that_was_judged_anew_meanwhile_is_left_as_it_is(office: Office) -> None:
    office.scanner.knows(SCAN, build.form("member", file=SCAN.path), seal=False)
    office.arrives(build.mail(*build.whole("member"), SCAN))
    office.round(LATER)
    waiting = office.step.waiting()
    assert waiting is not None
    seen = office.step.see(waiting)
    with office.store.begin() as ledger:
        ledger.mails.save(replace(waiting.mail, handled=office.clock.now() + LATER))
    office.step.settle(waiting.mail, seen)
    assert told(office) == []
