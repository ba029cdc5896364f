"""The secret of the day's codes: made once, for its owner alone, whole or not at all."""

from pathlib import Path

import pytest

from bot.adapters.files import StateError
from bot.adapters.order_key import LENGTH, make_order_key, order_key


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    assert order_key(tmp_path) == b""
    key = make_order_key(tmp_path)
    assert len(key) == LENGTH
    assert make_order_key(tmp_path) == order_key(tmp_path) == key
    assert (tmp_path / "order-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["order-key"]


def test_every_installation_has_its_own(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "ab"]
    for folder in folders:
        folder.mkdir()
    assert len({make_order_key(folder) for folder in folders}) == 2


@pytest.mark.parametrize("content", ["", "00", "not hexadecimal", "zz" * LENGTH])
def test_a_damaged_secret_is_told_with_what_to_do(tmp_path: Path, content: str) -> None:
    (tmp_path / "order-key").write_text(content)
    with pytest.raises(StateError, match="order-key in the state folder is damaged: remove it"):
        make_order_key(tmp_path)
