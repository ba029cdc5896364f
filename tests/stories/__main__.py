"""Writes what stories expect anew: `python -m tests.stories [NAME…]`. Read the difference before committing it."""

import sys
import tempfile
from pathlib import Path

from tests.stories.staging import perform
from tests.stories.test_stories import STORIES


def main(names: list[str]) -> None:
    for folder in STORIES:
        if names and folder.name not in names:
            continue
        with tempfile.TemporaryDirectory() as into:
            told = perform(folder, Path(into))
        (folder / "ledger.txt").write_text(told.ledger, "utf-8")
        (folder / "letters.txt").write_text(told.letters, "utf-8")
        print(folder.name)


if __name__ == "__main__":
    main(sys.argv[1:])
