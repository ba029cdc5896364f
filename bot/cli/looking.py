"""Commands of every day: how things stand, what waits for a person, and the person's word on it."""

import argparse
import dataclasses
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.adapters.heartbeat import read_beat
from bot.app import App
from bot.cli.printing import complain, say, say_json
from bot.config import load_config
from bot.model import MailRow, MailState, Nomination, NoteKind, OutboxState, State
from bot.opening import open_app
from bot.steps.release import NotReleasable, admit, note_paper, refuse, release_letter, release_mail, send_back
from bot.steps.status import Life, Status, status
from bot.text import printable

WHO = "operator"


def add_to(commands: Any) -> None:
    """Declare the commands."""
    look = commands.add_parser("status", help="how things stand; exit 1: somebody should look, 2: it does not work")
    look.add_argument("--json", action="store_true", help="for monitoring")
    look.set_defaults(handler=_status)
    held = commands.add_parser("held", help="what waits for a person, with the reason")
    held.set_defaults(handler=_held)
    release = commands.add_parser("release", help="decide about a held thing: mail:17, a nomination's number, or letter:9")
    release.add_argument("item", help="mail:17 is judged again, 0123 is admitted, letter:9 is sent")
    release.add_argument("--unit", help="for a mail: the unit (id or name) it is of")
    release.set_defaults(handler=_release)
    refuse_ = commands.add_parser("refuse", help="send a nomination back; of a late version leave standing what came in time")
    refuse_.add_argument("number", help="the nomination's number")
    refuse_.add_argument("--reason", default="", help="why, for its unit and the history; without one only a late version")
    refuse_.set_defaults(handler=_refuse)
    paper = commands.add_parser("paper", help="note that the stamped paper of nominations has come in")
    paper.add_argument("numbers", nargs="+", metavar="NUMBER")
    paper.set_defaults(handler=_paper)
    export = commands.add_parser("export", help="write the ledger workbook (xlsx)")
    export.add_argument("--into", type=Path, help="the file (default: state/export/)")
    export.set_defaults(handler=_export)


def _status(given: argparse.Namespace) -> int:
    with open_app(load_config(given.config), working=False) as app:
        beat = read_beat(app.config.state_folder)
        patience = timedelta(minutes=app.config.operator.alert_minutes)
        now = status(app.store, app.clock.now(), Life(beat.at, beat.every) if beat else None, patience)
    if given.json:
        say_json(dataclasses.asdict(now) | {"well": now.well, "level": now.level})
    else:
        _print_status(now)
    return now.level


def _print_status(now: Status) -> None:
    for title, counts in (("mails", now.mails), ("nominations", now.nominations), ("letters", now.letters)):
        print(f"{title:<12} {sum(counts.values())}" + "".join(f", {word} {count}" for word, count in sorted(counts.items())))
    print(f"{'unanswered':<12} {now.unanswered}")
    print(f"{'last poll':<12} {now.last_poll or 'never'}")
    print(f"{'worker':<12} {f'last heard of at {now.last_beat}' if now.last_beat else 'never heard of'}")
    for what, since in now.failing_since.items():
        print(f"{what:<12} failing since {since}")
    for trouble in now.troubles:
        say(f"{'outage' if trouble in now.outages else 'attention'}: {trouble}")


def _held(given: argparse.Namespace) -> int:
    with open_app(load_config(given.config), working=False) as app, app.store.glance() as ledger:
        settled = {note.subject for note in ledger.notes.of(NoteKind.SETTLED)}
        for mail in ledger.mails.all():
            if mail.waits and mail.state is not MailState.NEW and f"mail:{mail.id}" not in settled:
                say(*_held_mail(mail))
        for nomination in ledger.nominations.all():
            if nomination.state in {State.HELD, State.LATE, State.OVER_QUOTA}:
                say(*_waiting(app, nomination))
        for row in ledger.outbox.heads():
            if row.state is OutboxState.WAITING:
                say(f"letter:{row.id}  {printable(row.outgoing.subject)}", f"    {printable(row.error)}")
    return 0


def _held_mail(mail: MailRow) -> list[str]:
    """A mail that waits, with its reason, and its traceback when handling it failed."""
    head = f"mail:{mail.id}  {mail.received:%Y-%m-%d %H:%M}  {mail.sender.address}  {mail.subject}"
    trace = mail.traceback.strip().splitlines() if mail.state is MailState.FAILED else []
    return [printable(head), *(f"    {printable(line)}" for line in (mail.reason, *trace))]


def _waiting(app: App, nomination: Nomination) -> list[str]:
    """A nomination that waits, with the choices a person has."""
    unit = next((unit.name for unit in app.rules.units if unit.id == nomination.unit), nomination.unit)
    lines = [f"{nomination.number}  {nomination.state}  {unit}  {nomination.category or '-'}  {nomination.nominee}"]
    lines += [f"    {number}. {choice}" for number, choice in enumerate(nomination.uncertain, 1)]
    if nomination.standing:
        stands = f"version {nomination.standing} stands until then"
        lines.append(
            f"    version {nomination.version} came late, {stands}: shouli release takes the late one, refuse does not"
        )
    return [printable(line) for line in lines]


def _release(given: argparse.Namespace) -> int:
    with open_app(load_config(given.config), working=False) as app:
        try:
            return _released(app, given.item, given.unit)
        except NotReleasable as error:
            complain(str(error))
            return 2


def _released(app: App, item: str, unit: str | None) -> int:
    kind, _, number = item.rpartition(":")
    now = app.clock.now()
    if kind == "mail" and number.isdecimal():
        release_mail(app.store, int(number), _unit_id(app, unit) if unit else None, WHO, now)
        print(f"mail {number} is judged again in the next round")
    elif kind == "letter" and number.isdecimal():
        release_letter(app.store, int(number), WHO, now)
        print(f"letter {number} goes out in the next round")
    elif not kind and number.isdecimal():
        print(f"{number} is now {admit(app.store, number, app.rules, WHO, now)}")
    else:
        raise NotReleasable(f"{item}: write mail:17, letter:9, or a nomination's number such as 0123")
    return 0


def _refuse(given: argparse.Namespace) -> int:
    ruling = send_back if given.reason else refuse
    with open_app(load_config(given.config), working=False) as app:
        try:
            state = ruling(app.store, given.number, app.rules, WHO, given.reason, app.clock.now())
        except NotReleasable as error:
            complain(str(error))
            return 2
    if state is State.WITHDRAWN:
        print(f"{given.number} is sent back; its unit is told in the next round")
    else:
        print(f"{given.number} is {state} again, as it stood before the deadline")
    return 0


def _unit_id(app: App, words: str) -> str:
    found = [unit for unit in app.rules.units if words in (unit.id, unit.name, *unit.aliases)]
    if len(found) != 1:
        raise NotReleasable(f"{words}: no unit of the roster has this id, name or alias")
    return found[0].id


def _paper(given: argparse.Namespace) -> int:
    with open_app(load_config(given.config), working=False) as app:
        try:
            note_paper(app.store, given.numbers, WHO, app.clock.now())
        except NotReleasable as error:
            complain(str(error))
            return 2
    print(f"paper noted: {' '.join(given.numbers)}")
    return 0


def _export(given: argparse.Namespace) -> int:
    with open_app(load_config(given.config), working=False) as app:
        print(app.export(given.into))
    return 0
