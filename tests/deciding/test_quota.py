"""The quota as a property: however nominations come, the right ones stand and settling twice changes nothing."""

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.deciding.quota import in_order, settle
from bot.model import LIVE, SEVERITIES, Finding, Nomination, State
from tests.deciding.build import ARRIVED, rules

LATE = Finding("late", SEVERITIES["late"])


@st.composite
def a_nomination(draw: st.DrawFn, number: int) -> Nomination:
    late = draw(st.booleans())
    received = ARRIVED + timedelta(hours=draw(st.integers(0, 5)))
    return Nomination(
        number=f"{number:04d}",
        version=1,
        unit="410700",
        category=draw(st.sampled_from(["project", "team", None])),
        nominee=f"项目{number}",
        nominee_unit="",
        state=draw(st.sampled_from([State.ACCEPTED, State.LATE if late else State.DEFECTIVE, State.WITHDRAWN])),
        received=received,
        updated=received,
        mail=number,
        form="a.docx",
        material="b.docx",
        fields={},
        count=None,
        findings=(LATE,) if late else (),
        admitted=draw(st.booleans()) and draw(st.booleans()),
    )


nominations = st.integers(0, 12).flatmap(lambda count: st.tuples(*(a_nomination(number) for number in range(1, count + 1))))
KIND = st.sampled_from(["city-small", "province"])


@given(nominations, KIND)
def test_the_oldest_stand_up_to_the_quota(given_ones: tuple[Nomination, ...], kind: str) -> None:
    settled = settle(given_ones, kind, rules())
    assert [one.number for one in settled] == [one.number for one in given_ones]
    for category in ("project", "team"):
        ordered = in_order(one for one in settled if one.category == category and one.state in LIVE)
        marked = [any(finding.check == "over-quota" for finding in one.findings) for one in ordered]
        quota = rules().quota(kind)
        assert marked == [place >= quota and not one.admitted for place, one in enumerate(ordered)]


@given(nominations, KIND, st.randoms())
def test_neither_order_nor_repetition_matters(given_ones: tuple[Nomination, ...], kind: str, chance: Random) -> None:
    settled = settle(given_ones, kind, rules())
    assert settle(settled, kind, rules()) == settled
    shuffled = list(given_ones)
    chance.shuffle(shuffled)
    assert sorted(settle(shuffled, kind, rules()), key=lambda one: one.number) == list(settled)


@given(nominations, KIND)
def test_what_is_not_live_or_has_no_category_passes_unchanged(given_ones: tuple[Nomination, ...], kind: str) -> None:
    for before, after in zip(given_ones, settle(given_ones, kind, rules()), strict=True):
        if before.state not in LIVE or before.category is None:
            assert after == before
