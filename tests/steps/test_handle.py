"""Handle: mails in order, poisoned ones set aside after three rounds, over-large ones answered, replies that name a unit."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes

from bot.model import Address, AnswerState, Headers, Letter, MailState, Outcome, Reading
from tests.deciding import build
from tests.fakes import FakeClock
from tests.steps.rounds import LATER, Rounds


def good(name: str = "新乡一号项目") -> Reading:
    return build.mail(*build.whole("project", 项目名称=name))


def test_mails_are_handled_in_order_of_arrival() -> None:
    office = Rounds()
    first, second = office.arrives(good("甲项目")), office.arrives(good("乙项目"))
    office.round()
    assert [one.nominee for one in office.nominations()] == ["甲项目", "乙项目"]
    assert office.mail(first).filed == ("0001",)
    assert office.mail(second).filed == ("0002",)
    assert [event.what for event in office.events("mail:1")] == ["taken-in", "handled"]


def test_a_mail_that_makes_the_reader_raise_costs_one_attempt_a_round_and_the_others_go_on() -> None:
    office = Rounds()
    bad = office.arrives(MemoryError("nothing left"))
    well = office.arrives(good())
    office.round()
    assert office.mail(well).outcome is Outcome.RECEIVED
    assert (office.mail(bad).state, office.mail(bad).attempts) == (MailState.NEW, 1)
    assert sum(office.read_count.values()) == 2
    office.round(timedelta(seconds=20))
    assert (office.mail(bad).state, office.mail(bad).attempts) == (MailState.NEW, 2)


def test_after_three_rounds_a_poisoned_mail_is_held_with_its_traceback_and_its_sender_is_told() -> None:
    office = Rounds()
    bad = office.arrives(ValueError("poison"), sender="zhao@xinxiang.example", subject="=?utf-8?B?5o6o6I2Q?=")
    for _ in range(5):
        office.round(LATER)
    row = office.mail(bad)
    assert (row.state, row.outcome, row.attempts, row.letter) == (MailState.FAILED, Outcome.HELD, 3, Letter.HELD)
    assert row.traceback.rstrip().endswith("ValueError: poison")
    assert (row.sender, row.subject) == (Address("zhao@xinxiang.example"), "推荐")
    assert [event.facts for event in office.events("mail:1") if event.what == "failed"] == [{"attempt": n} for n in (1, 2, 3)]
    assert [(letter.letter, letter.recipients) for letter in office.sent] == [(Letter.HELD, ("zhao@xinxiang.example",))]
    assert sum(office.read_count.values()) == 3


def test_a_decision_that_raises_leaves_nothing_half_done() -> None:
    office = Rounds()
    reading = good()
    poisoned = replace(reading, files=(*reading.files, None))  # type: ignore[arg-type]  # what no reader makes: judging raises
    bad = office.arrives(poisoned)
    for _ in range(3):
        office.round(LATER)
    assert office.mail(bad).state is MailState.FAILED
    assert office.nominations() == []
    assert {event.what for event in office.events("mail:1")} == {"taken-in", "failed", "answered"}


def test_a_machine_whose_mail_fails_is_held_and_not_written_to() -> None:
    office = Rounds()
    content = b"Message-ID: <r@x>\r\nFrom: <robot@xinxiang.example>\r\nAuto-Submitted: auto-replied\r\n\r\nhello"
    office.readings[content] = ValueError("poison")
    office.mailbox.put(content, office.clock.now())
    for _ in range(4):
        office.round(LATER)
    assert office.mail(1).outcome is Outcome.HELD
    assert office.mail(1).answer_state is AnswerState.NONE
    assert office.sent == []


def test_a_mail_whose_original_is_gone_is_held_without_a_letter() -> None:
    office = Rounds()
    office.arrives(good())
    office.round()
    office.clock = FakeClock(office.clock.now())
    lost = office.arrives(good("乙项目"))
    real = office.originals.keep
    office.originals.keep = lambda content: real(content) + ".lost"  # type: ignore[method-assign]  # a disk that forgets
    for _ in range(4):
        office.round(LATER)
    row = office.mail(lost)
    assert (row.state, row.outcome, row.answer_state) == (MailState.FAILED, Outcome.HELD, AnswerState.NONE)
    assert "KeyError" in row.traceback


def test_a_mail_over_the_size_limit_is_recorded_returned_and_answered_without_its_body() -> None:
    office = Rounds()
    office.largest = 100
    content = b"Message-ID: <big@x>\r\nFrom: <li@xinxiang.example>\r\n\r\n" + b"x" * 500
    header = content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    headers = Headers("<big@x>", "新乡市推荐材料", Address("li@xinxiang.example"))
    office.readings[header] = Reading(headers, "", "")
    office.mailbox.put(content, office.clock.now())
    office.round()
    office.round(LATER)
    row = office.mail(1)
    assert (row.complete, row.size, row.outcome) == (False, len(content), Outcome.RETURNED)
    assert [(f.check, f.facts["cause"], f.facts["bytes"]) for f in row.findings if f.check == "attachment-unreadable"] == [
        ("attachment-unreadable", "too-large", len(content))
    ]
    assert [letter.letter for letter in office.sent] == [Letter.DEFECTS]


def test_a_reply_that_names_the_unit_files_what_the_first_mail_brought() -> None:
    office = Rounds()
    nameless = build.whole("project", 推荐单位="", 实施单位="便民服务中心", 公示情况="", 项目名称="便民代办项目")
    first = office.arrives(build.mail(*nameless, subject="推荐材料", body="请查收。", sender="qf@qq.example"), "qf@qq.example")
    office.round()
    office.round(LATER)
    assert (office.mail(first).outcome, [f.check for f in office.mail(first).findings]) == (
        Outcome.RETURNED,
        ["unit-unknown"],
    )
    letter = message_from_bytes(office.sent[0].content)
    reply = build.mail(
        subject=f"回复: {office.sent[0].subject}",
        body="我们是河南省司法厅机关党委。",
        sender="qf@qq.example",
        in_reply_to=(str(letter["Message-ID"]),),
    )
    second = office.arrives(reply, "qf@qq.example")
    office.round(timedelta(hours=1))
    assert office.mail(second).outcome is Outcome.RECEIVED
    assert [(one.nominee, one.mail) for one in office.nominations()] == [("便民代办项目", second)]
    office.round(LATER)
    assert [letter.letter for letter in office.sent][1:] in ([Letter.RECEIPT], [Letter.DEFECTS])
    assert office.sent[-1].numbers == ("0001",)


def test_a_mail_that_failed_and_is_mended_in_the_program_is_handled_in_a_later_round() -> None:
    office = Rounds()
    bad = office.arrives(ValueError("a bug"))
    office.round()
    content = next(iter(office.readings))
    office.readings[content] = replace(good(), headers=replace(good().headers, message_id="<1@xinxiang.example>"))
    office.round(timedelta(seconds=20))
    assert (office.mail(bad).outcome, office.mail(bad).traceback, office.mail(bad).attempts) == (Outcome.RECEIVED, "", 1)
