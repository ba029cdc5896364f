"""Reads in a covering text who says that he sends it: label, signature, “我是…”, “…现报送”; and whom it only addresses."""

import re
from collections.abc import Iterable, Iterator

from bot.deciding.unit_names import Named, Names
from bot.deciding.unit_text import Folded, fold
from bot.text import folded

SIGNATURE = 40
"""Characters: a longer line is no signature."""

_LIST_ITEM = re.compile(r"^\s*[（(]?[\d一二三四五六七八九十]{1,3}[.、)）．]")
_NUMERAL = "〇○零一二三四五六七八九十"
_DATE = re.compile(
    rf"(?:\d{{4}}|[{_NUMERAL}]{{4}})\s*[年./-]\s*[\d{_NUMERAL}]{{1,3}}\s*[月./-]?\s*(?:[\d{_NUMERAL}]{{1,3}}\s*[日号]?)?"
    rf"|[\d{_NUMERAL}]{{1,3}}\s*月\s*[\d{_NUMERAL}]{{1,3}}\s*[日号]"
)
_TELEPHONE = re.compile(r"(?:\d[\d\s()（）—-]{5,}\d)|1\d{10}")
_LABEL = re.compile(r"^\s*(?P<label>[^:：]{1,20})[:：]\s*(?P<value>\S.*)$")
_LAST_LINES = 8
_LONGEST_REMAINDER = 8  # characters that may stand beside the name in a signature: a person's


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def closing(text: str) -> list[str]:
    """The last lines of a text, where a signature stands, without list items and lines that greet."""
    lines = [line for line in _lines(text)[-_LAST_LINES:] if not line.endswith((":", "："))]
    return [line for line in lines if not _LIST_ITEM.match(line)]


def labelled(text: str) -> Iterator[tuple[str, str]]:
    """Lines of the form “label：value”, the label folded."""
    for line in _lines(text):
        if match := _LABEL.match(line):
            yield folded(match["label"]), match["value"]


def labels(text: str, names: Names) -> Iterator[Named]:
    """The units that stand behind such labels."""
    for label, value in labelled(text):
        named = names.leading(fold(value)) if label in names.labels else None
        if named:
            yield named


def signature(text: str, names: Names) -> list[Named]:
    """The last line that is a unit's name and nothing else, otherwise the last that is a name and little else."""
    lines = [signed for line in reversed(closing(text)) if (signed := _signed_line(line, names))]
    return [named for named, _ in sorted(lines, key=lambda line: line[1] > 0)[:1]]


def _signed_line(line: str, names: Names) -> tuple[Named, int] | None:
    """The unit a line names and how many characters stand beside it; an attachment's name or a street is none."""
    text = _undated(line)
    if not text.chars or len(text.chars) > SIGNATURE or any(char.isdigit() for char in text.chars):
        return None
    named = names.leading(text)
    if named is None:
        return None
    remainder = text.chars[: named.start] + text.chars[named.end :]
    return (named, len(remainder)) if _little(remainder, names) else None


def sealed(value: str, names: Names) -> list[Named]:
    """Who signs an opinion: the unit at its end (“同意推荐。中共新乡市委…（盖章）”) or the one that begins it."""
    text = _undated(value)
    found = names.scan(text)
    if not found:
        return []
    first, last, tail = found[0], found[-1], text.chars[found[-1].end :]
    # “同意推荐 郑州大学李明” speaks of the nominee: a signature is parted from the words around it.
    if not tail or (text.gaps[last.start] and text.gaps[last.end] and _little(tail, names)):
        return [last]
    return [first] if first.start == 0 and _introduced(text, first, names) else []


def _undated(text: str) -> Folded:
    return fold(_DATE.sub(" ", _TELEPHONE.sub(" ", text)))


def _little(remainder: str, names: Names) -> bool:
    """Whether what stands beside a name may be a person's, and no word that makes it a sentence or a file's name."""
    spoken = any(stop in remainder for stop in names.sentence_words)
    return not spoken and len(remainder) <= _LONGEST_REMAINDER


def spoken(text: str, names: Names) -> tuple[list[Named], list[Named], list[Named]]:
    """Units that the running text names: as who sends, plainly, and as somebody else (whom it is addressed to)."""
    said: list[Named] = []
    mentioned: list[Named] = []
    others: list[Named] = []
    for line in _lines(text):
        if line.endswith((":", "：")):
            continue  # “省委办公厅：” is whom the mail greets
        run = fold(line)
        for named in names.scan(run):
            if addressed(run, named, names):
                others.append(named)
            else:
                (said if _introduced(run, named, names) else mentioned).append(named)
    return said, mentioned, others


def addressed(text: Folded, named: Named, names: Names) -> bool:
    """Whether the words before the name make it somebody else; the longest word decides: 报 … but not 现上报 …."""
    before = text.chars[: named.start]
    return 0 < _longest_end(before, names.addressed) >= _longest_end(before, (*names.before, *names.after))


def _longest_end(text: str, words: Iterable[str]) -> int:
    """The length of the longest of the words that the text ends with; 0 when it ends with none."""
    return max((len(word) for word in words if text.endswith(word)), default=0)


def _introduced(text: Folded, named: Named, names: Names) -> bool:
    """Whether the words around the name make it the one who sends."""
    return text.chars[: named.start].endswith(names.before) or text.chars[named.end :].startswith(names.after)
