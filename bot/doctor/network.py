"""Checks of the way to a mail server: its name, the connection, its certificate and for how long it is good."""

import socket
import ssl
from datetime import datetime, timedelta

from bot.adapters.handshake import StartTlsError, addresses, certificate
from bot.adapters.server import Server
from bot.steps.doctor import Ailing, State

SOON = timedelta(days=14)
"""A certificate that ends within this time should have been renewed."""


def names(server: Server) -> str:
    """That the server's name has addresses."""
    try:
        return f"{server.host}: {', '.join(addresses(server.host, server.port))}"
    except OSError as error:
        raise Ailing(
            f"{server.host}: {error.strerror or error}",
            "look whether the name is spelt right, and whether this machine resolves any name: getent hosts example.com",
        ) from error


def tls(server: Server, speech: str, section: str, now: datetime) -> str:
    """That it can be reached and shows a certificate that can be trusted, and how many days that lasts."""
    where = f"{server.host}:{server.port}"
    try:
        shown = certificate(server, speech)
    except ssl.SSLCertVerificationError as error:
        raise Ailing(f"{where}: {error.verify_message}", _mistrust(error, section)) from error
    except ssl.SSLError as error:
        remedy = f"look at port and security in [{section}]: tls and starttls differ"
        raise Ailing(f"{where}: {error.reason or error}", remedy) from error
    except StartTlsError as error:
        raise Ailing(f"{where}: {error}", f'write security = "tls" and its port in [{section}], or another server') from error
    except (TimeoutError, socket.gaierror, ConnectionError, OSError) as error:
        raise Ailing(f"{where}: {error.strerror or type(error).__name__}", _unreachable(error, section)) from error
    if shown is None:
        return f"{where}: reached, not protected (a server on this machine)"
    left = shown.until - now
    told = f"{where}: {shown.protocol}, certificate of {shown.subject} by {shown.issuer}, good for {left.days} days"
    if left < SOON:
        raise Ailing(told, "tell who runs the server: when it ends, nothing is read or sent any more", State.ATTENTION)
    return told


def _mistrust(error: ssl.SSLCertVerificationError, section: str) -> str:
    match error.verify_code:
        case 10:
            return "it has run out: tell who runs the server; and look whether the clock of this machine is right"
        case 18 | 19 | 20:
            return f"a certificate of your own house: name its authority (PEM) as ca_file in [{section}]; else do not go on"
        case 62:
            return f"the server has another name: write that name as host in [{section}]"
    return "do not go on: somebody may stand between this machine and the server"


def _unreachable(error: OSError, section: str) -> str:
    if isinstance(error, ConnectionRefusedError):
        return f"nobody listens there: look at host and port in [{section}]"
    return "look whether a firewall lets this machine out to that port"
