"""A reader with a second try: what it cannot read is converted by another program of the machine and read from that."""

from collections.abc import Mapping
from dataclasses import replace

from bot.adapters.worker import LimitedReader
from bot.model import FileRead, Format, Problem, Reading
from bot.ports import Converter, OldDocument
from bot.reading.sniff import extension

MOST = 30
"""Files of one mail that get a second try; a mail with more that cannot be read is no submission of ours."""

_TARGETS: Mapping[Format, tuple[str, str]] = {
    # what the bytes are: the ending under which the office program is given them, the format wanted back
    Format.DOC: ("doc", "docx"),
    Format.WPS: ("wps", "docx"),
    Format.RTF: ("rtf", "docx"),
    Format.DOCX: ("docx", "docx"),
    Format.XLS: ("xls", "xlsx"),
    Format.ET: ("xls", "xlsx"),
    Format.XLSX: ("xlsx", "xlsx"),
    Format.ODT: ("odt", "docx"),
    Format.ODS: ("ods", "xlsx"),
}
_BY_NAME: Mapping[str, tuple[str, str]] = {
    # formats that nothing here reads but an office program does, by the end of the name
    "odt": ("odt", "docx"),
    "ott": ("ott", "docx"),
    "fodt": ("fodt", "docx"),
    "sxw": ("sxw", "docx"),
    "uot": ("uot", "docx"),
    "uof": ("uot", "docx"),
    "wps": ("wps", "docx"),
    "wpd": ("wpd", "docx"),
    "doc": ("doc", "docx"),
    "ods": ("ods", "xlsx"),
    "ots": ("ots", "xlsx"),
    "sxc": ("sxc", "xlsx"),
    "uos": ("uos", "xlsx"),
}
"""Uniform Office Format (GB/T 20916: uof, uot, uos) is among them, which offices in China may send."""


_BEGINNINGS = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",  # OLE: doc, xls, wps, et
    b"PK",  # zip: docx, xlsx, odt, ods
    b"{\\rtf",
    b"<",  # flat XML: fodt, uof
    b"\xffWPC",  # WordPerfect
    b"\x01\xfe",  # Works
    b"\xdb\xa5",  # Word before OLE
    b"1\xbe\0\0",
)
"""How documents begin that an office program knows. What begins otherwise it would take for plain text, noise and all."""


class SecondTryReader:
    """Keeps the promises of `bot.ports.Reader`. A finding stays where the second try fails too."""

    def __init__(self, reader: LimitedReader, converter: Converter) -> None:
        self._reader = reader
        self._converter = converter

    def read(self, content: bytes) -> Reading:
        """All that the mail says, with what only the second try could read."""
        reading = self._reader.read(content)
        hopes = [file for file in reading.files if target_of(file) is not None][:MOST]
        if not hopes:
            return reading
        mended = self._mended(content, hopes)
        return replace(reading, files=tuple(mended.get(file.path, file) for file in reading.files))

    def close(self) -> None:
        """End the process."""
        self._reader.close()

    def _mended(self, content: bytes, hopes: list[FileRead]) -> dict[str, FileRead]:
        handed = self._reader.hand_out(content, [file.path for file in hopes])
        asked = [
            (file, target)
            for file in hopes
            if is_document(handed.get(file.path, b"")) and (target := target_of(file)) is not None
        ]
        documents = [OldDocument(handed[file.path], *target) for file, target in asked]
        mended = {}
        for (file, _), converted in zip(asked, self._converter.convert(documents), strict=True):
            if converted is not None:
                again = self._reader.document(file.path, converted)
                if again.problem is None and has_words(again):
                    mended[file.path] = replace(again, sha256=file.sha256, size=file.size, format=_told(file, again))
        return mended


def target_of(file: FileRead) -> tuple[str, str] | None:
    """Ending and wanted format when a second try may help; None for what was read, is locked, unsafe or too large."""
    if file.container:
        return None
    if file.problem is None:
        return _TARGETS.get(file.format) if not has_words(file) and not file.images and file.format is Format.DOC else None
    if file.problem.check == "attachment-unreadable" and _is_damaged(file.problem):
        return _TARGETS.get(file.format)
    if file.problem.check == "attachment-unsupported":
        return _BY_NAME.get(extension(file.name))
    return None


def is_document(data: bytes) -> bool:
    """Whether bytes begin like a document of some program."""
    return data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(_BEGINNINGS)


def has_words(file: FileRead) -> bool:
    """Whether anything was read from it."""
    return any(section.text.strip() or section.rows for section in file.sections)


def _is_damaged(problem: Problem) -> bool:
    return problem.facts.get("why") == "damaged"


def _told(file: FileRead, again: FileRead) -> Format:
    """The file's own format where it has a name here, else that of what it was converted to."""
    return again.format if file.format is Format.UNKNOWN else file.format
