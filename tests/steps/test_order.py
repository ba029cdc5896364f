"""The order of arrival decides, not the order of handling.

Two promises. Mails that lie there together are handled in order of arrival, however they were taken in: the ledger is the
same to the last row, numbers included. A mail that is handled after younger ones (it failed once, a person held it back, it
was moved into the folder late) ends in the same nominations: the same halves stand, with the same findings, state and place
in the quota; numbers, the count of versions and which of two mails with the same half is named follow the handling, and of
two namesakes or copies the one handled later carries the remark.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import FileRead, Nomination, Reading
from tests.deciding.build import at, file, form, mail, text
from tests.steps.judging import Desk

UNITS = {"新乡市": "dsxxjy@xinxiang.example", "河南省水利厅": "jgdw@water.example"}
NAMES = ("“清渠”农村饮水提质项目", "“暖心桥”助餐服务项目", "“一窗通办”便民服务项目")
OF_HANDLING = {"duplicate-nominee", "similar-material"}
FIRST = at(14, 8)
MANY = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Sent:
    """A mail: who sends which halves of which nominee, in which writing."""

    unit: str
    name: str
    halves: str  # both, form or material
    writing: int
    number: int  # place in the order of arrival

    @property
    def received(self) -> datetime:
        return FIRST + timedelta(minutes=self.number)

    def reading(self) -> Reading:
        told = f"{self.unit}报送{self.name}材料，请查收。"
        made = mail(*self.files(), subject=f"{self.unit}推荐材料", body=told, sender=UNITS[self.unit])
        return replace(made, headers=replace(made.headers, message_id=f"<{self.number}@order.example>"))

    def files(self) -> tuple[FileRead, ...]:
        phone = f"0373-555{self.writing:04d}" if self.writing else ""
        filled = form(项目名称=self.name, 推荐单位=self.unit, 联系电话=phone)
        told = text(f"{self.name}典型材料", about=self.name, words=900 + 500 * self.writing, body=f"写法{self.writing}。" * 3)
        files = {"form": file(f"{self.name}推荐表.docx", filled), "material": file(f"{self.name}典型材料.docx", told)}
        return tuple(files.values()) if self.halves == "both" else (files[self.halves],)


@st.composite
def pools(draw: Any) -> list[Sent]:
    """Some mails in order of arrival."""
    rows = st.tuples(
        st.sampled_from(sorted(UNITS)), st.sampled_from(NAMES), st.sampled_from(("both", "form", "material")), st.integers(0, 3)
    )
    return [
        Sent(unit, name, halves, writing, number)
        for number, (unit, name, halves, writing) in enumerate(draw(st.lists(rows, min_size=2, max_size=7)))
    ]


@st.composite
def shuffled(draw: Any) -> tuple[list[Sent], list[Sent]]:
    """A pool, and the same in any order."""
    pool = draw(pools())
    return pool, draw(st.permutations(pool))


def taken_in(order: Sequence[Sent]) -> Desk:
    """All lie there before any is handled; the handle step takes them as the store gives them."""
    desk = Desk()
    ids = [desk.take_in(one.reading(), one.received) for one in order]
    with desk.store.glance() as ledger:
        waiting = [row.id for row in ledger.mails.unhandled(len(ids))]
    for id in waiting:
        desk.handle(id, at(15))
    return desk


def handled(order: Sequence[Sent]) -> Desk:
    """Each is handled before the next is there."""
    desk = Desk()
    for one in order:
        desk.handle(desk.take_in(one.reading(), one.received), at(15))
    return desk


def whole_ledger(desk: Desk) -> list[Any]:
    """Every nomination in every version, every mail, the history: mails by their Message-ID instead of their number."""
    with desk.store.glance() as ledger:
        names = {row.id: row.message_id for row in ledger.mails.all()}
        mails = [replace(row, id=0, position=None) for row in ledger.mails.all()]
        versions = [one for newest in ledger.nominations.all() for one in ledger.nominations.versions(newest.number)]
        events = [(names.get(_mail(event.who)), event.what, event.subject, event.facts) for event in ledger.chronicle.all()]
    return [mails, [_named(one, names) for one in versions], [e for e in events if not e[2].startswith("mail:")]]


def _mail(who: str) -> int:
    return int(who.removeprefix("mail:")) if who.startswith("mail:") else 0


def _named(one: Nomination, names: dict[int, str]) -> tuple[Any, ...]:
    return (
        replace(one, mail=0, form_mail=None, material_mail=None),
        *(names.get(id or 0) for id in (one.mail, one.form_mail, one.material_mail)),
    )


def standing(desk: Desk) -> dict[tuple[str, str], tuple[Any, ...]]:
    """What stands of each nominee of each unit."""
    return {(one.unit, one.nominee): _stands(one) for one in desk.nominations}


def _stands(one: Nomination) -> tuple[Any, ...]:
    found = sorted((finding.check, finding.field or "") for finding in one.findings if finding.check not in OF_HANDLING)
    return (
        one.category,
        one.state,
        found,
        dict(one.fields),
        one.count,
        one.received,
        one.form_digest,
        one.material_digest,
        one.precedence,
    )


@MANY
@given(shuffled())
def test_however_mails_were_taken_in_the_ledger_is_the_same_to_the_last_row(pair: tuple[list[Sent], list[Sent]]) -> None:
    pool, order = pair
    assert whole_ledger(taken_in(order)) == whole_ledger(taken_in(pool))


@MANY
@given(shuffled())
def test_in_whatever_order_mails_are_handled_the_same_halves_stand(pair: tuple[list[Sent], list[Sent]]) -> None:
    pool, order = pair
    assert standing(handled(order)) == standing(handled(pool))
