"""The command that gets the refresh token of a Microsoft or Google account: once, by a person with a browser."""

import argparse
from pathlib import Path
from typing import Any

from bot.adapters.files import write_whole
from bot.adapters.oauth2_consent import ask, finish
from bot.adapters.server import TokenError
from bot.cli.printing import complain, say
from bot.config import ConfigError, load_config
from bot.wiring import grant_for


def add_to(commands: Any) -> None:
    """Declare the command."""
    authorize = commands.add_parser("authorize", help="get the refresh token for login by token ([oauth2]), with a browser")
    authorize.add_argument(
        "--into", type=Path, default=Path("oauth2-refresh-token"), help="the file to write it into, mode 0600"
    )
    authorize.set_defaults(handler=_authorize)


def _authorize(given: argparse.Namespace) -> int:
    config = load_config(given.config)
    if not config.oauth2.authorize_url.startswith("https://"):
        raise ConfigError(("oauth2.authorize_url: write the address where people consent, https://…",))
    if not config.oauth2.client_id:
        raise ConfigError(("oauth2.client_id: write the application's id, as Microsoft or Google gave it",))
    grant = grant_for(config)
    try:
        asked = ask(grant, config.oauth2.authorize_url)
        say(
            "1. Open this address in a browser, log in with the account of the mailbox, and allow what is asked:",
            f"   {asked.url}",
            "2. The browser ends at an address that begins with http://localhost/ and shows nothing. Copy that address.",
        )
        token = finish(asked, grant, input("3. Paste it here: "))
    except EOFError:
        complain("nothing was pasted; nothing is written")
        return 2
    except TokenError as error:
        complain(str(error))
        return 2
    write_whole(given.into, f"{token}\n".encode())
    say(f"{given.into}: written. Give it as SHOULI_OAUTH2_REFRESH_TOKEN_FILE (or as a credential), then `shouli doctor`.")
    return 0
