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
