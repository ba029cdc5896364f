"""What machines and passers-by write: vacation, bounces, newsletters, questions, thanks, tests, our own mail, nothing at all."""

from collections.abc import Iterator
from dataclasses import replace

from tests.labelled.clerks.base import case, ending, filed, pair, received, returned, written
from tests.labelled.clerks.sheet import MEMBER, PROJECT, TEAM, sheet
from tests.labelled.envelope import BOX
from tests.labelled.label import Case, Label, Mail

AUTOMATIC = (
    ("自动回复: 【受理回执】", "这是来自QQ邮箱的假期自动回复邮件。\n您好，我最近正在休假中，无法亲自回复您的邮件。"),
    ("自动回复：材料", "您的邮件我已收到，我会尽快给您回复。（自动回复）"),
    ("Auto: 受理回执", "您好！您的邮件已收到，谢谢！此为系统自动回复，请勿直接回复。"),
    ("Out of Office: 0001", "I am out of the office until Dec 27 and will reply when I return."),
    ("Automatic reply: 回执", "我在外出差，12月27日返回，急事请打电话。"),
)
MARKED = (
    ("Auto-Submitted", "auto-replied"),
    ("Auto-Submitted", "auto-generated"),
    ("Precedence", "bulk"),
    ("Precedence", "list"),
    ("List-Id", "<news.example.com>"),
    ("X-Autoreply", "yes"),
    ("Precedence", "auto_reply"),
)
ADVERTS = (
    ("代开发票，税点优惠", "本公司可代开各类增值税发票，电话微信同号。"),
    ("2022年公文写作高级研修班邀请函", "培训费3800元/人，报名请回复，可开发票。退订请点击这里。"),
    ("企业邮箱升级通知", "您的邮箱容量已满，请点击链接立即升级，否则将停用。"),
    ("打印机耗材特价促销", "硒鼓墨盒全场五折，免费送货上门，欢迎选购。退订回T"),
)
FORMS = (
    ("请问表格", "请问推荐表在哪里下载？"),
    ("索取表格", "请发一份推荐表的空白表格，谢谢。"),
    ("推荐表", "老师您好，通知里的附件打不开，能不能发一下空白的推荐表？"),
    ("要表", "麻烦发一下党员服务标兵推荐表的模板"),
    ("咨询", "推荐表模板在哪里可以找到？"),
)
STATUS = (
    ("查询", "查询"),
    ("查询报送情况", "请帮忙查询我单位材料是否收到。\n省统计局"),
    ("省统计局材料收到没有", "请问我们上周报的推荐材料收到了吗？现在什么状态？"),
    ("进度查询", "想查一下我们报送的推荐材料受理进度。"),
)
TALK = (
    ("", ""),
    ("收到，谢谢！", "收到，谢谢！"),
    ("回复: 受理回执", "好的，辛苦了！"),
    ("测试", "测试一下邮箱能不能收到。"),
    ("test", "test"),
    ("你好", "你好"),
    ("咨询名额问题", "请问省辖市的名额是每类10个还是总共10个？"),
    ("请教", "请问典型材料是不是必须不超过2000字？超一点行不行？"),
    ("咨询", "请问截止时间是20日上午还是下午？"),
    ("新年好", "祝各位领导元旦快乐，工作顺利！"),
    ("关于公示", "请问公示必须在报纸上吗？在政府网站可以吗？"),
    ("通讯录更新", "我单位联系人换成小刘了，电话13803730000，麻烦更新。"),
)
SUBMITTED = (
    ("省统计局推荐材料", "现将我单位推荐表和典型材料报上，请查收附件。\n河南省统计局"),
    ("报送“三个100”推荐材料-省统计局", "材料见附件，请审核。"),
    ("省统计局 党员服务标兵推荐表", "您好，附件是我单位的推荐表，请查收。"),
    ("省统计局推荐表、典型材料", ""),
)
LINKS = (
    "https://wx.mail.qq.com/ftn/download?func=3&key=abc123&code=9f",
    "https://mail.163.com/large-attachment-download/index.html?p=X-NETEASE-HUGE-ATTACHMENT&file=abc",
    "链接：https://pan.baidu.com/s/1AbCdEf 提取码：ab12",
    "https://mail.126.com/large-attachment-download/index.html?file=xyz",
    "从QQ邮箱发来的超大附件\n推荐材料.zip (52.3M, 2022年01月10日 15:36 到期)进入下载页面：https://mail.qq.com/cgi-bin/ftnExs_download?k=7a&t=exs_ftn_download&code=ab12",
)
REPORT = """This is the mail system at host mx.example.com.

I'm sorry to have to inform you that your message could not be delivered.

<liu@example.com>: host mx.example.com said: 550 User not found
"""


def cases() -> Iterator[Case]:
    """Machines, advertisements, requests, talk, submissions without files, links, our own mail."""
    for number, (subject, text) in enumerate(AUTOMATIC):
        mail = written(f"auto {number}", subject, text, {}, headers=[("In-Reply-To", "<0001@shouli.example>")])
        yield case(f"machine-vacation-{number}", ending(mail, "ignored"))
    for number, (key, value) in enumerate(MARKED):
        mail = written(f"marked {number}", "通知", "本周要闻", {}, headers=[(key, value)])
        yield case(f"machine-marked-{number}", ending(mail, "ignored"))
    for number, (subject, text) in enumerate(ADVERTS):
        yield case(f"machine-advert-{number}", ending(written(f"advert {number}", subject, text, {}), "ignored"))
    for number, (subject, text) in enumerate(FORMS):
        yield case(f"asks-forms-{number}", ending(written(f"forms {number}", subject, text, {}), "command", None, "forms"))
    for number, (subject, text) in enumerate(STATUS):
        unit = "S057" if "统计局" in subject + text else None
        yield case(f"asks-status-{number}", ending(written(f"status {number}", subject, text, {}), "command", unit, "status"))
    for number, (subject, text) in enumerate(TALK):
        yield case(f"talk-{number}", ending(written(f"talk {number}", subject, text, {}), "held"))
    for number, (subject, text) in enumerate(SUBMITTED):
        yield case(f"no-file-{number}", returned(written(f"no file {number}", subject, text, {}), "S057", "no-attachment"))
    for number, link in enumerate(LINKS):
        mail = written(f"link {number}", "省统计局推荐材料", f"材料太大，请从云附件下载。\n{link}\n河南省统计局", {})
        yield case(f"link-only-{number}", returned(mail, "S057", "cloud-attachment"))
        one = sheet(f"link {number}", (PROJECT, TEAM, MEMBER)[number % 3], "省统计局")
        mail = written(f"link and {number}", "推荐材料", f"视频在云附件里。\n{link}", pair(one))
        yield case(f"link-beside-files-{number}", received(mail, "S057", filed(one), findings=["cloud-attachment"]))
    yield from _bounces()
    yield from _ours()
    yield from _people_like_machines()


def _bounces() -> Iterator[Case]:
    rows = (
        ("daemon", "MAILER-DAEMON@mx.example.com", "Undelivered Mail Returned to Sender", REPORT),
        (
            "postmaster",
            "postmaster@example.com",
            "系统退信",
            "您好，您发给 liu@example.com 的邮件被退回，原因：收件人邮箱不存在。",
        ),
        (
            "netease",
            "Postmaster@163.example",
            "系统退信/Systems bounce",
            "抱歉，您的邮件被退回来了……收件人 liu@163.example，退信原因：用户不存在",
        ),
        ("qq", "PostMaster@qq.example", "来自qq.example的退信", "抱歉！您的邮件无法送达。550 Mailbox not found"),
        ("exchange", "postmaster@corp.example", "未传递: 受理回执", "无法将邮件传递给以下收件人：liu@corp.example"),
    )
    for name, sender, subject, text in rows:
        mail = written(f"bounce {name}", subject, text, {}, sender=sender, headers=[("Return-Path", "<>")])
        yield case(f"machine-bounce-{name}", ending(mail, "bounce"))
    plain = written(
        "bounce report", "Delivery Status Notification (Failure)", REPORT, {}, sender="mailer-daemon@example.com"
    ).bytes()
    head = plain.split(b"\r\nContent-Type:", 1)[0]
    body = (
        b'\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="rr"\r\n\r\n--rr\r\nContent-Type: text/plain\r\n\r\n'
        + REPORT.replace("\n", "\r\n").encode()
        + b"\r\n--rr\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n"
        + b"Final-Recipient: rfc822; liu@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--rr--\r\n"
    )
    yield case("machine-bounce-report", Mail(head + body, Label("bounce")))


def _ours() -> Iterator[Case]:
    mail = written(
        "ours",
        "【受理回执】0001 推荐材料已受理",
        "您报送的推荐材料已受理。",
        {},
        sender=BOX,
        headers=[("Auto-Submitted", "auto-replied")],
    )
    yield case("machine-ours", ending(mail, "ignored"))
    mail = written("ours bare", "受理回执", "您报送的推荐材料已受理。", {}, sender=BOX)
    yield case("machine-ours-unmarked", ending(mail, "ignored"))


def _people_like_machines() -> Iterator[Case]:
    rows = (
        ("suppress", "推荐材料", "请收", ("X-Auto-Response-Suppress", "All")),
        ("submitted-no", "推荐材料", "请收", ("Auto-Submitted", "no")),
        ("receipt-wanted", "推荐材料", "请收", ("Disposition-Notification-To", "<bangongshi@example.com>")),
        ("urgent", "【紧急】推荐材料", "请收到后回复，谢谢！", ("X-Priority", "1")),
        ("no-reply-words", "推荐材料", "如未收到请与我联系，谢谢。（此邮件由办公系统发出）", ("X-Mailer", "OA")),
        ("advert-footer", "推荐材料", "请收\n\n【网易自营】来自安徽的土特产大促销，点击抢购", ("X-Priority", "3")),
        ("vacation-words", "推荐材料", "我下周休假，有事请联系小王，材料见附件。", ("X-Priority", "3")),
    )
    for number, (name, subject, text, header) in enumerate(rows):
        one = sheet(f"person {name}", (PROJECT, TEAM, MEMBER)[number % 3], "省统计局")
        mail = written(f"person {name}", subject, text, pair(one), headers=[header])
        yield case(f"person-{name}", received(mail, "S057", filed(one)))
    one = sheet("person noreply", TEAM, "省统计局")
    mail = replace(written("person noreply", "推荐材料", "请收", pair(one)), sender="no-reply@example.com")
    yield case("person-noreply-address", received(mail, "S057", filed(one)))
    one = sheet("asks as well", MEMBER, "省统计局")
    mail = written("asks as well", "推荐材料", "材料请收。另外请问纸质版要几份？寄到哪里？", pair(one))
    yield case("person-asks-as-well", received(mail, "S057", filed(one)))
    one = sheet("asks status as well", PROJECT, "省统计局")
    mail = written("asks status as well", "推荐材料", "材料请收，收到后请告知，并查询一下之前的有没有收到。", pair(one))
    yield case("person-asks-status-as-well", received(mail, "S057", filed(one)))
