"""The last hours: clocks of senders and servers, zones, trace lines that contradict each other, and what comes after midnight."""

from collections.abc import Iterator
from dataclasses import replace

from tests.labelled.clerks.base import case, filed, pair, received, written
from tests.labelled.clerks.names import OVER
from tests.labelled.clerks.sheet import MEMBER, PROJECT, TEAM, sheet
from tests.labelled.label import Case, Label, Mail, at

TRACES = (
    ("last-second", "Mon, 20 Dec 2021 23:59:59 +0800", False),
    ("midnight", "Tue, 21 Dec 2021 00:00:00 +0800", True),
    ("first-second", "Tue, 21 Dec 2021 00:00:01 +0800", True),
    ("utc-in-time", "Mon, 20 Dec 2021 15:59:59 +0000", False),
    ("utc-late", "Mon, 20 Dec 2021 16:00:00 +0000", True),
    ("gmt-in-time", "Mon, 20 Dec 2021 15:30:00 GMT", False),
    ("gmt-late", "Mon, 20 Dec 2021 16:30:00 GMT", True),
    ("cst-comment", "Mon, 20 Dec 2021 23:40:00 +0800 (CST)", False),
    ("cst-comment-late", "Tue, 21 Dec 2021 00:40:00 +0800 (CST)", True),
    ("california-in-time", "Mon, 20 Dec 2021 07:59:00 -0800", False),
    ("california-late", "Mon, 20 Dec 2021 08:01:00 -0800", True),
    ("tokyo-in-time", "Tue, 21 Dec 2021 00:59:00 +0900", False),
    ("tokyo-late", "Tue, 21 Dec 2021 01:01:00 +0900", True),
    ("india-in-time", "Mon, 20 Dec 2021 21:29:00 +0530", False),
    ("no-weekday", "20 Dec 2021 23:10:00 +0800", False),
    ("no-seconds", "Mon, 20 Dec 2021 23:10 +0800", False),
    ("wrong-weekday", "Fri, 20 Dec 2021 23:10:00 +0800", False),
    ("two-digit-day", "Tue, 07 Dec 2021 09:00:00 +0800", False),
    ("one-digit-day", "Tue, 7 Dec 2021 09:00:00 +0800", False),
    ("new-year", "Sat, 1 Jan 2022 09:00:00 +0800", True),
)
CLAIMS = (
    ("says-earlier", at(21, 0, 5), at(19), True),
    ("says-later", at(20, 22), at(22), False),
    ("says-1970", at(20, 22), at(1, month=1, year=1970), False),
    ("says-next-year", at(20, 22), at(20, year=2022), False),
    ("says-last-year", at(21, 9), at(20, year=2020), True),
    ("on-the-border", at(21, 0, 0), at(20, 23, 59), True),
    ("weeks-late", at(31, 9), at(31, 9), True),
    ("before-all", at(25, 9, month=11), at(25, 9, month=11), False),
)


def cases() -> Iterator[Case]:
    """What the top trace line says counts, in whatever zone; the sender's own date never."""
    for number, (name, trace, late) in enumerate(TRACES):
        one = sheet(f"clock {name}", (PROJECT, TEAM, MEMBER)[number % 3], "省审计厅")
        made = written(f"clock {name}", "推荐材料", "请收", pair(one), when=at(20, 12))
        head, rest = made.bytes().split(b"\r\nFrom: ", 1)
        head = head[: head.rindex(b";") + 2] + trace.encode()
        label = Label("received", "S052", filed=(filed(one, *(["late"] if late else [])),))
        yield case(f"clock-{name}", Mail(head + b"\r\nFrom: " + rest, label))
    for number, (name, arrived, claimed, late) in enumerate(CLAIMS):
        one = sheet(f"clock {name}", (PROJECT, TEAM, MEMBER)[number % 3], "省审计厅")
        mail = replace(written(f"clock {name}", "推荐材料", "请收", pair(one), when=arrived), claimed=claimed)
        yield case(f"clock-{name}", received(mail, "S052", filed(one, *(["late"] if late else []))))
    yield from _hops()
    yield from _after()


def _hops() -> Iterator[Case]:
    older = b"Received: from a (a [192.0.2.1])\r\n\tby b with ESMTP id 2;\r\n\tMon, 20 Dec 2021 23:58:00 +0800 (CST)\r\n"
    for name, arrived, late in (("hops-late", at(21, 0, 3), True), ("hops-in-time", at(20, 23, 59), False)):
        one = sheet(f"clock {name}", TEAM, "省审计厅")
        made = written(f"clock {name}", "推荐材料", "请收", pair(one), when=arrived).bytes()
        label = Label("received", "S052", filed=(filed(one, *(["late"] if late else [])),))
        yield case(f"clock-{name}", Mail(made.replace(b"\r\nFrom: ", b"\r\n" + older + b"From: ", 1), label))
    one = sheet("clock undated", MEMBER, "省审计厅")
    mail = replace(written("clock undated", "推荐材料", "请收", pair(one), when=at(20, 23)), dated=False)
    yield case("clock-undated", received(mail, "S052", filed(one)))


def _after() -> Iterator[Case]:
    one = sheet("late and broken", PROJECT, "省审计厅").but("联系电话", "")
    mail = written("late and broken", "材料", "", pair(one), when=at(22))
    yield case("clock-late-with-a-defect", received(mail, "S052", filed(one, "late", "field-missing:联系电话")))
    one, two = sheet("late second a", TEAM, "省审计厅"), sheet("late second b", TEAM, "省审计厅")
    first = received(written("late second a", "材料", "", pair(one), when=at(20)), "S052", filed(one))
    second = written("late second b", "材料", "", pair(two), when=at(21))
    yield case("clock-late-over-quota", first, received(second, "S052", filed(two, "late", "over-quota")))
    one = sheet("late publicity", PROJECT, "濮阳市", "2021年12月16日至20日在濮阳日报公示")
    mail = written("late publicity", "材料", "", pair(one), when=at(21, 9))
    yield case("clock-publicity-over-but-late", received(mail, "410900", filed(one, "late")))
    one = sheet("early publicity", PROJECT, "濮阳市", "2021年12月16日至20日在濮阳日报公示")
    mail = written("early publicity", "材料", "", pair(one), when=at(20, 23))
    yield case("clock-publicity-not-over", received(mail, "410900", filed(one, "publicity-too-short")))
    one = sheet("ready", PROJECT, "濮阳市", OVER)
    mail = written("ready", "赶在最后", "", pair(one), when=at(20, 23, 59))
    yield case("clock-city-last-minute", received(mail, "410900", filed(one)))
