"""Real servers for the contract suites: Dovecot and PostgreSQL, unprivileged, on free loopback ports."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

DOVECOT = shutil.which("dovecot") or shutil.which("/usr/sbin/dovecot")
OPENSSL = shutil.which("openssl")
POSTGRES = max(Path("/usr/lib/postgresql").glob("*/bin/postgres"), default=None, key=lambda path: int(path.parts[-3]))
START_SECONDS = 20


@dataclass(frozen=True)
class Account:
    """The user a server runs as: ourselves, or one without rights when we are root (neither server runs for root)."""

    uid: int
    gid: int
    name: str
    group: str


def account() -> Account:
    import grp
    import pwd

    found = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    return Account(found.pw_uid, found.pw_gid, found.pw_name, grp.getgrgid(found.pw_gid).gr_name)


@contextlib.contextmanager
def server_folder(owner: Account) -> Iterator[Path]:
    """A folder below /tmp that the server's user can reach (the path of a socket in it must be short)."""
    folder = Path(tempfile.mkdtemp(prefix="shouli-", dir="/tmp"))
    try:
        if os.getuid() == 0:
            os.chown(folder, owner.uid, owner.gid)
        yield folder
    finally:
        shutil.rmtree(folder)


def run_as(owner: Account, command: list[str], folder: Path, log: Path) -> "subprocess.Popen[bytes]":
    extra = {"user": owner.uid, "group": owner.gid, "extra_groups": []} if os.getuid() == 0 else {}
    with log.open("wb") as out:
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return]  # the keywords depend on who we are
            command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, **extra
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(ready: Callable[[], bool], process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Poll until the server answers; its log is the message when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the server did not start: {log.read_text('utf-8', 'replace')[-2000:]}")
        time.sleep(0.02)


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as connection:
            return bool(connection.recv(1))
    except OSError:
        return False


_DOVECOT_CONF = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = {owner.name}
default_internal_group = {owner.group}
default_login_user = {owner.name}
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
mail_fsync = never
first_valid_uid = 1
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={owner.uid} gid={owner.gid} home={folder}/mail/%u
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {tls_port}
    ssl = yes
  }}
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running IMAP server; every user name is a new empty mailbox, the password is “secret”."""

    port: int
    tls_port: int
    folder: Path

    @property
    def certificate(self) -> Path:
        return self.folder / "cert.pem"

    def maildir(self, user: str) -> Path:
        return self.folder / "mail" / user


@contextlib.contextmanager
def dovecot(more: str = "") -> Iterator[Dovecot]:
    """Start one, with further settings if wanted; call only when `DOVECOT` is there.

    It keeps no account of refused logins (anvil-auth-penalty), which would hold up for seconds whoever comes after them.
    """
    owner = account()
    with server_folder(owner) as folder:
        running = Dovecot(free_port(), free_port(), folder)
        make_certificate(folder, owner)
        for part in ("run", "state", "mail"):
            (folder / part).mkdir()
            shutil.chown(folder / part, owner.uid, owner.gid)
        config = folder / "dovecot.conf"
        words = {"folder": folder, "owner": owner, "port": running.port, "tls_port": running.tls_port}
        config.write_text((_DOVECOT_CONF + more).format(**words))
        log = folder / "start.log"
        process = run_as(owner, [str(DOVECOT), "-F", "-c", str(config)], folder, log)
        try:
            wait_until(lambda: answers(running.port), process, log)
            yield running
        finally:
            process.terminate()
            process.wait(START_SECONDS)


def make_certificate(folder: Path, owner: Account) -> None:
    """A certificate for localhost that signs itself."""
    command = f"{OPENSSL} req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)
    for name in ("key.pem", "cert.pem"):
        shutil.chown(folder / name, owner.uid, owner.gid)


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Start one and give its URL; call only when `POSTGRES` is there."""
    assert POSTGRES is not None
    owner = account()
    with server_folder(owner) as folder:
        data, log, port = folder / "data", folder / "postgres.log", free_port()
        initdb = [str(POSTGRES.parent / "initdb"), "-D", str(data), "-U", "shouli", "-A", "trust", "-E", "UTF8", "--no-sync"]
        made = run_as(owner, initdb, folder, log)
        if made.wait(60) != 0:
            raise RuntimeError(log.read_text())
        options = ["-F", "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
        process = run_as(owner, [str(POSTGRES), "-D", str(data), "-p", str(port), *options], folder, log)
        try:
            wait_until(lambda: _accepts(port), process, log)
            yield f"postgresql://shouli@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # the fast shutdown: it does not wait for clients
            process.wait(START_SECONDS)


def _accepts(port: int) -> bool:
    import psycopg

    try:
        psycopg.connect(host="127.0.0.1", port=port, user="shouli", dbname="postgres", connect_timeout=1).close()
    except psycopg.OperationalError:
        return False
    return True
