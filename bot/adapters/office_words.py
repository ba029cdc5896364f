"""Reads the office's words (`words/office.toml`): names of sheets, columns, states, outcomes; wording only, never a rule."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

Words = Mapping[str, Mapping[str, str]]
"""Table name to key to wording."""


class WordsError(Exception):
    """The wording cannot be read; `problems` names file and key of everything that is wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def load_office_words(folders: Sequence[Path]) -> Words:
    """The words of the first of these template folders that has some; `WordsError` when none has or they are broken."""
    for folder in folders:
        file = folder / "words" / "office.toml"
        if file.is_file():
            return _read(file)
    raise WordsError([f"words/office.toml: not found in {', '.join(str(folder) for folder in folders)}"])


def _read(file: Path) -> Words:
    """The tables of one file."""
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WordsError([f"{file}: {error}"]) from error
    problems = [
        f"{file}: {table}: must be a table of texts"
        for table, entries in tables.items()
        if not isinstance(entries, dict) or not all(isinstance(text, str) for text in entries.values())
    ]
    if problems:
        raise WordsError(problems)
    return tables
