"""Whether the office's wording is complete: every word that workbook, blank forms and digest ask for is there."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import TemplateError

from bot.adapters import workbook_lists as lists
from bot.adapters import workbook_streams as streams
from bot.adapters.workbook_words import OfficeWords
from bot.campaign import Rules
from bot.letters.render import PARTS, Wording
from bot.model import Letter, OutboxState, Outcome, State
from bot.text import folded

_PLAIN: Mapping[str, tuple[str, ...]] = {
    "form": (
        *("annex", "file", "seal", "date", "required", "note", "separator"),
        *(f"{font}_font{other}" for font in ("title", "label", "text", "latin") for other in ("", "_else")),
    ),
    "book": (
        *("file", "font", "moment", "day", "short_day", "percent", "page", "many", "version", "yes", "no", "shown"),
        *("not_shown", "sent_back", "total", "none", "from_mail", "arrow", "pair", "empty", "separator"),
    ),
    "sheets": ("overview", "ledger", "progress", "defects", "waiting", "papers", "mails", "changes", "basis"),
    "states": tuple(State),
    "outcomes": (*Outcome, "new"),
    "letters": tuple(Letter),
    "outbox": tuple(OutboxState),
    "directions": ("in", "out"),
    "standings": ("silent", "mending", "deciding", "partial", "full"),
    "events": ("other", "nomination", "mail", "letter"),
    "facts": (),
    "overview": (
        *("item", "count", "unhandled", "as_of", "deadline", "by_category", "by_kind", "by_day", "by_unit", "kind", "units"),
        *("reported", "silent", "waiting_mails", "papers", "papers_in", "papers_due", "day", "arrived", "other", "free"),
        *("chart_category", "chart_unit", "chart_day"),
    ),
    "waiting": (
        *("mail_what", "nomination_what", "letter_what"),
        *(
            f"{reason}{end}"
            for reason in (
                *(
                    "mail_failed",
                    "mail_command",
                    "mail_held",
                    "mail_order",
                    "held",
                    "late",
                    "over-quota",
                    "alike",
                    "versions-differ",
                ),
                *("letter_waiting", "letter_failed"),
            )
            for end in ("", "_choice")
        ),
    ),
}
"""Tables of `words/office.toml` with the keys that are asked for, besides the headings of columns."""

_BY_VALUE = (
    *(f"waiting_{what}" for what in ("mail", "nomination", "letter")),
    *(f"deadline_{what}" for what in ("reminders", "last_day", "papers", "announced")),
    *("came_part", "choice", "precedence", "escalated", "bounce", "bounce_delayed", "bounce_unknown"),
)
"""Sentences of the digest that no template names in full."""


def office_problems(wording: Wording, rules: Rules) -> tuple[str, ...]:
    """Everything that is missing or no template, one line each; looks at no other words than the office's."""
    return (*_office(wording, rules), *_digest(wording))


def _office(wording: Wording, rules: Rules) -> Iterator[str]:
    """Words that are looked up in `words/office.toml`."""
    tables: Mapping[str, Any] = wording.words.get("office", {})
    columns = {column.key for of in (lists.LEDGER, lists.DEFECTS, lists.WAITING, lists.PAPERS) for column in of}
    columns |= {column.key for of in (streams.MAILS, streams.CHANGES) for column in of} | {"quota", "live"}
    for table, keys in {**_PLAIN, "columns": tuple(sorted(columns))}.items():
        found = tables.get(table)
        if not isinstance(found, Mapping):
            yield f"words/office.toml: [{table}]: missing"
            continue
        yield from (f"words/office.toml: {table}.{key}: missing" for key in keys if not isinstance(found.get(key), str))
    yield from _places(tables.get("form", {}), rules)
    if isinstance(tables.get("columns"), Mapping):
        try:
            plain = [column.key for column in lists.progress_columns(OfficeWords(rules, wording)) if not column.heading]
            yield from (f"words/office.toml: columns.{key}: missing" for key in plain if key not in tables["columns"])
        except KeyError as error:
            yield f"words/office.toml: columns.{error.args[0]}: missing"


def _places(form: Mapping[str, Any], rules: Rules) -> Iterator[str]:
    """Words that the blank form prints into cells of values: the reader must know them as empty."""
    empty = {folded(text) for text in rules.phrases.empty_values}
    for key in ("seal", "date"):
        text = form.get(key)
        if isinstance(text, str) and folded(text) not in empty:
            yield (
                f"words/office.toml: form.{key}: “{text}” is not among empty_values in mail.toml;"
                " a blank form would count as filled in"
            )


def _digest(wording: Wording) -> Iterator[str]:
    """Sentences that the digest's templates put, and whether each is a template."""
    sentences: Mapping[str, Any] = wording.words.get("digest", {})
    asked = set(_BY_VALUE)
    loader = wording.environment.loader
    for part in PARTS:
        name = f"letters/{Letter.DIGEST}/{part}"
        if loader and name in loader.list_templates():
            asked |= set(re.findall(r"put\('(\w+)'[,)]", loader.get_source(wording.environment, name)[0]))
    yield from (f"words/digest.toml: {key}: missing" for key in sorted(asked) if not isinstance(sentences.get(key), str))
    for key, text in sentences.items():
        try:
            wording.environment.from_string(str(text))
        except TemplateError as error:
            yield f"words/digest.toml: {key}: {error}"
