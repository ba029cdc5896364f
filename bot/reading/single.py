"""Single files of a mail: handed out as they are, for another program to convert, and read apart from their mail."""

import hashlib
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from bot.campaign import Rules
from bot.model import FileRead, Format, Problem
from bot.reading.archives import Budget
from bot.reading.attachments import Unfolding
from bot.reading.bodies import body_of
from bot.reading.limits import Limits
from bot.reading.message import parse
from bot.reading.parts import sorted_parts
from bot.reading.sections import sections
from bot.reading.sniff import format_of
from bot.reading.unreadable import Unreadable

_NOTHING: Mapping[str, Problem] = MappingProxyType({})


def hand_out(content: bytes, wanted: Set[str], rules: Rules, limits: Limits, handed: Callable[[str, bytes], None]) -> None:
    """Give the bytes of the files with these paths to `handed`; archives and attached mails are opened, no document is read."""
    tree = parse(content, limits)
    parts = sorted_parts(tree.root)
    search = _Search(rules, limits, _NOTHING, _unheard, Budget.of(limits), wanted=wanted, handed=handed)
    try:
        search.mail_files(parts.files, body_of(parts.words, "", limits).uuencoded, "", 0)
    except Unreadable:
        return  # more files than a mail may have: its reading has said so


def read_file(path: str, data: bytes, rules: Rules, limits: Limits) -> FileRead:
    """One document as if it lay in a mail under this path; nothing that its bytes hold makes this raise."""
    unfolding = Unfolding(rules, limits, _NOTHING, _unheard, Budget.of(limits))
    unfolding.file(path, data, limits.depth)
    return unfolding.files[0]


def look_at(path: str, data: bytes, rules: Rules, limits: Limits) -> FileRead:
    """A scan read by OCR: its sections, and whether a red seal is to be seen. Nothing that its bytes hold makes this raise."""
    from bot.reading.scan import read_scan  # slow to load, and only there with the extra `ocr`

    known = FileRead(path, hashlib.sha256(data).hexdigest(), len(data), format_of(data, path.rpartition("/")[2]), scanned=True)
    try:
        document = read_scan(data, known.format, limits)
    except Unreadable as error:
        return replace(known, problem=Problem(error.check, error.facts))
    except MemoryError:
        return replace(known, problem=Problem("attachment-unreadable", {"why": "damaged", "cause": "memory"}))
    except Exception as error:  # decoders over hostile bytes raise anything: the scan is the finding
        facts = {"why": "damaged", "cause": "crash", "detail": type(error).__name__}
        return replace(known, problem=Problem("attachment-unreadable", facts))
    return replace(
        known,
        sections=sections(document, path, rules),
        images=document.images,
        pages=document.pages,
        red_seal=document.red_seal,
    )


def _unheard(_path: str) -> None:
    """Nobody listens for what is being read."""


@dataclass(slots=True)
class _Search(Unfolding):
    """An unfolding that reads nothing: it hands out what is wanted and opens what may hold it."""

    wanted: Set[str] = field(default_factory=frozenset)
    handed: Callable[[str, bytes], None] = field(default=lambda _path, _data: None)

    def _guarded(self, path: str, data: bytes, depth: int, told: Format | None) -> None:
        if path in self.wanted:
            self.handed(path, data)
        elif any(name.startswith(f"{path}/") for name in self.wanted):
            Unfolding._guarded(self, path, data, depth, told)

    def _document(self, known: FileRead, data: bytes) -> None:
        """A document holds nothing that is wanted."""
