"""Mails for the benchmarks, all different: invented nominations, form and material in Word, filled up to 50 KB."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from multiprocessing import get_context
from random import Random
from zoneinfo import ZoneInfo

from bot.demo.cast import Writer, cast
from bot.demo.forms import form, text_document
from bot.demo.nominees import invent
from bot.demo.programs import Enclosure, Note, compose

START = datetime(2021, 12, 10, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CATEGORIES = ("project", "team", "member")
SHOWN = "2021年12月1日至12月7日在市属主要媒体公示，公示期5个工作日，无异议。"
SIZE = 50_000
"""Bytes of a mail as the mailbox counts them; what the documents leave is filled up with a picture."""


def documents(writer: Writer, number: int) -> tuple[Enclosure, Enclosure]:
    """A form and a material of one invented nominee."""
    nominee = invent(writer, CATEGORIES[number % 3], number // 3, shown=SHOWN)
    return (
        Enclosure(f"{nominee.name}推荐表.docx", form(nominee)),
        Enclosure(f"{nominee.name}典型材料.docx", text_document(nominee.material)),
    )


def mail(number: int, size: int = SIZE) -> tuple[datetime, bytes]:
    """The mail of this number and size with its time of arrival.

    Units take turns, each mail has a nominee and an address of its own.
    """
    writers = cast()
    writer = writers[number % len(writers)]
    at = START + timedelta(seconds=7 * number)
    note = Note(
        key=f"bench/{number}",
        at=at,
        sender=f"clerk{number}@units.example",
        name=writer.clerk.name,
        to="sjhdz2021@126.com",
        subject=f"{writer.unit}报送推荐材料（{number}）",
        text=f"现报送{writer.written}推荐材料，请查收。\n{writer.written}",
        enclosures=documents(writer, number // len(writers)),
    )
    content = compose(note, writer.program)
    if (room := (size - len(content)) * 3 // 4) > 0:
        picture = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + Random(number).randbytes(room)  # noqa: S311 - bytes of no meaning
        content = compose(replace(note, enclosures=(*note.enclosures, Enclosure("现场照片.jpg", picture))), writer.program)
    return at, content


def mails(count: int) -> Iterator[tuple[datetime, bytes]]:
    """So many mails; python-docx takes longer to draw one than the program to read ten, so all cores draw."""
    with get_context("spawn").Pool() as pool:
        yield from pool.imap(mail, range(count), chunksize=10)
