"""Reaches a mail server as far as its certificate: names, connection, TLS from the first byte or after STARTTLS."""

import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.adapters.server import Security, Server

_LONGEST_LINE = 65536
_MOST_LINES = 100


class StartTlsError(OSError):
    """The server does not begin TLS when asked to."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the server showed and the system believed."""

    subject: str
    issuer: str
    until: datetime  # UTC
    protocol: str  # TLSv1.3


def addresses(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a name; OSError (socket.gaierror) when it has none."""
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def certificate(server: Server, speech: str) -> Certificate | None:
    """The server's certificate, checked as every connection checks it; None where nothing is protected.

    `speech` is imap or smtp, in which STARTTLS is asked for. OSError when there is no connection, ssl.SSLError when it cannot
    be trusted.
    """
    with socket.create_connection((server.host.strip("[]"), server.port), server.connect_seconds) as plain:
        if server.security is Security.PLAIN:
            return None
        if server.security is Security.STARTTLS:
            _ask_for_tls(plain, speech)
        with server.tls().wrap_socket(plain, server_hostname=server.host.strip("[]")) as protected:
            return _read(protected.getpeercert() or {}, protected.version() or "")


def _ask_for_tls(plain: socket.socket, speech: str) -> None:
    """Line by line and unbuffered: the byte after the server's consent belongs to TLS already."""
    if speech == "imap":
        _until(plain, "* ")
        plain.sendall(b"a STARTTLS\r\n")
        consent = _until(plain, "a ")
        if not consent.upper().startswith("A OK"):
            raise StartTlsError(f"no STARTTLS: {consent}")
        return
    _until(plain, "220 ")
    plain.sendall(b"EHLO [127.0.0.1]\r\n")
    _until(plain, "250 ")
    plain.sendall(b"STARTTLS\r\n")
    consent = _until(plain, "")
    if not consent.startswith("220"):
        raise StartTlsError(f"no STARTTLS: {consent}")


def _until(plain: socket.socket, start: str) -> str:
    for _ in range(_MOST_LINES):
        line = _line(plain)
        if line.startswith(start):
            return line
    raise StartTlsError("the server talks on and on")


def _line(plain: socket.socket) -> str:
    line = bytearray()
    while not line.endswith(b"\n"):
        byte = plain.recv(1)
        if not byte or len(line) > _LONGEST_LINE:
            raise StartTlsError("the server hangs up")
        line += byte
    return line.decode("latin-1").strip()


def _read(shown: Any, protocol: str) -> Certificate:
    until = datetime.fromtimestamp(ssl.cert_time_to_seconds(shown["notAfter"]), UTC)
    return Certificate(_name(shown.get("subject", ())), _name(shown.get("issuer", ())), until, protocol)


def _name(parts: Any) -> str:
    words = {key: value for part in parts for key, value in part}
    return str(words.get("commonName") or words.get("organizationName") or "?")
