"""Fakes of the world, shaped like the ports; the store is the real one in memory (`memory_store`)."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.adapters.store import SqlStore
from bot.campaign import Category
from bot.model import Address as MailAddress
from bot.model import Attachment, Delivery, Headers, Letter, Outgoing, Position, RawMail, Reading, Verdict
from bot.ports import BodyError, Listed, Lying, MailboxError, Mark, PaperBundle, Survey

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2021, 12, 10, 12, 0, tzinfo=ZONE)
"""A Friday within the campaign."""


class FakeClock:
    """Stands still until `advance`."""

    def __init__(self, now: datetime = NOON) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment

    def advance(self, by: timedelta | None = None, **units: float) -> datetime:
        self.moment += by if by is not None else timedelta(**units)
        return self.moment


class Stored(NamedTuple):
    content: bytes
    received: datetime


class FakeMailbox:
    """A mailbox in memory. Trouble is planted by UID: `empty` gives no body, `broken` loses the connection there."""

    def __init__(self, zone: tzinfo = ZONE, folder: str = "INBOX", page: int = 1000) -> None:
        self.zone = zone
        self.folder = folder
        self.page = page
        self.uidvalidity = 1
        self.mails: dict[int, Stored] = {}
        self.empty: set[int] = set()
        self.broken: set[int] = set()
        self.unreachable: MailboxError | None = None
        self.fetched: list[int] = []  # UIDs whose body went over
        self._next = 1

    def put(self, content: bytes, received: datetime = NOON) -> int:
        uid, self._next = self._next, self._next + 1
        self.mails[uid] = Stored(content, received)
        return uid

    def remove(self, uid: int) -> None:
        del self.mails[uid]

    def renumber(self) -> None:
        """What a restored mailbox does: the same mails under a new UIDVALIDITY, numbered from 1."""
        self.uidvalidity += 1
        self.mails = dict(enumerate(self.mails.values(), 1))
        self._next = len(self.mails) + 1

    def survey(self, after: Mark | None) -> Survey:
        if self.unreachable:
            raise self.unreachable
        above = after.last_uid if after and after.uidvalidity == self.uidvalidity else 0
        listed = (
            Listed(uid, len(mail.content), mail.received.astimezone(self.zone))
            for uid, mail in sorted(self.mails.items())
            if uid > above
        )
        return Survey(self.folder, self.uidvalidity, tuple(listed)[: self.page])

    def fetch(self, survey: Survey, uids: Sequence[int], largest: int) -> Iterator[RawMail]:
        for listed in survey.mails:
            if listed.uid not in uids or listed.uid not in self.mails:
                continue
            if listed.uid in self.broken:
                raise MailboxError("the connection is gone")
            content = self.mails[listed.uid].content
            position = Position(self.folder, self.uidvalidity, listed.uid)
            if len(content) > largest:
                header = content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
                yield RawMail(position, listed.received, len(content), None, b"" if listed.uid in self.empty else header)
                continue
            if listed.uid in self.empty:
                raise BodyError(listed.uid)
            self.fetched.append(listed.uid)
            yield RawMail(position, listed.received, len(content), content)

    def close(self) -> None:
        """Nothing is open."""


class FakeCourier:
    """Takes letters; `answers` says what becomes of the next ones, SENT afterwards."""

    def __init__(self, *answers: Delivery | Exception) -> None:
        self.answers = list(answers)
        self.sent: list[Outgoing] = []

    def send(self, letter: Outgoing) -> Delivery:
        answer = self.answers.pop(0) if self.answers else Delivery(Verdict.SENT)
        if isinstance(answer, Exception):
            raise answer
        if answer.verdict is Verdict.SENT:
            self.sent.append(letter)
        return answer

    def close(self) -> None:
        """Nothing is open."""


class FakeCabinet:
    """Remembers where each mail was put; `trouble` is raised for the mails named in it, `gone` lie no more where they did."""

    def __init__(self) -> None:
        self.folders: dict[str, str] = {}  # by Message-ID
        self.cleared: list[Position] = []
        self.asked: list[Lying] = []
        self.trouble: dict[str, MailboxError] = {}
        self.gone: set[str] = set()
        self._next = 100

    def put(self, lying: Lying, folder: str, *, move: bool) -> Position | None:
        self.asked.append(lying)
        if lying.message_id in self.trouble:
            raise self.trouble[lying.message_id]
        if lying.message_id in self.gone:
            return None
        self.folders[lying.message_id] = folder
        self._next += 1
        return Position(folder, 5, self._next)

    def clear(self, position: Position) -> None:
        self.cleared.append(position)

    def close(self) -> None:
        """Nothing is open."""


class FakeOriginals:
    """Originals in memory, under the paths the real ones have."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def keep(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        path = f"mail/{sha256[:2]}/{sha256}.eml"
        self.contents[path] = content
        return path

    def load(self, path: str) -> bytes:
        return self.contents[path]


class FakeReader:
    """Gives prepared readings by content, else what `make` makes, else a reading with a Message-ID alone."""

    def __init__(self, readings: Mapping[bytes, Reading] | None = None, make: Callable[[bytes], Reading] | None = None) -> None:
        self.readings = dict(readings or {})
        self.make = make or _nothing_read

    def read(self, content: bytes) -> Reading:
        return self.readings[content] if content in self.readings else self.make(content)

    def close(self) -> None:
        """No process to end."""


def _nothing_read(_content: bytes) -> Reading:
    return Reading(Headers("", "", MailAddress("")), "", "")


class FakeScribe:
    """Writes the category's name instead of a document."""

    def blank_form(self, category: Category) -> Attachment:
        return Attachment(f"{category.name}.docx", category.id.encode(), "application/octet-stream")


def memory_store(zone: tzinfo = ZONE) -> SqlStore:
    return SqlStore("sqlite://", zone)


def mail_bytes(id: str | None = "1", body: str = "您好", subject: str = "推荐表") -> bytes:
    """A small mail; `id` becomes its Message-ID, None leaves it out."""
    lines = [f"Message-ID: <{id}@example.com>"] if id is not None else []
    lines += ["From: Li <li@example.com>", f"Subject: {subject}", "", body]
    return "\r\n".join(lines).encode()


def outgoing(key: str = "receipt:1", to: Sequence[str] = ("li@example.com",), letter: Letter = Letter.RECEIPT) -> Outgoing:
    """A letter ready to send."""
    id = f"<{hashlib.sha256(key.encode()).hexdigest()[:16]}@shouli.example>"
    content = f"Message-ID: {id}\r\nFrom: office@example.com\r\nTo: {', '.join(to)}\r\nSubject: {key}\r\n\r\n.{key}\r\n"
    return Outgoing(letter, key, tuple(to), key, id, content.encode(), unit="410700", numbers=("0001",), mails=(1,))


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


class FakeSheets:
    """Writes the numbers instead of a cover sheet."""

    def cover_sheet(self, bundle: PaperBundle) -> Attachment:
        return Attachment("封面.docx", " ".join(paper.number for paper in bundle.papers).encode(), "application/x-sheet")
