"""What fuzzing begins from: for each target small things of its kind, made by program, some by LibreOffice where it is."""

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.demo.acts import nominees
from bot.demo.cast import writer
from bot.demo.forms import form, form_with_material
from bot.demo.packing import page, summary, zipped, zipped_gbk
from bot.demo.scene import on
from tests.documents import p, r, raw_docx, tbl, tc
from tests.labelled.converted import OFFICE, converted
from tests.labelled.packing import sevenzip
from tests.reading.mails import PNG, mixed, part, text_part, word
from tests.reading.odf_files import fodt, ods, odt
from tests.reading.odf_files import p as odf_p
from tests.reading.odf_files import row as odf_row
from tests.reading.odf_files import style as odf_style
from tests.reading.odf_files import table as odf_table
from tests.reading.ole_files import ole_of
from tests.reading.packing import tar_of, zip_of
from tests.reading.test_formats import RTF, placed
from tests.reading.test_formats import ofd as ofd_of
from tests.reading.tnef_files import tnef_of

CORPUS = Path(__file__).parents[1] / "corpus"
AT = on(8, "10:00")
MOST = 40_000
"""Bytes of a mail that fuzzing begins from: a larger one spends its time in its attachments."""


@cache
def _form(category: str, dress: str) -> bytes:
    who = writer("xinxiang")
    (one,) = nominees(who, AT, {category: (0,)})
    return form(one, dress)


@cache
def _both() -> bytes:
    who = writer("water")
    (one,) = nominees(who, AT, {"member": (0,)})
    return form_with_material(one)


def slim(package: bytes) -> bytes:
    """An office document without its styles, fonts and themes: nothing reads them, and they are nine tenths of it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as thin:
        for info in whole.infolist():
            if not any(
                word in info.filename for word in ("styles", "theme", "fontTable", "webSettings", "docProps", "stylesWith")
            ):
                thin.writestr(zipfile.ZipInfo(info.filename), whole.read(info))
    return out.getvalue()


def mails() -> list[bytes]:
    small = [path.read_bytes() for path in sorted(CORPUS.glob("*.eml")) if path.stat().st_size <= MOST]
    inner = mixed([text_part(), part(PNG, "Content-Type: image/png")], "Subject: x", boundary="in")
    rich = mixed(
        [
            text_part("推荐单位：新乡市\n姓名：张三\n\n> 发件人: x\n> 好"),
            part(archives()[0], 'Content-Disposition: attachment; filename="a.zip"'),
            part(tnef_of([("推荐表.png", PNG)]), 'Content-Type: application/ms-tnef; name="winmail.dat"'),
            part(inner, "Content-Type: message/rfc822", encode=False),
            part(slim(_form("team", "pairs")), f'Content-Disposition: attachment; filename="{word("推荐表.docx")}"'),
        ],
        f"Subject: {word('报送')}",
        "From: a@example.cn",
        "Received: from a by b; Wed, 8 Dec 2021 10:00:00 +0800 (CST)",
        "Authentication-Results: mx; spf=pass smtp.mailfrom=a@example.cn",
    )
    return [*small, rich]


def docx() -> list[bytes]:
    odd = raw_docx(
        p(r("党员服务标兵推荐表"))
        + tbl(
            [tc(p(r("姓  名"))), tc(p(r("张三")), '<w:gridSpan w:val="2"/>')],
            [
                tc(p(r("性别")), '<w:vMerge w:val="restart"/>'),
                tc(p(r("□男 ☑女"))),
                tc(tbl([tc(p(r("民族"))), tc(p(r("汉")))]) + p()),
            ],
            [tc(p(), "<w:vMerge/>"), tc(p(r("1970年1月"))), tc(p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'))],
        )
        + "<w:sdt><w:sdtContent><w:p><w:r><w:t>主要事迹：</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    return [
        odd,
        slim(_both()),
        *(slim(_form(category, dress)) for category, dress in (("project", "pairs"), ("member", "photo"))),
    ]


@cache
def _converted(target: str, suffix: str) -> tuple[bytes, ...]:
    """By LibreOffice, where it is: what no program here writes."""
    if not OFFICE:
        return ()
    return tuple(converted({"a.docx": _form("member", "photo"), "b.docx": _both()}, target, suffix).values())


def doc() -> list[bytes]:
    return [ole_of({"WordDocument": b"\xec\xa5" + bytes(600), "1Table": bytes(200)}), *_converted("doc:MS Word 97", "doc")]


def rtf() -> list[bytes]:
    return [RTF, *_converted("rtf", "rtf")]


def odf() -> list[bytes]:
    form = odf_p("党员服务标兵推荐表") + odf_table(odf_row("姓名", "张三", repeated=2), odf_row("性别", "男", repeated=99))
    styles = odf_style("页", "<style:paragraph-properties fo:break-before='page'/>")
    return [odt(form + odf_p("材料", "页"), styles), ods(form), fodt(form, styles)]


def xlsx() -> list[bytes]:
    who = writer("water")
    (one,) = nominees(who, AT, {"member": (0,)})
    return [
        summary("党员服务标兵推荐表", [(name, value, "") for name, value in one.fields.items()]),
        summary("x", [("姓名", "张三")]),
    ]


def xls() -> list[bytes]:
    return [ole_of({"Workbook": b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(100)})]


def pdf() -> list[bytes]:
    return [page(["党员服务标兵推荐表", "姓名：张三", "性别：男"]), *_converted("pdf", "pdf")]


def ofd() -> list[bytes]:
    lines = '<ofd:PathObject Boundary="20 40 100 0.2"><ofd:AbbreviatedData>M 0 0 L 100 0</ofd:AbbreviatedData></ofd:PathObject>'
    return [ofd_of(placed("党员服务标兵推荐表", 60, 20) + lines * 2 + placed("姓名", 22, 42) + placed("张三", 62, 42))]


def html() -> list[bytes]:
    rows = "".join(
        f"<tr><td rowspan=2>{label}<td colspan='2'><p>{value}</p>" for label, value in (("姓名", "张三"), ("性别", "男"))
    )
    page = f"<html><head><meta charset=gb2312><style>p{{}}</style></head><body><h1>党员服务标兵推荐表</h1><table>{rows}</table>"
    return [page.encode("gb18030"), page.encode() + b"<script>x</script><!-- y --><a href='https://pan.baidu.com/s/1'>z</a>"]


def text() -> list[bytes]:
    said = "党员服务标兵推荐表\r\n姓名：张三\r\n性别：男\r\n主要事迹：\r\n一、服务\r\n电话 0371-65901305 公示 12月1日至7日"
    listed = "序号,推荐对象,所在单位\r\n1,张三,甲局\r\n2,李四,“乙,局”\r\n"
    return [said.encode("gb18030"), said.encode(), said.encode("utf-16"), listed.encode(), listed.replace(",", "\t").encode()]


@cache
def archives() -> list[bytes]:
    inner = zip_of([("新乡/推荐表.png", PNG), (b"b.png", PNG * 20), ("昞.png".encode("gb18030"), b"x")])
    nested = zip_of([("新乡/推荐表.png".encode("gb18030"), PNG), ("b.zip", inner)])
    return [
        nested,
        zipped_gbk({"a/推荐表.docx": b"x"}),
        zipped({"a.txt": b"y"}),
        sevenzip({"a/b.txt": b"z"}),
        tar_of([(b"a.png", PNG)], "w:gz"),
    ]


def packets() -> list[bytes]:
    saved = ole_of(
        {
            "__attach_version1.0_#00000000/__substg1.0_37010102": PNG,
            "__attach_version1.0_#00000000/__substg1.0_3707001F": b"a\0",
        }
    )
    return [tnef_of([("推荐表.png", PNG), ("照片.png", PNG)]), saved]


def _imap_answers(body: bytes) -> Iterator[bytes]:
    yield b"* CAPABILITY IMAP4rev1 ID\r\nTAG OK done\r\n"
    yield b"TAG OK logged in\r\n"
    yield b'* ID ("name" "coremail")\r\nTAG OK done\r\n'
    yield b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\nTAG OK [READ-ONLY] opened\r\n"
    yield b"* SEARCH 1 2\r\nTAG OK done\r\n"
    for_sizes = b'RFC822.SIZE %d INTERNALDATE "10-Dec-2021 04:00:00 +0000")\r\n' % len(body)
    yield b"* 1 FETCH (UID 1 " + for_sizes + b"* 2 FETCH (UID 2 " + for_sizes + b"TAG OK done\r\n"
    yield (
        b"".join(b"* %d FETCH (UID %d BODY[] {%d}\r\n" % (uid, uid, len(body)) + body + b")\r\n" for uid in (1, 2))
        + b"TAG OK done\r\n"
    )


def imap() -> list[bytes]:
    return [b"\0".join(_imap_answers(b"Subject: x\r\n\r\ny"))]


def smtp() -> list[bytes]:
    good = [
        b"220 ready\r\n",
        b"250-x\r\n250 SIZE 1000000\r\n",
        b"250 ok\r\n",
        b"250 ok\r\n",
        b"354 go on\r\n",
        b"250 queued\r\n",
        b"221 bye\r\n",
    ]
    return [b"\0".join(good), b"\0".join([*good[:5], b"554 DT:SPM 163 smtp7\r\n", b"250 ok\r\n"])]
