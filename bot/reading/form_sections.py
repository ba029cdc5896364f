"""Sections of forms: which title a form has, which categories it names, and what it says in the lines around its tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.length import count
from bot.model import Section
from bot.reading.answers import ticked
from bot.reading.form_lines import Line, line_finds
from bot.reading.forms import Find, make_form
from bot.reading.labels import Lexicon
from bot.reading.pairs import pairs
from bot.reading.titles import TITLE_LONGEST, TitleWords, is_annex

_LEAD = 8  # lines of a form without a table that may be its title


@dataclass(slots=True)
class OpenForm:
    """A form that is being put together: lines above it, its tables, lines below."""

    lead: list[Line]
    above: list[Find]  # in the lines above it
    finds: list[Find] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    nominees: set[str] = field(default_factory=set)
    materials: list[str] = field(default_factory=list)  # written into the form itself
    chosen: list[str] = field(default_factory=list)  # what is ticked or stands beside labels that are no field


def is_answered(find: Find, finds: Sequence[Find], lexicon: Lexicon) -> bool:
    """Whether some find has a value for what this one asks."""
    return any(find.label.asks_the_same(other.label) and not lexicon.is_empty(other.text) for other in finds)


class FormSections:
    """Makes the sections of one document's forms; `margins` are the lines of its headers and footers."""

    def __init__(self, lexicon: Lexicon, words: TitleWords, margins: tuple[str, ...]) -> None:
        self._lexicon = lexicon
        self._words = words
        self._margins = margins

    def of(self, form: OpenForm) -> Iterator[Section]:
        """The section of a form, and one for each material written into it."""
        titles = [line.text for line in form.lead if not line_finds(line, self._lexicon)] + form.titles
        texts = [line.text for line in form.lead] + form.texts
        # Whom to ask about the form may stand above it; the form itself outweighs that.
        finds = [find for find in form.above if not is_answered(find, form.finds, self._lexicon)] + form.finds
        yield self._section(titles, finds, texts, [*self._choices(form.lead), *form.chosen])
        for text in form.materials:
            first = text.partition("\n")[0]
            yield Section(first if len(first) <= TITLE_LONGEST else "", text, count(text))

    def of_lines(self, lines: Sequence[Line], finds: Sequence[Find]) -> Section:
        """The section of a form in running text; its title stands above the first field."""
        titles = [line.text for line in lines if not line_finds(line, self._lexicon)][:_LEAD]
        first = next((index for index, line in enumerate(lines) if line_finds(line, self._lexicon)), 0)
        return self._section(titles[:first], finds, [line.text for line in lines], self._choices(lines))

    def _section(self, titles: list[str], finds: Sequence[Find], texts: list[str], chosen: Sequence[str]) -> Section:
        title = next((text for text in titles if self._words.is_form_title(text)), "")
        title = title or next((text for text in titles if self._words.named(text)), "")
        title = title or next((text for text in titles if not is_annex(text)), "")
        sources = (ticked(title) or title, "".join(titles), *chosen, "".join(self._margins))
        named = next((found for text in sources if (found := self._named(text))), ())
        text = "\n".join(texts)
        form = make_form(title, named, finds, self._lexicon)
        return Section(title or (texts[0][:TITLE_LONGEST] if texts else ""), text, count(text), form)

    def _choices(self, lines: Sequence[Line]) -> list[str]:
        """What stands behind labels that are no field (“推荐类别：…”)."""
        found = [pair for line in lines for pair in pairs(line.text, self._lexicon)]
        return [pair.value for pair in found if pair.label is not None and not pair.label.specs]

    def _named(self, text: str) -> tuple[str, ...]:
        """The categories that a title or a choice names; a sentence names none, and of boxes only what is ticked counts."""
        text = text if ticked(text) is None else ticked(text) or ""
        return self._words.named(text) if len(text) <= 2 * TITLE_LONGEST else ()
