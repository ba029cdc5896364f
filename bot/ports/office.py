"""Who writes office documents: forms, cover sheets, comments, the workbook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.campaign import Category, Office
from bot.deciding.board import Board
from bot.deciding.standing import Correspondence
from bot.model import Attachment, Place
from bot.ports.store import Transaction


class Scribe(Protocol):
    """Writes office documents."""

    def blank_form(self, category: Category) -> Attachment:
        """The empty form of a category, docx."""
        ...


@dataclass(frozen=True, slots=True)
class Paper:
    """The stamped papers of one nomination, as the cover sheet names them."""

    number: str
    category: str
    nominee: str


@dataclass(frozen=True, slots=True)
class PaperBundle:
    """The stamped papers that go to the office together."""

    campaign: str
    office: Office
    unit: str
    papers: tuple[Paper, ...]


class SheetScribe(Protocol):
    """Writes the cover sheet of stamped papers."""

    def cover_sheet(self, bundle: PaperBundle) -> Attachment:
        """One A4 page for these papers, docx; long lists go on on further pages."""
        ...


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment for a document: at the cell or paragraph of `place`, or at its beginning where that tells none."""

    place: Place
    text: str


class Annotator(Protocol):
    """Writes comments into copies of files that came by mail; what cannot be had or annotated is left out, never raised."""

    def annotate(self, mail: bytes, remarks: Mapping[str, Sequence[Remark]], author: str, when: datetime) -> dict[str, bytes]:
        """The annotated copies by their paths in the mail; the text of each is what it was."""
        ...

    def close(self) -> None:
        """End what it started."""
        ...


Passing = Callable[[Correspondence], Correspondence]
"""Gives back what it is given, one by one, and looks at each."""


class Bookkeeper(Protocol):
    """Writes the ledger as a workbook."""

    def write(self, ledger: "Transaction", look: Callable[[Passing], Board]) -> tuple[Board, Attachment]:
        """What a look at the ledger shows, and the workbook of it; all correspondence passes by while it is taken."""
        ...
