"""The lean page: what is written on it survives, and nothing in the package points to what was dropped."""

import io
import re
import zipfile
from posixpath import dirname, join, normpath

import docx

from bot.adapters.blank_page import blank_page


def saved() -> bytes:
    document = blank_page()
    document.add_heading("标题", 1)
    document.add_paragraph("列表", style="List Bullet")
    document.add_table(rows=1, cols=2, style="Table Grid").rows[0].cells[0].text = "格"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_what_is_written_on_it_comes_back_with_its_styles() -> None:
    document = docx.Document(io.BytesIO(saved()))
    told = [(p.text, p.style.name if p.style else "") for p in document.paragraphs]
    assert told == [("标题", "Heading 1"), ("列表", "List Bullet")]
    (table,) = document.tables
    assert table.style is not None
    assert (table.style.name, table.rows[0].cells[0].text) == ("Table Grid", "格")


def test_every_relationship_and_content_type_names_a_part_that_is_there() -> None:
    with zipfile.ZipFile(io.BytesIO(saved())) as package:
        names = set(package.namelist())
        for name in names:
            if name.endswith(".rels"):
                folder = dirname(dirname(name))
                for target in re.findall(r'Target="([^"]+)"', package.read(name).decode()):
                    assert normpath(join(folder, target.lstrip("/"))) in names, (name, target)
        parts = re.findall(r'PartName="/([^"]+)"', package.read("[Content_Types].xml").decode())
    assert set(parts) <= names


def test_styles_that_stay_build_on_styles_that_stay() -> None:
    with zipfile.ZipFile(io.BytesIO(saved())) as package:
        styles = package.read("word/styles.xml").decode()
    known = set(re.findall(r'w:styleId="([^"]+)"', styles))
    assert set(re.findall(r'<w:(?:basedOn|next|link) w:val="([^"]+)"', styles)) <= known
    assert len(saved()) < 15_000


def test_a_page_is_new_each_time() -> None:
    blank_page().add_paragraph("one")
    assert blank_page().paragraphs == []
