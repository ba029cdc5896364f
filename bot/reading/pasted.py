"""Forms in the body of a mail itself: pasted as tables, or typed as lines of label and value."""

from dataclasses import replace

from bot.campaign import Rules
from bot.model import Form, Format, Section
from bot.reading.bodies import Body
from bot.reading.documents import read_document
from bot.reading.limits import Limits
from bot.reading.sections import sections
from bot.reading.unreadable import Unreadable
from bot.text import folded

BODY = ""
"""The path under which places in the body of the mail itself are told: no file."""

_TYPED = 20_000  # characters; a longer mail is no typed form
_FEW, _MANY = 5, 7  # values of a form under a title, and of one without
_CELLS = 5000  # of the tables in a body; forms have a hundred, advertisements laid out as tables are not worth the time


def pasted_sections(body: Body, rules: Rules, limits: Limits, defects: list[str]) -> tuple[Section, ...]:
    """The sections of the mail's HTML that hold a form or a list; forms in quoted history are old and do not count."""
    found: list[Section] = []
    said = folded("".join(body.said))
    for page in body.html:
        try:
            document = read_document(page.encode("utf-8", "replace"), Format.HTML, replace(limits, cells=_CELLS))
            found += [one for one in sections(document, BODY, rules) if _is_said(one, said)]
        except Unreadable as error:
            defects.append(f"tables of the body: {error.check}")
        except Exception as error:  # readers over hostile HTML: the words of the mail were read, this is said in the log
            defects.append(f"tables of the body: {type(error).__name__}")
    return tuple(found)


def typed_sections(words: str, rules: Rules, limits: Limits) -> tuple[Section, ...]:
    """The forms that are typed into a mail's own words, a label and a value a line.

    A covering mail names people and numbers too: only a form that names its nominee, with its title and some more values or
    with many of them, is one.
    """
    lines = words.splitlines()
    if len(words) > _TYPED or sum("：" in line or ":" in line for line in lines) < _FEW:
        return ()
    document = read_document(words.encode("utf-8", "replace"), Format.TEXT, limits)
    return tuple(one for one in sections(document, BODY, rules) if one.form is not None and _is_whole(one.form, rules))


def _is_whole(form: Form, rules: Rules) -> bool:
    filled = {field.name for field in form.fields if field.value}
    named = any(category.nominee in filled for category in rules.categories)
    return named and len(filled) >= (_FEW if form.titled else _MANY)


def _is_said(section: Section, said: str) -> bool:
    """Whether a form or list has values, and at least half of them stand in what the sender says now."""
    values = [field.value for field in section.form.fields] if section.form else [cell for row in section.rows for cell in row]
    filled = [word for word in (folded(value) for value in values) if word]
    return bool(filled) and 2 * sum(word in said for word in filled) >= len(filled)
