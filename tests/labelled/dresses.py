"""One form in the dresses that real forms wear: the layouts of its table, or no table at all."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.labelled import entry as e
from tests.labelled import ooxml, wording
from tests.labelled.chance import Dice
from tests.labelled.ooxml import Box


@dataclass(frozen=True, slots=True)
class Look:
    """How a form is dressed."""

    layout: str = "pairs"
    title: str = "above"  # above, table, box or none
    annex: bool = False
    spaced: int = 0
    colon: bool = False
    other: bool = False  # labels in other words
    mark: str = ""  # before a required label: “*” or numbers
    split: str = ""  # how Word broke the runs: broken, tracked, linked, tagged, field, inline, proofed
    lines: bool = False  # a long label goes over two lines
    control: bool = False
    full: bool = False  # values with full-width digits
    choice: bool = False  # ☑ and □ where there is something to choose
    heading: str = ""  # another title
    extras: int = 0  # labels that this campaign's form does not have
    outside: bool = False  # the unit and the date stand on a line above the table
    notes: bool = False  # remarks below the table


LAYOUTS = ("pairs", "three", "single", "incell", "lines", "nested", "group", "photo", "split-table", "above", "vertical")


def look(dice: Dice, layout: str = "") -> Look:
    """Any dress."""
    return Look(
        layout=layout or dice.one(LAYOUTS),
        title=dice.one(("above", "above", "above", "table", "box")),
        annex=dice.chance(40),
        spaced=dice.number(0, 3),
        colon=dice.chance(20),
        other=dice.chance(35),
        mark=dice.one(("", "", "", "*", "1")),
        split=dice.one(("", "", "broken", "tracked", "linked", "tagged", "field", "inline", "proofed")),
        lines=dice.chance(20),
        control=dice.chance(20),
        full=dice.chance(12),
        choice=dice.chance(25),
        extras=dice.number(0, 4) if dice.chance(40) else 0,
        outside=dice.chance(20),
        notes=dice.chance(25),
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A label and a value as this look writes them."""

    label: str
    value: str
    long: bool


EXTRAS = {
    e.PROJECT: (("项目类别", "民生实事"), ("资金投入", "320万元"), ("电子邮箱", "office@example.com"), ("填表人", "周文")),
    e.TEAM: (
        ("邮政编码", "450003"),
        ("电子邮箱", "office@example.com"),
        ("上级主管部门", "市民政局"),
        ("填表日期", "2021年12月8日"),
    ),
    e.MEMBER: (
        ("籍贯", "河南新乡"),
        ("身份证号", "410700197508010011"),
        ("职称", "无"),
        ("健康状况", "良好"),
        ("电子邮箱", "a@example.com"),
    ),
}
"""Other labels on forms that units made themselves, by category."""
NOTES = "注：1.此表一式两份，A4纸双面打印。\n2.联系电话请填写手机号码。\n3.主要事迹可另附页。"


def drawn(entry: e.Entry, look: Look, dice: Dice) -> list[Drawn]:
    """The pairs of the form as written."""
    made = [
        Drawn(_label(entry, name, number, look, dice), _value(name, value, look), name in e.LONG)
        for number, (name, value) in enumerate(entry.pairs, 1)
        if not (look.outside and name == "推荐单位")
    ]
    first_long = next((number for number, pair in enumerate(made) if pair.long), len(made))
    extras = [Drawn(wording.spaced(label, look.spaced), value, False) for label, value in EXTRAS[entry.category][: look.extras]]
    return made[:first_long] + extras + made[first_long:]


def _label(entry: e.Entry, name: str, number: int, look: Look, dice: Dice) -> str:
    text = wording.spaced(wording.other(dice, name) if look.other else name, look.spaced)
    if look.mark == "*" and name in e.REQUIRED[entry.category]:
        text = f"*{text}"
    if look.mark == "1":
        text = f"{number}.{text}"
    if look.lines and len(text) > 5 and look.layout not in {"incell", "lines"}:
        text = f"{text[: len(text) // 2]}\n{text[len(text) // 2 :]}"
    return text + ("：" if look.colon else "")


def _value(name: str, value: str, look: Look) -> str:
    if look.choice and name == "性别" and value:
        return "☑男 □女" if value == "男" else "□男 ☑女"
    if look.choice and value == "中共党员":
        return "☑中共党员  □中共预备党员  □其他"
    return wording.full_width(value) if look.full and name in {"联系电话", "出生年月", "入党时间"} else value


def title(entry: e.Entry, look: Look) -> str:
    """The title of the form."""
    return look.heading or f"{e.NAMES[entry.category]}推荐表"


def body(entry: e.Entry, look: Look, dice: Dice) -> str:
    """The form as the body of a document."""
    pairs = drawn(entry, look, dice)
    top = ooxml.paragraph("附件1") if look.annex else ""
    if look.title == "above":
        top += ooxml.paragraph("“我为群众办实事”“三个100”推选活动", centred=True) if look.annex else ""
        top += ooxml.paragraph(title(entry, look), centred=True, split=look.split)
    if look.title == "box":
        top += ooxml.text_box(title(entry, look))
    if look.outside:
        top += ooxml.paragraph(f"推荐单位（盖章）：{entry.values['推荐单位']}            填报时间：2021年12月9日")
    below = ooxml.paragraphs(NOTES) if look.notes else ""
    return top + _LAYOUTS[look.layout](pairs, look, title(entry, look)) + below


def _blocks(text: str, look: Look) -> str:
    inner = ooxml.paragraphs(text, split=look.split)
    return ooxml.control(inner) if look.control and text else inner


def _title_row(look: Look, title: str, columns: int) -> list[list[Box]]:
    return [[Box(ooxml.paragraph(title, centred=True), span=columns)]] if look.title == "table" else []


def _grid(per_row: int) -> Callable[[list[Drawn], Look, str], str]:
    def make(pairs: list[Drawn], look: Look, title: str) -> str:
        columns = per_row * 2
        rows, row = _title_row(look, title, columns), list[Box]()
        for pair in pairs:
            if pair.long:
                rows += [_filled(row, columns)] if row else []
                row = []
                rows.append([Box(ooxml.paragraphs(pair.label)), Box(_blocks(pair.value, look), span=columns - 1)])
                continue
            row += [Box(ooxml.paragraphs(pair.label)), Box(_blocks(pair.value, look))]
            if len(row) == columns:
                rows.append(row)
                row = []
        return ooxml.table(rows + ([_filled(row, columns)] if row else []), columns)

    return make


def _filled(row: list[Box], columns: int) -> list[Box]:
    last = row[-1]
    return [*row[:-1], Box(last.blocks, span=columns - len(row) + 1)]


def _incell(pairs: list[Drawn], look: Look, title: str) -> str:
    rows, short = _title_row(look, title, 2), list[Box]()
    for pair in pairs:
        text = f"{pair.label.rstrip('：')}：{pair.value}"
        if pair.long:
            rows += [_filled(short, 2)] if short else []
            short = []
            rows.append([Box(ooxml.paragraphs(text, split=look.split), span=2)])
        else:
            short.append(Box(ooxml.paragraphs(text, split=look.split)))
            if len(short) == 2:
                rows.append(short)
                short = []
    return ooxml.table(rows + ([_filled(short, 2)] if short else []), 2)


def _lines(pairs: list[Drawn], look: Look, title: str) -> str:
    top = ooxml.paragraph(title, centred=True) if look.title == "table" else ""
    return top + "".join(ooxml.paragraphs(f"{pair.label.rstrip('：')}：{pair.value}", split=look.split) for pair in pairs)


def _nested(pairs: list[Drawn], look: Look, title: str) -> str:
    short, long = [p for p in pairs if not p.long], [p for p in pairs if p.long]
    inner = _grid(2)(short, Look(split=look.split), "") + "<w:p/>"
    rows = [*_title_row(look, title, 2), [Box(inner, span=2)]]
    rows += [[Box(ooxml.paragraphs(pair.label)), Box(_blocks(pair.value, look))] for pair in long]
    return ooxml.table(rows, 2)


def _group(pairs: list[Drawn], look: Look, title: str) -> str:
    rows, short = _title_row(look, title, 5), [pair for pair in pairs if not pair.long]
    for number, index in enumerate(range(0, len(short), 2)):
        two = short[index : index + 2]
        cells = [box for pair in two for box in (Box(ooxml.paragraphs(pair.label)), Box(_blocks(pair.value, look)))]
        side = Box(ooxml.paragraphs("基\n本\n情\n况") if number == 0 else "", down="start" if number == 0 else "more")
        rows.append([side, *(cells if len(two) == 2 else _filled(cells, 4))])
    rows += [[Box(ooxml.paragraphs(p.label)), Box(_blocks(p.value, look), span=4)] for p in pairs if p.long]
    return ooxml.table(rows, 5)


def _photo(pairs: list[Drawn], look: Look, title: str) -> str:
    rows, short = _title_row(look, title, 5), [pair for pair in pairs if not pair.long]
    for number, index in enumerate(range(0, len(short), 2)):
        two = short[index : index + 2]
        cells = [box for pair in two for box in (Box(ooxml.paragraphs(pair.label)), Box(_blocks(pair.value, look)))]
        cells = cells if len(two) == 2 else _filled(cells, 4)
        if number < 3:
            picture = Box(ooxml.paragraphs("照\n片") if number == 0 else "", down="start" if number == 0 else "more")
            rows.append([*cells, picture])
        else:
            rows.append([*cells[:-1], Box(cells[-1].blocks, span=cells[-1].span + 1)])
    rows += [[Box(ooxml.paragraphs(p.label)), Box(_blocks(p.value, look), span=4)] for p in pairs if p.long]
    return ooxml.table(rows, 5)


def _split_table(pairs: list[Drawn], look: Look, title: str) -> str:
    cut = next((number for number, pair in enumerate(pairs) if pair.long), len(pairs))
    first, second = pairs[: cut + 1], pairs[cut + 1 :]
    return _grid(2)(first, look, title) + "<w:p/>" + _grid(2)(second, Look(split=look.split, control=look.control), "")


def _above(pairs: list[Drawn], look: Look, title: str) -> str:
    """Long values stand in a row of their own below their label."""
    rows = _title_row(look, title, 4)
    short = [pair for pair in pairs if not pair.long]
    for index in range(0, len(short), 2):
        two = short[index : index + 2]
        cells = [box for pair in two for box in (Box(ooxml.paragraphs(pair.label)), Box(_blocks(pair.value, look)))]
        rows.append(cells if len(two) == 2 else _filled(cells, 4))
    for pair in pairs:
        if pair.long:
            rows += [[Box(ooxml.paragraphs(pair.label), span=4)], [Box(_blocks(pair.value, look), span=4)]]
    return ooxml.table(rows, 4)


def _vertical(pairs: list[Drawn], look: Look, title: str) -> str:
    rows = _title_row(look, title, 4)
    short = [pair for pair in pairs if not pair.long]
    for index in range(0, len(short), 2):
        two = short[index : index + 2]
        cells = [box for pair in two for box in (Box(ooxml.paragraphs(pair.label)), Box(_blocks(pair.value, look)))]
        rows.append(cells if len(two) == 2 else _filled(cells, 4))
    for number, pair in enumerate(pair for pair in pairs if pair.long):
        upright = (
            ooxml.paragraphs("\n".join(pair.label.replace("\n", "").replace(" ", "").replace("　", "")))
            if number % 2
            else ooxml.paragraphs(pair.label)
        )
        value = Box(_blocks(pair.value, look), span=3, controlled=look.control)
        rows.append([Box(upright, vertical=not number % 2), value])
    return ooxml.table(rows, 4)


_LAYOUTS: dict[str, Callable[[list[Drawn], Look, str], str]] = {
    "pairs": _grid(2),
    "three": _grid(3),
    "single": _grid(1),
    "incell": _incell,
    "lines": _lines,
    "nested": _nested,
    "group": _group,
    "photo": _photo,
    "split-table": _split_table,
    "above": _above,
    "vertical": _vertical,
}
