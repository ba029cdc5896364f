"""Materials of 1,999 to 2,001 字 with letters, digits and marks of every width; what only looks too long."""

from collections.abc import Iterator
from dataclasses import replace

from tests.labelled.clerks.base import FORM, STORY, case, filed, pair, received, written
from tests.labelled.clerks.drawing import both, form, plain
from tests.labelled.clerks.sheet import MEMBER, PROJECT, TEAM, Sheet, sheet
from tests.labelled.envelope import Written
from tests.labelled.label import Case, Mail
from tests.labelled.length import words_of

FILL = {
    "han": "群众的事再小也是大事，我们用心办好每一件",
    "digits": "办结 1234 件占 98.6% 电话 0371-65901305 共 3 次，",
    "latin": "使用 App 和 WeChat 小程序办理 VIP 业务 A4 纸，",
    "quotes": "“急难愁盼”——‘小事’……办好它！",
    "brackets": "《办法》（试行）【一】、；：？！「好」",
    "glued": "GDP增长5.2%，覆盖3×7个点、5G基站12座，",
    "addresses": "见 http://www.example.com/a?b=1 和 a.b@example.com 两处，",
    "spaces": "走 访 一 户 记 一 户　办 一 户，",
    "dates": "2021年12月1日至2021.12.07共办理12/15件，",
}


def cases() -> Iterator[Case]:
    """Every filling at every border, as a file of its own, within the form's file, as plain text."""
    for number, (name, filling) in enumerate(FILL.items()):
        for count in (1999, 2000, 2001):
            one = _long(sheet(f"length {name} {count}", (PROJECT, TEAM, MEMBER)[number % 3], "省信访局"), filling, count)
            mail = written(f"length {name} {count}", "推荐材料", "请收", pair(one))
            yield case(f"length-{name}-{count}", _labelled(one, count, mail))
    for count in (2000, 2001):
        one = _long(sheet(f"length both {count}", TEAM, "省信访局"), FILL["han"], count)
        mail = written(f"length both {count}", "推荐材料", "请收", {"合.docx": both(one)})
        yield case(f"length-in-one-file-{count}", _labelled(one, count, mail, "合.docx", "合.docx"))
        one = _long(sheet(f"length text {count}", TEAM, "省信访局"), FILL["glued"], count)
        mail = written(f"length text {count}", "推荐材料", "请收", {FORM: form(one), "材料.txt": plain(one)})
        yield case(f"length-plain-text-{count}", _labelled(one, count, mail, FORM, "材料.txt"))


def _labelled(one: Sheet, count: int, mail: Written, form: str = FORM, material: str = STORY) -> Mail:
    """Too long over 2,000 字; near it where only the characters are more."""
    characters = len("".join("".join(one.text).split()))
    found = ["material-too-long"] if count > 2000 else ["material-near-limit"] if characters > 2000 else []
    return received(mail, "S061", replace(filed(one, *found, form=form, material=material), characters=count))


def _long(one: Sheet, filling: str, count: int) -> Sheet:
    """The same with a material of exactly so many 字, its title included, in paragraphs."""
    lines, left = [one.text[0]], count - words_of(one.text[0])
    while left > 150:
        line = filling * 3 + "。"
        lines.append(line)
        left -= words_of(line)
    while left:
        piece = "好" * min(left, 40)
        lines.append(piece)
        left -= len(piece)
    return one.telling(*lines)
