"""Conditions of the notice: party, service, length, publicity, deadline, quota, each with its near misses on both sides."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from tests.labelled import packing, papers
from tests.labelled.build import FORM, MATERIAL, Desk, judged, turn
from tests.labelled.clean import DOCX, filed
from tests.labelled.entry import CATEGORIES, MEMBER, PROJECT, SHORT, TEAM, Entry
from tests.labelled.envelope import File
from tests.labelled.label import Case, at
from tests.labelled.length import words_of
from tests.labelled.senders import CITIES, OTHERS, of

PARTY = ("中共党员", "党员", "中国共产党党员", "共产党员", "中共党员（1998年6月入党）", "☑中共党员 □群众", "中共正式党员")
NOT_PARTY = (
    "中共预备党员",
    "预备党员",
    "群众",
    "共青团员",
    "民盟盟员",
    "无党派人士",
    "中共党员（预备）",
    "□中共党员 ☑中共预备党员 □其他",
    "入党积极分子",
)
SERVING = (
    {"出生年月": "1962年1月"},
    {"出生年月": "1962.01"},
    {"出生年月": "1961年12月21日"},
    {"工作单位及职务": "新华街道离退休干部党支部书记、民政科科长"},
    {"工作单位及职务": "市退休职工管理服务中心主任"},
    {"工作单位及职务": "区退役军人服务站站长"},
)
NOT_SERVING = (
    {"出生年月": "1961年12月"},
    {"出生年月": "1961.12"},
    {"出生年月": "1961年12月20日"},
    {"出生年月": "1955-03"},
    {"工作单位及职务": "红星社区退休干部"},
    {"工作单位及职务": "原民政所所长（已退休）"},
    {"工作单位及职务": "水利站站长（2020年退休）"},
)
PUBLISHED = (  # what the form says, day of arrival, finding
    ("2021年12月8日至12月10日在《新乡日报》公示", at(11), ""),
    ("2021年12月8日至12月10日在《新乡日报》公示", at(10, 17), "publicity-too-short"),
    ("2021年12月9日至12月10日在《新乡日报》公示", at(13), "publicity-too-short"),
    ("2021年12月10日至12月14日在《新乡日报》公示", at(15), ""),
    ("2021年12月10日至12月13日在《新乡日报》公示", at(15), "publicity-too-short"),
    ("2021年12月11日至12月12日在《新乡日报》公示", at(15), "publicity-too-short"),
    ("2021年12月15日至12月17日在《新乡日报》公示", at(18), ""),
    ("2021年12月15日至12月17日在《新乡日报》公示", at(17), "publicity-too-short"),
    ("2021年12月16日至12月20日在《新乡日报》公示", at(20), "publicity-too-short"),
    ("2021年12月13日至12月19日在《新乡日报》公示", at(20, 0), ""),
    ("2021年9月26日至9月28日在《新乡日报》公示", at(1), ""),
    ("2021年9月25日至9月27日在《新乡日报》公示", at(1), "publicity-too-short"),
    ("2021年9月18日至9月22日在《新乡日报》公示", at(1), "publicity-too-short"),
    ("2021年9月17日至9月22日在《新乡日报》公示", at(1), ""),
    ("2021年9月30日至10月8日在《新乡日报》公示", at(1), "publicity-too-short"),
    ("2021年10月8日至10月10日在《新乡日报》公示", at(1), "publicity-too-short"),
    ("2021年10月8日至10月11日在《新乡日报》公示", at(1), ""),
    ("2021年9月30日至10月9日在《新乡日报》公示", at(1), ""),
    ("公示5个工作日", at(9), "field-invalid:公示情况"),
    ("已在《新乡日报》公示，无异议。", at(9), "field-invalid:公示情况"),
    ("2021年11月31日至12月3日在《新乡日报》公示", at(9), "field-invalid:公示情况"),
    ("2021年12月8日至12月6日在《新乡日报》公示", at(9), "field-invalid:公示情况"),
    ("2021年12月8日至12月8日在《新乡日报》公示", at(9), "publicity-too-short"),
    ("12月6日至12月8日在《新乡日报》公示，无异议", at(9), ""),
    ("12月6日—8日，《新乡日报》", at(9), ""),
    ("二〇二一年十二月六日至八日在《新乡日报》公示", at(9), ""),
    ("２０２１年１２月６日至８日在《新乡日报》公示", at(9), ""),
    ("2021.12.6-12.8《新乡日报》", at(9), ""),
    ("2021/12/6~2021/12/8 新乡日报", at(9), ""),
    ("公示时间：2021年12月6日至2021年12月8日\n公示媒体：《新乡日报》\n公示结果：无异议", at(9), ""),
    ("公示媒体：《新乡日报》；公示期：2021年12月6日-12月10日（5个工作日）；监督电话：0373-3012345", at(11), ""),
    ("自2021年12月6日起至2021年12月8日止", at(9), ""),
    ("", at(9), "publicity-missing"),
    ("    年   月   日至   年   月   日", at(9), "publicity-missing"),
)


def _members() -> Iterator[Case]:
    for number, value in enumerate(PARTY):
        yield judged(f"party-{number}", {"政治面貌": value}, layout=turn(number)[1])
    for number, value in enumerate(NOT_PARTY):
        yield judged(f"party-not-{number}", {"政治面貌": value}, ["not-party-member"], layout=turn(number)[1])
    for number, values in enumerate(SERVING):
        yield judged(f"serving-{number}", values, layout=turn(number)[1])
    for number, values in enumerate(NOT_SERVING):
        yield judged(f"serving-not-{number}", values, ["not-in-service"], layout=turn(number)[1])
    yield judged("party-and-service-not", {"政治面貌": "群众", "出生年月": "1950.1"}, ["not-party-member", "not-in-service"])


def _lengths() -> Iterator[Case]:
    for number, (count, findings) in enumerate(
        (
            (1998, ()),
            (1999, ()),
            (2000, ()),
            (2001, ("material-too-long",)),
            (2002, ("material-too-long",)),
            (2600, ("material-too-long",)),
        )
    ):
        category, layout = turn(number)
        desk = Desk(f"length-{count}", OTHERS[number], category, layout)
        desk.one = desk.one.long(count)
        state = "defective" if findings else "accepted"
        yield desk.case(desk.write(), desk.received(desk.first(state, *findings)))
        desk = Desk(f"length-{count}-one-document", OTHERS[number + 5], category, layout)
        desk.one = desk.one.long(count)
        file = File("推荐表及典型材料.docx", papers.both(desk.one, desk.look, desk.dice), DOCX)
        yield desk.case(desk.write([file]), desk.received(filed(desk.one, file.name, file.name, state, *findings)))
    for name, tail, findings in (
        ("latin", "用APP、QQ、Word与PPT服务" * 25, ("material-near-limit",)),
        ("numbers", "惠及12345户、67890人" * 20, ("material-near-limit",)),
        ("figures", "12.5%，0371-6590，", ()),
    ):
        desk = Desk(f"length-near-{name}", OTHERS[3], PROJECT)
        rest = 1990 - words_of(tail) if findings else 1700
        desk.one = desk.one.long(rest)
        desk.one = replace(desk.one, body=(*desk.one.body, tail))
        yield desk.case(desk.write(), desk.received(desk.first("accepted", *findings)))
    desk = Desk("length-title-makes-it-too-long", OTHERS[4], TEAM)
    desk.one = desk.one.long(2000)
    desk.one = replace(desk.one, heading=f"——{desk.one.heading}")
    yield desk.case(desk.write(), desk.received(desk.first("defective", "material-too-long")))


def _publicity() -> Iterator[Case]:
    city = of("410700")
    for number, (value, arrived, finding) in enumerate(PUBLISHED):
        category, layout = turn(number)
        found = [finding] if finding else []
        yield judged(
            f"publicity-{number:02d}",
            {"公示情况": value},
            found,
            category=category,
            layout=layout,
            sender=city,
            arrived=arrived,
            fields=bool(value.strip(" 年月日至")),
        )
    for number, category in enumerate(CATEGORIES):
        desk = Desk(f"publicity-no-label-{category}", CITIES[number * 5], category, turn(number)[1])
        desk.one = desk.one.without("公示情况")
        yield desk.case(desk.write(), desk.received(desk.first("defective", "publicity-missing")))
    for number, value in enumerate(
        ("", "无", "公示3个工作日", "2021年12月6日至7日在单位公示栏公示", "2021年12月13日至12月17日公示")
    ):
        category, layout = turn(number)
        yield judged(
            f"publicity-not-asked-{number}",
            {"公示情况": value},
            category=category,
            layout=layout,
            sender=OTHERS[number * 4],
            arrived=at(15),
        )


def _deadline() -> Iterator[Case]:
    last = at(20, 23, 59, second=59)
    for name, arrived, zulu in (
        ("last-second", last, False),
        ("first-second-after", last + timedelta(seconds=1), False),
        ("last-second-utc", last, True),
        ("first-second-after-utc", last + timedelta(seconds=1), True),
        ("eight-in-the-morning-of-the-last-day", at(20, 8), True),
        ("days-after", at(23), False),
    ):
        desk = Desk(f"deadline-{name}", OTHERS[8], TEAM)
        late = arrived > last
        label = desk.received(desk.first("late" if late else "accepted", *(("late",) if late else ())))
        yield desk.case(desk.write(arrived=arrived, zulu=zulu), label)
    desk = Desk("deadline-clock-of-sender-behind", OTHERS[9])
    yield desk.case(desk.write(arrived=at(21, 1), claimed=at(19)), desk.received(desk.first("late", "late")))
    desk = Desk("deadline-clock-of-sender-ahead", OTHERS[9])
    yield desk.case(desk.write(arrived=at(19), claimed=at(25)), desk.received(desk.first()))
    desk = Desk("deadline-clock-of-sender-in-another-year", OTHERS[9], PROJECT)
    yield desk.case(
        desk.write(arrived=at(19), claimed=datetime.fromisoformat("2012-01-01T08:00:00+08:00")), desk.received(desk.first())
    )
    desk = Desk("deadline-late-and-defective", OTHERS[10])
    desk.one = desk.one.but(联系电话="")
    yield desk.case(desk.write(arrived=at(21, 9)), desk.received(desk.first("late", "late", "field-missing:联系电话")))
    desk = Desk("deadline-late-with-publicity-in-order", of("410900"), PROJECT)
    desk.one = desk.one.but(公示情况="2021年12月17日至12月21日在《濮阳日报》公示")
    yield desk.case(desk.write(arrived=at(22, 9)), desk.received(desk.first("late", "late")))


def _numbered(desk: Desk, entries: list[Entry]) -> tuple[list[File], list[tuple[str, str]]]:
    files, paths = [], []
    for number, one in enumerate(entries, 1):
        first, second = (
            f"{number:02d}{SHORT[one.category]}推荐表-{one.nominee}.docx",
            f"{number:02d}典型材料-{one.nominee}.docx",
        )
        files += [desk.form(one, first), desk.material(one, second)]
        paths.append((first, second))
    return files, paths


def _quota() -> Iterator[Case]:
    for name, sender, category, count, quota in (
        ("province-two-members", "S035", MEMBER, 2, 1),
        ("university-two-teams", "G001", TEAM, 2, 1),
        ("enterprise-three-projects", "Q002", PROJECT, 3, 1),
        ("people-organisation-two", "T003", MEMBER, 2, 1),
        ("small-city-five", "411000", PROJECT, 5, 5),
        ("small-city-six", "410800", TEAM, 6, 5),
        ("jiyuan-six", "419001", MEMBER, 6, 5),
        ("large-city-ten", "410700", MEMBER, 10, 10),
        ("large-city-eleven", "411300", PROJECT, 11, 10),
    ):
        desk = Desk(f"quota-{name}", of(sender), category)
        entries = [desk.one, *(desk.entry(category) for _ in range(count - 1))]
        files, paths = _numbered(desk, entries)
        label = desk.received(
            *(
                filed(one, *path, *(("over-quota", "over-quota") if number >= quota else ("accepted",)))
                for number, (one, path) in enumerate(zip(entries, paths, strict=True))
            )
        )
        if count > 3:
            box = f"{desk.sender.subject}.zip"
            content = packing.zipped({file.name: file.content for file in files}, gbk=True)
            files = [File(box, content)]
            label = replace(
                label, filed=tuple(replace(f, form=f"{box}/{f.form}", material=f"{box}/{f.material}") for f in label.filed)
            )
        yield desk.case(desk.write(files), label)
    desk = Desk("quota-over-and-defective", of("S045"), PROJECT)
    entries = [desk.one, desk.entry(PROJECT).but(联系电话="")]
    files, paths = _numbered(desk, entries)
    label = desk.received(
        filed(entries[0], *paths[0]), filed(entries[1], *paths[1], "over-quota", "over-quota", "field-missing:联系电话")
    )
    yield desk.case(desk.write(files), label)


def _halves() -> Iterator[Case]:
    for number, category in enumerate(CATEGORIES):
        desk = Desk(f"half-form-alone-{category}", OTHERS[number], category)
        yield desk.case(desk.write([desk.form()]), desk.received(filed(desk.one, FORM, None, "defective", "material-missing")))
        desk = Desk(f"half-material-alone-{category}", OTHERS[number + 3], category)
        name = f"{SHORT[category]}典型材料（{desk.one.nominee}）.docx"
        expected = replace(filed(desk.one, None, name, "defective", "form-missing"), fields={})
        yield desk.case(desk.write([desk.material(name=name)]), desk.received(expected))
    desk = Desk("half-material-alone-of-no-category", OTHERS[7])
    desk.one = replace(desk.one, heading=f"记{desk.one.nominee}同志")
    expected = replace(
        filed(desk.one, None, MATERIAL, "defective", "form-missing", "category-unknown"), category=None, nominee=None, fields={}
    )
    yield desk.case(desk.write([desk.material()]), desk.received(expected))


def _categories() -> Iterator[Case]:
    desk = Desk("category-subject-says-otherwise", OTHERS[11], MEMBER)
    yield desk.case(desk.write(subject=f"{desk.sender.subject}先进服务单位（团队）推荐材料"), desk.received(desk.first()))
    desk = Desk("category-folder-says-otherwise", OTHERS[12], TEAM)
    box = "材料.zip"
    files = {f"党员服务标兵/{FORM}": desk.form().content, f"党员服务标兵/{MATERIAL}": desk.material().content}
    expected = filed(desk.one, f"{box}/党员服务标兵/{FORM}", f"{box}/党员服务标兵/{MATERIAL}")
    yield desk.case(desk.write([File(box, packing.zipped(files))]), desk.received(expected))
    desk = Desk("category-material-contradicts-the-form", OTHERS[14], TEAM)
    desk.one = replace(desk.one, heading=f"党员服务标兵典型材料——{desk.one.nominee}")
    expected = replace(desk.first("defective", "category-ambiguous"), category=None)
    yield desk.case(desk.write(), desk.received(expected))
    desk = Desk("category-title-contradicts-the-labels", OTHERS[15], PROJECT)
    desk.look = replace(desk.look, title="above", heading="党员服务标兵推荐表", other=False)
    expected = replace(desk.first("defective", "category-ambiguous"), category=None, fields={})
    yield desk.case(desk.write(), desk.received(expected))
    for number, category in enumerate(CATEGORIES):
        desk = Desk(f"category-by-labels-alone-{category}", OTHERS[number + 13], category)
        desk.look = replace(desk.look, title="none", annex=False, other=False)
        yield desk.case(desk.write(), desk.received(desk.first()))
        desk = Desk(f"category-title-plain-{category}", OTHERS[number + 13], category)
        desk.look = replace(desk.look, title="above", heading="推荐表", other=False)
        yield desk.case(desk.write(), desk.received(desk.first()))


def cases() -> Iterator[Case]:
    """All of them."""
    for part in (_members, _lengths, _publicity, _deadline, _quota, _halves, _categories):
        yield from part()
