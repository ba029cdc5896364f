"""Commands of the first day: a starting configuration, the blank forms."""

import argparse
from pathlib import Path
from typing import Any

from bot.adapters.blank_forms import FormScribe
from bot.adapters.files import write_whole
from bot.adapters.rules import load_rules
from bot.cli.printing import complain
from bot.config import load_config, starting_file
from bot.wiring import campaign_folder, wording_for


def add_to(commands: Any) -> None:
    """Declare the commands."""
    init = commands.add_parser("init", help="write a commented settings file to start from")
    init.add_argument("--into", type=Path, default=Path("shouli.toml"), help="the file to write (default: shouli.toml)")
    init.set_defaults(handler=_init)
    forms = commands.add_parser("forms", help="write the blank form of each category as docx")
    forms.add_argument("--into", type=Path, default=Path("forms"), help="the folder to write into (default: forms)")
    forms.add_argument("--rules", type=Path, help="the campaign's rules (default: those of the settings)")
    forms.set_defaults(handler=_forms)


def _init(given: argparse.Namespace) -> int:
    if given.into.exists():
        complain(f"{given.into}: is there already and is left as it is; give another name with --into")
        return 2
    write_whole(given.into, starting_file().encode())
    print(
        f"{given.into}: written. Next: put user and host in, give the password as SHOULI_MAILBOX_PASSWORD, then `shouli check`."
    )
    return 0


def _forms(given: argparse.Namespace) -> int:
    config = load_config(given.config)
    folder = given.rules or campaign_folder(config)
    rules = load_rules(folder)
    given.into.mkdir(parents=True, exist_ok=True)
    scribe = FormScribe(rules, wording_for(config, rules, folder))
    for category in rules.categories:
        form = scribe.blank_form(category)
        write_whole(given.into / form.name, form.content)
        print(given.into / form.name)
    return 0
