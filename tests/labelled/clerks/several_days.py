"""Mails of one unit over days: numbers that are none, several mended in one archive, another category, late corrections."""

from collections.abc import Iterator

from tests.labelled.clerks.base import FORM, STORY, case, ending, filed, pair, received, written
from tests.labelled.clerks.drawing import form, story
from tests.labelled.clerks.names import OVER
from tests.labelled.clerks.sheet import KINDS, MEMBER, PROJECT, TEAM, Sheet, sheet
from tests.labelled.label import Case, Filed, Mail, at
from tests.labelled.packing import zipped

UNIT, ID = "新乡市", "410700"
NO_NUMBERS = (
    "推荐材料20211214",
    "关于2021年推荐材料的报告（新办〔2021〕1号）",
    "0373-3051234新乡市报送",
    "三个100推荐材料1个",
    "12月14日1000字材料",
    "新乡市推荐材料第0002批次",
)


def cases() -> Iterator[Case]:
    """See the docstring of each part."""
    for number, subject in enumerate(NO_NUMBERS):
        one, two = sheet(f"days number {number} a", PROJECT, UNIT, OVER), sheet(f"days number {number} b", TEAM, UNIT, OVER)
        first = _mail(f"number {number}", "推荐材料", one, 13, filed(one, number="0001"))
        yield case(f"days-no-number-{number}", first, _mail(f"number b {number}", subject, two, 14, filed(two, number="0002")))
    yield from _bundles()
    yield from _halves()
    yield from _late()
    yield from _changes()


def _mail(key: str, subject: str, one: Sheet, day: int, label: Filed) -> Mail:
    return received(written(key, subject, "请收", pair(one), when=at(day)), ID, label)


def _bundles() -> Iterator[Case]:
    """An archive of three comes again with one of them mended; a fourth comes with the three."""
    three = [sheet(f"days bundle {kind}", kind, UNIT, OVER) for kind in (PROJECT, TEAM, MEMBER)]
    broken = [three[0], three[1].but("联系电话", ""), three[2]]

    def sent(key: str, sheets: list[Sheet], day: int, labels: list[tuple[str, ...]], numbers: list[str]) -> Mail:
        tree = {f"{n}{KINDS[one.category]}/{name}": c for n, one in enumerate(sheets, 1) for name, c in pair(one).items()}
        made = [
            filed(
                one,
                *found,
                form=f"新乡.zip/{n}{KINDS[one.category]}/{FORM}",
                material=f"新乡.zip/{n}{KINDS[one.category]}/{STORY}",
                number=number,
            )
            for n, (one, found, number) in enumerate(zip(sheets, labels, numbers, strict=True), 1)
        ]
        return received(written(key, "新乡市推荐材料", "", {"新乡.zip": zipped(tree)}, when=at(day)), ID, *made)

    numbers = ["0001", "0002", "0003"]
    first = sent("bundle a", broken, 10, [(), ("field-missing:联系电话",), ()], numbers)
    yield case("days-bundle-again-mended", first, sent("bundle b", three, 13, [(), (), ()], numbers))
    four = [*three, sheet("days bundle fourth", TEAM, UNIT, OVER)]
    first = sent("bundle c", three, 10, [(), (), ()], numbers)
    yield case("days-bundle-again-with-a-fourth", first, sent("bundle d", four, 13, [(), (), (), ()], [*numbers, "0004"]))


def _halves() -> Iterator[Case]:
    """Forms of three in one mail, materials in another; the material in two mails of which the later stands."""
    three = [sheet(f"days halves {n}", MEMBER, UNIT, OVER) for n in range(3)]
    forms = {f"{one.nominee}推荐表.docx": form(one) for one in three}
    texts = {f"{one.nominee}事迹.docx": story(one) for one in three}
    first = received(
        written("days forms", "新乡市推荐表", "材料随后", forms),
        ID,
        *(filed(one, "material-missing", form=f"{one.nominee}推荐表.docx", material=None) for one in three),
    )
    second = received(
        written("days texts", "新乡市党员服务标兵典型材料", "", texts, when=at(13, 12)),
        ID,
        *(filed(one, form=None, material=f"{one.nominee}事迹.docx") for one in three),
    )
    yield case("days-forms-then-materials", first, second)
    for number, title in enumerate(
        ("用心用情办实事\n——记党员服务标兵{}", "把小事办成大事", "“小窗口”里的“大民生”", "记党员服务标兵{}")
    ):
        one = sheet(f"days saying {number}", MEMBER, UNIT, OVER)
        lines = (*title.format(one.nominee).split("\n"), *one.text[1:3], f"群众都说{one.nominee}是自家人。", *one.text[3:])
        start = written(f"saying {number}", "新乡市推荐表", "材料随后", {FORM: form(one)})
        later = written(f"saying b {number}", "材料", "补发材料", {"文档.docx": story(one.telling(*lines))}, when=at(13, 12))
        yield case(
            f"days-material-under-a-saying-{number}",
            received(start, ID, filed(one, "material-missing", material=None, number="0001")),
            received(later, ID, filed(one, form=None, material="文档.docx", number="0001")),
        )
    one = sheet("days two materials", PROJECT, UNIT, OVER)
    first_mail = _mail("two materials", "推荐材料", one, 13, filed(one, number="0001"))
    other = one.telling(one.text[0], *one.text[3:])
    again = written("two materials b", f"{one.nominee}典型材料（修改）", "改了一下材料", {"改.docx": story(other)}, when=at(14))
    yield case("days-new-material", first_mail, received(again, ID, filed(one, form=None, material="改.docx", number="0001")))


def _late() -> Iterator[Case]:
    """What was in time and is mended late; what is new and late; a question in between."""
    one = sheet("days late", TEAM, UNIT, OVER)
    start = _mail("late", "推荐材料", one.but("联系人", ""), 20, filed(one, "field-missing:联系人", number="0001"))
    yield case("days-mended-late", start, _mail("late b", "更正", one, 21, filed(one, "late", number="0001")))
    one, two = sheet("days in time", TEAM, UNIT, OVER), sheet("days new late", PROJECT, UNIT, OVER)
    start = _mail("in time", "推荐材料", one, 20, filed(one))
    yield case("days-new-late", start, _mail("new late", "补报", two, 22, filed(two, "late")))
    one = sheet("days question", MEMBER, UNIT, OVER)
    start = _mail("question", "推荐材料", one, 13, filed(one))
    asked = ending(written("question b", "请教", "请问纸质材料寄到哪里？\n新乡市委党史办", {}, when=at(14)), "held", ID)
    yield case("days-question-after", start, asked)


def _changes() -> Iterator[Case]:
    """The nominee is renamed under the number; the same person comes with another telephone; another person of the name."""
    one = sheet("days renamed", PROJECT, UNIT, OVER)
    name = one.nominee.replace("项目", "工程")
    other = one.but("项目名称", name).telling(f"{name}典型材料", *(line.replace(one.nominee, name) for line in one.text[1:]))
    start = _mail("renamed", "推荐材料", one, 13, filed(one, number="0001"))
    yield case("days-renamed", start, _mail("renamed b", "0001号更正项目名称", other, 14, filed(other, number="0001")))
    one = sheet("days telephone", MEMBER, UNIT, OVER)
    start = _mail("telephone", "推荐材料", one, 13, filed(one, number="0001"))
    other = one.but("联系电话", "13903731234")
    yield case("days-telephone", start, _mail("telephone b", "推荐材料", other, 14, filed(one, number="0001")))
    one = sheet("days empty unit", TEAM, UNIT, OVER)
    start = _mail("empty unit", "推荐材料", one, 13, filed(one, number="0001"))
    two = sheet("days empty unit b", MEMBER, "", OVER)
    later = _mail("empty unit b", "又一个", two, 14, filed(two, number="0002"))
    yield case("days-known-sender", start, later)
