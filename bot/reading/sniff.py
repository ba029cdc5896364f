"""What a file is, by its content; its name only decides between formats that share their bytes (xls and et)."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from bot.model import Format
from bot.reading.charsets import fits
from bot.reading.ole import MAGIC, compound
from bot.reading.sniff_odf import OTHERS, flat, packed

_HEAD = 4096

_STARTS: tuple[tuple[bytes, Format], ...] = (
    (b"{\\rtf", Format.RTF),
    (b"Rar!\x1a\x07", Format.RAR),
    (b"7z\xbc\xaf\x27\x1c", Format.SEVENZIP),
    (b"\x1f\x8b", Format.TAR),
    (b"BZh", Format.TAR),
    (b"\xfd7zXZ\x00", Format.TAR),
    (b"\x78\x9f\x3e\x22", Format.TNEF),
    (b"\x89PNG\r\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"GIF8", Format.IMAGE),
    (b"II*\x00", Format.IMAGE),
    (b"MM\x00*", Format.IMAGE),
    (b"8BPS", Format.IMAGE),
    (b"\xd7\xcd\xc6\x9a", Format.IMAGE),  # placeable WMF
    (b"\x00\x00\x00\x0cjP  ", Format.IMAGE),  # JPEG 2000
    (b"ID3", Format.MEDIA),
    (b"OggS", Format.MEDIA),
    (b"fLaC", Format.MEDIA),
    (b"FLV\x01", Format.MEDIA),
    (b"#!AMR", Format.MEDIA),
    (b"\x1aE\xdf\xa3", Format.MEDIA),  # Matroska, WebM
    (b"\x00\x00\x01\xba", Format.MEDIA),  # MPEG
    (b"\x00\x00\x01\xb3", Format.MEDIA),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Format.MEDIA),  # ASF, WMV, WMA
    (b"MThd", Format.MEDIA),
    (b"BEGIN:VCALENDAR", Format.CALENDAR),
    (b"BEGIN:VCARD", Format.CALENDAR),
    (b"-----BEGIN PGP SIGNATURE", Format.CALENDAR),
    (b"MZ", Format.PROGRAM),
    (b"\x7fELF", Format.PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", Format.PROGRAM),  # a Windows shortcut
    (b"\xca\xfe\xba\xbe", Format.PROGRAM),  # Java, Mach-O
    (b"\xcf\xfa\xed\xfe", Format.PROGRAM),
    (b"dex\n", Format.PROGRAM),
    (b"MSCF", Format.UNKNOWN),
    (b"#!", Format.PROGRAM),
)
_SCRIPT_NAMES = frozenset(
    {
        *("exe", "com", "scr", "pif", "bat", "cmd", "ps1", "psm1", "vbs"),
        *("vbe", "js", "jse", "wsf", "wsh", "hta", "msi", "msp", "cpl"),
        *("dll", "sys", "lnk", "reg", "jar", "apk", "ipa", "app", "deb"),
        *("rpm", "sh", "command", "scf", "inf", "url", "gadget", "msc", "iso"),
        *("img", "vhd"),
    }
)
"""Ends of names of what runs when it is opened. Asked only where the content is text or unknown."""
_MEDIA_NAMES = frozenset(
    {"mp3", "mp4", "m4a", "m4v", "mov", "avi", "wmv", "wma", "mpg", "mpeg", "rm", "rmvb", "flv", "mkv", "wav", "amr", "3gp"}
)
_BROKEN_OLE: Mapping[str, Format] = {
    **dict.fromkeys(("doc", "dot", "wps", "wpt"), Format.DOC),
    **dict.fromkeys(("xls", "xlt"), Format.XLS),
    **dict.fromkeys(("et", "ett"), Format.ET),
    **dict.fromkeys(("ppt", "pps", "dps"), Format.PPTX),
}
_DAMAGED: Mapping[str, Format] = {
    "docx": Format.DOCX,
    "doc": Format.DOC,
    "wps": Format.WPS,
    "rtf": Format.RTF,
    "xlsx": Format.XLSX,
    "xls": Format.XLS,
    "et": Format.ET,
    "odt": Format.ODT,
    "ods": Format.ODS,
    "pdf": Format.PDF,
    "ofd": Format.OFD,
    "zip": Format.ZIP,
    "rar": Format.RAR,
    "7z": Format.SEVENZIP,
}
"""What bytes of no known kind were meant to be, by the name: the reader of that format says that they are damaged."""
_NO_TEXT = frozenset({"docx", "xlsx", "odt", "ods", "pdf", "ofd", "zip", "rar", "7z"})
"""Under these names a few plain letters are what is left of a file (“Not found”); more than that is text that can be read."""
_STUB = 1000
_NEVER_TEXT = bytes((0, 1, 2, 3, 4, 5, 6, 14, 15, 16))
_WRONG = 50
"""One of so many bytes of a text may be wrong."""
_CALENDARS = frozenset({"ics", "vcf", "p7s", "asc", "sig"})
_MAILS = frozenset({"eml", "mht", "mhtml"})
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|p|meta|style|span)\b",
    re.IGNORECASE | re.DOTALL,
)
_WORDML = re.compile(rb"<\?mso-application\s+progid=\"(?:Word|Excel)|<w:wordDocument|<pkg:package|<(?:ss:)?Workbook\b")
_MAIL_FIELD = re.compile(
    rb"^(?:Received|Return-Path|From|Date|Subject|Message-ID|MIME-Version|Delivered-To|DKIM-Signature|To|Content-Type|Reply-To|"
    rb"X-[\w-]+|Thread-Topic|Sender|Content-[\w-]+|Authentication-Results|ARC-[\w-]+):",
    re.I | re.M,
)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file is, and whether a password locks it."""

    format: Format
    locked: bool = False


def format_of(data: bytes, name: str) -> Format:
    """The format of a file's bytes; `name` helps only where bytes do not tell."""
    return sniffed(data, name).format


def sniffed(data: bytes, name: str) -> Sniffed:
    """The format, and for office documents whether they are locked."""
    if not data:
        return Sniffed(Format.EMPTY)
    if data.startswith(MAGIC):
        return _ole(data, extension(name))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK")):
        return Sniffed(_zip(data, extension(name)))
    return Sniffed(_plain(data, extension(name)))


def extension(name: str) -> str:
    """The end of a name after its last full stop, lower case, without spaces."""
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def _ole(data: bytes, end: str) -> Sniffed:
    inside = compound(data)
    if inside.has_macros:
        return Sniffed(Format.PROGRAM)
    if inside.holds("encryptedpackage"):
        return Sniffed(Format.XLSX if end.startswith(("xls", "et")) else Format.DOCX, locked=True)
    if inside.holds("worddocument"):
        return Sniffed(Format.DOC, inside.locked)
    if inside.holds("workbook") or inside.holds("book"):
        return Sniffed(Format.ET if end in ("et", "ett") else Format.XLS, inside.locked)
    if inside.holds("__properties_version1.0"):
        return Sniffed(Format.MSG)
    if inside.holds("powerpoint document"):
        return Sniffed(Format.PPTX)
    if inside.holds("contents") or inside.holds("matost"):
        return Sniffed(Format.WPS)
    # Its directory is gone or broken: the name says what it was meant to be, and reading says that it is damaged.
    return Sniffed(_BROKEN_OLE.get(end, Format.UNKNOWN))


def _zip(data: bytes, end: str) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = frozenset(name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist())
            open_document = packed(archive, names) if "[content_types].xml" not in names else None
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        # The directory at its end is gone or broken; the first member still says what it was meant to be.
        meant = _DAMAGED[end] if end in ("docx", "xlsx", "odt", "ods", "ofd") else Format.ZIP
        return Format.DOCX if b"word/" in data else Format.XLSX if b"xl/" in data else meant
    macros = any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names)
    if macros and "[content_types].xml" in names:
        return Format.PROGRAM
    if "androidmanifest.xml" in names or ("meta-inf/manifest.mf" in names and any(name.endswith(".class") for name in names)):
        return Format.PROGRAM
    if "ofd.xml" in names:
        return Format.OFD
    return open_document or _package(names)


def _package(names: frozenset[str]) -> Format:
    """Which office document a zip is (ECMA-376 part 2), or just an archive."""
    if "[content_types].xml" not in names:
        return Format.ZIP
    for folder, format in (("word/", Format.DOCX), ("xl/", Format.XLSX), ("ppt/", Format.PPTX)):
        if any(name.startswith(folder) for name in names):
            return format
    return Format.ZIP


def _plain(data: bytes, end: str) -> Format:
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if head.startswith(b"%PDF-"):
        return Format.PDF
    for start, format in _STARTS:
        if head.startswith(start) and not (start == b"MZ" and _is_text(data)):
            return format
    boxed = _boxed(data)
    if boxed is None and b"%PDF-" in data[:1024]:
        # Viewers take what stands before it for rubbish. Asked last: an archive may hold a PDF as it is near its beginning.
        return Format.PDF
    return boxed or (_words(data, head, end) if _is_text(data) else _binary(data, end))


def _boxed(data: bytes) -> Format | None:
    """Formats that tell themselves some bytes in."""
    if data[:4] == b"RIFF":
        return Format.IMAGE if data[8:12] == b"WEBP" else Format.MEDIA
    if data[4:8] == b"ftyp":
        return Format.IMAGE if data[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif") else Format.MEDIA
    if data[4:8] in (b"moov", b"mdat", b"wide"):
        return Format.MEDIA
    if data[:2] == b"BM" and len(data) > 54 and data[14:18] in (b"\x28\0\0\0", b"\x0c\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0"):
        return Format.IMAGE
    if data[:4] == b"\x01\0\0\0" and data[40:44] == b" EMF":
        return Format.IMAGE
    if data[257:262] == b"ustar":
        return Format.TAR
    return Format.MEDIA if data[:1] == b"\xff" and data[1:2] in (b"\xfb", b"\xf3", b"\xf2", b"\xf1", b"\xf9") else None


def _words(data: bytes, head: bytes, end: str) -> Format:
    """Which kind of text."""
    if end in _CALENDARS:
        return Format.CALENDAR
    if end in _SCRIPT_NAMES:
        return Format.PROGRAM
    if end in ("doc", "mht", "mhtml", "xls", "docx", *_MAILS) or not _HTML.match(head):
        fields = len({field.lower() for field in _MAIL_FIELD.findall(head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0])})
        if _MAIL_FIELD.match(head) and fields >= (1 if end in _MAILS else 3):
            return Format.EML
    if _WORDML.search(head) or _HTML.match(head) or (end in ("htm", "html") and b"<" in data):
        return Format.HTML
    if OTHERS.search(head[:1000]):
        return flat(data)
    if b"<svg" in head[:1000]:
        return Format.IMAGE
    stub = end in _NO_TEXT and len(data) < _STUB and data.isascii()
    return _DAMAGED[end] if stub else Format.TEXT


def _binary(data: bytes, end: str) -> Format:
    if end in _SCRIPT_NAMES:
        return Format.PROGRAM
    if end in _CALENDARS and data[:1] == b"\x30":  # DER: a detached signature
        return Format.CALENDAR
    if end in _MEDIA_NAMES:
        return Format.MEDIA
    return _DAMAGED.get(end, Format.UNKNOWN)


def _is_text(data: bytes) -> bool:
    """No byte that text cannot have, in the first 64 KiB; UTF-16 says itself by its mark."""
    head = data[: 16 * _HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return len(data) % 2 == 0 and not head.startswith(b"\xff\xfe\x00\x00")
    odd = len(head) - len(head.translate(None, _NEVER_TEXT))
    return odd == 0 and (head.isascii() or _decodes(head))


def _decodes(head: bytes) -> bool:
    for codec in ("utf-8", "gb18030", "big5"):
        for cut in range(4):  # the last character may be cut in half
            if fits(head[: len(head) - cut], codec) is not None:
                return True
    # Some bytes were damaged on the way, or the bytes of two encodings stand side by side: most of it is text all the same.
    return min(head.decode(codec, "replace").count("\ufffd") for codec in ("utf-8", "gb18030")) * _WRONG <= len(head)
