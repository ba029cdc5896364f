"""Mails for the benchmarks: invented nominations of about 50 KB each, form and material in Word, from many units."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.demo.cast import Writer, cast
from bot.demo.forms import form, text_document
from bot.demo.nominees import invent
from bot.demo.programs import Enclosure, Note, compose

START = datetime(2021, 12, 10, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DISTINCT = 60
"""So many pairs of documents are drawn; python-docx takes longer to draw one than the program to read ten."""

CATEGORIES = ("project", "team", "member")


def documents(writer: Writer, number: int) -> tuple[Enclosure, Enclosure]:
    """A form and a material of one invented nominee."""
    nominee = invent(
        writer, CATEGORIES[number % 3], number, shown="2021年12月1日至12月7日在市属主要媒体公示，公示期5个工作日，无异议。"
    )
    return (
        Enclosure(f"{nominee.name}推荐表.docx", form(nominee)),
        Enclosure(f"{nominee.name}典型材料.docx", text_document(nominee.material)),
    )


def mails(count: int) -> Iterator[tuple[datetime, bytes]]:
    """So many mails with their times of arrival, each from an address of its own."""
    writers = cast()
    drawn = [(writers[n % len(writers)], documents(writers[n % len(writers)], n)) for n in range(min(DISTINCT, count))]
    for number in range(count):
        writer, files = drawn[number % len(drawn)]
        at = START + timedelta(seconds=7 * number)
        note = Note(
            key=f"bench/{number}",
            at=at,
            sender=f"clerk{number}@units.example",
            name=writer.clerk.name,
            to="sjhdz2021@126.com",
            subject=f"{writer.unit}报送推荐材料（{number}）",
            text=f"现报送{writer.written}推荐材料，请查收。\n{writer.written}",
            enclosures=files,
        )
        yield at, compose(note, writer.program)
