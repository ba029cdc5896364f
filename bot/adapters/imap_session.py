"""One connection to an IMAP server (RFC 9051): made, protected, logged in, introduced; let go at the first trouble."""

import imaplib
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from imapclient import IMAPClient, SocketTimeout
from imapclient import exceptions as imap_errors

from bot.adapters.server import Security, Server, TokenError, Tokens, xoauth2
from bot.ports import LoginError, MailboxError

IDENTITY = {"name": "shouli", "version": "1", "vendor": "shouli"}
"""What the ID command says (RFC 2971). NetEase lets no client select a folder that has not said who it is."""

_UNSAFE_LOGIN = "unsafe login"
_NOT_THE_PASSWORD = ("unavailable", "temporar", "try again", "too many", "inuse")

log = logging.getLogger("shouli.imap")


class ImapSession:
    """The connection, made when needed. Errors: LoginError when user, password or token is refused, else MailboxError."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._client: IMAPClient | None = None

    @property
    def open(self) -> bool:
        """Whether there is a connection; what was selected on an earlier one is void."""
        return self._client is not None

    @contextmanager
    def speaking(self) -> Iterator[IMAPClient]:
        """The connection, for one exchange. After any trouble it is unusable (RFC 9051 7.1.5, imaplib's abort) and goes."""
        try:
            if self._client is None:
                self._client = self._connected()
            yield self._client
        except MailboxError:
            self.throw_away()
            raise
        # Over answers that are no IMAP the libraries stumble in every way there is; no connection is of use after that.
        except Exception as error:
            self.throw_away()
            msg = f"{self.server.host}: {type(error).__name__}: {self.server.discreet(str(error))}"
            raise MailboxError(msg) from error

    def throw_away(self) -> None:
        """Let a connection go that is of no use any more."""
        client, self._client = self._client, None
        if client is not None:
            _let_go(client)

    def close(self) -> None:
        """Log out; a connection that is dead already is only let go."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            client.logout()
        except (imaplib.IMAP4.error, OSError) as error:
            log.debug("logging out: %s", error)

    def _connected(self) -> IMAPClient:
        server = self.server
        client = IMAPClient(
            server.host,
            server.port,
            ssl=server.security is Security.TLS,
            ssl_context=server.tls() if server.security is Security.TLS else None,
            timeout=SocketTimeout(server.connect_seconds, server.read_seconds),
        )
        try:
            silence(client)
            # The server's own offset is kept, so that one place (`ImapMailbox`) decides what a time of arrival is.
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
            if self.server.tokens is None:
                client.login(self.server.user, self.server.password)
            else:
                self._log_in_by_token(client, self.server.tokens)
        except TokenError as error:
            raise (LoginError if error.refused else MailboxError)(str(error)) from error
        except imap_errors.LoginError as error:
            lost = isinstance(error.__context__, imaplib.IMAP4.abort)
            if lost or any(word in str(error).lower() for word in _NOT_THE_PASSWORD):
                raise
            msg = f"{self.server.host} refuses the login of {self.server.user}: {self.server.discreet(str(error))}"
            raise LoginError(msg) from error

    def _log_in_by_token(self, client: IMAPClient, tokens: Tokens) -> None:
        """A token may have been revoked before its time: once, with a new one."""
        try:
            self._say_token(client, tokens.current())
        except imap_errors.LoginError as error:
            if isinstance(error.__context__, imaplib.IMAP4.abort):
                raise
            log.info("the access token is refused, trying a new one")
            self._say_token(client, tokens.renew())

    def _say_token(self, client: IMAPClient, token: str) -> None:
        answers = xoauth2(self.server.user, token)
        client.sasl_login("XOAUTH2", lambda _challenge: next(answers))

    def _identify(self, client: IMAPClient) -> None:
        if client.has_capability("ID"):
            client.id_(IDENTITY)


def select(client: IMAPClient, server: Server, folder: str, *, readonly: bool) -> int:
    """Open a folder and give its UIDVALIDITY. NetEase says “Unsafe Login” when it took no note of ID: say it again, once."""
    try:
        found = client.select_folder(folder, readonly=readonly)
    except imaplib.IMAP4.error as error:
        if _UNSAFE_LOGIN not in str(error).lower():
            raise
        client.id_(IDENTITY)
        found = client.select_folder(folder, readonly=readonly)
    uidvalidity = found.get(b"UIDVALIDITY")
    if not isinstance(uidvalidity, int) or uidvalidity <= 0:
        msg = f"{server.host} gives no UIDVALIDITY for {folder}"
        raise MailboxError(msg)
    return uidvalidity


def silence(client: IMAPClient) -> None:
    """Switch off imaplib's debugging, which imapclient sets to its highest level.

    It formats every body that passes (13 times the CPU) and hands the password of LOGIN to the log. The attribute is
    private: a test notices when it goes or loses its effect.
    """
    client._imap.debug = 0


def _let_go(client: IMAPClient) -> None:
    """Close a connection that is of no use any more; that it can be broken too far even for that is expected."""
    try:
        client.shutdown()
    except OSError as error:
        log.debug("closing a broken connection: %s", error)
