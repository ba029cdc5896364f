"""A document taken apart in order: its forms, its lists, and the running text before, between and after them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.campaign import Rules
from bot.model import Block, Document, Form, Place, Section, Table
from bot.reading.count import count
from bot.reading.form_lines import Line, find_form, line_finds
from bot.reading.form_tables import TableForm
from bot.reading.forms import Find, make_form
from bot.reading.labels import Lexicon, lexicon
from bot.reading.lists import list_rows
from bot.reading.titles import TITLE_LONGEST, TitleWords, is_annex, is_heading, is_title, title_words

_SUBSTANCE = 100  # characters of a text that a new title may end
_TAIL = 60  # characters of a line that may still belong to the form above it
_END = 1 << 30  # beyond the last row of any table
_FORM_LABELS = 3  # different fields that make a table a form
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
        else:
            self._lines.append(line)

    def _is_tail(self, line: Line) -> bool:
        """Whether a line right under a form's table is a note or a signature of it: short, and no title of something new."""
        text = line.text
        if len(text) > _TAIL or line.starts_page or is_annex(text) or self._is_any_title(text):
            return False
        return bool(line_finds(line, self._lexicon)) or not is_title(text) or self._lexicon.is_empty(text)

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
        return best >= _FORM_LABELS or continues or (best >= 2 and (titled or any(map(self._lexicon.names_nominee, labels))))

    def _forms_of(self, table: Table, finds: list[tuple[int, Find]], lead: list[Line]) -> None:
        """The form or forms of one table: a nominee asked for again, or a title row, begins the next."""
        fresh = bool(lead and any(self._is_any_title(line.text) or is_annex(line.text) for line in lead))
        titles = _title_rows(table, self._words)
        for first, last in _stretches(finds, titles, self._is_nominee):
            stretch = [find for row, find in finds if first <= row < last]
            nominees = {find.label.key for find in stretch if self._is_nominee(find)}
            if self._form is None or self._lines or fresh or first > 1 or nominees & self._form.nominees:
                self._begin_form(lead)
                lead = []
            assert self._form is not None  # noqa: S101 - begun above when there was none
            self._form.finds += stretch
            self._form.nominees |= nominees
            self._form.titles += [text for row, text in titles if first <= row < last]
            self._form.texts += _texts(table, first, last)
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
        self._sections.append(self._form_section(titles, form.finds, [line.text for line in form.lead] + form.texts))

    def _form_section(self, titles: list[str], finds: Sequence[Find], texts: list[str]) -> Section:
        title = next((text for text in titles if self._words.is_form_title(text)), "")
        title = title or next((text for text in titles if self._words.named(text)), "")
        title = title or next((text for text in titles if not is_annex(text)), "")
        named = self._words.named(title) or self._words.named("".join(titles)) or self._words.named("".join(self._margins))
        form: Form = make_form(title, named, finds, self._lexicon)
        text = "\n".join(texts)
        return Section(title or (texts[0][:TITLE_LONGEST] if texts else ""), text, count(text), form)

    def _list(self, table: Table, rows: tuple[tuple[str, ...], ...], lead: list[Line]) -> None:
        self._close_form()
        if lead:
            del self._lines[-len(lead) :]
        self._flush()
        titles = [line.text for line in lead] + [text for _, text in _title_rows(table, self._words)]
        title = next((text for text in titles if self._words.is_summary_title(text)), "")
        title = title or next((text for text in titles if not is_annex(text)), "") or (table.sheet or "")
        text = "\n".join([*(line.text for line in lead), *_texts(table, 1, _END)])
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
            self._texts(lines[start : form.start])
            own = lines[form.start : form.end]
            titles = [line.text for line in own if not line_finds(line, self._lexicon)][:_LEAD]
            first = next((i for i, line in enumerate(own) if line_finds(line, self._lexicon)), 0)
            self._sections.append(self._form_section(titles[:first], form.finds, [line.text for line in own]))
            start = form.end
        self._texts(lines[start:])

    def _texts(self, lines: Sequence[Line]) -> None:
        """Running text, cut where the title of another text begins."""
        begin, size = 0, 0
        for index, line in enumerate(lines):
            if size >= _SUBSTANCE and self._begins_text(lines, index):
                self._text(lines[begin:index])
                begin, size = index, 0
            size += len(line.text)
        self._text(lines[begin:])

    def _begins_text(self, lines: Sequence[Line], index: int) -> bool:
        text = lines[index].text
        if is_annex(text):
            return index + 1 < len(lines) and is_title(lines[index + 1].text)
        if index and is_annex(lines[index - 1].text):
            return False
        titled = self._words.is_material_title(text) or self._words.is_other_title(text) or self._words.is_form_title(text)
        if is_heading(text) or not is_title(text):
            return False
        return titled or lines[index].starts_page

    def _text(self, lines: Sequence[Line]) -> None:
        if not lines:
            return
        text = "\n".join(line.text for line in lines)
        first = next((line.text for line in lines if not is_annex(line.text)), lines[0].text)
        title = first if len(first) <= TITLE_LONGEST else ""
        self._sections.append(Section(title, text, count(text)))


def _texts(table: Table, first: int, last: int) -> list[str]:
    """The texts of all cells in some rows, nested tables after their cell."""
    found: list[str] = []
    for cell in table.cells:
        if first <= cell.row < last:
            found += [cell.text] if cell.text else []
            for nested in cell.tables:
                found += _texts(nested, 1, _END)
    return found


def _title_rows(table: Table, words: TitleWords) -> list[tuple[int, str]]:
    """Rows of one filled cell that are titles of forms or lists."""
    filled: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.text.strip():
            filled.setdefault(cell.row, []).append(cell.text)
    alone = [(row, line) for row, texts in filled.items() if len(texts) == 1 for line in texts[0].split("\n")]
    return [
        (row, line.strip())
        for row, line in alone
        if words.is_form_title(line) or words.is_summary_title(line) or (is_title(line) and words.named(line))
    ]


def _stretches(
    finds: Sequence[tuple[int, Find]], titles: Sequence[tuple[int, str]], is_nominee: Callable[[Find], bool]
) -> list[tuple[int, int]]:
    """First row and the row after the last of each form in a table; a title, or a nominee asked for again, begins a new one."""
    starts = [1]
    seen: set[str] = set()
    events = [(row, "") for row, _ in titles] + [(row, find.label.key) for row, find in finds if is_nominee(find)]
    for row, key in sorted(events):
        fields = sum(1 for at, _ in finds if starts[-1] <= at < row)
        if (not key or key in seen) and fields >= _FORM_LABELS and row > starts[-1]:
            starts.append(row)
            seen = set()
        if key:
            seen.add(key)
    return list(zip(starts, [*starts[1:], _END], strict=True))
