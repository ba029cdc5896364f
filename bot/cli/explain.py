"""The command that tells the whole story of a nomination or of a mail."""

import argparse
from typing import Any

from bot.cli.printing import complain, say
from bot.config import load_config
from bot.opening import open_app
from bot.steps.explain import NothingToExplainError, explain_mail, explain_nomination
from bot.steps.story_text import mail_lines, nomination_lines


def add_to(commands: Any) -> None:
    """Declare the command."""
    explain = commands.add_parser("explain", help="the whole story of a nomination (0123) or a mail (mail:17)")
    explain.add_argument("item", help="a nomination's number such as 0123, or mail:17")
    explain.set_defaults(handler=_explain)


def _explain(given: argparse.Namespace) -> int:
    kind, _, number = given.item.rpartition(":")
    if kind not in {"", "nomination", "mail"} or not (number.isascii() and number.isdigit()) or len(number) > 9:
        complain(f"{given.item}: write a nomination's number such as 0123, or mail:17")
        return 2
    with open_app(load_config(given.config), working=False) as app:
        try:
            if kind == "mail":
                say(*mail_lines(explain_mail(app.store, int(number)), app.rules))
            else:
                say(*nomination_lines(explain_nomination(app.store, f"{int(number):04d}"), app.rules))
        except NothingToExplainError as error:
            complain(str(error))
            return 2
    return 0
