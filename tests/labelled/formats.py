"""The same nominations in the formats of other programs; converted ones need LibreOffice on the machine."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.labelled import ooxml, packing, papers
from tests.labelled.build import FORM, MATERIAL, Desk, turn
from tests.labelled.clean import DOCX, filed
from tests.labelled.converted import LOCKED_PDF, OFFICE, converted
from tests.labelled.entry import CATEGORIES, MEMBER
from tests.labelled.envelope import File
from tests.labelled.label import Case
from tests.labelled.senders import ALL, of
from tests.reading.pdf_files import pdf, text

TARGETS = (("doc", "doc:MS Word 97", "doc"), ("rtf", "rtf", "rtf"), ("pdf", "pdf", "pdf"))
SHEETS = ("xls", "et")  # what WPS Office saves as .et is the same format as .xls


def _sheets() -> Iterator[Case]:
    for number, category in enumerate((*CATEGORIES, *CATEGORIES)):
        desk = Desk(f"sheet-xlsx-{number}-{category}", ALL[number * 6], category)
        form = File("推荐表.xlsx", papers.sheet(desk.one, desk.look, desk.dice))
        yield desk.case(desk.write([form, desk.material()]), desk.received(filed(desk.one, form.name, MATERIAL)))
    desk = Desk("sheet-xlsx-with-dates", ALL[25], MEMBER)
    form = File("推荐表.xlsx", papers.sheet(desk.one, replace(desk.look, other=False), desk.dice, dates=True))
    expected = replace(filed(desk.one, form.name, MATERIAL), fields={})
    yield desk.case(desk.write([form, desk.material()]), desk.received(expected))


def _pages() -> Iterator[Case]:
    """A page of HTML under the name of a Word document, and a workbook with a form on each of its sheets."""
    for number, category in enumerate(CATEGORIES):
        desk = Desk(f"html-named-doc-{category}", ALL[number * 11], category)
        page = f'<html><head><meta charset="gb2312"></head><body>{papers.pasted(desk.one, desk.look, desk.dice)}</body></html>'
        form = File("推荐表.doc", page.encode("gb18030"))
        yield desk.case(desk.write([form, desk.material()]), desk.received(filed(desk.one, form.name, MATERIAL)))
    desk = Desk("workbook-of-three-sheets", of("411100"))
    three = [desk.entry(category) for category in CATEGORIES]
    form = File("推荐表.xlsx", papers.sheets(three, desk.look, desk.dice))
    others = [desk.material(one, f"{one.nominee}典型材料.docx") for one in three]
    expected = [filed(one, form.name, other.name) for one, other in zip(three, others, strict=True)]
    yield desk.case(desk.write([form, *others]), desk.received(*expected))


def _texts() -> Iterator[Case]:
    desk = Desk("material-as-text-file", ALL[30])
    name = "典型材料.txt"
    files = [desk.form(), File(name, desk.one.material.encode("gb18030"), "text/plain")]
    yield desk.case(desk.write(files), desk.received(filed(desk.one, FORM, name)))
    desk = Desk("form-as-text-file", ALL[31])
    name = "推荐表.txt"
    files = [
        File(name, papers.plain(desk.one, replace(desk.look, spaced=0), desk.dice).encode(), "text/plain"),
        desk.material(),
    ]
    yield desk.case(desk.write(files), desk.received(filed(desk.one, name, MATERIAL)))


def _printed() -> Iterator[Case]:
    """The stamped PDF beside the Word file, drawn here line by line: agreeing, and differing in a field."""
    for way, phone, told in (("same", "", ()), ("differs", "13900001111", ("versions-differ",))):
        desk = Desk(f"print-beside-word-{way}", ALL[33], MEMBER, "pairs")
        other = desk.one.but(联系电话=phone) if phone else desk.one
        lines = ("党员服务标兵推荐表", *(f"{name}：{value}" for name, value in other.pairs if value))
        shown = File("推荐表（盖章）.pdf", _page(lines))
        yield desk.case(desk.write([desk.form(), desk.material(), shown]), desk.received(desk.first("accepted", *told)))


def _page(lines: Sequence[str]) -> bytes:
    """A wide page of lines."""
    height = 20 * len(lines) + 40
    return pdf("".join(text(line, 30, height - 20 * (n + 1)) for n, line in enumerate(lines)), box=f"0 0 3000 {height}")


def _programs() -> Iterator[Case]:
    if not OFFICE:
        return
    for name, target, suffix in TARGETS:
        desks = [
            Desk(
                f"format-{name}-{number}-{turn(number)[0]}-{turn(number * 3)[1]}",
                ALL[number * 5],
                turn(number)[0],
                turn(number * 3)[1],
            )
            for number in range(9)
        ]
        for desk in desks:  # LibreOffice itself writes what stands in a content control several times, and prints deletions
            desk.look = replace(desk.look, control=False, split="broken" if desk.look.split else "")
        documents = {f"{desk.name}-{half.name}": half.content for desk in desks for half in (desk.form(), desk.material())}
        made = converted(documents, target, suffix)
        for desk in desks:
            # What WPS Office saves as .wps is the same format as .doc.
            shown = "wps" if name == "doc" and desk.dice.chance(40) else name
            files = [
                File(f"推荐表.{shown}", made[f"{desk.name}-{FORM}"]),
                File(f"典型材料.{shown}", made[f"{desk.name}-{MATERIAL}"]),
            ]
            expected = filed(desk.one, files[0].name, files[1].name)
            yield desk.case(desk.write(files), desk.received(expected), "soffice")
    desks = [Desk(f"format-{name}-{one}", ALL[number * 9], one) for name in SHEETS for number, one in enumerate(CATEGORIES)]
    books = {f"{desk.name}.xlsx": papers.sheet(desk.one, desk.look, desk.dice) for desk in desks}
    made = converted(books, "xls:MS Excel 97", "xls")
    for desk in desks:
        form = File(f"推荐表.{desk.name.split('-')[1]}", made[f"{desk.name}.xlsx"])
        yield desk.case(desk.write([form, desk.material()]), desk.received(filed(desk.one, form.name, MATERIAL)), "soffice")
    yield from _beside_the_word_file()


def _beside_the_word_file() -> Iterator[Case]:
    """The stamped PDF beside the Word file: agreeing, differing in a field, locked."""
    same, other, locked = (Desk(f"pdf-beside-word-{way}", of("S054"), MEMBER, "pairs") for way in ("same", "differs", "locked"))
    other_form = other.form(other.one.but(联系电话="13900001111"))
    made = converted({"1.docx": same.form().content, "2.docx": other_form.content}, "pdf", "pdf")
    scan = "推荐表（盖章）.pdf"
    yield same.case(
        same.write([same.form(), same.material(), File(scan, made["1.docx"])]), same.received(same.first()), "soffice"
    )
    mail = other.write([other.form(), other.material(), File(scan, made["2.docx"])])
    yield other.case(mail, other.received(other.first("accepted", "versions-differ")), "soffice")
    shut = converted({"3.docx": locked.form().content}, LOCKED_PDF, "pdf")
    mail = locked.write([locked.form(), locked.material(), File(scan, shut["3.docx"])])
    yield locked.case(mail, locked.received(locked.first(), findings=[f"attachment-encrypted@{scan}"]), "soffice")


def _disguises() -> Iterator[Case]:
    """Names that say another format than the content."""
    desk = Desk("docx-named-doc", ALL[12])
    files = [desk.form(name="推荐表.doc"), desk.material(name="典型材料.wps")]
    yield desk.case(desk.write(files), desk.received(filed(desk.one, files[0].name, files[1].name)))
    desk = Desk("docx-without-an-ending", ALL[13])
    files = [desk.form(name="推荐表"), desk.material(name="典型材料")]
    yield desk.case(desk.write(files), desk.received(filed(desk.one, files[0].name, files[1].name)))
    desk = Desk("zip-named-rar", ALL[14])
    box = "材料.rar"
    members = {FORM: desk.form().content, MATERIAL: desk.material().content}
    expected = filed(desk.one, f"{box}/{FORM}", f"{box}/{MATERIAL}")
    yield desk.case(desk.write([File(box, packing.zipped(members, gbk=True))]), desk.received(expected))
    desk = Desk("old-word-temporary-file", ALL[15])
    box = "推荐材料.zip"
    members = {FORM: desk.form().content, MATERIAL: desk.material().content, f"~${FORM}": b"\x05user" + bytes(157)}
    expected = filed(desk.one, f"{box}/{FORM}", f"{box}/{MATERIAL}")
    yield desk.case(desk.write([File(box, packing.zipped(members))]), desk.received(expected))
    desk = Desk("blank-notice-beside", ALL[16])
    notice = ooxml.document(
        ooxml.paragraphs("关于开展“我为群众办实事”“三个100”推选活动的通知\n各地各部门各单位：\n现将有关事项通知如下。")
    )
    files = [desk.form(), desk.material(), File("通知.docx", notice, DOCX)]
    yield desk.case(desk.write(files), desk.received(desk.first()))


def cases() -> Iterator[Case]:
    """All of them."""
    for part in (_sheets, _pages, _texts, _printed, _disguises, _programs):
        yield from part()
