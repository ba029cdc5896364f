"""The state folder: originals that are whole or not there, and one worker only."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.adapters.files import FileOriginals, StateError, make_state, only_worker, write_whole


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return make_state(tmp_path / "state")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_original_comes_back_byte_for_byte_and_the_same_bytes_have_one_place(state: Path) -> None:
    originals = FileOriginals(state)
    contents = [b"", bytes(range(256)) * 100, b"\r\n.\r\n"]
    paths = [originals.keep(content) for content in contents]
    assert paths == [originals.keep(content) for content in contents]
    assert [originals.load(path) for path in paths] == contents
    assert sorted(tree(state)) == sorted(paths)


def test_nobody_else_can_read_what_was_sent(state: Path) -> None:
    path = state / FileOriginals(state).keep(b"personal")
    assert {oct(place.stat().st_mode & 0o777) for place in (state, state / "mail", path.parent)} == {"0o700"}
    assert oct(path.stat().st_mode & 0o777) == "0o600"


def test_a_state_folder_that_is_open_to_others_is_closed(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o755)
    assert make_state(tmp_path / "state").stat().st_mode & 0o777 == 0o700


def test_a_state_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError, match="cannot be made"):
        make_state(tmp_path / "file" / "state")


@pytest.mark.parametrize(
    "path",
    [
        "../secret",
        "mail/../../secret",
        "/etc/passwd",
        "mail/aa/" + "a" * 64,
        "mail/aa/" + "a" * 64 + ".eml/..",
        "",
        "mail/aa/\n.eml",
    ],
)
def test_a_path_that_is_none_of_ours_is_never_opened(state: Path, path: str) -> None:
    with pytest.raises(StateError, match="not the path of an original"):
        FileOriginals(state).load(path)


def test_an_original_that_was_changed_is_not_taken_for_the_mail(state: Path) -> None:
    originals = FileOriginals(state)
    path = originals.keep(b"as it was sent")
    (state / path).write_bytes(b"as it was bent")
    with pytest.raises(StateError, match="not what was kept"):
        originals.load(path)


def test_what_an_old_crash_cut_short_is_written_anew(state: Path) -> None:
    originals = FileOriginals(state)
    path = originals.keep(b"whole")
    (state / path).write_bytes(b"who")
    assert originals.load(originals.keep(b"whole")) == b"whole"


def test_leftovers_of_a_crash_are_swept_and_originals_are_not(state: Path) -> None:
    originals = FileOriginals(state)
    path = originals.keep(b"whole")
    ((state / path).parent / "tmpabc.part").write_bytes(b"half")
    assert originals.sweep() == 1
    assert tree(state) == {path: b"whole"}


def test_a_write_that_fails_leaves_the_old_file_and_no_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "file"
    write_whole(target, b"old")

    def disk_full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(target, b"new")
    assert tree(tmp_path) == {"file": b"old"}


def test_fault_18_a_second_worker_is_told_which_process_is_running(state: Path) -> None:
    words = "import sys, pathlib; from bot.adapters.files import only_worker\nwith only_worker(pathlib.Path(sys.argv[1])): pass"
    with only_worker(state):
        second = subprocess.run([sys.executable, "-c", words, str(state)], capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert f"another worker (process {os.getpid()}) is running" in second.stderr
        with pytest.raises(StateError, match=str(os.getpid())), only_worker(state):
            pass
    assert subprocess.run([sys.executable, "-c", words, str(state)], capture_output=True, check=False).returncode == 0


def test_the_lock_ends_with_its_process_however_it_dies(state: Path) -> None:
    words = (
        "import os, signal, sys, pathlib; from bot.adapters.files import only_worker\n"
        "with only_worker(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", words, str(state)], check=False).returncode == -9
    with only_worker(state):
        assert (state / "lock").read_text() == f"{os.getpid()}\n"
