from pathlib import Path

from bot.adapters.rules import load_rules
from bot.reading.limits import Limits
from bot.reading.mail import read_mail
from tests.reading.mails import mail

RULES = load_rules(Path(__file__).parents[2] / "rules" / "3x100-2021")
ROWS = {"姓  名": "张三", "性别": "女", "政治面貌": "中共党员", "工作单位及职务": "某某局科员", "联系电话": "0371-65900000"}
FORM = (
    "<p>党员服务标兵推荐表</p><table>"
    + "".join(f"<tr><td>{key}</td><td>{value}</td></tr>" for key, value in ROWS.items())
    + "</table>"
)


def html(body: str, *fields: str) -> bytes:
    return mail(body.encode("gb18030"), "Content-Type: text/html; charset=gb2312", *fields)


def test_a_form_pasted_into_the_body_is_read_with_its_places() -> None:
    reading = read_mail(html(f"<p>推荐表如下：</p>{FORM}<p>谢谢</p>"), RULES, Limits())
    forms = [section.form for section in reading.body_sections if section.form is not None]
    assert len(forms) == 1
    assert {field.name: field.value for field in forms[0].fields} == {
        key.replace(" ", ""): value for key, value in ROWS.items()
    }
    assert {field.place.file for field in forms[0].fields} == {""}


def test_a_form_in_quoted_history_is_old() -> None:
    old = f"<p>已补正，见附件。</p><div>------------------ 原始邮件 ------------------</div>{FORM}"
    assert read_mail(html(old), RULES, Limits()).body_sections == ()


def test_a_form_in_a_forwarded_mail_is_meant() -> None:
    forwarded = f"<p>请查收。</p><div>------------------ 原始邮件 ------------------</div>{FORM}"
    assert len(read_mail(html(forwarded, "Subject: Fw: x"), RULES, Limits()).body_sections) == 1


def test_a_layout_table_is_no_form() -> None:
    layout = "<table><tr><td><table><tr><td>各位老师好，附件请查收。</td></tr></table></td></tr></table>"
    assert read_mail(html(layout), RULES, Limits()).body_sections == ()


TYPED = """各位领导：
现报送我单位推荐表，内容如下。
党员服务标兵推荐表
姓名：张三
性别：女
出生年月：1980年5月
政治面貌：中共党员
工作单位及职务：某某局科员
联系电话：0371-65900000
主要事迹：他扎根基层，为民服务。
推荐单位意见：同意推荐。
"""


def test_a_form_typed_into_the_words_of_a_mail_is_read() -> None:
    forms = [section.form for section in read_mail(mail(TYPED), RULES, Limits()).body_sections]
    assert [(form and form.value("姓名"), form and form.value("联系电话"), form and form.titled) for form in forms] == [
        ("张三", "0371-65900000", ("member",))
    ]


def test_a_typed_form_that_is_only_quoted_is_old() -> None:
    quoted = "请问还需要什么？\n\n------------------ 原始邮件 ------------------\n发件人: x\n" + TYPED
    assert read_mail(mail(quoted, "Subject: Re: x", "In-Reply-To: <a@b>"), RULES, Limits()).body_sections == ()


def test_a_covering_mail_with_names_and_numbers_is_no_form() -> None:
    words = (
        "您好，现报送我市推荐材料，请查收附件。\n推荐单位：新乡市\n项目名称：一键通办\n联系人：张三\n联系电话：13800000000\n"
        "单位地址：某路1号\n邮箱：a@example.cn"
    )
    assert read_mail(mail(words), RULES, Limits()).body_sections == ()
