"""Forms that units made themselves: the labels and titles people put in place of the printed ones, one field in two, two in one."""

from collections.abc import Iterator
from dataclasses import replace

from tests.labelled.clerks.base import FORM, STORY, case, filed, received, written
from tests.labelled.clerks.drawing import HAND_NAMES, form, story
from tests.labelled.clerks.names import OVER
from tests.labelled.clerks.sheet import MEMBER, PROJECT, TEAM, Sheet, sheet
from tests.labelled.label import Case

SAID = {
    PROJECT: {
        "项目名称": ("实事项目名称", "服务项目名称", "申报项目名称", "实事名称", "推荐项目"),
        "实施单位": ("承办单位", "责任单位", "项目实施单位", "牵头单位", "主办单位"),
        "项目负责人": ("项目负责人姓名", "项目责任人", "负责人"),
        "联系电话": ("联系方式", "电话", "手机号码", "办公电话", "联系人电话"),
        "项目简介": ("项目概况", "项目基本情况", "项目内容简介", "项目内容", "项目介绍"),
        "主要做法和成效": ("主要做法及成效", "做法与成效", "工作举措及成效", "主要做法、取得成效", "具体做法和主要成效"),
        "推荐单位意见": ("推荐意见", "单位推荐意见", "推荐单位党组织意见", "市委党史学习教育领导小组办公室意见"),
        "公示情况": ("公示说明", "公示时间及媒体", "公示情况说明"),
    },
    TEAM: {
        "单位（团队）名称": ("团队名称", "先进单位（团队）名称", "单位或团队名称", "集体名称", "先进集体名称"),
        "单位性质": ("单位类别", "单位类型", "性质"),
        "负责人": ("主要负责人", "单位负责人", "团队负责人", "负责人姓名"),
        "联系人": ("联络员", "联系人姓名", "联络人"),
        "联系电话": ("联系方式", "联系人手机", "手机", "联系电话及手机"),
        "主要事迹": ("先进事迹", "事迹简介", "简要事迹", "主要先进事迹", "主要工作及成效"),
        "推荐单位意见": ("推荐单位审核意见", "推荐单位（盖章）意见", "机关党委意见"),
    },
    MEMBER: {
        "姓名": ("姓    名", "被推荐人姓名", "推荐人选姓名"),
        "性别": ("性    别",),
        "出生年月": ("出生日期", "出生时间", "出生年月日", "出生年月（岁）"),
        "政治面貌": ("政治面目", "政治 面貌"),
        "入党时间": ("入党年月", "何时入党", "加入中国共产党时间", "入党日期"),
        "工作单位及职务": (
            "单位及职务",
            "工作单位和职务",
            "现工作单位及职务",
            "所在单位及职务",
            "单位职务",
            "工作单位及职务（职称）",
        ),
        "联系电话": ("手机号", "联系方式", "电话号码", "本人电话"),
        "主要事迹": ("先进事迹", "主要先进事迹", "事迹摘要", "个人事迹", "主要事迹（500字以内）"),
        "推荐单位意见": ("推荐单位党委意见", "推荐单位党组（党委）意见", "上级推荐单位意见"),
    },
}
TITLED = {
    PROJECT: (
        "实事项目推荐表",
        "“群众满意度高的实事（服务项目）”申报表",
        "群众满意的服务项目推荐表",
        "“三个100”实事项目登记表",
    ),
    TEAM: ("先进服务单位推荐表", "先进服务团队申报表", "“三个100”先进服务单位（团队）推荐审批表", "先进服务单位（团队）登记表"),
    MEMBER: ("“党员服务标兵”推荐审批表", "党员服务标兵申报表", "党员标兵推荐表", "党员服务标兵候选人推荐表"),
}


def cases() -> Iterator[Case]:
    """Every other label and title, each in the next layout; a workplace in two cells; a contact with his number in one."""
    number = 0
    for category, fields in SAID.items():
        for label, others in fields.items():
            for other in others:
                number += 1
                yield _case(
                    f"own-{category}-{other}",
                    sheet(f"own {other} {category}", category, "商丘市", OVER),
                    number,
                    {label: other},
                )
        for title in TITLED[category]:
            number += 1
            yield _case(f"own-title-{category}-{title}", sheet(f"own {title}", category, "商丘市", OVER), number, {}, title)
    yield from _split()


def _case(name: str, one: Sheet, number: int, renamed: dict[str, str], title: str | None = None) -> Case:
    shown = replace(one, values=tuple((renamed.get(label, label), value) for label, value in one.values))
    hand = HAND_NAMES[number % len(HAND_NAMES)]
    files = {FORM: form(shown, hand, title=title), STORY: story(one)}
    return case(name, received(written(name, "推荐材料", "请收", files), "411400", filed(one)))


def _split() -> Iterator[Case]:
    for hand in ("grid", "spaced", "lines", "numbered"):
        one = sheet(f"own split {hand}", MEMBER, "商丘市", OVER)
        values: list[tuple[str, str]] = []
        for label, value in one.values:
            place, post = value[:-2], value[-2:]
            values += [("工作单位", place), ("职务", post)] if label == "工作单位及职务" else [(label, value)]
        files = {FORM: form(replace(one, values=tuple(values)), hand), STORY: story(one)}
        yield case(
            f"own-workplace-and-post-{hand}", received(written(f"own split {hand}", "材料", "", files), "411400", filed(one))
        )
        one = sheet(f"own joined {hand}", TEAM, "商丘市", OVER)
        told = dict(one.values)
        joined: list[tuple[str, str]] = []
        for label, value in one.values:
            if label == "联系人":
                joined.append(("联系人及电话", f"{value} {told['联系电话']}"))
            elif label != "联系电话":
                joined.append((label, value))
        files = {FORM: form(replace(one, values=tuple(joined)), hand), STORY: story(one)}
        yield case(
            f"own-contact-with-number-{hand}", received(written(f"own joined {hand}", "材料", "", files), "411400", filed(one))
        )
