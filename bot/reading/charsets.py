"""Bytes to text when the label of the charset may be wrong, misspelt, unknown or absent; never raises."""

import codecs
import re
from functools import lru_cache

GB18030 = "gb18030"
_FORBIDDEN = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
# A label that says “Western” or “nothing in particular” is what mailers write who do not know; the bytes decide.
_WEAK = frozenset({"ascii", "iso8859-1", "cp1252", "latin_1", "iso8859-15"})
# Codecs that say more than ASCII in bytes of ASCII.
_STATEFUL = frozenset({"utf-7", "hz", "iso2022_jp", "iso2022_jp_2", "iso2022_kr", "utf-16", "utf-16-le", "utf-16-be", "utf-32"})
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_GB_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_ONLY_GB = re.compile(rb"(?:[\x00-\x7f]|[\xb0-\xf7][\xa1-\xfe])+")
_UNLIKELY = re.compile("[\u0100-\u07ff]")
_CHINESE = re.compile("[\u2010-\u2026\u2e80-\u9fff\uff00-\uffef\U00020000-\U0003ffff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_LABEL_JUNK = re.compile(r"[^a-z0-9_+.:-]")


@lru_cache(maxsize=512)
def codec_of(label: str) -> str | None:
    """The codec a label stands for: gb2312, gbk, x-gbk, gb_2312-80, cp936 … are all GB18030; None if it says nothing.

    GB18030 holds every character of GB2312 and GBK, and senders write the old labels over the new bytes.
    """
    name = _LABEL_JUNK.sub("", label.strip().lower().replace("charset=", ""))
    bare = name.replace("-", "").replace("_", "")
    if bare.startswith(
        ("gb", "xgb", "cngb", "csgb", "eucgb", "xeuccn", "euccn", "chinese", "cp936", "ms936", "windows936", "936")
    ):
        return GB18030
    if bare.startswith(("utf8", "xutf8")):
        return "utf-8"
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if found.replace("-", "_") in _FORBIDDEN else found


def decode(data: bytes, label: str = "") -> str:
    """Text of the bytes: what the label says if they fit it, else UTF-8, else GB18030, else the label with gaps marked.

    Control characters other than tab and line ends, and lone surrogates, are left out: nothing downstream wants them.
    """
    codec = _marked(data) or codec_of(label)
    text = data.decode("ascii") if data.isascii() and codec not in _STATEFUL else _decoded(data, codec)
    return _CONTROLS.sub("", text.removeprefix("\ufeff"))


def fits(data: bytes, codec: str) -> str | None:
    """The text if every byte fits the codec, else None."""
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None


def _marked(data: bytes) -> str | None:
    """The codec that a byte order mark tells."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    return "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


def likely(data: bytes) -> str | None:
    """Unlabelled bytes as UTF-8 or else GB18030, None if they are neither.

    A few Chinese words are valid UTF-8 in GB18030 too (学校 would be “ѧУ”): what comes out in Greek, Cyrillic, Arabic or
    the rarer Latin letters alone, while its bytes make Chinese, is taken for Chinese.
    """
    text = fits(data, "utf-8")
    if text is None or (_UNLIKELY.search(text) and not _CHINESE.search(text) and _ONLY_GB.fullmatch(data)):
        return fits(data, GB18030) or text
    return text


def _decoded(data: bytes, codec: str | None) -> str:
    if codec == GB18030:
        text = fits(data, "utf-8")
        if text is not None and _is_mostly_chinese(text):  # the label is a habit of the program, the bytes are not
            return text
    if codec is not None and codec not in _WEAK:
        text = fits(data, codec)
        return text if text is not None else (likely(data) or _with_gaps(data, codec))
    text = likely(data) if codec is None or _looks_chinese(data) else fits(data, "utf-8")
    if text is None and codec is not None:
        text = fits(data, codec)
    return text if text is not None else (fits(data, GB18030) or _with_gaps(data, None))


def _is_mostly_chinese(text: str) -> bool:
    beyond = sum(not char.isascii() for char in text)
    return beyond > 0 and len(_CHINESE.findall(text)) >= 0.8 * beyond


def _looks_chinese(data: bytes) -> bool:
    """Nearly all high bytes come in pairs of the GB2312 square: no Western text looks so, bar a few words in capitals."""
    high = len(_HIGH.findall(data))
    return high > 0 and 2 * len(_GB_PAIR.findall(data)) >= 0.9 * high


def _with_gaps(data: bytes, codec: str | None) -> str:
    """The best reading of broken bytes: whichever of the likely codecs leaves the fewest gaps."""
    candidates = [codec] if codec else []
    candidates += [other for other in ("utf-8", GB18030) if other != codec]
    readings = []
    for candidate in candidates:
        try:
            readings.append(data.decode(candidate, "replace"))
        except (UnicodeError, LookupError, ValueError):  # UTF-7 and the like raise even when told to replace
            continue
    return min(readings, key=lambda text: text.count("\ufffd"))
