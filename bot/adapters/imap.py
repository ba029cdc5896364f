"""A mailbox over IMAP (RFC 9051), read with EXAMINE and BODY.PEEK so that no flag ever changes."""

import imaplib
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient import exceptions as imap_errors

from bot.adapters.header_block import LONGEST_HEADER, header_block
from bot.adapters.server import Security, Server
from bot.model import Position, RawMail
from bot.ports import BodyError, Listed, LoginError, MailboxError, Mark, Survey

PAGE = 500
"""Mails listed in one survey: a first look at a mailbox of 100,000 asks for sizes and dates step by step."""

LISTED_AT_ONCE = 500
"""UIDs named in one command: servers cut off lines somewhere above 8,000 octets (RFC 7162 4)."""

FETCHED_AT_ONCE = 8 * 1024 * 1024
"""Bytes of bodies in one command."""

PIECE = 1024 * 1024
"""Bytes of one partial fetch; a body over this size comes in pieces."""

IDENTITY = {"name": "shouli", "version": "1", "vendor": "shouli"}
"""What the ID command says (RFC 2971). NetEase lets no client select a folder that has not said who it is."""

_BODY, _HEADER = "BODY.PEEK[]", f"BODY.PEEK[HEADER]<0.{LONGEST_HEADER}>"
_UNSAFE_LOGIN = "unsafe login"
_NOT_THE_PASSWORD = ("unavailable", "temporar", "try again", "too many", "inuse")

log = logging.getLogger("shouli.imap")


class ImapMailbox:
    """Keeps the promises of `bot.ports.Mailbox` over one connection, made when needed and thrown away at the first trouble.

    `zone` is where INTERNALDATE is expressed. Errors: LoginError, BodyError, else MailboxError.
    """

    def __init__(self, server: Server, zone: tzinfo, folder: str = "INBOX") -> None:
        self._server = server
        self._zone = zone
        self._folder = folder
        self._client: IMAPClient | None = None
        self._uidvalidity = 0

    def survey(self, after: Mark | None) -> Survey:
        """What is new since the mark, a page of it at most."""
        with self._speaking() as client:
            self._examine(client)
            known = after is not None and after.uidvalidity == self._uidvalidity
            first = after.last_uid + 1 if after is not None and known else 1
            # “n:*” names the last mail even when it lies below n, hence the comparison.
            uids = sorted(uid for uid in client.search(["UID", f"{first}:*"]) if uid >= first)[:PAGE]
            return Survey(self._folder, self._uidvalidity, tuple(self._listed(client, uids)))

    def _listed(self, client: IMAPClient, uids: Sequence[int]) -> Iterator[Listed]:
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
            with self._speaking() as client:
                if not self._uidvalidity:
                    self._examine(client)
                if self._uidvalidity != survey.uidvalidity:
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
        with self._speaking() as client:
            body = _items(client.fetch([mail.uid], [_BODY])).get(mail.uid, b"")
        if not body:
            raise BodyError(mail.uid)
        return body

    def close(self) -> None:
        """Log out; a connection that is dead already is only let go."""
        client, self._client, self._uidvalidity = self._client, None, 0
        if client is None:
            return
        try:
            client.logout()
        except (imaplib.IMAP4.error, OSError) as error:
            log.debug("logging out: %s", error)

    # --- the connection ------------------------------------------------------------------------------------------------

    @contextmanager
    def _speaking(self) -> Iterator[IMAPClient]:
        """The connection, for one exchange. After any trouble it is unusable (RFC 9051 7.1.5, imaplib's abort) and goes."""
        try:
            if self._client is None:
                self._client = self._connected()
            yield self._client
        except MailboxError:
            self._throw_away()
            raise
        # ValueError, TypeError, IndexError, EOFError: what imapclient's parser raises on answers that are not IMAP.
        except (imaplib.IMAP4.error, OSError, ValueError, TypeError, IndexError, EOFError) as error:
            self._throw_away()
            msg = f"{self._server.host}: {type(error).__name__}: {error}"
            raise MailboxError(msg) from error

    def _throw_away(self) -> None:
        client, self._client, self._uidvalidity = self._client, None, 0
        if client is not None:
            _let_go(client)

    def _connected(self) -> IMAPClient:
        server = self._server
        client = IMAPClient(
            server.host,
            server.port,
            ssl=server.security is Security.TLS,
            ssl_context=server.tls() if server.security is Security.TLS else None,
            timeout=SocketTimeout(server.connect_seconds, server.read_seconds),
        )
        try:
            silence(client)
            # The server's own offset is kept, so that one place (`_listed`) decides what a time of arrival is.
            client.normalise_times = False
            if server.security is Security.STARTTLS:
                client.starttls(server.tls())
            self._log_in(client)
            self._identify(client)
        except BaseException:
            _let_go(client)
            raise
        return client

    def _log_in(self, client: IMAPClient) -> None:
        """LOGIN, not AUTHENTICATE: NetEase announces SASL-IR and then refuses it."""
        try:
            client.login(self._server.user, self._server.password)
        except imap_errors.LoginError as error:
            lost = isinstance(error.__context__, imaplib.IMAP4.abort)
            if lost or any(word in str(error).lower() for word in _NOT_THE_PASSWORD):
                raise
            msg = f"{self._server.host} refuses the login of {self._server.user}: {error}"
            raise LoginError(msg) from error

    def _identify(self, client: IMAPClient) -> None:
        if client.has_capability("ID"):
            client.id_(IDENTITY)

    def _examine(self, client: IMAPClient) -> None:
        """Open the folder read-only. NetEase says “Unsafe Login” when it did not take note of ID: say it again, once."""
        try:
            found = client.select_folder(self._folder, readonly=True)
        except imaplib.IMAP4.error as error:
            if _UNSAFE_LOGIN not in str(error).lower():
                raise
            client.id_(IDENTITY)
            found = client.select_folder(self._folder, readonly=True)
        uidvalidity = found.get(b"UIDVALIDITY")
        if not isinstance(uidvalidity, int) or uidvalidity <= 0:
            msg = f"{self._server.host} gives no UIDVALIDITY for {self._folder}"
            raise MailboxError(msg)
        self._uidvalidity = uidvalidity


def _let_go(client: IMAPClient) -> None:
    """Close a connection that is of no use any more; that it can be broken too far even for that is expected."""
    try:
        client.shutdown()
    except OSError as error:
        log.debug("closing a broken connection: %s", error)


def silence(client: IMAPClient) -> None:
    """Switch off imaplib's debugging, which imapclient sets to its highest level.

    It formats every body that passes (13 times the CPU) and hands the password of LOGIN to the log. The attribute is
    private: a test notices when it goes or loses its effect.
    """
    client._imap.debug = 0


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
