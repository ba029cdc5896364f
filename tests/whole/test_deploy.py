"""What lies in `deploy/`: units that systemd accepts, secrets and commands that exist, a watchdog that waits long enough."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.heartbeat import read_beat
from bot.cli import parser
from bot.config import SECRETS
from bot.reading.limits import Limits
from tests.whole.post import Post, stopped, until

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
COMMAND = "/opt/shouli/bin/shouli"
ANALYZE = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="no systemd-analyze here: the units are NOT verified")
AS_EXPOSED = 2.5
"""What `systemd-analyze security` may say of a unit; 10 is a unit without any protection."""


def lines(unit: str, *, of: str = "Service") -> list[str]:
    section = (DEPLOY / unit).read_text().split(f"[{of}]\n")[1].split("\n[")[0]
    return [line for line in section.splitlines() if line and not line.startswith("#")]


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units with a command that is there: systemd looks whether it can be started."""
    made = []
    for unit in UNITS:
        made.append(tmp_path / unit.name)
        made[-1].write_text(unit.read_text().replace(COMMAND, "/bin/true"))
    return made


@needs_systemd
@pytest.mark.server
def test_systemd_accepts_the_units_without_a_word(units: list[Path]) -> None:
    done = subprocess.run([str(ANALYZE), "verify", *map(str, units)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@needs_systemd
@pytest.mark.server
def test_the_services_are_confined(units: list[Path]) -> None:
    services = [unit for unit in units if unit.suffix == ".service"]
    assert len(services) == 2
    for unit in services:
        done = subprocess.run(
            [str(ANALYZE), "security", "--offline=true", "--no-pager", str(unit)], capture_output=True, text=True, check=False
        )
        told = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
        assert told is not None, done.stderr
        assert float(told[1]) <= AS_EXPOSED


def test_both_services_are_confined_alike() -> None:
    own = re.compile(r"^(Type|NotifyAccess|ExecStart|Restart\w*|WatchdogSec|KillMode|Timeout\w+)=")
    one, other = ([line for line in lines(unit) if not own.match(line)] for unit in ("shouli.service", "shouli-once.service"))
    assert one == other


def test_secrets_and_commands_of_the_units_exist() -> None:
    for unit in ("shouli.service", "shouli-once.service"):
        credentials = {line.split("=")[1].split(":")[0] for line in lines(unit) if line.startswith("LoadCredential=")}
        assert credentials == {"SHOULI_MAILBOX_PASSWORD", "SHOULI_COURIER_PASSWORD"}
        assert credentials <= set(SECRETS)
        (start,) = (line.removeprefix("ExecStart=") for line in lines(unit) if line.startswith("ExecStart="))
        assert parser().parse_args(start.split()[1:]).config == Path("/etc/shouli/shouli.toml")


def test_the_container_runs_commands_that_exist_as_a_user_without_rights() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    assert text.index("USER shouli") < text.index("ENTRYPOINT")
    (asked,) = re.findall(rf"CMD {COMMAND} (.*?) >", text)
    assert parser().parse_args(asked.split()).command == "status"
    assert '["run"]' in text


def test_the_watchdog_waits_longer_than_one_mail_may_take() -> None:
    (minutes,) = (line.split("=")[1] for line in lines("shouli.service") if line.startswith("WatchdogSec="))
    assert int(minutes.removesuffix("min")) * 60 > 2 * Limits().mail_seconds + 120  # a second try and the next beat


# --- the worker and its manager -----------------------------------------------------------------------------------------


@pytest.fixture
def manager() -> Iterator[tuple[Path, socket.socket]]:
    """A service manager's socket at a short path."""
    with tempfile.TemporaryDirectory(prefix="n-", dir="/tmp") as folder:
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        listening.bind(f"{folder}/notify")
        listening.setblocking(False)
        yield Path(folder) / "notify", listening
        listening.close()


def heard(listening: socket.socket) -> list[str]:
    words = []
    try:
        while True:
            words.append(listening.recv(4096).decode())
    except BlockingIOError:
        return words


@pytest.mark.server
def test_a_worker_with_a_manager_is_ready_alive_and_stopping_and_takes_its_secret_as_a_credential(
    post: Post, manager: tuple[Path, socket.socket], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, listening = manager
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    (credentials / "SHOULI_MAILBOX_PASSWORD").write_text("secret\n")
    home = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    told = {"NOTIFY_SOCKET": str(path), "WATCHDOG_USEC": "600000000", "CREDENTIALS_DIRECTORY": str(credentials)}
    monkeypatch.setattr(post, "_environment", lambda: {**home, **told, "PYTHONWARNINGS": "error"})
    words: list[str] = []

    def well() -> bool:
        words.extend(heard(listening))
        return "STATUS=all is well" in words

    worker = post.run()
    until(well, post.log)
    assert stopped(worker) == 0
    words += heard(listening)
    assert words[0] == "READY=1"
    assert "WATCHDOG=1" in words
    assert words[-1] == "STOPPING=1"
    beat = read_beat(post.folder / "state")
    assert beat is not None
    assert (beat.every, beat.working, beat.trouble) == (1, False, "")
    assert "secret" not in post.log()
