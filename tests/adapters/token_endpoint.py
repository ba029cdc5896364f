"""A token endpoint on this machine (RFC 6749, section 6), over TLS with a certificate of its own."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from tests.servers import account, make_certificate


@dataclass
class Endpoint:
    """What it says: `answers` from the front, then a new token each time. What it was asked is in `asked`."""

    url: str = ""
    ca_file: Path = field(default_factory=Path)
    answers: list[tuple[int, object]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    rotates: bool = False  # a new refresh token each time, as Microsoft does
    lasting: int = 3600

    def answer(self) -> tuple[int, object]:
        if self.answers:
            return self.answers.pop(0)
        number = len(self.asked)
        said: dict[str, object] = {"access_token": f"token-{number}", "token_type": "Bearer", "expires_in": self.lasting}
        return 200, {**said, **({"refresh_token": f"refresh-{number}"} if self.rotates else {})}


class _Handler(BaseHTTPRequestHandler):
    endpoint: Endpoint

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.endpoint.asked.append({name: values[0] for name, values in parse_qs(body).items()})
        code, said = self.endpoint.answer()
        content = said.encode() if isinstance(said, str) else json.dumps(said).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def endpoint(folder: Path) -> Iterator[Endpoint]:
    """One that runs until the end of the block."""
    make_certificate(folder, account())
    made = Endpoint(ca_file=folder / "cert.pem")
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"endpoint": made}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    made.url = f"https://localhost:{server.server_address[1]}/token"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
