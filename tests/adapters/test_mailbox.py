"""What every mailbox promises, on the fake, on a Maildir and on a real Dovecot."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.model import RawMail
from bot.ports import Mark, Survey
from tests.adapters.mailboxes import DovecotHands, FakeHands, Hands, MaildirHands
from tests.fakes import NOON, ZONE, mail_bytes

MIB = 1024 * 1024
LARGEST = 10 * MIB


@pytest.fixture(params=["fake", "maildir", pytest.param("dovecot", marks=pytest.mark.server)])
def hands(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hands]:
    made: Hands
    if request.param == "dovecot":
        made = DovecotHands(request.getfixturevalue("dovecot"), request.getfixturevalue("user"))
    else:
        made = FakeHands() if request.param == "fake" else MaildirHands(tmp_path)
    yield made
    made.close()


def fetched(hands: Hands, survey: Survey, largest: int = LARGEST) -> list[RawMail]:
    return list(hands.mailbox.fetch(survey, [mail.uid for mail in survey.mails], largest))


def mark_after(survey: Survey) -> Mark:
    return Mark(survey.folder, survey.uidvalidity, survey.mails[-1].uid)


def test_an_empty_mailbox_has_nothing_new(hands: Hands) -> None:
    assert hands.mailbox.survey(None).mails == ()


def test_mails_are_listed_in_order_with_size_and_the_servers_time_in_the_campaigns_zone(hands: Hands) -> None:
    contents = [mail_bytes(str(n), body="字" * n) for n in range(3)]
    for n, content in enumerate(contents):
        # The server may say its times in any zone; the wall clock of the campaign is what comes out.
        hands.put(content, (NOON + timedelta(minutes=n)).astimezone(UTC))
    survey = hands.mailbox.survey(None)
    assert [(mail.size, mail.received) for mail in survey.mails] == [
        (len(content), NOON + timedelta(minutes=n)) for n, content in enumerate(contents)
    ]
    assert all(mail.received.utcoffset() == timedelta(hours=8) for mail in survey.mails)


def test_the_last_second_before_and_the_first_after_midnight_stay_what_they_are(hands: Hands) -> None:
    last = datetime(2021, 12, 20, 23, 59, 59, tzinfo=ZONE)
    hands.put(mail_bytes("in time"), last)
    hands.put(mail_bytes("late"), last + timedelta(seconds=1))
    assert [mail.received for mail in hands.mailbox.survey(None).mails] == [last, last + timedelta(seconds=1)]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(mail_bytes("1"), id="utf-8"),
        pytest.param(b"Subject: \xcd\xc6\xbc\xf6\xb1\xed\r\n\r\nraw \xff\xfe bytes \x80\r\n", id="raw 8-bit"),
        pytest.param(b"\r\nno header at all", id="no header"),
        pytest.param(b"Subject: x\r\n\r\n" + b"a" * (MIB - 14), id="exactly one piece"),
        pytest.param(b"Subject: x\r\n\r\n" + b"b" * (2 * MIB - 14), id="exactly two pieces"),
        pytest.param(b"Subject: x\r\n\r\n" + b"0123456789\r\n" * 300_000, id="several pieces"),
        pytest.param(b"Subject: )\r\n\r\n* 1 FETCH (BODY[] {3}\r\nabc)\r\nA1 OK done\r\n", id="IMAP in a body"),
    ],
)
def test_a_body_comes_byte_for_byte(hands: Hands, content: bytes) -> None:
    hands.put(content, NOON)
    assert [(mail.content, mail.size) for mail in fetched(hands, hands.mailbox.survey(None))] == [(content, len(content))]


def test_large_and_small_mails_come_in_the_order_of_their_uids(hands: Hands) -> None:
    contents = [mail_bytes(str(n), body="x" * size) for n, size in enumerate([10, 3 * MIB, 20, 5 * MIB, 30, 40])]
    for content in contents:
        hands.put(content, NOON)
    assert [mail.content for mail in fetched(hands, hands.mailbox.survey(None))] == contents


def test_a_mail_over_the_limit_comes_by_its_header_only(hands: Hands) -> None:
    small, large = mail_bytes("small"), mail_bytes("large", body="x" * 5000)
    hands.put(small, NOON)
    hands.put(large, NOON)
    header = large.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert [(mail.content, mail.header, mail.size) for mail in fetched(hands, hands.mailbox.survey(None), 1000)] == [
        (small, b"", len(small)),
        (None, header, len(large)),
    ]


def test_above_the_mark_there_is_nothing_although_the_server_names_the_last_mail_below_it(hands: Hands) -> None:
    hands.put(mail_bytes("1"), NOON)
    mark = mark_after(hands.mailbox.survey(None))
    assert hands.mailbox.survey(mark).mails == ()
    hands.put(mail_bytes("2"), NOON)
    assert [mail.uid for mail in hands.mailbox.survey(mark).mails] == [mark.last_uid + 1]


def test_fault_12_a_mail_that_staff_read_first_is_new_all_the_same(hands: Hands) -> None:
    hands.put(mail_bytes("1"), NOON, seen=True)
    assert [mail.content for mail in fetched(hands, hands.mailbox.survey(None))] == [mail_bytes("1")]


def test_fault_11_reading_changes_nothing_in_the_mailbox(hands: Hands) -> None:
    hands.put(mail_bytes("unread"), NOON)
    hands.put(mail_bytes("read"), NOON, seen=True)
    hands.put(mail_bytes("large", body="x" * 5000), NOON)
    before = hands.marks()
    fetched(hands, hands.mailbox.survey(None), 1000)
    hands.mailbox.close()
    assert hands.marks() == before


def test_fault_14_mails_that_people_remove_shift_nothing(hands: Hands) -> None:
    contents = [mail_bytes(str(n)) for n in range(6)]
    for content in contents:
        hands.put(content, NOON)
    survey = hands.mailbox.survey(None)
    mark = Mark(survey.folder, survey.uidvalidity, survey.mails[2].uid)
    hands.remove(contents[0])
    hands.remove(contents[1])
    assert [mail.content for mail in fetched(hands, hands.mailbox.survey(mark))] == contents[3:]


def test_a_mail_that_vanished_between_listing_and_fetching_is_left_out(hands: Hands) -> None:
    contents = [mail_bytes(str(n)) for n in range(3)]
    for content in contents:
        hands.put(content, NOON)
    survey = hands.mailbox.survey(None)
    hands.remove(contents[1])
    hands.mailbox.close()
    assert [mail.content for mail in fetched(hands, survey)] == [contents[0], contents[2]]


def test_fault_16_under_a_new_uidvalidity_everything_is_listed_again(hands: Hands) -> None:
    contents = [mail_bytes(str(n)) for n in range(3)]
    for n, content in enumerate(contents):
        hands.put(content, NOON + timedelta(seconds=n))
    mark = mark_after(hands.mailbox.survey(None))
    hands.renumber()
    survey = hands.mailbox.survey(mark)
    assert survey.uidvalidity != mark.uidvalidity
    assert [mail.content for mail in fetched(hands, survey)] == contents


def test_uids_are_the_same_for_the_next_connection(hands: Hands) -> None:
    hands.put(mail_bytes("1"), NOON)
    hands.put(mail_bytes("2"), NOON)
    first = hands.mailbox.survey(None)
    hands.mailbox.close()
    assert hands.mailbox.survey(None) == first
