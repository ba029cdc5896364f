"""Tar archives, compressed or not, and single files under gzip, bzip2 or xz."""

import bz2
import gzip
import lzma
import tarfile
import zlib
from io import BytesIO

from bot.reading.archive_names import member_name, restored
from bot.reading.archives import Entry, unsafe
from bot.reading.limits import Limits
from bot.reading.unreadable import Unreadable

_BROKEN = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, OverflowError)


def entries_of(data: bytes, limits: Limits, name: str) -> list[Entry]:
    """The members of a tar file, or the one file that a plain gz holds. Raises `Unreadable`."""
    plain = _decompressed(data, limits)
    if plain[257:262] != b"ustar" and plain is not data and not _is_old_tar(plain):
        return [Entry(_inner_name(name), len(plain), lambda: plain)]
    try:
        archive = tarfile.open(fileobj=BytesIO(plain), mode="r:", encoding="utf-8", errors="surrogateescape")  # noqa: SIM115 # members are read later
        found: list[Entry] = []
        for info in archive:
            found.append(_entry(archive, info))
            if len(found) > limits.members:
                raise unsafe("too-many-members", len(found), limits.members)
    except _BROKEN as error:
        raise Unreadable.damaged("tar") from error
    return found


def _decompressed(data: bytes, limits: Limits) -> bytes:
    stream = _stream(data)
    if stream is None:
        return data
    most = min(limits.unpacked_bytes, max(limits.ratio_free_bytes, limits.ratio * len(data)))
    try:
        with stream:
            plain = stream.read(most + 1)
    except _BROKEN as error:
        raise Unreadable.damaged("gzip") from error
    if len(plain) > most:
        raise unsafe("too-large", len(plain), most)
    return plain


def _stream(data: bytes) -> gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile | None:
    if data.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=BytesIO(data))
    if data.startswith(b"BZh"):
        return bz2.BZ2File(BytesIO(data))
    return lzma.LZMAFile(BytesIO(data)) if data.startswith(b"\xfd7zXZ\x00") else None


def _is_old_tar(plain: bytes) -> bool:
    """A tar file from before POSIX has no mark; its checksum tells."""
    if len(plain) < 512:
        return False
    try:
        tarfile.TarInfo.frombuf(plain[:512], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def _inner_name(name: str) -> str:
    for end in (".gz", ".bz2", ".xz"):
        if name.lower().endswith(end) and len(name) > len(end):
            return name[: -len(end)]
    return name.replace(".tgz", ".tar") + ".unpacked"


def _entry(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Entry:
    def load() -> bytes:
        try:
            stream = archive.extractfile(info)
            content = stream.read(info.size + 1) if stream is not None else b""
        except _BROKEN as error:
            raise Unreadable.damaged("tar member") from error
        if len(content) != info.size:
            raise Unreadable.damaged("tar member")
        return content

    return Entry(
        name=restored(member_name(info.name.encode("utf-8", "surrogateescape"))),
        size=info.size,
        load=load,
        is_folder=info.isdir(),
        is_link=not info.isdir() and not info.isreg(),
    )
