"""A small IMAP server that misbehaves on purpose, as NetEase and broken servers do; one thread a connection."""

import re
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

DATE = "10-Dec-2021 04:00:00 +0000"


@dataclass
class Script:
    """What the server holds and how it errs. Commands are recorded as it hears them."""

    mails: dict[int, bytes] = field(default_factory=dict)
    capabilities: str = "IMAP4rev1 ID"
    uidvalidity: int = 7
    ids_wanted: int = 0  # how often ID must have come before a folder can be opened
    login_reply: str = "OK logged in"
    empty: dict[int, int] = field(default_factory=dict)  # UID: how many times its body comes empty
    hang_up_at: str = ""  # a command at which the connection is cut without an answer
    stall_at: str = ""  # a command that is never answered
    cut_bodies: bool = False  # the connection dies in the middle of the first body
    internaldate: str = DATE
    replies: dict[str, str] = field(default_factory=dict)  # command: the tagged reply instead of doing it
    heard: list[str] = field(default_factory=list)
    connections: int = 0
    released: threading.Event = field(default_factory=threading.Event)

    def count(self, word: str) -> int:
        return sum(1 for line in self.heard if line.startswith(word))


class _Handler(socketserver.StreamRequestHandler):
    script: Script

    def handle(self) -> None:
        self.script.connections += 1
        self.ids = 0
        self.say("* OK ready")
        for line in self.rfile:
            tag, _, command = line.decode("latin-1").rstrip("\r\n").partition(" ")
            self.script.heard.append(command)
            if self.script.hang_up_at and command.startswith(self.script.hang_up_at):
                return
            if self.script.stall_at and command.startswith(self.script.stall_at):
                self.script.released.wait(30)
                return
            planned = next((reply for word, reply in self.script.replies.items() if command.startswith(word)), None)
            if planned is not None:
                self.say(f"{tag} {planned}")
            elif not self.obey(tag, command):
                return

    def say(self, line: str) -> None:
        self.wfile.write(line.encode("latin-1") + b"\r\n")

    def obey(self, tag: str, command: str) -> bool:
        word = command.partition(" ")[0] if not command.startswith("UID") else " ".join(command.split(" ")[:2])
        acts: dict[str, Callable[[str, str], None]] = {
            "CAPABILITY": self.capability,
            "LOGIN": self.login,
            "ID": self.identity,
            "EXAMINE": self.examine,
            "UID SEARCH": self.search,
            "UID FETCH": self.fetch,
        }
        if word == "LOGOUT":
            self.say("* BYE\r\n" + f"{tag} OK bye")
            return False
        act = acts.get(word)
        if act is None:
            self.say(f"{tag} BAD unknown command")
            return True
        act(tag, command)
        return not self.wfile.closed

    def capability(self, tag: str, _command: str) -> None:
        self.say(f"* CAPABILITY {self.script.capabilities}\r\n{tag} OK done")

    def login(self, tag: str, _command: str) -> None:
        self.say(f"{tag} {self.script.login_reply}")

    def identity(self, tag: str, _command: str) -> None:
        self.ids += 1
        self.say(f'* ID ("name" "coremail")\r\n{tag} OK ID completed')

    def examine(self, tag: str, _command: str) -> None:
        if self.ids < self.script.ids_wanted:
            self.say(f"{tag} NO EXAMINE Unsafe Login. Please contact kefu@188.com for help")
            return
        self.say(f"* {len(self.script.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.script.uidvalidity}] ok")
        self.say(f"{tag} OK [READ-ONLY] opened")

    def search(self, tag: str, command: str) -> None:
        found = re.search(r"UID (\d+):\*", command)
        first = int(found.group(1)) if found else 1
        last = max(self.script.mails, default=0)
        uids = sorted(uid for uid in self.script.mails if uid >= min(first, last))
        self.say("* SEARCH" + "".join(f" {uid}" for uid in uids) + f"\r\n{tag} OK done")

    def fetch(self, tag: str, command: str) -> None:
        for uid in [int(word) for word in command.split(" ")[2].split(",")]:
            if uid in self.script.mails:
                self.item(uid, command)
        self.say(f"{tag} OK done")

    def item(self, uid: int, command: str) -> None:
        content = self.script.mails[uid]
        if "RFC822.SIZE" in command:
            self.say(f'* 1 FETCH (UID {uid} RFC822.SIZE {len(content)} INTERNALDATE "{self.script.internaldate}")')
            return
        if self.script.empty.get(uid, 0) > 0:
            self.script.empty[uid] -= 1
            content = b""
        name = "BODY[HEADER]<0>" if "HEADER" in command else "BODY[]"
        self.wfile.write(f"* 1 FETCH (UID {uid} {name} {{{len(content)}}}\r\n".encode())
        if self.script.cut_bodies:
            self.wfile.write(content[: len(content) // 2])
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.wfile.write(content + b")\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what these tests are about."""


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
            script.released.set()
            server.shutdown()
            thread.join()
