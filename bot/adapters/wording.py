"""Loads the wording: templates and words of the operator, of the campaign, and those that come with shouli, in that order."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.campaign import Rules
from bot.letters import completeness
from bot.letters.render import Wording, WordingError

LARGEST = 512 * 1024
"""Bytes of one template or word file; none of ours reaches a twentieth of it."""


ANY_LANGUAGE = "{# any language #}"
"""First line of a template that says nothing by itself: all its words come from `words/`, so it serves every language."""


def load_wording(rules: Rules, campaign: Path | None, shipped: Path, own: Path | None = None) -> Wording:
    """The wording for these rules; `campaign`, `shipped` and `own` are template folders that may be absent.

    What is in `own` goes before the campaign's, that before the shipped; words are overridden key by key. A campaign in another
    language gets of the shipped only the templates for any language, and must bring its own words: half a letter in the wrong
    language is worse than a clear error.
    Raises `WordingError` with everything that is missing or broken.
    """
    folders = [folder for folder in (shipped, campaign, own) if folder is not None and folder.is_dir()]
    problems: list[str] = []
    sources: dict[str, str] = {}
    words: dict[str, Any] = {}
    for folder in folders:
        found = _words(folder, problems)
        templates = _sources(folder, problems)
        if folder == shipped and not _speaks(found, rules.language):
            sources |= {name: text for name, text in templates.items() if text.startswith(ANY_LANGUAGE)}
            continue
        _lay_over(words, found)
        sources |= templates
    wording = Wording(sources, words)
    if problems or (problems := list(completeness.problems(wording))):
        raise WordingError(tuple(problems))
    return wording


def _speaks(words: Mapping[str, Any], language: str) -> bool:
    """Whether words are of a language, by its first subtag (BCP 47): zh-CN and zh-Hans both are zh."""
    own = str(words.get("letters", {}).get("language", ""))
    return own.split("-", maxsplit=1)[0].lower() == language.split("-", maxsplit=1)[0].lower()


def _sources(folder: Path, problems: list[str]) -> dict[str, str]:
    files = sorted(path for path in (folder / "letters").rglob("*") if path.suffix in (".txt", ".html") and path.is_file())
    return {path.relative_to(folder).as_posix(): _text(path, problems) for path in files}


def _words(folder: Path, problems: list[str]) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for path in sorted((folder / "words").glob("*.toml")):
        try:
            words[path.stem] = tomllib.loads(_text(path, problems))
        except tomllib.TOMLDecodeError as error:
            problems.append(f"{path}: {error}")
    return words


def _text(path: Path, problems: list[str]) -> str:
    try:
        if path.stat().st_size > LARGEST:
            problems.append(f"{path}: larger than {LARGEST // 1024} KB, no wording is")
            return ""
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{path}: cannot be read as UTF-8: {error}")
        return ""


def _lay_over(below: dict[str, Any], above: Mapping[str, Any]) -> None:
    """Put tables over tables, key by key, so that an operator may change one sentence."""
    for key, value in above.items():
        if isinstance(value, Mapping) and isinstance(below.get(key), dict):
            _lay_over(below[key], value)
        else:
            below[key] = value
