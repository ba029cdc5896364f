"""Whether a wording is complete: every letter has its templates, every template and pattern the words it asks for."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, TemplateError, nodes

from bot.letters.card import Part
from bot.letters.render import FINDING_PARTS, PARTS, Wording
from bot.letters.views import Tone
from bot.model import SEVERITIES, Filing, Letter, Role, State, Trouble

ENUMERATED: Mapping[str, tuple[str, ...]] = {
    "state": tuple(State),
    "role": tuple(Role),
    "tone": tuple(Tone),
    "part": tuple(Part),
    "filing": tuple(Filing),
    "trouble": tuple(Trouble),
}
"""Tables of `words/letters.toml` that are asked for by a value; each value needs its word."""


ENCLOSURES = (
    "copy_name",
    *(f"sheet_{part}" for part in ("name", "title", "to", "from", "number", "category", "nominee", "code", "check", "sender")),
    *(f"sheet_{part}" for part in ("font", "latin_font")),
    *(f"calendar_{part}" for part in ("name", "last_day", "last_day_more", "announced", "announced_more")),
)
"""Keys of `words/enclosures.toml`."""


_DEEDS = (
    *("paper", "admit", "refuse", "extend", "pause", "resume", "checked", "settle", "redo", "send", "keep"),
    *("shortlist", "select", "pass_over"),
)
_WHY_NOT = (
    *("unclear", "nothing", "too-many", "does-not-fit", "not-listed", "no-such-option", "no-day", "unit-unknown"),
    *("unit-wanted", "day-out-of-reach", "no-such-nomination", "no-such-mail", "no-such-letter", "nothing-waits"),
    *("not-live", "no-reason", "no-hint", "not-reviewed", "mail-done", "letter-done", "not-possible"),
    *("no-code", "wrong-code", "old-code"),
)
_REFUSED = ("unlisted", "refuted", "unproven", "no-code", "wrong-code", "old-code", "braked", "repeated")
ORDERS = (
    *(f"{part}_{deed}" for part in ("deed", "done") for deed in _DEEDS),
    *(f"about_{kind}" for kind in ("nomination", "mail", "letter", "campaign")),
    *(f"why_{why}" for why in _WHY_NOT),
    *(f"refused_{why}" for why in _REFUSED),
    *("option", "separator", "parted", "not_done", "title", "subject", "opening", "opening_none", "head_done", "head_left"),
    *("automatic", "decision_title", "decision_subject", "decision_subject_one", "decision_subject_many"),
    *("decision_subject_time", "decision_opening", "decision_admit", "decision_refuse", "decision_refuse_version"),
    *("decision_extend", "decision_extend_one", "decision_again", "decision_head", "decision_ask", "code", "code_until"),
    *("stop", "head", "how", "how_choose", "how_words", "how_answer", "refused", "refused_part", "paused"),
)
"""Keys of `words/orders.toml`."""


_GRAMMAR: Environment = Wording({}, {}).environment
"""What is a template, and which filters there are: alike in every wording."""


def problems(wording: Wording) -> tuple[str, ...]:
    """Everything that is missing or is no template, one line each: template or file, key, what is wrong."""
    return tuple(
        dict.fromkeys(
            (*_missing_templates(wording), *_template_problems(wording), *_finding_problems(wording), *_words(wording))
        )
    )


def _missing_templates(wording: Wording) -> Iterator[str]:
    names = set(wording.environment.list_templates())
    yield from (f"letters/{x}/{p}: missing" for x in Letter for p in PARTS if f"letters/{x}/{p}" not in names)


def _template_problems(wording: Wording) -> Iterator[str]:
    """Templates that do not parse, and sentences and words that they name but nobody wrote."""
    loader = wording.environment.loader
    for name in sorted(wording.environment.list_templates()):
        try:
            source = loader.get_source(wording.environment, name)[0] if loader else ""
            yield from (f"{name}: asks for {key}, which is missing" for key in _missing(wording, source))
        except TemplateError as error:
            yield f"{name}: {error}"


def _finding_problems(wording: Wording) -> Iterator[str]:
    findings = wording.words.get("findings", {})
    for check in SEVERITIES:
        for part in FINDING_PARTS:
            text = findings.get(check, {}).get(part)
            yield from _pattern(wording, f"words/findings.toml: {check}.{part}", text)


def _words(wording: Wording) -> Iterator[str]:
    letters = wording.words.get("letters", {})
    for table, values in ENUMERATED.items():
        yield from (f"words/letters.toml: {table}.{v}: missing" for v in values if v not in letters.get(table, {}))
    sentences = letters.get("sentences", {})
    asked = [f"alert_{what}" for what in Trouble]
    asked += [f"alert_over_{what}" for what in Trouble if what is not Trouble.SUSPECT]  # a letter that waits is not over
    yield from (f"words/letters.toml: sentences.{key}: missing" for key in asked if key not in sentences)
    for key, text in sentences.items():
        yield from _pattern(wording, f"words/letters.toml: sentences.{key}", text)
    enclosures = wording.words.get("enclosures", {})
    for key in ENCLOSURES:
        yield from _pattern(wording, f"words/enclosures.toml: {key}", enclosures.get(key))
    orders = wording.words.get("orders", {})
    for key in ORDERS:
        yield from _pattern(wording, f"words/orders.toml: {key}", orders.get(key))
    yield from _pattern(wording, "words/places.toml: where", wording.words.get("places", {}).get("where"))


def _pattern(wording: Wording, where: str, text: object) -> Iterator[str]:
    if not isinstance(text, str) or not text:
        yield f"{where}: missing"
        return
    try:
        yield from (f"{where}: asks for {key}, which is missing" for key in _missing(wording, text))
    except TemplateError as error:
        yield f"{where}: {error}"


def _missing(wording: Wording, source: str) -> list[str]:
    """The sentences and words that a template names but nobody wrote; raises when it is no template."""
    return sorted(key for key in _asked(source) if not _there(wording.words, key))


@lru_cache(maxsize=2048)
def _asked(source: str) -> frozenset[str]:
    """The sentences and words that a template names, whatever they say: looked at once, however often wording is loaded."""
    tree = _GRAMMAR.parse(source)
    _GRAMMAR.compile(tree, raw=True)  # unknown filters show only here
    return frozenset((*(f"letters.sentences.{key}" for key in _told(tree)), *_named(tree)))


def _told(tree: nodes.Template) -> Iterator[str]:
    for call in tree.find_all(nodes.Call):
        key = call.args[0] if call.args else None
        if isinstance(call.node, nodes.Name) and call.node.name == "tell" and isinstance(key, nodes.Const):
            yield str(key.value)


def _named(tree: nodes.Template) -> Iterator[str]:
    """Whole chains like `words.letters.head.next`; what is looked up by a value is among the enumerated."""
    for node in tree.find_all(nodes.Getattr):
        chain, inner = [node.attr], node.node
        while isinstance(inner, nodes.Getattr):
            chain, inner = [inner.attr, *chain], inner.node
        if isinstance(inner, nodes.Name) and inner.name == "words":
            yield ".".join(chain)


def _there(words: Mapping[str, Any], key: str) -> bool:
    found: Any = words
    for name in key.split("."):
        if not isinstance(found, Mapping) or name not in found:
            return False
        found = found[name]
    return True
