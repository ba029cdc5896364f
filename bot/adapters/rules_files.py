"""Opens the files of a campaign as offices save them (UTF-8, UTF-16, GB18030), and never a link, a giant or a program."""

from pathlib import Path

LARGEST = 4 * 1024 * 1024
"""Bytes; a rule file of a real campaign has some hundred kilobytes at most."""

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class UnusableError(Exception):
    """A rule file that cannot be opened as text; the message says what to do about it."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a rule file.

    Raises:
        UnusableError: the file is missing, a link, no plain file, too large, or refused by the system.
    """
    if path.is_symlink():
        raise UnusableError("is a symbolic link: put the file itself here")
    if not path.exists():
        raise UnusableError("is missing: copy it from the campaign that ships and edit it")
    if not path.is_file():
        raise UnusableError("is not a plain file")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UnusableError(f"has {size} bytes; rule files have at most {LARGEST}")
        return path.read_bytes()
    except OSError as error:
        raise UnusableError(f"cannot be read: {error.strerror}") from error


def as_toml_text(content: bytes) -> str:
    """The text of a TOML file, which is UTF-8 by its standard (a byte order mark is forgiven).

    Raises:
        UnusableError: the bytes are no UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnusableError(f"line {line}: is not UTF-8: save it as UTF-8") from error


def as_table_text(content: bytes) -> str:
    """The text of a table as Excel and WPS save it: UTF-8 with or without mark, UTF-16 (“Unicode text”), else GB18030.

    Raises:
        UnusableError: the bytes are a workbook or another binary file.
    """
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnusableError("is a workbook: save it as CSV (“CSV UTF-8” in Excel, “CSV” in WPS)")
    if content.startswith(_UTF16_MARKS):
        return _decoded(content, "utf-16")
    if b"\0" in content:
        raise UnusableError("is a binary file: save the table as CSV")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(content, "gb18030")


def _decoded(content: bytes, encoding: str) -> str:
    """The text in one encoding; `UnusableError` names the line that breaks."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnusableError(f"line {line}: is neither UTF-8 nor GB18030: save it as “CSV UTF-8”") from error
