"""One nomination in one mail, complete unless told otherwise: what most cases vary."""

from collections.abc import Mapping
from typing import Any

from tests.labelled.label import Case
from tests.labelled.stranger import paper, texts
from tests.labelled.stranger.expect import case, n
from tests.labelled.stranger.post import mail

NOMINEE = {"project": "“暖心电梯”加装工程", "team": "晨光便民服务队", "member": "桑榆晚"}
UNIT = "新乡市"


def bodies(
    cat: str,
    unit: str,
    nominee: str,
    seed: str,
    over: Mapping[str, str | None] | None = None,
    layout: str = "four",
    length: int = 600,
    title: str | None = None,
    mat_title: str | None = None,
    **more: Any,
) -> tuple[bytes, bytes]:
    """Form and material."""
    data: dict[str, str | None] = {**paper.values(cat, unit, nominee, seed), **(over or {})}
    form = paper.form(cat, data, layout, title, **more)
    head = (
        mat_title
        or {"project": f"{nominee}典型材料", "team": f"{nominee}先进事迹材料", "member": f"记党员服务标兵{nominee}同志"}[cat]
    )
    return form, paper.prose(texts.material(head, seed, length))


def one(
    name: str,
    *finds: str,
    cat: str = "project",
    unit: str = UNIT,
    shown: str | None = None,
    nominee: str | None = None,
    over: Mapping[str, str | None] | None = None,
    outcome: str = "received",
    mail_finds: frozenset[str] = frozenset(),
    names: tuple[str, str] = ("推荐表.docx", "典型材料.docx"),
    mailing: Mapping[str, Any] | None = None,
    told: Mapping[str, Any] | None = None,
    **more: Any,
) -> Case:
    """A case of one mail; `unit` as the form writes it, `shown` the roster's name for it (“*”: not judged)."""
    who = nominee or NOMINEE[cat]
    raw = one_mail(name, cat, unit, who, over=over, names=names, mailing=mailing, **more)
    noms = (n(cat, who, *finds, **dict(told or {})),) if outcome == "received" else ()
    return case(name, raw, outcome, shown or unit, noms, mail_finds)


def one_mail(
    name: str,
    cat: str = "project",
    unit: str = UNIT,
    who: str | None = None,
    *,
    over: Mapping[str, str | None] | None = None,
    names: tuple[str, str] = ("推荐表.docx", "典型材料.docx"),
    mailing: Mapping[str, Any] | None = None,
    **more: Any,
) -> bytes:
    """The mail of such a case."""
    form, material = bodies(cat, unit, who or NOMINEE[cat], name, over, **more)
    return mail(files=dict(zip(names, (form, material), strict=True)), **({"subject": "推荐材料报送"} | dict(mailing or {})))
