"""Rendering: wording and values become subject, text and HTML of a letter (Jinja2, sandboxed, nothing left undefined)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, Template, TemplateError

from bot.letters.lines import file_name, file_size, inner, iso_date, one_line, plain_lines
from bot.letters.remembered import Remembered, known_by
from bot.letters.sandbox import Sandbox
from bot.model import Fact, Finding, Letter

PARTS = ("subject.txt", "body.txt", "body.html")
"""What every folder `letters/<letter>/` holds."""

FINDING_PARTS = ("title", "wrong", "mend")
"""What `words/findings.toml` says of each finding: its name, what is wrong, what to write or send instead."""

LONGEST_SUBJECT = 110
"""Characters; webmail shows about forty, but the number and unit come first."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter in words. Text and HTML say the same."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class FindingWords:
    """A finding in words."""

    title: str
    wrong: str
    mend: str
    where: str  # “《推荐表.docx》表1第3行第2列‘联系电话’”; empty when it stands nowhere in particular


class WordingError(Exception):
    """The wording cannot be used; `problems` names template or key of everything that is wrong."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class Wording:
    """All templates and words of one language. `sources`: path to template text; `words`: file stem to its tables."""

    def __init__(self, sources: Mapping[str, str], words: Mapping[str, Any]) -> None:
        self.words = words
        self._environment = Sandbox(sources, words, {"say": self.finding, "tell": self.sentence})
        self._environment.filters |= {
            "line": one_line,
            "file": file_name,
            "size": file_size,
            "isodate": iso_date,
            "inner": inner,
        }
        self._patterns: dict[str, Template] = {}
        self._findings: Remembered[FindingWords] = Remembered()
        self._sentences: Remembered[str] = Remembered()

    def render(self, letter: Letter, facts: Mapping[str, object]) -> Rendered:
        """One letter; raises `WordingError` when a template asks for what is not there."""
        try:
            subject, text, html = (self._environment.get_template(f"letters/{letter}/{p}").render(facts) for p in PARTS)
        except TemplateError as error:
            raise WordingError((f"letters/{letter}: {type(error).__name__}: {error}",)) from error
        return Rendered(one_line(subject, LONGEST_SUBJECT), _tidy_text(text), _tidy_html(html))

    def written(self, subject: str, text: str, campaign: str) -> Rendered:
        """A letter in a person's own words: its HTML says what the text says, block by block."""
        subject, text = one_line(subject, LONGEST_SUBJECT), _tidy_text(plain_lines(text))
        blocks = tuple(tuple(block.splitlines()) for block in text.strip().split("\n\n"))
        page = self._environment.get_template("letters/_shared/written.html")
        html = page.render({"subject": subject, "blocks": blocks, "campaign": campaign})
        return Rendered(subject, text, _tidy_html(html))

    def finding(self, finding: Finding) -> FindingWords:
        """A finding in words, its facts filled in; a fact that is absent leaves its half-sentence out."""
        known = id(finding)
        return self._findings.get(known) or self._findings.keep(known, self._finding(finding), finding)

    def _finding(self, finding: Finding) -> FindingWords:
        values = _finding_values(finding)
        values["where"] = where = self.phrase("places", "where", values)
        entry = self.words["findings"][finding.check]
        title, wrong, mend = (self._fill(str(entry[part]), values) for part in FINDING_PARTS)
        return FindingWords(title, wrong, mend, where)

    def title(self, finding: Finding) -> str:
        """What a finding is called: for lists of thousands, which tell the place in a column of its own or not at all."""
        return self._fill(str(self.words["findings"][finding.check]["title"]), _finding_values(finding) | {"where": ""})

    def phrase(self, group: str, key: str, values: Mapping[str, object]) -> str:
        """A pattern of `words/<group>.toml` filled with values."""
        return self._fill(str(self.words[group][key]), values)

    def sentence(self, key: str, **values: object) -> str:
        """A sentence of `words/letters.toml`, `[sentences]`: what text and HTML both say, they say in the same words.

        It gives plain text, which an HTML template escapes; a macro of a text template called from HTML would not be escaped.
        """
        known = known_by(key, values)
        if known is not None and (said := self._sentences.get(known)) is not None:
            return said
        said = self._fill(str(self.words["letters"]["sentences"][key]), values)
        return said if known is None else self._sentences.keep(known, said, values)

    def _fill(self, pattern: str, values: Mapping[str, object]) -> str:
        if "{" not in pattern:
            return pattern
        if pattern not in self._patterns:
            self._patterns[pattern] = self._environment.from_string(pattern)
        return one_line(self._patterns[pattern].render(values), 2000)

    @property
    def environment(self) -> Environment:
        """The environment of the templates, for the check before a start."""
        return self._environment


def _finding_values(finding: Finding) -> dict[str, object]:
    values: dict[str, object] = {name: _shown(fact) for name, fact in finding.facts.items()}
    place = finding.place
    file = finding.file or (place.file if place else "")
    values |= {"check": finding.check, "field": one_line(finding.field or "", 40), "file": file_name(file)}
    for name in ("page", "sheet", "table", "row", "column", "paragraph"):
        value = getattr(place, name) if place else None
        values[name] = one_line(value, 40) if isinstance(value, str) else value
    return values


def _shown(fact: Fact) -> Fact:
    if isinstance(fact, str):
        return one_line(fact)
    return tuple(one_line(item) for item in fact) if isinstance(fact, tuple) else fact


def _tidy_text(text: str) -> str:
    """Trailing spaces and runs of empty lines, which templates leave behind, removed; one newline at the end."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip() + "\n"


def _tidy_html(html: str) -> str:
    """Indentation and empty lines removed: they mean nothing and double the size."""
    return "\n".join(line.strip() for line in html.splitlines() if line.strip()) + "\n"
