"""Replay: the same rules decide the same, other rules tell exactly what they change, and the live ledger stays as it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.campaign import Rules
from bot.steps.release import admit, note_paper, release_mail
from bot.steps.replay import Difference, Replay
from bot.steps.rulings import Hand, refuse
from bot.steps.rulings_time import extend
from tests.deciding import build
from tests.fakes import memory_store
from tests.steps.rounds import LATER, Rounds


@pytest.fixture
def office() -> Iterator[Rounds]:
    """A week of an office: clean, over quota and withdrawn, mended, returned and filed by a person's word, failed."""
    made = Rounds()
    week(made)
    yield made
    made.store.close()


def week(office: Rounds) -> None:
    office.arrives(build.mail(*build.whole("project")))
    words = {"推荐单位": "河南省水利厅", "公示情况": ""}
    files = [
        replace(file, path=f"{name}/{file.path}")
        for name in ("甲项目", "乙项目")
        for file in build.whole("project", 项目名称=name, **words)
    ]
    office.arrives(
        build.mail(*files, subject="河南省水利厅推荐材料", body="现将河南省水利厅推荐材料报送。"), "jgdw@slt.example"
    )
    office.round()
    office.arrives(build.mail(subject="撤回0002", body="河南省水利厅申请撤回0002。"), "jgdw@slt.example")
    office.arrives(build.mail(*build.whole("member", 联系电话="")))
    office.round(LATER)
    office.arrives(build.mail(*build.whole("member")))
    nameless = build.whole("project", 推荐单位="", 实施单位="便民服务中心", 公示情况="", 项目名称="便民代办项目")
    returned = office.arrives(build.mail(*nameless, subject="推荐材料", body="请查收。"), "qf@qq.example")
    office.arrives(ValueError("poison"))
    for _ in range(4):
        office.round(LATER)
    release_mail(office.store, returned, "410700", "operator", office.clock.now())
    office.round(timedelta(minutes=1))
    note_paper(office.store, ["0001"], "operator", office.clock.now())


def replayed(office: Rounds, rules: Rules) -> list[Difference]:
    scratch = memory_store()
    office.clock.advance(days=30)
    found = list(Replay(office.store, scratch, office.originals, office, rules).run())
    scratch.close()
    return found


def of_failed(found: list[Difference]) -> list[Difference]:
    return [one for one in found if one.mail == 7]


def test_the_same_rules_decide_everything_the_same_but_what_failed(office: Rounds) -> None:
    assert replayed(office, office.rules) == [Difference(7, "error", "-", "ValueError: poison")]


def test_a_failed_mail_is_told_as_it_would_be_decided_now(office: Rounds) -> None:
    content = list(office.readings)[6]
    office.readings[content] = build.mail(*build.whole("team"))
    found = [(one.mail, one.what, one.before.split()[0], one.after.split()[0]) for one in replayed(office, office.rules)]
    assert (7, "outcome", "held", "received") in found
    assert (7, "filed", "-", "0005") in found
    assert {mail for mail, *_ in found} == {7}


def test_a_field_that_is_no_longer_asked_for_is_the_only_difference(office: Rounds) -> None:
    member = office.rules.categories[2]
    fields = tuple(replace(spec, required=False) if spec.name == "联系电话" else spec for spec in member.fields)
    changed = replace(office.rules, categories=(*office.rules.categories[:2], replace(member, fields=fields)))
    told = [one for one in replayed(office, changed) if one.mail != 7]
    assert told == [Difference(4, "0004 findings", "field-missing:联系电话", "-")]


def test_a_greater_quota_lifts_what_was_over_it_and_nothing_else() -> None:
    office = Rounds()
    words = {"推荐单位": "河南省水利厅", "公示情况": ""}
    for name in ("甲项目", "乙项目", "丙项目"):
        files = build.whole("project", 项目名称=name, **words)
        office.arrives(
            build.mail(*files, subject="河南省水利厅推荐材料", body="现将河南省水利厅推荐材料报送。"), "jgdw@slt.example"
        )
        office.round(timedelta(minutes=1))
    admit(office.store, "0003", office.rules, "operator", office.clock.now())
    assert replayed(office, office.rules) == []
    kinds = {**office.rules.kinds, "province": replace(office.rules.kinds["province"], quota=2)}
    assert replayed(office, replace(office.rules, kinds=kinds)) == [Difference(2, "0002 findings", "over-quota", "-")]


def projects_of_an_office(office: Rounds, *names: str) -> None:
    for name in names:
        files = build.whole("project", 项目名称=name, 推荐单位="河南省水利厅", 公示情况="")
        office.arrives(
            build.mail(*files, subject="河南省水利厅推荐材料", body="现将河南省水利厅推荐材料报送。"), "jgdw@slt.example"
        )
        office.round(timedelta(minutes=1))


def test_what_a_person_sent_back_leaves_its_place_again() -> None:
    office = Rounds()
    projects_of_an_office(office, "甲项目", "乙项目")
    with office.store.begin() as transaction:
        refuse(Hand(transaction, "operator", office.clock.now()), "0001", "重复报送", office.rules)
    projects_of_an_office(office, "丙项目")
    with office.store.glance() as ledger:
        states = [one.state.value for one in ledger.nominations.all()]
    assert states == ["withdrawn", "accepted", "over-quota"]
    assert replayed(office, office.rules) == []


def test_a_longer_time_that_a_person_granted_is_granted_again() -> None:
    office = Rounds()
    with office.store.begin() as transaction:
        extend(Hand(transaction, "operator", office.clock.now()), "campaign", date(2021, 12, 22), office.rules)
    office.clock.advance(days=(date(2021, 12, 21) - office.clock.now().date()).days)
    projects_of_an_office(office, "甲项目")
    with office.store.glance() as ledger:
        assert [one.state.value for one in ledger.nominations.all()] == ["accepted"]
    assert replayed(office, office.rules) == []


def test_an_earlier_deadline_makes_late_what_was_in_time(office: Rounds) -> None:
    found = [one for one in replayed(office, replace(office.rules, last_day=date(2021, 12, 15))) if one.mail != 7]
    assert {one.what.split()[-1] for one in found} == {"findings"}
    assert all("late" in one.after and "late" not in one.before for one in found)
    assert len(found) == 6


def test_the_live_ledger_is_only_looked_at(office: Rounds) -> None:
    def everything() -> list[object]:
        with office.store.glance() as ledger:
            return [*ledger.mails.all(), *ledger.nominations.all(), *ledger.outbox.all(), *ledger.chronicle.all()]

    before = everything()
    replayed(office, replace(office.rules, last_day=date(2021, 12, 15)))
    assert everything() == before


def test_a_mail_whose_reading_now_ends_in_an_error_is_told_and_the_others_go_on(office: Rounds) -> None:
    content = next(iter(office.readings))
    office.readings[content] = RuntimeError("reader gone")
    found = replayed(office, office.rules)
    assert found[0] == Difference(1, "error", "-", "RuntimeError: reader gone")
    assert [one.what for one in found if one.mail == 1] == ["error", "filed"]
