"""The same fields come out of a form however it is laid out, and whatever program saved it."""

from pathlib import Path

import pytest

from bot.model import Format
from bot.reading.documents import read_document
from bot.reading.limits import Limits
from bot.reading.sections import sections
from tests.documents import form_docx
from tests.reading.campaign import RULES
from tests.reading.layouts import LAYOUTS, Layout
from tests.reading.office import convert


def fields(data: bytes, format: Format, layout: Layout) -> dict[str, str]:
    """The asked fields of the first form that has each, without white space."""
    forms = [section.form for section in sections(read_document(data, format, Limits()), "件", RULES) if section.form]
    return {name: "".join(next((form.value(name) for form in forms if form.value(name)), "").split()) for name in layout.fields}


def wanted(layout: Layout) -> dict[str, str]:
    return {name: "".join(value.split()) for name, value in layout.fields.items()}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name.replace(" ", "_"))
def test_the_fields_of_a_layout_are_found(layout: Layout) -> None:
    assert fields(form_docx(layout.blocks), Format.DOCX, layout) == wanted(layout)


@pytest.mark.parametrize("format", [Format.DOC, Format.RTF, Format.PDF, Format.HTML, Format.ODT], ids=str)
def test_every_layout_reads_the_same_in_every_format(format: Format, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number:02d}.docx" for number in range(len(LAYOUTS))]
    for path, layout in zip(paths, LAYOUTS, strict=True):
        path.write_bytes(form_docx(layout.blocks))
    convert(paths, format.value, tmp_path)
    read = {
        layout.name: fields(path.with_suffix(f".{format.value}").read_bytes(), format, layout)
        for path, layout in zip(paths, LAYOUTS, strict=True)
    }
    assert read == {layout.name: wanted(layout) for layout in LAYOUTS}
