"""What people of the office have noted, arranged by what it is about, for whoever counts and lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.model import Nomination, Note, NoteKind, State


@dataclass(frozen=True, slots=True)
class Noted:
    """Notes by thing and kind."""

    notes: Mapping[tuple[str, NoteKind], Note] = field(default_factory=dict)

    def text(self, number: str, kind: NoteKind) -> str:
        """What is noted about a nomination, "" for nothing."""
        note = self.notes.get((f"nomination:{number}", kind))
        return note.text if note else ""

    def settled(self, mail: int) -> bool:
        """Whether a mail needs nothing more."""
        return (f"mail:{mail}", NoteKind.SETTLED) in self.notes

    def checked(self, nomination: Nomination) -> frozenset[str]:
        """The hints about its newest version that a person has looked at."""
        version, *checks = self.text(nomination.number, NoteKind.CHECKED).split(" ")
        return frozenset(checks) if version == str(nomination.version) else frozenset()

    def sent_back(self, nomination: Nomination) -> bool:
        """Whether it is withdrawn because the office sent this version of it back."""
        version = self.text(nomination.number, NoteKind.RETURNED).partition(" ")[0]
        return nomination.state is State.WITHDRAWN and version == str(nomination.version)


def noted(notes: Iterable[Note]) -> Noted:
    """All notes of a ledger."""
    return Noted({(note.subject, note.kind): note for note in notes})
