"""Writes the golden cases that ship: invented mails of the demonstration's clerks, with what the campaign says of them.

`python -m tests.golden` writes `rules/3x100-2021/examples/` anew; the same bytes come out every time.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.demo.acts import nominees, note, paper, shown
from bot.demo.cast import Writer, writer
from bot.demo.nominees import Nominee, invent, publicity
from bot.demo.packing import zipped_with_password
from bot.demo.people import person
from bot.demo.programs import Enclosure, compose
from bot.demo.scene import on
from tests.golden.slim import slim

FOLDER = Path(__file__).parents[2] / "rules" / "3x100-2021" / "examples"
LARGEST = 60_000
"""Bytes of one mail: they travel with the rules."""


@dataclass(frozen=True)
class Case:
    """A mail and what the campaign says of it."""

    name: str
    about: str
    at: datetime
    mail: bytes
    expected: dict[str, Any]
    after: tuple[str, ...] = ()
    filed: Sequence[dict[str, Any]] = field(default_factory=tuple)

    def text(self) -> str:
        """The expectation as it stands beside the mail."""
        told: dict[str, Any] = {"about": self.about, "at": self.at.replace(tzinfo=None).isoformat()}
        if self.after:
            told["after"] = list(self.after)
        told |= self.expected
        if self.filed:
            told["nominations"] = list(self.filed)
        return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def together(who: Writer, nominee: Nominee) -> Enclosure:
    """Form and material in one Word file without what Word itself can do without."""
    file = paper(who, nominee).together()
    return replace(file, content=slim(file.content))


def sent(who: Writer, key: str, at: datetime, some: Sequence[Nominee], **changed: Any) -> bytes:
    """A mail of this unit with these papers."""
    files = tuple(together(who, one) for one in some)
    return compose(note(who, f"golden {key}", at, some, **{"enclosures": files, **changed}), who.program)


def filed(nominee: Nominee, state: str = "accepted", *findings: str) -> dict[str, Any]:
    """What must be filed about it."""
    told: dict[str, Any] = {"nominee": nominee.name, "category": nominee.category, "state": state}
    return told | ({"findings": list(findings)} if findings else {})


def received(who: Writer, letter: str) -> dict[str, Any]:
    """Of a mail of which something is filed."""
    return {"outcome": "received", "unit": who.unit, "letter": letter}


def returned(who: Writer, finding: str) -> dict[str, Any]:
    """Of a mail of which nothing is filed."""
    return {"outcome": "returned", "unit": who.unit, "letter": "defects", "findings": [finding]}


def cases() -> Iterator[Case]:
    """Every case: one rule of the notice each."""
    yield from _in_order()
    yield from _fields()
    yield from _of_the_unit()
    yield from _nothing_to_file()
    yield from _time_and_quota()


def _in_order() -> Iterator[Case]:
    who, at = writer("puyang"), on(16, "10:00")
    (one,) = nominees(who, at, {"project": (0,)})
    mail = sent(who, "in-order", at, [one])
    yield Case("all-in-order", "推荐表与材料在一个文件里，齐全。", at, mail, received(who, "receipt"), filed=[filed(one)])


def _fields() -> Iterator[Case]:
    who, at = writer("water"), on(7, "14:20")
    lacking = invent(who, "project").without("联系电话")
    yield Case(
        "telephone-missing",
        "联系电话没有填。",
        at,
        sent(who, "telephone", at, [lacking]),
        received(who, "defects"),
        filed=[filed(lacking, "defective", "field-missing 联系电话")],
    )
    city, at = writer("jiaozuo"), on(9, "10:20")
    short = invent(city, "team", shown=publicity(city, date(2021, 12, 7), date(2021, 12, 8), 2))
    yield Case(
        "publicity-of-two-days",
        "省辖市只公示了2个工作日。",
        at,
        sent(city, "two-days", at, [short]),
        received(city, "defects"),
        filed=[filed(short, "defective", "publicity-too-short 公示情况")],
    )
    school, at = writer("henau"), on(10, "09:05")
    candidate = invent(school, "member").with_fields(政治面貌="中共预备党员", 入党时间="2021年6月")
    yield Case(
        "candidate-of-the-party",
        "预备党员不能推荐为党员服务标兵；高校不要求公示。",
        at,
        sent(school, "candidate", at, [candidate]),
        received(school, "defects"),
        filed=[filed(candidate, "defective", "not-party-member 政治面貌")],
    )
    city, at = writer("luohe"), on(10, "11:00")
    long = invent(city, "project", shown=shown(city, at), words=2300)
    yield Case(
        "material-too-long",
        "典型材料超过2000字。",
        at,
        sent(city, "too-long", at, [long]),
        received(city, "defects"),
        filed=[filed(long, "defective", "material-too-long")],
    )


def _of_the_unit() -> Iterator[Case]:
    at = on(6, "09:18")
    name = "商水县党史学习教育领导小组办公室"
    county = Writer("商水县", name, "商水县", "dsb@shangshui.example", "qq", person("clerk", "商水县"))
    one = replace(invent(writer("zhoukou"), "project", 4), unit=name).with_fields(推荐单位=name)
    expected = returned(county, "unit-not-entitled")
    yield Case("county-by-itself", "县级单位要由省辖市推荐。", at, sent(county, "county", at, [one]), expected)


def _nothing_to_file() -> Iterator[Case]:
    who, at = writer("energy"), on(15, "09:30")
    archive = Enclosure(
        "推荐材料.zip", zipped_with_password({"1.docx": slim(paper(who, invent(who, "team")).together().content)}, b"1")
    )
    mail = sent(who, "locked", at, [], enclosures=(archive,))
    yield Case("locked-archive", "压缩包有密码。", at, mail, returned(who, "attachment-encrypted"))
    who, at = writer("civil-affairs"), on(14, "10:00")
    text = f"您好，推荐材料已上传，请下载：https://wx.mail.qq.com/ftn/download?code=invented\n\n{who.written}"
    mail = sent(who, "cloud", at, [], enclosures=(), text=text)
    yield Case("file-left-in-a-cloud", "材料在超大附件里，没有随信发来。", at, mail, returned(who, "cloud-attachment"))
    who, at = writer("women"), on(1, "10:12")
    text = f"您好，通知里说推荐表附后，但没有看到附件。请问表格在哪里下载？\n\n{who.unit}"
    mail = sent(who, "forms", at, [], enclosures=(), subject="咨询推荐表", text=text)
    yield Case(
        "where-are-the-forms",
        "索取空白推荐表。",
        at,
        mail,
        {"outcome": "command", "command": "forms", "unit": who.unit, "letter": "forms"},
    )


def _time_and_quota() -> Iterator[Case]:
    who, at = writer("zzu"), on(20, "23:59:59")
    first, second = invent(who, "team", 0), invent(who, "team", 1)
    mail = sent(who, "last-second", at, [first])
    yield Case("last-second", "20日24时以前都算按时。", at, mail, received(who, "receipt"), filed=[filed(first)])
    at = on(21, "00:01")
    yield Case(
        "a-minute-too-late",
        "20日24时以后算逾期，由办公室决定。",
        at,
        sent(who, "too-late", at, [second]),
        received(who, "receipt"),
        filed=[filed(second, "late", "late")],
    )
    at = on(20, "23:59:59")
    yield Case(
        "second-of-one",
        "高校每类限报1个，第二个超额待定。",
        at,
        sent(who, "second-of-one", at, [second]),
        received(who, "defects"),
        ("last-second",),
        [filed(second, "over-quota", "over-quota")],
    )


def main() -> None:
    """Write them."""
    FOLDER.mkdir(exist_ok=True)
    for case in cases():
        assert len(case.mail) <= LARGEST, (case.name, len(case.mail))
        (FOLDER / f"{case.name}.eml").write_bytes(case.mail)
        (FOLDER / f"{case.name}.json").write_text(case.text(), "utf-8")


if __name__ == "__main__":
    main()
