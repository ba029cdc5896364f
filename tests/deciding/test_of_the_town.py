"""The second campaign, in another language: the same judging by other data."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.deciding.understand import understand
from bot.model import Command, Count, Field, Form, Outcome, Place, Section
from tests.deciding.build import Ledger, file, found, mail, town

ARRIVED = datetime(2024, 2, 20, 9, tzinfo=ZoneInfo("Europe/London"))
GOOD = {
    "Nominated by": "Northside Ward",
    "Full name": "Maud Thistlewick",
    "Volunteers with": "Riverside Food Larder",
    "Date of birth": "May 1960",
    "Telephone": "01632 960123",
    "Age group": "Adult",
    "Citation": "Opens the larder every morning.",
    "Statement of the nominating body": "We support this. 12 February 2024",
}
WORDS = {
    "subject": "Nomination: Volunteer of the Year",
    "body": "Please find attached our nomination.",
    "sender": "maud@mail.example",
}


def form(**changed: str) -> Section:
    fields = tuple(Field(name, name, value, Place("form.docx")) for name, value in {**GOOD, **changed}.items())
    title = "Oakbridge Volunteer Award: Volunteer of the Year"
    return Section(title, title, Count(20, 90), Form(title, fields, ("person",), ("person",)))


def story(words: int) -> Section:
    return Section("Maud Thistlewick", "Maud Thistlewick\nShe opens the larder every morning.", Count(words, words * 5))


@pytest.mark.parametrize(
    ("changed", "findings"),
    [
        ({}, []),
        ({"Telephone": "none"}, ["field-invalid Telephone"]),
        ({"Telephone": ""}, ["field-missing Telephone"]),
        ({"Age group": "Elder"}, ["field-invalid Age group"]),
        ({"Date of birth": "31/02/1960"}, ["field-invalid Date of birth"]),
        ({"Date of birth": "25/12/1960"}, []),
    ],
)
def test_its_forms_are_checked_by_its_own_rows(changed: dict[str, str], findings: list[str]) -> None:
    reading = mail(file("Nomination form.docx", form(**changed)), file("Story.docx", story(90)), **WORDS)  # type: ignore[arg-type]  # words only
    made = understand(reading, town(), ARRIVED).drafts
    assert [(one.category, one.nominee, found(one)) for one in made] == [("person", "Maud Thistlewick", findings)]


def test_it_files_under_its_own_units() -> None:
    reading = mail(file("Nomination form.docx", form()), file("Story.docx", story(90)), **WORDS)  # type: ignore[arg-type]  # words only
    decision = Ledger().take(reading, ARRIVED, with_rules=town())
    assert (decision.outcome, len(decision.filed)) == (Outcome.RECEIVED, 1)


def test_it_is_asked_for_forms_in_its_own_words() -> None:
    made = understand(
        mail(subject="Where is the form?", body="Please send the form.", sender="x@mail.example"), town(), ARRIVED
    )
    assert (made.intent, made.command) == (Outcome.COMMAND, Command.FORMS)
