import pytest

from bot.reading.names import Distinct, boundary, file_name, parameters
from tests.reading.mails import word

NAME = "新乡市推荐表镕.docx"
GBK = NAME.encode("gb18030")


def percent(data: bytes) -> str:
    return "".join(f"%{byte:02X}" for byte in data)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(f'attachment; filename="{NAME}"', NAME, id="raw and quoted"),
        pytest.param(f"attachment; filename={NAME}", NAME, id="raw and bare"),
        pytest.param("attachment; filename=a b (1).docx; size=3", "a b (1).docx", id="bare with spaces"),
        pytest.param(f'attachment; filename="{word(GBK)}"', NAME, id="RFC 2047 inside quotes"),
        pytest.param(f"attachment; filename={word(GBK)}", NAME, id="RFC 2047 bare"),
        pytest.param(f'attachment; filename="{word(GBK[:7])} {word(GBK[7:])}"', NAME, id="RFC 2047 split inside a character"),
        pytest.param(f'attachment; filename="{word(GBK[:7])}" {word(GBK[7:])}', NAME, id="RFC 2047 split outside the quotes"),
        pytest.param(f"attachment; filename*=gb18030''{percent(GBK)}", NAME, id="RFC 2231"),
        pytest.param(f"attachment; filename*=GBK'zh'{percent(GBK)}", NAME, id="RFC 2231 with language and a small label"),
        pytest.param(
            f"attachment; filename*0*=gb2312''{percent(GBK[:7])}; filename*1*={percent(GBK[7:])}",
            NAME,
            id="RFC 2231 split inside",
        ),
        pytest.param(
            f"attachment; filename*1*={percent(GBK[7:])}; filename*0*=gb2312''{percent(GBK[:7])}",
            NAME,
            id="segments in disorder",
        ),
        pytest.param('attachment; filename*0="long na"; filename*1="me.docx"', "long name.docx", id="RFC 2231 plain segments"),
        pytest.param(f"attachment; filename*=\"utf-8''{percent(NAME.encode())}\"", NAME, id="RFC 2231 in quotes"),
        pytest.param(f"attachment; filename*={percent(NAME.encode())}", NAME, id="RFC 2231 without charset"),
        pytest.param(f"attachment; filename*0*={word(GBK)}", NAME, id="RFC 2047 inside RFC 2231"),
        pytest.param(f"attachment; filename=\"x.docx\"; filename*=utf-8''{percent(NAME.encode())}", NAME, id="both forms"),
        pytest.param('attachment; filename="a\\"b.docx"', 'a"b.docx', id="quoted pair"),
        pytest.param('attachment; filename="a.docx', "a.docx", id="quote never closed"),
        pytest.param('attachment; filename = "a.docx"', "a.docx", id="spaces around the sign"),
        pytest.param('attachment; filename="a.docx"; filename="b.docx"', "a.docx", id="given twice"),
        pytest.param('attachment;; ;filename="a.docx";', "a.docx", id="empty parameters"),
        pytest.param('attachment; filename="a.docx"junk; x=y', "a.docx", id="junk after the quote"),
        pytest.param("attachment; filename*9999999999*=x; filename=a.docx", "a.docx", id="segment number out of all measure"),
    ],
)
def test_a_file_name_is_read_however_it_was_written(value: str, expected: str) -> None:
    assert parameters(value)[1].get("filename") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\推荐表.docx", "推荐表.docx"),
        ("..", ""),
        ("  表.docx  ", "表.docx"),
        ("a\r\n\tb.docx", "a b.docx"),
        ("推荐表\u202ecod.exe", "推荐表cod.exe"),
        ("%E6%8E%A8%E8%8D%90%E8%A1%A8.docx", "推荐表.docx"),
        ("100%25%20.docx", "100%25%20.docx"),
        ("a\0b.docx", "ab.docx"),
        ("长" * 300 + ".docx", "长" * 235 + ".docx"),
    ],
)
def test_a_name_from_outside_is_never_a_path(value: str, expected: str) -> None:
    assert file_name(value) == expected


def test_files_of_one_name_stay_apart() -> None:
    distinct = Distinct()
    assert [distinct("表.docx") for _ in range(3)] == ["表.docx", "表 (2).docx", "表 (3).docx"]
    assert distinct("表 (2).docx") == "表 (2) (2).docx"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('multipart/mixed; boundary="----=_Part_1"', "----=_Part_1"),
        ("multipart/mixed; boundary=b; charset=x", "b"),
        ('multipart/mixed; boundary*0="ab"; boundary*1="cd"', "abcd"),
        ("multipart/mixed", None),
        ('multipart/mixed; boundary=""', None),
    ],
)
def test_a_boundary_is_taken_as_it_stands(value: str, expected: str | None) -> None:
    assert boundary(value) == expected
