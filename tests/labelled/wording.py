"""Labels as units write them when they copy a form from memory."""

from tests.labelled.chance import Dice

OTHER = {
    "推荐单位": ("推荐单位（盖章）", "推荐单位名称"),
    "项目名称": ("服务项目名称", "实事项目名称", "项目（实事）名称"),
    "实施单位": ("项目实施单位", "承办单位", "责任单位"),
    "开展时间": ("实施时间", "项目开展时间"),
    "受益人数": ("受益群众人数", "惠及人数"),
    "项目负责人": ("负责人", "项目负责人姓名"),
    "联系电话": ("联系方式", "电话", "手机号码"),
    "项目简介": ("项目概况", "项目基本情况"),
    "主要做法和成效": ("主要做法及成效", "主要做法与成效", "主要做法、成效"),
    "群众评价": ("群众满意度", "群众评价情况"),
    "公示情况": ("公示情况（媒体、时间）", "公示时间及媒体", "公示情况说明"),
    "推荐单位意见": ("推荐意见", "推荐单位党组织意见", "推荐单位意见（盖章）"),
    "审定意见": ("审批意见", "省委党史学习教育领导小组办公室审定意见", "省委党史学习教育领导小组审定意见"),
    "单位（团队）名称": ("单位名称", "团队名称", "单位(团队)名称", "先进单位（团队）名称"),
    "单位性质": ("性质", "单位类别"),
    "人数": ("团队人数", "职工人数", "成员人数"),
    "负责人": ("单位负责人", "团队负责人", "主要负责人"),
    "单位地址": ("通讯地址", "地址"),
    "曾获表彰": ("曾获荣誉", "获奖情况", "曾获表彰情况", "何时何地受过何种表彰"),
    "主要事迹": ("先进事迹", "主要事迹简介", "主要先进事迹", "事迹简介"),
    "出生年月": ("出生日期", "出生年月（岁）"),
    "政治面貌": ("政治面目",),
    "入党时间": ("入党年月", "入党日期"),
    "参加工作时间": ("参加工作年月", "工作时间"),
    "学历": ("文化程度", "学历学位"),
    "工作单位及职务": ("工作单位和职务", "单位及职务", "工作单位及职务职称", "工作单位、职务"),
    "个人简历": ("简历", "工作简历", "主要简历"),
    "所在单位意见": ("单位意见", "所在单位党组织意见"),
}


def other(dice: Dice, label: str) -> str:
    """Another way to write the label."""
    return dice.one((label, *OTHER.get(label, ())))


def spaced(label: str, how: int) -> str:
    """The label drawn apart: 1 short ones only, 2 every character, 3 with full-width spaces."""
    if how == 1:
        return "    ".join(label) if len(label) == 2 else "  ".join(label) if len(label) == 3 else label
    if how == 2:
        return " ".join(label)
    return "　".join(label) if how == 3 and len(label) <= 4 else label


def full_width(text: str) -> str:
    """Digits, Latin letters and points as a Chinese input method leaves them."""
    return "".join(chr(ord(char) + 0xFEE0) if char.isascii() and (char.isalnum() or char in ".-") else char for char in text)
