"""Doors before real mail servers that break what passes through them, by plan: cut, kept silent, refused, changed.

A conversation is command and answer, so a door takes the whole answer of the server before it gives any of it: a plan is
kept to the octet on the slowest machine.
"""

import re
import socket
import socketserver
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

PATIENCE = 120
"""Seconds after which a server that does not answer its door fails the test."""

_LITERAL = re.compile(rb"\{(\d+)\}\r\n\Z")


@dataclass(slots=True)
class Twist:
    """One break in a conversation: at which command, how often, and what happens there.

    `refuse`: these words instead of the server, which hears nothing. `cut`: so many octets of the answer, then the line is
    dead. `silent`: the server does as it is told, nobody hears of it. `change`: another answer in place of the server's.
    `first`: something done by others just before the server is told. `when`: asked with the commands of this connection.
    """

    at: str
    times: int = 1
    skip: int = 0  # so often the command passes unharmed before
    refuse: str = ""
    cut: int | None = None
    silent: bool = False
    change: Callable[[bytes], bytes] | None = None
    first: Callable[[], object] | None = None
    when: Callable[[Sequence[str]], bool] | None = None

    def takes(self, command: str, heard: Sequence[str]) -> bool:
        """Whether it is this one's turn; a turn is used up."""
        if not self.times or not command.upper().startswith(self.at) or (self.when and not self.when(heard)):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times -= 1
        return True


@dataclass
class Door:
    """Where a client connects instead of to the server behind; `twists` may be added while it stands open."""

    behind: int
    conversation: type["Conversation"]
    twists: list[Twist] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)  # all commands of all connections
    octets: int = 0  # given to clients
    connections: int = 0
    closing: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Door":
        handler = type("Handler", (self.conversation,), {"door": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def breaks(self, at: str, times: int = 1, **how: object) -> None:
        """Add a twist."""
        self.twists.append(Twist(at, times, **how))  # type: ignore[arg-type]  # the words of Twist itself

    def count(self, word: str) -> int:
        """How often a command was heard."""
        return sum(1 for command in self.heard if command.upper().startswith(word))


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A line that breaks is what these doors are about."""


class HangUp(Exception):  # noqa: N818 - an end, not an error
    """The conversation is over."""


class Conversation(socketserver.StreamRequestHandler):
    """One connection: what the client says, what the server answers, and the twists between them."""

    door: Door

    def setup(self) -> None:
        super().setup()
        self.door.connections += 1
        self.own: list[str] = []  # commands of this connection
        self.outside = socket.create_connection(("127.0.0.1", self.door.behind), PATIENCE)
        self.real = self.outside.makefile("rwb")

    def finish(self) -> None:
        super().finish()
        self.real.close()
        self.outside.close()

    def handle(self) -> None:
        try:
            self.greet()
            while line := self.rfile.readline():
                self.turn(line)
        except HangUp:
            return

    def greet(self) -> None:
        """Pass on what the server says by itself."""
        raise NotImplementedError

    def turn(self, line: bytes) -> None:
        """One command and its answer."""
        raise NotImplementedError

    def exchange(self, command: str, ask: Callable[[], bytes], refusal: Callable[[str], bytes]) -> bytes:
        """Ask the server, or do what the twist of this moment wants; gives what the client was given."""
        self.door.heard.append(command)
        self.own.append(command)
        twist = next((twist for twist in self.door.twists if twist.takes(command, self.own)), None)
        if twist is None:
            return self.give(ask())
        if twist.first:
            twist.first()
        if twist.refuse:
            return self.give(refusal(twist.refuse))
        answer = ask()
        if twist.silent:
            self.door.closing.wait()
            raise HangUp
        if twist.cut is not None:
            self.give(answer[: twist.cut])
            raise HangUp
        return self.give(twist.change(answer) if twist.change else answer)

    def give(self, answer: bytes) -> bytes:
        self.door.octets += len(answer)
        self.wfile.write(answer)
        return answer

    def told(self, data: bytes) -> None:
        self.real.write(data)
        self.real.flush()

    def line(self) -> bytes:
        found = self.real.readline()
        if not found:
            raise HangUp
        return found


class Imap(Conversation):
    """RFC 9051: tagged commands; an answer ends with the line that bears the tag."""

    def greet(self) -> None:
        self.give(self.line())

    def turn(self, line: bytes) -> None:
        tag, _, command = line.rstrip(b"\r\n").partition(b" ")

        def ask() -> bytes:
            self.told(line)
            return self.answer(tag)

        self.exchange(command.decode("latin-1"), ask, lambda words: tag + b" " + words.encode() + b"\r\n")

    def answer(self, tag: bytes) -> bytes:
        parts: list[bytes] = []
        while True:
            one = self.line()
            parts.append(one)
            if literal := _LITERAL.search(one):
                parts.append(self.real.read(int(literal[1])))
            elif one.startswith(tag + b" ") and (len(parts) == 1 or parts[-2].endswith(b"\r\n")):
                return b"".join(parts)


class Smtp(Conversation):
    """RFC 5321: verbs and replies; CONNECT is the greeting, END the answer to the letter itself."""

    def greet(self) -> None:
        self.exchange("CONNECT", self.reply, lambda words: words.encode() + b"\r\n")

    def turn(self, line: bytes) -> None:
        command = line.rstrip(b"\r\n").decode("latin-1")

        def ask() -> bytes:
            self.told(line)
            return self.reply()

        if command.upper() != "DATA":
            self.exchange(command, ask, lambda words: words.encode() + b"\r\n")
            return
        # The server is told of the letter only when it is there, so that a refusal of it is one that the server knows of.
        if self.exchange(command, lambda: b"354 go on\r\n", lambda words: words.encode() + b"\r\n").startswith(b"3"):
            self.letter(line)

    def letter(self, line: bytes) -> None:
        lines = [line]
        while lines[-1] != b".\r\n":
            lines.append(self.rfile.readline())
            if not lines[-1]:
                raise HangUp

        def ask() -> bytes:
            self.told(line)
            self.reply()
            self.told(b"".join(lines[1:]))
            return self.reply()

        self.exchange("END", ask, lambda words: words.encode() + b"\r\n")

    def reply(self) -> bytes:
        lines = [self.line()]
        while lines[-1][3:4] == b"-":
            lines.append(self.line())
        return b"".join(lines)
