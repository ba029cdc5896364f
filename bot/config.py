"""Settings: one commented TOML file, secrets from the environment; every error is reported at once, with what to write instead.

Each setting is one dataclass field: its metadata holds the comment that `shouli init` writes.
"""

import dataclasses
import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args, get_origin, get_type_hints

from bot.reading.limits import Limits

SECRETS = {
    "SHOULI_MAILBOX_PASSWORD": ("mailbox", "password"),
    "SHOULI_COURIER_PASSWORD": ("courier", "password"),
    "SHOULI_LEDGER_URL": ("ledger", "url"),
}
"""Environment variables that fill a setting; with `_FILE` appended they name a file that holds the value."""

DAY = ("YYYY-MM-DD",)
"""In place of allowed words: the setting is a day, or empty."""

SECURITY = ("tls", "starttls", "none")


class ConfigError(Exception):
    """The configuration cannot be used; `problems` says for each error where and what to write instead."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def setting(default: Any, comment: str, one_of: tuple[str, ...] = (), *, secret: bool = False) -> Any:
    """A dataclass field that is a setting: default, comment for the starting file, allowed words; secrets show nowhere."""
    about = {"comment": comment, "one_of": one_of}
    if isinstance(default, list):
        return field(default_factory=lambda: tuple(default), metadata=about)
    return field(default=default, metadata=about, repr=not secret)


@dataclass(frozen=True, slots=True)
class CampaignSettings:
    """Which campaign."""

    rules: str = setting("", "Folder of the campaign's rules; empty: the rules for 3x100-2021 that come with shouli.")
    templates: str = setting(
        "", "Folder of your own wording; what is not in it comes from the campaign's and shouli's own templates."
    )


@dataclass(frozen=True, slots=True)
class StateSettings:
    """Where a run keeps what it makes."""

    folder: str = setting("state", "Ledger, original mails, exports, lock; made with mode 0700. Relative to this file.")


@dataclass(frozen=True, slots=True)
class LedgerSettings:
    """The database."""

    url: str = setting(
        "",
        "Empty: SQLite in the state folder. Else postgresql+psycopg://user@host/name; with a password: SHOULI_LEDGER_URL.",
        secret=True,
    )


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """Where mail comes from."""

    kind: str = setting("imap", "imap or maildir.", ("imap", "maildir"))
    host: str = setting("imap.126.com", "IMAP server.")
    port: int = setting(993, "Its port.")
    security: str = setting("tls", "tls, starttls or none (none: only for a server on this machine).", SECURITY)
    user: str = setting("", "Login name: the whole address at 126.com.")
    password: str = setting(
        "", "Leave empty: SHOULI_MAILBOX_PASSWORD or SHOULI_MAILBOX_PASSWORD_FILE. At 126.com the 授权码.", secret=True
    )
    ca_file: str = setting("", "Certificates (PEM) to trust instead of the system's; empty: the system's.")
    folder: str = setting("INBOX", "The folder that is read; its flags are never touched.")
    path: str = setting("", "For kind = maildir: the Maildir. Relative to this file.")
    timeout_seconds: int = setting(60, "A server that says nothing for so long is given up until the next round.")
    since: str = setting(
        "", "Mails that arrived before this day (2021-11-01) are passed over; empty: a month before the campaign opens.", DAY
    )
    largest_mb: int = setting(60, "Larger mails are recorded and answered but not fetched whole (MiB).")
    batch: int = setting(50, "Mails fetched at a time.")


@dataclass(frozen=True, slots=True)
class CourierSettings:
    """Where letters go."""

    kind: str = setting(
        "smtp", "smtp or folder (letters are written as .eml into a folder, nothing is sent).", ("smtp", "folder")
    )
    host: str = setting("smtp.126.com", "SMTP server.")
    port: int = setting(465, "Its port.")
    security: str = setting("tls", "tls, starttls or none (none: only for a server on this machine).", SECURITY)
    user: str = setting("", "Login name; empty: no login.")
    password: str = setting("", "Leave empty: SHOULI_COURIER_PASSWORD or SHOULI_COURIER_PASSWORD_FILE.", secret=True)
    ca_file: str = setting("", "Certificates (PEM) to trust instead of the system's; empty: the system's.")
    address: str = setting("", "From address of our letters; empty: the mailbox's user if an address, else the rules' mailbox.")
    path: str = setting("", "For kind = folder: where the letters go. Relative to this file.")
    timeout_seconds: int = setting(60, "A server that says nothing for so long is given up; the letter is tried again.")
    minute_budget: int = setting(
        0, "Letters within a minute at the most; 0: as the server's house bears it (10 at 126.com and 163.com)."
    )
    day_budget: int = setting(
        800, "Letters a day at the most; 126.com blocks accounts that send more. The rest goes out the next day."
    )


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """How mails are answered."""

    quiet_seconds: int = setting(30, "An answer waits until no further mail from the same address has come for so long.")
    window_minutes: int = setting(10, "Mails from one address within this time after an answer share the next one.")
    review_letters: bool = setting(False, "true: letters wait until a person releases them.")
    do_not_reply: tuple[str, ...] = setting([], "Addresses that never get a letter.")


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """The office's own mail."""

    digest_to: tuple[str, ...] = setting([], "Where the daily digest goes; empty: the addresses in the rules.")


@dataclass(frozen=True, slots=True)
class OperatorSettings:
    """Who keeps the program running, and when they are alerted."""

    alert_to: tuple[str, ...] = setting([], "Where alerts go; empty: where the digest goes.")
    alert_minutes: int = setting(
        30, "One alert when polling, sending or the work between has failed for so many minutes, and one when it is over."
    )


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """The scheduled worker."""

    poll_seconds: int = setting(20, "Time between two rounds.")
    readers: int = setting(2, "Processes that read mails side by side; one a core is enough.")
    office: str = setting(
        "soffice", "LibreOffice, where it is installed: a second try at documents that cannot be read; empty: never."
    )
    ocr: bool = setting(True, "true: where the extra `ocr` is installed, scans are read in the background, after the receipt.")
    log: str = setting("text", "text or json, on standard error.", ("text", "json"))


@dataclass(frozen=True, slots=True)
class Config:
    """All settings. Paths are absolute or relative to `base`, the folder of the configuration file."""

    campaign: CampaignSettings = field(default_factory=CampaignSettings)
    state: StateSettings = field(default_factory=StateSettings)
    ledger: LedgerSettings = field(default_factory=LedgerSettings)
    mailbox: MailboxSettings = field(default_factory=MailboxSettings)
    courier: CourierSettings = field(default_factory=CourierSettings)
    answers: AnswerSettings = field(default_factory=AnswerSettings)
    office: OfficeSettings = field(default_factory=OfficeSettings)
    operator: OperatorSettings = field(default_factory=OperatorSettings)
    worker: WorkerSettings = field(default_factory=WorkerSettings)
    limits: Limits = field(default_factory=Limits)
    base: Path = field(default_factory=Path)

    def path(self, text: str) -> Path:
        """A path of the configuration, relative ones from the folder of its file."""
        return self.base / Path(text).expanduser()

    @property
    def state_folder(self) -> Path:
        """Where everything a run makes lies."""
        return self.path(self.state.folder)


def load_config(path: Path | None, environment: Mapping[str, str] | None = None) -> Config:
    """Read the file (None: defaults only) and the environment; ConfigError with all problems together."""
    problems: list[str] = []
    table = _read(path, problems)
    _secrets(table, os.environ if environment is None else environment, problems)
    known = {f.name: f for f in dataclasses.fields(Config) if f.name != "base"}
    problems += [
        f"{_where(path)}: [{name}]: no such section; there are {', '.join(known)}" for name in table if name not in known
    ]
    sections: dict[str, Any] = {}
    for name, spec in known.items():
        sections[name] = _section(cast(type, spec.default_factory), name, table.get(name, {}), _where(path), problems)
    if problems:
        raise ConfigError(tuple(problems))
    return Config(**sections, base=path.resolve().parent if path else Path.cwd())


def _where(path: Path | None) -> str:
    return path.name if path else "environment"


def _read(path: Path | None, problems: list[str]) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        problems.append(f"{path}: cannot be read ({error.strerror}); `shouli init` writes a starting file")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path}: is not TOML in UTF-8: {error}")
    return {}


def _secrets(table: dict[str, Any], environment: Mapping[str, str], problems: list[str]) -> None:
    for name, (section, key) in SECRETS.items():
        value = environment.get(name)
        if file := environment.get(f"{name}_FILE"):
            try:
                value = Path(file).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                problems.append(f"environment: {name}_FILE: cannot be read: {type(error).__name__}")
        if value and isinstance(table.setdefault(section, {}), dict):
            table[section][key] = value


def _section(made_by: type, name: str, given: Any, where: str, problems: list[str]) -> Any:
    """One section from its table; unknown keys, wrong types and words that are not allowed are problems."""
    if not isinstance(given, dict):
        problems.append(f"{where}: {name}: write [{name}] as a section with keys below it")
        return made_by()
    types, specs = get_type_hints(made_by), {f.name: f for f in dataclasses.fields(made_by)}
    problems += [f"{where}: {name}.{key}: no such setting; there are {', '.join(specs)}" for key in given if key not in specs]
    values: dict[str, Any] = {}
    for key, spec in specs.items():
        if key in given and (value := _value(given[key], types[key], spec.metadata.get("one_of", ()))) is not None:
            values[key] = value
        elif key in given:
            problems.append(f"{where}: {name}.{key}: write {_wanted(types[key], spec.metadata.get('one_of', ()))}")
    return made_by(**values)


def _value(given: Any, kind: Any, one_of: tuple[str, ...]) -> Any:
    """The value in the setting's type, or None when it does not fit."""
    if get_origin(kind) is tuple:
        good = isinstance(given, list) and all(isinstance(item, get_args(kind)[0]) for item in given)
        return tuple(given) if good else None
    if kind is float and isinstance(given, int) and not isinstance(given, bool):
        given = float(given)
    if type(given) is not kind or (kind in (int, float) and given < 0):
        return None
    fits = _is_day(given) if one_of == DAY else not one_of or given in one_of
    return given if fits else None


def _is_day(text: str) -> bool:
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _wanted(kind: Any, one_of: tuple[str, ...]) -> str:
    if one_of == DAY:
        return 'a day such as "2021-11-01", or ""'
    if one_of:
        return "one of " + ", ".join(f'"{word}"' for word in one_of)
    names = {str: "a text in quotes", int: "a whole number, 0 or more", float: "a number, 0 or more", bool: "true or false"}
    return names.get(kind, 'a list of texts, such as [] or ["a@b.cn"]')


def starting_file(config: Config | None = None) -> str:
    """Every setting with its comment, as TOML: the defaults that `shouli init` writes, or those of `config` without secrets."""
    words = "Every line below is a default; change what you need." if config is None else "Passwords are not in this file."
    parts = [f"# shouli: settings. {words}\n"]
    for section in dataclasses.fields(Config):
        if section.name == "base":
            continue
        values = getattr(config or Config(), section.name)
        about = (type(values).__doc__ or "").strip().splitlines()[0]
        parts.append(f"\n# {about}\n[{section.name}]\n")
        for spec in dataclasses.fields(values):
            comment = spec.metadata.get("comment", "")
            value = getattr(values, spec.name) if spec.repr else ""
            parts.append((f"# {comment}\n" if comment else "") + f"{spec.name} = {_toml(value)}\n")
    return "".join(parts)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    # What JSON escapes in a text, TOML reads; it wants one character more escaped than JSON does.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f") if isinstance(value, str) else str(value)
