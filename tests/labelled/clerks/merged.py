"""Someone who puts everything into one document, and someone who pastes the form into the letter itself."""

from collections.abc import Iterator

from tests.labelled.clerks.base import FORM, STORY, case, filed, pair, received, returned, written
from tests.labelled.clerks.drawing import HAND_NAMES, both, drawn, form, merged, running, story
from tests.labelled.clerks.names import OVER
from tests.labelled.clerks.sheet import MEMBER, PROJECT, TEAM, TITLES, Sheet, sheet
from tests.labelled.label import Case, Filed
from tests.labelled.length import words_of
from tests.labelled.ooxml import paragraph

ALL = "全部材料.docx"


def cases() -> Iterator[Case]:
    """Form with material in every hand; several nominations in a row; letters before and after; pasted bodies."""
    for number, hand in enumerate(HAND_NAMES):
        one = sheet(f"merged {hand}", (PROJECT, TEAM, MEMBER)[number % 3], "省商务厅")
        mail = written(f"merged {hand}", "推荐材料", "请收", {ALL: both(one, hand)})
        yield case(f"merged-{hand}", received(mail, "S047", _whole(one)))
        one = sheet(f"merged close {hand}", (MEMBER, PROJECT, TEAM)[number % 3], "省商务厅")
        mail = written(f"merged close {hand}", "推荐材料", "请收", {ALL: both(one, hand, between=paragraph(""))})
        yield case(f"merged-without-a-break-{hand}", received(mail, "S047", _whole(one)))
    yield from _several()
    yield from _framed()
    yield from _pasted()


def _whole(one: Sheet, *findings: str) -> Filed:
    label = filed(one, *findings, form=ALL, material=ALL)
    return Filed(
        label.category,
        label.nominee,
        label.state,
        label.findings,
        ALL,
        ALL,
        characters=words_of("".join(f"{x}\n" for x in one.text)),
    )


def _several() -> Iterator[Case]:
    three = [sheet(f"merged three {kind}", kind, "省商务厅") for kind in (PROJECT, TEAM, MEMBER)]
    for hand in ("grid", "spaced", "photo", "numbered", "inside"):
        blocks = [block for one in three for block in (drawn(one, hand), running(one.text))]
        mail = written(f"three {hand}", "三类", "请收", {ALL: merged(*blocks)})
        yield case(f"merged-three-in-turn-{hand}", received(mail, "S047", *map(_whole, three)))
    blocks = [*(drawn(one) for one in three), *(running(one.text) for one in three)]
    mail = written("three apart", "三类", "请收", {ALL: merged(*blocks)})
    yield case("merged-three-forms-then-materials", received(mail, "S047", *map(_whole, three)))
    files = {FORM: merged(*(drawn(one) for one in three)), STORY: merged(*(running(one.text) for one in three))}
    mail = written("three two files", "三类", "请收", files)
    yield case("merged-forms-in-one-materials-in-another", received(mail, "S047", *map(filed, three)))
    files = {FORM: merged(*(drawn(one) for one in three)), **{f"{one.nominee}.docx": story(one) for one in three}}
    mail = written("three forms one file", "三类", "请收", files)
    labels = [filed(one, material=f"{one.nominee}.docx") for one in three]
    yield case("merged-forms-alone", received(mail, "S047", *labels))
    same = [sheet(f"merged same {n}", MEMBER, "漯河市", OVER) for n in range(4)]
    for hand in ("grid", "pillar", "lines"):
        blocks = [block for one in same for block in (drawn(one, hand), running(one.text))]
        mail = written(f"four {hand}", "漯河市标兵", "请收", {ALL: merged(*blocks)})
        yield case(f"merged-four-members-{hand}", received(mail, "411100", *map(_whole, same)))


def _framed() -> Iterator[Case]:
    letter = running(
        ("关于报送“三个100”推荐材料的报告", "省委党史学习教育领导小组办公室：", "现将我厅推荐材料报上。", "2021年12月8日")
    )
    one = sheet("framed letter", TEAM, "省商务厅")
    mail = written("framed letter", "报告", "请收", {ALL: merged(letter, drawn(one), running(one.text))})
    yield case("merged-letter-first", received(mail, "S047", _whole(one)))
    one = sheet("framed backwards", PROJECT, "省商务厅")
    mail = written("framed backwards", "报告", "请收", {ALL: merged(running(one.text), drawn(one))})
    yield case("merged-material-first", received(mail, "S047", _whole(one)))
    one = sheet("framed annex", MEMBER, "省商务厅")
    blocks = (paragraph("附件1") + drawn(one), paragraph("附件2") + running(one.text))
    mail = written("framed annex", "报告", "请收", {ALL: merged(*blocks)})
    label = filed(one, form=ALL, material=ALL)
    yield case("merged-annex-lines", received(mail, "S047", label))


def _pasted() -> Iterator[Case]:
    for kind, unit, code in ((PROJECT, "省商务厅", "S047"), (TEAM, "省统计局", "S057"), (MEMBER, "河南大学", "G002")):
        one = sheet(f"pasted {kind}", kind, unit)
        lines = [TITLES[kind], *(f"{label}：{value}" for label, value in one.pairs)]
        text = "\n".join(lines)
        mail = written(f"pasted {kind}", "推荐表", f"推荐表在下面，附件传不上去。\n{text}", {})
        yield case(f"pasted-form-{kind}", returned(mail, code, "no-attachment"))
        mail = written(f"pasted both {kind}", "推荐表和材料", "\n".join((text, *one.text)), {})
        yield case(f"pasted-form-and-material-{kind}", returned(mail, code, "no-attachment"))
        mail = written(f"pasted material {kind}", "推荐材料", "\n".join(("材料如下：", *one.text)), {FORM: form(one)})
        yield case(f"pasted-material-{kind}", received(mail, code, filed(one, "material-missing", material=None)))
        mail = written(f"short hello {kind}", "推荐材料", "\n".join(("推荐对象：", one.nominee, "电话见表")), pair(one))
        yield case(f"pasted-hello-{kind}", received(mail, code, filed(one)))
