"""A mailbox over IMAP (RFC 9051), read with EXAMINE and BODY.PEEK so that no flag ever changes."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from imapclient import IMAPClient

from bot.adapters.header_block import LONGEST_HEADER, header_block
from bot.adapters.imap_session import ImapSession, select
from bot.adapters.server import Server
from bot.model import Position, RawMail
from bot.ports import BodyError, Listed, MailboxError, Mark, Survey

PAGE = 500
"""Mails listed in one survey: a first look at a mailbox of 100,000 asks for sizes and dates step by step."""

LISTED_AT_ONCE = 500
"""UIDs named in one command: servers cut off lines somewhere above 8,000 octets (RFC 7162 4)."""

FETCHED_AT_ONCE = 8 * 1024 * 1024
"""Bytes of bodies in one command."""

PIECE = 1024 * 1024
"""Bytes of one partial fetch; a body over this size comes in pieces."""

_BODY, _HEADER = "BODY.PEEK[]", f"BODY.PEEK[HEADER]<0.{LONGEST_HEADER}>"


class ImapMailbox:
    """Keeps the promises of `bot.ports.Mailbox` over one connection, made when needed and thrown away at the first trouble.

    `zone` is where INTERNALDATE is expressed. Errors: LoginError, BodyError, else MailboxError.
    """

    def __init__(self, server: Server, zone: tzinfo, folder: str = "INBOX") -> None:
        self._session = ImapSession(server)
        self._zone = zone
        self._folder = folder
        self._examined: tuple[IMAPClient | None, int] = None, 0  # on which connection the folder is open
        self._listed: dict[int, Listed] = {}  # on this connection, by UID: size and time of a mail never change (RFC 9051, 2.3)
        self._found: tuple[int, Sequence[int]] = 1, ()  # on this connection: from which UID on was searched, and what there was

    def survey(self, after: Mark | None) -> Survey:
        """What is new since the mark, a page of it at most."""
        with self._session.speaking() as client:
            uids = self._page_ahead(client, after) or self._page(client, after)
            uidvalidity = self._examined[1]
            # A page is surveyed again after each batch of it: what was listed then is not asked for again.
            known = {uid: self._listed[uid] for uid in uids if uid in self._listed}
            fresh = self._listing(client, [uid for uid in uids if uid not in known])
            self._listed = known | {mail.uid: mail for mail in fresh}
            return Survey(self._folder, uidvalidity, tuple(self._listed[uid] for uid in uids if uid in self._listed))

    def _page(self, client: IMAPClient, after: Mark | None) -> Sequence[int]:
        """The first UIDs above the mark as the server has them now."""
        uidvalidity = self._examine(client)
        first = after.last_uid + 1 if after is not None and after.uidvalidity == uidvalidity else 1
        # “n:*” names the last mail even when it lies below n, hence the comparison.
        uids = sorted(uid for uid in client.search(["UID", f"{first}:*"]) if uid >= first)
        self._found = first, uids
        return uids[:PAGE]

    def _page_ahead(self, client: IMAPClient, after: Mark | None) -> Sequence[int]:
        """The same of a long backlog, where an earlier search found a whole page of them; () where it did not.

        UIDs only grow, so nothing can have come between (RFC 9051, 2.3.1.1). Asked for each page, what lies above would be told
        two hundred times in a mailbox of a hundred thousand.
        """
        on, uidvalidity = self._examined
        searched, uids = self._found
        if on is not client or after is None or after.uidvalidity != uidvalidity or after.last_uid + 1 < searched:
            return ()
        start = bisect_left(uids, after.last_uid + 1)
        return uids[start : start + PAGE] if len(uids) - start >= PAGE else ()

    def _listing(self, client: IMAPClient, uids: Sequence[int]) -> Iterator[Listed]:
        for start in range(0, len(uids), LISTED_AT_ONCE):
            found = client.fetch(uids[start : start + LISTED_AT_ONCE], ["RFC822.SIZE", "INTERNALDATE"])
            for uid, items in sorted(found.items()):
                size, received = items.get(b"RFC822.SIZE"), items.get(b"INTERNALDATE")
                if not isinstance(size, int) or not isinstance(received, datetime) or received.tzinfo is None:
                    msg = f"the server gives no size or no time of arrival for UID {uid}"
                    raise MailboxError(msg)
                yield Listed(uid, size, received.astimezone(self._zone))

    def fetch(self, survey: Survey, uids: Sequence[int], largest: int) -> Iterator[RawMail]:
        """The mails in order of UID; BodyError at the first one of which the server gives nothing."""
        wanted = set(uids)
        for group in _groups([mail for mail in survey.mails if mail.uid in wanted], largest):
            with self._session.speaking() as client:
                if self._uidvalidity(client) != survey.uidvalidity:
                    msg = f"UIDVALIDITY of {self._folder} changed between listing and fetching"
                    raise MailboxError(msg)
                bodies = self._bodies(client, group, largest)
            for mail in group:
                if mail.uid in bodies:
                    yield self._raw(survey, mail, bodies[mail.uid], largest)

    def _bodies(self, client: IMAPClient, group: Sequence[Listed], largest: int) -> Mapping[int, bytes]:
        """Bytes by UID: the header alone of a mail over `largest`; what vanished is absent."""
        first = group[0]
        if first.size > largest:
            return _items(client.fetch([first.uid], [_HEADER]))
        if first.size > PIECE:
            return _in_pieces(client, first.uid, largest)
        return _items(client.fetch([mail.uid for mail in group], [_BODY]))

    def _raw(self, survey: Survey, mail: Listed, body: bytes, largest: int) -> RawMail:
        if not body and mail.size:
            body = self._once_more(mail)
        position = Position(survey.folder, survey.uidvalidity, mail.uid)
        if mail.size > largest or len(body) > largest:
            return RawMail(position, mail.received, max(mail.size, len(body)), None, header_block(body))
        return RawMail(position, mail.received, mail.size, body)

    def _once_more(self, mail: Listed) -> bytes:
        """Some servers give an empty body now and then; one that stays empty is trouble, never an empty mail."""
        with self._session.speaking() as client:
            body = _items(client.fetch([mail.uid], [_BODY])).get(mail.uid, b"")
        if not body:
            raise BodyError(mail.uid)
        return body

    def close(self) -> None:
        """Log out; a connection that is dead already is only let go."""
        self._session.close()
        self._examined, self._listed, self._found = (None, 0), {}, (1, ())

    def _examine(self, client: IMAPClient) -> int:
        """Open the folder read-only; its UIDVALIDITY."""
        before, self._examined = self._examined, (client, select(client, self._session.server, self._folder, readonly=True))
        if self._examined != before:
            self._listed, self._found = {}, (1, ())
        return self._examined[1]

    def _uidvalidity(self, client: IMAPClient) -> int:
        """Of the folder as it is open on this connection."""
        on, uidvalidity = self._examined
        return uidvalidity if on is client else self._examine(client)


def _groups(mails: Sequence[Listed], largest: int) -> Iterator[Sequence[Listed]]:
    """Stretches that one command fetches, in order: small mails together, a large one and one over the limit alone."""
    group: list[Listed] = []
    for mail in mails:
        alone = mail.size > min(PIECE, largest)
        if group and (alone or sum(m.size for m in group) + mail.size > FETCHED_AT_ONCE or len(group) == LISTED_AT_ONCE):
            yield group
            group = []
        group.append(mail)
        if alone:
            yield group
            group = []
    if group:
        yield group


def _items(found: Mapping[int, Mapping[bytes, Any]]) -> dict[int, bytes]:
    """The one body item of each mail, whatever the server calls its part; NIL is empty."""
    return {
        uid: next((value or b"" for name, value in items.items() if name.startswith(b"BODY[")), b"")
        for uid, items in found.items()
    }


def _in_pieces(client: IMAPClient, uid: int, largest: int) -> dict[int, bytes]:
    """A large body; reading ends with a short piece or above `largest`, whatever size the server spoke of."""
    body = bytearray()
    while len(body) <= largest:
        found = _items(client.fetch([uid], [f"BODY.PEEK[]<{len(body)}.{PIECE}>"]))
        if uid not in found:
            return {}
        body += found[uid]
        if len(found[uid]) < PIECE:
            break
    return {uid: bytes(body)}
