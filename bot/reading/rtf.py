"""RTF documents: paragraphs and tables, nested ones too, as WordPad, Word, WPS and LibreOffice write them."""

from dataclasses import dataclass, field, replace

from bot.model import Document, Table
from bot.reading.limits import Limits
from bot.reading.overstrikes import formula
from bot.reading.rtf_rows import Row, placed
from bot.reading.rtf_tokens import Event, Tokens
from bot.reading.symbols import TICKED, UNTICKED
from bot.reading.tables import LooseCell, Writer, lay_out
from bot.reading.unreadable import Unreadable

_DEEPEST = 200  # groups inside one another
_ENTERED = frozenset(
    {"shpinst", "shptxt", "shp", "nesttableprops", "formfield", "fldinst", "fldrslt", "field", "result", "do", "dptxbxtext"}
)
_SKIPPED = frozenset(
    {"colortbl", "stylesheet", "info", "objdata", "objclass", "listtext", "pntext", "pntxta", "pntxtb", "sp"}
    | {
        "nonesttables",
        "shprslt",
        "annotation",
        "atnid",
        "atnauthor",
        "bkmkstart",
        "bkmkend",
        "listtable",
        "rsidtbl",
        "xe",
        "tc",
    }
    | {"listoverridetable", "revtbl", "filetbl", "generator", "themedata", "datastore", "nonshppict", "template", "txe", "rxe"}
    | {
        "ftnsep",
        "ftnsepc",
        "aftnsep",
        "aftnsepc",
        "ftncn",
        "aftncn",
        "private",
        "background",
        "docvar",
        "userprops",
    }
)
_MARGINS = frozenset({"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"})
_NOTE = "footnote"  # endnotes too; they follow the text


@dataclass(slots=True)
class _Group:
    """What a group of the text is for, and how its characters look."""

    skipped: bool = False
    starred: bool = False
    destination: str = ""
    hidden: bool = False
    deleted: bool = False
    fresh: bool = True  # nothing of it has been read yet


@dataclass(slots=True)
class _Level:
    """A table that is being read; `text` and `tables` belong to the cell that is open."""

    number: int
    rows: list[Row] = field(default_factory=list)
    cells: list[LooseCell] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def read_rtf(data: bytes, limits: Limits) -> Document:
    """The document; raises `Unreadable` when it is no RTF."""
    if not data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"{\\rtf"):
        raise Unreadable.damaged("no rtf")
    return _Reader(data, limits).document()


class _Reader:
    """Turns events into blocks."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._tokens = Tokens(data)
        self._writer = Writer(limits)
        self._group = _Group()
        self._stack: list[_Group] = []
        self._paragraph: list[str] = []
        self._in_table = False
        self._level = 1
        self._levels: list[_Level] = []
        self._rows = {True: Row(), False: Row()}  # as last defined: of nested tables, of outer ones
        self._flags: set[str] = set()
        self._margins: list[str] = []
        self._notes: list[str] = []
        self._instruction = ""
        self._images = 0
        self._box: dict[str, int] = {}
        self._starts_page = False

    def document(self) -> Document:
        for event in self._tokens:
            if event.kind == "text":
                self._text(event.text)
            elif event.kind == "open":
                self._open()
            elif event.kind == "close":
                self._close()
            elif not self._group.skipped:
                self._word(event)
        self._end_paragraph()
        self._close_tables(0)
        for note in "".join(self._notes).splitlines():
            self._writer.paragraph(note)
        margins = tuple(dict.fromkeys(line.strip() for line in "".join(self._margins).splitlines() if line.strip()))
        return Document(tuple(self._writer.blocks), images=self._images, margins=margins)

    # --- groups -------------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        if len(self._stack) >= _DEEPEST:
            raise Unreadable.damaged("nesting")
        self._stack.append(self._group)
        self._group = replace(self._group, starred=False, fresh=True)

    def _close(self) -> None:
        if self._group.destination == "formfield" and self._box.get("fftype") == 1:
            result = self._box.get("ffres", 25)
            self._paragraph.append(TICKED if (self._box.get("ffdefres") if result == 25 else result) else UNTICKED)
            self._box = {}
        ended, self._group = self._group, self._stack.pop() if self._stack else _Group()
        if ended.destination == "fldinst" != self._group.destination:
            text, self._instruction = formula(self._instruction), ""
            self._text(text)
        elif ended.destination == _NOTE != self._group.destination:
            self._notes.append("\n")

    def _enter(self, name: str) -> bool:
        """Whether a control word opens a destination; those that hold no text of the document are skipped whole."""
        group = self._group
        fresh, group.fresh = group.fresh, False
        if name == "*":
            group.starred = fresh  # elsewhere it means nothing
        elif name == "pict":
            self._images += 1
            group.skipped = True
        elif name in _SKIPPED or (group.starred and name not in _ENTERED):
            group.skipped = True
        elif name in _MARGINS or name in (_NOTE, "fonttbl", "fldinst", "formfield", "nesttableprops"):
            group.destination = name
        else:
            group.starred = False
            return False
        return True

    # --- text and control words ---------------------------------------------------------------------------------------

    def _text(self, text: str) -> None:
        group = self._group
        group.fresh = False
        if group.skipped or group.hidden or group.deleted:
            return
        if group.destination == "fonttbl":
            name = text.split(";")[0].strip()
            if name:
                self._tokens.names.setdefault(self._font, name)
        elif group.destination in _MARGINS:
            self._margins.append(text)
        elif group.destination == _NOTE:
            self._notes.append(text)
        elif group.destination == "fldinst":
            self._instruction += text
        elif group.destination != "formfield" and self._writer.room(len(text)):
            self._paragraph.append(text)

    _font = 0

    def _word(self, event: Event) -> None:
        name, number = event.text, event.number
        if name == "f":
            self._font = number or 0
        if self._enter(name) or self._group.destination == "fonttbl":
            return
        if name in ("fftype", "ffres", "ffdefres"):
            self._box[name] = number or 0
        elif name in ("v", "deleted", "plain"):
            self._hide(name, number)
        elif name in ("par", "sect", "page", "pagebb"):
            self._break(name)
        elif self._group.destination not in _MARGINS and self._group.destination != _NOTE:
            self._table_word(name, number)

    def _hide(self, name: str, number: int | None) -> None:
        if name == "plain":
            self._group.hidden = self._group.deleted = False
        elif name == "v":
            self._group.hidden = number != 0
        else:
            self._group.deleted = number != 0

    def _break(self, name: str) -> None:
        if self._group.destination in _MARGINS:
            self._margins.append("\n")
            return
        if self._group.destination == _NOTE:
            self._notes.append("\n")
            return
        if name != "pagebb":
            self._end_paragraph()
        self._starts_page |= name != "par"

    def _table_word(self, name: str, number: int | None) -> None:
        if name == "pard":
            self._in_table, self._level = False, 1
        elif name == "intbl":
            self._in_table = True
        elif name == "itap":
            self._level = max(1, min(number or 0, 10))
            self._in_table = bool(number)
        elif name in ("cell", "nestcell"):
            self._end_cell(1 if name == "cell" else max(self._level, 2))
        elif name in ("row", "nestrow"):
            self._end_row(1 if name == "row" else max(self._level, 2))
        elif name == "trowd":
            self._rows[self._is_nested()], self._flags = Row(), set()
        elif name == "trleft":
            self._rows[self._is_nested()].left = number or 0
        elif name in ("clmgf", "clmrg", "clvmgf", "clvmrg"):
            self._flags.add(name)
        elif name == "cellx":
            row = self._rows[self._is_nested()]
            row.edges.append(number or 0)
            row.merges.append(frozenset(self._flags))
            self._flags = set()

    # --- paragraphs and tables ----------------------------------------------------------------------------------------

    def _end_paragraph(self) -> None:
        text = "".join(self._paragraph)
        self._paragraph = []
        if self._in_table:
            self._table_at(self._level).text.append(text + "\n")
            return
        self._close_tables(0)
        self._writer.paragraph(text, starts_page=self._starts_page)
        self._starts_page &= not text.strip()

    def _table_at(self, level: int) -> _Level:
        """The open table of a level; those around it are opened first, so that they are numbered first."""
        while len(self._levels) < level:
            self._levels.append(_Level(self._writer.next_table()))
        return self._levels[level - 1]

    def _is_nested(self) -> bool:
        """Whether a row is being defined for a nested table."""
        return self._group.destination == "nesttableprops"

    def _end_cell(self, level: int) -> None:
        self._close_tables(level)
        table = self._table_at(level)
        text = "".join([*table.text, *self._paragraph])
        table.cells.append(LooseCell(text, tables=tuple(table.tables)))
        table.text, table.tables, self._paragraph = [], [], []

    def _end_row(self, level: int) -> None:
        self._close_tables(level)
        table = self._table_at(level)
        if table.cells:
            table.rows.append(replace(self._rows[level > 1], cells=table.cells))
            table.cells = []

    def _close_tables(self, level: int) -> None:
        """Tables deeper than a level end here: each goes into the cell around it, the outermost into the document."""
        while len(self._levels) > level:
            done = self._levels.pop()
            if done.cells:
                done.rows.append(Row(cells=done.cells))
            made = Table(done.number, lay_out(placed(done.rows), self._writer))
            if self._levels:
                self._levels[-1].tables.append(made)
            else:
                self._writer.table(made)
