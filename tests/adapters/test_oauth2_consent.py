"""The first refresh token: what the browser is sent to, which answers are taken, and where the token goes."""

import io
import re
import stat
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.adapters.oauth2 import Grant
from bot.adapters.oauth2_consent import Asked, ask, finish
from bot.adapters.server import TokenError
from bot.cli import run
from tests import servers
from tests.adapters.token_endpoint import Endpoint, endpoint

pytestmark = pytest.mark.skipif(servers.OPENSSL is None, reason="no openssl here: consent is NOT tested over TLS")

AUTHORIZE = "https://login.example/authorize"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Endpoint]:
    folder = tmp_path / "endpoint"
    folder.mkdir()
    with endpoint(folder) as running:
        running.rotates = True
        yield running


def grant(there: Endpoint) -> Grant:
    return Grant(there.url, "client-1", "", "client-secret", "https://mail.example/ offline_access", there.ca_file)


def answered(asked: Asked, **other: str) -> str:
    words = {"code": "the-code", "state": asked.state, **other}
    return "http://localhost/?" + "&".join(f"{name}={value}" for name, value in words.items() if value)


def test_the_browser_is_sent_with_scope_state_and_proof_and_never_with_a_secret(there: Endpoint) -> None:
    asked = ask(grant(there), AUTHORIZE)
    said = {name: values[0] for name, values in parse_qs(urlsplit(asked.url).query).items()}
    assert asked.url.startswith(f"{AUTHORIZE}?")
    assert said.pop("code_challenge")
    assert said == {
        "response_type": "code",
        "client_id": "client-1",
        "redirect_uri": "http://localhost",
        "scope": "https://mail.example/ offline_access",
        "state": asked.state,
        "code_challenge_method": "S256",
        "access_type": "offline",
        "prompt": "consent",
    }


def test_the_code_is_exchanged_for_a_refresh_token(there: Endpoint) -> None:
    asked = ask(grant(there), AUTHORIZE)
    assert finish(asked, grant(there), answered(asked) + "\n") == "refresh-1"
    (sent,) = there.asked
    assert sent.pop("code_verifier")
    assert sent == {
        "grant_type": "authorization_code",
        "client_id": "client-1",
        "client_secret": "client-secret",
        "code": "the-code",
        "redirect_uri": "http://localhost",
    }


def test_a_scope_that_comes_back_otherwise_is_no_error(there: Endpoint) -> None:
    there.answers = [
        (200, {"access_token": "a", "refresh_token": "r", "token_type": "Bearer", "scope": "https://mail.example/"})
    ]
    asked = ask(grant(there), AUTHORIZE)
    assert finish(asked, grant(there), answered(asked)) == "r"


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"state": "another"}, "not the address at which the browser ended"),
        ({"code": ""}, "not the address at which the browser ended"),
        ({"error": "access_denied"}, "refused: access_denied"),
    ],
)
def test_another_answer_is_not_taken(there: Endpoint, other: dict[str, str], told: str) -> None:
    asked = ask(grant(there), AUTHORIZE)
    with pytest.raises(TokenError, match=told):
        finish(asked, grant(there), answered(asked, **other))
    assert there.asked == []


def test_a_server_that_gives_no_refresh_token_is_told_what_to_ask_for(there: Endpoint) -> None:
    there.rotates = False
    asked = ask(grant(there), AUTHORIZE)
    with pytest.raises(TokenError, match="offline_access"):
        finish(asked, grant(there), answered(asked))


def test_a_code_that_has_run_out_is_told(there: Endpoint) -> None:
    there.answers = [(400, {"error": "invalid_grant"})]
    asked = ask(grant(there), AUTHORIZE)
    with pytest.raises(TokenError, match="refused: invalid_grant"):
        finish(asked, grant(there), answered(asked))


def test_the_command_writes_the_token_into_a_closed_file_and_shows_it_to_nobody(
    there: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "shouli.toml"
    settings.write_text(
        f'[oauth2]\ntoken_url = "{there.url}"\nauthorize_url = "{AUTHORIZE}"\nclient_id = "client-1"\n'
        f'ca_file = "{there.ca_file}"\n'
    )
    said = io.StringIO()

    def person(_prompt: str) -> str:
        found = re.search(r"state=(\w+)", said.getvalue())
        assert found is not None
        return f"http://localhost/?code=the-code&state={found[1]}"

    monkeypatch.setattr("builtins.input", person)
    into = tmp_path / "token"
    with redirect_stdout(said):
        assert run(["--config", str(settings), "authorize", "--into", str(into)]) == 0
    assert into.read_text() == "refresh-1\n"
    assert stat.S_IMODE(into.stat().st_mode) == 0o600
    assert "refresh-1" not in said.getvalue()


def test_the_command_says_what_is_lacking(tmp_path: Path) -> None:
    settings = tmp_path / "shouli.toml"
    settings.write_text("")
    complained = io.StringIO()
    with redirect_stderr(complained):
        assert run(["--config", str(settings), "authorize"]) == 2
    assert complained.getvalue() == "oauth2.authorize_url: write the address where people consent, https://…\n"
