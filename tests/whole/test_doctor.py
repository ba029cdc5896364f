"""The doctor at real servers, well and ill: wrong password, closed port, bad certificate, missing folder, bad state."""

import io
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import pytest

from bot.cli import run
from tests.fakes import NOON, mail_bytes
from tests.servers import free_port
from tests.whole.post import Post, Sink

pytestmark = pytest.mark.server

MAIL = ["mailbox name", "mailbox connection", "mailbox login", "mailbox ID", "mailbox folder", "server clock"]
COURIER = ["courier name", "courier connection", "courier login", "round trip"]
ORDER = [
    *("settings", "account", "rules", "wording", "state", "disk", "ledger", "worker", "clock"),
    *MAIL,
    *COURIER,
    *("readers", "LibreOffice", "fonts", "rar", "OCR"),
]
OF_THE_MACHINE = {"disk", "worker", "readers", "LibreOffice", "fonts", "rar", "OCR"}
"""What these tests cannot know: the machine they run on decides."""


def examined(post: Post, *arguments: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """What the doctor says, asked in this process: starting one takes longer than the examination."""
    said, complained = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(complained):
        patch.setenv("SHOULI_MAILBOX_PASSWORD", post.password)
        level = run(["--config", str(post.folder / "shouli.toml"), "doctor", "--json", *arguments])
    assert complained.getvalue() == ""
    told = json.loads(said.getvalue())
    assert told["level"] == level
    assert [one["check"] for one in told["checks"]] == ORDER
    return level, {one["check"]: one for one in told["checks"]}


def not_good(found: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {name: one["state"] for name, one in found.items() if one["state"] != "good" and name not in OF_THE_MACHINE}


def change(post: Post, pattern: str, words: str) -> None:
    settings = post.folder / "shouli.toml"
    changed, count = re.subn(pattern, lambda _: words, settings.read_text(), count=1, flags=re.MULTILINE)
    assert count
    settings.write_text(changed)


class Returning(Sink):
    """An SMTP server that lays what it is given into the mailbox, as a provider does with a letter to oneself."""

    post: Post | None = None

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the name aiosmtpd calls
        assert self.post is not None
        with self.post.mailbox() as client:
            client.append("INBOX", envelope.original_content)
        return "250 OK"


@pytest.fixture
def returning(post: Post) -> Iterator[Post]:
    sink = Returning()
    sink.post = post
    with sink:
        post.sink = sink
        post.settle(post.dovecot.tls_port)
        yield post


def test_all_is_well_and_nothing_was_sent_or_made_without_consent(post: Post) -> None:
    post.append(mail_bytes(), NOON)
    level, found = examined(post)
    assert not_good(found) == {"round trip": "absent"}
    assert level == (1 if any(found[name]["state"] == "attention" for name in OF_THE_MACHINE) else 0)
    assert found["mailbox connection"]["said"].endswith("certificate of localhost by localhost, good for 29 days")
    assert found["server clock"]["said"].startswith("the newest mail arrived at 2021-12-10 12:00:00")
    assert post.sink.letters == []
    assert not (post.folder / "state").exists()


def test_a_letter_goes_out_and_comes_back_and_the_worker_knows_it_as_its_own(returning: Post) -> None:
    _, found = examined(returning, "--send")
    assert found["round trip"]["state"] == "good", found["round trip"]
    assert found["round trip"]["said"].endswith("both clocks agree")
    assert returning.here("once").returncode == 0
    told = json.loads(returning.here("status", "--json").stdout)
    assert told["mails"] == {"ignored": 1}
    assert told["letters"] == {}


def test_for_people_each_check_is_one_line(post: Post) -> None:
    done = post.shouli("doctor")
    lines = done.stdout.splitlines()
    assert [line[10:30].strip() for line in lines] == ORDER
    assert {line[:10].strip() for line in lines} <= {"good", "absent", "attention", "bad", "skipped"}


def test_a_wrong_password_is_told_apart_from_all_before_it_and_the_letter_server_is_still_asked(post: Post) -> None:
    post.password = "geheim"
    level, found = examined(post)
    assert level == 2
    assert not_good(found) == {
        "mailbox login": "bad",
        "mailbox ID": "skipped",
        "mailbox folder": "skipped",
        "server clock": "skipped",
        "round trip": "skipped",
    }
    assert "refuses the login" in found["mailbox login"]["said"]
    assert "授权码" not in found["mailbox login"]["said"]
    assert "authorisation code" in found["mailbox login"]["remedy"]
    assert "geheim" not in json.dumps(found)


def test_a_closed_port_says_where_nobody_listens(post: Post) -> None:
    change(post, r"^port = .*$", f"port = {free_port()}")
    level, found = examined(post)
    assert level == 2
    assert found["mailbox connection"]["state"] == "bad"
    assert found["mailbox connection"]["said"].endswith("Connection refused")
    assert found["mailbox connection"]["remedy"] == "nobody listens there: look at host and port in [mailbox]"
    assert found["mailbox login"]["state"] == "skipped"
    assert found["courier login"]["state"] == "good"


def test_a_name_that_is_none_is_told_before_anything_is_sent_to_it(post: Post) -> None:
    change(post, r'^host = "localhost"$', 'host = "imap.office.invalid"')
    _, found = examined(post)
    assert found["mailbox name"]["state"] == "bad"
    assert found["mailbox connection"] == {
        "check": "mailbox connection",
        "state": "skipped",
        "said": "rests on: mailbox name",
        "remedy": "",
    }


def test_a_certificate_of_ones_own_house_is_told_with_the_setting_that_trusts_it(post: Post) -> None:
    change(post, r"^ca_file = .*$", "")
    _, found = examined(post)
    assert found["mailbox connection"]["state"] == "bad"
    assert "self-signed" in found["mailbox connection"]["said"].replace("self signed", "self-signed")
    assert "ca_file in [mailbox]" in found["mailbox connection"]["remedy"]


def test_a_certificate_for_another_name_is_told(post: Post) -> None:
    change(post, r'^host = "localhost"$', 'host = "127.1"')
    _, found = examined(post)
    assert found["mailbox connection"]["remedy"] == "the server has another name: write that name as host in [mailbox]"


def test_tls_where_the_server_speaks_plainly_is_told(post: Post) -> None:
    change(post, r"^port = .*$", f"port = {post.dovecot.port}")
    _, found = examined(post)
    assert found["mailbox connection"]["remedy"] == "look at port and security in [mailbox]: tls and starttls differ"


def test_starttls_is_asked_for_in_the_words_of_each_server(post: Post) -> None:
    change(post, r"^port = .*$", f'port = {post.dovecot.port}\nsecurity = "starttls"')
    _, found = examined(post)
    assert found["mailbox connection"]["state"] == "good"
    assert "TLSv1" in found["mailbox connection"]["said"]
    change(post, r'security = "none"', f'security = "starttls"\nca_file = "{post.dovecot.certificate}"')
    _, found = examined(post)
    assert found["courier connection"]["state"] == "bad"
    assert "no STARTTLS" in found["courier connection"]["said"]


def test_a_missing_folder_is_told_with_those_that_are_there(post: Post) -> None:
    with post.mailbox() as client:
        client.create_folder("推荐材料")
    change(post, r"^\[courier\]$", 'folder = "推荐"\n[courier]')
    _, found = examined(post)
    assert found["mailbox folder"]["state"] == "bad"
    assert "推荐材料" in found["mailbox folder"]["remedy"]
    assert "INBOX" in found["mailbox folder"]["remedy"]


def test_a_letter_server_that_refuses_the_login_is_told_and_says_no_password(post: Post) -> None:
    change(post, r'security = "none"', 'security = "none"\nuser = "office"\npassword = "geheim"')
    _, found = examined(post)
    assert found["courier login"]["state"] == "bad"
    assert "geheim" not in json.dumps(found)


def test_a_letter_that_does_not_come_back_is_no_round_trip(post: Post) -> None:
    class Refusing(Sink):
        async def handle_RCPT(self, *_: Any) -> str:  # noqa: N802 - the name aiosmtpd calls
            return "550 no such user"

    with Refusing() as sink:
        post.sink = sink
        post.settle(post.dovecot.tls_port)
        _, found = examined(post, "--send")
    assert found["round trip"]["state"] == "bad"
    assert "550 no such user" in found["round trip"]["said"]


def test_settings_that_cannot_be_read_leave_the_machine_to_be_looked_at(post: Post) -> None:
    (post.folder / "shouli.toml").write_text("[mailbox]\nport = 'x'\n")
    done = post.shouli("doctor", "--json")
    assert done.returncode == 2
    found = {one["check"]: one["state"] for one in json.loads(done.stdout)["checks"]}
    assert found["settings"] == "bad"
    assert {found[name] for name in ("account", "rules", "wording", "state", "ledger", "mail")} == {"skipped"}
    assert found["readers"] != "skipped"


def test_a_state_folder_that_others_can_read_is_told(post: Post) -> None:
    (post.folder / "state").mkdir()
    state = post.folder / "state"
    state.chmod(0o755)
    level, found = examined(post)
    assert level == 1
    assert found["state"]["state"] == "attention"
    assert found["state"]["remedy"] == f"chmod -R go-rwx {state.resolve()}"
    assert stat.S_IMODE(state.stat().st_mode) == 0o755  # looking changes nothing


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere: NOT tested as root")
def test_a_state_folder_that_cannot_be_written_is_told(post: Post) -> None:
    state = post.folder / "state"
    state.mkdir(mode=0o500)
    level, found = examined(post)
    assert level == 2
    assert found["state"]["state"] == "bad"


def test_a_state_folder_that_is_a_file_is_told(post: Post) -> None:
    (post.folder / "state").write_text("")
    _, found = examined(post)
    assert found["state"]["remedy"] == "name another one as `folder` in [state]"


def test_a_ledger_that_is_none_is_told(post: Post) -> None:
    (post.folder / "state").mkdir(mode=0o700)
    (post.folder / "state" / "ledger.db").write_bytes(b"no database" * 1000)
    _, found = examined(post)
    assert found["ledger"]["state"] == "bad"


def test_a_worker_that_has_run_is_known(post: Post) -> None:
    assert post.shouli("once").returncode == 0
    _, found = examined(post)
    assert found["worker"]["state"] == "good"
    assert found["ledger"]["said"] == "opened; 0 mails wait to be handled"
