"""Looks at an IMAP account without reading its mails: who the server is, what it can do, which folders there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.adapters.imap_session import IDENTITY, ImapSession, select
from bot.adapters.server import Server

MOST_CAPABILITIES = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """How a folder stands."""

    uidvalidity: int
    next_uid: int
    mails: int
    newest: datetime | None  # the server's time of the mail with the highest UID


class ImapProbe:
    """One connection for the questions of a check-up. Errors: LoginError, else MailboxError."""

    def __init__(self, server: Server, zone: tzinfo) -> None:
        self._session = ImapSession(server)
        self._zone = zone

    def log_in(self) -> Sequence[str]:
        """Connect and log in; what the server can do."""
        with self._session.speaking() as client:
            said = client.capabilities()[:MOST_CAPABILITIES]
            return tuple(word.decode("ascii", "replace") for word in said)

    def introduce(self) -> Mapping[str, str] | None:
        """Say ID again and give what the server says of itself; None where it does not know the command (RFC 2971)."""
        with self._session.speaking() as client:
            if not client.has_capability("ID"):
                return None
            said = client.id_(IDENTITY)
        words = [_text(word) for word in (said[0] or ())] if said and said[0] else []
        return dict(zip(words[::2], words[1::2], strict=False))

    def folders(self) -> Sequence[str]:
        """The names of all folders."""
        with self._session.speaking() as client:
            return tuple(str(name) for _flags, _delimiter, name in client.list_folders())

    def stands(self, folder: str) -> Standing:
        """How a folder stands, opened read-only."""
        with self._session.speaking() as client:
            uidvalidity = select(client, self._session.server, folder, readonly=True)
            told = client.folder_status(folder, ["MESSAGES", "UIDNEXT"])
            mails, next_uid = int(told.get(b"MESSAGES", 0)), int(told.get(b"UIDNEXT", 1))
            last = client.search(["UID", f"{next_uid}:*"]) if mails else []  # “n:*” names the last mail even below n
            found = client.fetch(last, ["INTERNALDATE"]) if last else {}
            newest = max((items[b"INTERNALDATE"] for items in found.values() if b"INTERNALDATE" in items), default=None)
        return Standing(uidvalidity, next_uid, mails, newest.astimezone(self._zone) if newest else None)

    def arrived(self, folder: str, since: Standing, message_id: str) -> datetime | None:
        """The server's time of the mail with this Message-ID that came after `since`; None while it has not come."""
        with self._session.speaking() as client:
            select(client, self._session.server, folder, readonly=True)
            uids = client.search(["UID", f"{since.next_uid}:*", "HEADER", "Message-ID", message_id])
            found = client.fetch([uid for uid in uids if uid >= since.next_uid], ["INTERNALDATE"])
            moments = [items[b"INTERNALDATE"] for items in found.values()]
        return max(moments).astimezone(self._zone) if moments else None

    def close(self) -> None:
        """Log out."""
        self._session.close()


def _text(word: object) -> str:
    return word.decode("utf-8", "replace") if isinstance(word, bytes) else str(word)
