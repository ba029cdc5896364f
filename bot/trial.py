"""Wires what judges without acting: the dry run, the replay, and the check of everything a person may have edited."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.blank_forms import FormScribe
from bot.adapters.clock import SystemClock
from bot.adapters.examples import load_examples
from bot.adapters.files import FileOriginals
from bot.adapters.rules import RulesError, load_rules
from bot.adapters.store import SqlStore, copy_to_memory
from bot.campaign import Rules
from bot.config import Config, ConfigError
from bot.deciding.due import silence
from bot.letters.compose import AddressError
from bot.letters.render import Wording, WordingError
from bot.model import MailRow, Outgoing
from bot.ports import Store, Transaction
from bot.steps.dry_run import DryRun
from bot.steps.golden import Golden
from bot.steps.replay import Replay
from bot.steps.writing import compose_answer
from bot.wiring import campaign_folder, ledger_url, post_for, reader_pool, wording_for


@contextmanager
def open_dry_run(config: Config, *, rules: Path | None, at: datetime | None, ledger: bool, together: bool) -> Iterator[DryRun]:
    """A dry run against an empty ledger in memory, or against a copy of the live one."""
    folder = rules or campaign_folder(config)
    campaign = load_rules(folder)
    wording = wording_for(config, campaign, folder)
    zone = ZoneInfo(campaign.zone)
    now = SystemClock(campaign.zone).now()
    with ExitStack() as stack:
        store = _copy(config, zone) if ledger else SqlStore("sqlite://", zone)
        stack.callback(store.close)
        reader = reader_pool(config, campaign, config.worker.readers)
        stack.callback(reader.close)
        arrival = at.replace(tzinfo=zone) if at and at.tzinfo is None else at
        yield DryRun(store, reader, reader.width, campaign, _Writer(config, campaign, wording), together, arrival, now)


class _Writer:
    """Writes the letter that one mail alone would get; None when nothing may be written to its sender."""

    def __init__(self, config: Config, rules: Rules, wording: Wording) -> None:
        self._rules, self._wording = rules, wording
        self._scribe = FormScribe(rules, wording)
        self._post = post_for(config, rules)

    def __call__(self, transaction: Transaction, mail: MailRow, now: datetime) -> Outgoing | None:
        if silence(mail, self._post.own, self._post.silent, self._rules):
            return None
        try:
            return compose_answer(transaction, [mail], self._wording, self._scribe, self._rules, now, self._post)
        except AddressError:
            return None


def _copy(config: Config, zone: ZoneInfo) -> Store:
    if not config.ledger.url and not (config.state_folder / "ledger.db").is_file():
        raise ConfigError((f"{config.state_folder}: there is no ledger yet; leave --ledger out",))
    return copy_to_memory(ledger_url(config), zone)


@contextmanager
def open_replay(config: Config, *, rules: Path | None) -> Iterator[Replay]:
    """A replay of the live ledger's mails under these rules."""
    campaign = load_rules(rules or campaign_folder(config))
    zone = ZoneInfo(campaign.zone)
    with ExitStack() as stack:
        live = _copy(config, zone)
        stack.callback(live.close)
        scratch = SqlStore("sqlite://", zone)
        stack.callback(scratch.close)
        reader = reader_pool(config, campaign, config.worker.readers)
        stack.callback(reader.close)
        yield Replay(live, scratch, FileOriginals(config.state_folder), reader, campaign)


def check_everything(config: Config, rules: Path | None) -> tuple[list[str], list[str]]:
    """Problems and good news of rules and wording; golden cases are judged where the rules bring them."""
    folder = rules or campaign_folder(config)
    try:
        campaign = load_rules(folder)
    except RulesError as error:
        return list(error.problems), []
    counts = f"{len(campaign.categories)} categories, {len(campaign.units)} units, {len(campaign.checks)} checks"
    told = [f"rules {campaign.id}: good ({counts})"]
    try:
        wording_for(config, campaign, folder)
    except WordingError as error:
        return list(error.problems), told
    told.append(f"wording ({campaign.language}): good")
    problems, cases = _golden(config, folder, campaign)
    return problems, told if problems or not cases else [*told, f"golden cases: {cases} good"]


def _golden(config: Config, folder: Path, campaign: Rules) -> tuple[list[str], int]:
    """What the golden cases have to say, and how many there are."""
    examples = load_examples(folder, campaign)
    if not examples.cases and not examples.unexplained:
        return list(examples.problems), 0
    zone = ZoneInfo(campaign.zone)
    reader = reader_pool(config, campaign, config.worker.readers)
    try:
        now = SystemClock(campaign.zone).now()
        golden = Golden(reader, reader.width, campaign, lambda: SqlStore("sqlite://", zone), now)
        return [*examples.problems, *golden.differences(examples)], len(examples.cases)
    finally:
        reader.close()
