"""The folders for people: where a handled mail belongs as things stand."""

from dataclasses import replace

import pytest

from bot.deciding.shelf import Shelf, shelf
from bot.model import SEVERITIES, Command, Finding, Letter, Outcome, State
from tests.adapters.values import full_mail, full_nomination

MAIL = replace(full_mail(7), command=None, outcome=Outcome.RECEIVED, letter=Letter.RECEIPT, findings=())


def put(outcome: Outcome | None = Outcome.RECEIVED, *states: State, by: int = 7) -> Shelf | None:
    of = [replace(full_nomination(), number=f"{number:04d}", state=state, mail=by) for number, state in enumerate(states, 1)]
    return shelf(replace(MAIL, outcome=outcome), of)


@pytest.mark.parametrize(
    ("states", "place"),
    [
        ((State.ACCEPTED,), Shelf.ACCEPTED),
        ((State.ACCEPTED, State.DEFECTIVE), Shelf.DEFECTIVE),
        ((State.ACCEPTED, State.DEFECTIVE, State.HELD), Shelf.HELD),
        ((State.LATE,), Shelf.HELD),
        ((State.OVER_QUOTA, State.ACCEPTED), Shelf.HELD),
        ((State.WITHDRAWN,), Shelf.ACCEPTED),
    ],
)
def test_what_waits_for_a_person_goes_before_what_is_to_be_mended_and_that_before_what_is_in_order(
    states: tuple[State, ...], place: Shelf
) -> None:
    assert put(Outcome.RECEIVED, *states) is place


def test_what_a_later_mail_has_renewed_lies_with_that_mail() -> None:
    assert put(Outcome.RECEIVED, State.HELD, by=8) is Shelf.ACCEPTED


@pytest.mark.parametrize(
    ("outcome", "place"),
    [
        (Outcome.HELD, Shelf.HELD),
        (Outcome.RETURNED, Shelf.DEFECTIVE),
        (Outcome.COMMAND, None),
        (Outcome.BOUNCE, None),
        (Outcome.IGNORED, None),
    ],
)
def test_mails_that_filed_nothing(outcome: Outcome, place: Shelf | None) -> None:
    assert put(outcome) is place


def test_a_request_that_could_not_be_done_waits_for_a_person() -> None:
    asked = replace(MAIL, outcome=Outcome.COMMAND, command=Command.WITHDRAW, letter=Letter.HELD)
    assert shelf(asked, []) is Shelf.HELD


def test_a_broken_file_beside_a_good_nomination_is_to_be_mended() -> None:
    broken = Finding("attachment-unreadable", SEVERITIES["attachment-unreadable"])
    assert shelf(replace(MAIL, findings=(broken,)), []) is Shelf.DEFECTIVE
    told = Finding("sender-new", SEVERITIES["sender-new"])
    assert shelf(replace(MAIL, findings=(told,)), []) is Shelf.ACCEPTED
