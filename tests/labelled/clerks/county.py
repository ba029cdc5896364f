"""A county town's clerk who has never learnt WPS: every layout in every category, odd names of files, notes left in labels."""

from collections.abc import Iterator
from dataclasses import replace

from tests.labelled.clerks.base import FORM, STORY, Files, case, filed, pair, received, written
from tests.labelled.clerks.drawing import HAND_NAMES, form, note, overview, plain, spreadsheet, story, web_page
from tests.labelled.clerks.names import OVER
from tests.labelled.clerks.sheet import MEMBER, PROJECT, TEAM, TITLES, Sheet, sheet
from tests.labelled.label import Case

CITY, UNIT = "商丘市", "411400"
RENAMED = {
    "姓名": "姓 名（必填）",
    "主要事迹": "主要事迹（限2000字以内，可另附页）",
    "推荐单位意见": "推荐单位意见（盖章）",
    "出生年月": "出生年月（岁）",
    "联系电话": "联系电话（手机）",
    "政治面貌": "政治面貌*",
    "公示情况": "公示情况（媒体、时间、有无异议）",
    "项目名称": "★项目名称",
    "实施单位": "实施单位（全称）",
    "单位（团队）名称": "单位(团队)名称",
    "主要做法和成效": "主要做法及成效",
    "负责人": "负责人姓名",
    "工作单位及职务": "工作单位、职务",
    "入党时间": "入党\n时间",
}
FILE_NAMES = (
    ("新建 Microsoft Word 文档.docx", "新建 Microsoft Word 文档 (2).docx"),
    ("1.docx", "2.docx"),
    ("无标题.docx", "最终版.docx"),
    ("附件2.docx", "附件3.docx"),
    ("表.docx", "文.docx"),
    ("推荐表（改3）(1).docx", "事迹（定稿）最终.docx"),
)


def cases() -> Iterator[Case]:
    """Layouts, labels with notes, names of files, other programs than Word, what else is put in."""
    for number, hand in enumerate(HAND_NAMES):
        for category in (PROJECT, TEAM, MEMBER):
            one = sheet(f"county {hand} {category}", category, CITY, OVER)
            mail = written(f"county {number}", "报送材料", "您好，材料在附件里。", pair(one, hand))
            yield case(f"county-{hand}-{category}", received(mail, UNIT, filed(one)))
    for hand in ("grid", "spaced", "inside", "lines", "photo", "numbered"):
        for category in (PROJECT, TEAM, MEMBER):
            one = sheet(f"county noted {hand} {category}", category, CITY, OVER)
            noted = replace(one, values=tuple((RENAMED.get(label, label), value) for label, value in one.values))
            files = {FORM: _titled(noted if hand != "lines" else _on_one_line(noted), hand), STORY: story(one)}
            yield case(
                f"county-noted-{hand}-{category}",
                received(written(f"noted {hand}", "材料", "请收", files), UNIT, filed(one)),
            )
    for number, (first, second) in enumerate(FILE_NAMES):
        one = sheet(f"county names {number}", (PROJECT, TEAM, MEMBER)[number % 3], CITY, OVER)
        mail = written(f"names {number}", "材料", "", {second: story(one), first: form(one, "spaced")})
        yield case(f"county-file-names-{number}", received(mail, UNIT, filed(one, form=first, material=second)))
    for name, one, made, first, second in _programs():
        yield case(
            f"county-{name}", received(written(name, "材料", "请收", made), UNIT, filed(one, form=first, material=second))
        )
    yield from _extras()


def _titled(noted: Sheet, hand: str) -> bytes:
    """The form, its title in the long dress of the campaign."""
    return form(noted, hand, title=f"全省“我为群众办实事”“三个100”推选活动{TITLES[noted.category]}")


def _on_one_line(noted: Sheet) -> Sheet:
    """Nobody breaks a label that stands in no narrow cell."""
    return replace(noted, values=tuple((label.replace("\n", ""), value) for label, value in noted.values))


def _programs() -> Iterator[tuple[str, Sheet, Files, str, str]]:
    one = sheet("county workbook", MEMBER, CITY, OVER)
    yield "form-in-a-workbook", one, {"推荐表.xlsx": spreadsheet(one), STORY: story(one)}, "推荐表.xlsx", STORY
    one = sheet("county notepad", TEAM, CITY, OVER)
    yield "material-of-the-notepad", one, {FORM: form(one), "材料.txt": plain(one)}, FORM, "材料.txt"
    one = sheet("county notepad utf16", TEAM, CITY, OVER)
    files = {FORM: form(one), "材料.txt": plain(one, "utf-16")}
    yield "material-of-the-notepad-unicode", one, files, FORM, "材料.txt"
    one = sheet("county web page", PROJECT, CITY, OVER)
    yield "form-is-a-web-page", one, {"推荐表.doc": web_page(one), STORY: story(one)}, "推荐表.doc", STORY
    one = sheet("county web page gbk", PROJECT, CITY, OVER)
    files = {"推荐表.doc": web_page(one, "gb18030"), STORY: story(one)}
    yield "form-is-a-web-page-of-old", one, files, "推荐表.doc", STORY
    one = sheet("county wrong ending", MEMBER, CITY, OVER)
    yield "word-named-doc", one, {"推荐表.doc": form(one), "材料.wps": story(one)}, "推荐表.doc", "材料.wps"
    one = sheet("county no ending", MEMBER, CITY, OVER)
    yield "files-without-endings", one, {"推荐表": form(one), "材料": story(one)}, "推荐表", "材料"


def _extras() -> Iterator[Case]:
    one = sheet("county letter", PROJECT, CITY, OVER)
    cover = note("关于报送推荐材料的函", "省委党史学习教育领导小组办公室：", "现将有关材料报上，请审阅。", "2021年12月10日")
    mail = written("letter", "函", "请查收", {"报送函.docx": cover, **pair(one)})
    yield case("county-with-a-letter", received(mail, UNIT, filed(one)))
    one = sheet("county list", PROJECT, CITY, OVER)
    mail = written("list", "汇总", "请查收", {"汇总表.xlsx": overview(one), **pair(one)})
    yield case("county-with-a-list", received(mail, UNIT, filed(one)))
    one = sheet("county proof", TEAM, CITY, OVER)
    proof = note("公示", f"现将拟推荐的“{one.nominee}”予以公示。", "公示时间：2021年12月1日至12月7日", "监督电话：0370-3289001")
    mail = written("proof", "含公示证明", "请查收", {"公示证明.docx": proof, **pair(one)})
    yield case("county-with-a-proof", received(mail, UNIT, filed(one)))
    one = sheet("county blank twice", MEMBER, CITY, OVER)
    mail = written(
        "notice", "材料", "请查收", {"通知.docx": note("关于开展推选活动的通知", "请各单位于12月20日前报送。"), **pair(one)}
    )
    yield case("county-with-the-notice", received(mail, UNIT, filed(one)))
