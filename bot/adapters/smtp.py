"""A courier over SMTP (RFC 5321): one connection reused for a batch, the letter's bytes sent as they are."""

import logging
import re
import smtplib
from collections.abc import Sequence
from dataclasses import replace

from bot.adapters.server import Security, Server, TokenError, Tokens, xoauth2
from bot.adapters.smtp_policy import MINUTE, Reply, Stage, fewer_recipients, judged
from bot.model import Delivery, Outgoing, Verdict

RETRY_CONNECTION = 2 * MINUTE
"""Pause of all sending after the server could not be reached."""

_MECHANISM_UNKNOWN = (500, 501, 502, 503, 504)
"""Replies to AUTH that say nothing of the password (RFC 4954 4): another mechanism may be tried."""

RETRY_GRANT = 30 * MINUTE
"""Pause of all sending after the token endpoint refused: as after a refused login."""

_GO_ON = 354
"""The reply to DATA that asks for the letter."""

_ADDRESS = re.compile(r"[\x21-\x7e]+@[\x21-\x7e]+")
_BAD_IN_ADDRESS = re.compile(r"[<>,;\s]")

log = logging.getLogger("shouli.smtp")


class SmtpCourier:
    """Keeps the promises of `bot.ports.Courier`. `sender` is the envelope's address, where delivery reports go."""

    def __init__(self, server: Server, sender: str, helo: str = "[127.0.0.1]") -> None:
        self._server = server
        self._sender = sender
        self._helo = helo  # a literal: asking the system for its name can wait on DNS and tells it to the world
        self._smtp: smtplib.SMTP | None = None

    def send(self, letter: Outgoing) -> Delivery:
        """Send it once, to all recipients together; one at a time when the server wants fewer."""
        addresses = tuple(dict.fromkeys(letter.recipients))
        good = tuple(address for address in addresses if _sendable(address))
        bad = tuple(address for address in addresses if address not in good)
        if not good:
            return Delivery(Verdict.PERMANENT, "no recipient has an address that can be written to")
        delivery = self._sent(letter.content, good)
        detail = self._server.discreet(delivery.detail)
        return Delivery(delivery.verdict, detail, delivery.retry_after, (*bad, *delivery.refused))

    def greet(self) -> Delivery:
        """Connect and log in, bring nothing: SENT when letters would be taken, else what stands in the way."""
        try:
            smtp = self._smtp = self._smtp or self._connected()
        except _RefusedError as refused:
            return judged(refused.reply)
        except TokenError as error:
            return Delivery(Verdict.STOP, str(error), RETRY_GRANT)
        except (smtplib.SMTPException, OSError) as error:
            return Delivery(Verdict.STOP, f"{self._server.host}: {_described(error)}", RETRY_CONNECTION)
        largest = smtp.esmtp_features.get("size", "")
        return Delivery(Verdict.SENT, f"letters up to {int(largest) >> 20} MiB" if largest.isdecimal() else "")

    def _sent(self, content: bytes, addresses: Sequence[str]) -> Delivery:
        """With the connection there is, which may have died of idleness, or else with a new one."""
        for _ in (1, 2):
            reused = self._smtp is not None
            conversation = _Conversation(content, self._sender)
            try:
                smtp = self._smtp = self._smtp or self._connected()
                delivery = conversation.hold(smtp, addresses)
            except _RefusedError as refused:
                self.close()
                return judged(refused.reply)
            except TokenError as error:
                self._throw_away()
                return Delivery(Verdict.STOP, str(error), RETRY_GRANT if error.refused else RETRY_CONNECTION)
            # ValueError: a line longer than any server may send, or a name that is none.
            except (smtplib.SMTPException, OSError, ValueError) as error:
                self._throw_away()
                if conversation.content_under_way:
                    # The server may have the letter: it goes again under the same Message-ID (once is not promised).
                    return Delivery(Verdict.TEMPORARY, f"connection lost after DATA: {_described(error)}")
                if not reused:
                    return Delivery(Verdict.STOP, f"{self._server.host}: {_described(error)}", RETRY_CONNECTION)
            else:
                if delivery.verdict is not Verdict.SENT:
                    self._start_afresh(smtp)
                return delivery
        return Delivery(Verdict.STOP, f"{self._server.host}: two connections died one after the other", RETRY_CONNECTION)

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        where = (server.host, server.port, self._helo)
        try:
            if server.security is Security.TLS:
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=server.connect_seconds, context=server.tls())
            else:
                smtp = smtplib.SMTP(*where, timeout=server.connect_seconds)
        except smtplib.SMTPConnectError as error:
            raise _RefusedError(Stage.CONNECT, error.smtp_code, error.smtp_error) from error
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(server.read_seconds)
            self._introduce(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.ehlo_or_helo_if_needed()
            if self._server.security is Security.STARTTLS:
                smtp.starttls(context=self._server.tls())
                smtp.ehlo_or_helo_if_needed()
            if self._server.user:
                self._log_in(smtp)
        except smtplib.SMTPAuthenticationError as error:
            raise _RefusedError(Stage.LOGIN, error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPResponseException as error:
            raise _RefusedError(Stage.CONNECT, error.smtp_code, error.smtp_error) from error

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        """One refused password is one attempt: smtplib would go on through every mechanism, and each counts towards a lock."""
        if self._server.tokens is not None:
            self._log_in_by_token(smtp, self._server.tokens)
            return
        smtp.user, smtp.password = self._server.user, self._server.password
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        for mechanism, answer in (("PLAIN", smtp.auth_plain), ("LOGIN", smtp.auth_login)):
            if mechanism in offered:
                try:
                    smtp.auth(mechanism, answer)
                except smtplib.SMTPAuthenticationError as error:
                    if error.smtp_code not in _MECHANISM_UNKNOWN:
                        raise
                else:
                    return
        smtp.login(self._server.user, self._server.password)

    def _log_in_by_token(self, smtp: smtplib.SMTP, tokens: Tokens) -> None:
        """A token may have been revoked before its time: once, with a new one."""
        try:
            self._say_token(smtp, tokens.current())
        except smtplib.SMTPAuthenticationError as error:
            if error.smtp_code == 421:  # the server hung up with it
                raise
            log.info("the access token is refused, trying a new one")
            self._say_token(smtp, tokens.renew())

    def _say_token(self, smtp: smtplib.SMTP, token: str) -> None:
        answers = xoauth2(self._server.user, token)
        smtp.auth("XOAUTH2", lambda _challenge=None: next(answers))

    def _start_afresh(self, smtp: smtplib.SMTP) -> None:
        """After a refusal: forget the letter. A server that hung up with its refusal (421) gets a new connection later."""
        try:
            smtp.rset()
        except (smtplib.SMTPException, OSError) as error:
            log.debug("after a refusal: %s", error)
            self._throw_away()

    def close(self) -> None:
        """Say QUIT; a connection that is dead already is only let go."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (smtplib.SMTPException, OSError) as error:
            log.debug("quitting: %s", error)
            smtp.close()

    def _throw_away(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


class _RefusedError(Exception):
    """The server said no to the connection, the login or the sender, before any recipient was named."""

    def __init__(self, stage: Stage, code: int, text: bytes | str) -> None:
        self.reply = _reply(stage, code, text)
        super().__init__(str(self.reply))


class _Conversation:
    """One letter over one connection; knows whether the server could already have it."""

    def __init__(self, content: bytes, sender: str) -> None:
        self._content = content
        self._sender = sender
        self.content_under_way = False

    def hold(self, smtp: smtplib.SMTP, addresses: Sequence[str]) -> Delivery:
        """Bring it to these recipients."""
        self._say_sender(smtp)
        refusals = self._say_recipients(smtp, addresses)
        if len(addresses) > 1 and fewer_recipients(tuple(refusals.values())):
            return _together(addresses, self._one_by_one(smtp, addresses))
        if len(refusals) == len(addresses):
            gentlest = _gentlest([judged(reply) for reply in refusals.values()])
            return replace(gentlest, refused=tuple(refusals)) if gentlest.verdict is Verdict.PERMANENT else gentlest
        reply = self._say_content(smtp)
        if reply.code // 100 != 2:
            return judged(reply)
        told = "; ".join(f"{address} {reply}" for address, reply in refusals.items())
        return Delivery(Verdict.SENT, told or reply.text, refused=tuple(refusals))

    def _one_by_one(self, smtp: smtplib.SMTP, addresses: Sequence[str]) -> list[Delivery]:
        """One after the other; trouble with one must not bring the letter to the others a second time."""
        deliveries = []
        for address in addresses:
            try:
                smtp.rset()
                deliveries.append(self.hold(smtp, (address,)))
            except _RefusedError as refused:
                deliveries.append(judged(refused.reply))
            except (smtplib.SMTPException, OSError) as error:
                deliveries.append(Delivery(Verdict.TEMPORARY, _described(error)))
        return deliveries

    def _say_sender(self, smtp: smtplib.SMTP) -> None:
        code, text = smtp.mail(self._sender, [f"size={len(self._content)}"] if smtp.has_extn("size") else [])
        if code == -1:
            raise smtplib.SMTPServerDisconnected("no reply to MAIL")
        if code != 250:
            raise _RefusedError(Stage.SENDER, code, text)

    def _say_recipients(self, smtp: smtplib.SMTP, addresses: Sequence[str]) -> dict[str, Reply]:
        refusals = {}
        for address in addresses:
            code, text = smtp.rcpt(address)
            if code not in (250, 251):
                refusals[address] = _reply(Stage.RECIPIENT, code, text)
        return refusals

    def _say_content(self, smtp: smtplib.SMTP) -> Reply:
        self.content_under_way = True
        reply = _reply(Stage.CONTENT, *smtp.docmd("data"))
        if reply.code == _GO_ON:  # anything else is a refusal at DATA itself: nothing went over
            smtp.send(_transparent(self._content))
            reply = _reply(Stage.CONTENT, *smtp.getreply())
        if reply.code == -1:
            raise smtplib.SMTPServerDisconnected("no reply to the letter that can be understood")
        self.content_under_way = False
        return reply


def _transparent(content: bytes) -> bytes:
    """A letter as DATA wants it (RFC 5321 4.5.2): a full stop that begins a line is doubled, one by itself ends it.

    `smtplib.SMTP.data` asks each line; letters of ours have no such line, and one look tells.
    """
    if content.startswith(b".") or b"\n." in content:
        content = re.sub(rb"(?m)^\.", b"..", content)
    return content + (b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n")


def _together(addresses: Sequence[str], deliveries: Sequence[Delivery]) -> Delivery:
    """One answer for a letter that went to its recipients one by one."""
    refused = {address: one for address, one in zip(addresses, deliveries, strict=True) if one.verdict is not Verdict.SENT}
    if len(refused) == len(addresses):
        return _gentlest(list(refused.values()))
    told = "; ".join(f"{address} {one.detail}" for address, one in refused.items())
    return Delivery(Verdict.SENT, told, refused=tuple(refused))


_ORDER = (Verdict.STOP, Verdict.SUSPECT, Verdict.TEMPORARY, Verdict.PERMANENT)


def _gentlest(deliveries: Sequence[Delivery]) -> Delivery:
    """Of several refusals of one letter the one that gives nothing up too early."""
    return min(deliveries, key=lambda delivery: _ORDER.index(delivery.verdict))


def _sendable(address: str) -> bool:
    """ASCII, one at sign at least, nothing that would end the command: what no server can be told is not tried."""
    return _ADDRESS.fullmatch(address) is not None and _BAD_IN_ADDRESS.search(address) is None


def _reply(stage: Stage, code: int, text: bytes | str) -> Reply:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return Reply(code, " ".join(words.split()), stage)


def _described(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
