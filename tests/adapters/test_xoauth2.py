"""Login by token: a real Dovecot that asks who the token belongs to, and an SMTP server that takes nothing else."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.adapters.imap import ImapMailbox
from bot.adapters.server import Security, Server, TokenError
from bot.adapters.smtp import RETRY_CONNECTION, RETRY_GRANT, SmtpCourier
from bot.model import Delivery, Verdict
from bot.ports import LoginError, MailboxError
from tests import servers
from tests.adapters import smtp_script
from tests.fakes import ZONE, outgoing

USER = "office"


@dataclass
class Given:
    """Hands out tokens in this order; each `renew` goes one further. An error in their place is raised."""

    tokens: list[str | TokenError]
    renewed: int = 0

    def current(self) -> str:
        token = self.tokens[self.renewed]
        if isinstance(token, TokenError):
            raise token
        return token

    def renew(self) -> str:
        self.renewed += 1
        return self.current()


# --- IMAP: Dovecot ------------------------------------------------------------------------------------------------------

DOVECOT = """
auth_mechanisms = plain login xoauth2
passdb {{{{
  driver = oauth2
  mechanisms = xoauth2
  args = {{folder}}/../{name}
}}}}
"""


class _Owners(BaseHTTPRequestHandler):
    """Says whom a token belongs to, as Google's tokeninfo does."""

    def do_GET(self) -> None:
        token = parse_qs(urlsplit(self.path).query).get("access_token", [""])[0]
        good = token.startswith("good")
        content = json.dumps({"username": USER} if good else {"error": "invalid_token"}).encode()
        self.send_response(200 if good else 401)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def owners() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Owners)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def mail_server() -> Iterator[servers.Dovecot]:
    if servers.DOVECOT is None or servers.OPENSSL is None:
        pytest.skip("no dovecot (or no openssl) on this machine: login by token is NOT tested against a real server")
    with owners() as port, servers.server_folder(servers.account()) as folder:
        Path(folder).chmod(0o755)
        (folder / "oauth2.conf").write_text(
            f"tokeninfo_url = http://127.0.0.1:{port}/?access_token=\nusername_attribute = username\n"
        )
        with servers.dovecot(DOVECOT.format(name=f"{folder.name}/oauth2.conf")) as running:
            yield running


@pytest.fixture
def where(mail_server: servers.Dovecot) -> Server:
    return Server("localhost", mail_server.tls_port, USER, security=Security.TLS, ca_file=mail_server.certificate)


def surveyed(where: Server, given: Given) -> int:
    mailbox = ImapMailbox(replace(where, tokens=given), ZONE)
    try:
        return len(mailbox.survey(None).mails)
    finally:
        mailbox.close()


@pytest.mark.server
def test_dovecot_lets_the_owner_of_a_token_in(where: Server) -> None:
    given = Given(["good-1"])
    assert surveyed(where, given) == 0
    assert given.renewed == 0


@pytest.mark.server
def test_a_token_revoked_before_its_time_is_replaced_once(where: Server) -> None:
    given = Given(["revoked", "good-2"])
    assert surveyed(where, given) == 0
    assert given.renewed == 1


@pytest.mark.server
def test_tokens_that_stay_refused_count_as_a_refused_login(where: Server) -> None:
    given = Given(["revoked", "revoked-too", "good-3"])
    with pytest.raises(LoginError, match="refuses the login of office"):
        surveyed(where, given)
    assert given.renewed == 1


@pytest.mark.parametrize(("refused", "kind"), [(True, LoginError), (False, MailboxError)])
@pytest.mark.server
def test_no_token_to_be_had_waits_long_only_if_a_person_must_do_something(
    where: Server, refused: bool, kind: type[MailboxError]
) -> None:
    with pytest.raises(MailboxError, match="the endpoint says no") as caught:
        surveyed(where, Given([TokenError("the endpoint says no", refused=refused)]))
    assert type(caught.value) is kind


# --- SMTP ---------------------------------------------------------------------------------------------------------------

CHALLENGE = "334 " + base64.b64encode(b'{"status":"401"}').decode()
REFUSED = "535 5.7.3 Authentication unsuccessful"


@dataclass
class Sent:
    """One letter brought to a server that takes only tokens."""

    script: smtp_script.Script
    given: Given
    delivery: Delivery = field(default_factory=lambda: Delivery(Verdict.STOP))


def sent(given: Given, **replies: list[str]) -> Sent:
    script = smtp_script.Script(extensions=("AUTH XOAUTH2",), replies=dict(replies))
    with smtp_script.serving(script) as port:
        courier = SmtpCourier(Server("127.0.0.1", port, USER, security=Security.PLAIN, tokens=given), "office@example.com")
        told = Sent(script, given, courier.send(outgoing()))
        courier.close()
    return told


def said(token: str) -> str:
    return "AUTH XOAUTH2 " + base64.b64encode(f"user={USER}\x01auth=Bearer {token}\x01\x01".encode()).decode()


def test_a_letter_leaves_with_a_token_instead_of_a_password() -> None:
    told = sent(Given(["good-1"]))
    assert told.delivery.verdict is Verdict.SENT
    assert [line for line in told.script.heard if line.startswith("AUTH")] == [said("good-1")]


def test_a_refused_token_is_explained_answered_with_nothing_and_replaced_once() -> None:
    told = sent(Given(["revoked", "good-2"]), AUTH=[CHALLENGE], **{"": [REFUSED]})
    assert told.delivery.verdict is Verdict.SENT
    assert told.script.heard[1:4] == [said("revoked"), "", said("good-2")]


def test_tokens_that_stay_refused_stop_sending_as_a_refused_login_does() -> None:
    told = sent(Given(["revoked", "revoked-too", "good-3"]), AUTH=[REFUSED, REFUSED])
    assert (told.delivery.verdict, told.delivery.retry_after) == (Verdict.STOP, 30 * 60)
    assert told.given.renewed == 1
    assert "revoked" not in told.delivery.detail


@pytest.mark.parametrize(("refused", "pause"), [(True, RETRY_GRANT), (False, RETRY_CONNECTION)])
def test_no_token_to_be_had_stops_sending(refused: bool, pause: int) -> None:
    told = sent(Given([TokenError("the endpoint says no", refused=refused)]))
    assert told.delivery == Delivery(Verdict.STOP, "the endpoint says no", pause)
