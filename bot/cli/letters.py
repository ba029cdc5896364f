"""Commands about letters: those that wait for a person, how a letter looks, what a reminder would say."""

import argparse
import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.adapters.blank_forms import FormScribe
from bot.adapters.cover_sheet import SheetScribe
from bot.adapters.files import write_whole
from bot.adapters.rules import load_rules
from bot.adapters.store import SqlStore
from bot.adapters.workbook import LedgerBook
from bot.app import App
from bot.cli.printing import complain, say
from bot.config import load_config
from bot.letters.recompose import Opened, opened
from bot.model import Letter, Outgoing
from bot.opening import open_app
from bot.steps.preview import Easel, page, preview
from bot.steps.remind import remind, reminders_now
from bot.steps.review import NotWaitingError, look_at, refuse, release, rewrite, waiting
from bot.wiring import campaign_folder, post_for, wording_for

WHO = "operator"


def add_to(commands: Any) -> None:
    """Declare the commands."""
    letters = commands.add_parser("letters", help="letters that wait for a person: list, show, edit, release, refuse")
    letters.set_defaults(handler=_guarded(_list))
    what = letters.add_subparsers(metavar="WHAT")
    what.add_parser("list", help="the letters that wait (default)").set_defaults(handler=_guarded(_list))
    show = what.add_parser("show", help="one letter: header, text, attachments")
    show.add_argument("id", type=int)
    show.add_argument("--into", type=Path, help="also write it as HTML, to open in a browser")
    show.set_defaults(handler=_guarded(_show))
    go = what.add_parser("release", help="let letters go in the next round")
    go.add_argument("ids", type=int, nargs="+", metavar="id")
    go.set_defaults(handler=_guarded(_release))
    edit = what.add_parser("edit", help="change subject and text in an editor ($VISUAL, $EDITOR)")
    edit.add_argument("id", type=int)
    edit.add_argument("--from", dest="source", type=Path, help="take the words from this file instead of an editor")
    edit.set_defaults(handler=_guarded(_edit))
    keep = what.add_parser("refuse", help="keep letters back for good")
    keep.add_argument("ids", type=int, nargs="+", metavar="id")
    keep.add_argument("--reason", default="", help="why, for the history")
    keep.set_defaults(handler=_guarded(_refuse))
    look = commands.add_parser("preview", help="any letter with sample facts, as HTML to open in a browser")
    look.add_argument("letter", choices=[letter.value for letter in Letter])
    look.add_argument("--into", type=Path, help="the file (default: LETTER.html)")
    look.add_argument("--rules", type=Path, help="the campaign's rules (default: those of the settings)")
    look.set_defaults(handler=_preview)
    reminder = commands.add_parser("remind", help="queue the reminders that are due now")
    reminder.add_argument("--preview", action="store_true", help="only show what would be written now, whatever is due")
    reminder.add_argument("--into", type=Path, help="with --preview: also write each as HTML into this folder")
    reminder.set_defaults(handler=_remind)


def _guarded(command: Callable[[argparse.Namespace, App], int]) -> Callable[[argparse.Namespace], int]:
    """What a person asks about a letter that is not there, or does not wait, is answered with one line."""

    def run(given: argparse.Namespace) -> int:
        with open_app(load_config(given.config), working=False) as app:
            try:
                return command(given, app)
            except NotWaitingError as error:
                complain(str(error))
                return 2

    return run


def _list(_given: argparse.Namespace, app: App) -> int:
    for row in waiting(app.store):
        say(f"{row.id}  {row.queued:%Y-%m-%d %H:%M}  {', '.join(row.outgoing.recipients)}\n    {row.outgoing.subject}")
        if row.error:
            say(f"    {row.error}")
    return 0


def _show(given: argparse.Namespace, app: App) -> int:
    row = look_at(app.store, given.id)
    say(f"Letter {row.id}, {row.state}")
    _print(row.outgoing, opened(row.outgoing))
    if given.into:
        write_whole(given.into, page(row.outgoing).encode())
        say(str(given.into))
    return 0


def _print(letter: Outgoing, words: Opened) -> None:
    say(f"To: {', '.join(letter.recipients)}\nSubject: {letter.subject}")
    for attachment in words.attachments:
        say(f"Attachment: {attachment.name}, {len(attachment.content)} bytes")
    say(f"\n{words.words.text}")


def _release(given: argparse.Namespace, app: App) -> int:
    release(app.store, given.ids, WHO, app.clock.now())
    say(f"{len(given.ids)} letters go out in the next round")
    return 0


def _refuse(given: argparse.Namespace, app: App) -> int:
    refuse(app.store, given.ids, given.reason, WHO, app.clock.now())
    say(f"{len(given.ids)} letters are kept back")
    return 0


def _edit(given: argparse.Namespace, app: App) -> int:
    row = look_at(app.store, given.id)
    words = opened(row.outgoing).words
    written = _words_of(given.source) if given.source else _edited(f"Subject: {words.subject}\n\n{words.text}")
    head, _, text = written.replace("\r\n", "\n").partition("\n")
    if not head.startswith("Subject:"):
        raise NotWaitingError("the first line must be “Subject: …”; nothing was changed")
    subject = head.removeprefix("Subject:")
    if rewrite(app.store, given.id, subject, text, app.wording, app.rules, WHO, app.clock.now()):
        say(f"letter {given.id} is rewritten and waits: shouli letters release {given.id}")
    else:
        say(f"letter {given.id} is as it was")
    return 0


def _words_of(source: Path) -> str:
    """The words in a file."""
    try:
        return source.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NotWaitingError(f"{source}: cannot be read as UTF-8 text; nothing was changed") from error


def _edited(text: str) -> str:
    """The text after a person has had it in an editor."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="shouli-letter-") as folder:
        path = Path(folder) / "letter.txt"
        path.write_text(text, "utf-8")
        try:
            ended = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the operator's own editor
        except OSError as error:
            raise NotWaitingError(f"{editor}: {error.strerror}; set EDITOR, or give a file with --from") from error
        if ended.returncode:
            raise NotWaitingError(f"{editor} ended with {ended.returncode}; nothing was changed")
        return _words_of(path)


def _preview(given: argparse.Namespace) -> int:
    config = load_config(given.config)
    folder = given.rules or campaign_folder(config)
    rules = load_rules(folder)
    wording = wording_for(config, rules, folder)
    scratch = SqlStore("sqlite://", ZoneInfo(rules.zone))
    try:
        post = post_for(config, rules)
        sheets = SheetScribe(wording)
        easel = Easel(scratch, wording, rules, FormScribe(rules, wording), LedgerBook(rules, wording), post, sheets)
        letter = preview(Letter(given.letter), easel)
    finally:
        scratch.close()
    into = given.into or Path(f"{given.letter}.html")
    write_whole(into, page(letter).encode())
    _print(letter, opened(letter))
    say(str(into))
    return 0


def _remind(given: argparse.Namespace) -> int:
    with open_app(load_config(given.config), working=False) as app:
        if not given.preview:
            say(f"{remind(app.store, app.wording, app.rules, app.clock, app.post, SheetScribe(app.wording))} reminders queued")
            return 0
        found = reminders_now(app.store, app.wording, app.rules, app.clock, app.post, SheetScribe(app.wording))
    for letter in found:
        _print(letter, opened(letter))
        if given.into:
            given.into.mkdir(parents=True, exist_ok=True)
            write_whole(given.into / f"{letter.unit}.html", page(letter).encode())
    say(f"{len(found)} reminders would be written now")
    return 0
