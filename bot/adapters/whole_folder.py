"""Makes a folder that is there whole or not at all: it is written beside its place and renamed into it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.adapters.files import flush_folder


@contextmanager
def whole_folder(into: Path, prefix: str) -> Iterator[Path]:
    """The folder to write into (mode 0700); it becomes `into`, absent or empty until now, unless the block raises."""
    part = Path(tempfile.mkdtemp(prefix=prefix, dir=into.parent))
    try:
        yield part
        if into.exists():
            into.rmdir()
        part.rename(into)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    flush_folder(into.parent)
