"""Which unit writes: tables of what mails say and whom a clerk would take it for, over the roster that ships."""

import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.rules import load_rules
from bot.campaign import Rules
from bot.deciding.unit_names import names_of
from bot.deciding.unit_text import fold
from bot.deciding.units import match_unit, written_units
from bot.model import (
    Address,
    Count,
    Evidence,
    Field,
    FileRead,
    Form,
    Format,
    Headers,
    Place,
    Reading,
    Section,
    UnitVerdict,
)

ROSTER = Path(__file__).parents[2] / "rules" / "3x100-2021"

ZHENGZHOU, KAIFENG, LUOYANG, ANYANG, XINXIANG, NANYANG, JIYUAN = (
    "410100",
    "410200",
    "410300",
    "410500",
    "410700",
    "411300",
    "419001",
)


@cache
def rules() -> Rules:
    return load_rules(ROSTER)


@cache
def id_of(name: str) -> str:
    return next(unit.id for unit in rules().units if unit.name == name)


def form(unit: str = "", seal: str = "", nominee: str = "王建国", workplace: str = "") -> Section:
    place = Place("推荐表.docx", table=1, row=1, column=2)
    fields = {"推荐单位": unit, "推荐单位意见": seal, "姓名": nominee, "工作单位及职务": workplace}
    made = Form("党员服务标兵推荐表", tuple(Field(name, name, value, place) for name, value in fields.items()))
    return Section("党员服务标兵推荐表", "", Count(0, 0), form=made)


def file(path: str, *sections: Section, container: bool = False) -> FileRead:
    return FileRead(path, "0" * 64, 1000, Format.ZIP if container else Format.DOCX, sections=sections, container=container)


def mail(
    *forms: Section,
    text: str = "",
    subject: str = "",
    sender: str = "",
    address: str = "someone@example.org",
    paths: tuple[str, ...] = (),
    files: tuple[FileRead, ...] = (),
) -> Reading:
    read = tuple(file(f"推荐表{n}.docx", one) for n, one in enumerate(forms, 1)) + tuple(map(file, paths)) + files
    return Reading(Headers("<1@example.org>", subject, Address(address, sender)), text, text, read)


def verdict(reading: Reading, thread: str | None = None) -> tuple[str | None, str | None, tuple[str, ...]]:
    made = match_unit(reading, rules(), thread)
    return made.unit, made.finding, made.candidates


def name(unit: str | None) -> str | None:
    return next((known.name for known in rules().units if known.id == unit), None)


# --- one name ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        # cities in all their offices
        ("郑州市", "郑州市"),
        ("郑州", "郑州市"),
        ("河南省郑州市", "郑州市"),
        ("郑 州 市", "郑州市"),
        ("郑州市（盖章）", "郑州市"),
        ("中共郑州市委", "郑州市"),
        ("中共郑州市委员会", "郑州市"),
        ("中国共产党郑州市委员会", "郑州市"),
        ("中共郑州市委党史学习教育领导小组办公室", "郑州市"),
        ("郑州市党史学习教育领导小组办公室", "郑州市"),
        ("郑州市委党史学习教育领导小组", "郑州市"),
        ("郑州市委宣传部", "郑州市"),
        ("郑州市委办公厅", "郑州市"),
        ("郑州市人民政府办公厅", "郑州市"),
        ("郑州市委市政府", "郑州市"),
        ("洛阳市委组织部", "洛阳市"),
        ("新乡市", "新乡市"),
        ("新乡", "新乡市"),
        ("安阳市委", "安阳市"),
        ("平顶山", "平顶山市"),
        ("济源示范区", "济源示范区"),
        ("济源市人民政府", "济源示范区"),
        ("济源产城融合示范区党史学习教育领导小组办公室", "济源示范区"),
        ("中共济源市委", "济源示范区"),
        ("济源产城融合示范区管委会", "济源示范区"),
        ("驻马店市直机关工委", "驻马店市"),
        ("南阳市委党史办", "南阳市"),
        ("周口市委“我为群众办实事”工作专班", "周口市"),
        # provincial units
        ("河南省教育厅", "河南省教育厅"),
        ("省教育厅", "河南省教育厅"),
        ("教育厅", "河南省教育厅"),
        ("河南省教育厅机关党委", "河南省教育厅"),
        ("中共河南省教育厅党组", "河南省教育厅"),
        ("河南省教育厅直属机关党委（盖章）", "河南省教育厅"),
        ("中共河南省委高校工委", "河南省教育厅"),
        ("省民政厅", "河南省民政厅"),
        ("河南省发展和改革委员会", "河南省发展和改革委员会"),
        ("省发改委", "河南省发展和改革委员会"),
        ("河南省发展改革委机关党委", "河南省发展和改革委员会"),
        ("省卫健委", "河南省卫生健康委员会"),
        ("河南省卫生健康委员会直属机关党委", "河南省卫生健康委员会"),
        ("省人社厅", "河南省人力资源和社会保障厅"),
        ("河南省公安厅政治部党史学习教育办公室", "河南省公安厅"),
        ("省委宣传部", "中共河南省委宣传部"),
        ("中共河南省委宣传部机关党委", "中共河南省委宣传部"),
        ("省委办公厅", "中共河南省委办公厅"),
        ("省委政法委", "中共河南省委政法委员会"),
        ("省纪委监委机关党委", "中共河南省纪律检查委员会"),
        ("省委省直机关工委", "中共河南省委省直机关工作委员会"),
        ("河南省委党校", "中共河南省委党校"),
        ("省政府国资委", "河南省人民政府国有资产监督管理委员会"),
        ("国家税务总局河南省税务局", "国家税务总局河南省税务局"),
        ("河南省税务局机关党委", "国家税务总局河南省税务局"),
        ("省高院", "河南省高级人民法院"),
        ("河南省高级人民法院机关党委", "河南省高级人民法院"),
        ("省大数据局", "河南省大数据管理局"),
        ("河南日报报业集团", "河南日报社"),
        ("河南省文物局", "河南省文物局"),
        # people's organizations
        ("团省委", "共青团河南省委"),
        ("共青团河南省委", "共青团河南省委"),
        ("河南省总工会", "河南省总工会"),
        ("省妇联", "河南省妇女联合会"),
        ("河南省工商业联合会", "河南省工商业联合会"),
        ("省贸促会", "中国国际贸易促进委员会河南省委员会"),
        # enterprises
        ("河南投资集团", "河南投资集团有限公司"),
        ("河南投资集团有限公司党委", "河南投资集团有限公司"),
        ("中国平煤神马集团", "中国平煤神马控股集团有限公司"),
        ("平煤神马", "中国平煤神马控股集团有限公司"),
        ("中原银行", "中原银行股份有限公司"),
        ("国网河南省电力公司党委党建部", "国网河南省电力公司"),
        ("中国移动河南公司", "中国移动通信集团河南有限公司"),
        ("安钢集团", "安阳钢铁集团有限责任公司"),
        ("中国铁路郑州局集团有限公司党委宣传部", "中国铁路郑州局集团有限公司"),
        ("郑煤集团", "郑州煤炭工业（集团）有限责任公司"),
        # universities
        ("郑州大学", "郑州大学"),
        ("郑大", "郑州大学"),
        ("中共郑州大学委员会", "郑州大学"),
        ("郑州大学党委宣传部", "郑州大学"),
        ("河南大学", "河南大学"),
        ("河南大学党委办公室", "河南大学"),
        ("新乡医学院", "新乡医学院"),
        ("新乡医学院三全学院", "新乡医学院三全学院"),
        ("新乡学院", "新乡学院"),
        ("郑州航院", "郑州航空工业管理学院"),
        ("信阳师范学院党委", "信阳师范学院"),
        ("华水", "华北水利水电大学"),
        ("郑州轻工业学院", "郑州轻工业大学"),
        ("郑州铁路职业技术学院", "郑州铁路职业技术学院"),
        ("平顶山学院", "平顶山学院"),
        ("济源职业技术学院", "济源职业技术学院"),
        ("安阳师院", "安阳师范学院"),
        ("河南中医药大学", "河南中医药大学"),
        ("洛阳理工学院", "洛阳理工学院"),
    ],
)
def test_a_unit_is_known_by_its_name_its_short_names_and_its_offices(written: str, unit: str) -> None:
    found, finding, candidates = verdict(mail(form(written)))
    assert (name(found), finding, tuple(map(name, candidates))) == (unit, None, (unit,))


@pytest.mark.parametrize(
    ("written", "unit", "through"),
    [
        ("金水区", "金水区", "郑州市"),
        ("郑州市金水区", "金水区", "郑州市"),
        ("中共郑州市金水区委", "金水区", "郑州市"),
        ("郑州市金水区民政局", "金水区", "郑州市"),
        ("兰考县委党史学习教育领导小组办公室", "兰考县", "开封市"),
        ("中共兰考县委", "兰考县", "开封市"),
        ("兰考", "兰考县", "开封市"),
        ("巩义市", "巩义市", "郑州市"),
        ("新郑市人民政府", "新郑市", "郑州市"),
        ("新乡县", "新乡县", "新乡市"),
        ("安阳县委宣传部", "安阳县", "安阳市"),
        ("新县", "新县", "信阳市"),
        ("范县人民政府", "范县", "濮阳市"),
        ("长垣市", "长垣市", "新乡市"),
        ("邓州市委", "邓州市", "南阳市"),
        ("永城市", "永城市", "商丘市"),
        ("偃师市", "偃师区", "洛阳市"),
        ("瀍河区", "瀍河回族区", "洛阳市"),
        ("郑东新区", "郑东新区", "郑州市"),
        ("郑州航空港区", "郑州航空港经济综合实验区", "郑州市"),
        ("河南大学第一附属医院", "河南大学第一附属医院", "河南大学"),
        ("郑大一附院", "郑州大学第一附属医院", "郑州大学"),
        ("河南省人民医院", "河南省人民医院", "河南省卫生健康委员会"),
        ("新乡医学院第一附属医院", "新乡医学院第一附属医院", "新乡医学院"),
        ("河南省实验中学", "河南省实验中学", "河南省教育厅"),
        ("河南博物院", "河南博物院", "河南省文物局"),
    ],
)
def test_a_county_or_a_body_that_writes_by_itself_is_told_whom_to_go_through(written: str, unit: str, through: str) -> None:
    found, finding, candidates = verdict(mail(form(written)))
    assert (name(found), finding, tuple(map(name, candidates))) == (unit, "unit-not-entitled", (through,))


@pytest.mark.parametrize(
    ("written", "through"),
    [
        ("郑州市民政局", "郑州市"),
        ("郑州市教育局机关党委", "郑州市"),
        ("新乡市总工会", "新乡市"),
        ("新乡市妇联", "新乡市"),
        ("洛阳市公安局", "洛阳市"),
        ("国家税务总局郑州市税务局", "郑州市"),
        ("郑州市中级人民法院", "郑州市"),
        ("郑州市发展和改革委员会", "郑州市"),
        ("郑州人民医院", "郑州市"),
        ("郑州市委政法委", "郑州市"),
        ("济源市民政局", "济源示范区"),
        ("共青团新乡市委", "新乡市"),
        ("团郑州市委", "郑州市"),
        ("中国移动通信集团郑州市分公司", "郑州市"),
        ("郑州大学马克思主义学院", "郑州大学"),
        ("河南师范大学附属中学", "河南师范大学"),
        ("中原银行郑州分行", "中原银行股份有限公司"),
        ("河南省公安厅特警总队", "河南省公安厅"),
    ],
)
def test_a_body_that_the_roster_does_not_list_is_known_by_the_unit_it_begins_with(written: str, through: str) -> None:
    made = match_unit(mail(form(written)), rules())
    assert (made.unit, made.finding, made.candidates) == (None, "unit-not-entitled", (id_of(through),))
    assert made.body == written.removesuffix("机关党委")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "无",
        "省委党史学习教育领导小组办公室",
        "中共河南省委党史学习教育领导小组办公室实践活动组",
        "某某街道办事处",
        "全国模范县",
        "黄河大桥管理处",
        "湖北省武汉市教育局",
        "山东省教育厅",
        "湖北省妇联",
        "广东省总工会机关党委",
        "师范大学",
        "市委宣传部",
        "县人民医院",
    ],
)
def test_what_names_no_unit_of_the_roster_leaves_it_unknown(written: str) -> None:
    assert verdict(mail(form(written))) == (None, "unit-unknown", ())


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("河南省教育庁", "河南省教育厅"),
        ("河南省退役军人事物厅", "河南省退役军人事务厅"),
        ("郑州航空工业管理学校", "郑州航空工业管理学院"),
        ("河南省人力资源社会保障庁", "河南省人力资源和社会保障厅"),
        ("华北水利水利大学", "华北水利水电大学"),
    ],
)
def test_one_slip_of_the_pen_in_a_long_name_is_forgiven(written: str, unit: str) -> None:
    if unit == "河南省人力资源和社会保障厅":
        assert verdict(mail(form(written)))[1] == "unit-unknown"  # two letters off is too far
    else:
        assert verdict(mail(form(written))) == (id_of(unit), None, (id_of(unit),))


@pytest.mark.parametrize("written", ["河南某业大学", "漯合市", "黄河学院"])
def test_a_slip_that_may_mean_two_units_or_a_short_name_is_not_guessed_at(written: str) -> None:
    assert verdict(mail(form(written)))[1] == "unit-unknown"


# --- where it stands --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "seal",
    [
        "同意推荐。中共新乡市委党史学习教育领导小组办公室（盖章） 2021年12月10日",
        "同意推荐 新乡市委宣传部 2021年12月10日",
        "经审核，该同志事迹突出，同意推荐。\n新乡市党史学习教育领导小组办公室\n2021年12月9日",
        "经研究，同意推荐王建国同志为党员服务标兵。 （盖章） 中共新乡市委",
        "新乡市",
        "新乡市委党史学习教育领导小组办公室同意推荐王建国同志。",
        "情况属实，同意推荐。新乡市委 书记签字：李明 2021.12.10",
    ],
)
def test_the_seal_of_the_recommendation_names_the_unit(seal: str) -> None:
    assert verdict(mail(form(seal=seal))) == (XINXIANG, None, (XINXIANG,))


@pytest.mark.parametrize(
    "seal",
    [
        "同意推荐郑州大学李明同志为党员服务标兵。",
        "同意推荐 郑州大学李明",
        "郑州大学李明同志事迹突出，同意推荐。（盖章） 年 月 日",
        "同意",
    ],
)
def test_an_opinion_that_speaks_of_the_nominee_is_no_seal(seal: str) -> None:
    assert verdict(mail(form("河南省教育厅", seal))) == (id_of("河南省教育厅"), None, (id_of("河南省教育厅"),))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("您好！附件为推荐材料，请查收。\n\n中共南阳市委党史学习教育领导小组办公室\n2021年12月16日", "南阳市"),
        ("附件请查收。\n南阳市委宣传部 李明\n13800000000", "南阳市"),
        ("附件请查收。\n李明 南阳市委宣传部", "南阳市"),
        ("省委党史学习教育领导小组办公室：\n现将南阳市“三个100”推荐材料报送，请审阅。", "南阳市"),
        ("省委党史学习教育领导小组办公室：\n按照省委宣传部通知要求，南阳市现报送推荐材料30份。", "南阳市"),
        ("您好，我是郑州大学党委宣传部的小王，材料见附件。", "郑州大学"),
        ("老师好，这里是河南省教育厅，发来材料三份。", "河南省教育厅"),
        ("报送单位：河南省财政厅\n联系人：李明\n电话：0371-65000000", "河南省财政厅"),
        ("推荐单位：团省委", "共青团河南省委"),
        ("郑州大学", "郑州大学"),
        ("我们是开封市委宣传部", "开封市"),
        ("附件为洛阳市“三个100”材料，请查收", "洛阳市"),
        ("材料已报省委宣传部。\n\n河南省科学技术厅机关党委\n二〇二一年十二月十六日", "河南省科学技术厅"),
        ("附件：1.郑州市党员服务标兵推荐表\n2.郑州市汇总表\n\n中共郑州市委宣传部", "郑州市"),
        ("附件有安阳市推荐材料。", "安阳市"),
    ],
)
def test_the_covering_text_says_who_sends(text: str, unit: str) -> None:
    assert verdict(mail(text=text)) == (id_of(unit), None, (id_of(unit),))


@pytest.mark.parametrize(
    "text",
    [
        "省委办公厅：\n材料见附件。",
        "按照省教育厅要求，材料见附件。",
        "请转河南省民政厅，谢谢。",
        "材料见附件，谢谢。\n李明 13800000000",
        "我们在郑州市召开了会议，和开封市、洛阳市交流了经验。",
        "中共河南省委党史学习教育领导小组办公室",
    ],
)
def test_a_unit_that_is_only_addressed_or_spoken_of_is_not_the_sender(text: str) -> None:
    assert verdict(mail(text=text)) == (None, "unit-unknown", ())


def test_a_street_in_the_signature_is_no_district_that_writes() -> None:
    text = "附件请查收。\n河南省文化和旅游厅\n河南省郑州市金水区纬四路2号"
    assert verdict(mail(text=text)) == (id_of("河南省文化和旅游厅"), None, (id_of("河南省文化和旅游厅"),))


@pytest.mark.parametrize(
    ("subject", "unit"),
    [
        ("关于报送郑州市“三个100”推选材料的函", "郑州市"),
        ("新乡市“三个100”推荐材料", "新乡市"),
        ("新乡医学院推荐材料", "新乡医学院"),
        ("【省教育厅】三个100推荐表", "河南省教育厅"),
        ("转发：河南农业大学党员服务标兵推荐材料", "河南农业大学"),
        ("党员服务标兵-王建国-团省委", "共青团河南省委"),
        ("报送郑大推荐材料", "郑州大学"),
        ("上报三个100材料（平煤神马集团）", "中国平煤神马控股集团有限公司"),
        ("济源三个100", "济源示范区"),
    ],
)
def test_a_subject_names_the_unit_when_nothing_else_does(subject: str, unit: str) -> None:
    assert verdict(mail(subject=subject)) == (id_of(unit), None, (id_of(unit),))


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("新乡市.zip", "新乡市"),
        ("新乡市“三个100”推荐材料.zip/1 实事项目/推荐表.docx", "新乡市"),
        ("新乡市-党员服务标兵-王建国.docx", "新乡市"),
        ("党员服务标兵-王建国-新乡市.docx", "新乡市"),
        ("王建国_河南大学_推荐表.docx", "河南大学"),
        ("省民政厅/推荐表.docx", "河南省民政厅"),
        ("推荐表（郑州轻工业大学）.docx", "郑州轻工业大学"),
        ("新乡市-红旗区“党员联户”服务项目-推荐表.docx", "新乡市"),
    ],
)
def test_a_file_or_folder_names_the_unit_when_nothing_else_does(path: str, unit: str) -> None:
    assert verdict(mail(paths=(path,))) == (id_of(unit), None, (id_of(unit),))


@pytest.mark.parametrize(
    ("sender", "unit"),
    [("郑州市委宣传部", "郑州市"), ("河南省教育厅办公室", "河南省教育厅"), ("开封", "开封市"), ("郑大", "郑州大学")],
)
def test_the_senders_name_names_the_unit_when_nothing_else_does(sender: str, unit: str) -> None:
    assert verdict(mail(sender=sender)) == (id_of(unit), None, (id_of(unit),))


@pytest.mark.parametrize("sender", ["李明", "", "开封李明", "sjhdz", "郑大明"])
def test_a_persons_name_is_no_unit(sender: str) -> None:
    assert verdict(mail(sender=sender)) == (None, "unit-unknown", ())


def known(address: str, unit: str = XINXIANG) -> Rules:
    units = tuple(replace(u, addresses=(address,)) if u.id == unit else u for u in rules().units)
    return replace(rules(), units=units, version=rules().version + address)


def test_an_address_or_a_domain_that_the_roster_knows_names_the_unit() -> None:
    for address in ("dangban@xinxiang.example", "@xinxiang.example", "@example"):
        made = match_unit(mail(address="dangban@xinxiang.example"), known(address))
        assert (made.unit, made.finding) == (XINXIANG, None)
    assert match_unit(mail(address="dangban@notxinxiang.example"), known("@xinxiang.example")).finding == "unit-unknown"


def test_a_covering_letter_and_a_summary_table_name_the_unit() -> None:
    letter = Section("关于报送推荐材料的报告", "省委办公厅：\n现将材料报上。\n中共安阳市委\n2021年12月15日", Count(30, 30))
    table = Section("安阳市“三个100”推荐汇总表", "填报单位：安阳市\n张三", Count(9, 9), rows=(("姓名",), ("张三",)))
    for section in (letter, table):
        assert verdict(mail(files=(file("附件1.docx", section),))) == (ANYANG, None, (ANYANG,))


def test_material_does_not_count_whatever_units_it_names() -> None:
    material = Section("王建国同志事迹", "王建国，郑州大学教师。\n推荐单位：洛阳市\n郑州大学", Count(9, 9))
    assert verdict(mail(files=(file("材料.docx", material),))) == (None, "unit-unknown", ())


def test_where_the_nominee_works_is_noted_and_never_decides() -> None:
    made = match_unit(mail(form(workplace="郑州大学教师")), rules())
    assert made == UnitVerdict(None, "unit-unknown", (), (Evidence("workplace", "郑州大学", id_of("郑州大学"), 1),))
    assert verdict(mail(form("洛阳市", workplace="郑州大学教师"))) == (LUOYANG, None, (LUOYANG,))


def test_what_the_mail_calls_its_unit_can_be_quoted_when_no_unit_fits() -> None:
    reading = mail(form("幸福街道办事处"), text="材料请查收。\n报送单位：幸福街道\n李明")
    assert written_units(reading, rules()) == ("幸福街道办事处", "幸福街道")
    assert written_units(mail(), rules()) == ()


# --- evidence against evidence ----------------------------------------------------------------------------------------


def test_a_citys_nomination_of_a_county_body_is_the_citys() -> None:
    for reading in (
        mail(form("新郑市", "同意推荐。新郑市委"), text="材料请查收。\n中共郑州市委宣传部"),
        mail(form("新郑市"), subject="郑州市“三个100”推荐材料"),
        mail(form("新郑市"), files=(file("郑州市.zip", container=True),)),
        mail(form("郑州市民政局", "同意推荐。中共郑州市委党史学习教育领导小组办公室")),
        mail(form("郑州市", workplace="新郑市民政局"), sender="新郑市民政局"),
        mail(form("金水区"), sender="郑州市委宣传部"),
        mail(form("郑州市"), subject="金水区“党员联户”项目"),
    ):
        assert verdict(reading) == (ZHENGZHOU, None, (ZHENGZHOU,))


def test_a_county_that_writes_by_itself_is_told_its_city_though_the_city_is_named_beside_it() -> None:
    county = id_of("新郑市")
    for reading in (
        mail(form("新郑市", "同意推荐。新郑市委"), text="材料请查收。\n中共新郑市委宣传部", subject="郑州市新郑市推荐材料"),
        mail(form("郑州市新郑市"), subject="郑州市新郑市“三个100”"),
        mail(form("新郑市"), text="材料请查收。\n新郑市委宣传部", subject="郑州市“三个100”推荐材料"),
        mail(subject="新郑市推荐材料", text="郑州市委党史学习教育领导小组办公室：\n现将新郑市材料报送。"),
        mail(form("新郑市", "新郑市民政局")),
        mail(form("新郑市"), subject="新郑市推荐材料", paths=("郑州市-新郑市-张三推荐表.docx",)),
        mail(form("新郑市"), text="我们随郑州市代表团参观，材料见附件。"),
    ):
        assert verdict(reading) == (county, "unit-not-entitled", (ZHENGZHOU,))


def test_forms_of_several_counties_of_one_city_come_from_the_city() -> None:
    assert verdict(mail(form("金水区"), form("新郑市"), form("郑州市民政局"))) == (ZHENGZHOU, None, (ZHENGZHOU,))


def test_the_nominees_place_in_a_file_name_does_not_make_a_body_the_city() -> None:
    made = match_unit(mail(form("郑州市民政局"), paths=("郑州市救助站-张三.docx",)), rules())
    assert (made.unit, made.finding, made.candidates, made.body) == (None, "unit-not-entitled", (ZHENGZHOU,), "郑州市民政局")


@pytest.mark.parametrize(
    "reading",
    [
        pytest.param(mail(form("开封市", "同意推荐。中共洛阳市委宣传部")), id="the field and the seal"),
        pytest.param(mail(form("开封市"), text="请查收。\n洛阳市委宣传部"), id="the field and the signature"),
        pytest.param(mail(form("开封市"), form("洛阳市")), id="two forms"),
        pytest.param(mail(form("开封市、洛阳市")), id="two in one field"),
        pytest.param(mail(text="推荐单位：开封市\n\n洛阳市委宣传部"), id="label and signature"),
        pytest.param(mail(subject="开封市、洛阳市推荐材料"), id="two in a subject, nothing else"),
        pytest.param(mail(form("开封市"), text="现将洛阳市推荐材料报送，请查收。"), id="the field and what the text says"),
        pytest.param(mail(form("开封市"), text="您好，我是洛阳市委宣传部小王。"), id="the field and who the writer says he is"),
    ],
)
def test_two_units_on_strong_evidence_are_both_named(reading: Reading) -> None:
    unit, finding, candidates = verdict(reading)
    assert (unit, finding, set(candidates)) == (None, "unit-ambiguous", {KAIFENG, LUOYANG})


@pytest.mark.parametrize(
    "reading",
    [
        pytest.param(mail(form("开封市"), subject="洛阳市推荐材料"), id="the form against the subject"),
        pytest.param(mail(form("开封市"), sender="洛阳市委宣传部", paths=("洛阳市.docx",)), id="the form against weak ones"),
        pytest.param(mail(text="请查收。\n开封市委", subject="洛阳市推荐材料"), id="the signature against the subject"),
        pytest.param(mail(subject="开封市推荐材料", sender="洛阳市委宣传部"), id="the subject against the sender's name"),
        pytest.param(mail(subject="开封市推荐材料", paths=("洛阳市-推荐表.docx",)), id="the subject against a file name"),
        pytest.param(
            mail(form("开封市", workplace="洛阳市公安局"), paths=("洛阳市公安局-王建国.docx",)), id="a nominee from elsewhere"
        ),
    ],
)
def test_stronger_evidence_decides_against_weaker(reading: Reading) -> None:
    assert verdict(reading) == (KAIFENG, None, (KAIFENG,))


def test_a_reply_is_from_the_unit_our_letter_went_to_unless_it_says_otherwise() -> None:
    assert verdict(mail(text="补充材料见附件。"), KAIFENG) == (KAIFENG, None, (KAIFENG,))
    assert verdict(mail(subject="回复：洛阳市"), KAIFENG) == (KAIFENG, None, (KAIFENG,))
    assert verdict(mail(form("洛阳市")), KAIFENG) == (LUOYANG, None, (LUOYANG,))
    assert verdict(mail(form("兰考县")), KAIFENG) == (KAIFENG, None, (KAIFENG,))
    assert verdict(mail(), "no-such-unit") == (None, "unit-unknown", ())


def test_a_reply_that_only_names_the_unit_is_enough() -> None:
    assert verdict(mail(text="我们是济源示范区的", subject="回复：【需补正】")) == (JIYUAN, None, (JIYUAN,))
    assert verdict(mail(text="南阳", subject="回复：【需补正】")) == (NANYANG, None, (NANYANG,))


def test_the_evidence_is_recorded_heaviest_first_with_its_words() -> None:
    made = match_unit(
        mail(form("中共新乡市委", workplace="新乡医学院"), subject="新乡市材料", sender="新乡市委宣传部", paths=("新乡.docx",)),
        rules(),
    )
    assert made == UnitVerdict(
        XINXIANG,
        None,
        (XINXIANG,),
        (
            Evidence("form-field", "中共新乡市委", XINXIANG, 9),
            Evidence("subject", "新乡市", XINXIANG, 6),
            Evidence("sender-name", "新乡市委宣传部", XINXIANG, 5),
            Evidence("file-name", "新乡", XINXIANG, 4),
            Evidence("workplace", "新乡医学院", id_of("新乡医学院"), 1),
        ),
    )


# --- the roster itself, hostile names, speed --------------------------------------------------------------------------


def test_every_unit_of_the_roster_is_found_by_each_of_its_names() -> None:
    names = names_of(rules())
    wrong = []
    for unit in rules().units:
        for word in (unit.name, *unit.aliases):
            found = names.leading(fold(word))
            if found is None or (found.unit, found.body) != (unit.id, ""):
                wrong.append((unit.name, word, found))
    assert wrong == []


@pytest.mark.parametrize(
    "name", ["", "\x00", "（" * 500, "郑州市" * 500, "省" * 2000, "a" * 2000, "\U000e0041郑\u200b州\u200d市", "委" * 3000]
)
def test_hostile_words_neither_raise_nor_hang(name: str) -> None:
    began = time.process_time()
    match_unit(mail(form(name, name), subject=name, sender=name, text=name, paths=(name or "x",)), rules())
    assert time.process_time() - began < 1


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(list("郑州市大学委局区县省河南（）：。 \n\u200b0年报Aa省教育厅中共")), max_size=60).map("".join)
)
def test_no_words_whatever_raise_and_the_same_words_give_the_same_verdict(words: str) -> None:
    reading = mail(form(words, words), subject=words, sender=words, text=words, paths=(words or "x",))
    assert match_unit(reading, rules()) == match_unit(reading, rules())


def test_words_with_invisible_characters_inside_are_read_all_the_same() -> None:
    assert verdict(mail(form("郑\u200b州\u200d市")))[0] == ZHENGZHOU


def test_a_mail_is_matched_in_a_few_milliseconds_once_the_names_are_known() -> None:
    reading = mail(
        *(form("中共新乡市委党史学习教育领导小组办公室", "同意推荐。新乡市委（盖章）") for _ in range(3)),
        subject="新乡市推荐材料",
        text="省委党史学习教育领导小组办公室：\n" + "现将有关材料报送，请审阅。" * 20 + "\n新乡市委宣传部",
    )
    match_unit(reading, rules())
    began = time.process_time()
    for _ in range(20):
        match_unit(reading, rules())
    assert (time.process_time() - began) / 20 < 0.01


# --- every unit in every office ---------------------------------------------------------------------------------------

OFFICES = {
    "city": (
        "委",
        "委党史学习教育领导小组办公室",
        "人民政府",
        "委宣传部",
        "委、市政府",
        "直机关工委",
        "党史学习教育领导小组办公室（盖章）",
    ),
    "county": ("委", "人民政府", "委宣传部", "党史学习教育领导小组办公室", "委办公室"),
    "university": ("党委", "党委宣传部", "党史学习教育领导小组办公室", "党委办公室", "人事处"),
    "other": ("机关党委", "党史学习教育领导小组办公室", "办公室", "直属机关党委", "党委", "人事处"),
}

BODIES = {
    "city": (
        "民政局",
        "公安局交警支队",
        "卫健委",
        "妇联",
        "第一人民医院",
        "发展和改革委员会",
        "纪委监委",
        "委统战部",
        "第一中学",
        "人民检察院",
        "政务服务中心",
    ),
    "county": ("民政局", "人民医院", "公安局", "行政审批局"),
    "university": ("附属小学", "马克思主义学院"),
    "other": ("机关服务中心",),
}

SUBJECTS = (
    "关于报送{}“三个100”推选材料的函",
    "{}三个100推荐材料",
    "{}-党员服务标兵-李明",
    "党员服务标兵-李明-{}",
    "{}党员服务标兵推荐表（李明）",
    "【{}】推荐表",
    "{}推荐李明",
)


def test_every_unit_is_told_from_its_bodies_whatever_office_speaks_for_it() -> None:
    names = names_of(rules())
    wrong = []
    for unit in rules().units:
        if unit.kind == "not-entitled" and not unit.id.isdigit():
            continue
        group = "city" if unit.kind.startswith("city") else "county" if unit.kind == "not-entitled" else unit.kind
        base = "济源市" if unit.id == JIYUAN else unit.name
        for prefix in ("", "中共"):
            for tail in OFFICES.get(group, OFFICES["other"]):
                found = names.leading(fold(prefix + base + tail))
                if found is None or (found.unit, found.body) != (unit.id, ""):
                    wrong.append((prefix + base + tail, found))
        for tail in BODIES.get(group, BODIES["other"]):
            found = names.leading(fold(base + tail))
            if found is None or found.unit != unit.id or not found.body:
                wrong.append((base + tail, found))
    assert wrong == []


def test_every_unit_is_found_in_every_usual_subject() -> None:
    names = names_of(rules())
    wrong = []
    for unit in rules().units:
        if unit.kind != "not-entitled":
            for pattern in SUBJECTS:
                for word in (unit.name, *unit.aliases):
                    found = names.scan(fold(pattern.format(word)))
                    if [(named.unit, named.body) for named in found] != [(unit.id, "")]:
                        wrong.append((pattern.format(word), found))
    assert wrong == []


@pytest.mark.parametrize(
    "written",
    [
        "省民政厅 省残联（联合推荐）",
        "河南省民政厅和河南省残疾人联合会",
        "省民政厅、省残联",
        "河南省民政厅会同河南省残疾人联合会",
    ],
)
def test_units_that_nominate_together_are_asked_which_of_them_does(written: str) -> None:
    made = match_unit(mail(form(written)), rules())
    assert (made.unit, made.finding) == (None, "unit-ambiguous")
    assert sorted(filter(None, map(name, made.candidates))) == ["河南省残疾人联合会", "河南省民政厅"]


def test_a_mail_that_names_no_unit_is_of_the_one_its_sender_has_filed_for() -> None:
    assert match_unit(mail(subject="补充材料"), rules(), sender_unit="410700").unit == "410700"
    assert match_unit(mail(subject="补充材料"), rules()).finding == "unit-unknown"
    assert match_unit(mail(subject="安阳市补充材料"), rules(), sender_unit="410700").unit == "410500"
    assert match_unit(mail(form("某某公司")), rules(), sender_unit="410700").finding == "unit-unknown"
