"""What an OLE file (MS-CFB) holds: the names of its streams, and whether a password locks it."""

from dataclasses import dataclass
from io import BytesIO

import olefile

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128  # bytes of a directory entry (MS-CFB 2.6.1)
_ENCRYPTED = 0x0100  # fEncrypted in the flags of the FIB (MS-DOC 2.5.2)
_FILE_PASS = 0x002F  # the record that an encrypted workbook begins with (MS-XLS 2.4.117)
_WANTED = ("WordDocument", "Workbook", "Book", "PowerPoint Document", "EncryptedPackage", "CONTENTS", "MatOST")


@dataclass(frozen=True, slots=True)
class Compound:
    """The paths of an OLE file's storages and streams in lower case, and whether a password locks it."""

    paths: frozenset[str]
    locked: bool

    def holds(self, name: str) -> bool:
        """Whether a stream or storage of this name lies at the top."""
        return name in self.paths

    @property
    def has_macros(self) -> bool:
        """Whether a VBA project of the document itself is there (MS-OVBA 2.2.1); those of embedded objects do not count."""
        return any(path in self.paths for path in ("macros/vba", "_vba_project_cur/vba", "vba"))


def compound(data: bytes) -> Compound:
    """What the file holds. A damaged one is searched for the names of its directory instead."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            paths = frozenset("/".join(path).lower() for path in ole.listdir(streams=True, storages=True))
            return Compound(paths, _locked(ole, paths))
    except Exception:  # olefile over hostile bytes raises anything; the names alone are found without it
        return Compound(_names(data), locked=False)


def _locked(ole: "olefile.OleFileIO[str]", paths: frozenset[str]) -> bool:
    if "encryptedpackage" in paths:
        return True
    if "worddocument" in paths:
        head = ole.openstream("WordDocument").read(12)
        return len(head) == 12 and bool(int.from_bytes(head[10:12], "little") & _ENCRYPTED)
    for name in ("workbook", "book"):
        if name in paths:
            return _begins_locked(ole.openstream(name).read(4096))
    return False


def _begins_locked(head: bytes) -> bool:
    """Whether FILEPASS is among the first records, where it must stand (MS-XLS 2.1.7.20.1)."""
    at = 0
    for _ in range(8):
        kind, size = int.from_bytes(head[at : at + 2], "little"), int.from_bytes(head[at + 2 : at + 4], "little")
        if kind == _FILE_PASS:
            return True
        at += 4 + size
        if at + 4 > len(head):
            return False
    return False


def _names(data: bytes) -> frozenset[str]:
    """The names of a directory that cannot be walked: each begins an entry, and entries lie on even places."""
    places = ((name, data.find((name + "\0").encode("utf-16-le"))) for name in _WANTED)
    return frozenset(name.lower() for name, at in places if at >= 0 and at % _ENTRY == 0)
