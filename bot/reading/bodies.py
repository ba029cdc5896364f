"""The words of a mail: plain text where it says something, else HTML made to text; quoted history told apart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.reading.charsets import codec_of, decode
from bot.reading.htmltext import html_text, without_links
from bot.reading.limits import Limits
from bot.reading.message import Part
from bot.reading.parts import Words
from bot.reading.quoting import fresh
from bot.reading.transfer import uuencoded
from bot.text import folded

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{1,500}>")
_PLACEHOLDER = 0.3  # plain text under this share of the HTML's text is a hint to use another program, not the mail
_FORWARD = re.compile(r"^\s*(?:转发|轉寄|轉發|fwd?|fw)\s*[:：]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """What a mail says in its own words."""

    text: str
    fresh_text: str
    said: tuple[str, ...]  # the sender's own words in every dress, targets of links marked: where links are looked for
    html: tuple[str, ...]  # the HTML of the mail, for forms pasted into it
    uuencoded: tuple[tuple[str, bytes], ...]  # files that stand in the text


def body_of(words: Iterable[Words], subject: str, limits: Limits) -> Body:
    """The body. In a forward, what was forwarded counts as said; in an answer, quoted history does not."""
    texts: list[str] = []
    dresses: list[str] = []
    html: list[str] = []
    files: list[tuple[str, bytes]] = []
    for stretch in words:
        plain = [_plain(part, limits) for part in stretch.plain]
        for number, text in enumerate(plain):
            found, plain[number] = uuencoded(text)
            files += found
        pages = [_html(part) for part in stretch.html]
        marked = [html_text(page) for page in pages]
        html += pages
        dresses += [*plain, *marked]
        texts.append(_better("\n".join(plain), "\n".join(marked)))
    text = "\n".join(one for one in texts if one.strip())[: limits.text_characters]
    own = fresh(text)
    forwarded = _FORWARD.match(subject) is not None or not own.strip()
    said = tuple(one if forwarded else fresh(one) for one in dresses)
    return Body(text.strip(), own.strip(), said, tuple(html), tuple(files))


def _better(plain: str, marked: str) -> str:
    shown = without_links(marked)
    if not plain.strip():
        return shown
    told, seen = len(folded(plain)), len(folded(shown))
    return shown if seen > 80 and told < _PLACEHOLDER * seen else plain


def _plain(part: Part, limits: Limits) -> str:
    text = decode(part.content()[: 4 * limits.text_characters], part.parameters.get("charset", ""))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.kind in ("text/enriched", "text/richtext"):
        text = _MARKUP.sub("", text)
    if part.parameters.get("format", "").lower() == "flowed":
        text = _flowed(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
    return text


def _html(part: Part) -> str:
    data = part.content()
    label = part.parameters.get("charset", "")
    if codec_of(label) in (None, "ascii"):
        meta = _META.search(data[:4096])
        label = decode(meta[1]) if meta is not None else label
    return decode(data, label)


def _flowed(text: str, *, delete_space: bool) -> str:
    """Lines that end in a space joined with the next of the same quoting depth (RFC 3676, 4)."""
    out: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        piece = content[:-1] if flows and delete_space else content
        if open_depth == depth and content != "-- ":
            out[-1] += piece
        else:
            out.append(("> " * depth if depth else "") + piece)
        open_depth = depth if flows else None
    return "\n".join(out)
