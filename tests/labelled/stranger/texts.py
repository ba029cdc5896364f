"""Case materials that are all different, of a length told in 字, as strangers write them."""

import random
import re

_WHO = "社区干部 网格员 志愿者 党员突击队 服务专班 窗口人员 驻村工作队 民警 医护人员 教师 律师 工程师 楼栋长 老党员 青年职工".split()
_WHERE = "老旧小区 背街小巷 易涝村组 山区乡镇 安置社区 产业园区 车站广场 农贸市场 医院门诊 政务大厅 田间地头 校园周边 河道两岸 养老院 工地板房".split()
_WHAT = (
    "加装电梯 改造管网 代办证照 送医上门 修缮危房 疏通河道 结对助学 排查隐患 调解纠纷 发放种苗 开通专线 增设车位 安装路灯 "
    "清理垃圾 培训技能 对接岗位 配送药品 检修燃气 整治噪声 打通断头路 新建食堂 改造厕所 更换水表 建立台账 回访老人"
).split()
_HOW = "每周碰头会 首问负责制 一户一档 红黄绿灯督办 错时延时服务 院坝会 群众点单 限时办结 回访评议 包片到人 联席会商 现场办公".split()
_SO = (
    "居民连声称好 投诉明显下降 往返次数减到一次 排队时间缩短 群众送来锦旗 问题全部销号 邻里关系更和睦 老人出门不再犯愁".split()
)


def sentence(dice: random.Random) -> str:
    """One sentence, made of turns that no other sentence is likely to repeat in this order."""
    a, b = dice.sample(_WHAT, 2)
    return (
        f"{dice.choice(_WHO)}走进{dice.choice(_WHERE)}，先{a}再{b}，"
        f"{dice.choice(('推行', '坚持', '探索', '完善'))}{dice.choice(_HOW)}，{dice.choice(_SO)}。"
    )


def words(text: str) -> int:
    """字数 by the words of the campaign page, counted by itself and not by the program that is examined."""
    full = r"[\u2e80-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef\U00020000-\U0003ffff“”‘’—…]"
    return len(re.findall(full, re.sub(r"\u3000", " ", text))) + len(re.findall(r"[^\s]+", re.sub(full, " ", text)))


def material(title: str, seed: str, length: int = 600) -> list[str]:
    """Paragraphs of exactly `length` 字, the title included."""
    dice = random.Random(seed)  # noqa: S311 - a text that must be the same in each run, not a secret
    lines = [title]
    left = length - words(title)
    while left > 0:
        line = "".join(sentence(dice) for _ in range(4))
        if left < words(line) + 12:
            line += "".join(sentence(dice) for _ in range(4))
            line = line[: left - 1] + "。"
        lines.append(line)
        left = length - sum(words(each) for each in lines)
    return lines
