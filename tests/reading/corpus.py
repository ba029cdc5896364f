"""The corpus of ugly mails and their golden answers; `python -m tests.reading.corpus` writes the mails anew.

With `--golden` it writes the answers too, as they are now: to be read through by a person before they are committed.
"""

import json
import sys
from inspect import signature
from pathlib import Path
from types import FunctionType
from typing import Any

import msgspec

from bot.reading.limits import Limits
from bot.reading.mail import read_mail
from tests.reading import corpus_mails
from tests.reading.mail_rules import RULES

CORPUS = Path(__file__).parent.parent / "corpus"
MAILS = {
    name: make
    for name, make in sorted(vars(corpus_mails).items())
    if isinstance(make, FunctionType) and make.__module__ == corpus_mails.__name__ and not signature(make).parameters
}


def answer(content: bytes) -> Any:
    """What a mail's golden answer holds: its reading, without what the readers of documents found in the files."""
    reading = msgspec.to_builtins(read_mail(content, RULES, Limits()))
    kept = ("path", "sha256", "size", "format", "problem", "container")
    reading["files"] = [{key: file[key] for key in kept} for file in reading["files"]]
    reading["body_sections"] = len(reading["body_sections"])
    return json.loads(json.dumps(reading))


def write(golden: bool) -> None:
    """Write the mails, and with `golden` their answers as they are now, to be read through before they are committed."""
    for name, make in MAILS.items():
        (CORPUS / f"{name}.eml").write_bytes(make())
        if golden:
            text = json.dumps(answer(make()), ensure_ascii=False, indent=1)
            (CORPUS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write("--golden" in sys.argv)
