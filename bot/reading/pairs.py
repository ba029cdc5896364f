"""“标签：值” in running text and inside cells: labels before colons, several in a line, and labels that no rule knows."""

import re
from dataclasses import dataclass

from bot.campaign import FieldKind
from bot.reading.labels import Label, Lexicon

_CLOSE = re.compile(r"[)）]")
_COLON = re.compile(r"[：:︰﹕]")
_BOUNDARY = re.compile(r"[\s，,；;。、|｜]+")
_STRANGER = re.compile(r"(?:\A|[\s；;，,。|｜])([^\W\d_](?:[^\W\d_]|[（()）、/ \u3000])*)\Z")
_STRANGER_LONGEST = 12
_SCANNED = 2000  # characters of a line in which labels are looked for; what is longer is text
_WIDE = re.compile(r"(?:\t|[ \u3000]{2,}|\u3000)\Z")
_BRACKETED = re.compile(r"【([^【】\n]{1,20})】[：:]?")
_TABS = re.compile(r"\t+")
_WIDE_SPACES = re.compile(r"[ \u3000]{2,}")


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and what follows it, as written. `label` is None for one that no rule knows."""

    label: Label | None
    written: str
    value: str
    line: int  # which line of the text it begins on, from 0
    parts: tuple[Label, ...] = ()  # the fields that a label like “联系人及电话” joins


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label before a colon: where its words begin and where its value begins."""

    start: int
    end: int
    label: Label | None
    written: str
    parts: tuple[Label, ...] = ()


def pairs(line: str, lexicon: Lexicon, number: int = 0) -> tuple[Pair, ...]:
    """The pairs of one line in order; empty when it does not begin with one, numbering aside."""
    if "【" in line:
        line = _BRACKETED.sub(lambda found: _opened(found, lexicon), line)
    marks = _marks(line, lexicon)
    if not marks or _BOUNDARY.sub("", line[: marks[0].start]):
        return ()
    ends = [mark.start for mark in marks[1:]] + [len(line)]
    return tuple(
        Pair(mark.label, mark.written, _value(line[mark.end : end], mark.label, end == len(line)), number, mark.parts)
        for mark, end in zip(marks, ends, strict=True)
    )


def _value(text: str, label: Label | None, is_last: bool) -> str:
    """A value without what parts it from the next pair; a long one may go on in the next line, as it ends."""
    text = text.lstrip(" \t\u3000；;，,|｜")
    return text.rstrip() if is_last and label is not None and label.is_long else text.rstrip(" \t\u3000；;，,|｜")


def _opened(found: re.Match[str], lexicon: Lexicon) -> str:
    """“【姓名】张三” says “姓名：张三”; what stands in such brackets and is no label stays as it is."""
    label = lexicon.find(found[1])
    return f" {found[1]}：" if label is not None and label.specs else found[0]


def tabbed(line: str, lexicon: Lexicon, number: int = 0) -> tuple[Pair, ...]:
    """The pairs of a line whose labels and values stand apart by tabs or wide spaces, without colons."""
    pieces = _pieces(line, lexicon)
    labels = [lexicon.find(piece) for piece in pieces] if len(pieces) > 1 else []
    found: list[Pair] = []
    if not labels or labels[0] is None:
        return ()
    for index, label in enumerate(labels):
        if label is None:
            continue
        end = next((later for later in range(index + 1, len(labels)) if labels[later] is not None), len(labels))
        found.append(Pair(label, pieces[index], " ".join(pieces[index + 1 : end]), number))
    return tuple(found)


def _pieces(line: str, lexicon: Lexicon) -> list[str]:
    """What tabs part, or wide spaces where there are none; between tabs wide spaces part only a label from its value."""
    if "\t" not in line:
        return _unspaced([piece.strip() for piece in _WIDE_SPACES.split(line)], lexicon)
    found: list[str] = []
    for piece in (piece.strip() for piece in _TABS.split(line)):
        parts = _WIDE_SPACES.split(piece)
        if len(parts) > 1 and lexicon.find(piece) is None and lexicon.find(parts[0]) is not None:
            found += parts
        else:
            found.append(piece)
    return _unspaced(found, lexicon)


def _unspaced(pieces: list[str], lexicon: Lexicon) -> list[str]:
    """The pieces with labels put together whose characters stand wide apart (“姓　　名”)."""
    found: list[str] = []
    at = 0
    while at < len(pieces):
        end = at
        while end < min(len(pieces), at + lexicon.longest) and len(pieces[end]) == 1:
            end += 1
        whole = next((to for to in range(end, at + 1, -1) if lexicon.find("".join(pieces[at:to])) is not None), at + 1)
        found.append("".join(pieces[at:whole]))
        at = whole
    return found


def _marks(line: str, lexicon: Lexicon) -> list[_Mark]:
    marks: list[_Mark] = []
    floor = 0
    for colon in _COLON.finditer(line, 0, _SCANNED):
        if _in_brackets(line, floor, colon.start()):
            continue
        mark = _known(line, floor, colon, lexicon) or _stranger(line, floor, colon)
        if mark is not None and not (marks and _is_within(marks[-1], mark, line)):
            marks.append(mark)
            floor = colon.end()
    return marks


def _in_brackets(line: str, floor: int, colon: int) -> bool:
    """Whether a colon stands in a note in brackets (“公示情况（省辖市填写：媒体、日期）：”)."""
    opened = max(line.rfind("（", floor, colon), line.rfind("(", floor, colon))
    if opened < 0 or max(line.rfind("）", opened, colon), line.rfind(")", opened, colon)) > opened:
        return False
    return _CLOSE.search(line, colon, colon + 60) is not None


def _is_within(before: _Mark, mark: _Mark, line: str) -> bool:
    """Whether a label belongs to the value before it: to the text of a long field, from which only a wide gap parts it, or to
    several telephone numbers, each with its kind (“联系电话：办公：… 手机：…”).
    """
    if before.label is not None and mark.label is not None and before.label.asks_the_same(mark.label):
        telephone = any(spec.kind is FieldKind.TELEPHONE for spec in mark.label.specs.values())
        return telephone and _COLON.search(line, before.end, mark.start) is not None
    return before.label is not None and before.label.is_long and _WIDE.search(line[before.end : mark.start]) is None


def _known(line: str, floor: int, colon: re.Match[str], lexicon: Lexicon) -> _Mark | None:
    """The longest known label that ends at this colon and begins at a boundary."""
    first = max(floor, colon.start() - lexicon.longest * 3)
    starts = [first] + [first + match.end() for match in _BOUNDARY.finditer(line[first : colon.start()])]
    for start in starts[-40:]:
        written = line[start : colon.start()].strip()
        label, parts = lexicon.label(written)
        if label is not None:
            return _Mark(start, colon.end(), label, written, parts)
    return None


def _stranger(line: str, floor: int, colon: re.Match[str]) -> _Mark | None:
    """A short run of letters before a colon: a label of which no rule knows, so that it ends the value before it."""
    if line.startswith("//", colon.end()):
        return None
    match = _STRANGER.search(line, max(floor, colon.start() - 4 * _STRANGER_LONGEST), colon.start())
    if match is None or len("".join(match[1].split())) > _STRANGER_LONGEST:
        return None
    words = match[1].split()
    if floor and len(words) > 1 and any(len(word) > 1 for word in words):
        # “张三 籍贯：” – only the last word is the label; single characters are one label spaced out.
        start = match.end() - len(words[-1])
        return _Mark(start, colon.end(), None, words[-1])
    return _Mark(match.start(1), colon.end(), None, match[1])
