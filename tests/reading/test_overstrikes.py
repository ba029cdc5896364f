"""Formula fields of Word: what they show, in every format that has them."""

import pytest

from bot.model import Format
from bot.reading.documents import read_document
from bot.reading.limits import Limits
from bot.reading.overstrikes import formula
from tests.documents import p, r, raw_docx
from tests.reading.doc_files import Styled, doc


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [
        pytest.param(r" EQ \o\ac(□,√)", "☑", id="a tick in a box"),
        pytest.param(r"eq \o(□,√)", "☑", id="by hand"),
        pytest.param(r" EQ \o\ac(○,√)", "☑", id="a tick in a circle"),
        pytest.param(r" EQ \o\ac(□,×)", "☒", id="a cross in a box"),
        pytest.param(r" EQ \o\ac(○,1)", "1", id="a circled figure"),
        pytest.param(r" EQ \o\ac(○,男)", "男", id="a circled word"),
        pytest.param(r' EQ \* jc2 \* "Font:宋体" \* hps12 \o\ad(\s\up 11(zhāng),张)', "张", id="a phonetic guide"),
        pytest.param(r" EQ \o\ad(\s\up 11(zhāng);张)三", "张三", id="and what follows"),
        pytest.param(r" EQ \f(1,2)", "1/2", id="a fraction"),
        pytest.param(r" EQ \o\ac(□)", "□", id="a box alone"),
        pytest.param(r" EQ \o\ac(□,√", "☑", id="a bracket that never ends"),
        pytest.param(" EQ " + "(" * 5000, "", id="brackets without end"),
        pytest.param(" PAGE ", "", id="another field"),
        pytest.param("EQUAL 1", "", id="a field whose name begins so"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_formula_shows_its_meaning(instruction: str, shown: str) -> None:
    assert formula(instruction).strip("(") == shown


FIELD = (
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>EQ \\o\\ac(</w:instrText></w:r>"
    "<w:r><w:instrText>□,√)</w:instrText></w:r>{separate}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
)
SEPARATE = "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
PAGE = (
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>"
    "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
)


@pytest.mark.parametrize(
    ("format", "data"),
    [
        pytest.param(Format.DOCX, raw_docx(p(FIELD.format(separate=""), r("男"), PAGE)), id="docx"),
        pytest.param(Format.DOCX, raw_docx(p(FIELD.format(separate=SEPARATE), r("男"), PAGE)), id="docx with an empty result"),
        pytest.param(Format.DOCX, raw_docx(p("<w:fldSimple w:instr='EQ \\o\\ac(□,√)'/>", r("男7"))), id="docx in one element"),
        pytest.param(Format.DOC, doc([Styled("\x13 EQ \\o\\ac(□,√)\x15男7\r")]), id="doc"),
        pytest.param(
            Format.RTF,
            rb"{\rtf1\ansi\ansicpg936{\field{\*\fldinst {EQ \\o\\ac(}{\u9633?,\u8730?)}}{\fldrslt }}\u30007?7\par}",
            id="rtf",
        ),
    ],
)
def test_the_tick_of_a_form_is_read_from_its_field(format: Format, data: bytes) -> None:
    blocks = read_document(data, format, Limits()).blocks
    assert [block.paragraph.text for block in blocks if block.paragraph] == ["☑男7"]


def test_a_star_amid_a_group_of_rtf_hides_nothing() -> None:
    data = rb"{\rtf1\ansi[{\field{\*\fldinst HYPERLINK x}{\fldrslt \*\cs12\ul {\*\bkmkstart a}shown}}]{\*\secret hidden}\par}"
    blocks = read_document(data, Format.RTF, Limits()).blocks
    assert [block.paragraph.text for block in blocks if block.paragraph] == ["[shown]"]


def test_notes_of_rtf_follow_the_text() -> None:
    data = rb"{\rtf1\ansi one{\super\chftn{\footnote\pard\plain {\super\chftn} first note\par second line}} two\par three\par}"
    blocks = read_document(data, Format.RTF, Limits()).blocks
    assert [block.paragraph.text for block in blocks if block.paragraph] == ["one two", "three", "first note", "second line"]
