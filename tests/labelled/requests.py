"""Mails that bring no nomination: requests, questions, greetings, machines, advertisements, our own letters, announced files."""

from collections.abc import Iterator, Sequence

from tests.labelled import envelope
from tests.labelled.build import Desk
from tests.labelled.chance import Dice
from tests.labelled.envelope import BOX, File, Written
from tests.labelled.label import Case, Label, Mail
from tests.labelled.senders import of

STATUS = (  # subject, text, unit
    ("查询", "新乡市", "410700"),
    ("查询", "", None),
    ("查询新乡市报送情况", "您好，请告知我市目前的受理情况。\n新乡市委党史学习教育领导小组办公室", "410700"),
    ("查询受理情况", "河南省教育厅机关党委", "S031"),
    ("进度查询", "您好，查询一下我单位材料的审核进度，郑州大学党委宣传部", "G001"),
    ("【查询】0012", "", None),
    ("查询一下材料是否收到", "您好，我们12月9日报送的材料收到了吗？\n河南省公安厅", "S035"),
    ("查询报送状态", "请告知编号0005目前的状态。", None),
)
FORMS = (
    ("索取表格", "您好，请发一份推荐表空表。\n河南省民政厅机关党委", "S037"),
    ("索取表格", "", None),
    ("索要推荐表", "您好，没有找到附件中的推荐表，麻烦发一下，谢谢。", None),
    ("咨询", "您好！请问推荐表在哪里下载？谢谢。", None),
    ("请问表格在哪", "您好，通知里说推荐表附后，但没有看到附件，请问在哪里能找到推荐表？\n省水利厅机关党委", "S045"),
    ("求推荐表电子版", "能否把三类推荐表的电子版发给我们？谢谢！ 省妇联", "T003"),
)
WITHDRAW = (
    ("撤回0003", "", None),
    ("撤回推荐", "我单位决定撤回“暖冬”供热提升项目的推荐，编号0002，谢谢。\n河南能源化工集团有限公司", "Q001"),
    ("关于撤回0009号推荐的函", "因本人申请，现撤回0009号。安阳市委党史学习教育领导小组办公室", "410500"),
    ("撤回", "请撤回我单位推荐的党员服务标兵李明同志，编号0012。河南省总工会", "T001"),
    ("申请撤回推荐（编号0007）", "因人员调整，申请撤回编号0007的推荐。\n中原银行股份有限公司党委", "Q005"),
)
QUESTIONS = (
    ("咨询", "请问省直单位推荐的也需要公示吗？"),
    ("关于“三个100”推选的咨询", "您好，请问典型材料的字数包括标题吗？\n河南省水利厅机关党委 李老师"),
    ("请教", "领导好，请问县里可以直接报送吗？还是要通过市里？"),
    ("咨询报送时间", "请问20号当天几点前发邮件算有效？"),
    ("请问", "一个单位可以推荐几个项目？"),
    ("问好", "祝各位领导新年快乐，工作顺利！"),
    ("（无主题）", "在吗"),
    ("感谢", "收到，谢谢！"),
    ("关于邮寄地址", "您好，纸质材料邮寄到什么地址？收件人写谁？"),
    ("请问盖章", "推荐表上盖单位公章还是机关党委的章？"),
    ("咨询", "你好，我是新乡医学院的，请问大学生志愿服务队可以推荐为先进服务团队吗"),
    ("", "您好，请问截止时间能否延期？"),
    ("咨询电话打不通", "0371-65901305一直占线，请问还有其他联系方式吗？"),
)
VACATIONS = (
    (
        "自动回复: 【受理回执】新乡市 0001",
        "这是来自QQ邮箱的假期自动回复邮件。\n您好，我最近正在休假中，无法亲自回复您的邮件。",
        (),
    ),
    ("自动回复：关于三个100", "您的邮件我已收到，会尽快回复。", ()),
    ("Re: 【受理回执】", "您好，您的邮件我已收到！", ()),
    ("Automatic reply: receipt", "I am out of the office until 3 January.", (("Auto-Submitted", "auto-replied"),)),
    ("外出自动答复", "我正在出差，回来后答复。", (("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All"))),
    ("自动回复", "本人休假，急事请电话联系。", (("X-Autoreply", "yes"), ("Precedence", "auto_reply"))),
)
BULK = (
    ("代开发票", "本公司可代开各类增值税发票，点数优惠，需要请联系微信 kp8899。", ()),
    ("【会议邀请】2021年企业财税培训班火热报名中", "优惠名额有限，立即报名！退订请回复TD。", ()),
    (
        "双十二大促 全场五折",
        "点击购买，限时优惠！如不想再收到此类邮件，请点击退订。",
        (("List-Unsubscribe", "<http://example.com/u>"),),
    ),
    ("本周行业快讯", "点击阅读全文", (("List-Id", "<news.example.com>"), ("Precedence", "bulk"))),
    ("专业论文发表 职称评审", "核心期刊快速发表，加微信13800000000。", ()),
    ("贷款 低息 当天放款", "无抵押信用贷款，额度高，联系电话18800000000，退订回T", ()),
    ("系统通知", "您的邮箱容量已使用90%。", (("Precedence", "list"),)),
)
ANNOUNCED = (
    "现报送我单位“三个100”推荐表和典型材料，请查收附件。",
    "附件为推荐表及典型材料，请审阅。",
    "推荐材料见附件，收到请回复。",
)
CLOUD = (
    "https://wx.mail.qq.com/ftn/download?func=3&key=8d2c1b&code=1f2e",
    "http://mail.163.com/large-attachment-download/index.html?p=X-NETEASE-HUGE-ATTACHMENT&file=abc",
    "https://pan.baidu.com/s/1aBcDeFgHiJkLmN 提取码：8k2d",
)


def _plain(name: str, subject: str, text: str, label: Label, **changes: object) -> Case:
    dice = Dice(name)
    start = {"client": dice.one(envelope.CLIENTS), "sender": f"user{dice.number(1, 99)}@example.net", **changes}
    return Case(name, (Mail(Written(subject, text, **start).bytes(), label),))  # type: ignore[arg-type]  # any of its fields


def _commands() -> Iterator[Case]:
    for kind, rows in (("status", STATUS), ("forms", FORMS), ("withdraw", WITHDRAW)):
        for number, (subject, text, unit) in enumerate(rows):
            yield _plain(f"command-{kind}-{number}", subject, text, Label("command", unit, kind))


def _people() -> Iterator[Case]:
    for number, (subject, text) in enumerate(QUESTIONS):
        unit = "S045" if "水利厅" in text else "G013" if "新乡医学院" in text else None
        yield _plain(f"question-{number}", subject, text, Label("held", unit))
    for number, (subject, text) in enumerate(
        (("", ""), ("测试", "测试邮件"), ("转发：会议通知", "请按时参加12月15日下午的会议。"))
    ):
        yield _plain(f"no-submission-{number}", subject, text, Label("held"))


def _machines() -> Iterator[Case]:
    for number, (subject, text, headers) in enumerate(VACATIONS):
        yield _plain(f"vacation-{number}", subject, text, Label("ignored"), headers=headers)
    for number, (subject, text, headers) in enumerate(BULK):
        yield _plain(f"bulk-{number}", subject, text, Label("ignored"), headers=headers)
    robot = "您好，您的邮件已收到。工单号：[#10293][#10293]"
    yield _plain("robot-no-reply", "Re: 受理回执 [#10293]", robot, Label("ignored"), sender="no-reply@example.com")
    yield _plain(
        "own-letter",
        "【受理回执】",
        "您报送的材料已受理。",
        Label("ignored"),
        sender=BOX,
        headers=(("Auto-Submitted", "auto-replied"),),
    )


def _bounces() -> Iterator[Case]:
    yield _plain(
        "bounce-qq-words",
        "来自QQ邮箱的退信",
        "很抱歉您的邮件被退回到QQ邮箱。\n收件人邮箱地址不存在 dangban@example.com",
        Label("bounce"),
        sender="postmaster@qq.com",
        headers=(("Auto-Submitted", "auto-replied"),),
    )
    yield _plain(
        "bounce-netease-words",
        "系统退信",
        "您的邮件未能送达：550 User not found",
        Label("bounce"),
        sender="postmaster@163.com",
        client=envelope.OLD,
    )
    yield _plain(
        "bounce-daemon",
        "Undelivered Mail Returned to Sender",
        "The mail system",
        Label("bounce"),
        sender="mailer-daemon@example.com",
    )
    edge = b"=_report"
    report = (
        b"Received: from mx (unknown) by mx1; Thu, 09 Dec 2021 10:00:00 +0800\r\nReturn-Path: <>\r\n"
        b"From: Mail Delivery System <MAILER-DAEMON@example.com>\r\nTo: <" + BOX.encode() + b">\r\nSubject: Delivery Status\r\n"
        b"Message-ID: <dsn1@example.com>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="' + edge + b'"\r\n\r\n--' + edge + b"\r\n"
        b"Content-Type: text/plain\r\n\r\nfailed\r\n--" + edge + b"\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--"
        + edge
        + b"--\r\n"
    )
    yield Case("bounce-report", (Mail(report, Label("bounce")),))


def _not_machines() -> Iterator[Case]:
    """Submissions that look like machines at first sight."""
    for name, changes in (
        ("suppress", {"headers": (("X-Auto-Response-Suppress", "All"),)}),
        ("auto-submitted-no", {"headers": (("Auto-Submitted", "no"),)}),
        ("reply", {"subject": "回复：【需补正】“三个100”推荐材料 河南省教育厅"}),
        ("forward", {"subject": "Fw: 转发：河南省教育厅“三个100”推荐材料"}),
        ("no-subject", {"subject": ""}),
        ("no-words", {"text": ""}),
        (
            "vacation-quoted",
            {
                "text": "现报送推荐材料，请查收。河南省教育厅机关党委\n\n------------------ 原始邮件 ------------------\n"
                '发件人: "张三"\n这是来自QQ邮箱的假期自动回复邮件。\n您好，我最近正在休假中'
            },
        ),
        ("question-too", {"text": "您好，现报送推荐材料。请问纸质版邮寄到哪里？\n河南省教育厅机关党委"}),
        ("asks-for-receipt", {"text": "推荐材料见附件，收到请回复，谢谢！河南省教育厅"}),
        ("list-header-of-foxmail", {"headers": (("X-Priority", "3"), ("X-Has-Attach", "yes"))}),
    ):
        desk = Desk(f"not-a-machine-{name}", of("S031"))
        yield desk.case(desk.write(**changes), desk.received(desk.first()))


def _without_files() -> Iterator[Case]:
    for number, text in enumerate(ANNOUNCED):
        sender = of(("410700", "S031", "Q036")[number])
        label = Label("returned", sender.id, findings=frozenset({"no-attachment"}))
        yield _plain(f"no-attachment-{number}", f"{sender.subject}“三个100”推荐材料", f"{text}\n{sender.signature}", label)
        subject, link = f"{sender.subject}推荐材料", CLOUD[number]
        label = Label("returned", sender.id, findings=frozenset({"cloud-attachment"}))
        yield _plain(f"cloud-alone-{number}", subject, f"{text}\n从邮箱发来的超大附件：{link}\n{sender.signature}", label)
        html = f'<div>超大附件</div><a href="{link.split(" ")[0]}">新乡市推荐材料.zip (86.2M)</a>'
        yield _plain(f"cloud-in-html-{number}", subject, f"{text}\n{sender.signature}", label, html=html)
    desk = Desk("cloud-beside-a-good-one", of("S040"))
    text = f"推荐材料见附件，视频见网盘：{CLOUD[2]}\n河南省人社厅机关党委"
    yield desk.case(desk.write(text=text), desk.received(desk.first(), findings=["cloud-attachment"]))
    desk = Desk("link-to-a-news-page", of("S040"))
    text = "推荐材料见附件，媒体报道：https://www.henan.gov.cn/2021/11-30/2357.html\n河南省人社厅机关党委"
    yield desk.case(desk.write(text=text), desk.received(desk.first()))
    desk = Desk("notice-attached-and-a-question", of("S045"))
    files: Sequence[File] = ()
    yield desk.case(desk.write(files, subject="咨询", text="请问我们厅可以推荐几个？ 河南省水利厅"), Label("held", "S045"))


def cases() -> Iterator[Case]:
    """All of them."""
    for part in (_commands, _people, _machines, _bounces, _not_machines, _without_files):
        yield from part()
