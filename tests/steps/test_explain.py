"""The story of a nomination and of a mail, told whole from the ledger."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import OutboxState
from bot.steps.explain import NothingToExplainError, explain_mail, explain_nomination
from bot.steps.release import note_paper, release_letter
from bot.steps.story_text import mail_lines, nomination_lines
from tests.deciding.build import ARRIVED, MAIL, at, mail, whole
from tests.fakes import outgoing
from tests.steps.judging import Desk

NUMBER = "0001"


def told(desk: Desk, number: str = NUMBER) -> str:
    return "\n".join(nomination_lines(explain_nomination(desk.store, number), desk.rules))


def told_mail(desk: Desk, id: int) -> str:
    return "\n".join(mail_lines(explain_mail(desk.store, id), desk.rules))


@pytest.fixture
def desk() -> Desk:
    """A form without telephone, mended the day after; a letter a person released; paper that came."""
    desk = Desk()
    desk.take(mail(*whole(联系电话="")), ARRIVED)
    letter = replace(outgoing("answer:1", to=(MAIL,)), numbers=(NUMBER,), mails=(1,))
    with desk.store.begin() as transaction:
        transaction.outbox.add(letter, ARRIVED, ARRIVED, OutboxState.WAITING)
    release_letter(desk.store, 1, "operator", ARRIVED + timedelta(minutes=5))
    desk.take(mail(*whole(联系电话="0373-5550199")), at(17))
    note_paper(desk.store, [NUMBER], "operator", at(18))
    return desk


def test_a_nomination_is_told_with_versions_changes_findings_mails_letters_and_hands(desk: Desk) -> None:
    assert told(desk) == (
        """0001  红旗区“党员联户+”服务项目
  state     accepted, version 2
  category  project
  unit      新乡市 (410700); the nominee belongs to 红旗区渠东街道办事处
  arrived   2021-12-16 09:00:00, newest version 2021-12-17 09:00:00
  card      form there, material there, publicity shown, stamped paper since 2021-12-18 09:00:00

Version 1 by mail:1, superseded
  form      红旗区“党员联户+”服务项目推荐表.docx of mail:1
  material  红旗区“党员联户+”服务项目典型材料.docx of mail:1, 1200 words, 1200 characters
  finding   field-missing (defect) at 联系电话, 红旗区“党员联户+”服务项目推荐表.docx, table 1 row 7 column 2
            wanted: telephone

Version 2 by mail:2, accepted
  form      红旗区“党员联户+”服务项目推荐表.docx of mail:2
  material  红旗区“党员联户+”服务项目典型材料.docx of mail:2, 1200 words, 1200 characters
  changed   联系电话: “” -> “0373-5550199”

mail:1  2021-12-16 09:00:00  received
  from      <dsxxjy@xinxiang.example>
  subject   新乡市“三个100”推荐材料
  decided   1 filed
  unit      新乡市 (410700)
  evidence  form-field, weight 9: “新乡市” -> 新乡市
  evidence  text, weight 8: “新乡市” -> 新乡市
  evidence  subject, weight 6: “新乡市” -> 新乡市
  evidence  workplace, weight 1: “红旗区渠东街道办事处” -> 红旗区
  file      红旗区“党员联户+”服务项目推荐表.docx: form, docx, 20000 bytes, sha256 FORM-1
  file      红旗区“党员联户+”服务项目典型材料.docx: material, docx, 20000 bytes, sha256 TEXT

mail:2  2021-12-17 09:00:00  received
  from      <dsxxjy@xinxiang.example>
  subject   新乡市“三个100”推荐材料
  decided   1 corrected
  unit      新乡市 (410700)
  evidence  form-field, weight 9: “新乡市” -> 新乡市
  evidence  text, weight 8: “新乡市” -> 新乡市
  evidence  subject, weight 6: “新乡市” -> 新乡市
  evidence  workplace, weight 1: “红旗区渠东街道办事处” -> 红旗区
  file      红旗区“党员联户+”服务项目推荐表.docx: form, docx, 20000 bytes, sha256 FORM-2
  file      红旗区“党员联户+”服务项目典型材料.docx: material, docx, 20000 bytes, sha256 TEXT

Letters
  letter:1  receipt, queued, queued 2021-12-16 09:00:00, to dsxxjy@xinxiang.example: answer:1
            2021-12-16 09:05:00  operator  released

By hand
  2021-12-16 09:05:00  operator  released (letter:1)
  2021-12-18 09:00:00  operator  paper (nomination:0001)

History
  2021-12-16 09:00:00  mail:1    filed: state defective, version 1
  2021-12-17 09:00:00  mail:2    corrected: state accepted, version 2
  2021-12-18 09:00:00  operator  paper""".replace("FORM-1", digest(desk, 1, 0))
        .replace("FORM-2", digest(desk, 2, 0))
        .replace("TEXT", digest(desk, 1, 1))
    )


def digest(desk: Desk, mail: int, file: int) -> str:
    with desk.store.glance() as ledger:
        return ledger.mails.get(mail).files[file].sha256[:12]


def test_a_mail_is_told_with_every_file_and_what_it_touched(desk: Desk) -> None:
    whole_story, of_nomination = told_mail(desk, 1), told(desk)
    own = of_nomination[of_nomination.index("mail:1  2021") : of_nomination.index("\n\nmail:2")]
    assert whole_story == (
        f"""{own}
  touched   0001 v2 accepted  project  红旗区“党员联户+”服务项目

Letters
  letter:1  receipt, queued, queued 2021-12-16 09:00:00, to dsxxjy@xinxiang.example: answer:1
            2021-12-16 09:05:00  operator  released

By hand
  2021-12-16 09:05:00  operator  released (letter:1)

History
  2021-12-16 09:00:00  mail:1    handled: outcome received, reason 1 filed, unit 410700"""
    )


def test_a_mail_tells_whose_state_moved_because_of_it() -> None:
    desk = Desk()
    for number in range(11):
        desk.take(mail(*whole(项目名称=f"红旗区第{number}号便民服务项目")), at(16, 9, number))
    desk.take(mail(subject="新乡市撤回 0001", body="新乡市撤回 0001。"), at(17))
    moved = [line for line in told_mail(desk, 12).splitlines() if line.startswith(("  touched", "  moved"))]
    assert moved == [
        "  touched   0001 v1 withdrawn  project  红旗区第0号便民服务项目",
        "  moved     0011 v1 accepted  project  红旗区第10号便民服务项目",
    ]


def test_what_a_mail_says_cannot_forge_lines_or_move_the_cursor() -> None:
    desk = Desk()
    desk.take(mail(*whole(项目名称="服务\x1b[2J项目\n  state     accepted"), subject="三个100推荐表\nBy hand\u202e"))
    for text in (told(desk), told_mail(desk, 1)):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "\nBy hand" not in text
    assert "\n  state     accepted\n" not in told(desk)


def test_what_is_not_there_is_said_in_one_line(desk: Desk) -> None:
    with pytest.raises(NothingToExplainError, match="there is no nomination 0009"):
        explain_nomination(desk.store, "0009")
    with pytest.raises(NothingToExplainError, match="there is no mail 9"):
        explain_mail(desk.store, 9)
