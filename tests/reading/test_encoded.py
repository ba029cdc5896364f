import pytest

from bot.reading.encoded import decode_header, decode_words
from tests.reading.mails import word

TEXT = "关于报送新乡市推荐材料的函"
GBK = TEXT.encode("gb18030")
RARE = "李镕基 㛃妤 𠮷"  # characters that GB2312 and GBK lack


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(word(TEXT), TEXT, id="whole"),
        pytest.param(f"{word(GBK[:7])}\r\n {word(GBK[7:])}", TEXT, id="split inside a character"),
        pytest.param(f"{word(GBK[:7])}{word(GBK[7:])}", TEXT, id="split and glued together"),
        pytest.param(f"{word(GBK[:7])} {word(GBK[7:], 'GBK')}", TEXT, id="split between two labels of one charset"),
        pytest.param(word(RARE), RARE, id="gb2312 label with GB18030 bytes"),
        pytest.param(word(TEXT, "x-gbk"), TEXT, id="x-gbk"),
        pytest.param(word(TEXT, "gb_2312-80"), TEXT, id="gb_2312-80"),
        pytest.param(word(TEXT, "unknown-8bit"), TEXT, id="unknown-8bit"),
        pytest.param(word(TEXT, "cp936"), TEXT, id="cp936"),
        pytest.param(word(TEXT, "utf8", "utf-8"), TEXT, id="utf8 without hyphen"),
        pytest.param(word(TEXT, "utf-8"), TEXT, id="utf-8 label over GBK bytes"),
        pytest.param(word(TEXT, "gb2312", "utf-8"), TEXT, id="gb2312 label over UTF-8 bytes"),
        pytest.param(word(TEXT, "iso-8859-1"), TEXT, id="Western label over GBK bytes"),
        pytest.param("=?iso-8859-1?Q?caf=E9_cr=E8me?=", "café crème", id="Western label over Western bytes"),
        pytest.param("=?UTF-8?Q?=E6=8A=A5=E9=80=81?=", "报送", id="quoted-printable"),
        pytest.param(
            "=?UTF-8?q?=E6=8A?=\r\n\t=?utf-8?Q?=A5=E9=80=81?=", "报送", id="quoted-printable split inside a character"
        ),
        pytest.param("=?utf-8*zh?B?5oql6YCB?=", "报送", id="with a language"),
        pytest.param("Re: =?utf-8?B?5oql6YCB?= ok", "Re: 报送 ok", id="with plain words"),
        pytest.param("=?utf-8?B?5oql6YCB?= ok =?utf-8?B?5oql6YCB?=", "报送 ok 报送", id="plain word between"),
        pytest.param("=?utf-8?B?5oql6YC?= =?utf-8?B?B?=", "报送", id="base64 itself split"),
        pytest.param("=?utf-8?B?5oql6YCB", "=?utf-8?B?5oql6YCB", id="never ended"),
        pytest.param("=?nonsense?B?5oql6YCB?=", "报送", id="charset that does not exist"),
        pytest.param("=?utf-8?X?5oql?=", "=?utf-8?X?5oql?=", id="encoding that does not exist"),
        pytest.param("=?utf-8?B??=", "", id="empty word"),
        pytest.param("=?hz-gb-2312?B?fnsxKEtNfn0=?=", "报送", id="HZ"),
    ],
)
def test_encoded_words_are_read_as_people_meant_them(raw: str, expected: str) -> None:
    assert decode_words(raw) == expected


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_raw_8_bit_headers_are_read_in_utf_8_and_gb18030(codec: str) -> None:
    assert decode_header(f"{TEXT} {RARE}".encode(codec)) == f"{TEXT} {RARE}"


def test_control_characters_of_a_header_are_left_out() -> None:
    assert decode_words("=?utf-8?Q?a=00b=1B?=") == "ab"
