"""What must hold of every letter that leaves: sound mail by several parsers, valid HTML, the same facts in both parts."""

import base64
import email
import email.policy
import re
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

import html5lib
import mailparser

from bot.letters.recompose import opened
from bot.model import Outgoing
from bot.text import folded
from tests.letters.build import wording

ONCE = ("date", "from", "to", "reply-to", "subject", "message-id", "auto-submitted", "mime-version", "content-type")
"""Header fields that stand there exactly once (RFC 5322, 3.6; RFC 2045, 4; RFC 3834, 5)."""

AT_MOST_ONCE = ("in-reply-to", "references", "cc", "bcc", "sender")

VOID = frozenset({"br", "meta", "hr"})

SIGNS = "✓!×○—·|"
"""Signs that HTML sets beside the words of a card, and that separate in text."""


def unsound(letter: Outgoing) -> list[str]:
    """Everything that is wrong with a letter as a mail and as a page; none is what every test asks for."""
    return [
        *_lines(letter.content),
        *_header(letter),
        *_structure(email.message_from_bytes(letter.content)),
        *_modern(letter),
        *_other(letter),
        *_page(opened(letter).words.html),
        *_different(letter),
    ]


def _lines(content: bytes) -> Iterator[str]:
    """RFC 5322, 2.1.1 and 2.3: CRLF alone ends a line, none is longer than 998; ours are ASCII and short."""
    lines = content.split(b"\r\n")
    if any(b"\n" in line or b"\r" in line for line in lines):
        yield "a bare CR or LF"
    if not content.isascii():
        yield "8-bit bytes"
    if not content.endswith(b"\r\n"):
        yield "the last line has no end"
    if max(map(len, lines)) > 100:
        yield f"a line of {max(map(len, lines))} characters"
    if b"\0" in content:
        yield "a NUL"


def _header(letter: Outgoing) -> Iterator[str]:
    block = letter.content.partition(b"\r\n\r\n")[0].decode("ascii")
    names = Counter(line.partition(":")[0].lower() for line in block.split("\r\n") if line[:1] not in (" ", "\t"))
    yield from (f"{name} stands there {names[name]} times" for name in ONCE if names[name] != 1)
    yield from (f"{name} stands there {names[name]} times" for name in AT_MOST_ONCE if names[name] > 1)
    for line in block.split("\r\n"):
        if not re.fullmatch(r"[!-9;-~]+: \S[ -~]*|[ \t]\S[ -~]*", line):
            yield f"no header line: {line!r}"
    for word in re.findall(r"=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=", letter.content.decode("ascii")):
        if len(word) > 75:
            yield f"an encoded word of {len(word)} characters"
        try:  # RFC 2047, 5: each encoded word holds whole characters
            _, charset, _, coded, _ = word.split("?")
            base64.b64decode(coded, validate=True).decode(charset)
        except ValueError as error:
            yield f"an encoded word that cannot be decoded by itself: {error}"


def _structure(root: Message) -> Iterator[str]:
    """RFC 2046: boundaries of their own, parts that decode, text and HTML as alternatives with the files beside them."""
    boundaries = [part.get_boundary("") for part in root.walk() if part.is_multipart()]
    if len(set(boundaries)) != len(boundaries) or not all(0 < len(boundary) <= 70 for boundary in boundaries):
        yield f"boundaries {boundaries}"
    for part in root.walk():
        yield from (f"{part.get_content_type()}: {defect!r}" for defect in part.defects)
        if not part.is_multipart():
            yield from _leaf(part)
    alternatives = [part for part in root.walk() if part.get_content_type() == "multipart/alternative"]
    kinds = [part.get_content_type() for one in alternatives for part in one.get_payload() if isinstance(part, Message)]
    if kinds != ["text/plain", "text/html"]:
        yield f"alternatives {kinds}"


def _leaf(part: Message) -> Iterator[str]:
    payload = part.get_payload()
    if part["Content-Transfer-Encoding"] != "base64" or not isinstance(payload, str):
        yield "a part that is not base64"
        return
    base64.b64decode(payload.replace("\r\n", ""), validate=True)
    if part.get_content_maintype() == "text" and part.get_filename() is None and part.get_content_charset() != "utf-8":
        yield "a text without its charset"
    if name := part.get_filename():
        disposition = str(part["Content-Disposition"])
        if "/" in name or "\\" in name or '"' in name:
            yield f"a file name that is none: {name}"
        if not name.isascii() and ("filename*" not in disposition or "=?utf-8?" not in str(part["Content-Type"])):
            yield f"a file name in one form only: {name}"


def _modern(letter: Outgoing) -> Iterator[str]:
    """Python's newer parser, which is stricter than the one that opened the letter."""
    message = email.message_from_bytes(letter.content, policy=email.policy.SMTP)
    assert isinstance(message, EmailMessage)
    for name in ("Date", "From", "To", "Reply-To", "Subject", "Message-ID", "In-Reply-To", "References"):
        field = message[name]
        yield from (f"{name}: {defect!r}" for defect in getattr(field, "defects", ()))
    if parsedate_to_datetime(str(message["Date"])).tzinfo is None:
        yield "a date without its zone"
    if not re.fullmatch(r"<[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]+@[0-9A-Za-z.-]+>", str(message["Message-ID"])):
        yield f"Message-ID {message['Message-ID']}"
    if message["Subject"] != letter.subject:
        yield f"the subject reads {message['Subject']!r}"
    if tuple(address.addr_spec for address in message["To"].addresses) != letter.recipients:
        yield f"it goes to {message['To']}"
    names = [part.get_filename() for part in message.iter_attachments()]
    if names != [one.name for one in opened(letter).attachments]:
        yield f"attachments {names}"


def _other(letter: Outgoing) -> Iterator[str]:
    """mail-parser, which many programs read mail with."""
    other, own = mailparser.parse_from_bytes(letter.content), opened(letter)
    seen = (other.subject, other.message_id, tuple(address for _, address in other.to))
    if seen != (letter.subject, letter.message_id, letter.recipients):
        yield f"mail-parser reads {seen}"
    if [text.replace("\r\n", "\n") for text in other.text_plain] != [own.words.text]:
        yield "mail-parser reads another text"
    if [text.replace("\r\n", "\n") for text in other.text_html] != [own.words.html]:
        yield "mail-parser reads another page"
    if other.defects:
        yield f"mail-parser finds {other.defects}"
    files = [base64.b64decode(one["payload"]) for one in other.attachments]
    if files != [one.content for one in own.attachments]:
        yield "mail-parser reads other files"


class _Page(HTMLParser):
    """The visible words of a page in pieces, and everything that webmail takes away."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"img", "script", "link", "iframe", "form", "object", "svg", "video", "base", "input", "button"}:
            self.wrong.append(f"<{tag}> does not hold in webmail")
        for name, value in attrs:
            if name.startswith("on") or name in ("src", "href", "background", "srcset"):
                self.wrong.append(f"{tag} {name}={value!r}")
            if name == "style" and re.search(r"url\(|expression|position|float|flex|grid|@import", value or ""):
                self.wrong.append(f"a style that does not hold in webmail: {value}")
            if name == "style" and any(int(px) > 120 for px in re.findall(r"(?<![-\w])width:(\d+)px", value or "")):
                self.wrong.append(f"too wide for 360 px: {value}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if not {"style", "title"} & set(self.open):
            self.words.append(data)


def _page(html: str) -> Iterator[str]:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    yield from (f"HTML: {code} at {place}" for place, code, _ in parser.errors)
    page = _read(html)
    yield from page.wrong
    yield from (f"<{tag}> stays open" for tag in page.open)
    if re.search(r"https?://|//[a-z]", html.partition("</head>")[2]):
        yield "an address outside"


def _read(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    page.close()
    return page


def _different(letter: Outgoing) -> Iterator[str]:
    """What one part says and the other does not; the page's head says the kind of letter, which the subject says too.

    What a nomination's category, state and card are is said by a label in text, by its place on the page.
    """
    words = opened(letter).words
    page = _read(words.html)
    said = folded("".join(page.words))
    pieces = (piece for line in words.text.splitlines() for piece in re.split(r"[：，（）【】·:|]|\s+|^--$", line))
    by_place = {wording().words["letters"]["label"][key].rstrip("：") for key in ("category", "state", "card")}
    pieces = (piece for piece in pieces if piece.strip() not in by_place)
    yield from (f"only in the text: {piece.strip()}" for piece in pieces if folded(piece) not in said)
    text = folded(words.subject + words.text)
    for piece in page.words:
        if folded(piece.strip().strip(SIGNS)) not in text:
            yield f"only on the page: {piece.strip()}"
