"""The same documents in the formats of other programs, converted by LibreOffice where the machine has it."""

import atexit
import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

OFFICE = shutil.which("soffice") or ""
LOCKED_PDF = (
    'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
    '"DocumentOpenPassword":{"type":"string","value":"shouli"}}'
)


def converted(documents: Mapping[str, bytes], target: str, suffix: str) -> dict[str, bytes]:
    """Each document (docx or xlsx by the end of its name) in the target format; one start of the program for all of them."""
    key = hashlib.sha256(b"".join(documents.values()) + target.encode()).hexdigest()
    return dict(_run(key, tuple(documents.items()), target, suffix))


@cache
def _profile() -> Path:
    """A profile for all starts of this run: making one takes longer than to convert a few documents."""
    folder = Path(tempfile.mkdtemp(prefix="labelled-profile-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _run(key: str, documents: tuple[tuple[str, bytes], ...], target: str, suffix: str) -> tuple[tuple[str, bytes], ...]:
    with tempfile.TemporaryDirectory(prefix=f"labelled-{key[:8]}-") as name:
        folder = Path(name)
        for number, (path, content) in enumerate(documents):
            (folder / f"{number}{Path(path).suffix}").write_bytes(content)
        subprocess.run(
            [
                *(OFFICE, "--headless", f"-env:UserInstallation=file://{_profile()}", "--convert-to", target),
                *("--outdir", str(folder / "out")),
                *(str(folder / f"{number}{Path(path).suffix}") for number, (path, _) in enumerate(documents)),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return tuple((path, (folder / "out" / f"{number}.{suffix}").read_bytes()) for number, (path, _) in enumerate(documents))
