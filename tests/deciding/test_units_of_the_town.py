"""The same matching for a campaign in another language: Latin words have ends, offices stand before and behind."""

from functools import cache
from pathlib import Path

import pytest

from bot.adapters.rules import load_rules
from bot.campaign import Rules
from bot.deciding.units import match_unit
from bot.model import Address, Count, Field, FileRead, Form, Format, Headers, Place, Reading, Section

TOWN = Path(__file__).parents[1] / "campaigns" / "town-award"


@cache
def rules() -> Rules:
    return load_rules(TOWN)


def mail(*nominated_by: str, text: str = "", subject: str = "", sender: str = "", address: str = "a@b.example") -> Reading:
    forms = [Form("Award form", (Field("Nominated by", "Nominated by", value, Place("form.docx")),)) for value in nominated_by]
    files = [
        FileRead(f"form {n}.docx", "0" * 64, 9, Format.DOCX, sections=(Section("", "", Count(0, 0), form),))
        for n, form in enumerate(forms, 1)
    ]
    return Reading(Headers("<1@b.example>", subject, Address(address, sender)), text, text, tuple(files))


@pytest.mark.parametrize(
    ("reading", "unit", "finding", "candidates"),
    [
        pytest.param(mail("Northside Ward"), "007", None, ("007",), id="by name"),
        pytest.param(mail("The Northside Ward Council"), "007", None, ("007",), id="before and behind peeled"),
        pytest.param(mail("NORTH SIDE  WARD"), "007", None, ("007",), id="by another spelling"),
        pytest.param(mail("Rowing Club Secretary"), "C1", None, ("C1",), id="an office of a club"),
        pytest.param(mail("Northside Scouts"), None, "unit-not-entitled", ("007",), id="a body below a ward"),
        pytest.param(mail("Junior Rowers"), "T1", "unit-not-entitled", ("C1",), id="a body of the roster"),
        pytest.param(mail("Mill Lane"), "T2", "unit-not-entitled", ("007",), id="a body by its short name"),
        pytest.param(mail("Northside Ward", "Southgate"), None, "unit-ambiguous", ("007", "W2"), id="two forms of two wards"),
        pytest.param(mail("Smart Society"), None, "unit-unknown", (), id="half of a word is no name"),
        pytest.param(mail("Northsiders"), None, "unit-unknown", (), id="a longer word is no name"),
        pytest.param(mail("Oakbridge Award Committee"), None, "unit-unknown", (), id="the office itself"),
        pytest.param(mail("Oakbridge Rowing Clun"), "C1", None, ("C1",), id="a slip of the pen"),
        pytest.param(mail(subject="Nomination from Art Society"), "C2", None, ("C2",), id="the subject"),
        pytest.param(mail(text="Dear Northside Ward,\nthanks.\nSouthgate Ward"), "W2", None, ("W2",), id="greeted and signed"),
        pytest.param(mail(text="Nominated by: Southgate"), "W2", None, ("W2",), id="a label"),
        pytest.param(mail(text="We are Art Society"), "C2", None, ("C2",), id="said in words"),
        pytest.param(mail(address="joan@mail.southgate.example"), "W2", None, ("W2",), id="a known domain"),
        pytest.param(mail(address="clerk@northside.example"), "007", None, ("007",), id="a known address"),
        pytest.param(
            mail("Junior Rowers", sender="Oakbridge Rowing Club"), "C1", None, ("C1",), id="the club sends its body's"
        ),
    ],
)
def test_whose_mail_it_is(reading: Reading, unit: str | None, finding: str | None, candidates: tuple[str, ...]) -> None:
    made = match_unit(reading, rules())
    assert (made.unit, made.finding, made.candidates) == (unit, finding, candidates)
