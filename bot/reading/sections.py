"""A document taken apart in order: its forms, its lists, and the running text before, between and after them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.campaign import Rules
from bot.length import count
from bot.model import Block, Document, Place, Section, Table
from bot.reading.form_lines import Line, find_form, find_rest, line_finds
from bot.reading.form_sections import FormSections, OpenForm, is_answered
from bot.reading.form_tables import TableForm
from bot.reading.forms import Find
from bot.reading.labels import Lexicon, lexicon
from bot.reading.leads import is_any_title, is_slight, lead_start
from bot.reading.lists import list_rows
from bot.reading.pairs import pairs
from bot.reading.table_rows import END, FORM_LABELS, row_texts, stretches, title_rows
from bot.reading.texts import cut_texts
from bot.reading.titles import TitleWords, is_annex, is_title, title_words

_TAIL = 60  # characters of a line that may still belong to the form above it


def sections(document: Document, path: str, rules: Rules) -> tuple[Section, ...]:
    """The sections of a document in order; `path` names its file in the places of the fields."""
    splitter = _Splitter(path, lexicon(rules), title_words(rules), document.margins)
    for block in document.blocks:
        splitter.take(block)
    return splitter.finish()


class _Splitter:
    """Takes the blocks of a document one by one and gives its sections."""

    def __init__(self, path: str, lexicon: Lexicon, words: TitleWords, margins: tuple[str, ...]) -> None:
        self._path = path
        self._lexicon = lexicon
        self._words = words
        self._makes = FormSections(lexicon, words, margins)
        self._lines: list[Line] = []
        self._form: OpenForm | None = None
        self._sections: list[Section] = []
        self._in_notes = False  # on how to fill in a form

    def take(self, block: Block) -> None:
        """The next block."""
        if block.paragraph is not None:
            paragraph = block.paragraph
            place = Place(self._path, page=paragraph.page, paragraph=paragraph.number)
            self._line(self._marked(Line(paragraph.text, place, paragraph.starts_page)))
        elif block.table is not None:
            self._table(block.table)

    def finish(self) -> tuple[Section, ...]:
        """All sections; what is still open is closed."""
        self._close_form()
        self._flush()
        return tuple(self._sections)

    def _marked(self, line: Line) -> Line:
        """The line, marked where it belongs to notes on how to fill in a form: they end where something with a title begins."""
        if self._lexicon.begins_notes(line.text):
            self._in_notes = True
        elif self._in_notes and (is_annex(line.text) or is_any_title(line.text, self._words)):
            self._in_notes = False
        return replace(line, is_note=True) if self._in_notes else line

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
        if len(text) > _TAIL or line.starts_page or is_annex(text) or is_any_title(text, self._words):
            return False
        asked = [find for find in line_finds(line, self._lexicon) if find.label.is_long and not find.text]
        if any(not self._is_answered(find) for find in asked):
            return False  # the heading of what stands below
        return bool(pairs(text, self._lexicon)) or not is_title(text) or self._lexicon.is_empty(text)

    def _is_answered(self, find: Find) -> bool:
        """Whether the open form has a value for what this asks."""
        return self._form is not None and is_answered(find, self._form.finds, self._lexicon)

    # --- tables -------------------------------------------------------------------------------------------------------

    def _table(self, table: Table) -> None:
        if self._is_frame(table):
            self._framed(table)
            return
        self._in_notes = False
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
        continues = best >= 1 and self._continues(finds)
        titled = any(self._words.is_form_title(line.text) for line in lead)
        return best >= FORM_LABELS or continues or (best >= 2 and (titled or any(map(self._lexicon.names_nominee, labels))))

    def _continues(self, finds: Sequence[tuple[int, Find]]) -> bool:
        """Whether a table may go on with the open form: right below it, or after a few words when it asks for nothing again."""
        if self._form is None or not self._lines:
            return self._form is not None
        again = any(self._is_nominee(find) or self._is_answered(find) for _, find in finds)
        return not again and is_slight(self._lines, self._words)

    def _is_frame(self, table: Table) -> bool:
        """Whether a table is only the frame around a form: one cell a row, and tables with fields in them."""
        filled = [cell for cell in table.cells if cell.text.strip() or cell.tables]
        if len({cell.row for cell in filled}) != len(filled):
            return False
        inside = (TableForm(inner, self._path, self._lexicon) for cell in filled for inner in cell.tables)
        return any(len(form.finds()) >= FORM_LABELS for form in inside)

    def _framed(self, table: Table) -> None:
        """The lines and tables in a frame, as if it were not there."""
        for cell in table.cells:
            place = Place(self._path, page=table.page, sheet=table.sheet, table=table.number, row=cell.row, column=cell.column)
            for text in cell.text.split("\n"):
                if text.strip():
                    self._line(self._marked(Line(text.strip(), place)))
            for inner in cell.tables:
                self._table(inner)

    def _forms_of(self, table: Table, finds: list[tuple[int, Find]], lead: list[Line]) -> None:
        """The form or forms of one table: a nominee asked for again, or a title row, begins the next."""
        fresh = bool(lead and any(is_any_title(line.text, self._words) or is_annex(line.text) for line in lead))
        titles = title_rows(table, self._words, {find.place.row or 0 for _, find in finds})
        for first, last in stretches(finds, titles, self._is_nominee):
            stretch = [find for row, find in finds if first <= row < last]
            nominees = {find.label.key for find in stretch if self._is_nominee(find)}
            # A title in the first row begins a form as one above the table does: on the next sheet, after a page break.
            headed = first == 1 and any(row == 1 for row, _ in titles)
            continues = self._continues(finds) and not (fresh or headed or first > 1)
            if self._form is None or not continues or nominees & self._form.nominees:
                self._begin_form(lead)
                lead = []
            assert self._form is not None  # noqa: S101 - begun above when there was none
            self._form.texts += [line.text for line in self._lines]
            self._lines = []
            self._form.finds += stretch
            self._form.nominees |= nominees
            self._form.titles += [text for row, text in titles if first <= row < last]
            self._form.texts += row_texts(table, first, last)
            fresh = False

    def _begin_form(self, lead: list[Line]) -> None:
        if lead:
            del self._lines[-len(lead) :]
        self._close_form()
        self._flush()
        self._form = OpenForm(lead, [find for line in lead for find in line_finds(line, self._lexicon)])

    def _close_form(self) -> None:
        form, self._form = self._form, None
        if form is None:
            return
        self._take_rest(form)
        self._sections += self._makes.of(form)

    def _take_rest(self, form: OpenForm) -> None:
        """What stands below its tables in headings with text under them."""
        answered = [find.label for find in form.finds if not self._lexicon.is_empty(find.text)]
        rest = find_rest(self._lines, answered, self._lexicon, self._words)
        if rest is not None:
            form.finds += rest.finds
            form.texts += [line.text for line in self._lines[: rest.end]]
            del self._lines[: rest.end]

    def _list(self, table: Table, rows: tuple[tuple[str, ...], ...], lead: list[Line]) -> None:
        if lead:
            del self._lines[-len(lead) :]
        self._close_form()
        self._flush()
        titles = [line.text for line in lead] + [text for _, text in title_rows(table, self._words)]
        title = next((text for text in titles if self._words.is_summary_title(text)), "")
        title = title or next((text for text in titles if not is_annex(text)), "") or (table.sheet or "")
        text = "\n".join([*(line.text for line in lead), *row_texts(table, 1, END)])
        self._sections.append(Section(title, text, count(text), rows=rows))

    def _lead(self) -> list[Line]:
        """The lines above a table that belong to it."""
        is_first = not self._sections and self._form is None
        return self._lines[lead_start(self._lines, self._lexicon, self._words, is_first=is_first) :]

    def _table_lines(self, table: Table) -> list[Line]:
        """A table that is no form, as lines of running text: cell by cell."""
        lines: list[Line] = []
        for cell in table.cells:
            place = Place(self._path, page=table.page, sheet=table.sheet, table=table.number, row=cell.row, column=cell.column)
            lines += [self._marked(Line(text.strip(), place)) for text in cell.text.split("\n") if text.strip()]
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
            self._sections.append(self._makes.of_lines(own, form.finds))
            start = form.end
        self._sections += cut_texts(lines[start:], self._words)
