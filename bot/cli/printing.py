"""What commands print of mails and ledger: harmless for a terminal, and one line for one JSON object whoever splits lines."""

import json
import re
import sys
from collections.abc import Mapping
from typing import Any

from bot.text import printable

_LINE_ENDS = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Beyond what JSON itself escapes: line ends of other programs, terminal codes, halves of characters UTF-8 cannot say."""


def say(*texts: str) -> None:
    """Print texts from outside, one a line; what a terminal would obey becomes visible."""
    for text in texts:
        print(printable(text, keep="\n"))


def complain(*texts: str) -> None:
    """Print errors, one a line, on standard error."""
    for text in texts:
        print(printable(text), file=sys.stderr)


def say_json(value: Mapping[str, Any]) -> None:
    """Print one JSON object as one line, at once: whoever reads along sees each mail as it is judged."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    print(_LINE_ENDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text), flush=True)
