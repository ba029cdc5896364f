"""The ugly mails of `tests/corpus/`, each as the program in its name writes it; people, units and addresses are invented."""

import binascii
from base64 import b64encode

from tests.reading.mails import PNG, mail, mixed, part, text_part, word
from tests.reading.packing import zip_of
from tests.reading.tnef_files import tnef_of

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(60))
RECEIVED = "Received: from a.example.cn (unknown [192.0.2.7]) by mx.example.com id 1;\r\n\tFri, 17 Dec 2021 16:20:01 +0800"
DATE = "Date: Fri, 17 Dec 2021 16:20:00 +0800"
TO = "To: <office@example.cn>"


def attachment(name: str) -> str:
    return f"Content-Disposition: attachment; {name}"


def percent(data: bytes) -> str:
    return "".join(f"%{byte:02X}" for byte in data)


def foxmail_gb2312_split_names() -> bytes:
    raw = "新乡市红旗区“党员联户＋”服务项目推荐表.jpg".encode("gb18030")
    pieces = [word(raw[at : at + 15]) for at in range(0, len(raw), 15)]
    joined = "\r\n\t".join(pieces)
    body = part(
        "各位老师：\r\n    现报送新乡市推荐材料，请查收。\r\n\r\n\r\n新乡市 李㛃\r\n".encode("gb18030"),
        'Content-Type: text/plain;\r\n\tcharset="gb2312"',
    )
    html = part(
        "<html><body>现报送新乡市推荐材料，请查收。</body></html>".encode("gb18030"),
        'Content-Type: text/html;\r\n\tcharset="gb2312"',
    )
    both = mixed([body, html], kind="alternative", boundary="----=_002_NextPart")
    file = part(
        JPEG,
        f'Content-Type: application/octet-stream;\r\n\tname="{joined}"',
        f'Content-Disposition: attachment;\r\n\tfilename="{joined}"',
    )
    return mixed(
        [both, file],
        RECEIVED,
        DATE,
        f'From: "{word("李㛃")}" <LiJie@Example.CN>',
        TO,
        f"Subject: {word('关于报送“三个100”推荐材料的')}\r\n {word('函')}",
        "X-Priority: 3",
        "X-Mailer: Foxmail 7.2.20.273[cn]",
        "Message-ID: <202112171620000123456@example.cn>",
        boundary="----=_001_NextPart",
    )


def qq_webmail_html_with_cloud_attachment() -> bytes:
    html = (
        '<div>您好，请从超大附件下载。</div><div><includetail><div style="display:none">hidden</div></includetail></div>'
        '<div>从QQ邮箱发来的超大附件</div><table><tr><td><a href="https://wx.mail.qq.com/ftn/download?func=3&amp;key=1a2b&amp;code=9">'
        "新乡市材料.zip</a> (212.5MB, 2022年01月16日 16:20 到期)</td></tr></table>"
    )
    name = f'name="{word("推荐表.png", "gb18030")}"'
    return mixed(
        [
            part(html.encode("gb18030"), 'Content-Type: text/html; charset="gb18030"'),
            part(
                PNG, f'Content-Type: application/octet-stream;\r\n\tcharset="gb18030";\r\n\t{name}', attachment(f"file{name}")
            ),
        ],
        RECEIVED,
        f'From: "=?gb18030?B?{b64encode("张三".encode("gb18030")).decode()}?=" <10001@qq.example.com>',
        TO,
        f"Subject: {word('材料', 'gb18030')}",
        DATE,
        "X-QQ-mid: webmail812t1639729200t1234567",
        "Message-ID: <tencent_0123456789ABCDEF@qq.example.com>",
    )


def netease_webmail_large_attachment() -> bytes:
    html = (
        '<div style="line-height:1.7"><p>您好！附件请查收。</p></div><div style="clear:both"><a href="https://mail.163.com/large-attachment-download/'
        'index.html?p=X-NETEASE-HUGE-ATTACHMENT&amp;file=abc">下载</a> 云附件 典型材料.rar 58.2M</div>'
    )
    both = mixed(
        [
            part("您好！附件请查收。".encode("gb18030"), "Content-Type: text/plain; charset=GBK"),
            part(html.encode("gb18030"), "Content-Type: text/html; charset=GBK"),
        ],
        kind="alternative",
        boundary="----=_Part_1",
    )
    return mixed(
        [both],
        RECEIVED,
        f"From: {word('王五', 'GBK')} <wangwu_2021@163.example.com>",
        TO,
        f"Subject: {word('河南某大学典型材料', 'GBK')}",
        DATE,
        "Message-ID: <1.1.17dc@163.example.com>",
        boundary="----=_Part_0",
    )


def outlook_winmail_dat() -> bytes:
    return mixed(
        [
            text_part("见附件。\r\n"),
            part(
                tnef_of([("推荐表.png", PNG), ("典型材料.jpg", JPEG)]),
                'Content-Type: application/ms-tnef;\r\n\tname="winmail.dat"',
                attachment('filename="winmail.dat"'),
            ),
        ],
        RECEIVED,
        "From: Zhao <zhao@example.cn>",
        TO,
        "Subject: =?utf-8?Q?=E6=8E=A8=E8=8D=90=E8=A1=A8?=",
        DATE,
        "X-MS-TNEF-Correlator: <1@example.cn>",
        "Message-ID: <1@example.cn>",
    )


def iphone_inline_photos_and_reply() -> bytes:
    quoted = "> 在 2021年12月16日，下午3:00，办公室 <office@example.cn> 写道：\n> \n> 【需补正】0012 请补报照片\n"
    text = f"补报照片。\n\n发自我的iPhone\n\n{quoted}"
    return mixed(
        [
            part(text.encode(), "Content-Type: text/plain;\r\n\tcharset=utf-8"),
            part(
                JPEG,
                "Content-Type: image/jpeg;\r\n\tname=IMG_0001.JPG",
                "Content-Disposition: inline;\r\n\tfilename=IMG_0001.JPG",
            ),
            part(
                JPEG + b"2",
                "Content-Type: image/jpeg;\r\n\tname=IMG_0001.JPG",
                "Content-Disposition: inline;\r\n\tfilename=IMG_0001.JPG",
            ),
            part(b"\n", "Content-Type: text/plain;\r\n\tcharset=utf-8"),
        ],
        RECEIVED,
        "From: =?utf-8?B?6Zmz5YWt?= <chenliu@example.cn>",
        TO,
        f"Subject: {word('回复：【需补正】新乡市 0012', 'utf-8', 'utf-8')}",
        DATE,
        "In-Reply-To: <defects.0012@office.example.cn>",
        "References: <a@example.cn>\r\n <defects.0012@office.example.cn>",
        "Mime-Version: 1.0 (1.0)",
        "Message-Id: <9A8B@example.cn>",
    )


def gbk_zip_with_folders() -> bytes:
    members = [
        (path.encode("gb18030"), content)
        for path, content in (("新乡市/1 实事项目/推荐表.png", PNG), ("新乡市/1 实事项目/昞材料.jpg", JPEG))
    ]
    archive = zip_of([*members, (b"__MACOSX/._x", b"x"), ("新乡市/Thumbs.db".encode("gb18030"), b"x")])
    name = f"filename*=gb2312''{percent('新乡市.zip'.encode('gb18030'))}"
    return mixed(
        [text_part("新乡市30项"), part(archive, "Content-Type: application/x-zip-compressed", attachment(name))],
        RECEIVED,
        "From: x@example.cn",
        TO,
        DATE,
        "Message-ID: <zip@example.cn>",
    )


def raw_8_bit_everywhere() -> bytes:
    subject, name = "报送推荐材料（镕）".encode("gb18030"), "推荐表镕.png".encode("gb18030")
    file = part(
        PNG, b'Content-Type: image/png; name="' + name + b'"', b'Content-Disposition: attachment; filename="' + name + b'"'
    )
    body = part("正文镕".encode("gb18030"), "Content-Type: text/plain", "Content-Transfer-Encoding: 8bit", encode=False)
    return mixed(
        [body, file], RECEIVED, b"Subject: " + subject, b"From: " + "镕某".encode("gb18030") + b" <rong@example.cn>", TO
    )


def mail_attached_to_a_mail() -> bytes:
    inner = mixed(
        [
            text_part("内层正文，不算外层的话。"),
            part(PNG, attachment(f"filename*0*=utf-8''{percent('推荐'.encode())}; filename*1*={percent('表.png'.encode())}")),
        ],
        "From: county@example.cn",
        f"Subject: {word('卫滨区推荐材料')}",
        "Message-ID: <inner@example.cn>",
        boundary="inner",
    )
    return mixed(
        [
            text_part("转报，请查收。"),
            part(inner, "Content-Type: message/rfc822", "Content-Disposition: attachment", encode=False),
        ],
        RECEIVED,
        "From: city@example.cn",
        TO,
        f"Subject: {word('Fw: 卫滨区推荐材料')}",
        DATE,
        "Message-ID: <outer@example.cn>",
    )


def bounce_rfc3464() -> bytes:
    status = b"Reporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; <nobody@example.cn>\r\nAction: failed\r\n"
    original = mail("x", "From: office@example.cn", "Message-ID: <receipt.0012@office.example.cn>", "Subject: receipt")
    return mixed(
        [
            text_part("Delivery failed."),
            part(status, "Content-Type: message/delivery-status", encode=False),
            part(original, "Content-Type: message/rfc822", encode=False),
        ],
        "Return-Path: <>",
        RECEIVED,
        "From: MAILER-DAEMON@mx.example.com (Mail Delivery System)",
        TO,
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        DATE,
        "Message-ID: <dsn@mx.example.com>",
        kind="report; report-type=delivery-status",
    )


def bounce_of_qq_in_gb18030_words() -> bytes:
    words = "<p>抱歉，您的邮件被退回来了……</p><p>收件人邮件地址（zhang@nowhere.example.cn）不存在，邮件无法送达。</p>"
    return mail(
        b64encode(words.encode("gb18030")),
        RECEIVED,
        f"From: {word('QQ邮箱管理员')} <PostMaster@qq.example.com>",
        TO,
        f"Subject: {word('来自 office@example.cn 的退信')}",
        DATE,
        "Content-Type: text/html; charset=gb18030",
        "Content-Transfer-Encoding: base64",
    )


def no_message_id_no_date_unknown_charset() -> bytes:
    return mail(
        "请问推荐表在哪里下载？".encode(),
        f"Subject: {word('咨询', 'x-unknown-8bit', 'utf-8')}",
        "From: ask@example.cn",
        "Content-Type: text/plain; charset=x-chinese-mystery",
    )


def headers_that_made_python_raise() -> bytes:
    return mail(
        b"\xd5\xfd\xce\xc4",
        'From: "',
        "Sender: real@example.cn",
        "Message-ID: <[weird id]>",
        "To: a@example.cn, undisclosed: ;",
        "Cc: (nested (comment) <c@example.cn>",
        "Subject : =?utf-8?q?=E6=8E=A8?=\r\n\t=?utf-8?q?=E8=8D?==?utf-8?q?=90?=",
        "Date: Fri, 31 Feb 20211 25:61:61 +9900",
        "Received: ((((",
        "Content-Type: text/plain; charset*1*=x; charset*bogus=y",
    )


def uuencoded_in_plain_text() -> bytes:
    lines = b"".join(binascii.b2a_uu(PNG[at : at + 45]) for at in range(0, len(PNG), 45))
    return mail(
        b"Hello\r\n\r\nbegin 644 photo.png\r\n" + lines + b"`\r\nend\r\n\r\nbye\r\n",
        "From: old@example.cn",
        "Subject: old mailer",
        "Message-ID: <uu@example.cn>",
    )


def cut_in_the_middle() -> bytes:
    return mixed(
        [text_part("正文完整"), part(JPEG * 40, attachment('filename="scan.jpg"'))],
        "From: cut@example.cn",
        "Subject: cut",
        "Message-ID: <cut@example.cn>",
    )[:2500]


def boundary_lost_on_the_way() -> bytes:
    whole = mixed(
        [text_part("正文"), part(PNG, attachment('filename="a.png"'))],
        "From: lost@example.cn",
        "Subject: lost",
        boundary="NextPart_01",
    )
    return whole.replace(b'; boundary="NextPart_01"', b"")


def own_letter_with_forged_authentication() -> bytes:
    return mail(
        "x",
        "Authentication-Results: mx.example.com; spf=fail",
        "Authentication-Results: mx.example.com; spf=pass",
        "X-Shouli: receipt",
        "Auto-Submitted: auto-replied",
        "From: office@example.cn",
        "Return-Path: <>",
        "Message-ID: <own@example.cn>",
        "Precedence: bulk",
        "X-Auto-Response-Suppress: All",
    )


def hostile_attachments() -> bytes:
    files = {
        "推荐表.exe": b"MZ\x90\x00\x03\x00",
        "推荐表.docx": b"",
        "slip.zip": zip_of([("../../etc/cron.d/x", b"x")]),
        "bomb.zip": zip_of([("a.txt", bytes(40_000_000))]),
        "../../安装.bat": b"@echo off\r\ndel *.*\r\n",
        "数据.dat": b"\x00\x01\x02\x03",
        "录音.mp3": b"ID3\x03\x00",
    }
    parts = [part(content, attachment(f'filename="{name}"')) for name, content in files.items()]
    return mixed([text_part("见附件"), *parts], "From: bad@example.cn", "Subject: x", "Message-ID: <bad@example.cn>")


def form_pasted_into_the_html_body() -> bytes:
    rows = "".join(
        f"<tr><td>{label}</td><td>{value}</td></tr>"
        for label, value in (("姓  名", "张三"), ("性别", "女"), ("联系电话", "0371-00000000"))
    )
    head = "<html><head><meta charset=gb2312><style>td{}</style></head><body><p>推荐表如下：</p>"
    html = f"{head}<table>{rows}</table><blockquote type=cite>旧信</blockquote></body></html>"
    return mail(
        html.encode("gb18030"),
        RECEIVED,
        "From: t@example.cn",
        "Subject: t",
        DATE,
        "Message-ID: <t@example.cn>",
        "Content-Type: text/html",
    )


def bare_line_feeds_nulls_and_old_mac_ends() -> bytes:
    head = b"From: nul@example.cn\nSubject: a\0b\nX-Broken: line\nno header at all\nMessage-ID: <nul@example.cn>\n"
    return head + b"\none\rtwo\nthree\0four\n"
