"""Forms as offices draw them are read as a person reads them, in whatever program they were saved."""

import io
import zipfile
from pathlib import Path

import pytest

from bot.model import Format
from bot.reading.documents import read_document
from bot.reading.limits import Limits
from bot.reading.sections import sections
from tests.reading.campaign import RULES
from tests.reading.office import convert
from tests.reading.office_forms import DRAWINGS, drawn

SEEDS = range(9)


def read(data: bytes, format: Format) -> list[dict[str, str]]:
    """The fields of each form, without white space."""
    forms = [one.form for one in sections(read_document(data, format, Limits()), "表", RULES) if one.form]
    return [{field.name: "".join(form.value(field.name).split()) for field in form.fields} for form in forms]


def tight(fields: dict[str, str]) -> dict[str, str]:
    return {name: "".join(text.split()) for name, text in fields.items()}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_form_is_read_as_a_person_reads_it(name: str) -> None:
    for seed in SEEDS:
        data, fields = drawn(name, seed)
        assert read(data, Format.DOCX) == [tight(fields)], seed


@pytest.mark.parametrize("format", [Format.ODT, Format.DOC], ids=str)
def test_it_is_read_alike_when_another_program_has_saved_it(format: Format, tmp_path: Path) -> None:
    forms = {name: drawn(name, number % 3) for number, name in enumerate(DRAWINGS)}
    for name, (data, _) in forms.items():
        assert zipfile.is_zipfile(io.BytesIO(data))
        (tmp_path / f"{name}.docx").write_bytes(data)
    convert([tmp_path / f"{name}.docx" for name in forms], format.value, tmp_path)
    for name, (_, fields) in forms.items():
        assert read((tmp_path / f"{name}.{format.value}").read_bytes(), format) == [tight(fields)], name
