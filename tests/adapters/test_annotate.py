"""Annotated copies: comments at the very cells, the text untouched, the hostile refused, a dead process costing one copy."""

import io
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from bot.adapters.annotate import DocxAnnotator
from bot.adapters.annotating import Job, NotAnnotatedError, annotated
from bot.adapters.blank_forms import DOCX
from bot.model import Place
from bot.ports import Remark
from bot.reading.docx import read_docx
from bot.reading.limits import Limits
from bot.reading.unreadable import Unreadable
from tests.letters.build import RULES
from tests.reading.office import convert

WHEN = datetime(2021, 12, 10, 1, 30, tzinfo=UTC)


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]  # python-docx names its class like its function
    return buffer.getvalue()


def form() -> bytes:
    """A form as units draw it: a title, a table with merged cells, a nested table, an empty value."""
    document = docx.Document()
    document.add_paragraph("推荐表")
    table = document.add_table(rows=4, cols=4, style="Table Grid")
    for row, words in enumerate(
        (("姓名", "王安宁", "性别", "男"), ("电话", "", "民族", "汉"), ("事迹", "很多事迹"), ("意见", ""))
    ):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    table.cell(2, 1).merge(table.cell(2, 3))
    table.cell(3, 1).merge(table.cell(3, 3))
    inner = table.cell(3, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内表", "值"
    table.cell(3, 1).add_paragraph("盖章")
    document.add_paragraph("附言")
    return saved(document)


def marked(data: bytes, *places: Place) -> bytes:
    remarks = tuple(Remark(place, f"批注{number}") for number, place in enumerate(places, 1))
    return annotated(data, Job(remarks, "办公室", WHEN), Limits())


def commented(data: bytes) -> dict[str, str]:
    """The text of each comment with the text it is put around."""
    document = docx.Document(io.BytesIO(data))
    texts = {str(comment.comment_id): comment.text for comment in document.comments}
    found: dict[str, str] = {}
    for start in document.element.iter(qn("w:commentRangeStart")):
        id = start.get(qn("w:id"))
        between: list[str] = []
        open_ = False
        for element in document.element.iter():
            open_ = element is start or (
                open_ and not (element.tag == qn("w:commentRangeEnd") and element.get(qn("w:id")) == id)
            )
            if open_ and element.tag == qn("w:t"):
                between.append(element.text or "")
        found[texts[id]] = "".join(between)
    return found


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("f", table=1, row=1, column=2), "王安宁"),
        (Place("f", table=1, row=2, column=2), ""),
        (Place("f", table=1, row=2, column=4), "汉"),
        (Place("f", table=1, row=3, column=2), "很多事迹"),
        (Place("f", table=2, row=1, column=2), "值"),
        (Place("f", paragraph=2), "附言"),
        (Place("f"), "推荐表"),
        (Place("f", table=9, row=9, column=9), "姓名"),
    ],
)
def test_a_comment_stands_at_the_very_cell_the_reader_names(place: Place, text: str) -> None:
    assert commented(marked(form(), place)) == {"批注1": text}


def test_the_reader_and_the_comments_count_alike() -> None:
    data = form()
    document = read_docx(data, Limits())
    tables = [block.table for block in document.blocks if block.table]
    places = {
        (table.number, cell.row, cell.column): cell.text
        for outer in tables
        for table in (outer, *(inner for cell in outer.cells for inner in cell.tables))
        for cell in table.cells
        if not cell.tables
    }
    for (table, row, column), text in places.items():
        around = commented(marked(data, Place("f", table=table, row=row, column=column)))
        assert around == {"批注1": text}, (table, row, column)


def test_the_text_is_what_it_was_and_the_comments_have_author_and_date() -> None:
    data = form()
    copy = marked(data, Place("f", table=1, row=1, column=2), Place("f", table=1, row=1, column=2), Place("f"))
    assert read_docx(copy, Limits()) == read_docx(data, Limits())
    comments = list(docx.Document(io.BytesIO(copy)).comments)
    assert [(one.author, one.text, one.timestamp) for one in comments] == [("办公室", f"批注{n}", WHEN) for n in (1, 2, 3)]


def test_a_copy_is_the_same_bytes_each_time() -> None:
    assert marked(form(), Place("f")) == marked(form(), Place("f"))


def test_comments_that_were_there_stay() -> None:
    document = docx.Document(io.BytesIO(form()))
    document.add_comment(document.paragraphs[0].runs, text="科长的批注", author="科长", initials="科")
    copy = marked(saved(document), Place("f", table=1, row=1, column=2))
    assert commented(copy) == {"科长的批注": "推荐表", "批注1": "王安宁"}


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for member in source.infolist():
            if member.filename != name:
                target.writestr(member.filename, source.read(member))
        target.writestr(name, content)
    return buffer.getvalue()


def relations(kind: str, target: str) -> bytes:
    space = "http://schemas.openxmlformats.org"
    return (
        f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="rId1" TargetMode="External" '
        f'Type="{space}/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
    ).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/vbaProject.bin", b"x"),
        ("word/embeddings/oleObject1.bin", b"x"),
        ("word/activeX/activeX1.xml", b"<x/>"),
        ("word/_rels/settings.xml.rels", relations("attachedTemplate", "http://far.example/t.dotm")),
        ("word/_rels/footer1.xml.rels", relations("image", "http://far.example/i.png")),
    ],
)
def test_a_document_that_runs_or_fetches_something_does_not_leave_in_our_name(name: str, content: bytes) -> None:
    with pytest.raises(NotAnnotatedError):
        marked(with_member(form(), name, content), Place("f"))


def test_a_link_to_a_page_is_no_danger() -> None:
    data = with_member(form(), "word/_rels/footer1.xml.rels", relations("hyperlink", "http://news.example/"))
    assert commented(marked(data, Place("f"))) == {"批注1": "推荐表"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        marked(data, Place("f"))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = with_member(form(), "word/media/image1.png", bytes(3_000_000))
    with pytest.raises(Unreadable):
        annotated(bomb, Job((Remark(Place("f"), "x"),), "a", WHEN), Limits(document_bytes=1_000_000))


# --- in the limited process ---------------------------------------------------------------------------------------------


def mail(files: dict[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@city.example", "推荐表"
    message.set_content("见附件")
    for name, data in files.items():
        kind = DOCX.split("/") if name.endswith(".docx") else ("application", "zip")
        message.add_attachment(data, maintype=kind[0], subtype=kind[1], filename=name)
    return message.as_bytes()


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, data in files.items():
            target.writestr(name, data)
    return buffer.getvalue()


def test_a_file_within_an_archive_of_a_mail_is_annotated_in_the_limited_process() -> None:
    annotator = DocxAnnotator(RULES)
    content = mail({"材料.zip": zipped({"甲/推荐表.docx": form()}), "坏.docx": zipped({"word/document.xml": b"<x"})})
    remarks = {path: [Remark(Place(path), "请补正")] for path in ("材料.zip/甲/推荐表.docx", "坏.docx", "没有.docx")}
    try:
        copies = annotator.annotate(content, remarks, "办公室", WHEN)
        again = annotator.annotate(content, remarks, "办公室", WHEN)
    finally:
        annotator.close()
    assert list(copies) == ["材料.zip/甲/推荐表.docx"]
    assert commented(copies["材料.zip/甲/推荐表.docx"]) == {"请补正": "推荐表"}
    assert again == copies


def test_a_process_that_dies_costs_the_copy_only() -> None:
    annotator = DocxAnnotator(RULES, module="tests.adapters.crashing_pen")
    try:
        assert annotator.annotate(mail({"推荐表.docx": form()}), {"推荐表.docx": [Remark(Place("f"), "x")]}, "a", WHEN) == {}
    finally:
        annotator.close()


PLACES = (Place("f", table=1, row=1, column=2), Place("f", table=2, row=1, column=2), Place("f", paragraph=2), Place("f"))


def canonical(part: bytes) -> bytes:
    """A part of a package in the one form in which equal XML is equal bytes; what is no XML as it is."""
    try:
        return etree.tostring(etree.fromstring(part), method="c14n")
    except etree.XMLSyntaxError:
        return part


def test_nothing_but_the_marks_of_comments_is_added_to_the_document() -> None:
    data = form()
    copy = marked(data, *PLACES)
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(copy)) as after:
        main = "word/document.xml"
        told = {"[Content_Types].xml", "word/_rels/document.xml.rels", main}
        for name in set(before.namelist()) - told:
            assert canonical(after.read(name)) == canonical(before.read(name)), name
        assert {name for name in after.namelist() if name not in before.namelist()} <= {"word/comments.xml"}
        was, now = etree.fromstring(before.read(main)), etree.fromstring(after.read(main))
    marks = [*now.iter(qn("w:commentRangeStart"), qn("w:commentRangeEnd"))]
    runs = [run for run in now.iter(qn("w:r")) if run.find(qn("w:commentReference")) is not None]
    assert len(runs) == len(PLACES)
    for added in (*marks, *runs):
        above = added.getparent()
        assert above is not None
        above.remove(added)
    assert etree.tostring(now, method="c14n") == etree.tostring(was, method="c14n")


@pytest.mark.server
def test_libreoffice_opens_a_copy_and_reads_in_it_what_it_reads_in_the_original(tmp_path: Path) -> None:
    files = {"original": form(), "copy": marked(form(), *PLACES)}
    for name, data in files.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    convert([tmp_path / f"{name}.docx" for name in files], "txt:Text (encoded):UTF8", tmp_path)
    original, copy = ((tmp_path / f"{name}.txt").read_text("utf-8-sig") for name in files)
    assert "王安宁" in original
    assert copy == original
