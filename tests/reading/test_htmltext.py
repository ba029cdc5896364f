import pytest

from bot.reading.htmltext import LINK, LINK_END, html_text, without_links


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>一</p><p>二</p>", "一\n二"),
        ("<div>一</div><div>二<br>三</div>", "一\n二\n三"),
        ("一<br/>二", "一\n二"),
        ("<div>一</div><div><br></div><div>二<br></div>", "一\n\n二"),
        ("<table><tr><td>姓名</td><td>张三</td></tr><tr><td>电话</td><td>1</td></tr></table>", "姓名\t张三\n电话\t1"),
        ("<p>a\n   b&nbsp;&nbsp;c</p>", "a b c"),
        ("<style>p{}</style><script>x()</script><title>t</title><p>a</p>", "a"),
        (
            "<p>看得见<span style='display:none'>看不见</span><b style='FONT-SIZE: 0px'>看不见</b><i hidden>看不见</i></p>",
            "看得见",
        ),
        ("<blockquote type='cite'><p>旧</p></blockquote>新", "> 旧\n新"),
        ("<div class='gmail_quote'>旧</div>新", "> 旧\n新"),
        ("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><p>&e;a</p>", "]>\n&e;a"),
        ("", ""),
        ("<!-- 只有注释 -->", ""),
        ("没有标签", "没有标签"),
    ],
)
def test_html_reads_as_people_see_it(html: str, expected: str) -> None:
    assert html_text(html) == expected


def test_a_link_keeps_its_target_until_it_is_taken_out() -> None:
    text = html_text("<p>材料见<a href='https://pan.baidu.com/s/1'>这里</a>。</p>")
    assert text == f"材料见这里{LINK}https://pan.baidu.com/s/1{LINK_END}。"
    assert without_links(text) == "材料见这里。"


@pytest.mark.parametrize("tag", ["div", "b", "table", "blockquote"])
def test_html_of_any_depth_is_survived(tag: str) -> None:
    assert "底" in html_text(f"<p>底</p>{f'<{tag}>' * 100_000}")
