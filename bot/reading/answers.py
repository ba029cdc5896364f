"""What was written into a field: ticked choices, placeholders, hints, and the value tidied."""

import re
import unicodedata

from bot.campaign import FieldKind, FieldSpec
from bot.reading.labels import LONG, Lexicon
from bot.text import folded, tidy

BOXES = "□☐▢◻◽❑❒⬜⃞"
TICKS = "☑☒✓✔√■◼⊠▣☒✅🗹✗✘"
_BARE_TICKS = frozenset("✓✔√✗✘✅")
_MARK = re.compile(f"([{BOXES}{TICKS}])")
_BRACKETED = re.compile(r"[(（\[【〔]\s*([√✓✔☑■]?)\s*[)）\]】〕]")
_BOX_AFTER_TICK = re.compile(f"([{TICKS}])\\s*[{BOXES}]|[{BOXES}]\\s*([√✓✔✗✘])(?=\\S)")
_MANY = 12
_SIZE_NOTE = re.compile(r"(?:限|限于|约|不超过|不少于|控制在|字数)*\d{2,5}字(?:以内|左右|以下|以上|内)?")
_LINE_TO_WRITE_ON = re.compile(r"[_＿﹍﹎﹏]{2,}|[＿﹍﹎﹏]|^_|_$")
"""What a blank form prints for people to write on (“____张三____”): no part of the answer."""
_FRAMED = re.compile(r"\A[【〔]\s*([^【】〔〕]*?)\s*[】〕]\Z")
"""What a blank form prints around the place of an answer (“【张三】”)."""
_CJK = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60，。；：！？、”’）》]")


def answer(text: str, spec: FieldSpec, lexicon: Lexicon) -> str:
    """The value of a field as written, tidied; "" when nothing was written. Of choices, those that are ticked."""
    if spec.kind not in LONG:
        chosen = ticked(text, spec)
        if chosen is not None:
            return chosen
    text = _without_hint(text, spec, lexicon)
    value = tidy(_LINE_TO_WRITE_ON.sub(" ", text))
    value = _FRAMED.sub(r"\1", value)
    return "" if lexicon.is_empty(value) or _is_size_note(value) else value


def ticked(text: str, spec: FieldSpec | None = None) -> str | None:
    """What is ticked among boxes (“☑男 □女”, “男√ 女”, “（√）男 （ ）女”); several are joined by “、”.

    None where there are no boxes, "" where none is ticked.
    """
    shown = _BRACKETED.sub(lambda match: "☑" if match[1] else "□", text)
    shown = _BOX_AFTER_TICK.sub("☑", shown)
    marks = _MARK.findall(shown)
    if not marks or len(shown) > 400:
        return None
    # A tick alone is a choice only beside choices: “√” in a sentence is not.
    if all(mark in _BARE_TICKS for mark in marks) and not (spec is not None and spec.kind is FieldKind.CHOICE):
        return None
    if len(marks) > _MANY and not any(mark in BOXES for mark in marks):
        return None
    return "、".join(_chosen(_MARK.split(shown)))


def _chosen(pieces: list[str]) -> list[str]:
    """The words that belong to ticks. Marks stand before their words, or behind when the line begins with a word.

    “类别：□甲 ☑乙” begins with a label, not with a choice: words stand behind the last mark too.
    """
    words, marks = pieces[0::2], pieces[1::2]
    first, last = words[0].strip(), words[-1].strip()
    before = not first or first.endswith(("：", ":")) or (len(marks) > 1 and bool(last))
    found: list[str] = []
    for index, mark in enumerate(marks):
        if mark in TICKS:
            word = _first(words[index + 1], mark) if before else _last(words[index])
            if word:
                found.append(word)
    return found


def _first(words: str, mark: str) -> str:
    """The words behind a mark, up to the next mark; where choices without a box follow a bare tick, only the first."""
    trimmed = tidy(words.strip(" \t\r\n\u3000、，,;；/"))
    return trimmed.split(" ")[0] if mark in _BARE_TICKS else trimmed


def _last(words: str) -> str:
    parts = tidy(words.strip("、，,;；/")).split(" ")
    return parts[-1] if parts else ""


def _without_hint(text: str, spec: FieldSpec, lexicon: Lexicon) -> str:
    """The text without a line of instruction printed above it in the blank form."""
    lines = text.strip().split("\n")
    while len(lines) > 1 and (folded(lines[0]) in {folded(spec.hint), *lexicon.hints} or _is_size_note(lines[0])):
        lines = lines[1:]
    return "\n".join(lines)


def _is_size_note(line: str) -> bool:
    return len(line) <= 30 and _SIZE_NOTE.fullmatch(folded(line)) is not None


def joined(lines: list[str]) -> str:
    """Lines that were broken only by the width of a page, put together: a space only between words of letters.

    No space between CJK characters, nor within a number: a date or telephone number that was broken is one.
    """
    text = ""
    for line in lines:
        part = line.strip()
        if text and part and text[-1].isalpha() and part[0].isalpha() and not (_CJK.match(text[-1]) or _CJK.match(part[0])):
            text += " "
        text += part
    return text


def is_blank(text: str) -> bool:
    """Whether a text shows nothing at all."""
    return not folded(text) and not unicodedata.normalize("NFKC", text).strip()
