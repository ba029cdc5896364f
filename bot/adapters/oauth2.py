"""Access tokens for servers that take no passwords (RFC 6749, section 6): got with a refresh token, renewed before they end.

The extra `oauth2` brings the library; it is imported only when a token is really wanted.
"""

import hashlib
import json
import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.adapters.files import write_whole
from bot.adapters.server import TokenError
from bot.ports import Clock

NAME = "oauth2.json"
"""Below the state folder, mode 0600: the newest tokens, since some servers give a new refresh token each time."""

EARLY = timedelta(minutes=5)
"""A token that ends within this time is renewed first: it must outlive the connection that it opens."""

UNSAID = 3600
"""Seconds that a token counts as good where the server does not say (RFC 6749 only recommends that it does)."""

ENDPOINT_SECONDS = 30

log = logging.getLogger("shouli.oauth2")


@dataclass(frozen=True, slots=True)
class Grant:
    """What entitles us to tokens. Secrets never show in a representation."""

    token_url: str  # https only: the secrets go over it
    client_id: str
    refresh_token: str = field(repr=False)
    client_secret: str = field(default="", repr=False)  # empty: a public client has none
    scope: str = ""  # empty: what the refresh token was given for
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        if urlsplit(self.token_url).scheme != "https":
            raise ValueError(f"{self.token_url or 'the token endpoint'}: write an address that begins with https://")


@dataclass(frozen=True, slots=True)
class _Held:
    access: str = field(repr=False)
    until: datetime
    refresh: str = field(repr=False)


class RefreshedTokens:
    """Keeps the promises of `bot.adapters.server.Tokens`. `kept`: the file they are kept in; None: only in memory.

    Mailbox and courier share one, so that neither renews what the other has just got.
    """

    def __init__(self, grant: Grant, clock: Clock, kept: Path | None = None) -> None:
        self._grant = grant
        self._clock = clock
        self._kept = kept
        self._held: _Held | None = None
        self._lock = threading.Lock()

    def current(self) -> str:
        """A token that is good for some minutes yet."""
        with self._lock:
            held = self._held = self._held or self._load()
            if held is not None and self._clock.now() + EARLY < held.until:
                return held.access
            return self._renewed()

    def renew(self) -> str:
        """Another token: the server has refused this one."""
        with self._lock:
            self._held = self._held or self._load()
            return self._renewed()

    def _renewed(self) -> str:
        asked_with = self._held.refresh if self._held else self._grant.refresh_token
        answer = _asked(self._grant, asked_with)
        access = answer.get("access_token")
        if not isinstance(access, str) or not access.isascii():
            raise TokenError(f"{_host(self._grant)} gives no token that can be used", refused=False)
        lasting = timedelta(seconds=_seconds(answer.get("expires_in")))
        self._held = _Held(access, self._clock.now() + lasting, str(answer.get("refresh_token") or asked_with))
        log.info("a new access token, good for %d minutes", lasting.total_seconds() // 60)
        self._save(self._held)
        return access

    def _load(self) -> _Held | None:
        """What an earlier process got; void when the settings have been given another refresh token since."""
        if self._kept is None:
            return None
        try:
            said = json.loads(self._kept.read_text("utf-8"))
            if said["given"] != _mark(self._grant):
                return None
            return _Held(str(said["access"]), datetime.fromisoformat(said["until"]), str(said["refresh"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("%s cannot be used, the refresh token of the settings is: %s", NAME, type(error).__name__)
            return None

    def _save(self, held: _Held) -> None:
        """A token that cannot be kept is used all the same."""
        if self._kept is None:
            return
        said = {"given": _mark(self._grant), "access": held.access, "until": held.until.isoformat(), "refresh": held.refresh}
        try:
            write_whole(self._kept, json.dumps(said).encode())
        except OSError as error:
            log.warning("%s cannot be written: %s", NAME, error.strerror)


def _asked(grant: Grant, refresh_token: str) -> dict[str, Any]:
    """The endpoint's answer; TokenError when it refuses or cannot be reached. No secret stands in the error."""
    known = library()
    session = known.OAuth2Session(grant.client_id)
    try:
        answer: dict[str, Any] = session.refresh_token(
            grant.token_url,
            refresh_token=refresh_token,
            body=urlencode({"scope": grant.scope}) if grant.scope else "",
            timeout=ENDPOINT_SECONDS,
            verify=str(grant.ca_file) if grant.ca_file else True,
            client_id=grant.client_id,
            **({"client_secret": grant.client_secret} if grant.client_secret else {}),
        )
    except known.Refused as error:
        said = f"{getattr(error, 'error', '') or type(error).__name__} {getattr(error, 'description', '') or ''}".strip()
        raise TokenError(f"{_host(grant)} refuses a token: {said}", refused=_for_good(error)) from None
    except (known.Unreachable, ValueError) as error:
        raise TokenError(f"{_host(grant)}: {type(error).__name__}", refused=False) from None
    finally:
        session.close()
    return answer


_PASSING = frozenset({"temporarily_unavailable", "server_error", "slow_down", "missing_token"})
"""Errors of the endpoint (RFC 6749 5.2 and 4.1.2.1) that say nothing about the grant; the last is the library's own."""


def _for_good(error: Exception) -> bool:
    return getattr(error, "error", "") not in _PASSING


@dataclass(frozen=True, slots=True)
class Library:
    """What is used of the extra."""

    OAuth2Session: Any
    Refused: type[Exception]
    Unreachable: type[Exception]


def library() -> Library:
    """The library of the extra. It writes tokens into its own debug log, so that log stays shut."""
    try:
        from oauthlib.oauth2 import OAuth2Error
        from requests import RequestException
        from requests_oauthlib import OAuth2Session
    except ModuleNotFoundError as error:
        raise TokenError(f"login by token needs the package {error.name}: {HOW_TO_INSTALL}", refused=True) from error
    for name in ("requests_oauthlib", "oauthlib"):
        logging.getLogger(name).setLevel(logging.INFO)
    return Library(OAuth2Session, OAuth2Error, RequestException)


HOW_TO_INSTALL = "install shouli with its extra `oauth2`"


def lacks_library() -> bool:
    """Whether the extra is not installed."""
    try:
        library()
    except TokenError:
        return True
    return False


def _host(grant: Grant) -> str:
    return urlsplit(grant.token_url).hostname or grant.token_url


def _seconds(said: object) -> int:
    return int(said) if isinstance(said, int | float) and 0 < said < 10**7 else UNSAID


def _mark(grant: Grant) -> str:
    """By which the kept tokens know the settings they came from."""
    return hashlib.sha256("\0".join((grant.token_url, grant.client_id, grant.refresh_token)).encode()).hexdigest()
