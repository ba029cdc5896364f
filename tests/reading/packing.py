"""Archives for tests, with names and tricks that no library would write of itself."""

import io
import tarfile
import zipfile
from collections.abc import Iterable


class RawInfo(zipfile.ZipInfo):
    """A zip member whose name goes out as the bytes it was given, with the flag it was given."""

    raw: bytes = b""
    flags: int = 0

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 # the name zipfile asks for
        return self.raw, self.flags


def zip_of(members: Iterable[tuple[bytes | str, bytes]], *, flag: bool = False, extra: bytes = b"", mode: int = 0) -> bytes:
    """A zip file; names given as bytes are written as they are, `flag` claims that they are UTF-8."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(members):
            info = RawInfo(f"member{number}")
            info.raw = name if isinstance(name, bytes) else name.encode()
            info.flags = 0x800 if flag or isinstance(name, str) else 0
            info.compress_type = zipfile.ZIP_DEFLATED
            info.extra = extra
            info.create_system = 3
            info.external_attr = mode << 16
            archive.writestr(info, content)
    return out.getvalue()


def tar_of(members: Iterable[tuple[bytes, bytes]], mode: str = "w", link: bool = False) -> bytes:
    """A tar file with names as bytes; `mode` as `tarfile.open` takes it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, encoding="utf-8", errors="surrogateescape") as archive:  # type: ignore[call-overload] # the mode is a variable
        for name, content in members:
            info = tarfile.TarInfo(name.decode("utf-8", "surrogateescape"))
            info.size = 0 if link else len(content)
            if link:
                info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()
