"""A nomination's life around the deadline: what came in time stands until the office decides about what came late."""

import pytest

from bot.model import Command, Letter, Outcome, State
from bot.steps.release import NotReleasable, admit, refuse, release_mail
from tests.deciding.build import at, mail, whole
from tests.steps.judging import Desk, ids

PHONE = "0373-5550999"
NUMBER = "0001"


def corrected_late() -> Desk:
    """Accepted in time, corrected the morning after the last day."""
    desk = Desk()
    desk.take(mail(*whole()), at(16))
    desk.take(mail(*whole(联系电话=PHONE)), at(21))
    return desk


def test_a_late_correction_waits_and_says_which_version_stands_meanwhile() -> None:
    desk = corrected_late()
    one = desk.nomination(NUMBER)
    assert (one.version, one.state, one.standing, ids(one)) == (2, State.LATE, 1, ["late"])
    assert one.findings[0].facts["standing"] == 1
    assert [old.fields["联系电话"] for old in desk.versions(NUMBER)] == ["0373-5550123", PHONE]


def test_the_office_takes_the_late_version() -> None:
    desk = corrected_late()
    assert admit(desk.store, NUMBER, desk.rules, "operator", at(22)) is State.ACCEPTED
    one = desk.nomination(NUMBER)
    assert (one.version, one.state, one.standing, one.fields["联系电话"]) == (2, State.ACCEPTED, 0, PHONE)


def test_the_office_refuses_it_and_what_stood_is_the_newest_again() -> None:
    desk = corrected_late()
    assert refuse(desk.store, NUMBER, desk.rules, "operator", "逾期", at(22)) is State.ACCEPTED
    one = desk.nomination(NUMBER)
    assert (one.version, one.state, one.standing, ids(one)) == (3, State.ACCEPTED, 0, [])
    assert (one.fields["联系电话"], one.mail) == ("0373-5550123", 1)
    assert [old.state for old in desk.versions(NUMBER)] == [State.SUPERSEDED, State.SUPERSEDED, State.ACCEPTED]
    with desk.store.glance() as ledger:
        last = ledger.chronicle.of(f"nomination:{NUMBER}")[-1]
    assert (last.who, last.what, last.facts["reason"]) == ("operator", "refused", "逾期")


def test_a_second_late_correction_leaves_the_one_in_time_standing() -> None:
    desk = corrected_late()
    desk.take(mail(*whole(联系电话="0373-5550998")), at(22))
    one = desk.nomination(NUMBER)
    assert (one.version, one.state, one.standing) == (3, State.LATE, 1)


def test_what_the_office_took_stands_when_another_late_one_comes() -> None:
    desk = corrected_late()
    admit(desk.store, NUMBER, desk.rules, "operator", at(22))
    desk.take(mail(*whole(联系电话="0373-5550998")), at(23))
    one = desk.nomination(NUMBER)
    assert (one.version, one.state, one.standing, one.admitted) == (3, State.LATE, 2, False)


def test_a_half_that_comes_late_is_a_version_of_its_own() -> None:
    desk, (form, material) = Desk(), whole()
    desk.take(mail(form), at(20))
    desk.take(mail(material), at(21))
    one = desk.nomination(NUMBER)
    assert (one.version, one.state, one.standing, ids(one)) == (2, State.LATE, 1, ["late"])
    refuse(desk.store, NUMBER, desk.rules, "operator", "", at(22))
    assert (desk.nomination(NUMBER).state, ids(desk.nomination(NUMBER))) == (State.DEFECTIVE, ["material-missing"])


def test_a_nomination_that_is_late_altogether_has_nothing_standing() -> None:
    desk = Desk()
    desk.take(mail(*whole()), at(21))
    desk.take(mail(*whole(联系电话=PHONE)), at(22))
    assert (desk.nomination(NUMBER).version, desk.nomination(NUMBER).standing) == (2, 0)
    with pytest.raises(NotReleasable, match="0001 is late: no version in time stands beside it"):
        refuse(desk.store, NUMBER, desk.rules, "operator", "", at(23))


def test_a_late_correction_keeps_its_place_in_the_quota() -> None:
    desk = Desk()
    for number in range(10):
        desk.take(mail(*whole(项目名称=f"红旗区第{number}号便民服务项目")), at(16, 9, number))
    desk.take(mail(*whole(项目名称="红旗区第3号便民服务项目", 联系电话=PHONE)), at(21))
    desk.take(mail(*whole(项目名称="红旗区第11号便民服务项目")), at(21, 10))
    assert [ids(one) for one in desk.nominations if ids(one)] == [["late"], ["late", "over-quota"]]


def test_the_same_again_after_the_deadline_changes_nothing() -> None:
    desk = Desk()
    desk.take(mail(*whole()), at(16))
    desk.take(mail(*whole()), at(21))
    assert (desk.nomination(NUMBER).version, desk.nomination(NUMBER).state) == (1, State.ACCEPTED)


def test_a_withdrawal_after_the_deadline_waits_for_the_office_and_is_done_when_it_says_so() -> None:
    desk = Desk()
    desk.take(mail(*whole()), at(16))
    asked = desk.take(mail(subject="新乡市撤回 0001", body="新乡市撤回 0001。"), at(21))
    assert (asked.outcome, asked.command, asked.letter) == (Outcome.COMMAND, Command.WITHDRAW, Letter.HELD)
    assert desk.nomination(NUMBER).state is State.ACCEPTED
    release_mail(desk.store, 2, None, "operator", at(22))
    done = desk.handle(2, at(22))
    assert (done.outcome, done.letter) == (Outcome.COMMAND, Letter.WITHDRAWN)
    assert desk.nomination(NUMBER).state is State.WITHDRAWN


def test_a_withdrawal_in_time_is_done_at_once() -> None:
    desk = Desk()
    desk.take(mail(*whole()), at(16))
    desk.take(mail(subject="新乡市撤回 0001", body="新乡市撤回 0001。"), at(20, 23, 59))
    assert desk.nomination(NUMBER).state is State.WITHDRAWN
