"""How words from outside enter a letter: one line, no invisible or control characters, no longer than a reader needs."""

import unicodedata
from datetime import date
from pathlib import PurePosixPath

from bot.text import tidy

LONGEST = 160
"""Characters of a value quoted in a letter; what is longer is cut in the middle, where it carries least."""


def one_line(text: str, longest: int = LONGEST) -> str:
    """A text as one harmless line of at most `longest` characters.

    Control characters would break lines and headers, surrogates would break the encoding; both become nothing.
    """
    line = tidy(text if text.isprintable() else _harmless(text))
    if len(line) <= longest:
        return line
    head = (longest - 1) * 2 // 3
    return f"{line[:head]}…{line[len(line) - (longest - 1 - head) :]}"


def _harmless(text: str) -> str:
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text if _writable(c))


def plain_lines(text: str) -> str:
    """A text of several lines without control characters; indentation and empty lines stay as they are written."""
    lines = text.replace("\t", "    ").splitlines()
    return "\n".join("".join(c for c in line if unicodedata.category(c) != "Cc" and _writable(c)).rstrip() for line in lines)


def _writable(character: str) -> bool:
    return unicodedata.category(character) not in ("Cs", "Cn", "Co")


def inner(text: str) -> str:
    """A text that is put between Chinese quotation marks: its own double marks become single ones."""
    return text.replace("“", "‘").replace("”", "’")


def file_name(path: str, longest: int = 80) -> str:
    """The path of a file inside its mail as a letter shows it: whole if it fits, else its last part, else cut."""
    line = one_line(path, 10_000)
    if len(line) <= longest:
        return line
    return one_line(f"…/{PurePosixPath(line).name}", longest)


def file_size(size: int) -> str:
    """Bytes as people read them: B, KB, MB or GB of 1,024."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.1f} KB"
    if size < 1024 * 1024 * 1024:
        return f"{size / 1024 / 1024:.1f} MB"
    return f"{size / 1024 / 1024 / 1024:.1f} GB"


def iso_date(day: str, pattern: str) -> str:
    """An ISO date of a fact (2021-12-20) by a pattern of `strftime`; what is no date stays as it is.

    `%-m` and `%-d`, month and day without a leading zero, work on every platform.
    """
    try:
        found = date.fromisoformat(day[:10])
    except ValueError:
        return day
    return found.strftime(pattern.replace("%-m", str(found.month)).replace("%-d", str(found.day)))
