"""Which unit writes: every way of naming one, those that may not write by themselves, none and several."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.labelled.build import FORM, MATERIAL, Desk, turn
from tests.labelled.clean import filed
from tests.labelled.entry import CATEGORIES, PROJECT, Entry
from tests.labelled.envelope import File
from tests.labelled.label import UNIT_OPEN, Case, Label
from tests.labelled.packing import zipped
from tests.labelled.senders import Sender, of

NAMED = (  # as written on the form, the unit meant
    ("河南省教育厅", "S031"),
    ("省教育厅", "S031"),
    ("教育厅", "S031"),
    ("河南省教育厅机关党委", "S031"),
    ("中共河南省教育厅机关委员会", "S031"),
    ("团省委", "T002"),
    ("共青团河南省委", "T002"),
    ("共青团河南省委机关党委", "T002"),
    ("郑大", "G001"),
    ("郑州大学党委", "G001"),
    ("郑州市委党史学习教育领导小组办公室", "410100"),
    ("中共郑州市委", "410100"),
    ("郑州市", "410100"),
    ("郑州", "410100"),
    ("新乡", "410700"),
    ("新乡市委", "410700"),
    ("河南省新乡市", "410700"),
    ("新乡市人民政府", "410700"),
    ("济源", "419001"),
    ("济源市", "419001"),
    ("济源市人民政府", "419001"),
    ("济源示范区党工委党史学习教育领导小组办公室", "419001"),
    ("国家济源产城融合示范区", "419001"),
    ("省民政厅机关党委", "S037"),
    ("省发改委", "S030"),
    ("河南省发展和改革委员会", "S030"),
    ("省高院", "S078"),
    ("河南省人民检察院", "S079"),
    ("郑州海关", "S089"),
    ("人行郑州中心支行", "S086"),
    ("省总工会", "T001"),
    ("河南省妇联", "T003"),
    ("省工商联", "T012"),
    ("平煤神马集团", "Q002"),
    ("安阳钢铁集团有限责任公司", "Q012"),
    ("中原油田", "Q043"),
    ("郑煤集团", "Q025"),
    ("郑州铁路局", "Q054"),
    ("洛阳师范学院", "G016"),
    ("安阳师范学院党委", "G018"),
    ("南阳师院", "G017"),
    ("信阳师范学院", "G014"),
    ("新乡医学院", "G013"),
    ("河南理工大学", "G005"),
    ("郑州轻工业大学", "G011"),
    ("河南省农村信用社联合社", "Q022"),
    ("省委组织部", "S006"),
    ("中共河南省委宣传部机关党委", "S007"),
    ("省纪委监委机关党委", "S005"),
    ("河南省税务局", "S080"),
    ("省直机关工委（盖章）", "S016"),
    ("河南省水利厅（公章）", "S045"),
    ("南阳市（公章）", "411300"),
    ("三门峡市委党史学习教育办公室", "411200"),
    ("驻马店市党史办", "411700"),
)
BELOW = (  # known by the roster, but may not write by themselves
    ("新乡县", "410721"),
    ("中共新乡县委", "410721"),
    ("兰考县委党史学习教育领导小组办公室", "410225"),
    ("巩义市", "410181"),
    ("河南省巩义市", "410181"),
    ("郑州市金水区", "410105"),
    ("管城区", "410104"),
    ("管城回族区委", "410104"),
    ("固始县", "411525"),
    ("永城市委党史学习教育领导小组办公室", "411481"),
    ("郑东新区", "4101K01"),
    ("河南大学第一附属医院", "X006"),
    ("郑大一附院", "X001"),
    ("郑州大学第一附属医院党委", "X001"),
    ("新乡医学院第一附属医院", "X013"),
    ("河南省人民医院", "X019"),
    ("洛阳高新区", "4103K01"),
    ("杞县", "410221"),
    ("商丘市睢县", "411422"),
    ("濮阳县", "410928"),
)
BELOW_UNLISTED = (
    "新乡市民政局",
    "郑州市教育局",
    "洛阳市公安局",
    "共青团新乡市委",
    "漯河市中心医院",
    "新乡市总工会",
    "郑州市人民检察院",
    "固始县民政局",
    "金水区花园路街道办事处",
)
UNKNOWN = ("东方明珠科技有限公司", "红星社区居委会", "")


def _silent(desk: Desk, form: str) -> Entry:
    """A nomination whose other fields name no unit of the roster."""
    return desk.one.but(推荐单位=form)


def _sender(written: str, id: str) -> Sender:
    kinds = {"4": "市属主要媒体"}
    city = id in {f"41{number:02d}00" for number in range(1, 18)} | {"419001"}
    return Sender(id, written, written, written, kinds["4"] if city else "")


def _by_form() -> Iterator[Case]:
    """Only the form says who nominates."""
    for number, (written, id) in enumerate(NAMED):
        category, layout = turn(number)
        desk = Desk(f"unit-by-form-{number:02d}-{id}", _sender(written, id), category, layout)
        mail = desk.write(subject="“三个100”推荐材料", text="您好，推荐材料见附件，请查收。谢谢！")
        yield desk.case(mail, desk.received(desk.first()))


def _elsewhere() -> Iterator[Case]:
    """The form leaves the unit out; the rest of the mail is plain about it."""
    for number, id in enumerate(("410700", "S031", "T002", "G001", "Q002", "419001")):
        sender, category = of(id), CATEGORIES[number % 3]
        ways = {
            "subject": {"subject": f"{sender.subject}“三个100”推荐材料"},
            "signature": {"text": f"您好，推荐材料见附件，请查收。\n\n{sender.signature}\n2021年12月10日"},
            "sentence": {"text": f"您好，现将{sender.subject}“三个100”推荐材料报送贵办，请查收。"},
            "sender-name": {"name": sender.signature},
        }
        for way, changes in ways.items():
            desk = Desk(f"unit-by-{way}-{id}", sender, category)
            desk.one = _silent(desk, "")
            neutral: dict[str, Any] = {"subject": "“三个100”推荐材料", "text": "您好，推荐材料见附件，请查收。谢谢！"}
            yield desk.case(replace(desk.write(), **{**neutral, **changes}), desk.received(desk.first()))
        desk = Desk(f"unit-by-file-name-{id}", sender, category)
        desk.one = _silent(desk, "")
        names = f"{sender.subject}推荐表.docx", f"{sender.subject}典型材料.docx"
        files = [desk.form(name=names[0]), desk.material(name=names[1])]
        mail = desk.write(files, subject="“三个100”推荐材料", text="您好，推荐材料见附件，请查收。谢谢！")
        yield desk.case(mail, desk.received(filed(desk.one, *names)))
        desk = Desk(f"unit-by-archive-name-{id}", sender, category)
        desk.one = _silent(desk, "")
        box = f"{sender.subject}三个100推荐材料.zip"
        content = zipped({FORM: desk.form().content, MATERIAL: desk.material().content}, gbk=bool(number % 2))
        mail = desk.write([File(box, content)], subject="“三个100”推荐材料", text="您好，推荐材料见附件，请查收。谢谢！")
        yield desk.case(mail, desk.received(filed(desk.one, f"{box}/{FORM}", f"{box}/{MATERIAL}")))


def _not_entitled() -> Iterator[Case]:
    for number, (written, id) in enumerate(BELOW):
        category, layout = turn(number)
        desk = Desk(f"unit-below-{number:02d}-{id}", Sender(id, written, written, written), category, layout)
        yield desk.case(desk.write(), desk.returned("unit-not-entitled"))
    for number, written in enumerate(BELOW_UNLISTED):
        category, layout = turn(number)
        desk = Desk(f"unit-below-unlisted-{number:02d}", Sender("", written, written, written), category, layout)
        yield desk.case(desk.write(), desk.returned("unit-not-entitled", unit=UNIT_OPEN))
    desk = Desk("unit-county-does-the-work-city-nominates", of("410700"), PROJECT)
    desk.one = desk.one.but(实施单位="新乡县民政局")
    yield desk.case(desk.write(), desk.received(desk.first()))
    desk = Desk("unit-hospital-does-the-work-university-nominates", of("G002"), PROJECT)
    desk.one = desk.one.but(实施单位="河南大学第一附属医院")
    yield desk.case(desk.write(), desk.received(desk.first()))
    desk = Desk("unit-member-of-a-county-nominated-by-the-city", of("410200"))
    desk.one = desk.one.but(工作单位及职务="兰考县桐乡街道办事处副主任")
    yield desk.case(desk.write(), desk.received(desk.first()))
    desk = Desk("unit-county-in-the-subject-without-a-form-field", Sender("410225", "", "兰考县", "中共兰考县委办公室"))
    yield desk.case(desk.write(), desk.returned("unit-not-entitled"))


def _none_or_several() -> Iterator[Case]:
    neutral: dict[str, Any] = {"subject": "“三个100”推荐材料", "text": "您好，推荐材料见附件，请查收。谢谢！"}
    for number, written in enumerate(UNKNOWN):
        desk = Desk(f"unit-unknown-{number}", Sender("", written, "", ""), CATEGORIES[number])
        yield desk.case(replace(desk.write(), **neutral), replace(Label("returned"), findings=frozenset({"unit-unknown"})))
    for number, written in enumerate(("新乡市、焦作市", "河南省教育厅、河南省民政厅")):
        desk = Desk(f"unit-ambiguous-{number}", Sender("", written, "", ""), CATEGORIES[number])
        yield desk.case(replace(desk.write(), **neutral), Label("returned", findings=frozenset({"unit-ambiguous"})))
    desk = Desk("unit-ambiguous-two-forms", of("S031"))
    two = [desk.one, desk.entry(PROJECT).but(推荐单位="河南省民政厅")]
    files = [desk.form(two[0], "1推荐表.docx"), desk.material(two[0], "1典型材料.docx")]
    files += [desk.form(two[1], "2推荐表.docx"), desk.material(two[1], "2典型材料.docx")]
    yield desk.case(replace(desk.write(files), **neutral), Label("returned", findings=frozenset({"unit-ambiguous"})))


def cases() -> Iterator[Case]:
    """All of them."""
    for part in (_by_form, _elsewhere, _not_entitled, _none_or_several):
        yield from part()
