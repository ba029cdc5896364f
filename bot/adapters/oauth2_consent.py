"""Gets the first refresh token: a person logs in with a browser and allows it (RFC 6749, section 4.1, with PKCE, RFC 7636)."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.adapters.oauth2 import ENDPOINT_SECONDS, Grant, library
from bot.adapters.server import TokenError

REDIRECT = "http://localhost"
"""Where the browser is sent with the answer. Nobody listens there: the person copies the address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for consent that is under way."""

    url: str  # to be opened in a browser
    state: str  # comes back with the answer, so that no other answer is taken for it
    session: Any


def ask(grant: Grant, authorize_url: str) -> Asked:
    """The address at which a person consents; TokenError when the extra is missing."""
    session = library().OAuth2Session(grant.client_id, redirect_uri=REDIRECT, scope=grant.scope.split() or None, pkce="S256")
    # Google gives a refresh token only for these two; others ignore them.
    url, state = session.authorization_url(authorize_url, access_type="offline", prompt="consent")
    return Asked(url, state, session)


def finish(asked: Asked, grant: Grant, answered: str) -> str:
    """The refresh token for the address at which the browser ended; TokenError when there is none."""
    said = {name: values[0] for name, values in parse_qs(urlsplit(answered.strip()).query).items()}
    if "error" in said:
        raise TokenError(f"refused: {said['error']} {said.get('error_description', '')}".strip(), refused=True)
    if said.get("state") != asked.state or "code" not in said:
        raise TokenError("this is not the address at which the browser ended; copy it whole", refused=True)
    token = _exchanged(asked, grant, said["code"]).get("refresh_token")
    if not token:
        raise TokenError(
            "no refresh token was given: look whether the scope asks for one (Microsoft: offline_access)", refused=True
        )
    return str(token)


def _exchanged(asked: Asked, grant: Grant, code: str) -> dict[str, Any]:
    known = library()
    try:
        answer: dict[str, Any] = asked.session.fetch_token(
            grant.token_url,
            code=code,
            include_client_id=True,
            client_secret=grant.client_secret or None,
            timeout=ENDPOINT_SECONDS,
            verify=str(grant.ca_file) if grant.ca_file else True,
        )
    except Warning as changed:  # another scope than asked for, as Microsoft leaves offline_access out: that is no error
        answer = dict(getattr(changed, "token", {}))
    except known.Refused as error:
        raise TokenError(f"refused: {getattr(error, 'error', type(error).__name__)}", refused=True) from None
    except (known.Unreachable, ValueError) as error:
        raise TokenError(f"{urlsplit(grant.token_url).hostname}: {type(error).__name__}", refused=False) from None
    return answer
