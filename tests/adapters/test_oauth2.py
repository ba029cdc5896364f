"""Access tokens: got over https, kept closed, renewed in time and once after a refusal, and no secret told to anybody."""

import logging
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters import oauth2
from bot.adapters.oauth2 import NAME, Grant, RefreshedTokens
from bot.adapters.server import TokenError
from tests import servers
from tests.adapters.token_endpoint import Endpoint, endpoint
from tests.fakes import FakeClock

needs_openssl = pytest.mark.skipif(servers.OPENSSL is None, reason="no openssl here: login by token is NOT tested over TLS")
pytestmark = needs_openssl


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Endpoint]:
    folder = tmp_path / "endpoint"
    folder.mkdir()
    with endpoint(folder) as running:
        yield running


def grant(there: Endpoint, given: str = "first-refresh", secret: str = "client-secret") -> Grant:  # noqa: S107 - invented
    return Grant(there.url, "client-1", given, secret, "https://mail.example/ offline_access", there.ca_file)


def test_a_token_is_asked_for_with_all_that_the_grant_says(there: Endpoint) -> None:
    assert RefreshedTokens(grant(there), FakeClock()).current() == "token-1"
    assert there.asked == [
        {
            "grant_type": "refresh_token",
            "refresh_token": "first-refresh",
            "client_id": "client-1",
            "client_secret": "client-secret",
            "scope": "https://mail.example/ offline_access",
        }
    ]


def test_a_public_client_sends_no_secret(there: Endpoint) -> None:
    RefreshedTokens(grant(there, secret=""), FakeClock()).current()
    assert "client_secret" not in there.asked[0]


def test_a_token_is_used_until_five_minutes_before_its_end(there: Endpoint) -> None:
    clock = FakeClock()
    tokens = RefreshedTokens(grant(there), clock)
    assert [tokens.current(), tokens.current()] == ["token-1", "token-1"]
    clock.advance(minutes=54, seconds=59)
    assert tokens.current() == "token-1"
    clock.advance(seconds=1)
    assert tokens.current() == "token-2"


def test_a_server_that_changes_the_refresh_token_is_asked_with_the_newest(there: Endpoint, tmp_path: Path) -> None:
    there.rotates = True
    kept = tmp_path / NAME
    tokens = RefreshedTokens(grant(there), FakeClock(), kept)
    tokens.current()
    tokens.renew()
    assert [asked["refresh_token"] for asked in there.asked] == ["first-refresh", "refresh-1"]
    RefreshedTokens(grant(there), FakeClock(), kept).renew()  # after a restart
    assert there.asked[2]["refresh_token"] == "refresh-2"


def test_a_restart_uses_the_token_that_is_kept_and_the_file_is_closed_to_others(there: Endpoint, tmp_path: Path) -> None:
    kept = tmp_path / NAME
    RefreshedTokens(grant(there), FakeClock(), kept).current()
    assert RefreshedTokens(grant(there), FakeClock(), kept).current() == "token-1"
    assert len(there.asked) == 1
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_another_refresh_token_in_the_settings_makes_the_kept_ones_void(there: Endpoint, tmp_path: Path) -> None:
    kept = tmp_path / NAME
    RefreshedTokens(grant(there), FakeClock(), kept).current()
    RefreshedTokens(grant(there, "second-refresh"), FakeClock(), kept).current()
    assert [asked["refresh_token"] for asked in there.asked] == ["first-refresh", "second-refresh"]


def test_kept_only_in_memory_nothing_is_written(there: Endpoint, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    RefreshedTokens(grant(there), FakeClock()).current()
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("content", ["", "[]", "{}", "\x00", '{"given": 1}'])
def test_a_kept_file_that_is_damaged_is_no_obstacle(there: Endpoint, tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content)
    assert RefreshedTokens(grant(there), FakeClock(), tmp_path / NAME).current() == "token-1"


def test_a_folder_that_cannot_be_written_costs_only_the_keeping(
    there: Endpoint, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert RefreshedTokens(grant(there), FakeClock(), tmp_path / "gone" / NAME).current() == "token-1"
    assert f"{NAME} cannot be written" in caplog.text


@pytest.mark.parametrize(
    ("answer", "refused", "told"),
    [
        (
            (400, {"error": "invalid_grant", "error_description": "AADSTS70008: expired"}),
            True,
            "invalid_grant AADSTS70008: expired",
        ),
        ((401, {"error": "invalid_client"}), True, "invalid_client"),
        ((503, {"error": "temporarily_unavailable"}), False, "temporarily_unavailable"),
        ((500, "<html>"), False, "missing_token"),
        ((200, {"token_type": "Bearer"}), False, "missing_token"),
        ((200, {"access_token": "täken", "token_type": "Bearer"}), False, "no token that can be used"),
    ],
)
def test_what_the_endpoint_refuses_is_told_with_its_own_words(
    there: Endpoint, answer: tuple[int, object], refused: bool, told: str
) -> None:
    there.answers = [answer]
    with pytest.raises(TokenError) as caught:
        RefreshedTokens(grant(there), FakeClock()).current()
    assert caught.value.refused is refused
    assert told in str(caught.value)
    assert str(caught.value).startswith("localhost")


def test_an_endpoint_that_is_not_there_may_come_back(there: Endpoint) -> None:
    nobody = Grant(f"https://localhost:{servers.free_port()}/token", "client-1", "first-refresh", ca_file=there.ca_file)
    with pytest.raises(TokenError, match="ConnectionError") as caught:
        RefreshedTokens(nobody, FakeClock()).current()
    assert not caught.value.refused


def test_an_endpoint_whose_certificate_nobody_vouches_for_gets_no_secret(there: Endpoint) -> None:
    with pytest.raises(TokenError, match="SSLError"):
        RefreshedTokens(Grant(there.url, "client-1", "first-refresh"), FakeClock()).current()
    assert there.asked == []


@pytest.mark.parametrize("url", ["http://localhost/token", "", "login.example/token", "ftp://login.example/token"])
def test_only_https_will_do(url: str) -> None:
    with pytest.raises(ValueError, match="write an address that begins with https://"):
        Grant(url, "client-1", "first-refresh")


def test_no_secret_stands_in_a_log_an_error_or_a_representation(
    there: Endpoint, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    there.answers = [(200, {"access_token": "token-0", "token_type": "Bearer"}), (400, {"error": "invalid_grant"})]
    tokens = RefreshedTokens(grant(there), FakeClock(), tmp_path / NAME)
    with caplog.at_level(logging.DEBUG):
        tokens.current()
        with pytest.raises(TokenError) as caught:
            tokens.renew()
    told = caplog.text + repr(caught.value) + repr(grant(there)) + repr(tokens._held)
    assert not [secret for secret in ("first-refresh", "client-secret", "token-0") if secret in told]


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch, there: Endpoint) -> None:
    monkeypatch.setitem(sys.modules, "requests_oauthlib", None)
    with pytest.raises(TokenError, match="install shouli with its extra `oauth2`") as caught:
        RefreshedTokens(grant(there), FakeClock()).current()
    assert caught.value.refused
    assert oauth2.lacks_library()
