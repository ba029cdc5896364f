import pytest

from bot.model import Address
from bot.reading.addresses import addresses, specs
from tests.reading.mails import word

ZHANG = Address("zhang@example.cn", "张三")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("zhang@example.cn", (Address("zhang@example.cn"),), id="bare"),
        pytest.param("张三 <Zhang@Example.CN>", (ZHANG,), id="raw name, capitals in the address"),
        pytest.param(f"{word('张三')} <zhang@example.cn>", (ZHANG,), id="encoded name"),
        pytest.param(f'"{word("张三")}" <zhang@example.cn>', (ZHANG,), id="encoded name in quotes"),
        pytest.param("zhang@example.cn (张三)", (ZHANG,), id="name in a comment"),
        pytest.param("张三 <zhang @example.cn>", (ZHANG,), id="space in the address"),
        pytest.param('"张三, 办公室" <zhang@example.cn>', (Address("zhang@example.cn", "张三, 办公室"),), id="comma in quotes"),
        pytest.param("a@x.cn, b@x.cn; c@x.cn", (Address("a@x.cn"), Address("b@x.cn"), Address("c@x.cn")), id="list"),
        pytest.param("各单位: a@x.cn, 张三 <zhang@example.cn>;", (Address("a@x.cn"), ZHANG), id="group"),
        pytest.param("undisclosed-recipients:;", (), id="empty group"),
        pytest.param('"', (), id="a lone quote"),
        pytest.param("<>", (), id="null path"),
        pytest.param("张三", (Address("", "张三"),), id="name alone"),
        pytest.param("张三 <zhang@example.cn", (ZHANG,), id="bracket never closed"),
        pytest.param("<mailto:zhang@example.cn>", (Address("zhang@example.cn"),), id="mailto"),
        pytest.param("<@relay.cn,@b.cn:zhang@example.cn>", (Address("zhang@example.cn"),), id="obsolete route"),
        pytest.param(
            "zhang@example.cn <zhang@example.cn>", (Address("zhang@example.cn", "zhang@example.cn"),), id="address as name"
        ),
        pytest.param("张三 zhang@example.cn", (ZHANG,), id="no brackets at all"),
        pytest.param("<b>alert(1)</b>@x.cn", (Address("", "alert@x.cn"),), id="markup, and no address"),
        pytest.param("张三＜zhang＠example.cn＞", (ZHANG,), id="full-width signs"),
        pytest.param(word("张三 <zhang@example.cn>"), (ZHANG,), id="all of it encoded"),
        pytest.param(
            "=?utf-8?Q?a,b<c>?= <zhang@example.cn>", (Address("zhang@example.cn", "a,b<c>"),), id="stops inside a word"
        ),
    ],
)
def test_addresses_are_found_in_whatever_form(value: str, expected: tuple[Address, ...]) -> None:
    assert addresses(value) == expected


def test_addresses_in_running_text_come_once_and_in_lower_case() -> None:
    text = "无法发送到 ZHANG@qq.com，<zhang@qq.com> 或 li.si@sub.example.cn。x@y"
    assert specs(text) == ("zhang@qq.com", "li.si@sub.example.cn")
