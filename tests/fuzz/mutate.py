"""Damages bytes so that what is damaged is still nearly what it was: packages stay packages, XML and MIME stay trees."""

import io
import random
import re
import zipfile
from collections.abc import Callable

_TOKEN = re.compile(rb"<[^<>]*>|[^<>]+")
_ATTRIBUTE = re.compile(rb'([\w:.-]+)="([^"]*)"')
_NUMBER = re.compile(rb"\d+")

VALUES = (
    b"", b"0", b"-1", b"1", b"2", b"65535", b"65536", b"2147483648", b"-2147483649", b"99999999999999999999", b"1e9",
    b"NaN", b"restart", b"continue", b"true", b"on", b"\xe2\x98\x91", b"\xef\xbf\xbe", b"&#x1F600;", b"&#0;", b"&x;",
    b"../../x", b"rId1", b"http://[::1", b"#REF!", b"A1:XFD1048576", b"0 0 0 0", b"g 99999999 1", b"M 0 0 L", b"\x00",
    b" " * 40,
)  # fmt: skip
"""What stands in place of a value: borders of numbers, words that mean something, what is no value at all."""

SCRAPS = (
    b"\r\n", b"\r\n\r\n", b"\n", b"\r", b" ", b"\t", b";", b'"', b"<", b">", b"(", b"@", b",", b":", b"\\", b"\x00",
    b"\xff", b"=?", b"?=", b"=?gb2312?B?", b"=?utf-8?Q?=", b"*0*=", b"*=utf-8''%", b"filename", b"boundary=", b"--",
    b"charset=", b"Content-Type: multipart/mixed", b"Content-Type: message/rfc822\r\n\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"begin 644 x\r\n", b"From: ", b"Message-ID: <[", b"{", b"}", b"\\'81",
    b"\\u-1?", b"\\trowd", b"\\cell", b"\\row", b"\\bin9999999 ", b"\\cellx-1", b"<table>", b"<td colspan=99999>",
    b"</tr>", b"<!--", b"<![CDATA[", b"&#x110000;", b"&nbsp;", b"\xe5\xb9\xb4", "㛃𠮷".encode("gb18030"), b"\x81",
    b"PK\x03\x04", b"{5}\r\n", b"NIL", b"FETCH (UID", b"* ", b")",
)  # fmt: skip
"""Scraps of the languages that mails speak."""


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The same, damaged at one to six places."""
    for _ in range(chance.randint(1, 6)):
        data = _way(data, chance)(data, chance)
    return data


def _way(data: bytes, chance: random.Random) -> Callable[[bytes, random.Random], bytes]:
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.85:
        return _package
    if data.lstrip()[:1] == b"<" and chance.random() < 0.8:
        return _tree
    return chance.choice((_wound, _wound, _cut, _doubled, _scrap, _scrap, _number))


def _package(data: bytes, chance: random.Random) -> bytes:
    """One part of a zip damaged, left out, doubled or renamed; the zip itself is whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = list({info.filename: package.read(info) for info in package.infolist()}.items())
    except Exception:  # it is no zip any more: an earlier wound went that deep
        return _wound(data, chance)
    if not parts:
        return _wound(data, chance)
    at = chance.randrange(len(parts))
    name, content = max(parts, key=lambda part: len(part[1])) if chance.random() < 0.6 else parts[at]
    at = next(number for number, part in enumerate(parts) if part[0] == name)
    what = chance.random()
    if what < 0.85:
        parts[at] = (name, (_tree if content.lstrip()[:1] == b"<" else _wound)(content, chance))
    elif what < 0.9:
        del parts[at]
    elif what < 0.95:
        parts.append((f"{len(parts)}{name}", content))
    else:
        parts[at] = (name, b"")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _tree(data: bytes, chance: random.Random) -> bytes:
    """XML with an attribute changed, dropped or given to another element, or a stretch of it dropped, doubled or moved."""
    tokens = _TOKEN.findall(data)
    if len(tokens) < 3:
        return _scrap(data, chance)
    at = chance.randrange(len(tokens))
    what = chance.random()
    if what < 0.5:
        tokens[at] = _attributes(tokens[at], chance)
        return b"".join(tokens)
    first, last = _element(tokens, at)
    stretch = tokens[first:last]
    if what < 0.6:
        return b"".join(tokens[:first] + tokens[last:])
    if what < 0.75:
        return b"".join(tokens[:last] + stretch * chance.choice((1, 1, 3, 40)) + tokens[last:])
    if what < 0.85:  # into itself
        return b"".join(tokens[: first + 1] + stretch + tokens[first + 1 :])
    rest = tokens[:first] + tokens[last:]
    to = chance.randrange(len(rest) + 1)
    return b"".join(rest[:to] + stretch + rest[to:])


def _element(tokens: list[bytes], at: int) -> tuple[int, int]:
    """The tokens of the element that begins at or after `at`, whole; a text alone where none does."""
    while at < len(tokens) - 1 and not re.match(rb"<[A-Za-z]", tokens[at]):
        at += 1
    if not tokens[at].startswith(b"<") or tokens[at].endswith(b"/>"):
        return at, at + 1
    depth = 0
    for end in range(at, len(tokens)):
        if tokens[end].startswith(b"</"):
            depth -= 1
        elif re.match(rb"<[A-Za-z]", tokens[end]) and not tokens[end].endswith(b"/>"):
            depth += 1
        if depth <= 0:
            return at, end + 1
    return at, len(tokens)


def _attributes(token: bytes, chance: random.Random) -> bytes:
    found = list(_ATTRIBUTE.finditer(token))
    if not found:
        return _scrap(token, chance) if not token.startswith(b"<") else token
    one = chance.choice(found)
    if chance.random() < 0.25:
        return token[: one.start()] + token[one.end() :]
    value = chance.choice(VALUES)
    return token[: one.start(2)] + value + token[one.end(2) :]


def _wound(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    size = chance.choice((1, 1, 2, 4, 16))
    return data[:at] + chance.randbytes(size) + data[at + size :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.choice((1, 8, 200, len(data))) :]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    stretch = data[at : at + chance.choice((1, 12, 80))]
    return data[:at] + stretch * chance.choice((1, 2, 30)) + data[at:]


def _scrap(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(SCRAPS) + data[at:]


def _number(data: bytes, chance: random.Random) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return _scrap(data, chance)
    one = chance.choice(found)
    return data[: one.start()] + chance.choice(VALUES) + data[one.end() :]
