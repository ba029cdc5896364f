"""Passwords show nowhere, and what a run writes is closed to others, whatever the machine's habits."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.adapters.server import Security, Server
from bot.adapters.smtp import SmtpCourier
from bot.config import load_config
from bot.model import Verdict
from tests.adapters.imap_script import Script, serving
from tests.adapters.smtp_script import Script as SmtpScript
from tests.adapters.smtp_script import serving as serving_smtp
from tests.fakes import outgoing

SECRET, OTHER = "8f3kQz-mailbox", "x7Tw-courier"
ENVIRONMENT = {"SHOULI_MAILBOX_PASSWORD": SECRET, "SHOULI_COURIER_PASSWORD": OTHER}
COMMAND = Path(sys.executable).parent / "shouli"

SETTINGS = """
[mailbox]
host = "127.0.0.1"
port = {imap}
security = "none"
user = "office@example.com"

[courier]
host = "127.0.0.1"
port = {smtp}
security = "none"
user = "office@example.com"
address = "office@example.com"
"""


def run(folder: Path, *arguments: str, umask: int = 0o022) -> str:
    """What the command says, on both channels."""
    home = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [str(COMMAND), *arguments],
        cwd=folder,
        env=home | ENVIRONMENT,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
        umask=umask,
    )
    return done.stdout + done.stderr


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(Script(login_reply=f"NO wrong: office@example.com {SECRET}"), id="a login refused with an echo"),
        pytest.param(
            Script(login_reply=f'BAD unknown command LOGIN "office@example.com" "{SECRET}"'), id="a server that knows no LOGIN"
        ),
        pytest.param(Script(replies={"EXAMINE": f"NO [ALERT] {SECRET}"}), id="an alert that quotes it"),
    ],
)
def test_a_password_is_in_no_output_no_log_and_no_file_even_if_the_server_says_it(tmp_path: Path, script: Script) -> None:
    with serving(script) as imap:
        (tmp_path / "shouli.toml").write_text(SETTINGS.format(imap=imap, smtp=2))
        said = run(tmp_path, "once")
    said += run(tmp_path, "status", "--json")
    assert script.count("LOGIN") >= 1
    for secret in (SECRET, OTHER):
        assert secret not in said
        assert secret.encode() not in everything_in(tmp_path)


def test_a_password_quoted_by_the_letter_server_is_in_no_delivery() -> None:
    with serving_smtp(SmtpScript(replies={"AUTH": [f"535 no, {OTHER}"]})) as port:
        courier = SmtpCourier(Server("127.0.0.1", port, "office@example.com", OTHER, Security.PLAIN), "office@example.com")
        delivery = courier.send(outgoing())
        courier.close()
    assert delivery.verdict is Verdict.STOP
    assert "535 no" in delivery.detail
    assert OTHER not in repr(delivery)


def test_settings_do_not_show_their_secrets(tmp_path: Path) -> None:
    (tmp_path / "shouli.toml").write_text(SETTINGS.format(imap=1, smtp=2))
    config = load_config(tmp_path / "shouli.toml", ENVIRONMENT | {"SHOULI_LEDGER_URL": f"postgresql://u:{SECRET}@h/d"})
    assert config.mailbox.password == SECRET
    assert not re.search(f"{SECRET}|{OTHER}", repr(config) + str(config))


def test_the_state_folder_is_closed_to_others_under_the_most_open_umask(tmp_path: Path) -> None:
    maildir = tmp_path / "Maildir"
    for part in ("new", "cur", "tmp"):
        (maildir / part).mkdir(parents=True)
    (maildir / "new" / "1.a.b").write_bytes(b"From: a@b.example\r\nSubject: x\r\nMessage-ID: <1@b>\r\n\r\ny\r\n")
    (tmp_path / "shouli.toml").write_text(
        f'[mailbox]\nkind = "maildir"\npath = "{maildir}"\n[courier]\nkind = "folder"\npath = "out"\n'
    )
    said = run(tmp_path, "once", umask=0) + run(tmp_path, "export", umask=0)
    made = [tmp_path / "state", *(tmp_path / "state").rglob("*")]
    assert len(made) > 5, said
    open_ones = {str(path.relative_to(tmp_path)): oct(path.stat().st_mode & 0o777) for path in made if not _closed(path)}
    assert open_ones == {}


def _closed(path: Path) -> bool:
    mode = path.stat().st_mode
    return not mode & 0o077 and stat.S_IMODE(mode) in (0o700, 0o600, 0o400)
