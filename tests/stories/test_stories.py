"""Whole-program stories: mails in, and the ledger and the letters that come of them compared word for word."""

from pathlib import Path

import pytest

from tests.stories.staging import perform

HERE = Path(__file__).parent
STORIES = sorted(path.parent for path in HERE.glob("*/story.toml"))


@pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)
def test_the_story_ends_as_told(folder: Path, tmp_path: Path) -> None:
    told = perform(folder, tmp_path)
    assert told.ledger == (folder / "ledger.txt").read_text("utf-8")
    assert told.letters == (folder / "letters.txt").read_text("utf-8")


def test_there_are_stories() -> None:
    assert len(STORIES) >= 8
