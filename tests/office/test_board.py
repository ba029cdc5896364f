"""How the campaign stands, counted from nominations and mails."""

from dataclasses import replace

from bot.deciding.board import Board, Contact, Tally, UnitBoard
from bot.deciding.contacts import telephone_fields
from bot.deciding.standing import standing
from bot.model import Address, MailRow, MailState, Nomination, Outcome, State
from tests.office.build import MEMBER, TEAM, at, campaign, finding, mail, nomination


def stand(nominations: list[Nomination], mails: list[MailRow] | None = None) -> Board:
    return standing(nominations, mails or [], campaign())


def unit(board: Board, id: str) -> UnitBoard:
    return next(unit for unit in board.units if unit.unit.id == id)


def test_every_entitled_unit_has_its_row_in_the_order_of_the_roster_and_counties_have_none() -> None:
    board = stand([])
    assert [row.unit.name for row in board.units] == ["郑州市", "新乡市", "许昌市", "济源示范区", "河南省教育厅", "郑州大学"]
    assert board.silent == board.units
    assert [tally.quota for tally in board.totals] == [32, 32, 32]


def test_live_nominations_count_by_state_and_withdrawn_ones_do_not_count() -> None:
    board = stand(
        [
            nomination(1),
            nomination(2, "410700", "project", "", State.DEFECTIVE, finding("publicity-missing", "公示情况")),
            nomination(3, state=State.LATE),
            nomination(4, state=State.WITHDRAWN),
            nomination(5, state=State.SELECTED),
            nomination(6, category="team"),
        ]
    )
    row = unit(board, "410700")
    assert row.tallies == (
        Tally(10, {State.ACCEPTED: 1, State.DEFECTIVE: 1, State.LATE: 1, State.WITHDRAWN: 1, State.SELECTED: 1}),
        Tally(10, {State.ACCEPTED: 1}),
        Tally(10, {}),
    )
    assert [(tally.live, tally.ready, tally.free) for tally in row.tallies] == [(4, 2, 6), (1, 1, 9), (0, 0, 10)]
    assert (row.live, row.defective, row.withdrawn, row.silent, row.open) == (5, 1, 1, False, True)
    assert [line.number for line in board.defective] == ["0002"]


def test_a_unit_that_withdrew_everything_is_silent_again() -> None:
    assert unit(stand([nomination(1, state=State.WITHDRAWN)]), "410700").silent


def test_a_late_nomination_with_something_to_mend_is_an_open_defect_too() -> None:
    late = nomination(1, "410700", "project", "", State.LATE, finding("late"), finding("field-missing", "联系电话"))
    assert [line.number for line in stand([late]).defective] == ["0001"]


def test_a_nomination_without_a_category_counts_for_the_unit_but_in_no_category() -> None:
    row = unit(stand([nomination(1, category=None, state=State.DEFECTIVE)]), "410700")
    assert (row.uncategorised, row.live, [tally.live for tally in row.tallies]) == (1, 1, [0, 0, 0])


def test_nominations_of_a_unit_the_roster_no_longer_has_are_not_lost() -> None:
    board = stand([nomination(1, "999999"), nomination(2, "410702")])
    assert [row.unit.name for row in board.units][-2:] == ["新乡市红旗区", "999999"]
    assert board.totals[0].live == 2


def test_papers_are_due_for_all_on_file_until_they_come() -> None:
    board = stand([nomination(1), nomination(2, paper=at(16)), nomination(3, state=State.WITHDRAWN)])
    assert [line.number for line in board.papers_due] == ["0001"]
    assert (unit(board, "410700").papers_due, unit(board, "410700").papers_in) == (1, 1)


def test_superseded_versions_are_no_nominations_of_their_own() -> None:
    assert stand([nomination(1, state=State.SUPERSEDED)]).lines == ()


def test_the_office_rings_the_roster_first_then_the_persons_of_the_forms_and_nominees_last() -> None:
    board = stand(
        [
            nomination(1, fields={"项目负责人": "戚长风", "联系电话": "0373-5550102"}),
            nomination(2, category="member", nominee="白云飞", fields={"姓名": "白云飞", "联系电话": "13803710003"}),
            nomination(3, category="team", fields={"负责人": "甘露", "联系人": "秋水", "联系电话": "0373-5550104"}),
        ]
    )
    assert unit(board, "410700").contacts == (
        Contact("孔令仪", "0373-5550101"),
        Contact("秋水", "0373-5550104", "0003"),
        Contact("戚长风", "0373-5550102", "0001"),
        Contact("白云飞", "13803710003", "0002"),
    )


def test_of_many_numbers_the_nominees_own_and_the_oldest_are_forgotten() -> None:
    forms = [nomination(n, "411000", fields={"项目负责人": f"某{n}", "联系电话": f"0374-555010{n}"}) for n in range(1, 5)]
    forms.insert(1, nomination(9, "411000", "member", "白云飞", fields={"姓名": "白云飞", "联系电话": "13803710009"}))
    assert [contact.number for contact in unit(stand(forms), "411000").contacts] == ["0004", "0003", "0002"]


def test_a_telephone_belongs_to_the_nearest_person_before_it() -> None:
    assert telephone_fields(TEAM) == (("联系人", "联系电话"),)
    assert telephone_fields(MEMBER) == (("姓名", "联系电话"),)


def test_held_and_failed_mails_wait_for_a_person_and_new_ones_for_the_worker() -> None:
    board = stand(
        [],
        [
            mail(1, Outcome.HELD, None),
            mail(2, Outcome.HELD, None, state=MailState.FAILED),
            mail(3, None, None, state=MailState.NEW),
            mail(4, Outcome.IGNORED, None),
            mail(5, Outcome.BOUNCE, None),
        ],
    )
    assert [(line.id, line.failed) for line in board.waiting] == [(1, False), (2, True)]
    assert [line.id for line in board.bounces] == [5]
    assert board.unhandled == 1
    assert board.outcomes == {Outcome.HELD: 2, Outcome.IGNORED: 1, Outcome.BOUNCE: 1}


def test_a_returned_mail_is_open_until_the_same_address_files_something() -> None:
    first, second = mail(1, Outcome.RETURNED, None), mail(2, Outcome.RETURNED, None, sender=Address("yy@example.com"))
    assert [line.id for line in stand([], [first, second]).returned] == [1, 2]
    assert [line.id for line in stand([], [first, second, mail(3)]).returned] == [2]
    assert [line.id for line in stand([], [mail(3), replace(first, received=at(11))]).returned] == [1]


def test_a_unit_knows_when_and_from_where_it_wrote() -> None:
    row = unit(stand([], [mail(1), mail(2, sender=Address("yy@example.com")), mail(3, Outcome.IGNORED)]), "410700")
    assert (row.mails, row.last_mail, row.addresses) == (2, at(10, 9, 2), ("yy@example.com", "xx@example.com"))
