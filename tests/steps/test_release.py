"""What a person decides: mails judged again, nominations admitted, letters sent, paper noted; each on record."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Delivery, Letter, MailState, Outcome, State, Verdict
from bot.steps.release import NotReleasable, admit, note_paper, release_letter, release_mail
from tests.deciding import build
from tests.steps.rounds import LATER, Rounds


@pytest.fixture
def office() -> Iterator[Rounds]:
    made = Rounds()
    yield made
    made.store.close()


def nameless(office: Rounds) -> int:
    """A mail that tells nowhere whose it is."""
    files = build.whole("project", 推荐单位="", 实施单位="便民服务中心", 公示情况="", 项目名称="便民代办项目")
    mail = build.mail(*files, subject="推荐材料", body="请查收。", sender="qf@qq.example")
    return office.arrives(mail, "qf@qq.example")


def test_a_returned_mail_released_with_its_unit_is_filed_in_the_next_round_and_answered_again(office: Rounds) -> None:
    id = nameless(office)
    office.round()
    office.round(LATER)
    assert [letter.letter for letter in office.sent] == [Letter.DEFECTS]
    release_mail(office.store, id, "410700", "operator", office.clock.now())
    office.round(timedelta(minutes=1))
    office.round(LATER)
    assert (office.mail(id).outcome, office.mail(id).unit) == (Outcome.RECEIVED, "410700")
    assert [(one.nominee, one.unit) for one in office.nominations()] == [("便民代办项目", "410700")]
    assert len(office.sent) == 2
    assert office.sent[-1].numbers == ("0001",)
    assert [(event.who, event.what) for event in office.events(f"mail:{id}")][-3:] == [
        ("operator", "released"),
        (f"mail:{id}", "handled"),
        ("clock", "answered"),
    ]


def test_a_failed_mail_released_after_the_mistake_is_mended_is_judged_from_its_original(office: Rounds) -> None:
    id = office.arrives(ValueError("a bug"))
    for _ in range(3):
        office.round(LATER)
    assert office.mail(id).state is MailState.FAILED
    content = next(iter(office.readings))
    office.readings[content] = build.mail(*build.whole("project"))
    release_mail(office.store, id, None, "operator", office.clock.now())
    office.round()
    assert (office.mail(id).state, office.mail(id).outcome, office.mail(id).traceback) == (
        MailState.HANDLED,
        Outcome.RECEIVED,
        "",
    )


def test_what_does_not_wait_is_not_released(office: Rounds) -> None:
    good, returned = office.arrives(build.mail(*build.whole("project"))), nameless(office)
    office.round()
    for id, unit, words in (
        (good, None, "mail 1 is received"),
        (returned, None, "name the unit it is of with --unit"),
        (99, None, "there is no mail 99"),
    ):
        with pytest.raises(NotReleasable, match=words):
            release_mail(office.store, id, unit, "operator", office.clock.now())
    with pytest.raises(NotReleasable, match="nothing about it waits"):
        admit(office.store, "0001", office.rules, "operator", office.clock.now())
    with pytest.raises(NotReleasable, match="there is no nomination 0077"):
        admit(office.store, "0077", office.rules, "operator", office.clock.now())
    with pytest.raises(NotReleasable):
        release_letter(office.store, 1, "operator", office.clock.now())


def over_quota(office: Rounds) -> None:
    """Two projects of an office that may nominate one."""
    words = {"推荐单位": "河南省水利厅", "公示情况": ""}
    files = [
        replace(file, path=f"{name}/{file.path}")
        for name in ("甲项目", "乙项目")
        for file in build.whole("project", 项目名称=name, **words)
    ]
    mail = build.mail(*files, subject="河南省水利厅推荐材料", body="现将河南省水利厅推荐材料报送。")
    office.arrives(mail, "jgdw@slt.example")
    office.round()


def test_a_nomination_over_the_quota_that_a_person_admits_stands_and_the_history_says_who_did_it(office: Rounds) -> None:
    over_quota(office)
    assert [one.state for one in office.nominations()] == [State.ACCEPTED, State.OVER_QUOTA]
    assert admit(office.store, "0002", office.rules, "operator", office.clock.now()) is State.ACCEPTED
    admitted = office.nomination("0002")
    assert (admitted.state, admitted.admitted) == (State.ACCEPTED, True)
    assert [(event.who, event.what, event.facts["state"]) for event in office.events("nomination:0002")][-1] == (
        "operator",
        "admitted",
        "accepted",
    )
    assert office.nomination("0001").state is State.ACCEPTED


def test_a_late_nomination_that_a_person_admits_keeps_its_finding(office: Rounds) -> None:
    office.clock.advance(days=6)
    office.arrives(build.mail(*build.whole("project")))
    office.round()
    assert office.nomination("0001").state is State.LATE
    assert admit(office.store, "0001", office.rules, "operator", office.clock.now()) is State.ACCEPTED
    assert "late" in {finding.check for finding in office.nomination("0001").findings}


def test_a_letter_taken_for_spam_goes_once_a_person_releases_it(office: Rounds) -> None:
    office.courier.answers = [Delivery(Verdict.SUSPECT, "554 DT:SPM")]
    office.arrives(build.mail(*build.whole("project")))
    office.round()
    office.round(LATER)
    assert (office.sent, [row.error for row in office.outbox()]) == ([], ["554 DT:SPM"])
    office.round(LATER)
    assert office.sent == []
    release_letter(office.store, 1, "operator", office.clock.now())
    office.round()
    assert [letter.letter for letter in office.sent] == [Letter.RECEIPT]


def test_paper_is_noted_for_all_numbers_or_for_none(office: Rounds) -> None:
    over_quota(office)
    with pytest.raises(NotReleasable, match="no nomination 0099; nothing was noted"):
        note_paper(office.store, ["0001", "0099"], "operator", office.clock.now())
    assert [one.paper for one in office.nominations()] == [None, None]
    first = office.clock.now()
    note_paper(office.store, ["0001", "0002"], "operator", first)
    office.clock.advance(days=1)
    note_paper(office.store, ["0001"], "operator", office.clock.now())
    assert [one.paper for one in office.nominations()] == [first, first]
