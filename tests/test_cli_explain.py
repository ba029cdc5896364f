"""The commands about one nomination: its whole story, and leaving standing what came in time."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import run
from bot.demo.acts import loose, nominees, note, papers
from bot.demo.cast import writer
from bot.demo.programs import compose
from bot.demo.scene import on
from bot.demo.stage import Stage, prepare

NAME = "省水利厅“清源”农村饮水提质项目"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Accepted in time, corrected the morning after the last day."""
    stage = prepare(tmp_path_factory.mktemp("explained") / "stage")
    who = writer("water")
    (one,) = nominees(who, on(8, "10:00"), {"project": (0,)})
    for key, at, nominee in (
        ("first", on(8, "10:00"), one),
        ("late", on(21, "08:00"), one.with_fields(联系电话="0371-65550199")),
    ):
        sent = note(who, f"explain {key}", at, [nominee], enclosures=loose(papers(who, [nominee])))
        stage.drop(compose(replace(sent, subject=f"省水利厅推荐材料 {key}"), who.program), at)
    assert run(["--config", str(stage.settings), "once"]) == 0
    return stage


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def shouli(stage: Stage, *arguments: str) -> int:
    return run(["--config", str(stage.settings), *arguments])


def test_the_story_of_a_nomination_by_number_with_or_without_zeros(lived: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert shouli(lived, "explain", "1") == 0
    short = capsys.readouterr().out
    assert shouli(lived, "explain", "nomination:0001") == 0
    assert capsys.readouterr().out == short
    lines = short.splitlines()
    assert lines[0] == f"0001  {NAME}"
    assert "  state     late, version 2" in lines
    assert "            standing: 1" in lines
    assert any(line.startswith("  changed   联系电话: “") and line.endswith("-> “0371-65550199”") for line in lines)


def test_the_story_of_a_mail(lived: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert shouli(lived, "explain", "mail:1") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "mail:1  2021-12-08 10:00:00  received"
    assert f"  touched   0001 v2 late  project  {NAME}" in lines


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("0009", "there is no nomination 0009"),
        ("mail:9", "there is no mail 9"),
        ("letter:1", "letter:1: write a nomination's number such as 0123, or mail:17"),
        ("一二三", "一二三: write a nomination's number such as 0123, or mail:17"),
        ("mail:\x1b[2J", "mail:\\x1b[2J: write a nomination's number such as 0123, or mail:17"),
        ("99999999999999999999", "99999999999999999999: write a nomination's number such as 0123, or mail:17"),
    ],
)
def test_what_cannot_be_explained_is_one_line(lived: Stage, capsys: pytest.CaptureFixture[str], item: str, said: str) -> None:
    assert shouli(lived, "explain", item) == 2
    assert capsys.readouterr().err == f"{said}\n"


def test_refusing_a_late_version_brings_back_what_stood_and_is_told_in_its_story(
    lived: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shouli(lived, "held") == 0
    assert (
        "version 2 came late, version 1 stands until then: shouli release takes the late one, refuse does not"
        in capsys.readouterr().out
    )
    assert shouli(lived, "refuse", "0001", "--reason", "逾期更正") == 0
    assert capsys.readouterr().out == "0001 is accepted again, as it stood before the deadline\n"
    assert shouli(lived, "refuse", "0001") == 2
    assert capsys.readouterr().err == "nomination 0001 is accepted: no version in time stands beside it\n"
    assert shouli(lived, "explain", "0001") == 0
    by_hand = capsys.readouterr().out.partition("By hand\n")[2].splitlines()[0]
    assert by_hand.endswith("refused: state accepted, admitted False, version 3, reason 逾期更正 (nomination:0001)")
