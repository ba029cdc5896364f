"""Folders for people, over IMAP: a mail is copied or moved there by its UID, and nobody else's mail is ever touched."""

import logging
import re

from imapclient import IMAPClient

from bot.adapters.imap_session import ImapSession, select
from bot.adapters.server import Server
from bot.model import Position
from bot.ports import Lying

_COPYUID = re.compile(rb"(\d+) \d+ (\d+)")
"""What COPY and MOVE of one mail answer where UIDPLUS is spoken (RFC 4315, 3): UIDVALIDITY, source, target."""

log = logging.getLogger("shouli.imap")


class ImapCabinet:
    """Keeps the promises of `bot.ports.Cabinet` over a connection of its own, made when needed. Names go in modified UTF-7.

    Only where UIDPLUS is spoken can one mail alone be expunged (RFC 4315, 2.1); elsewhere without MOVE mails are only copied.
    """

    def __init__(self, server: Server) -> None:
        self._session = ImapSession(server)
        self._names: dict[str, str] = {}  # by the name in the settings, as the server has it

    def put(self, lying: Lying, folder: str, *, move: bool) -> Position | None:
        """Copy or move one mail; what an interrupted call has put there already is not put there twice."""
        with self._session.speaking() as client:
            target = self._folder(client, folder)
            there = self._find(client, target, Lying(Position(target, 0, 0), lying.message_id, lying.size))
            found = self._find(client, self._known(client, lying.position.folder), lying, readonly=False)
            if found is None:
                return None if there is None else _named(there, folder)
            position = there or _copied(client, found.uid, target, move=move)
            if move and (there is not None or not client.has_capability("MOVE")):
                _remove(client, found.uid)
            return _named(position, folder)

    def clear(self, position: Position) -> None:
        """Take away a copy of ours; one that cannot be told from others' mails stays."""
        if not position.uid:
            return
        with self._session.speaking() as client:
            name = self._known(client, position.folder)
            if (
                client.folder_exists(name)
                and select(client, self._session.server, name, readonly=False) == position.uidvalidity
            ):
                _remove(client, position.uid)

    def close(self) -> None:
        """Let the connection go."""
        self._session.close()
        self._names.clear()

    def _find(self, client: IMAPClient, folder: str, lying: Lying, *, readonly: bool = True) -> Position | None:
        """The mail in an opened folder: by its UID while that holds, else by Message-ID and size together."""
        uidvalidity = select(client, self._session.server, folder, readonly=readonly)
        uids = [lying.position.uid] if lying.position.uidvalidity == uidvalidity and lying.position.uid else []
        if not uids:
            uids = client.search(["HEADER", "Message-ID", lying.message_id])
        sizes = client.fetch(uids, ["RFC822.SIZE"]) if uids else {}
        same = sorted(uid for uid, items in sizes.items() if items.get(b"RFC822.SIZE") == lying.size)
        return Position(folder, uidvalidity, same[0]) if same else None

    def _folder(self, client: IMAPClient, folder: str) -> str:
        """The server's name of a folder, made when it is not there. Some servers keep all below a prefix (RFC 2342)."""
        if folder not in self._names:
            name = _below_prefix(client, folder)
            if not client.folder_exists(name):
                client.create_folder(name)
                client.subscribe_folder(name)
                log.info("folder %s: made", folder)
            self._names[folder] = name
        return self._names[folder]

    def _known(self, client: IMAPClient, folder: str) -> str:
        """The server's name of a folder that should be there: INBOX lies below no prefix."""
        if folder in self._names or client.folder_exists(folder):
            return self._names.get(folder, folder)
        return _below_prefix(client, folder)


def _below_prefix(client: IMAPClient, folder: str) -> str:
    spaces = client.namespace().personal if client.has_capability("NAMESPACE") else None
    prefix = spaces[0][0] if spaces else ""
    return folder if folder.startswith(prefix) else prefix + folder


def _copied(client: IMAPClient, uid: int, target: str, *, move: bool) -> Position:
    client._imap.response("COPYUID")  # what an earlier command left
    if move and client.has_capability("MOVE"):
        client.move([uid], target)
    else:
        client.copy([uid], target)
    told = (client._imap.response("COPYUID")[1] or [None])[-1]
    found = _COPYUID.fullmatch(told) if isinstance(told, bytes) else None
    return Position(target, int(found[1]), int(found[2])) if found else Position(target, 0, 0)


def _remove(client: IMAPClient, uid: int) -> None:
    """Flag and expunge this mail alone: a plain EXPUNGE would take along what people have flagged."""
    if not client.has_capability("UIDPLUS"):
        log.warning("the server cannot expunge one mail alone (UIDPLUS): it was copied, the original stays")
        return
    client.add_flags([uid], [b"\\Deleted"], silent=True)
    client.uid_expunge([uid])


def _named(position: Position, folder: str) -> Position:
    """Under the name that the settings have: that is the one the ledger remembers."""
    return Position(folder, position.uidvalidity, position.uid)
