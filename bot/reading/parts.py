"""Which parts of a mail are its words and which are files: by what they are, not by what their disposition claims."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.reading.message import Part

_REPORT_PARTS = frozenset(
    {"message/delivery-status", "message/disposition-notification", "text/rfc822-headers", "message/feedback-report"}
)
_BODIES = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext"})


@dataclass(frozen=True, slots=True)
class Words:
    """One stretch of a mail's own words, as plain text, as HTML, or as both."""

    plain: tuple[Part, ...] = ()
    html: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Sorted:
    """The parts of a mail in their order."""

    words: tuple[Words, ...]
    files: tuple[Part, ...]


def sorted_parts(root: Part) -> Sorted:
    """The mail's words and its files. Every leaf is one or the other, but for the machine-readable parts of reports."""
    words: list[Words] = []
    files: list[Part] = []
    for words_or_file in _walk(root, alone=True):
        if isinstance(words_or_file, Words):
            words.append(words_or_file)
        else:
            files.append(words_or_file)
    return Sorted(tuple(words), tuple(files))


def given_name(part: Part) -> str:
    """The name a part carries, still as it stands: filename before name, then a description that looks like one; or ""."""
    for name in (part.disposition_parameters.get("filename"), part.parameters.get("name")):
        if name:
            return name
    described = part.field("content-description") or ""
    return described if "." in described[-6:-2] and "/" not in described else ""


def is_mail(part: Part) -> bool:
    """Whether the part says it is an attached mail."""
    return part.kind in ("message/rfc822", "message/global")


def _walk(part: Part, *, alone: bool) -> Iterator[Words | Part]:
    if not part.children:
        yield from _leaf(part, alone=alone)
    elif part.kind == "multipart/alternative":
        yield from _alternative(part)
    else:
        report = part.kind == "multipart/report"
        for child in part.children:
            if not (report and (child.kind in _REPORT_PARTS or is_mail(child))):
                yield from _walk(child, alone=alone and len(part.children) == 1)


def _leaf(part: Part, *, alone: bool) -> Iterator[Words | Part]:
    if part.kind.startswith("multipart/") and not part.payload.strip():
        return
    if not is_words(part, alone=alone):
        yield part
    elif part.kind == "text/html":
        yield Words(html=(part,))
    else:
        yield Words(plain=(part,))


def is_words(part: Part, *, alone: bool) -> bool:
    """Text that is no file: not attached, not named. What is alone in a mail is its words with either, but not with both."""
    if part.kind.startswith("multipart/"):  # one that could not be taken apart: its text is better than nothing
        return True
    if part.kind not in _BODIES:
        return False
    named = bool(part.disposition_parameters.get("filename") or part.parameters.get("name"))
    attached = part.disposition == "attachment"
    return not (named and attached) if alone else not (named or attached)


def _alternative(part: Part) -> Iterator[Words | Part]:
    """The same words in several dresses come as one; what is no text (an invitation, a file put there by mistake) is a file."""
    plain: list[Part] = []
    html: list[Part] = []
    files: list[Part] = []
    for child in part.children:
        for found in _walk(child, alone=False):
            if isinstance(found, Words):
                plain += found.plain
                html += found.html
            elif found.kind in _BODIES and found.disposition != "attachment" and not html:
                (html if found.kind == "text/html" else plain).append(found)  # a body that was given a name
            else:
                files.append(found)
    if plain or html:
        yield Words(tuple(plain), tuple(html))
    yield from files
