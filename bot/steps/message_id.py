"""The Message-ID out of the bytes of a mail, before anything else of it is read: half of what tells two mails apart."""

import re

LONGEST = 500
"""Characters; a longer one identifies nothing that a person sent and would not fit a database index."""

_FIELD = re.compile(rb"^message-id[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
_BRACKETED = re.compile(r"<([^<>]*)>")
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")


def message_id(content: bytes) -> str:
    """The topmost Message-ID with its angle brackets, white space of folding taken out; "" when there is none to use."""
    end = _END_OF_HEADER.search(content)
    found = _FIELD.search(content, 0, end.start() if end else len(content))
    words = found.group(1).decode("utf-8", "replace") if found else ""
    inner = next((text for text in map(_unspaced, _BRACKETED.findall(words)) if text), "")
    bare = inner or next(iter(words.replace("<", " ").replace(">", " ").split()), "")
    return f"<{bare}>" if 0 < len(bare) <= LONGEST else ""


def _unspaced(text: str) -> str:
    return "".join(text.split())
