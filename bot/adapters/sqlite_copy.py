"""Copies an SQLite ledger as it is at one moment, whoever writes to it meanwhile."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from bot.adapters.files import flush_file, flush_folder


def copy_sqlite(file: Path, into: Path) -> None:
    """A whole copy in one file without a journal, mode 0600; `into` is there complete and on the disk, or as it was before."""
    descriptor, name = tempfile.mkstemp(dir=into.parent, suffix=".part")  # mode 0600
    os.close(descriptor)
    part = Path(name)
    try:
        # All pages in one step: a writer in between waits for a moment instead of making the copy start again.
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        flush_file(part)
        part.replace(into)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    flush_folder(into.parent)
