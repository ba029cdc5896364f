"""Corrections as people announce them: 以此为准, 前件作废, 补充材料, 更正, a number in the subject, an answer to our letter."""

from collections.abc import Iterator

from tests.labelled.clerks.base import FORM, STORY, case, ending, filed, pair, received, written
from tests.labelled.clerks.drawing import both, form, story
from tests.labelled.clerks.names import OVER
from tests.labelled.clerks.sheet import MEMBER, PROJECT, TEAM, Sheet, sheet
from tests.labelled.label import ANY, Case, Mail, at

UNIT, ID = "河南省农业农村厅", "S046"
WORDS = (
    ("更正：推荐材料", "刚才发的联系电话漏了，更正如下，请查收。"),
    ("推荐材料（以此为准）", "请以此为准，前面的不要了。"),
    ("前件作废，重新报送", "前件作废。"),
    ("重发：材料", "电话补上了，重新发一份，麻烦替换。"),
    ("补正材料 0001号", "按要求补正。"),
    ("Re: 【待补正】0001号 推荐材料需补正", "已补正，请查收。"),
    ("回复：请补正推荐材料（0001）", "补好了"),
    ("修改版", ""),
    ("最终版！！！", "辛苦辛苦，这次是最终版。"),
    ("关于0001号的更正", "电话号码更正"),
)
NEWS = (
    ("补充材料", "补上典型材料。"),
    ("典型材料", "刚才忘了附。"),
    ("0001号典型材料", "请收。"),
    ("Re: 受理情况 0001", "典型材料见附件"),
    ("不好意思，漏了一个附件", "补发。"),
)


def cases() -> Iterator[Case]:
    """A mended form; a half that comes later; a half that comes first; the same again; a withdrawal in passing."""
    for number, (subject, text) in enumerate(WORDS):
        one = sheet(f"correction {number}", (PROJECT, TEAM, MEMBER)[number % 3], UNIT)
        first = _first(one, f"correction {number}")
        again = written(f"again {number}", subject, text, pair(one), when=at(14))
        yield case(f"correction-{number}", first, received(again, ID, filed(one, number="0001")))
    for number, (subject, text) in enumerate(WORDS):
        one = sheet(f"form again {number}", (TEAM, MEMBER, PROJECT)[number % 3], UNIT)
        first = _first(one, f"form again {number}")
        again = written(f"form again {number}", subject, text, {"推荐表改.docx": form(one, "spaced")}, when=at(14))
        yield case(
            f"correction-form-alone-{number}",
            first,
            received(again, ID, filed(one, form="推荐表改.docx", material=None, number="0001")),
        )
    for number, (subject, text) in enumerate(NEWS):
        one = sheet(f"half {number}", (MEMBER, PROJECT, TEAM)[number % 3], UNIT)
        start = written(f"half {number}", "推荐表", "省农业农村厅", {FORM: form(one)})
        later = written(f"later {number}", subject, text, {STORY: story(one)}, when=at(13, 11))
        yield case(
            f"correction-half-later-{number}",
            received(start, ID, filed(one, "material-missing", material=None, number="0001")),
            received(later, ID, filed(one, form=None, number="0001")),
        )
    yield from _other_orders()


def _first(one: Sheet, key: str) -> Mail:
    """A mail whose form has no telephone number."""
    mail = written(f"first {key}", "推荐材料", "请收", pair(one.but("联系电话", "")))
    return received(mail, ID, filed(one, "field-missing:联系电话", number="0001"))


def _other_orders() -> Iterator[Case]:
    for kind in (PROJECT, TEAM, MEMBER):
        one = sheet(f"material first {kind}", kind, UNIT)
        named = {PROJECT: "实事项目", TEAM: "先进服务单位", MEMBER: "党员服务标兵"}[kind]
        start = written(f"material first {kind}", f"省农业农村厅{named}典型材料", "表随后发", {STORY: story(one)})
        later = written(f"form second {kind}", "推荐表来了", "", {FORM: form(one)}, when=at(13, 12))
        yield case(
            f"correction-form-later-{kind}",
            received(start, ID, filed(one, "form-missing", form=None, number="0001")),
            received(later, ID, filed(one, material=None, number="0001")),
        )
        one = sheet(f"same twice {kind}", kind, UNIT)
        first = written(f"same {kind}", "推荐材料", "", pair(one))
        renamed = {"2021推荐表 - 副本.docx": form(one), "材料 - 副本.docx": story(one)}
        second = written(f"same again {kind}", "推荐材料再发一次", "怕没收到，再发一次。", renamed, when=at(14))
        # Both halves are files of this mail, and both came with an earlier one: the label is silent about where they lie.
        label = filed(one, form=ANY, material=ANY, number="0001")
        yield case(f"correction-same-again-{kind}", received(first, ID, filed(one, number="0001")), received(second, ID, label))
        one = sheet(f"whole then one file {kind}", kind, UNIT)
        wanting = _first(one, f"one file {kind}")
        second = written(f"one file {kind}", "更正", "合成一个文件了", {"合.docx": both(one)}, when=at(15))
        yield case(
            f"correction-in-one-file-{kind}",
            wanting,
            received(second, ID, filed(one, form="合.docx", material="合.docx", number="0001")),
        )
        one = sheet(f"new material {kind}", kind, UNIT)
        first = written(f"long {kind}", "推荐材料", "", pair(one.telling(one.text[0], "实" * 2100)))
        second = written(f"cut {kind}", "压缩后的典型材料，替换原来的", "", {"新材料.docx": story(one)}, when=at(15))
        yield case(
            f"correction-shorter-material-{kind}",
            received(first, ID, filed(one, "material-too-long", number="0001")),
            received(second, ID, filed(one, form=None, material="新材料.docx", number="0001")),
        )
    yield from _withdrawals()


def _withdrawals() -> Iterator[Case]:
    words = (
        ("撤回0001", "请撤回我单位0001号推荐。"),
        ("撤回申请", "我单位申请撤回0001号推荐。"),
        ("关于撤回推荐的函", "经研究，撤回我厅报送的0001号推荐材料。\n河南省农业农村厅"),
    )
    for number, (subject, text) in enumerate(words):
        one, two = sheet(f"back {number} a", TEAM, UNIT), sheet(f"back {number} b", TEAM, UNIT)
        first = received(written(f"back {number}", "推荐材料", "", pair(one)), ID, filed(one, number="0001"))
        back = ending(written(f"back now {number}", subject, text, {}, when=at(14)), "command", ID, "withdraw")
        new = received(written(f"back new {number}", "推荐材料", "换了一个", pair(two), when=at(15)), ID, filed(two))
        yield case(f"withdrawn-and-another-{number}", first, back, new)
    one = sheet("city number", PROJECT, "南阳市", OVER)
    first = received(
        written("city number", "材料", "", pair(one.but("推荐单位意见", ""))),
        "411300",
        filed(one, "field-missing:推荐单位意见"),
    )
    second = written("city number 2", "0001", "意见补上了", {FORM: form(one)}, when=at(14))
    yield case("correction-number-alone", first, received(second, "411300", filed(one, material=None, number="0001")))
