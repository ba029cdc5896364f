"""SMTP servers for the courier: a well-behaved one (aiosmtpd) and one that answers as NetEase does or dies on purpose."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Script:
    """What the server answers. Replies are taken one a time from the front; when none is left the good one is given.

    A reply of "" hangs up without an answer; "421 …" hangs up after it.
    """

    replies: dict[str, list[str]] = field(default_factory=dict)  # by verb; "END" is the answer to the letter itself
    refused: dict[str, str] = field(default_factory=dict)  # RCPT replies by address
    extensions: tuple[str, ...] = ("SIZE 50000000", "AUTH LOGIN PLAIN")
    one_recipient: str = ""  # the reply to a second RCPT of one letter
    heard: list[str] = field(default_factory=list)
    letters: list[tuple[tuple[str, ...], bytes]] = field(default_factory=list)  # all that arrived whole, answered or not
    connections: int = 0

    def verbs(self) -> list[str]:
        return [line.split(" ")[0].split(":")[0].upper() for line in self.heard]


class _Handler(socketserver.StreamRequestHandler):
    script: Script

    def handle(self) -> None:
        self.script.connections += 1
        self.recipients: list[str] = []
        if not self.answer("CONNECT", "220 ready"):
            return
        for line in self.rfile:
            words = line.decode("latin-1").rstrip("\r\n")
            self.script.heard.append(words)
            if not self.obey(words.split(" ")[0].upper(), words):
                return

    def answer(self, verb: str, good: str) -> bool:
        """Say the planned or the good reply; False when the connection ends with it."""
        planned = self.script.replies.get(verb, [])
        reply = planned.pop(0) if planned else good
        if reply:
            self.wfile.write(reply.replace("\n", "\r\n").encode() + b"\r\n")
        self.said = reply
        return bool(reply) and not reply.startswith("421")

    def accepted(self) -> bool:
        return self.said[:1] in ("2", "3")

    def obey(self, verb: str, words: str) -> bool:
        if verb == "EHLO":
            lines = ["scripted", *self.script.extensions]
            return self.answer(verb, "\n".join(f"250{'-' if n < len(lines) else ' '}{one}" for n, one in enumerate(lines, 1)))
        if verb == "AUTH":
            return self.answer(verb, "235 welcome")
        if verb == "RCPT":
            return self.recipient(words)
        if verb == "DATA":
            return self.data()
        if verb in ("MAIL", "RSET"):
            self.recipients = []
        return self.answer(verb, "250 ok") and verb != "QUIT"

    def recipient(self, words: str) -> bool:
        address = words.partition("<")[2].partition(">")[0]
        if self.recipients and self.script.one_recipient:
            return self.answer("", self.script.one_recipient)
        go_on = self.answer("RCPT", self.script.refused.get(address, "250 ok"))
        if self.accepted():
            self.recipients.append(address)
        return go_on

    def data(self) -> bool:
        go_on = self.answer("DATA", "354 go on")
        if not self.accepted():
            return go_on
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        else:
            return False
        self.script.letters.append((tuple(self.recipients), b"".join(lines)))
        go_on = self.answer("END", "250 Mail OK queued as smtp7")
        if not self.accepted() and go_on:
            self.script.letters.pop()
        return go_on


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


@contextmanager
def serving(script: Script) -> Iterator[int]:
    """The port it listens at."""
    handler = type("Handler", (_Handler,), {"script": script})
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
