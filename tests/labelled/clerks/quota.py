"""Quotas over several mails, units that nominate the same, two categories for one nominee, copied materials, new addresses."""

from collections.abc import Iterator

from tests.labelled.clerks.base import case, filed, pair, received, written
from tests.labelled.clerks.drawing import form, story
from tests.labelled.clerks.names import OVER
from tests.labelled.clerks.sheet import KINDS, MEMBER, PROJECT, TEAM, Sheet, sheet
from tests.labelled.label import Case, Mail, at


def cases() -> Iterator[Case]:
    """The second of one, the sixth of five; categories count by themselves; what another unit or category has already."""
    for unit, code in (("省林业局", "S068"), ("团省委", "T002"), ("中原银行", "Q005"), ("许昌学院", "G021")):
        for kind in (PROJECT, TEAM, MEMBER):
            one, two = (sheet(f"quota {unit} {kind} {n}", kind, unit) for n in "ab")
            first = _mail(one, code, 13)
            yield case(f"quota-second-{code}-{kind}", first, _mail(two, code, 14, "over-quota"))
        three = [sheet(f"quota three {unit} {kind}", kind, unit) for kind in (PROJECT, TEAM, MEMBER)]
        yield case(f"quota-one-of-each-{code}", *(_mail(one, code, 13 + n) for n, one in enumerate(three)))
    six = [sheet(f"quota six {n}", MEMBER, "济源示范区", OVER) for n in range(6)]
    mails = [_mail(one, "419001", 10 + n, *(["over-quota"] if n > 4 else [])) for n, one in enumerate(six)]
    yield case("quota-sixth-of-five", *mails)
    two_in_one = [sheet(f"quota two {n}", PROJECT, "省林业局") for n in range(2)]
    files = {f"{n}{one.nominee}{name}": content for n, one in enumerate(two_in_one, 1) for name, content in pair(one).items()}
    labels = [
        filed(one, *found, form=f"{n}{one.nominee}推荐表.docx", material=f"{n}{one.nominee}典型材料.docx")
        for n, (one, found) in enumerate(zip(two_in_one, ([], ["over-quota"]), strict=True), 1)
    ]
    yield case("quota-two-in-one-mail", received(written("two in one", "材料", "", files), "S068", *labels))
    yield from _same_nominee()
    yield from _copied()
    yield from _addresses()


def _mail(one: Sheet, unit: str, day: int, *findings: str, sender: str = "bangongshi@example.com") -> Mail:
    mail = written(f"{one.nominee}{day}", f"{KINDS[one.category]}推荐材料", "请收", pair(one), when=at(day), sender=sender)
    return received(mail, unit, filed(one, *findings))


def _same_nominee() -> Iterator[Case]:
    for kind in (PROJECT, TEAM, MEMBER):
        one = sheet(f"twice {kind}", kind, "省教育厅")
        two = sheet(f"twice other {kind}", kind, "郑州大学")
        former = two.nominee
        same = {"项目名称", "单位（团队）名称", "姓名", "工作单位及职务", "出生年月", "性别", "实施单位"}
        own = dict(one.values)
        for label in same & own.keys():
            two = two.but(label, own[label])
        two = two.telling(*(line.replace(former, two.nominee) for line in two.text))
        second = _mail(two, "G001", 14, "duplicate-nominee", sender="xuanchuan@example.com")
        yield case(f"quota-same-nominee-{kind}", _mail(one, "S031", 13), second)
    team = sheet("both categories", TEAM, "洛阳市", OVER)
    project = sheet("both categories project", PROJECT, "洛阳市", OVER).but("项目名称", team.nominee)
    yield case("quota-two-categories", _mail(team, "410300", 13), _mail(project, "410300", 14, "duplicate-nominee"))


def _copied() -> Iterator[Case]:
    for kind in (PROJECT, TEAM, MEMBER):
        one, two = sheet(f"copied {kind} a", kind, "省水利厅"), sheet(f"copied {kind} b", kind, "省应急厅")
        lines = (text.replace(one.nominee, two.nominee).replace("省水利厅", "省应急厅") for text in one.text)
        copy = two.telling(*lines)
        second = _mail(copy, "S051", 14, "similar-material", sender="yingji@example.com")
        yield case(f"quota-copied-{kind}", _mail(one, "S045", 13), second)


def _addresses() -> Iterator[Case]:
    one, two = sheet("address a", TEAM, "省体育局"), sheet("address b", MEMBER, "省体育局")
    first = _mail(one, "S056", 13, sender="one@example.com")
    yield case("quota-new-address", first, _mail(two, "S056", 14, "sender-new", sender="two@example.com"))
    one, two = sheet("address c", TEAM, "省体育局"), sheet("address d", MEMBER, "省体育局")
    first = _mail(one, "S056", 13, sender="One@Example.com")
    yield case("quota-same-address-other-case", first, _mail(two, "S056", 14, sender="one@example.com"))
    one = sheet("halves", PROJECT, "省体育局")
    start = written("halves", "表", "省体育局", {"表.docx": form(one)}, sender="a1@example.com")
    rest = written(
        "halves 2", f"{one.nominee}典型材料", "省体育局", {"文.docx": story(one)}, sender="b2@example.com", when=at(14)
    )
    yield case(
        "quota-halves-from-two-addresses",
        received(start, "S056", filed(one, "material-missing", form="表.docx", material=None)),
        received(rest, "S056", filed(one, "sender-new", form=None, material="文.docx")),
    )
