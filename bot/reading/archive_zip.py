"""Zip archives: names in three encodings, overlapping members found out, members read within their promised size."""

import lzma
import stat
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import IO

from bot.reading.archive_names import member_name, restored
from bot.reading.archives import Entry, unsafe
from bot.reading.limits import Limits
from bot.reading.unreadable import Unreadable

_DIRECTORY = b"PK\x01\x02"
_MEMBER = b"PK\x03\x04"
_UTF8 = 0x800
_LOCKED = 0x1
_HEADER = 30  # bytes of a local header before the name (APPNOTE 4.3.7)
_UNICODE_PATH = 0x7075  # APPNOTE 4.6.9
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def entries(data: bytes, limits: Limits) -> list[Entry]:
    """The members of a zip file. Raises `Unreadable` when it has no usable directory or members overlap."""
    archive = _opened(data)
    infos = archive.infolist()
    if len(infos) > limits.members:
        raise unsafe("too-many-members", len(infos), limits.members)
    _refuse_overlaps(infos, data)
    return [_entry(archive, info) for info in infos]


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        try:
            return zipfile.ZipFile(BytesIO(data))
        except UnicodeDecodeError:  # names that say they are UTF-8 and are not
            return zipfile.ZipFile(BytesIO(_without_utf8_flags(data)))
    except _BROKEN as error:
        raise Unreadable.damaged("zip directory") from error


def _without_utf8_flags(data: bytes) -> bytes:
    """The archive with the flag taken from every entry and the member it points at, so that names come as bytes."""
    out = bytearray(data)
    at = data.find(_DIRECTORY)
    while 0 <= at <= len(data) - 46:
        out[at + 9] &= ~(_UTF8 >> 8) & 0xFF
        member = int.from_bytes(data[at + 42 : at + 46], "little")
        if data[member : member + 4] == _MEMBER:
            out[member + 7] &= ~(_UTF8 >> 8) & 0xFF
        at = data.find(_DIRECTORY, at + 46)
    return bytes(out)


def _refuse_overlaps(infos: list[zipfile.ZipInfo], data: bytes) -> None:
    """Members that share bytes are how a small file unpacks to a huge one without nesting.

    Where the directory points at something that is no member, bytes were lost or added on the way: that is damage.
    """
    ordered = sorted(infos, key=lambda info: info.header_offset)
    reached = 0
    for info in ordered:
        if info.header_offset < reached:
            begins = info.header_offset >= 0 and data.startswith(_MEMBER, info.header_offset)
            raise unsafe("overlap") if begins else Unreadable.damaged("zip directory")
        reached = info.header_offset + _HEADER + len(_raw_name(info)) + info.compress_size


def _entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Entry:
    name = _name(info)
    mode = info.external_attr >> 16
    return Entry(
        name=name,
        size=info.file_size,
        load=_loader(archive, info),
        is_folder=name.endswith(("/", "\\")) or bool(info.external_attr & 0x10 and not info.file_size),
        is_link=bool(mode) and info.create_system == 3 and (stat.S_ISLNK(mode) or stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)),
        locked=bool(info.flag_bits & _LOCKED),
    )


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437", "replace")


def _name(info: zipfile.ZipInfo) -> str:
    """The name: the Unicode path field where it fits, then what the flag says, then what the bytes say."""
    raw = _raw_name(info)
    told = _unicode_path(info.extra, raw)
    if told is not None:
        return told
    return restored(info.orig_filename) if info.flag_bits & _UTF8 else member_name(raw)


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    at = 0
    while at + 4 <= len(extra):
        kind, size = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        body = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(body) > 5 and int.from_bytes(body[1:5], "little") == zlib.crc32(raw):
            return body[5:].decode("utf-8", "replace")
        at += 4 + size
    return None


def _loader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def load() -> bytes:
        try:
            with _stream(archive, info) as stream:
                return stream.read(info.file_size + 1)
        except _BROKEN as error:
            raise Unreadable.damaged("zip member") from error

    return load


def _stream(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    try:
        return archive.open(info)
    except zipfile.BadZipFile:
        # The name before the content may be written in another encoding than in the directory: only that is forgiven.
        file = archive.fp
        if file is None:
            raise
        file.seek(info.header_offset)
        header = file.read(_HEADER)
        if len(header) < _HEADER:
            raise
        local = file.read(int.from_bytes(header[26:28], "little"))
        info.orig_filename = local.decode("utf-8" if header[7] & (_UTF8 >> 8) else "cp437")
        return archive.open(info)
