"""Office packages (zip) whose bytes depend on their content alone: every member carries the same fixed time."""

import io
import zipfile
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold; what python-docx and openpyxl would write here is the wall clock."""


class FixedZip(zipfile.ZipFile):
    """A zip file for writing that ignores the clock."""

    def writestr(self, zinfo_or_arcname: str | zipfile.ZipInfo, data: Any, *args: Any, **kwargs: Any) -> None:
        """Add a member from memory."""
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        super().writestr(self.member(name), data, *args, **kwargs)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add a member from a file, in pieces: a sheet may be larger than the memory should be."""
        member = self.member(str(arcname or filename))
        with open(filename, "rb") as source, self.open(member, "w", force_zip64=True) as target:  # noqa: PTH123 - str or Path
            while piece := source.read(1 << 20):
                target.write(piece)

    def member(self, name: str) -> zipfile.ZipInfo:
        """The directory entry of a member to be written."""
        member = zipfile.ZipInfo(name, FIXED_TIME)
        member.compress_type = zipfile.ZIP_DEFLATED
        member._compresslevel = self.compresslevel  # type: ignore[attr-defined]  # `open` asks the entry alone (CPython 3.11)
        member.external_attr = 0o600 << 16
        return member


def sealed(
    package: bytes, members: Mapping[str, bytes] = MappingProxyType({}), without: Collection[str] = frozenset()
) -> bytes:
    """The same package with fixed times, some members replaced by others, some left out."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, FixedZip(result, "w") as target:
        for member in source.infolist():
            if member.filename in without:
                continue
            target.writestr(member.filename, members.get(member.filename) or source.read(member))
    return result.getvalue()
