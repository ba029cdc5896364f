"""Which OpenDocument a file is, by the type that it names itself, and whether it holds macros."""

import re
import zipfile
from collections.abc import Mapping, Set

from bot.model import Format

OTHERS = re.compile(rb"<(?:office:document|uof:UOF)\b")
"""How flat OpenDocument and Uniform Office Format (GB/T 20916) begin: whatever of them is not read is no plain text."""

_TYPE = re.compile(rb"application/(?:x-)?vnd\.oasis\.opendocument\.([a-z-]{1,40})")
_KINDS: Mapping[bytes, Format] = {
    b"text": Format.ODT,
    b"text-template": Format.ODT,
    b"text-master": Format.ODT,
    b"text-web": Format.ODT,
    b"spreadsheet": Format.ODS,
    b"spreadsheet-template": Format.ODS,
}
_TYPE_HOLDERS = ("mimetype", "META-INF/manifest.xml")  # the second where somebody packed a document anew
_LARGEST = 1 << 20  # bytes of a member that is looked into
_HEAD = 1 << 15  # bytes in which a flat document names its type, behind its namespaces
_MODULE = re.compile(r"(?:basic|scripts)/(?:.*/)?(?!script-l[bc]\.|dialog-l[bc]\.)[^/]+\Z")
_FLAT_MODULE = re.compile(rb"<\w{1,20}:source-code\b")


def packed(archive: zipfile.ZipFile, names: Set[str]) -> Format | None:
    """The OpenDocument in a zip whose members have these names in lower case; None for any other zip.

    Templates are documents; drawings, presentations and dialects from before the standard are not known here.
    """
    if not names & {"content.xml", "encrypted-package"}:
        return None
    found = next((kind for member in _TYPE_HOLDERS if (kind := _type_in(archive, member)) is not None), None)
    if found is None:
        return Format.UNKNOWN if names & {"mimetype", "uof.xml"} else None
    return Format.PROGRAM if any(map(_MODULE.match, names)) else found


def flat(data: bytes) -> Format:
    """What a document is that lies in one XML file."""
    kind = _TYPE.search(data, 0, _HEAD)
    if kind is None:
        return Format.UNKNOWN
    return Format.PROGRAM if _FLAT_MODULE.search(data) else _KINDS.get(kind[1], Format.UNKNOWN)


def _type_in(archive: zipfile.ZipFile, member: str) -> Format | None:
    """The format that a member names; None where there is no such member or it names none."""
    try:
        if archive.getinfo(member).file_size > _LARGEST:
            return None
        kind = _TYPE.search(archive.read(member))
    except Exception:  # zipfile over hostile bytes raises anything; then this member names nothing
        return None
    return None if kind is None else _KINDS.get(kind[1], Format.UNKNOWN)
