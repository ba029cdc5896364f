"""The command after the campaign: the archive with its index, and then, only when asked, the removal of personal data."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.adapters.archive import ArchiveError, verified, write_archive
from bot.adapters.clock import SystemClock
from bot.adapters.files import make_state, only_worker
from bot.adapters.hash_chain import head_of
from bot.adapters.removal import remove_personal_data
from bot.adapters.rules import load_rules
from bot.adapters.store import SqlStore
from bot.adapters.store_schema import bring_up_to_date
from bot.campaign import Rules
from bot.cli.printing import complain, say
from bot.config import Config, load_config
from bot.letters.render import Wording
from bot.model import AnswerState, MailState, OutboxState
from bot.ports import Clock
from bot.wiring import campaign_folder, ledger_url, wording_for


def add_to(commands: Any) -> None:
    """Declare the command."""
    archive = commands.add_parser("archive", help="after the campaign: an index and all originals in one folder")
    archive.add_argument("folder", type=Path, help="the folder to write; with --remove or --check one that was written")
    what = archive.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="compare every file of the archive, and its proof, with the digests")
    what.add_argument("--remove", action="store_true", help="remove all personal data from ledger and state folder")
    archive.add_argument("--confirm", metavar="CAMPAIGN", help="with --remove: the campaign's id, instead of typing it")
    archive.set_defaults(handler=_archive)


def _archive(given: argparse.Namespace) -> int:
    config = load_config(given.config)
    folder = campaign_folder(config)
    rules = load_rules(folder)
    wording = wording_for(config, rules, folder)
    clock = SystemClock(rules.zone)
    if given.check:
        return _check(given.folder, wording)
    if given.remove:
        return _remove(given, config, rules, wording, clock)
    record = write_archive(ledger_url(config), config.state_folder, rules, wording, given.folder, clock.now())
    say(f"{given.folder}: {record.nominations} nominations, {record.mails} mails, and the digests of all files in SHA256SUMS")
    for mail in record.missing:
        complain(f"mail:{mail}: its original is not there or not what was kept, and is not in the archive")
    for line in unfinished(config, rules):
        complain(f"not finished: {line}")
    return 1 if record.missing else 0


def unfinished(config: Config, rules: Rules) -> Sequence[str]:
    """What of the campaign is not done yet, one line each."""
    store = SqlStore(ledger_url(config), ZoneInfo(rules.zone))
    try:
        with store.glance() as ledger:
            mails = list(ledger.mails.all())
            letters = [row.state for row in ledger.outbox.heads()]
    finally:
        store.close()
    counts = (
        (sum(mail.state is MailState.NEW for mail in mails), "mails are not handled"),
        (sum(mail.answer_state is AnswerState.OWED for mail in mails), "mails are not answered"),
        (sum(state in (OutboxState.QUEUED, OutboxState.SENDING) for state in letters), "letters are not sent"),
        (letters.count(OutboxState.WAITING), "letters wait for a person"),
    )
    return [f"{count} {what}" for count, what in counts if count]


def _check(folder: Path, wording: Wording) -> int:
    record = verified(folder)
    say(f"{folder}: every file is what was archived: {record.campaign}, {record.nominations} nominations, {record.mails} mails")
    proof = folder / _proof_name(wording)
    if proof.is_file():
        try:
            head = head_of(proof.read_bytes())
        except ValueError as error:
            raise ArchiveError(f"{proof}: {error}: the proof was changed") from error
        say(f"{proof.name}: no line was changed, left out or put in; its head is {head}")
    return 0


def _proof_name(wording: Wording) -> str:
    return f"{wording.words['archive']['files']['removal']}.jsonl"


def _remove(given: argparse.Namespace, config: Config, rules: Rules, wording: Wording, clock: Clock) -> int:
    state = make_state(config.state_folder)
    with only_worker(state):
        bring_up_to_date(ledger_url(config))
        if problems := too_early(config, rules, clock):
            complain(*problems)
            return 2
        say(f"All names, addresses, texts and files of {rules.name} will be removed from {state}; only counts stay.")
        say(f"The archive {given.folder} is then the only copy, besides backups, which you must remove yourself.")
        if not _confirmed(given.confirm, rules.id):
            complain(f"not confirmed: nothing was removed; type the campaign's id {rules.id}, or give --confirm {rules.id}")
            return 2
        done = remove_personal_data(ledger_url(config), state, given.folder, _proof_name(wording), clock.now())
    say(f"removed: {done.originals} originals, {done.files} other files; the contents of {done.rows} rows")
    say(f"the proof is {done.proof}; write down its head: {done.head}")
    return 0


def too_early(config: Config, rules: Rules, clock: Clock) -> Sequence[str]:
    """Nothing is removed of a campaign that goes on."""
    if clock.now().date() <= rules.announced:
        return [f"the campaign goes on until {rules.announced}: nothing was removed"]
    return [f"not finished: {line}: nothing was removed" for line in unfinished(config, rules)]


def _confirmed(word: str | None, id: str) -> bool:
    if word is None:
        try:
            word = input(f"Type {id} to go on: ")
        except EOFError:
            word = ""
    return word.strip() == id
