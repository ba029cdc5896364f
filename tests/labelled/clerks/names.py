"""Units as people call them, and the places in which the name stands: form, subject, signature, seal, file, folder, sender."""

from collections.abc import Iterator

from tests.labelled.clerks.base import FORM, STORY, case, filed, pair, received, returned, written
from tests.labelled.clerks.drawing import HAND_NAMES, form, story
from tests.labelled.clerks.sheet import KINDS, MEMBER, PROJECT, TEAM, Sheet, sheet
from tests.labelled.label import ANY, Case, Mail
from tests.labelled.packing import zipped

OVER = "2021年12月1日至12月7日在市日报公示，无异议。"
CITIES = {
    "郑州市委党史学习教育领导小组办公室": "410100",
    "中共新乡市委": "410700",
    "洛阳市委党史学习教育领导小组": "410300",
    "中共洛阳市委党史学教办": "410300",
    "济源示范区党工委": "419001",
    "济源市人民政府": "419001",
    "南阳市人民政府": "411300",
    "驻马店": "411700",
    "中共三门峡市委党史学习教育领导小组办公室": "411200",
    "濮阳市委": "410900",
    "安阳市": "410500",
    "周口市党史学习教育领导小组": "411600",
    "河南省平顶山市": "410400",
    "许昌市委、市政府": "411000",
}
OTHERS = {
    "省教育厅机关党委": "S031",
    "省卫健委": "S049",
    "团省委": "T002",
    "中国共产主义青年团河南省委员会": "T002",
    "省妇联": "T003",
    "郑大": "G001",
    "河工大": "G007",
    "华水": "G008",
    "安钢集团": "Q012",
    "省农信社": "Q022",
    "平煤神马集团": "Q002",
    "河南移动": "Q037",
    "省高院": "S078",
    "河南日报社": "S022",
    "中共河南省委组织部": "S006",
    "省委党校": "S018",
    "省直机关工委": "S016",
    "省发改委机关党委": "S030",
    "黄委会": "S093",
    "郑州海关": "S089",
    "省地矿局": "S109",
    "河南省教育厅党史学习教育领导小组办公室": "S031",
    "省总工会": "T001",
    "省残联": "T010",
    "信阳师院": "G014",
    "洛阳理工": "G024",
    "新乡医学院党委": "G013",
    "河南师范大学党委宣传部": "G003",
    "河南 省 财政 厅": "S039",
    "国家税务总局河南省税务局机关党委": "S080",
}
UNDER = {
    "滑县": "410526",
    "安阳县委": "410522",
    "新乡县": "410721",
    "濮阳县委党史学习教育领导小组办公室": "410928",
    "巩义市委": "410181",
    "郑州市金水区": "410105",
    "金水区委": "410105",
    "兰考县人民政府": "410225",
    "郑大一附院": "X001",
    "新乡医学院第一附属医院": "X013",
    "永煤集团": "X122",
    "国网洛阳供电公司": "X128",
    "长垣市": "410783",
    "邓州市委": "411381",
    "固始县委办公室": "411525",
    "河南大学第一附属医院": "X006",
    "省科技馆": "X107",
    "中共项城市委党史学习教育领导小组办公室": "411681",
}
NOWHERE = ("山东省教育厅", "陕西省西安市委", "腾达商贸有限公司", "西华大学", "河北大学", "上海市总工会", "湖北省妇联")


def cases() -> Iterator[Case]:
    """Every writing in the form, then every place for a name."""
    for number, (writing, unit) in enumerate((CITIES | OTHERS).items()):
        one = _sheet(f"name {writing}", writing, number, city=unit.startswith("4"))
        mail = written(writing, "“三个100”推荐材料", "请查收。", pair(one, HAND_NAMES[number % len(HAND_NAMES)]))
        yield case(f"name-{writing}", received(mail, unit, filed(one)))
    for number, (writing, unit) in enumerate(UNDER.items()):
        one = _sheet(f"under {writing}", writing, number, city=not unit.startswith("X"))
        mail = written(writing, "推荐材料", "见附件。", pair(one, HAND_NAMES[number % len(HAND_NAMES)]))
        yield case(f"under-{writing}", returned(mail, unit, "unit-not-entitled"))
    for number, writing in enumerate(NOWHERE):
        one = _sheet(f"nowhere {writing}", writing, number, city=False)
        mail = written(writing, "推荐材料", "见附件。", pair(one))
        yield case(f"nowhere-{writing}", returned(mail, None, "unit-unknown"))
    for name, mail_ in _places():
        yield case(f"place-{name}", mail_)


def _sheet(key: str, unit: str, number: int, *, city: bool) -> Sheet:
    return sheet(key, (PROJECT, TEAM, MEMBER)[number % 3], unit, OVER if city else "")


def _bare(key: str, number: int, *, city: bool = True) -> Sheet:
    """A form without the line 推荐单位."""
    return _sheet(key, "", number, city=city).without("推荐单位")


def _places() -> Iterator[tuple[str, Mail]]:
    yield from _one_place()
    yield from _two_places()


def _one_place() -> Iterator[tuple[str, Mail]]:
    for number, (writing, unit) in enumerate((("新乡市", "410700"), ("省司法厅", "S038"), ("河南农大", "G004"))):
        city = unit.startswith("4")
        one = _bare(f"subject {writing}", number, city=city)
        yield (
            f"subject-{writing}",
            received(written(f"s{writing}", f"{writing}“三个100”推荐表", "请查收", pair(one)), unit, filed(one)),
        )
        one = _bare(f"signature {writing}", number, city=city)
        text = f"领导好：\n现报送我单位推荐材料，请查收。\n\n{writing}\n2021年12月13日"
        yield f"signature-{writing}", received(written(f"g{writing}", "报送材料", text, pair(one)), unit, filed(one))
        one = _bare(f"sender {writing}", number, city=city)
        mail = written(f"n{writing}", "推荐材料", "见附件", pair(one), name=f"{writing}党办")
        yield f"sender-{writing}", received(mail, unit, filed(one))
        one = _bare(f"seal {writing}", number, city=city).but("推荐单位意见", f"同意推荐。\n{writing}（盖章）\n2021年12月9日")
        yield f"seal-{writing}", received(written(f"a{writing}", "推荐材料", "见附件", pair(one)), unit, filed(one))
        one = _bare(f"file {writing}", number, city=city)
        first, second = f"{writing}+{KINDS[one.category]}+推荐表.docx", f"{one.nominee}典型材料.docx"
        mail = written(f"f{writing}", "推荐材料", "见附件", {first: form(one), second: story(one)})
        yield f"file-{writing}", received(mail, unit, filed(one, form=first, material=second))
        one = _bare(f"folder {writing}", number, city=city)
        inner = {f"{writing}/{name}": content for name, content in pair(one).items()}
        mail = written(f"d{writing}", "推荐材料", "见附件", {"报送.zip": zipped(inner)})
        where = f"报送.zip/{writing}"
        yield f"folder-{writing}", received(mail, unit, filed(one, form=f"{where}/{FORM}", material=f"{where}/{STORY}"))


def _two_places() -> Iterator[tuple[str, Mail]]:
    one = _sheet("county by its city", "滑县", 1, city=True)
    text = "现将我市推荐材料报上，请审核。\n中共安阳市委党史学习教育领导小组办公室\n2021年12月12日"
    mail = written("county by its city", "安阳市推荐材料", text, pair(one), name="安阳市委党史办")
    yield "city-signs-county-form", received(mail, "410500", filed(one))
    one = _sheet("city form county subject", "郑州市", 0, city=True)
    mail = written("city form county subject", "金水区报送的材料", "金水区的，请收。", pair(one))
    yield "city-form-county-subject", received(mail, "410100", filed(one))
    one = _sheet("school signs office form", "河南省教育厅", 2, city=False)
    mail = written("school signs", "推荐材料", "附件请查收。\n某某实验小学 办公室", pair(one))
    yield "school-signs-office-form", received(mail, "S031", filed(one))
    one = _sheet("county does it", "信阳市", 0, city=True).but("实施单位", "固始县民政局")
    mail = written("county does it", "推荐材料", "请查收", pair(one))
    yield "county-does-it", received(mail, "411500", filed(one))
    one = _sheet("member of a hospital", "郑州大学", 2, city=False).but("工作单位及职务", "郑州大学第一附属医院急诊科护士长")
    mail = written("member of a hospital", "推荐材料", "请查收", pair(one))
    yield "member-of-a-hospital", received(mail, "G001", filed(one))
    first, second = _sheet("two a", "省教育厅", 0, city=False), _sheet("two b", "省财政厅", 1, city=False)
    files = {f"{one.nominee}{name}": content for one in (first, second) for name, content in pair(one).items()}
    mail = written("two offices", "两个单位的推荐材料", "请查收", files)
    yield "two-offices-in-one-mail", returned(mail, None, "unit-ambiguous")
    one = _bare("nobody says", 2, city=False)
    mail = written("nobody says", "推荐材料", "请查收", pair(one))
    yield "nobody-says-who", returned(mail, None, "unit-unknown")
    one = _sheet("webmail domain", "省体育局", 1, city=False)
    mail = written("webmail domain", "Fw:材料", "", pair(one), sender="xinxiang_liuyi@example.com", name="新乡老刘")
    yield "name-of-a-person-is-no-unit", received(mail, "S056", filed(one, form=ANY, material=ANY))
