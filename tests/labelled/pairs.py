"""Which form goes with which material: folders, numbers, names in files, folders, titles and texts, names within names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from tests.labelled import ooxml, packing, papers
from tests.labelled.build import Desk
from tests.labelled.clean import DOCX, filed
from tests.labelled.entry import MEMBER, PROJECT, TEAM, Entry
from tests.labelled.envelope import File
from tests.labelled.label import Case, Filed
from tests.labelled.senders import of

PLAIN = "用心用情办好群众身边事"


def text(one: Entry, heading: str, *first: str) -> Entry:
    """The same nomination with a material of this heading and these lines on top; nothing else in it names anybody."""
    return replace(one, heading=heading, body=(*first, *one.body))


def prose(*lines: str) -> bytes:
    """A document of running text."""
    return ooxml.document("".join(ooxml.paragraph(line) for line in lines))


@dataclass(slots=True)
class Shelf:
    """What one mail brings and what must be filed of it."""

    name: str
    city: str = "410700"
    desk: Desk = field(init=False)
    files: dict[str, bytes] = field(default_factory=dict)
    expected: list[Filed] = field(default_factory=list)
    findings: tuple[str, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.desk = Desk(self.name, of(self.city))

    def entry(self, category: str, nominee: str) -> Entry:
        """A clean nomination."""
        return self.desk.entry(category, nominee)

    def two(self, one: Entry, form: str, material: str, state: str = "accepted", *findings: str) -> None:
        """A nomination in two files, to be paired."""
        self.files[form] = papers.form(one, self.desk.look, self.desk.dice)
        self.files[material] = papers.material(one)
        self.expected.append(filed(one, form, material, state, *findings))

    def both(self, one: Entry, path: str) -> None:
        """A nomination in one document."""
        self.files[path] = papers.both(one, self.desk.look, self.desk.dice)
        self.expected.append(filed(one, path, path))

    def other(self, path: str, content: bytes, role: str = "") -> None:
        """A file that makes no nomination."""
        self.files[path] = content
        if role:
            self.roles[path] = role

    def loose(self) -> Case:
        """The files as attachments of their own."""
        files = [
            File(path, content, DOCX if path.endswith("docx") else "application/octet-stream")
            for path, content in self.files.items()
        ]
        return self._case(files, self.expected, self.roles, "")

    def boxed(self, box: str = "推荐材料.zip", *, gbk: bool = True) -> Case:
        """The files in one zip."""
        made = [
            replace(one, form=one.form and f"{box}/{one.form}", material=one.material and f"{box}/{one.material}")
            for one in self.expected
        ]
        roles = {f"{box}/{path}": role for path, role in self.roles.items()}
        return self._case([File(box, packing.zipped(self.files, gbk=gbk))], made, roles, f"{box}/")

    def _case(self, files: list[File], made: list[Filed], roles: Mapping[str, str], under: str) -> Case:
        findings = [key.replace("@", f"@{under}") for key in self.findings]
        return self.desk.case(self.desk.write(files), self.desk.received(*made, findings=findings, roles=roles))


MEMBERS = ("郝春生", "孔雅静", "段永刚")


def _members(shelf: Shelf, heading: str = PLAIN) -> list[Entry]:
    return [text(shelf.entry(MEMBER, name), heading) for name in MEMBERS]


NAMINGS: dict[str, tuple[str, str]] = {
    "folder-of-name": ("{n}/推荐表.docx", "{n}/典型材料.docx"),
    "folder-of-number": ("{i}/推荐表.docx", "{i}/典型材料.docx"),
    "folder-numbered-name": ("{i}、{n}（党员服务标兵）/1.推荐表.docx", "{i}、{n}（党员服务标兵）/2.材料.docx"),
    "folder-in-folder": ("党员服务标兵/{i}.{n}/表.docx", "党员服务标兵/{i}.{n}/文.docx"),
    "folder-audited": ("{n}（已审）/附件1.docx", "{n}（已审）/附件2.docx"),
    "kinds-in-folders": ("推荐表/{i}.docx", "典型材料/{i}.docx"),
    "kinds-in-folders-by-name": ("1推荐表/{n}.docx", "2典型材料/{n}.docx"),
    "number-dash": ("0{i}-1 表.docx", "0{i}-2 材料.docx"),
    "number-dot-kind": ("{i}.推荐表.docx", "{i}.典型材料.docx"),
    "kind-number": ("推荐表{i}.docx", "典型材料{i}.docx"),
    "kind-number-downloaded": ("推荐表({i}).docx", "典型材料({i}).docx"),
    "annex-two-levels": ("附件{i}-1推荐表.docx", "附件{i}-2典型材料.docx"),
    "annex-chinese": ("附件{c}之一：推荐表.docx", "附件{c}之二：典型材料.docx"),
    "annex-running": ("附件{o}：推荐表（{n}）.docx", "附件{e}：典型材料（{n}）.docx"),
    "running-number": ("{o}.推荐表（{n}）.docx", "{e}.典型材料（{n}）.docx"),
    "running-number-alone": ("{o} {n}.docx", "{e} {n}.docx"),
    "name-twice": ("{n}.docx", "{n} (2).docx"),
    "name-one-two": ("{n}1.docx", "{n}2.docx"),
    "name-table-text": ("{n}表.docx", "{n}文字.docx"),
    "kind-dash-name": ("推荐表-{n}.docx", "材料-{n}.docx"),
    "name-underscore": ("{n}_推荐表_终稿.docx", "{n}_事迹_修改稿.docx"),
    "unit-kind-name": ("新乡市党员服务标兵推荐表{n}.docx", "新乡市党员服务标兵事迹材料{n}.docx"),
    "unit-name-in-one": ("新乡市{n}推荐表.docx", "新乡市{n}同志事迹.docx"),
    "date-in-name": ("20211209{n}推荐表.docx", "20211210{n}典型材料.docx"),
    "spaced-name": ("推荐表 {s}.docx", "典型材料 {s}.docx"),
    "courtesy": ("{n}同志推荐表.docx", "{n}同志先进事迹.docx"),
    "bracketed": ("【{n}】推荐表.docx", "【{n}】典型材料.docx"),
    "plus": ("党员服务标兵+{n}+推荐表.docx", "党员服务标兵+{n}+典型材料.docx"),
    "trailing-unit": ("推荐表（{n} 红旗区民政局）.docx", "典型材料（{n} 红旗区民政局）.docx"),
    "full-width-number": ("{w}．推荐表.docx", "{w}．典型材料.docx"),
}


def _by_names() -> Iterator[Case]:
    """Materials that name nobody: only names of files and folders tell."""
    for number, (name, (form, material)) in enumerate(NAMINGS.items()):
        shelf = Shelf(f"pairs-{name}")
        for i, one in enumerate(_members(shelf), 1):
            told = {
                "n": one.nominee,
                "i": i,
                "c": "一二三"[i - 1],
                "o": 2 * i - 1,
                "e": 2 * i,
                "s": " ".join(one.nominee),
                "w": "１２３"[i - 1],
            }
            shelf.two(one, form.format(**told), material.format(**told))
        yield shelf.boxed(gbk=number % 2 == 0) if "/" in form or number % 3 else shelf.loose()


def _like_names() -> Iterator[Case]:
    """Names within names, names alike, one name in two categories."""
    for case, names in {
        "surname": ("王建国", "王建军"),
        "name-within-name": ("张伟", "张伟民"),
        "two-characters": ("李丽", "李莉"),
        "with-dot": ("买买提·吐尔逊", "阿依古丽·买买提"),
    }.items():
        for told in ("files", "titles"):
            shelf = Shelf(f"pairs-{case}-{told}")
            for number, name in enumerate(names, 1):
                heading = f"{name}同志先进事迹材料" if told == "titles" else PLAIN
                one = text(shelf.entry(MEMBER, name), heading)
                pair = (f"{name.replace('·', '.')}推荐表.docx", f"{name.replace('·', '')}材料.docx")
                shelf.two(one, *(pair if told == "files" else (f"表{number}.docx", f"文{3 - number}.docx")))
            yield shelf.loose()
    shelf = Shelf("pairs-spaced-in-form")
    for name in ("王 瑞", "李 楠"):
        one = text(shelf.entry(MEMBER, name), PLAIN)
        shelf.two(one, f"{name.replace(' ', '')}推荐表.docx", f"{name.replace(' ', '')}典型材料.docx")
    yield shelf.loose()
    shelf = Shelf("pairs-courtesy-in-form")
    for name in ("贺志强同志", "龚晓燕同志"):
        one = text(shelf.entry(MEMBER, name), PLAIN)
        shelf.two(one, f"{name[:3]}推荐表.docx", f"{name[:3]}典型材料.docx")
    yield shelf.loose()
    for told in ("files", "titles"):
        shelf = Shelf(f"pairs-team-within-team-{told}")
        for number, name in enumerate(("“暖心桥”志愿服务队", "红旗区“暖心桥”志愿服务队第二分队"), 1):
            one = text(shelf.entry(TEAM, name), f"{name}典型材料" if told == "titles" else PLAIN)
            pair = (
                (f"{name}推荐表.docx", f"{name}典型材料.docx")
                if told == "files"
                else (f"表{number}.docx", f"文{3 - number}.docx")
            )
            shelf.two(one, *pair)
        yield shelf.loose()
    shelf = Shelf("pairs-project-and-team-of-one-core")
    for number, (category, name) in enumerate(((PROJECT, "“暖心桥”为老助餐项目"), (TEAM, "“暖心桥”志愿服务队")), 1):
        one = text(shelf.entry(category, name), f"{name}典型材料")
        shelf.two(one, f"表{number}.docx", f"文{3 - number}.docx")
    yield shelf.loose()
    shelf = Shelf("pairs-project-done-by-a-nominated-team")
    team = shelf.entry(TEAM, "金穗农技推广小分队")
    project = text(
        shelf.entry(PROJECT, "“田间课堂”送技下乡项目"),
        "把课堂搬到田间地头",
        "“田间课堂”送技下乡项目由金穗农技推广小分队承担，今年以来开课一百余场。",
    )
    shelf.two(project.but(实施单位=team.nominee), "实事项目推荐表.docx", "材料甲.docx")
    shelf.two(text(team, "金穗农技推广小分队先进事迹"), "服务团队推荐表.docx", "材料乙.docx")
    yield shelf.loose()
    shelf = Shelf("pairs-leader-of-a-team-nominated-too")
    leader = shelf.entry(MEMBER, "常守信")
    team = shelf.entry(TEAM, "槐树社区党群服务站").but(负责人="常守信")
    shelf.two(text(leader, "常守信同志先进事迹", "常守信，槐树社区党群服务站负责人。"), "标兵表.docx", "材料1.docx")
    shelf.two(
        text(team, "小站点里的大民生", "槐树社区党群服务站在站长常守信带领下，把服务送到群众身边。"),
        "团队表.docx",
        "材料2.docx",
    )
    yield shelf.loose()


def _wordings() -> Iterator[Case]:
    """Names shortened in file names, titles that say it otherwise, names only in the text."""
    shelf = Shelf("pairs-projects-shortened")
    for name, short in {
        "“一老一小”关爱照护服务体系建设项目": "一老一小",
        "农村饮用水水质提升民生工程": "饮水工程",
        "城市“口袋公园”三年建设行动": "口袋公园",
    }.items():
        shelf.two(text(shelf.entry(PROJECT, name), PLAIN), f"{short}推荐表.docx", f"{short}.docx")
    yield shelf.loose()
    shelf = Shelf("pairs-titles-otherwise")
    for number, (name, title, first) in enumerate(
        (
            (
                "农村饮用水水质提升民生工程",
                "一泓清水润民心",
                "为让群众喝上放心水，全市实施农村饮用水水质提升民生工程，惠及百村。",
            ),
            ("城市“口袋公园”三年建设行动", "推窗见绿 出门入园", "城市“口袋公园”三年建设行动启动以来，建成公园百余处。"),
        ),
        1,
    ):
        shelf.two(text(shelf.entry(PROJECT, name), title, first), f"推荐表{'甲乙'[number - 1]}.docx", f"{title}.docx")
    yield shelf.loose()
    shelf = Shelf("pairs-named-deep-in-the-text")
    for number, name in enumerate(("顾长河", "尹桂兰"), 1):
        one = text(shelf.entry(MEMBER, name), ("扎根基层的老黄牛", "大山里的领路人")[number - 1])
        one = replace(one, body=(*one.body, f"多年来，{name}同志始终坚守一线，大家都说：“有事找{name}。”"))
        shelf.two(one, f"推荐表-{number}.docx", f"文{'甲乙'[number - 1]}.docx")
    yield shelf.loose()
    shelf = Shelf("pairs-by-who-does-it")
    for number, (name, body) in enumerate((("“夜归灯”照明提升项目", "柳林供电所"), ("“流动书屋”进山项目", "龙泉图书馆")), 1):
        one = text(
            shelf.entry(PROJECT, name),
            ("点亮回家路", "书香飘进大山")[number - 1],
            f"{body}坚持为民服务，{body}党支部带头攻坚。",
        )
        shelf.two(one.but(实施单位=body), f"推荐表-{number}.docx", f"文{'甲乙'[number - 1]}.docx")
    yield shelf.loose()
    shelf = Shelf("pairs-the-last-by-elimination")
    for number, one in enumerate(_members(shelf, "典型材料"), 1):
        told = one.nominee if number < 3 else ""
        shelf.two(text(one, f"{told}典型材料"), f"{one.nominee}推荐表.docx", f"{told}典型材料.docx")
    yield shelf.loose()
    shelf = Shelf("pairs-by-category-alone")
    for category, short in ((PROJECT, "实事项目"), (TEAM, "先进服务单位"), (MEMBER, "党员服务标兵")):
        one = shelf.desk.entry(category)
        shelf.two(text(one, PLAIN), f"{short}推荐表.docx", f"{short}典型材料.docx")
    yield shelf.loose()
    shelf = Shelf("pairs-by-category-in-the-title")
    for number, (category, short) in enumerate(
        ((PROJECT, "实事项目"), (TEAM, "先进服务单位（团队）"), (MEMBER, "党员服务标兵")), 1
    ):
        one = shelf.desk.entry(category)
        shelf.two(text(one, f"{short}典型材料"), f"表{number}.docx", f"文{4 - number}.docx")
    yield shelf.loose()
    shelf = Shelf("pairs-forms-by-number-materials-by-name")
    for number, name in enumerate(MEMBERS, 1):
        shelf.two(text(shelf.entry(MEMBER, name), PLAIN), f"推荐表/{number}.docx", f"事迹/{name}.docx")
    yield shelf.boxed()
    shelf = Shelf("pairs-names-only-in-folders-of-materials")
    for number, name in enumerate(MEMBERS, 1):
        shelf.two(text(shelf.entry(MEMBER, name), PLAIN), f"推荐表/{number}.docx", f"事迹/{name}/正文.docx")
    yield shelf.boxed()


def cases() -> Iterator[Case]:
    """All of them."""
    for part in (_by_names, _like_names, _wordings):
        yield from part()
