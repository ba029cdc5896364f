"""The script of the play: as many mails and units as promised, invented people only, expectations that fit together."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from bot.adapters.rules import load_rules
from bot.campaign import Rules, Unit
from bot.demo.cast import cast
from bot.demo.scene import Expected, NoLetterError, Post, Scene, Wanted, on
from bot.demo.script import script
from bot.model import SEVERITIES, Outcome, Severity, State


@cache
def scenes() -> tuple[Scene, ...]:
    return script()


@cache
def rules() -> Rules:
    return load_rules(Path(__file__).parents[2] / "rules" / "3x100-2021")


def unit(name: str) -> Unit:
    (found,) = [unit for unit in rules().units if name in (unit.name, *unit.aliases)]
    return found


def filed() -> list[tuple[Scene, Wanted]]:
    return [(scene, wanted) for scene in scenes() for wanted in scene.expected.filed]


def test_there_are_a_hundred_mails_of_more_than_thirty_units() -> None:
    assert len(scenes()) > 100
    assert len({scene.expected.unit for scene, _ in filed()}) > 30


def test_every_mail_has_a_name_of_its_own() -> None:
    assert [key for key, count in Counter(scene.key for scene in scenes()).items() if count > 1] == []


def test_every_outcome_and_category_occurs() -> None:
    assert {scene.expected.outcome for scene in scenes()} == set(Outcome)
    assert {"project", "team", "member"} <= {wanted.category for _, wanted in filed()}


def test_everybody_who_nominates_is_in_the_roster() -> None:
    names = {writer.unit for writer in cast()} | {scene.expected.unit for scene in scenes() if scene.expected.unit}
    assert len({unit(name).id for name in names}) == len(names)


def test_addresses_lie_under_domains_that_exist_nowhere() -> None:
    addresses = [writer.address for writer in cast()]
    assert [address for address in addresses if not address.endswith(".example")] == []
    assert len(set(addresses)) == len(addresses)


def test_no_nominee_is_filed_twice_but_the_one_meant_to_be() -> None:
    counted = Counter((wanted.category, wanted.nominee) for _, wanted in filed() if wanted.version == 1)
    assert [count for count in counted.values() if count > 1] == [2]


def test_no_unit_has_more_than_its_quota_but_those_meant_to_have() -> None:
    counted = Counter(
        (scene.expected.unit, wanted.category)
        for scene, wanted in filed()
        if wanted.version == 1 and wanted.category and scene.expected.unit
    )
    over = [name for (name, _), count in counted.items() if count > rules().quota(unit(name).kind)]
    assert sorted(set(over)) == ["河南农业大学", "河南省人力资源和社会保障厅", "河南省医疗保障局"]


def test_a_nomination_is_defective_exactly_when_a_defect_is_expected() -> None:
    strayed = [
        (scene.key, wanted.nominee)
        for scene, wanted in filed()
        if (wanted.state in {State.DEFECTIVE, State.OVER_QUOTA})
        != any(SEVERITIES[finding.split()[0]] is Severity.DEFECT for finding in wanted.findings)
    ]
    assert strayed == []


def test_what_comes_back_says_why_and_files_nothing() -> None:
    returned = [scene.expected for scene in scenes() if scene.expected.outcome is Outcome.RETURNED]
    assert [one for one in returned if one.filed or not one.findings] == []


def test_only_what_arrives_after_the_last_day_is_late() -> None:
    strayed = [
        scene.key
        for scene, wanted in filed()
        if (wanted.state is State.LATE) != (rules().late_by(scene.at).total_seconds() > 0)
    ]
    assert strayed == []


def test_most_mails_come_in_the_last_four_days() -> None:
    days = Counter(scene.at.day for scene in scenes())
    assert sum(days[day] for day in (17, 18, 19, 20)) > len(scenes()) / 2
    assert days.most_common(1)[0][0] == 17


def test_a_clerk_waits_for_the_letter_that_is_to_be_answered() -> None:
    reply = next(scene for scene in scenes() if scene.key == "water-telephone-added")
    with pytest.raises(NoLetterError, match=r"no letter to jgdw@slt\.example"):
        reply.write(Post())


def test_scenes_come_in_order_of_arrival() -> None:
    assert list(scenes()) == sorted(scenes(), key=lambda scene: scene.at)
    assert scenes()[0].at == on(1, "10:12")


def test_an_expectation_compares_only_what_is_said() -> None:
    assert Expected(Outcome.HELD).unit is None
