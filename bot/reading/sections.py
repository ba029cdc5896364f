"""A document taken apart in order: its forms, its lists, and the running text before, between and after them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.campaign import Rules
from bot.length import count
from bot.model import Block, Document, Form, Place, Section, Table
from bot.reading.answers import ticked
from bot.reading.form_lines import Line, find_form, line_finds
from bot.reading.form_tables import TableForm
from bot.reading.forms import Find, make_form
from bot.reading.labels import Lexicon, lexicon
from bot.reading.lists import list_rows
from bot.reading.pairs import pairs
from bot.reading.table_rows import END, FORM_LABELS, row_texts, stretches, title_rows
from bot.reading.texts import cut_texts
from bot.reading.titles import TITLE_LONGEST, TitleWords, is_annex, is_title, title_words

_TAIL = 60  # characters of a line that may still belong to the form above it
_LEAD = 8  # lines above a table that may be its title


def sections(document: Document, path: str, rules: Rules) -> tuple[Section, ...]:
    """The sections of a document in order; `path` names its file in the places of the fields."""
    splitter = _Splitter(path, lexicon(rules), title_words(rules), document.margins)
    for block in document.blocks:
        splitter.take(block)
    return splitter.finish()


@dataclass(slots=True)
class _OpenForm:
    """A form that is being put together: lines above it, its tables, lines below."""

    lead: list[Line]
    finds: list[Find] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    nominees: set[str] = field(default_factory=set)
    materials: list[str] = field(default_factory=list)  # written into the form itself
    chosen: list[str] = field(default_factory=list)  # what is ticked or stands beside labels that are no field


class _Splitter:
    """Takes the blocks of a document one by one and gives its sections."""

    def __init__(self, path: str, lexicon: Lexicon, words: TitleWords, margins: tuple[str, ...]) -> None:
        self._path = path
        self._lexicon = lexicon
        self._words = words
        self._margins = margins
        self._lines: list[Line] = []
        self._form: _OpenForm | None = None
        self._sections: list[Section] = []

    def take(self, block: Block) -> None:
        """The next block."""
        if block.paragraph is not None:
            paragraph = block.paragraph
            place = Place(self._path, page=paragraph.page, paragraph=paragraph.number)
            self._line(Line(paragraph.text, place, paragraph.starts_page))
        elif block.table is not None:
            self._table(block.table)

    def finish(self) -> tuple[Section, ...]:
        """All sections; what is still open is closed."""
        self._close_form()
        self._flush()
        return tuple(self._sections)

    # --- lines --------------------------------------------------------------------------------------------------------

    def _line(self, line: Line) -> None:
        form = self._form
        if form is not None and not self._lines and self._is_tail(line):
            form.finds += line_finds(line, self._lexicon)
            form.texts.append(line.text)
        elif form is None and not self._lines and self._sections and self._sections[-1].rows and self._is_tail(line):
            text = f"{self._sections[-1].text}\n{line.text}"
            self._sections[-1] = replace(self._sections[-1], text=text, count=count(text))
        else:
            self._lines.append(line)

    def _is_tail(self, line: Line) -> bool:
        """Whether a line right under a form's table is a note or a signature of it: short, and no title of something new."""
        text = line.text
        if len(text) > _TAIL or line.starts_page or is_annex(text) or self._is_any_title(text):
            return False
        return bool(pairs(text, self._lexicon)) or not is_title(text) or self._lexicon.is_empty(text)

    def _is_any_title(self, text: str) -> bool:
        words = self._words
        return (
            words.is_form_title(text)
            or words.is_material_title(text)
            or words.is_summary_title(text)
            or words.is_other_title(text)
            or (is_title(text) and bool(words.named(text)))
        )

    # --- tables -------------------------------------------------------------------------------------------------------

    def _table(self, table: Table) -> None:
        found = TableForm(table, self._path, self._lexicon)
        lead = self._lead()
        rows = list_rows(table, self._lexicon, self._words, [line.text for line in lead])
        if rows:
            self._list(table, rows, lead)
            return
        finds = found.finds()
        if not self._is_form(finds, lead):
            self._lines += self._table_lines(table)
            return
        self._forms_of(table, finds, lead)
        if self._form is not None:
            self._form.chosen += found.choices()
            self._form.materials += found.materials(self._words)

    def _is_form(self, finds: Sequence[tuple[int, Find]], lead: Sequence[Line]) -> bool:
        labels = [find.label for _, find in finds if find.label.specs]
        best = max(
            (
                len({label.specs[category.id].name for label in labels if category.id in label.specs})
                for category in self._lexicon.categories
            ),
            default=0,
        )
        continues = self._form is not None and not self._lines and best >= 1
        titled = any(self._words.is_form_title(line.text) for line in lead)
        return best >= FORM_LABELS or continues or (best >= 2 and (titled or any(map(self._lexicon.names_nominee, labels))))

    def _forms_of(self, table: Table, finds: list[tuple[int, Find]], lead: list[Line]) -> None:
        """The form or forms of one table: a nominee asked for again, or a title row, begins the next."""
        fresh = bool(lead and any(self._is_any_title(line.text) or is_annex(line.text) for line in lead))
        titles = title_rows(table, self._words, {find.place.row or 0 for _, find in finds})
        for first, last in stretches(finds, titles, self._is_nominee):
            stretch = [find for row, find in finds if first <= row < last]
            nominees = {find.label.key for find in stretch if self._is_nominee(find)}
            # A title in the first row begins a form as one above the table does: on the next sheet, after a page break.
            headed = first == 1 and any(row == 1 for row, _ in titles)
            if self._form is None or self._lines or fresh or headed or first > 1 or nominees & self._form.nominees:
                self._begin_form(lead)
                lead = []
            assert self._form is not None  # noqa: S101 - begun above when there was none
            self._form.finds += stretch
            self._form.nominees |= nominees
            self._form.titles += [text for row, text in titles if first <= row < last]
            self._form.texts += row_texts(table, first, last)
            fresh = False

    def _begin_form(self, lead: list[Line]) -> None:
        self._close_form()
        if lead:
            del self._lines[-len(lead) :]
        self._flush()
        self._form = _OpenForm(lead, [find for line in lead for find in line_finds(line, self._lexicon)])

    def _close_form(self) -> None:
        form, self._form = self._form, None
        if form is None:
            return
        titles = [line.text for line in form.lead if not line_finds(line, self._lexicon)] + form.titles
        texts = [line.text for line in form.lead] + form.texts
        self._sections.append(self._form_section(titles, form.finds, texts, [*self._choices(form.lead), *form.chosen]))
        for text in form.materials:
            first = text.partition("\n")[0]
            self._sections.append(Section(first if len(first) <= TITLE_LONGEST else "", text, count(text)))

    def _form_section(self, titles: list[str], finds: Sequence[Find], texts: list[str], chosen: Sequence[str] = ()) -> Section:
        title = next((text for text in titles if self._words.is_form_title(text)), "")
        title = title or next((text for text in titles if self._words.named(text)), "")
        title = title or next((text for text in titles if not is_annex(text)), "")
        sources = (ticked(title) or title, "".join(titles), *chosen, "".join(self._margins))
        named = next((found for text in sources if (found := self._named(text))), ())
        form: Form = make_form(title, named, finds, self._lexicon)
        text = "\n".join(texts)
        return Section(title or (texts[0][:TITLE_LONGEST] if texts else ""), text, count(text), form)

    def _choices(self, lines: Sequence[Line]) -> list[str]:
        """What stands behind labels that are no field (“推荐类别：…”)."""
        found = [pair for line in lines for pair in pairs(line.text, self._lexicon)]
        return [pair.value for pair in found if pair.label is not None and not pair.label.specs]

    def _named(self, text: str) -> tuple[str, ...]:
        """The categories that a title or a choice names; a sentence names none, and of boxes only what is ticked counts."""
        text = text if ticked(text) is None else ticked(text) or ""
        return self._words.named(text) if len(text) <= 2 * TITLE_LONGEST else ()

    def _list(self, table: Table, rows: tuple[tuple[str, ...], ...], lead: list[Line]) -> None:
        self._close_form()
        if lead:
            del self._lines[-len(lead) :]
        self._flush()
        titles = [line.text for line in lead] + [text for _, text in title_rows(table, self._words)]
        title = next((text for text in titles if self._words.is_summary_title(text)), "")
        title = title or next((text for text in titles if not is_annex(text)), "") or (table.sheet or "")
        text = "\n".join([*(line.text for line in lead), *row_texts(table, 1, END)])
        self._sections.append(Section(title, text, count(text), rows=rows))

    def _lead(self) -> list[Line]:
        """The lines right above a table that belong to it: from its annex mark, title or first pair down."""
        top = len(self._lines)
        for index in range(len(self._lines) - 1, max(-1, len(self._lines) - 1 - _LEAD), -1):
            line = self._lines[index]
            if len(line.text) > TITLE_LONGEST and not line_finds(line, self._lexicon):
                break
            if is_annex(line.text) or self._is_any_title(line.text) or line_finds(line, self._lexicon):
                if self._words.is_material_title(line.text) and index < len(self._lines) - 3:
                    break
                top = index
        if (
            top
            and sum(len(line.text) for line in self._lines[:top]) < TITLE_LONGEST
            and not self._sections
            and self._form is None
        ):
            top = 0
        return self._lines[top:]

    def _table_lines(self, table: Table) -> list[Line]:
        """A table that is no form, as lines of running text: cell by cell."""
        lines: list[Line] = []
        for cell in table.cells:
            place = Place(self._path, page=table.page, sheet=table.sheet, table=table.number, row=cell.row, column=cell.column)
            lines += [Line(text.strip(), place) for text in cell.text.split("\n") if text.strip()]
            for nested in cell.tables:
                lines += self._table_lines(nested)
        return lines

    def _is_nominee(self, find: Find) -> bool:
        return self._lexicon.names_nominee(find.label)

    # --- running text -------------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        """The lines gathered so far become sections: forms without a table, and texts."""
        lines, self._lines = self._lines, []
        start = 0
        while start < len(lines):
            form = find_form(lines, start, self._lexicon, self._words)
            if form is None:
                break
            self._sections += cut_texts(lines[start : form.start], self._words)
            own = lines[form.start : form.end]
            titles = [line.text for line in own if not line_finds(line, self._lexicon)][:_LEAD]
            first = next((i for i, line in enumerate(own) if line_finds(line, self._lexicon)), 0)
            self._sections.append(
                self._form_section(titles[:first], form.finds, [line.text for line in own], self._choices(own))
            )
            start = form.end
        self._sections += cut_texts(lines[start:], self._words)
