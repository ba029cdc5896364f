"""The golden cases that ship, and what a rules author is told about cases of his own."""

import json
import shutil
from pathlib import Path

import pytest

from bot.adapters.examples import load_examples
from bot.adapters.rules import load_rules
from bot.config import Config
from bot.trial import check_everything
from tests.golden.__main__ import FOLDER, LARGEST, cases

RULES = FOLDER.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped rules with one golden case."""
    place = tmp_path / "3x100-2021"
    shutil.copytree(RULES, place, ignore=shutil.ignore_patterns("examples"))
    (place / "examples").mkdir()
    for name in ("telephone-missing.eml", "telephone-missing.json"):
        shutil.copy(FOLDER / name, place / "examples")
    return place


def rewrite(folder: Path, **changed: object) -> None:
    path = folder / "examples" / "telephone-missing.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changed, ensure_ascii=False), "utf-8")


def problems(folder: Path) -> list[str]:
    return check_everything(Config(), folder)[0]


def test_the_cases_that_ship_are_judged_as_the_campaign_says() -> None:
    found, told = check_everything(Config(), RULES)
    assert found == []
    assert told[-1] == f"golden cases: {len(list(cases()))} good"


def test_the_cases_that_ship_are_small_and_say_what_their_maker_says() -> None:
    made = {f"{case.name}.json": case.text() for case in cases()}
    assert {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.json")} == made
    assert all(path.stat().st_size <= LARGEST for path in FOLDER.glob("*.eml"))


def test_rules_without_golden_cases_are_good(folder: Path) -> None:
    shutil.rmtree(folder / "examples")
    found, told = check_everything(Config(), folder)
    assert found == []
    assert told[-1].startswith("wording")


def test_a_changed_rule_shows_in_the_case_it_breaks(folder: Path) -> None:
    form = folder / "categories.toml"
    text = form.read_text("utf-8")
    start = text.index("联系电话")
    changed = text[:start] + text[start:].replace("required = true", "required = false", 1)
    form.write_text(changed, "utf-8")
    assert problems(folder) == [
        "examples/telephone-missing.json: letter: expected defects, got receipt",
        "examples/telephone-missing.json: nominations: 省水利厅“清源”农村饮水提质项目: state: expected defective, got accepted",
        "examples/telephone-missing.json: nominations: 省水利厅“清源”农村饮水提质项目: findings: "
        "expected field-missing 联系电话, got none",
    ]


def test_every_difference_is_told(folder: Path) -> None:
    rewrite(folder, outcome="returned", unit=None, findings=["cloud-attachment"], nominations=[])
    water = next(unit.id for unit in load_rules(folder).units if unit.name == "河南省水利厅")
    assert problems(folder) == [
        "examples/telephone-missing.json: outcome: expected returned, got received",
        f"examples/telephone-missing.json: unit: expected none, got {water}",
        "examples/telephone-missing.json: findings: expected cloud-attachment, got none",
        "examples/telephone-missing.json: nominations: 省水利厅“清源”农村饮水提质项目: filed, but not expected",
    ]


def test_a_mail_without_expectation_is_answered_with_one_to_take_over(folder: Path) -> None:
    path = folder / "examples" / "telephone-missing.json"
    path.unlink()
    (line,) = problems(folder)
    head = "examples/telephone-missing.eml: telephone-missing.json is missing; judged now it would be "
    assert line.startswith(head)
    path.write_text(line.removeprefix(head), "utf-8")
    assert problems(folder) == []


def test_mistakes_in_cases_are_all_told_at_once(folder: Path) -> None:
    examples = folder / "examples"
    rewrite(folder, unit="水利厅", findings=["field-mising 电话"], after=["nobody"])
    shutil.copy(examples / "telephone-missing.eml", examples / "typo.eml")
    (examples / "typo.json").write_text('{"outcome": "received", "uint": "410700"}', "utf-8")
    (examples / "alone.json").write_text("{}", "utf-8")
    (examples / "readme.txt").write_text("hello", "utf-8")
    assert list(load_examples(folder, load_rules(folder)).problems) == [
        "examples/alone.json: alone.eml is missing",
        "examples/readme.txt: golden cases are NAME.eml and NAME.json",
        "examples/telephone-missing.json: unit: 水利厅 is neither an id nor a full name of units.csv",
        "examples/telephone-missing.json: findings: there is no finding field-mising 电话",
        "examples/typo.json: Object contains unknown field `uint`",
        "examples/telephone-missing.json: after: there is no other good case named nobody",
    ]
