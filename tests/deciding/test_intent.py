"""What a mail is, from its marks, words and files."""

from typing import Any

import pytest

from bot.model import Automatic, Command, Outcome, Reading, Submission
from tests.deciding.build import GOOD, file, filled, found, judged, mail, picture, rows, text, unread, whole

R, T, H, C, B, I = Outcome.RECEIVED, Outcome.RETURNED, Outcome.HELD, Outcome.COMMAND, Outcome.BOUNCE, Outcome.IGNORED  # noqa: E741 columns of a table


def words(subject: str, body: str = "", sender: str = "somebody@unit.example", **told: Any) -> Submission:
    return judged(mail(subject=subject, body=body, sender=sender, **told))


@pytest.mark.parametrize(
    ("told", "outcome", "automatic"),
    [
        ({"own_mark": "receipt"}, I, Automatic.OWN),
        ({"sender": "sjhdz2021@126.com"}, I, Automatic.OWN),
        ({"content_type": "multipart/report", "report_type": "delivery-status"}, B, Automatic.BOUNCE),
        ({"failed_recipients": ("a@b.example",)}, B, Automatic.BOUNCE),
        ({"sender": "MAILER-DAEMON@126.com".lower()}, B, Automatic.BOUNCE),
        ({"sender": "postmaster@qq.example"}, B, Automatic.BOUNCE),
        ({"subject": "系统退信"}, B, Automatic.BOUNCE),
        ({"subject": "Undelivered Mail Returned to Sender"}, B, Automatic.BOUNCE),
        ({"return_path": ""}, B, Automatic.BOUNCE),
        ({"auto_submitted": "auto-replied"}, I, Automatic.VACATION),
        ({"auto_submitted": "auto-generated"}, I, Automatic.VACATION),
        ({"auto_submitted": "auto-replied; owner-email=x", "return_path": ""}, I, Automatic.VACATION),
        ({"precedence": "bulk"}, I, Automatic.BULK),
        ({"precedence": "Junk"}, I, Automatic.BULK),
        ({"precedence": "auto_reply"}, I, Automatic.BULK),
        ({"list_id": "<news.example>"}, I, Automatic.BULK),
        (
            {"content_type": "multipart/report", "report_type": "disposition-notification", "auto_submitted": "auto-replied"},
            I,
            Automatic.VACATION,
        ),
        ({"body": "这是来自QQ邮箱的假期自动回复邮件。您好，我最近正在休假中，无法亲自回复您的邮件。"}, I, Automatic.VACATION),
        ({"subject": "自动回复：【受理回执】新乡市", "body": "您的邮件我已收到。"}, I, Automatic.VACATION),
        (
            {"subject": "回复：【受理回执】新乡市", "body": "您的邮件我已收到！", "in_reply_to": ("<x@y>",)},
            I,
            Automatic.VACATION,
        ),
        ({"sender": "noreply@news.example", "subject": "您的订阅", "body": "本周要闻"}, I, Automatic.ROBOT),
        ({"sender": "no-reply2@news.example", "subject": "您的订阅", "body": "本周要闻"}, I, Automatic.ROBOT),
        ({"subject": "公文写作培训班", "body": "限时优惠，报名参加请加微信，退订请回复TD"}, I, Automatic.BULK),
        ({"subject": "企业财税班", "body": "立即报名！退订请回复TD。"}, I, Automatic.BULK),
        ({"subject": "代开发票", "body": "税点低"}, I, Automatic.BULK),
    ],
)
def test_a_machine_is_not_taken_for_a_person(told: dict[str, Any], outcome: Outcome, automatic: Automatic) -> None:
    made = words(told.pop("subject", "您好"), told.pop("body", "您好"), told.pop("sender", "somebody@unit.example"), **told)
    assert (made.intent, made.automatic, made.drafts, made.findings) == (outcome, automatic, (), ())


@pytest.mark.parametrize(
    ("told", "held_back"),
    [
        ({}, False),
        ({"auto_submitted": "no"}, False),
        ({"auto_response_suppress": "All"}, True),
        ({"auto_response_suppress": "OOF, AutoReply"}, True),
        ({"sender": "noreply@xinxiang.example"}, True),
        ({"return_path": ""}, True),
        ({"return_path": "dsxxjy@xinxiang.example"}, False),
        ({"precedence": "normal"}, False),
        ({"subject": "昨天发送失败，重新报送新乡市三个100材料"}, False),
        ({"subject": "自动回复以外的材料", "body": "我正在出差，如有急事，请电话联系"}, False),
        ({"body": "请查收，加微信联系，限时优惠"}, False),
        ({"subject": "查询并撤回", "body": "请问在哪里下载"}, False),
    ],
)
def test_whatever_brings_a_nomination_is_a_submission(told: dict[str, Any], *, held_back: bool) -> None:
    made = judged(mail(*whole(), **told))
    assert (made.intent, made.automatic, made.hold_receipt, len(made.drafts)) == (R, None, held_back, 1)


@pytest.mark.parametrize("told", [{"precedence": "bulk"}, {"list_id": "<x>"}, {"auto_submitted": "auto-generated"}])
def test_a_machine_that_brings_a_filled_form_is_looked_at_by_a_person_and_not_answered(told: dict[str, Any]) -> None:
    made = judged(mail(*whole(), **told))
    assert (made.intent, made.hold_receipt, made.drafts) == (H, True, ())


def test_an_automatic_reply_that_brings_our_own_form_back_is_still_automatic() -> None:
    assert judged(mail(*whole(), auto_submitted="auto-replied")).intent is I


@pytest.mark.parametrize(
    ("subject", "body", "command"),
    [
        ("查询报送情况", "请查询我市报送情况。", Command.STATUS),
        ("请问我市材料收到了吗", "", Command.STATUS),
        ("查 询", "", Command.STATUS),
        ("索取表格", "", Command.FORMS),
        ("请问推荐表在哪里下载", "通知后面没有表，请问在哪里下载？", Command.FORMS),
        ("您好", "没找到推荐表，能否发一份推荐表？", Command.FORMS),
        ("撤回 0003", "", Command.WITHDRAW),
        ("关于撤回推荐的函", "因故不再推荐游庆穗同志。", Command.WITHDRAW),
    ],
)
def test_a_request_in_usual_words_is_a_command(subject: str, body: str, command: Command) -> None:
    made = words(subject, body)
    assert (made.intent, made.command) == (C, command)


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("咨询", "请问公示应在哪家媒体进行？"),
        ("咨询", "请问如何撤回已报的推荐？"),
        ("说明", "我市不撤回前面的推荐。"),
        ("关于三个100推荐表的问题", "请问推荐表里的推荐单位意见怎么填？"),
        ("请教", "我单位能否推荐两个项目？盼复。"),
        ("您好", "祝工作顺利！"),
        ("回复：【受理回执】新乡市 实事项目 0003", "收到，谢谢。"),
        ("Re: 【需补正】新乡市 0003", "好的，我们马上补正。"),
        ("回复：【已撤回】新乡市 0003", "谢谢！"),
        ("感谢", "“三个100”推选活动办得很好，感谢各位老师的辛勤付出，祝大家身体健康、工作顺利。"),
        ("", ""),
    ],
)
def test_a_question_or_a_greeting_is_held_and_never_returned(subject: str, body: str) -> None:
    made = words(subject, body)
    assert (made.intent, made.command, made.automatic, found(made)) == (H, None, None, [])


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("新乡市“三个100”推荐材料", "现将新乡市推荐材料报送，请查收。"),
        ("新乡市“三个100”", ""),
        ("推荐表", "见附件"),
        ("报送党员服务标兵推荐表和典型材料", "领导好！"),
        ("回复：通知", "现将推荐材料报送，请查收附件。"),
        ("材料报送", "现将推荐表报送，如有问题请问联系谁"),
    ],
)
def test_a_submission_by_its_words_without_a_file_lacks_the_file(subject: str, body: str) -> None:
    made = words(subject, body)
    assert (made.intent, found(made)) == (T, ["no-attachment"])


SENT: dict[str, Reading] = {
    "cloud": mail(links=("https://wx.mail.qq.com/ftn/download?x=1",)),
    "encrypted": mail(unread("材料.zip")),
    "encrypted, no words": mail(unread("附件.zip"), subject="", body=""),
    "damaged": mail(unread("推荐表.docx", "attachment-unreadable")),
    "several": mail(
        unread("a.docx", "attachment-unreadable"), unread("b.exe", "attachment-unsafe"), links=("https://pan.baidu.com/s/1",)
    ),
    "scans": mail(picture("推荐表.pdf"), picture("典型材料.jpg")),
    "photographs": mail(picture("IMG_0001.jpg")),
    "only a list": mail(file("汇总表.xlsx", rows(("序号", "名称"), ("1", "甲项目"), ("2", "乙项目")))),
    "another document": mail(file("会议通知.docx", text("关于召开会议的通知", words=400))),
}


@pytest.mark.parametrize(
    ("key", "findings"),
    [
        ("cloud", ["cloud-attachment"]),
        ("encrypted", ["attachment-encrypted"]),
        ("encrypted, no words", ["attachment-encrypted"]),
        ("damaged", ["attachment-unreadable"]),
        ("several", ["attachment-unreadable", "attachment-unsafe", "cloud-attachment"]),
        ("scans", ["attachment-unsupported", "attachment-unsupported"]),
        ("photographs", ["attachment-unsupported"]),
        ("only a list", ["no-attachment"]),
        ("another document", ["no-attachment"]),
    ],
)
def test_a_submission_that_brings_no_readable_half_is_returned_with_the_reason(key: str, findings: list[str]) -> None:
    made = judged(SENT[key])
    assert (made.intent, found(made), made.drafts) == (T, findings, ())


@pytest.mark.parametrize(
    "sent",
    [
        mail(picture("花.jpg"), subject="周末照片", body="分享几张照片", sender="friend@mail.example"),
        mail(
            file("会议通知.docx", text("关于召开会议的通知", words=900)), subject="会议", body="请参加", sender="x@mail.example"
        ),
        mail(file("文件.docx", text("小说第一章", words=3000)), subject="文件", body="请看", sender="x@mail.example"),
        mail(links=("https://pan.baidu.com/s/1",), subject="照片", body="照片在网盘", sender="x@mail.example"),
        mail(
            unread("表.docx", "attachment-encrypted"),
            subject="请问",
            body="请问这个文件为什么打不开？",
            sender="x@mail.example",
        ),
    ],
)
def test_files_that_are_plainly_no_nomination_are_held(sent: Reading) -> None:
    assert judged(sent).intent is H


def test_a_blank_form_with_a_question_is_a_question() -> None:
    blank = filled("member", dict.fromkeys(GOOD["member"], ""))
    assert judged(mail(blank, subject="请教", body="请问这张表怎么填？")).intent is H


def test_a_form_that_is_only_typed_into_the_mail_is_no_file() -> None:
    made = judged(mail(subject="新乡市推荐表", body="推荐表在下面", body_sections=filled("member", {}).sections))
    assert (made.intent, made.drafts, [finding.check for finding in made.findings]) == (T, (), ["no-attachment"])


def test_the_one_blank_form_beside_a_material_is_its_form() -> None:
    blank = filled("member", dict.fromkeys(GOOD["member"], ""))
    [one] = judged(mail(blank, file("游庆穗典型材料.docx", text()))).drafts
    assert (one.category, one.material, "field-missing 姓名" in found(one), "form-missing" in found(one)) == (
        "member",
        "游庆穗典型材料.docx",
        True,
        False,
    )


def test_a_blank_form_that_is_sent_as_a_submission_lacks_every_field() -> None:
    blank = filled("member", dict.fromkeys(GOOD["member"], ""))
    made = judged(mail(blank))
    assert made.intent is R
    assert {f"field-missing {name}" for name in ("姓名", "性别", "联系电话")} <= set(found(made.drafts[0]))


def test_a_defect_of_one_attachment_stands_at_the_mail_beside_a_good_nomination() -> None:
    made = judged(mail(*whole(), unread("视频.exe", "attachment-unsafe"), links=("https://pan.baidu.com/s/1",)))
    assert (made.intent, found(made), found(made.drafts[0])) == (R, ["attachment-unsafe", "cloud-attachment"], [])


@pytest.mark.parametrize(
    ("subject", "body", "numbers"),
    [
        ("更正0003：新乡市材料", "", ("0003",)),
        ("撤回 0123、0124", "", ("0123", "0124")),
        ("2021年新乡市材料", "", ()),
        ("新乡市材料（2021）", "联系电话 0373-5550123", ()),
        ("新乡市材料", "电话（0373）5550123，手机13803730001", ()),
        ("新乡市材料", "编号1024的材料有误，请以本次为准", ("1024",)),
        ("新乡市材料", "现更正 0007 号", ("0007",)),
        ("编号：0042", "0042", ("0042",)),
        ("新乡市材料", "撤回1024、1025和0003", ("1024", "1025", "0003")),
        ("材料1500字", "受益群众3000人", ()),
    ],
)
def test_numbers_of_nominations_are_told_from_years_and_telephones(subject: str, body: str, numbers: tuple[str, ...]) -> None:
    assert judged(mail(*whole(), subject=subject, body=body)).numbers == numbers


def test_a_phrase_with_a_gap_stands_for_what_people_put_into_it() -> None:
    told = words("因故调整", "现取消对该同志的推荐，编号0009。")
    assert (told.intent, told.command) == (C, Command.WITHDRAW)


def test_a_question_mark_makes_a_question_but_not_within_a_link() -> None:
    assert words("典型材料", "用三号字？").intent is H
    assert found(words("典型材料", "https://example.org/x?id=1")) == ["no-attachment"]
