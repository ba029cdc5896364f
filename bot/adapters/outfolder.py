"""A courier that lays letters into a Maildir, one .eml file each, instead of sending them."""

import hashlib
from pathlib import Path

from bot.adapters.files import write_whole
from bot.model import Delivery, Outgoing, Verdict


class FolderCourier:
    """Keeps the promises of `bot.ports.Courier`. Names begin with a running number, so that letters stand in order of sending.

    The same letter sent again (same Message-ID) replaces itself, as it would in a careful recipient's mailbox.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, str] = {}  # by the letter's own part of the name

    def send(self, letter: Outgoing) -> Delivery:
        """Lay it into `new/`; a folder that cannot be written is a temporary failure."""
        own = f"{letter.letter.value}-{hashlib.sha256(letter.message_id.encode()).hexdigest()[:12]}.eml"
        try:
            name = self._name(own)
            write_whole(self._folder / "new" / name, letter.content)
        except OSError as error:
            return Delivery(Verdict.TEMPORARY, f"{self._folder}: {error.strerror or error}")
        return Delivery(Verdict.SENT, name)

    def _name(self, own: str) -> str:
        if not self._names:
            for part in ("tmp", "new", "cur"):
                (self._folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
            laid = (file.name.partition(":2,")[0] for part in ("new", "cur") for file in (self._folder / part).glob("*.eml*"))
            self._names = {name.partition("-")[2]: name for name in sorted(laid)}
        return self._names.setdefault(own, f"{len(self._names) + 1:05d}-{own}")

    def close(self) -> None:
        """Nothing is held open."""
