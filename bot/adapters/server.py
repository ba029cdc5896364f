"""How a mail server is reached: address, account, encryption, patience; the same words for IMAP and SMTP."""

import ipaddress
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class Security(StrEnum):
    """How the connection is protected."""

    TLS = "tls"  # from the first byte (ports 993, 465)
    STARTTLS = "starttls"  # a plain connection turned into TLS before anything is said; refused if the server cannot
    PLAIN = "none"  # nothing; for a server on this machine


class TokenError(Exception):
    """No access token can be had. `refused`: not before a person has done something; else it may pass by itself."""

    def __init__(self, message: str, *, refused: bool) -> None:
        super().__init__(message)
        self.refused = refused


class Tokens(Protocol):
    """Gives access tokens instead of a password; TokenError when there is none to be had."""

    def current(self) -> str:
        """A token that is good for some minutes yet."""
        ...

    def renew(self) -> str:
        """Another one: the server has refused this one."""
        ...


def xoauth2(user: str, token: str) -> Iterator[str]:
    """What a client says in the SASL mechanism XOAUTH2: user and token, then nothing more.

    A server that refuses explains itself in a challenge, which wants an empty answer before the refusal comes.
    """
    yield f"user={user}\x01auth=Bearer {token}\x01\x01"
    while True:
        yield ""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server. The password never shows in a representation, and so in no log or traceback."""

    host: str
    port: int
    user: str = ""  # empty: no login (a relay on this machine)
    password: str = field(default="", repr=False)
    security: Security = Security.TLS
    plain_allowed: bool = False  # PLAIN to another machine too: passwords and mails can be read on the way
    ca_file: Path | None = None  # certificates to trust instead of the system's
    connect_seconds: float = 20
    read_seconds: float = 60  # of silence, after which the connection counts as dead
    tokens: Tokens | None = field(default=None, repr=False)  # login by token (XOAUTH2) instead of the password

    def __post_init__(self) -> None:
        if self.security is Security.PLAIN and not self.plain_allowed and not _on_this_machine(self.host):
            msg = f"{self.host}: an unprotected connection is for this machine only; use tls or starttls"
            raise ValueError(msg)

    def discreet(self, words: str) -> str:
        """What a server said, without the password: some quote the command that they refuse."""
        return words.replace(self.password, "…") if self.password else words

    def tls(self) -> ssl.SSLContext:
        """A context that checks certificate and host name."""
        return ssl.create_default_context(cafile=self.ca_file)


def _on_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() in ("localhost", "localhost.localdomain")
