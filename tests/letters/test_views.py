"""What templates see: completeness card, tone, changes, remedies; and that no letter drops or promises anything."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.letters.card import CardLine, Mark, Part, card
from bot.letters.contents import blank_forms
from bot.letters.remedies import Remedy, remedies
from bot.letters.views import MOST_DEFECTS, MOST_FILES, Tone, changes, mail_view, nomination_view, quotas, tone
from bot.model import (
    SEVERITIES,
    Change,
    Command,
    Event,
    Filing,
    Finding,
    Letter,
    MailRow,
    Nomination,
    Outcome,
    Place,
    Role,
    Severity,
    State,
)
from tests.letters.build import RULES, Ledger, at, file, found, mail, nomination, wording
from tests.letters.regolden import parts

ONE = nomination("0001", "惠民项目甲")
PAPER = CardLine(Part.PAPER, Mark.AWAITED)


@pytest.mark.parametrize(
    ("one", "marks"),
    [
        (ONE, "in in in awaited"),
        (replace(ONE, paper=at(12)), "in in in in"),
        (replace(ONE, form=None, publicity_shown=False, findings=(found("form-missing"),)), "missing in awaited awaited"),
        (replace(ONE, material=None, findings=(found("material-missing"),)), "in missing in awaited"),
        (replace(ONE, findings=(found("field-missing", "联系电话"), found("field-missing", "项目名称"))), "open in in awaited"),
        (replace(ONE, findings=(found("material-too-long"),)), "in open in awaited"),
        (replace(ONE, findings=(found("material-near-limit"),)), "in in in awaited"),
        (replace(ONE, publicity_shown=False, findings=(found("publicity-missing", "公示情况"),)), "in in missing awaited"),
        (replace(ONE, findings=(found("publicity-too-short", "公示情况"),)), "in in open awaited"),
        (replace(ONE, findings=(found("field-invalid", "公示情况"),)), "in in open awaited"),
        (replace(ONE, findings=(found("over-quota"),)), "in in in awaited"),
        (replace(ONE, material=None, uncertain=("甲.docx", "乙.docx")), "in awaited in awaited"),
        (replace(ONE, unit="p1", publicity_shown=False), "in in not-asked awaited"),
        (replace(ONE, unit="p1"), "in in in awaited"),
        (replace(ONE, category=None, publicity_shown=False, findings=(found("category-unknown"),)), "open in awaited awaited"),
    ],
)
def test_the_completeness_card_shows_what_is_there(one: Nomination, marks: str) -> None:
    assert " ".join(line.mark for line in card(one, RULES)) == marks


def test_the_card_counts_findings_and_length() -> None:
    one = replace(ONE, findings=(found("field-missing", "联系电话"), found("not-party-member", "政治面貌")))
    assert card(one, RULES)[:2] == (CardLine(Part.FORM, Mark.OPEN, 2), CardLine(Part.MATERIAL, Mark.IN, 1873))


GOOD, HELD = mail(1, Outcome.RECEIVED, Letter.RECEIPT), mail(1, Outcome.HELD, Letter.HELD)
LATE = replace(ONE, state=State.LATE, findings=(found("late", days=0, hours=1, minutes=0),))


@pytest.mark.parametrize(
    ("row", "ones", "word"),
    [
        (GOOD, [ONE], Tone.ORDER),
        (GOOD, [replace(ONE, findings=(found("sender-new"), found("material-near-limit")))], Tone.ORDER),
        (GOOD, [ONE, LATE], Tone.LATE),
        (GOOD, [replace(LATE, state=State.ACCEPTED, admitted=True)], Tone.LATE),
        (GOOD, [LATE, replace(ONE, state=State.HELD)], Tone.LOOK),
        (GOOD, [replace(ONE, state=State.HELD, findings=(found("field-missing", "甲"),))], Tone.MEND),
        (GOOD, [replace(ONE, state=State.DEFECTIVE)], Tone.MEND),
        (GOOD, [replace(ONE, state=State.OVER_QUOTA)], Tone.MEND),
        (replace(GOOD, findings=(found("attachment-encrypted"),)), [ONE], Tone.MEND),
        (HELD, [], Tone.LOOK),
        (replace(GOOD, outcome=Outcome.COMMAND), [replace(ONE, state=State.WITHDRAWN)], Tone.REPLY),
        (replace(GOOD, outcome=Outcome.COMMAND), [], Tone.REPLY),
    ],
)
def test_the_tone_is_the_first_thing_that_is_asked(row: MailRow, ones: list[Nomination], word: Tone) -> None:
    assert tone([mail_view(row, RULES)], [nomination_view(one, RULES) for one in ones]) is word


def test_a_material_rewritten_at_the_same_length_is_told_as_a_change() -> None:
    event = Event(at(10), "mail:2", Filing.CORRECTED.value, "nomination:0001", {"field:material": ("1873", "1873")})
    assert changes([event]) == (Change("material", "1873", "1873"),)
    told = wording().sentence("change_material", before="1873", after="1873")
    assert told == "典型材料内容有改动，字数仍为1873字"


def test_changes_of_several_mails_are_told_from_the_first_to_the_last() -> None:
    def event(**facts: tuple[str, str]) -> Event:
        return Event(at(10), "mail:1", "corrected", "nomination:0001", {f"field:{name}": fact for name, fact in facts.items()})

    events = [event(电话=("1", "2"), 姓名=("甲", "乙")), event(电话=("2", "3"), 姓名=("乙", "甲"))]
    assert changes(events) == (Change("电话", "1", "3"),)


@pytest.mark.parametrize(
    ("checks", "asked"),
    [
        ([], set()),
        (["field-missing"], {Remedy.RESEND}),
        (["unit-unknown"], {Remedy.NAME}),
        (["unit-ambiguous", "attachment-encrypted"], {Remedy.NAME, Remedy.RESEND}),
        (["unit-not-entitled", "attachment-encrypted"], {Remedy.THROUGH}),
        (["over-quota", "field-missing"], {Remedy.CHOOSE, Remedy.RESEND}),
    ],
)
def test_a_letter_asks_for_what_mends_it(checks: list[str], asked: set[Remedy]) -> None:
    assert remedies(found(check) for check in checks) == asked


@pytest.mark.parametrize(
    ("findings", "category", "wanted"),
    [
        ((found("form-missing"),), "team", ["team"]),
        ((found("form-missing"),), None, ["project", "team", "member"]),
        ((found("category-unknown", candidates=("project", "team", "member")),), None, ["project", "team", "member"]),
        ((found("category-ambiguous", candidates=("team", "member")),), None, ["team", "member"]),
        ((found("field-missing"),), "team", []),
    ],
)
def test_the_blank_forms_that_are_needed_go_along(
    findings: tuple[Finding, ...], category: str | None, wanted: list[str]
) -> None:
    one = replace(ONE, category=category, findings=findings)
    assert [one.id for one in blank_forms(Letter.DEFECTS, [GOOD], [one], RULES)] == wanted


def test_a_quota_counts_what_lives() -> None:
    ones = [ONE, replace(ONE, state=State.WITHDRAWN), replace(ONE, state=State.LATE), replace(ONE, category=None)]
    assert [(quota.used, quota.limit, quota.over) for quota in quotas(RULES.units[2], ones, RULES)] == [
        (2, 1, 1),
        (0, 1, 0),
        (0, 1, 0),
    ]


def test_a_mail_too_large_to_fetch_shows_no_file_that_nobody_saw() -> None:
    finding = found("attachment-unreadable", None, "message.eml", Place("message.eml"), cause="too-large", bytes=90_000_000)
    row = mail(
        1, Outcome.RETURNED, Letter.DEFECTS, complete=False, findings=(finding,), files=(file("message.eml", Role.UNREAD),)
    )
    view = mail_view(row, RULES)
    assert view.files == ()
    assert wording().finding(view.defects[0]).where == ""


def test_a_mail_with_two_thousand_files_stays_a_letter() -> None:
    files = tuple(file(f"{index}.bin", Role.UNREAD) for index in range(2000))
    findings = tuple(found("attachment-unsupported", None, one.path, Place(one.path)) for one in files)
    ledger = Ledger()
    ledger.put(mail(1, Outcome.RETURNED, Letter.DEFECTS, files=files, findings=findings))
    text, _ = parts(ledger.letter(at(10)).content)
    assert f"另有{2000 - MOST_FILES}个文件" in text
    assert f"另有{2000 - MOST_DEFECTS}处同类问题" in text
    assert len(ledger.letter(at(10)).content) < 200_000


# --- whatever is in the ledger ------------------------------------------------------------------------------------------

STATES = st.sampled_from(list(State))
CHECKS = st.lists(st.sampled_from(list(SEVERITIES)), max_size=4, unique=True)
NOMINATIONS = st.tuples(STATES, CHECKS, st.sampled_from(["project", "team", "member", None]), st.sampled_from(["c1", "p1"]))
FILINGS = (Filing.FILED, Filing.COMPLETED, Filing.CORRECTED, Filing.REPEATED, Filing.WITHDRAWN)
MAILS = st.lists(
    st.tuples(
        st.sampled_from([Outcome.RECEIVED, Outcome.RETURNED, Outcome.HELD, Outcome.COMMAND]),
        st.sampled_from([Letter.RECEIPT, Letter.DEFECTS, Letter.HELD, Letter.STATUS, Letter.FORMS, Letter.WITHDRAWN]),
        st.sampled_from(FILINGS),
        CHECKS,
        st.lists(NOMINATIONS, max_size=3),
    ),
    min_size=1,
    max_size=3,
)
Row = tuple[Outcome, Letter, Filing, list[str], list[tuple[State, list[str], str | None, str]]]


@settings(max_examples=150, deadline=None)
@given(MAILS)
def test_whatever_happened_the_letter_tells_everything_and_promises_nothing(rows: list[Row]) -> None:
    ledger = Ledger()
    ones: list[Nomination] = []
    for index, (outcome, letter, filing, checks, filed) in enumerate(rows, 1):
        mine: list[Nomination] = []
        for state, found_checks, category, unit in filed:
            number = f"{len(ones) + len(mine) + 1:04}"
            findings = tuple(found(check, "联系电话") for check in found_checks)
            mine.append(nomination(number, f"对象{number}", category, unit, state=state, findings=findings))
        command = Command.STATUS if letter is Letter.STATUS else None
        findings = tuple(found(check) for check in checks)
        row = mail(index, outcome, letter, f"来件{index}", command=command, findings=findings)
        ledger.put(replace(row, received=at(10) + timedelta(minutes=index)), *mine, filing=filing)
        ones += mine
    outgoing = ledger.letter(at(10, 10))
    text, html = parts(outgoing.content)
    titles = wording().words["findings"]
    # Nobody is asked to mend what has been withdrawn.
    standing = [finding for one in ones if one.state is not State.WITHDRAWN for finding in one.findings]
    told = standing + [f for row in ledger.mails for f in row.findings]
    if outgoing.letter in (Letter.RECEIPT, Letter.DEFECTS, Letter.COMBINED):
        assert all(one.number in text and one.number in html for one in ones)
        assert all(row.subject in text and row.subject in html for row in ledger.mails)
        for finding in told:
            title = titles[finding.check]["title"]
            if finding.severity is Severity.DEFECT and "{" not in title:
                assert title in text
                assert title in html
    for finding in (*told, *(finding for one in ones for finding in one.findings)):
        if finding.severity is Severity.OFFICE:
            assert titles[finding.check]["title"] not in text + html
    if outgoing.subject.startswith("【需补正】"):
        mending = any(one.state in (State.OVER_QUOTA, State.DEFECTIVE) for one in ones)
        assert mending or outgoing.letter is Letter.DEFECTS or any(finding.severity is Severity.DEFECT for finding in told)
    if outgoing.subject.startswith("【受理回执】"):
        assert not any(finding.severity is Severity.DEFECT for finding in told)
        assert not any(one.state in (State.HELD, State.LATE, State.OVER_QUOTA, State.DEFECTIVE) for one in ones)
        assert all(row.outcome is not Outcome.HELD for row in ledger.mails)


def test_of_a_withdrawn_nomination_nothing_is_to_be_mended() -> None:
    view = nomination_view(
        replace(ONE, state=State.WITHDRAWN, findings=(found("field-missing", "联系电话"), LATE.findings[0])), RULES
    )
    assert (view.defects, view.notices, view.late) == ((), (), None)
