"""LibreOffice as another writer of the formats that shouli reads; tests that need it are skipped where it is not installed."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def convert(files: Sequence[Path], format: str, folder: Path) -> None:
    """The files written once more in another format, beside them; one call for all."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [SOFFICE, "--headless", profile, "--convert-to", format, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
