import pytest

from bot.reading.quoting import fresh

OWN = "您好：\n现将推荐材料报上，请查收。\n\n张三\n发自我的iPhone"
OLD = "旧信的内容\n第二行"


@pytest.mark.parametrize(
    "separator",
    [
        pytest.param('------------------ 原始邮件 ------------------\n发件人: "李四" <li@example.cn>;', id="QQ"),
        pytest.param(
            "------------------&nbsp;原始邮件&nbsp;------------------".replace("&nbsp;", "\u00a0"), id="QQ, hard spaces"
        ),
        pytest.param("-----邮件原件-----\n发件人: 李四", id="Outlook, dashes"),
        pytest.param("-----原始邮件-----", id="Outlook, other words"),
        pytest.param("-----Original Message-----\nFrom: li@example.cn", id="Outlook, English"),
        pytest.param("发件人： 李四\n发送时间： 2021-12-15 10:00\n收件人： office\n主题： 材料", id="Foxmail"),
        pytest.param(
            "发件人: 李四 <li@example.cn>\n\n日期: 2021年12月15日\n\n收件人: office\n\n主题: 材料", id="Outlook block, spaced"
        ),
        pytest.param("________________________________\n发件人: 李四\n发送时间: 2021\n收件人: o\n主题: x", id="Outlook, rule"),
        pytest.param("From: Li\nSent: Wednesday\nTo: office\nSubject: x", id="Outlook block, English"),
        pytest.param('在 2021-12-15 10:00:00，"李四" <li@example.cn> 写道：', id="163"),
        pytest.param('At 2021-12-15 10:00:00, "李四" <li@example.cn> wrote:', id="163, English"),
        pytest.param("在 2021年12月15日，上午10:00，李四 <li@example.cn> 写道：", id="iPhone"),
        pytest.param("李四 <li@example.cn> 于2021年12月15日周三 10:00写道：", id="Gmail"),
        pytest.param("On Wed, 15 Dec 2021 at 10:00, Li <li@example.cn> wrote:", id="Gmail, English"),
        pytest.param(
            "On Wed, 15 Dec 2021 at 10:00, Li Si Office of the City\n<li@example.cn> wrote:", id="Gmail, broken over two lines"
        ),
        pytest.param("-------- 转发邮件信息 --------\n发件人：李四", id="163 forward"),
        pytest.param("---------- Forwarded message ---------", id="Gmail forward"),
        pytest.param("Begin forwarded message:", id="Apple forward"),
        pytest.param("开始转发的邮件：", id="Apple forward, Chinese"),
    ],
)
def test_quoted_history_is_cut_off_behind_every_separator(separator: str) -> None:
    assert fresh(f"{OWN}\n\n{separator}\n\n{OLD}") == OWN


@pytest.mark.parametrize(
    "text",
    [
        OWN,
        "发件人：新乡市党史学习教育领导小组办公室\n联系人：张三",
        "在2021年12月15日前报送的材料，我们写道：",
        "推荐单位：新乡市\n时间：2021年12月\n主题：为民服务",
        "From now on we send everything.",
        "---\n附件一",
        "第一，原始邮件已经发送。",
    ],
)
def test_what_only_looks_like_a_separator_stays(text: str) -> None:
    assert fresh(text) == text


def test_answers_between_quoted_lines_stay() -> None:
    text = "李四 <li@example.cn> 于2021年12月15日 写道：\n> 请补报联系电话\n好的：0371-12345678\n> 请补报材料\n已附上"
    assert fresh(text) == "好的：0371-12345678\n已附上"


def test_a_mail_that_is_all_quotation_has_nothing_fresh() -> None:
    assert fresh("> 旧信\n> 旧信") == ""
