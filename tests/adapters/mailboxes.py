"""The mailboxes that the contract suite runs on, each with the hands of somebody else in it."""

import os
import re
import stat
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from imapclient import IMAPClient

from bot.adapters.imap import ImapMailbox
from bot.adapters.maildir import MaildirMailbox
from bot.adapters.server import Security, Server
from bot.ports import Mailbox
from tests.fakes import ZONE, FakeMailbox
from tests.servers import Dovecot


class Hands(Protocol):
    """What people and mail programs do to the mailbox under test."""

    mailbox: Mailbox

    def put(self, content: bytes, received: datetime, seen: bool = False) -> None: ...

    def remove(self, content: bytes) -> None: ...

    def marks(self) -> Sequence[str]:
        """Everything that reading could change: flags, names, places."""
        ...

    def renumber(self) -> None: ...

    def close(self) -> None: ...


class FakeHands:
    def __init__(self) -> None:
        self.fake = FakeMailbox()
        self.mailbox: Mailbox = self.fake

    def put(self, content: bytes, received: datetime, seen: bool = False) -> None:
        self.fake.put(content, received)

    def remove(self, content: bytes) -> None:
        self.fake.remove(next(uid for uid, mail in self.fake.mails.items() if mail.content == content))

    def marks(self) -> Sequence[str]:
        return [str(uid) for uid in self.fake.mails]

    def renumber(self) -> None:
        self.fake.renumber()

    def close(self) -> None:
        self.mailbox.close()


class MaildirHands:
    def __init__(self, folder: Path) -> None:
        self.maildir = folder / "Maildir"
        self.index = folder / "index"
        for part in ("tmp", "new", "cur"):
            (self.maildir / part).mkdir(parents=True)
        self.mailbox: Mailbox = MaildirMailbox(self.maildir, self.index, ZONE)
        self._count = 0

    def put(self, content: bytes, received: datetime, seen: bool = False) -> None:
        self._count += 1
        name = f"{self._count}.M1P1.host"
        file = self.maildir / "cur" / f"{name}:2,S" if seen else self.maildir / "new" / name
        file.write_bytes(content)
        os.utime(file, (received.timestamp(), received.timestamp()))

    def _files(self) -> list[Path]:
        return sorted(path for path in self.maildir.rglob("*") if stat.S_ISREG(path.lstat().st_mode))

    def remove(self, content: bytes) -> None:
        next(file for file in self._files() if file.read_bytes() == content).unlink()

    def marks(self) -> Sequence[str]:
        return [str(path) for path in self._files()]

    def renumber(self) -> None:
        self.index.unlink()
        self.mailbox = MaildirMailbox(self.maildir, self.index, ZONE)

    def close(self) -> None:
        self.mailbox.close()


class DovecotHands:
    def __init__(self, server: Dovecot, user: str, security: Security = Security.PLAIN) -> None:
        self.server, self.user = server, user
        port = server.tls_port if security is Security.TLS else server.port
        where = Server("localhost", port, user, "secret", security, ca_file=server.certificate)
        self.mailbox: Mailbox = ImapMailbox(where, ZONE)
        self.hand = self._logged_in()

    def _logged_in(self) -> IMAPClient:
        hand = IMAPClient("127.0.0.1", self.server.port, ssl=False)
        hand.login(self.user, "secret")
        hand.select_folder("INBOX")
        return hand

    def put(self, content: bytes, received: datetime, seen: bool = False) -> None:
        self.hand.append("INBOX", content, (b"\\Seen",) if seen else (), received)

    def remove(self, content: bytes) -> None:
        self.hand.noop()
        found = self.hand.fetch(self.hand.search("ALL"), ["BODY.PEEK[]"])
        self.hand.delete_messages([uid for uid, items in found.items() if items[b"BODY[]"] == content], silent=True)
        self.hand.expunge()

    def marks(self) -> Sequence[str]:
        self.hand.noop()
        uids = self.hand.search("ALL")
        found = self.hand.fetch(uids, ["FLAGS"])
        # \Recent belongs to the session that sees it first, not to the mail.
        return [f"{uid} {sorted(flag for flag in found[uid][b'FLAGS'] if flag != bytes([92]) + b'Recent')}" for uid in uids]

    def renumber(self) -> None:
        self.close()
        maildir = self.server.maildir(self.user)
        for file in maildir.glob("dovecot.index*"):
            file.unlink()
        uidlist = maildir / "dovecot-uidlist"
        uidlist.write_text(re.sub(r" V(\d+) ", lambda found: f" V{int(found[1]) + 1} ", uidlist.read_text(), count=1))
        self.hand = self._logged_in()

    def close(self) -> None:
        self.hand.logout()
        self.mailbox.close()
