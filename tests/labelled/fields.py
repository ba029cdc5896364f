"""Fields: each required one empty, values that cannot be one, and the near misses that are none."""

from collections.abc import Iterator

from tests.labelled.build import FORM, Desk, anyone, judged, turn
from tests.labelled.clean import filed
from tests.labelled.dresses import LAYOUTS
from tests.labelled.entry import CATEGORIES, MEMBER, NOMINEE, PROJECT, REQUIRED, TEAM
from tests.labelled.label import Case, Filed
from tests.labelled.senders import OTHERS, of

GOOD_PHONES = (
    "0371-65901305",
    "（0371）65901305",
    "0371 65901305",
    "037165901305",
    "+86 13800138000",
    "138-0013-8000",
    "138 0013 8000",
    "13800138000、0373-3012345",
    "13800138000（微信同号）",
    "0373—3012345",
    "0371-65901305转8021",
    "１３８００１３８０００",
    "65901305",
    "办公：0371-65901305\n手机：13800138000",
)
BAD_PHONES = ("138001380001", "1380013800", "12", "23800138000", "1380013800X", "0371-659013")
GOOD_MONTHS = (
    "1970.01（51岁）",
    "1970年1月",
    "1970-01-05",
    "１９７０．０１",
    "1970/1",
    "197001",
    "19700105",
    "1970年01月生",
    "一九七〇年一月",
    "1970 年 1 月",
    "1970、1",
)
BAD_DATES = (
    ("出生年月", "2021年2月30日"),
    ("出生年月", "1975年13月"),
    ("出生年月", "1975.00"),
    ("出生年月", "2035年1月"),
    ("入党时间", "1998年6月31日"),
    ("入党时间", "1999年2月29日"),
    ("入党时间", "不详"),
)
GOOD_DATES = (
    ("入党时间", "1998年6月30日"),
    ("入党时间", "2000年2月29日"),
    ("入党时间", "1998.06.30"),
    ("入党时间", "1998年6月"),
    ("参加工作时间", ""),
)


def _missing() -> Iterator[Case]:
    """Every required field of every category, one at a time, in every layout in turn."""
    number = 0
    for category in CATEGORIES:
        for name in REQUIRED[category]:
            _, layout = turn(number)
            desk = Desk(f"missing-{category}-{name}-{layout}", OTHERS[number % len(OTHERS)], category, layout)
            desk.one = desk.one.but(**{name: ""})
            expected = desk.first("defective", f"field-missing:{name}")
            if name == NOMINEE[category]:
                expected = Filed(category, None, "defective", frozenset({f"field-missing:{name}"}))
            yield desk.case(desk.write(), desk.received(expected)) if name != NOMINEE[category] else _nameless(desk, expected)
            number += 1


def _nameless(desk: Desk, expected: Filed) -> Case:
    """The form does not name its nominee; the material beside it does not either."""
    desk.one = Desk(desk.name, desk.sender, desk.category, desk.layout).one.but(**{NOMINEE[desk.category]: ""})
    plain = desk.one.__class__(desk.category, desk.one.values, "典型材料", desk.one.body)
    files = [desk.form(plain), desk.material(plain)]
    return desk.case(
        desk.write(files),
        desk.received(Filed(desk.category, None, "defective", expected.findings, FORM, files[1].name)),
    )


def _absent() -> Iterator[Case]:
    """The label itself is not on the form."""
    for number, (category, name) in enumerate(
        ((PROJECT, "实施单位"), (TEAM, "单位性质"), (MEMBER, "入党时间"), (MEMBER, "性别"))
    ):
        desk = Desk(f"absent-{category}-{name}", OTHERS[number], category, LAYOUTS[number])
        desk.one = desk.one.without(name)
        yield desk.case(desk.write(), desk.received(desk.first("defective", f"field-missing:{name}")))
    for number, (category, names) in enumerate(
        (
            (PROJECT, ("开展时间", "受益人数", "群众评价", "审定意见")),
            (TEAM, ("人数", "单位地址", "曾获表彰", "审定意见")),
            (MEMBER, ("民族", "学历", "个人简历", "所在单位意见")),
            (PROJECT, ("推荐单位",)),
            (TEAM, ("推荐单位", "公示情况")),
        )
    ):
        desk = Desk(f"optional-absent-{number}-{category}", OTHERS[number], category, LAYOUTS[number + 3])
        desk.one = desk.one.without(*names)
        yield desk.case(desk.write(), desk.received(desk.first()))
        desk = Desk(f"optional-empty-{number}-{category}", OTHERS[number], category, LAYOUTS[number + 4])
        desk.one = desk.one.but(**dict.fromkeys(names, ""))
        yield desk.case(desk.write(), desk.received(desk.first()))


def _empty() -> Iterator[Case]:
    """What looks written and is empty, what looks empty and is an answer."""
    yield judged("empty-joined-date", {"入党时间": "年  月  日"}, ["field-missing:入党时间"], fields=False)
    yield judged("empty-born-date", {"出生年月": "    年    月"}, ["field-missing:出生年月"], fields=False)
    yield judged("empty-seal-line", {"推荐单位意见": "（盖章）\n    年    月    日"}, ["field-missing:推荐单位意见"])
    yield judged(
        "empty-seal-line-team", {"推荐单位意见": "（盖  章）　　年　月　日"}, ["field-missing:推荐单位意见"], category=TEAM
    )
    yield judged(
        "empty-seal-and-signature",
        {"推荐单位意见": "负责人签字：          （盖章）\n年   月   日"},
        ["field-missing:推荐单位意见"],
        category=PROJECT,
    )
    yield judged("opinion-without-seal", {"推荐单位意见": "同意"})
    yield judged("opinion-with-empty-date", {"推荐单位意见": "同意推荐。\n（盖章）\n    年    月    日"})
    yield judged("no-honours", {"曾获表彰": "无"}, category=TEAM)
    yield judged("two-missing", {"联系电话": "", "性别": "  "}, ["field-missing:联系电话", "field-missing:性别"])
    yield judged("only-underline", {"工作单位及职务": "＿＿＿＿＿＿"}, ["field-missing:工作单位及职务"], fields=False)
    yield judged("office-field-filled", {"审定意见": "同意"})


def _telephones() -> Iterator[Case]:
    for number, phone in enumerate(GOOD_PHONES):
        category, layout = turn(number)
        sender = anyone(number) if number % 2 else OTHERS[number]
        yield judged(f"phone-good-{number:02d}", {"联系电话": phone}, category=category, layout=layout, sender=sender)
    for number, phone in enumerate(BAD_PHONES):
        category, layout = turn(number)
        yield judged(
            f"phone-bad-{number:02d}", {"联系电话": phone}, ["field-invalid:联系电话"], category=category, layout=layout
        )


def _dates() -> Iterator[Case]:
    for number, value in enumerate(GOOD_MONTHS):
        yield judged(f"born-good-{number:02d}", {"出生年月": value}, layout=turn(number)[1])
    for number, (name, value) in enumerate(BAD_DATES):
        yield judged(f"date-bad-{number:02d}", {name: value}, [f"field-invalid:{name}"], layout=turn(number)[1])
    for number, (name, value) in enumerate(GOOD_DATES):
        yield judged(f"date-good-{number:02d}", {name: value, "出生年月": "1970年1月"}, layout=turn(number)[1])


def _choices() -> Iterator[Case]:
    for number, value in enumerate(("男", "女", "☑男 □女", "□男  √女", "男☑ 女□", "■男 □女", "男 性")):
        yield judged(f"sex-good-{number}", {"性别": value}, layout=turn(number)[1])
    yield judged("sex-none-ticked", {"性别": "□男 □女"}, ["field-missing:性别"], fields=False)
    yield judged("sex-both-ticked", {"性别": "☑男 ☑女"}, ["field-invalid:性别"])
    yield judged("sex-no-sex", {"性别": "汉族"}, ["field-invalid:性别"])


def _several() -> Iterator[Case]:
    """Three defects in three nominations of one mail, each told at its own."""
    desk = Desk("three-with-one-defect-each", of("411000"))
    wrong = (
        (desk.entry(PROJECT).but(联系电话=""), "field-missing:联系电话"),
        (desk.entry(TEAM).but(联系电话="1380013"), "field-invalid:联系电话"),
        (desk.entry(MEMBER).but(政治面貌="中共预备党员"), "not-party-member"),
    )
    files, expected = [], []
    for number, (one, finding) in enumerate(wrong, 1):
        first, second = f"{number}-{one.nominee}推荐表.docx", f"{number}-{one.nominee}典型材料.docx"
        files += [desk.form(one, first), desk.material(one, second)]
        expected.append(filed(one, first, second, "defective", finding))
    yield desk.case(desk.write(files), desk.received(*expected))


def cases() -> Iterator[Case]:
    """All of them."""
    for part in (_missing, _absent, _empty, _telephones, _dates, _choices, _several):
        yield from part()
