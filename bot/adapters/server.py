"""How a mail server is reached: address, account, encryption, patience; the same words for IMAP and SMTP."""

import ipaddress
import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Security(StrEnum):
    """How the connection is protected."""

    TLS = "tls"  # from the first byte (ports 993, 465)
    STARTTLS = "starttls"  # a plain connection turned into TLS before anything is said; refused if the server cannot
    PLAIN = "none"  # nothing; for a server on this machine


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

    def __post_init__(self) -> None:
        if self.security is Security.PLAIN and not self.plain_allowed and not _on_this_machine(self.host):
            msg = f"{self.host}: an unprotected connection is for this machine only; use tls or starttls"
            raise ValueError(msg)

    def tls(self) -> ssl.SSLContext:
        """A context that checks certificate and host name."""
        return ssl.create_default_context(cafile=self.ca_file)


def _on_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() in ("localhost", "localhost.localdomain")
