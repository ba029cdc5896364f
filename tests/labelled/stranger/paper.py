"""Forms and materials as files, in the layouts that offices really use."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "%s</Types>"
)
_HEADER_TYPE = '<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>'
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOC_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>'
)

TITLES = {
    "project": "群众满意度高的实事（服务项目）推荐表",
    "team": "先进服务单位（团队）推荐表",
    "member": "党员服务标兵推荐表",
}
FIELDS = {
    "project": "推荐单位 项目名称 实施单位 开展时间 受益人数 项目负责人 联系电话 项目简介 主要做法和成效 群众评价 公示情况 推荐单位意见 审定意见".split(),
    "team": "推荐单位 单位（团队）名称 单位性质 人数 负责人 单位地址 联系人 联系电话 曾获表彰 主要事迹 公示情况 推荐单位意见 审定意见".split(),
    "member": (
        "推荐单位 姓名 性别 民族 出生年月 政治面貌 入党时间 参加工作时间 学历 工作单位及职务 联系电话 个人简历 曾获表彰 主要事迹 "
        "公示情况 所在单位意见 推荐单位意见 审定意见"
    ).split(),
}
STARRED = {
    "project": "项目名称 实施单位 项目负责人 联系电话 项目简介 主要做法和成效 推荐单位意见".split(),
    "team": "单位（团队）名称 单位性质 负责人 联系人 联系电话 主要事迹 推荐单位意见".split(),
    "member": "姓名 性别 出生年月 政治面貌 入党时间 工作单位及职务 联系电话 主要事迹 推荐单位意见".split(),
}
NAME = {"project": "项目名称", "team": "单位（团队）名称", "member": "姓名"}
LONG = {
    "项目简介",
    "主要做法和成效",
    "群众评价",
    "公示情况",
    "推荐单位意见",
    "审定意见",
    "主要事迹",
    "个人简历",
    "所在单位意见",
    "曾获表彰",
}

Rows = list[tuple[str, str]]


def p(text: str) -> str:
    """One paragraph; a line feed in `text` is a line break inside it."""
    runs = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(line) for line in text.split("\n"))
    return f'<w:p><w:r><w:t xml:space="preserve">{runs}</w:t></w:r></w:p>'


def cell(content: str, span: int = 1, vertical: bool = False, merge: str = "") -> str:
    """One cell around ready paragraphs."""
    props = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    props += '<w:vMerge w:val="restart"/>' if merge == "start" else "<w:vMerge/>" if merge == "go" else ""
    props += '<w:textDirection w:val="tbRlV"/>' if vertical else ""
    return f"<w:tc><w:tcPr><w:tcW w:w='0' w:type='auto'/>{props}</w:tcPr>{content}</w:tc>"


def table(rows: Sequence[Sequence[str]], columns: int, borders: bool = True) -> str:
    """A table of ready cells."""
    edge = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    grid = "<w:gridCol w:w='2000'/>" * columns
    inner = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{f'<w:tblBorders>{edge}</w:tblBorders>' if borders else ''}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl>"


def docx(body: str, header: str = "", extra: Mapping[str, bytes] | None = None) -> bytes:
    """A docx around ready body XML."""
    space = (
        f'xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId9"/></w:sectPr>' if header else "<w:sectPr/>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bag:
        bag.writestr("[Content_Types].xml", _TYPES % (_HEADER_TYPE if header else ""))
        bag.writestr("_rels/.rels", _RELS)
        bag.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><w:document {space}><w:body>{body}{section}</w:body></w:document>',
        )
        if header:
            bag.writestr("word/_rels/document.xml.rels", _DOC_RELS)
            bag.writestr("word/header1.xml", f'<?xml version="1.0"?><w:hdr xmlns:w="{W}">{p(header)}</w:hdr>')
        for name, data in (extra or {}).items():
            bag.writestr(name, data)
    return out.getvalue()


def spaced(label: str) -> str:
    """姓名 -> 姓  名."""
    return "  ".join(label) if len(label) <= 4 else label


def down(label: str) -> str:
    """A label written downwards, one character a line."""
    return "\n".join(label)


# ---- layouts: rows of (label, value) to body XML ------------------------------------------------------------------------------


def two(rows: Rows) -> str:
    return table([[cell(p(a)), cell(p(b))] for a, b in rows], 2)


def _paired(rows: Rows, lab: Callable[[str], str] = str, wide: Callable[[str], str] = str) -> list[list[str]]:
    out: list[list[str]] = []
    short = [r for r in rows if r[0] not in LONG]
    for i in range(0, len(short) - 1, 2):
        (a, b), (c, d) = short[i], short[i + 1]
        out.append([cell(p(lab(a))), cell(p(b)), cell(p(lab(c))), cell(p(d))])
    if len(short) % 2:
        a, b = short[-1]
        out.append([cell(p(lab(a))), cell(p(b), span=3)])
    for a, b in (r for r in rows if r[0] in LONG):
        out.append([cell(p(wide(a))), cell("".join(p(x) for x in b.split("\n")), span=3)])
    return out


def four(rows: Rows) -> str:
    return table(_paired(rows), 4)


def four_spaced(rows: Rows) -> str:
    return table(_paired(rows, spaced, lambda a: " ".join(a)), 4)


def four_down(rows: Rows) -> str:
    return table(_paired(rows, spaced, down), 4)


def no_borders(rows: Rows) -> str:
    return table([[cell(p(a + "：")), cell(p(b))] for a, b in rows], 2, borders=False)


def inside(rows: Rows) -> str:
    """Label and value in one cell."""
    return table([[cell(p(f"{a}：{b}"))] for a, b in rows], 1)


def inside_two(rows: Rows) -> str:
    """Label and value in one cell, two cells a row."""
    short = [r for r in rows if r[0] not in LONG]
    out = [[cell(p(f"{a}：{b}")) for a, b in short[i : i + 2]] for i in range(0, len(short), 2)]
    if len(out[-1]) == 1:
        out[-1].append(cell(p("")))
    out += [[cell(p(a + "：") + p(b), span=2)] for a, b in rows if a in LONG]
    return table(out, 2)


def lines(rows: Rows) -> str:
    return "".join(p(f"{a}：{b}") for a, b in rows)


def lines_numbered(rows: Rows) -> str:
    return "".join(p(f"{i}、{a}：{b}") for i, (a, b) in enumerate(rows, 1))


def headed(rows: Rows) -> str:
    """Label as a heading on a line of its own, the value below."""
    kan = "一二三四五六七八九十"
    nums = [*kan, *("十" + k for k in kan)]
    return "".join(p(f"{nums[i]}、{a}") + p(b) for i, (a, b) in enumerate(rows))


def below(rows: Rows) -> str:
    """The value in the cell under the label, for the short ones three a row."""
    short = [r for r in rows if r[0] not in LONG]
    out: list[list[str]] = []
    for i in range(0, len(short), 3):
        three = [*short[i : i + 3], ("", ""), ("", "")][:3]
        out.append([cell(p(a)) for a, _ in three])
        out.append([cell(p(b)) for _, b in three])
    for a, b in (r for r in rows if r[0] in LONG):
        out.append([cell(p(a), span=3)])
        out.append([cell(p(b), span=3)])
    return table(out, 3)


def controls(rows: Rows) -> str:
    def ctl(text: str) -> str:
        return f'<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{p(text)}</w:sdtContent></w:sdt>'

    return table([[cell(p(a)), cell(ctl(b))] for a, b in rows], 2)


def nested(rows: Rows) -> str:
    short = [r for r in rows if r[0] not in LONG]
    long = [r for r in rows if r[0] in LONG]
    inner = table([[cell(p(a)), cell(p(b))] for a, b in short], 2)
    return table([[cell(p("基本情况"), 1), cell(inner + p(""))], *[[cell(p(a)), cell(p(b))] for a, b in long]], 2)


def merged(rows: Rows) -> str:
    """A label that spans the photo column and value cells merged down."""
    out: list[list[str]] = []
    short = [r for r in rows if r[0] not in LONG]
    for i, (a, b) in enumerate(short):
        out.append([cell(p(a)), cell(p(b), span=2), cell(p("照片" if i == 0 else ""), merge="start" if i == 0 else "go")])
    for a, b in (r for r in rows if r[0] in LONG):
        half = len(b) // 2
        out.append([cell(p(a), merge="start"), cell(p(b[:half]), span=3)])
        out.append([cell(p(""), merge="go"), cell(p(b[half:]), span=3)])
    return table(out, 4)


def colon_left(rows: Rows) -> str:
    """Three columns: number, label with colon, value."""
    return table([[cell(p(str(i))), cell(p(a + "：")), cell(p(b))] for i, (a, b) in enumerate(rows, 1)], 3)


LAYOUTS: dict[str, Callable[[Rows], str]] = {
    f.__name__: f
    for f in (
        two,
        four,
        four_spaced,
        four_down,
        no_borders,
        inside,
        inside_two,
        lines,
        lines_numbered,
        headed,
        below,
        controls,
        nested,
        merged,
        colon_left,
    )
}

PEOPLE = "韦正洲 谷雨晴 申屠明远 麻秋实 牛得草 司长河 暴春来 介子安 化冬梅 苗向阳 栗小满 库新民 宰文博 乔木森 冀中原 和谐荣 盖世昌 仝立新".split()


def values(category: str, unit: str, nominee: str, seed: str) -> dict[str, str]:
    """A complete form's values, plain and different by seed."""
    dice = random.Random(seed + "form")  # noqa: S311 - reproducible text
    tel = f"1{dice.choice('3578')}{dice.randrange(10**9):09d}"
    from tests.labelled.stranger.texts import sentence

    story = "".join(sentence(dice) for _ in range(3))
    opinion = "经研究，同意推荐。（盖章）2021年12月17日"
    shown = "2021年12月8日至12月14日在《本市日报》公示5个工作日，无异议。"
    lead, second = dice.sample(PEOPLE, 2)
    common = {"推荐单位": unit, "联系电话": tel, "公示情况": shown, "推荐单位意见": opinion, "审定意见": ""}
    if category == "project":
        return common | {
            "项目名称": nominee, "实施单位": "惠民服务中心", "开展时间": "2021年3月至今", "受益人数": f"{dice.randrange(300, 9000)}人", "项目负责人": lead,
            "项目简介": story, "主要做法和成效": "".join(sentence(dice) for _ in range(4)), "群众评价": "群众满意率达98%以上。",
        }  # fmt: skip
    if category == "team":
        return common | {
            "单位（团队）名称": nominee, "单位性质": "事业单位", "人数": str(dice.randrange(5, 90)), "负责人": lead, "单位地址": "人民路66号",
            "联系人": second, "曾获表彰": "无", "主要事迹": story,
        }  # fmt: skip
    return common | {
        "姓名": nominee, "性别": dice.choice("男女"), "民族": "汉族", "出生年月": f"{dice.randrange(1966, 1994)}年{dice.randrange(1, 13)}月", "政治面貌": "中共党员",
        "入党时间": f"20{dice.randrange(12, 19)}年7月", "参加工作时间": "2010年9月", "学历": "大学本科", "工作单位及职务": "综合服务科科长",
        "个人简历": "2010年参加工作，一直在基层服务窗口。", "曾获表彰": "无", "主要事迹": story, "所在单位意见": "同意推荐。（盖章）2021年12月16日",
    }  # fmt: skip


def rows_of(category: str, data: Mapping[str, str | None], labels: Mapping[str, str] | None = None) -> Rows:
    """Rows in the form's order; a value None leaves the row out; `labels` renames."""
    names = labels or {}
    return [(names.get(f, f), v) for f in FIELDS[category] if (v := data.get(f, "")) is not None]


def form(
    category: str, data: Mapping[str, str | None], layout: str = "four", title: str | None = None, **more: object
) -> bytes:
    """A form as docx. `title` "" leaves it out; `head` is put before it; `labels` renames labels; `in_header` puts the title there."""
    labels = more.get("labels")
    name = TITLES[category] if title is None else title
    names: Mapping[str, str] = labels if isinstance(labels, dict) else {}
    body = LAYOUTS[layout](rows_of(category, data, names))
    head = str(more.get("head", ""))
    tail = str(more.get("tail", ""))
    front = (p(head) if head else "") + (p(name) if name and not more.get("in_header") else "")
    return docx(front + body + (p(tail) if tail else p("")), header=name if more.get("in_header") else "")


def prose(paragraphs: Sequence[str]) -> bytes:
    """A material as docx."""
    return docx("".join(p(x) for x in paragraphs))


def xlsx(rows: Sequence[Sequence[object]], sheet: str = "Sheet1") -> bytes:
    """A workbook of one sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(files: Mapping[str, bytes], gbk: bool = False) -> bytes:
    """A zip; `gbk` writes the names as Windows of old did."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bag:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (2021, 12, 17, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            bag.writestr(_Gbk(info) if gbk else info, data)
    return out.getvalue()


class _Gbk(zipfile.ZipInfo):
    """A member whose name is written in GBK without the flag."""

    def __init__(self, info: zipfile.ZipInfo) -> None:
        super().__init__(info.filename, info.date_time)
        self.compress_type = info.compress_type

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the library's name
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800
