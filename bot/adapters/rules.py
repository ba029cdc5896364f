"""Reads a campaign folder into `Rules`, strictly: every wrong key, type, reference and roster line is reported together.

A campaign is five files whose keys are the field names of `bot/campaign.py` (lists of tables in the singular):

| file | holds |
|---|---|
| `campaign.toml` | names, dates, `[office]`, `[reminders]`, `[[kind]]`, `[settings]` |
| `categories.toml` | `[[category]]` with `[[category.field]]` |
| `checks.toml` | `[[check]]` |
| `mail.toml` | the word lists of `Phrases` |
| `units.csv` | the roster; see `bot/adapters/rules_roster.py` |
| `orders.toml` | may be left out, then the office gives no orders by mail: the word lists of `OrderWords` |
| `commonplace.txt` | may be left out: the notice itself, whose sentences materials may use without having copied |
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot.adapters import rules_checks as checks
from bot.adapters.rules_files import UnusableError, as_toml_text, read_bytes
from bot.adapters.rules_roster import read_lines
from bot.adapters.rules_shape import Shaper
from bot.campaign import NOT_ENTITLED, Category, Check, Office, OrderWords, Phrases, Reminders, Rules, Unit, UnitKind

FILES = ("campaign.toml", "categories.toml", "checks.toml", "mail.toml", "units.csv")
"""Every file that a campaign must have. `Rules.version` covers these and `OPTIONAL`: all that decisions rest on."""

COMMONPLACE, ORDERS = "commonplace.txt", "orders.toml"
OPTIONAL = (ORDERS, COMMONPLACE)

T = TypeVar("T")


class RulesError(Exception):
    """A campaign that cannot be used; `problems` are all of them, each “file: key: what is wrong and what to write instead”."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class _Campaign:
    """`campaign.toml`."""

    id: str
    name: str
    language: str
    zone: str
    opens: date
    last_day: date
    announced: date
    office: Office
    reminders: Reminders
    kinds: tuple[UnitKind, ...]
    work_calendar: str = "weekends"
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Categories:
    """`categories.toml`."""

    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class _Checks:
    """`checks.toml`."""

    checks: tuple[Check, ...]


class _Folder:
    """The files of one campaign while they are read, with all problems in the order of `FILES`."""

    def __init__(self, folder: Path) -> None:
        self.shapers = {name: Shaper(name) for name in FILES}
        self.contents: dict[str, bytes] = {}
        self.shapers |= {name: Shaper(name) for name in OPTIONAL}
        for name in (*FILES, *(name for name in OPTIONAL if (folder / name).exists())):
            try:
                self.contents[name] = read_bytes(folder / name)
            except UnusableError as unusable:
                self.shapers[name].note("", str(unusable))

    def problems(self) -> tuple[str, ...]:
        """All noted so far, file by file."""
        return tuple(dict.fromkeys(problem for shaper in self.shapers.values() for problem in shaper.problems))

    def shaped(self, name: str, cls: type[T]) -> T | None:
        """The value a TOML file holds; None when something in it is wrong."""
        if name not in self.contents:
            return None
        try:
            table = tomllib.loads(as_toml_text(self.contents[name]))
        except (UnusableError, tomllib.TOMLDecodeError) as error:
            self.shapers[name].note("", str(error))
            return None
        return self.shapers[name].make(cls, table)

    def commonplace(self) -> str:
        """The text of `commonplace.txt`, "" where there is none."""
        try:
            return as_toml_text(self.contents.get(COMMONPLACE, b""))
        except UnusableError as error:
            self.shapers[COMMONPLACE].note("", str(error))
            return ""

    def version(self) -> str:
        """SHA-256 over names and bytes of all files."""
        digest = hashlib.sha256()
        for name in self.contents:
            digest.update(f"{name}\0{len(self.contents[name])}\0".encode())
            digest.update(self.contents[name])
        return digest.hexdigest()


def load_rules(folder: Path) -> Rules:
    """The campaign in a folder.

    Raises:
        RulesError: something in it is wrong; all problems are named together.
    """
    if not folder.is_dir():
        raise RulesError((f"{folder.name}: no such campaign folder",))
    files = _Folder(folder)
    campaign = files.shaped("campaign.toml", _Campaign)
    categories = files.shaped("categories.toml", _Categories)
    listed = files.shaped("checks.toml", _Checks)
    phrases = files.shaped("mail.toml", Phrases)
    orders = files.shaped(ORDERS, OrderWords) or OrderWords()
    kinds = _kinds(campaign)
    units = _units(files, kinds) if campaign else ()
    if campaign:
        _hold_campaign(campaign, files)
    if categories:
        checks.check_categories(categories.categories, files.shapers["categories.toml"].note)
    if campaign and categories and listed:
        checks.check_checks(listed.checks, categories.categories, kinds, files.shapers["checks.toml"].note)
    commonplace = files.commonplace()
    if campaign is None or categories is None or listed is None or phrases is None or files.problems():
        raise RulesError(files.problems())
    rules = _rules(campaign, categories.categories, listed.checks, phrases, units, files.version())
    return replace(rules, commonplace=commonplace, orders=orders)


def _kinds(campaign: _Campaign | None) -> Mapping[str, UnitKind]:
    """The kinds by id; `not-entitled` is there whether the file names it or not."""
    kinds = {kind.id: kind for kind in campaign.kinds} if campaign else {}
    kinds.setdefault(NOT_ENTITLED, UnitKind(NOT_ENTITLED, NOT_ENTITLED, 0))
    return kinds


def _units(files: _Folder, kinds: Mapping[str, UnitKind]) -> tuple[Unit, ...]:
    note = files.shapers["units.csv"].note
    if "units.csv" not in files.contents:
        return ()
    return checks.roster(read_lines(files.contents["units.csv"], kinds, note), kinds, note)


def _hold_campaign(campaign: _Campaign, files: _Folder) -> None:
    note = files.shapers["campaign.toml"].note
    dates = (("opens", campaign.opens), ("last_day", campaign.last_day), ("announced", campaign.announced))
    checks.check_campaign(campaign.zone, campaign.work_calendar, dates, note)
    checks.check_reminders(campaign.reminders, note)
    checks.check_kinds(campaign.kinds, note)


def _rules(
    campaign: _Campaign,
    categories: tuple[Category, ...],
    listed: tuple[Check, ...],
    phrases: Phrases,
    units: tuple[Unit, ...],
    version: str,
) -> Rules:
    return Rules(
        id=campaign.id,
        name=campaign.name,
        language=campaign.language,
        zone=campaign.zone,
        opens=campaign.opens,
        last_day=campaign.last_day,
        announced=campaign.announced,
        office=campaign.office,
        reminders=campaign.reminders,
        kinds=_kinds(campaign),
        categories=categories,
        units=units,
        checks=listed,
        phrases=phrases,
        version=version,
        work_calendar=campaign.work_calendar,
        settings=campaign.settings,
    )
