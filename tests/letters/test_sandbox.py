"""The sandbox of the templates refuses what Jinja2's own refuses, the second time as the first, and shows what that shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from jinja2 import Environment, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.letters.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as letters show them."""

    title: str
    _own: str = "secret"
    say: Any = None  # a field may hold anything

    @property
    def loud(self) -> str:
        return self.title.upper()

    @property
    def gone(self) -> str:
        raise AttributeError("gone")


class Items(dict[str, str]):
    """A dict that has attributes of its own."""

    title = "attribute"


def bearer() -> Iterator[int]:
    yield 1


FACTS: dict[str, Any] = {
    "one": Shown("甲<b>"),
    "other": Shown("{0.__class__}", say="{0.title}".format),
    "table": {"title": "item", "items": "hidden by the method", "_own": "an item may have any name", "a": {"b": "c"}},
    "items": Items(title="item", note="note"),
    "row": ["x"],
    "made": bearer,
    "run": bearer(),
    "kind": Shown,
}

ASKED = (
    "{{ one.title }}",
    "{{ one.loud }}",
    "{{ one['title'] }}",
    "{{ one.gone }}",
    "{{ one.nothing }}",
    "{{ one._own }}",
    "{{ one['_own'] }}",
    "{{ one.__class__ }}",
    "{{ one.__class__.__mro__ }}",
    "{{ one.__init__.__globals__ }}",
    "{{ one|attr('__class__') }}",
    "{{ [one]|map(attribute='__class__')|list }}",
    "{{ [one]|map(attribute='title')|list }}",
    "{{ kind.__subclasses__() }}",
    "{{ kind.title }}",
    "{{ table.title }}{{ table.a.b }}{{ table.items.title }}{{ table._own }}",
    "{{ table.nothing }}",
    "{{ table.items() | list }}",
    "{{ table.update(x=1) }}",
    "{{ table.pop('title') }}",
    "{{ table.__class__ }}",
    "{{ items.title }}{{ items.note }}",
    "{{ items.clear() }}",
    "{{ row.append(1) }}",
    "{{ row.index('x') }}",
    "{{ made.__globals__ }}",
    "{{ made.__code__ }}",
    "{{ run.gi_frame }}",
    "{{ ''.__class__ }}",
    "{{ '{0.__class__}'.format(one) }}",
    "{{ '{0.title}'.format(one) }}",
    "{{ '{0[title]}'.format(table) }}",
    "{{ '{x.__class__}'.format_map({'x': one}) }}",
    "{{ other.say(one) }}",
    "{{ other.title.format(one) }}",
    "{{ (other.title ~ '').format(one) }}",
    "{% set f = other.title.format %}{{ f(one) }}",
    "{% macro m(a) %}{{ a.__class__ }}{% endmacro %}{{ m(one) }}",
    "{% macro m(a) %}<i>{{ a.title }}{{ caller() }}</i>{% endmacro %}{% call m(one) %}{{ one.loud }}{% endcall %}",
    "{% macro m(a, b='B') %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, c=4) }}{{ m(1) }}",
    "{% macro m() %}{{ m.__class__ }}{% endmacro %}{{ m() }}",
    "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m(1) }}",
    "{% for x in row %}{{ told(x, one.title) }}{{ told.__globals__ }}{% endfor %}",
    "{% for x in row %}{{ told(x, other=one.title) }}{% endfor %}",
    "{% block b %}{% set y = 1 %}{{ told(y) }}{% endblock %}",
    "{{ self.__class__ }}",
    "{{ told.__self__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ namespace().__class__ }}",
    "{{ range(9999999) }}",
    "{{ words.letters.title }}{{ words['letters'] }}",
    "{{ words.letters.update(title='') }}",
    "{{ nobody_knows }}",
)


def told(*values: object, other: object = "") -> str:
    """A function of ours."""
    return f"<{values}{other}>"


WORDS = {"letters": {"title": "受理"}}


def jinjas_own() -> Environment:
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals |= {"words": WORDS, "told": told}
    return made


def outcome(environment: Environment, asked: str, *, escaped: bool) -> str:
    environment.autoescape = escaped
    try:
        return environment.from_string(asked).render(FACTS)
    except (TemplateError, TypeError, OverflowError) as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("escaped", [False, True])
def test_it_shows_and_refuses_what_jinjas_own_sandbox_does_however_often_it_is_asked(escaped: bool) -> None:
    ours = Sandbox({}, WORDS, {"told": told})
    for _ in range(2):
        for asked in (*ASKED, *reversed(ASKED)):
            assert outcome(ours, asked, escaped=escaped) == outcome(jinjas_own(), asked, escaped=escaped), asked


def test_most_of_what_is_asked_here_is_refused() -> None:
    ours = Sandbox({}, WORDS, {"told": told})
    refused = [asked for asked in ASKED if outcome(ours, asked, escaped=False).startswith("SecurityError")]
    assert len(refused) > 20
    assert FACTS["table"]["title"] == "item", "and nothing was changed"
    assert FACTS["row"] == ["x"]


def test_what_says_something_else_each_time_is_not_there() -> None:
    ours = Sandbox({}, WORDS, {})
    assert outcome(ours, "{{ [1, 2] | random }}", escaped=False).startswith("TemplateAssertionError")
    assert outcome(ours, "{{ lipsum() }}", escaped=False).startswith("UndefinedError")


def test_words_are_of_the_sandbox_they_were_given_to() -> None:
    first, second = (Sandbox({}, {"letters": {"title": title}}, {}) for title in ("甲", "乙"))
    asked = "{{ words.letters.title }}"
    assert [outcome(one, asked, escaped=False) for one in (first, second, first)] == ["甲", "乙", "甲"]


def test_templates_are_escaped_by_their_name() -> None:
    sources = {"a.txt": "{{ one.title }}", "a.html": "{{ one.title }}"}
    ours = Sandbox(sources, WORDS, {})
    assert [ours.get_template(name).render(FACTS) for name in sources] == ["甲<b>", "甲&lt;b&gt;"]
