"""What happens when the machine or a hand fails the worker: every such end is stated in `docs/ends.md` and tested here."""

import io
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stderr
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters import store_engine
from bot.app import App
from bot.cli import run
from bot.cli.working import at_once
from bot.config import load_config
from bot.demo.scene import on
from bot.demo.stage import Stage, prepare
from bot.model import Delivery, Event, MailState, OutboxState, Outcome, Outgoing, State
from bot.opening import open_app
from bot.ports import Courier
from bot.steps.release import release_mail
from bot.steps.status import status
from bot.wiring import shipped
from tests.fakes import FakeClock
from tests.test_cli import nomination
from tests.whole.post import PATIENCE, until

AT = on(8, "10:00")
UNITS = ("water", "insurance", "transport")


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return prepare(tmp_path / "stage")


@contextmanager
def worker(stage: Stage, at: datetime = AT + timedelta(hours=1)) -> Iterator[App]:
    """The program, started and with a clock that stands."""
    config = load_config(stage.settings)
    with open_app(at_once(replace(config, worker=replace(config.worker, ocr=False, office=""))), FakeClock(at)) as app:
        app.start()
        yield app


@dataclass(frozen=True)
class Done:
    """A command that ended."""

    returncode: int
    stderr: str


def once(stage: Stage) -> Done:
    """`shouli once`, in this process; what it logs and complains of."""
    heard = io.StringIO()
    with redirect_stderr(heard):
        code = run(["--config", str(stage.settings), "once"])
    return Done(code, heard.getvalue())


def mails(app: App) -> list[tuple[MailState, Outcome | None, int]]:
    with app.store.glance() as ledger:
        return [(mail.state, mail.outcome, mail.attempts) for mail in ledger.mails.all()]


def letters(stage: Stage) -> list[str]:
    """The letters that went out, but the digest."""
    return [path.name for path in stage.letter_files() if "-digest-" not in path.name]


def chronicle(app: App) -> list[Event]:
    with app.store.glance() as ledger:
        return list(ledger.chronicle.all())


RECEIVED = (MailState.HANDLED, Outcome.RECEIVED, 0)


# --- disk full -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(stage: Stage) -> Iterator[Path]:
    """The state folder on a disk of its own, of two megabytes."""
    state = stage.folder / "state"
    state.mkdir(mode=0o700, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=0700", "none", str(state)]
    if os.getuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small disk can be mounted by root only: a full disk is tested by the limit of a file's size alone")
    yield state
    subprocess.run(["umount", "--lazy", str(state)], check=True)


def test_a_full_disk_stops_the_work_in_one_line_and_everything_goes_on_when_there_is_room(
    stage: Stage, small_disk: Path
) -> None:
    assert once(stage).returncode == 0  # a ledger without mails
    for number, unit in enumerate(UNITS):
        stage.drop(nomination(unit, unit), AT + timedelta(minutes=number))
    ballast = small_disk / "ballast"
    for room in (0, 20_000, 80_000, 150_000, 300_000):  # it fails at another place each time
        free = shutil.disk_usage(small_disk).free
        ballast.write_bytes(b"x" * max(0, free - room))
        done = once(stage)
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in (0, 1, 2)
        if room == 0:
            assert done.returncode
            assert "only 0 bytes are free" in done.stderr
        ballast.unlink()
    assert once(stage).returncode == 0
    with worker(stage) as app:
        assert mails(app) == [RECEIVED] * 3
        with app.store.glance() as ledger:
            assert [row.state for row in ledger.outbox.all()] == [OutboxState.SENT] * 3
    assert len(letters(stage)) == 3


def test_a_file_that_may_not_grow_stops_the_work_in_one_line(stage: Stage) -> None:
    assert once(stage).returncode == 0
    stage.drop(nomination(), AT)
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "
    words = [sys.executable, "-c", f"{limited}from bot.cli import run; sys.exit(run(sys.argv[1:]))", "--config"]
    root = Path(__file__).parents[2]
    done = subprocess.run([*words, str(stage.settings), "once"], capture_output=True, text=True, check=False, cwd=root)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr, done.stderr
    assert letters(stage) == []
    assert once(stage).returncode == 0
    assert len(letters(stage)) == 1


# --- the ledger is locked --------------------------------------------------------------------------------------------------


def test_a_ledger_that_another_process_holds_costs_a_round_and_no_mail_an_attempt(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(store_engine, "BUSY_SECONDS", 0)  # how long it waits is not what this is about
    stage.drop(nomination(), AT)
    with worker(stage) as app, closing(sqlite3.connect(stage.folder / "state" / "ledger.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        caplog.clear()
        found = app.round()
        assert "the ledger database cannot be used at this moment: database is locked" in found.trouble
        assert not [record for record in caplog.records if record.exc_info]
        assert mails(app) == []
        other.execute("ROLLBACK")
        assert app.round().well
        assert mails(app) == [RECEIVED]
    assert len(letters(stage)) == 1


def test_a_ledger_that_is_locked_while_a_mail_is_handled_does_not_count_against_the_mail(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_engine, "BUSY_SECONDS", 0)
    stage.drop(nomination(), AT)
    with worker(stage) as app, closing(sqlite3.connect(stage.folder / "state" / "ledger.db", isolation_level=None)) as other:
        app._take_in([])
        other.execute("BEGIN IMMEDIATE")
        for _ in range(4):
            assert not app.round().well
        other.execute("ROLLBACK")
        assert mails(app) == [(MailState.NEW, None, 0)]
        assert app.round().well
        assert mails(app) == [RECEIVED]


class LockingCourier:
    """Sends, and then somebody locks the ledger, before what became of the letter is written down."""

    def __init__(self, real: Courier, other: sqlite3.Connection) -> None:
        self.real, self.other, self.sent = real, other, list[str]()

    def send(self, letter: Outgoing) -> Delivery:
        done = self.real.send(letter)
        self.sent.append(letter.message_id)
        if len(self.sent) == 1:
            self.other.execute("BEGIN IMMEDIATE")
        return done

    def close(self) -> None:
        self.real.close()


def test_a_letter_whose_sending_could_not_be_written_down_goes_again_as_the_same_letter(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_engine, "BUSY_SECONDS", 0)
    stage.drop(nomination(), AT)
    with worker(stage) as app, closing(sqlite3.connect(stage.folder / "state" / "ledger.db", isolation_level=None)) as other:
        app.courier = courier = LockingCourier(app.courier, other)
        assert not app.round().well
        other.execute("ROLLBACK")
        assert app.round().well
        assert courier.sent.count(courier.sent[0]) == 2
        assert len(courier.sent) == len(set(courier.sent)) + 1
        with app.store.glance() as ledger:
            assert {row.state for row in ledger.outbox.all()} == {OutboxState.SENT}
    assert len(letters(stage)) == 1


def test_a_worker_that_finds_the_ledger_locked_at_its_start_says_so_in_one_line(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert once(stage).returncode == 0
    monkeypatch.setattr(store_engine, "BUSY_SECONDS", 0)
    with closing(sqlite3.connect(stage.folder / "state" / "ledger.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = once(stage)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "database is locked" in done.stderr


# --- the clock -------------------------------------------------------------------------------------------------------------


def test_a_clock_that_goes_back_a_day_sends_nothing_twice_and_holds_nothing_up(stage: Stage) -> None:
    right, wrong = on(9, "08:31"), on(10, "08:31")
    with worker(stage, wrong) as app:
        clock = app.clock
        assert isinstance(clock, FakeClock)
        stage.drop(nomination("water", "a"), right - timedelta(hours=1))
        assert app.round().well
        assert len(stage.letter_files()) == 2  # the receipt, and the digest of the wrong day
        stage.drop(nomination("insurance", "b", 0, "team"), right)
        clock.moment = right
        for _ in range(3):
            assert app.round().well
            clock.advance(minutes=20)
        after = stage.letter_files()
        assert len(after) == 4  # the second receipt, and the digest of the right day, which nobody has had
        clock.moment = wrong + timedelta(minutes=10)  # the day comes that was told already
        assert app.round().well
        assert stage.letter_files() == after
        told = [event.what for event in chronicle(app) if event.subject == "worker"]
        assert told == ["clock-went-back"]


def test_what_the_wrong_clock_put_off_goes_at_once_by_the_right_one(stage: Stage) -> None:
    right, wrong = on(9, "12:00"), on(10, "12:00")
    stage.drop(nomination("water", "a"), right - timedelta(hours=1))
    config = load_config(stage.settings)
    with open_app(replace(config, worker=replace(config.worker, ocr=False, office="")), FakeClock(wrong)) as app:
        clock = app.clock
        assert isinstance(clock, FakeClock)
        app._take_in([])
        app._handle(set())
        app._answer()
        with app.store.glance() as ledger:
            waiting = [row.id for row in ledger.outbox.all() if row.state is OutboxState.QUEUED]
        with app.store.begin() as ledger:
            for id in waiting:
                ledger.outbox.settle(id, OutboxState.QUEUED, wrong, "put off", wrong + timedelta(hours=2))
        assert waiting
        clock.moment = right
        app.round()
    assert len([name for name in letters(stage) if "receipt" in name]) == 1


# --- rules and wording under a running worker ------------------------------------------------------------------------------


@pytest.fixture
def edited(stage: Stage, tmp_path: Path) -> Stage:
    """An office with rules and wording of its own, which people edit."""
    shutil.copytree(shipped("rules") / "3x100-2021", tmp_path / "rules")
    (tmp_path / "templates" / "letters" / "receipt").mkdir(parents=True)
    shutil.copy(shipped("templates") / "letters" / "receipt" / "subject.txt", tmp_path / "templates" / "letters" / "receipt")
    settings = stage.settings.read_text("utf-8")
    stage.settings.write_text(
        f'[campaign]\nrules = "{tmp_path}/rules"\ntemplates = "{tmp_path}/templates"\n{settings}', "utf-8"
    )
    return stage


BREAKS = {
    "rules": ("rules/campaign.toml", "id = ", "campaign.toml"),
    "wording": ("templates/letters/receipt/subject.txt", "{{ nonsense.nowhere", "subject.txt"),
}


@pytest.mark.parametrize("what", sorted(BREAKS))
def test_rules_or_wording_broken_under_a_running_worker_do_not_stop_it_and_the_operator_is_told(
    edited: Stage, tmp_path: Path, what: str
) -> None:
    path, broken, named = BREAKS[what]
    with worker(edited) as app:
        edited.drop(nomination("water", "a"), AT)
        assert app.round().well
        whole = (tmp_path / path).read_text("utf-8")
        (tmp_path / path).write_text(broken, "utf-8")
        edited.drop(nomination("insurance", "b"), AT + timedelta(minutes=1))
        assert app.round().well
        assert mails(app) == [RECEIVED] * 2
        assert len(letters(edited)) == 2
        (told,) = [line for line in status(app.store, app.clock.now()).troubles if "edited" in line]
        assert told.startswith("rules or wording were edited and cannot be used")
        assert named in told
        (tmp_path / path).write_text(f"{whole}\n", "utf-8")
        assert app.round().well
        (told,) = [line for line in status(app.store, app.clock.now()).troubles if "edited" in line]
        assert told.endswith("restart it to use the new ones")
    with worker(edited) as app:  # and a worker that starts uses what lies there
        assert app.round().well
        assert [line for line in status(app.store, app.clock.now()).troubles if "edited" in line] == []


def test_a_worker_judges_by_the_rules_it_has_read_until_it_is_started_again(edited: Stage, tmp_path: Path) -> None:
    rules = tmp_path / "rules" / "campaign.toml"
    with worker(edited) as app:
        rules.write_text(rules.read_text("utf-8").replace("2021-12-20", "2021-12-07"), "utf-8")
        edited.drop(nomination("water", "a"), AT)
        assert app.round().well
    with worker(edited) as app:
        edited.drop(nomination("insurance", "b"), AT + timedelta(minutes=1))
        assert app.round().well
        with app.store.glance() as ledger:
            assert [one.state for one in ledger.nominations.all()] == [State.ACCEPTED, State.LATE]


def test_a_worker_does_not_start_on_broken_rules_and_the_mails_wait_in_the_mailbox(edited: Stage, tmp_path: Path) -> None:
    rules = tmp_path / "rules" / "campaign.toml"
    whole = rules.read_text("utf-8")
    edited.drop(nomination(), AT)
    rules.write_text("id = ", "utf-8")
    done = once(edited)
    assert (done.returncode, letters(edited)) == (2, [])
    assert "Traceback" not in done.stderr
    assert "campaign.toml" in done.stderr
    rules.write_text(whole, "utf-8")
    assert once(edited).returncode == 0
    assert len(letters(edited)) == 1


# --- the state folder ------------------------------------------------------------------------------------------------------

Harm = Callable[[Path], object]


def _moved(state: Path) -> None:
    state.rename(state.with_name("elsewhere"))


def _restored(state: Path) -> None:
    """Somebody puts a copy of the ledger in the place of the one that is open."""
    shutil.copy(state / "ledger.db", state / "copy.db")
    (state / "copy.db").replace(state / "ledger.db")


def _lock_removed(state: Path) -> None:
    (state / "lock").unlink()


@pytest.mark.parametrize(
    ("harm", "said"),
    [(_moved, "not there any more"), (_restored, "was replaced"), (_lock_removed, "not there any more")],
    ids=["moved", "replaced", "lock-removed"],
)
def test_a_worker_whose_state_folder_is_taken_away_ends_and_touches_nothing(stage: Stage, harm: Harm, said: str) -> None:
    with worker(stage) as app:
        assert app.round().well
        harm(stage.folder / "state")
        stage.drop(nomination(), AT)
        found = app.round()
        assert said in found.trouble
        assert app.stopping.is_set()
        assert said in app.lost
    assert letters(stage) == []


def test_the_command_ends_with_2_when_its_state_folder_is_gone(stage: Stage) -> None:
    log = stage.folder / "log.txt"
    stage.settings.write_text(stage.settings.read_text("utf-8") + "\n[worker]\npoll_seconds = 1\n", "utf-8")
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "--config", str(stage.settings), "run"],
            stderr=out, stdout=out, cwd=Path(__file__).parents[2],
        )  # fmt: skip
    try:
        until(lambda: (stage.folder / "state" / "maildir-uids").exists() or process.poll() is not None, log.read_text)
        until(lambda: (stage.folder / "state" / "ledger.db").exists())
        _moved(stage.folder / "state")
        assert process.wait(PATIENCE) == 2, log.read_text()
    finally:
        process.kill()
        process.wait()
    assert "not there any more" in log.read_text()


def test_a_state_folder_that_is_read_only_is_told_in_one_line(stage: Stage, small_disk: Path) -> None:
    assert once(stage).returncode == 0
    stage.drop(nomination(), AT)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    done = once(stage)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1, done.stderr
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert once(stage).returncode == 0
    assert len(letters(stage)) == 1


# --- an original that is needed again --------------------------------------------------------------------------------------


def _original(stage: Stage) -> Path:
    (path,) = (stage.folder / "state" / "mail").rglob("*.eml")
    return path


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"other")], ids=["gone", "damaged"])
def test_a_mail_whose_original_is_lost_before_it_was_handled_is_held_and_can_be_released_again(
    stage: Stage, harm: Harm
) -> None:
    stage.drop(nomination("water", "a"), AT)
    with worker(stage) as app:
        app._take_in([])
        whole = _original(stage).read_bytes()
        path = _original(stage)
        harm(path)
        stage.drop(nomination("insurance", "b"), AT + timedelta(minutes=1))
        for _ in range(3):
            app.round()
        assert mails(app) == [(MailState.FAILED, Outcome.HELD, 3), RECEIVED]
        assert any("failed and are held" in line for line in status(app.store, app.clock.now()).troubles)
        path.write_bytes(whole)  # from a backup
        release_mail(app.store, 1, None, "operator", app.clock.now())
        assert app.round().well
        assert [row[:2] for row in mails(app)] == [RECEIVED[:2]] * 2


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"other")], ids=["gone", "damaged"])
def test_an_answer_whose_mail_is_lost_goes_out_without_the_annotated_copy(stage: Stage, harm: Harm) -> None:
    stage.drop(nomination("water", "a"), AT)
    stage.drop(nomination("water", "b", 1), AT + timedelta(minutes=1))  # one too many: something to mend
    with worker(stage) as app:
        app._take_in([])
        app._handle(set())
        for path in (stage.folder / "state" / "mail").rglob("*.eml"):
            harm(path)
        assert app.round().well
        with app.store.glance() as ledger:
            assert {row.state for row in ledger.outbox.all()} == {OutboxState.SENT}
    assert len(letters(stage)) == 1


def test_a_ledger_that_is_damaged_is_told_in_one_line_and_nothing_is_taken_in(stage: Stage) -> None:
    assert once(stage).returncode == 0
    stage.drop(nomination(), AT)
    ledger = stage.folder / "state" / "ledger.db"
    whole = ledger.read_bytes()
    for damaged in (b"x" * len(whole), whole[:100] + b"\xff" * (len(whole) - 100)):
        ledger.write_bytes(damaged)
        done = once(stage)
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert "the ledger database cannot be" in done.stderr
    ledger.write_bytes(whole)  # from a backup
    assert once(stage).returncode == 0
    assert len(letters(stage)) == 1
