"""What is no submission, what asks for something, what cannot be opened."""

import email
import io
import zipfile
from collections.abc import Iterator
from email.message import Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from tests.labelled.label import Case
from tests.labelled.stranger import paper
from tests.labelled.stranger.base import UNIT, bodies
from tests.labelled.stranger.expect import case, n
from tests.labelled.stranger.post import OFFICE, attach, mail, word

# subject | text | outcome | command ("" for none)
WORDS = """
请问|请问辖区人口500万怎么算？盼复。|held|
咨询|领导好，公示必须在市级报纸吗？区融媒体中心可以吗？|held|
您好|冬至快乐，工作辛苦了！|held|
新年好|祝您新年快乐，万事如意。|held|
关于字数|材料写到2100字行不行？|held|
咨询推荐名额|省直单位三类各一个，还是总共一个？|held|
能不能延期|我市受疫情影响，能否延期到22日报送？|held|
电话打不通|0371-65901305一直占线，请问还有别的号码吗|held|
（无主题）||held|
查询|请查询我市已报送几个项目|command|status
查询0012|请查一下0012号材料的受理情况|command|status
进度查询|我单位材料是否收到？|command|status
请问我们的材料收到了吗|昨天发的推荐材料，请问收到没有？|command|status
索取表格|请发一份推荐表|command|forms
求推荐表电子版|通知后附的推荐表没有收到，请发电子版，谢谢|command|forms
推荐表在哪里下载|推荐表在哪里下载？|command|forms
请问表格在哪|请问党员服务标兵推荐表从哪里领取？|command|forms
撤回0008|我单位申请撤回0008号推荐|command|withdraw
申请撤回|申请撤回“暖心电梯”加装工程的推荐材料|command|withdraw
撤回|因人员调整，现撤回党员服务标兵栗小满的推荐|command|withdraw
新乡市推荐材料|推荐材料见附件|returned|no-attachment
【推荐】实事项目|现将我市实事项目推荐表和典型材料报上，请查收附件。|returned|no-attachment
报送三个100材料|附件是我单位报送的推荐材料|returned|no-attachment
推荐材料|https://pan.baidu.com/s/1AbCdEfGhIjKlMn 提取码：ab12|returned|cloud-attachment
推荐材料|我给你发送了文件，请下载 https://wx.mail.qq.com/ftn/download?func=3&key=abc|returned|cloud-attachment
推荐材料|超大附件 https://mail.163.com/large-attachment-download/index.html?p=abc123|returned|cloud-attachment
推荐材料|链接：https://pan.baidu.com/share/init?surl=abc 密码：1234|returned|cloud-attachment
推荐材料|https://www.aliyundrive.com/s/AbCdEf|returned|cloud-attachment
推荐材料|https://share.weiyun.com/AbCdEf|returned|cloud-attachment
推荐材料|https://www.jianguoyun.com/p/AbCdEf|returned|cloud-attachment
推荐材料|https://pan.quark.cn/s/abcdef|returned|cloud-attachment
推荐材料|https://cloud.189.cn/t/AbCdEf|returned|cloud-attachment
推荐材料|https://caiyun.139.com/m/i?abc|returned|cloud-attachment
推荐材料|https://kdocs.cn/l/abcdef|returned|cloud-attachment
推荐材料|https://docs.qq.com/doc/DAbCd|returned|cloud-attachment
推荐材料|https://mail.126.com/large-attachment-download/index.html?p=xyz|returned|cloud-attachment
发票代开|代开各类正规发票，税点优惠，电话13800000000，非诚勿扰|ignored|
低价代开增值税发票|本公司可代开普票专票 验证后付款|ignored|
企业培训课程|2021年12月领导力提升培训班火热报名中，退订请回复TD|ignored|
双十二大促|全场五折起，限时抢购！退订请点击这里|ignored|
"""


def _words() -> Iterator[Case]:
    for i, row in enumerate(WORDS.strip().splitlines()):
        subject, text, outcome, what = row.split("|")
        finds = frozenset({what}) if outcome == "returned" else frozenset[str]()
        command = what if outcome == "command" else None
        yield case(f"words-{i:02d}", mail(subject, text), outcome, "*", (), finds, command)


AUTO: dict[str, tuple[str, str, dict[str, str], str]] = {
    "qq-vacation": ("自动回复:已收到您的材料", "这是来自QQ邮箱的假期自动回复邮件。\n你好，我最近正在休假中，无法亲自回复你的邮件。", {}, "ignored"),
    "got-it": ("Re: 受理回执", "您的邮件我已收到", {}, "ignored"),
    "auto-submitted": ("Out of office", "I am away.", {"Auto-Submitted": "auto-replied"}, "ignored"),
    "list": ("周报", "本周要闻", {"List-Id": "<news.example.com>", "Precedence": "bulk"}, "ignored"),
    "outlook-away": ("自动答复: 受理回执", "我在出差，12月25日返回。", {"X-Auto-Response-Suppress": "All", "Auto-Submitted": "auto-generated"}, "ignored"),
    "bounce-cn": ("系统退信", "抱歉，您的邮件被退回来了……\n原邮件信息：\n收件人：xx@qq.com\n退信原因：邮箱不存在", {"From": "Postmaster@126.com", "Return-Path": "<>"}, "bounce"),
    "mailer-daemon": ("Undelivered Mail Returned to Sender", "This is the mail system at host mail.example.com. I'm sorry to have to inform you that your message could not be delivered.", {"From": "MAILER-DAEMON@mail.example.com", "Return-Path": "<>"}, "bounce"),
    "own": ("【受理回执】新乡市 0001", "您好，材料已受理。", {"From": OFFICE, "Auto-Submitted": "auto-replied"}, "ignored"),
    "own-no-mark": ("【受理回执】新乡市 0001", "您好，材料已受理。", {"From": OFFICE}, "ignored"),
}  # fmt: skip


DSN = """From: mailer-daemon@example.com
To: sjhdz2021@126.com
Subject: failure notice
Date: Fri, 17 Dec 2021 10:00:00 +0800
Message-ID: <dsn1@example.com>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b1

--b1
Content-Type: text/plain

Your message could not be delivered.
--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; nobody@example.com
Action: failed
Status: 5.1.1

--b1--
"""


def _automatic() -> Iterator[Case]:
    for name, (subject, text, headers, outcome) in AUTO.items():
        yield case(f"auto-{name}", mail(subject, text, headers=headers), outcome, "*")
    form, material = bodies("project", UNIT, "“暖心电梯”加装工程", "auto")
    files = {"推荐表.docx": form, "典型材料.docx": material}
    good = (n("project", "“暖心电梯”加装工程"),)
    yield case("auto-no-is-human", mail(files=files, headers={"Auto-Submitted": "no"}), "received", UNIT, good)
    yield case(
        "suppress-is-human",
        mail(files=files, headers={"X-Auto-Response-Suppress": "DR, OOF, AutoReply"}),
        "received",
        UNIT,
        good,
    )
    yield case("reply-receipt-thanks", mail("Re: 受理回执", "谢谢，收到。"), "held", "*")
    yield case("bounce-dsn", DSN.encode(), "bounce", "*")
    for i, sender in enumerate(("<script>alert(1)</script>@evil.example", "@@@", "无名氏", "")):
        raw = mail("推荐表", "推荐表", sender=sender or "x@y.cn")
        raw = raw if sender else raw.replace(b"From: x@y.cn\r\n", b"")
        yield case(f"odd-sender-{i}", raw, "held", "*", (), frozenset({"no-attachment"}))
    yield case("odd-sender-with-files", mail(files=files, sender="无名氏"), "received", UNIT, good)


def _locked_zip(files: dict[str, bytes]) -> bytes:
    """A zip that says of every member that it is encrypted."""
    raw = bytearray(paper.zipped(files))
    at = 0
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := raw.find(mark, at)) >= 0:
            raw[at + offset] |= 1
            at += 4
    return bytes(raw)


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bag:
        for i in range(4):
            bag.writestr(f"{i}.docx", b"\0" * 60_000_000)
    return out.getvalue()


def _files() -> Iterator[Case]:
    form, material = bodies("team", UNIT, "晨光便民服务队", "files")
    good = {"推荐表.docx": form, "典型材料.docx": material}
    macro = paper.docx(paper.p("推荐表"), extra={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"})
    bad: dict[str, tuple[str, bytes, str]] = {
        "encrypted-zip": ("材料.zip", _locked_zip(good), "attachment-encrypted"),
        "truncated-docx": ("推荐表.docx", form[: len(form) // 2], "attachment-unreadable"),
        "garbage-docx": ("推荐表.docx", bytes(range(256)) * 20, "attachment-unreadable"),
        "empty-docx": ("推荐表.docx", b"", "attachment-unreadable"),
        "truncated-zip": ("材料.zip", paper.zipped(good)[:300], "attachment-unreadable"),
        "exe": ("推荐表.exe", b"MZ" + b"\0" * 500, "attachment-unsafe"),
        "exe-as-docx": ("推荐表.docx", b"MZ\x90\0" + b"\0" * 200 + b"PE\0\0" + b"\0" * 400, "attachment-unsafe"),
        "exe-in-zip": ("材料.zip", paper.zipped({"推荐表.exe": b"MZ" + b"\0" * 500}), "attachment-unsafe"),
        "scr": ("推荐表.doc.scr", b"MZ" + b"\0" * 500, "attachment-unsafe"),
        "js": ("推荐表.js", b"WScript.Echo('x')", "attachment-unsafe"),
        "bat": ("推荐表.bat", b"@echo off\r\n", "attachment-unsafe"),
        "docm": ("推荐表.docm", macro, "attachment-unsafe"),
        "macro-as-docx": ("推荐表.docx", macro, "attachment-unsafe"),
        "slip": ("材料.zip", paper.zipped({"../../etc/推荐表.docx": form}), "attachment-unsafe"),
        "bomb": ("材料.zip", _bomb(), "attachment-unsafe"),
        "pages": (
            "推荐表.pages",
            paper.zipped({"Index/Document.iwa": b"\0\1\2" * 50, "Metadata/Properties.plist": b"bplist00"}),
            "attachment-unsupported",
        ),
        "caj": ("推荐表.caj", b"CAJ\0\0\0" + b"\1" * 300, "attachment-unsupported"),
        "unknown": ("推荐表.xyz", b"\x00\x01\x13\xfe\xba\xbe" * 90, "attachment-unsupported"),
    }
    for name, (file, data, check) in bad.items():
        yield case(
            f"file-{name}-alone",
            mail("新乡市推荐材料", "推荐材料见附件", {file: data}),
            "returned",
            "*",
            (),
            frozenset({check}),
        )
        yield case(
            f"file-{name}-beside",
            mail("新乡市推荐材料", files={**good, "补充" + file: data}),
            "received",
            UNIT,
            (n("team", "晨光便民服务队"),),
            frozenset({check}),
        )
    extra = {"现场.mp4": b"\0\0\0\x18ftypmp42" + b"\0" * 300, "采访.mp3": b"ID3\3" + b"\0" * 300, "照片.jpg": _jpg()}
    yield case("file-harmless-extras", mail(files={**good, **extra}), "received", UNIT, (n("team", "晨光便民服务队"),))
    yield case(
        "cloud-beside",
        mail(text="视频太大，见 https://pan.baidu.com/s/1AbCdEf 提取码 1234。其余见附件。", files=good),
        "received",
        UNIT,
        (n("team", "晨光便民服务队"),),
        frozenset({"cloud-attachment"}),
    )
    for name, html in (
        (
            "qq",
            '<div>推荐材料</div><div>从QQ邮箱发来的超大附件</div><a href="https://wx.mail.qq.com/ftn/download?func=3&amp;k=1&amp;code=2">新乡市推荐材料.zip</a>',
        ),
        (
            "netease",
            '<div>推荐材料见附件</div><a href="https://dashi.163.com/html/cloud-attachment-download/?key=abc">新乡市.zip</a>',
        ),
        ("baidu", '<p>材料</p><a href="https://pan.baidu.com/s/1abc?pwd=1234">推荐材料下载</a>'),
    ):
        yield case(
            f"cloud-html-{name}", mail("新乡市推荐材料", html=html), "returned", "*", (), frozenset({"cloud-attachment"})
        )
    yield case(
        "no-cloud-official-link",
        mail("咨询", "通知我在 https://www.henan.gov.cn/2021/12-01/1.html 看到了，请问材料要不要装订？"),
        "held",
        "*",
    )


def _jpg() -> bytes:
    return bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb004300") + bytes([8] * 64) + bytes.fromhex("ffd9")


def _carried() -> Iterator[Case]:
    """The same nomination by other carriers of mail."""
    form, material = bodies("project", UNIT, "“暖心电梯”加装工程", "carried")
    files = {"推荐表.docx": form, "典型材料.docx": material}
    good = (n("project", "“暖心电梯”加装工程"),)
    inner = mail("推荐材料", files=files, sender="xxds@163.com")
    wrapped = MIMEMultipart("mixed")
    wrapped.attach(MIMEText("转发下面邮件，请查收推荐材料。", "plain", "utf-8"))
    wrapped.attach(MIMEMessage(email.message_from_bytes(inner)))
    wrapped["From"], wrapped["To"], wrapped["Subject"] = "li@163.com", OFFICE, word("转发：推荐材料")
    wrapped["Date"], wrapped["Message-ID"] = "Fri, 17 Dec 2021 11:00:00 +0800", "<fwd1@163.com>"
    yield case("forwarded-as-attachment", wrapped.as_bytes(), "received", UNIT, good)
    yield case(
        "forwarded-inline",
        mail(
            "Fw: 推荐材料",
            "\n\n---- 转发的邮件 ----\n发件人：新乡党史办<a@163.com>\n日期：2021年12月16日\n收件人：b@163.com\n主题：推荐材料\n\n请市里汇总上报",
            files,
        ),
        "received",
        UNIT,
        good,
    )
    yield case("gb2312-mail", mail("新乡市推荐材料", "材料见附件", files, charset="gb18030"), "received", UNIT, good)
    raw = mail("X", files=files).replace(b"Subject: X", "Subject: 新乡市推荐材料".encode("gb18030"))
    yield case("raw-eight-bit-subject", raw, "received", UNIT, good)
    renamed: list[Message] = []
    for name, data in files.items():
        part = attach("x", data)
        del part["Content-Disposition"]
        part["Content-Disposition"] = f'attachment; filename="{word(name, "gb18030")}"'
        renamed.append(part)
    yield case("names-2047-gbk", mail(parts=renamed), "received", UNIT, good)
    inline = [attach(name, data) for name, data in files.items()]
    for part in inline:
        part.replace_header("Content-Disposition", part["Content-Disposition"].replace("attachment", "inline"))
    yield case("parts-inline", mail(parts=inline), "received", UNIT, good)
    nameless = [attach("x", data) for data in files.values()]
    for part in nameless:
        del part["Content-Disposition"]
    yield case("parts-nameless", mail(parts=nameless), "received", UNIT, good)
    yield case("no-subject-no-text", mail("", "", files), "received", UNIT, good)
    yield case("files-named-bin", mail(files={"tcmime.1.bin": form, "tcmime.2.bin": material}), "received", UNIT, good)
    yield case("question-with-files", mail("请查收", "材料见附件，请问还缺什么？", files), "received", UNIT, good)
    blank = paper.form("project", dict.fromkeys(paper.FIELDS["project"], ""))
    missing = ("material-missing", "publicity-missing", *(f"field-missing:{field}" for field in paper.STARRED["project"]))
    yield case(
        "blank-form-only",
        mail("新乡市推荐材料", "见附件", {"推荐表.docx": blank}),
        "received",
        "*",
        (n("project", None, *missing),),
    )


def cases() -> Iterator[Case]:
    yield from _words()
    yield from _automatic()
    yield from _files()
    yield from _carried()
