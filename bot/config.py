"""Reading the settings: one commented TOML file, secrets from outside; every error is reported at once, with what to write."""

import dataclasses
import json
import os
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args, get_origin, get_type_hints

from bot.adapters.secrets import Secrets, found
from bot.settings import DAY, Config

__all__ = ["Config", "ConfigError", "load_config", "starting_file"]

SECRETS = {
    "SHOULI_MAILBOX_PASSWORD": ("mailbox", "password"),
    "SHOULI_COURIER_PASSWORD": ("courier", "password"),
    "SHOULI_LEDGER_URL": ("ledger", "url"),
    "SHOULI_OAUTH2_REFRESH_TOKEN": ("oauth2", "refresh_token"),
    "SHOULI_OAUTH2_CLIENT_SECRET": ("oauth2", "client_secret"),
}
"""Secrets that fill a setting, by the name under which they are sought (`bot/adapters/secrets.py`)."""


class ConfigError(Exception):
    """The configuration cannot be used; `problems` says for each error where and what to write instead."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


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
    except PermissionError as error:
        problems.append(f"{path}: cannot be read ({error.strerror}); let the user shouli runs as read it: chgrp, chmod 0640")
    except OSError as error:
        problems.append(f"{path}: cannot be read ({error.strerror}); `shouli init` writes a starting file")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path}: is not TOML in UTF-8: {error}")
    return {}


def _secrets(table: dict[str, Any], environment: Mapping[str, str], problems: list[str]) -> None:
    """Secrets from outside go before those of the file."""
    section = table.get("secrets")
    keyring = section.get("keyring") if isinstance(section, dict) else None
    values, wrong = found(Secrets(environment, keyring if isinstance(keyring, str) else ""), SECRETS)
    problems += wrong
    for name, value in values.items():
        into, key = SECRETS[name]
        if isinstance(table.setdefault(into, {}), dict):
            table[into][key] = value


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
