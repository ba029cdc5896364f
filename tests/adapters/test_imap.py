"""The IMAP adapter against a server that errs, and what it says to a real one."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.imap import PAGE, ImapMailbox
from bot.adapters.server import Security, Server
from bot.ports import BodyError, LoginError, MailboxError, Mark
from tests.adapters.imap_script import Script, serving
from tests.adapters.mailboxes import DovecotHands
from tests.fakes import NOON, ZONE, mail_bytes
from tests.servers import Dovecot

Open = Callable[..., ImapMailbox]


@pytest.fixture
def opened() -> Iterator[Open]:
    with ExitStack() as stack:

        def open_(script: Script, patience: float = 30.0) -> ImapMailbox:
            port = stack.enter_context(serving(script))
            server = Server("127.0.0.1", port, "office@example.com", "pass word", Security.PLAIN, read_seconds=patience)
            mailbox = ImapMailbox(server, ZONE)
            stack.callback(mailbox.close)
            return mailbox

        yield open_


def bodies(mailbox: ImapMailbox, largest: int = 10**7) -> list[bytes | None]:
    survey = mailbox.survey(None)
    return [mail.content for mail in mailbox.fetch(survey, [mail.uid for mail in survey.mails], largest)]


# --- NetEase -----------------------------------------------------------------------------------------------------------


def test_fault_27_the_client_says_who_it_is_after_login_and_before_it_opens_the_folder(opened: Open) -> None:
    script = Script(ids_wanted=1)
    opened(script).survey(None)
    assert [line.split(" ")[0] for line in script.heard if not line.startswith("CAPABILITY")] == [
        "LOGIN",
        "ID",
        "EXAMINE",
        "UID",
    ]
    assert '"name" "shouli"' in next(line for line in script.heard if line.startswith("ID"))


def test_fault_27_unsafe_login_is_answered_with_id_once_more(opened: Open) -> None:
    script = Script({1: mail_bytes("1")}, ids_wanted=2)
    assert bodies(opened(script)) == [mail_bytes("1")]
    assert (script.count("ID"), script.count("EXAMINE"), script.connections) == (2, 2, 1)


def test_fault_27_unsafe_login_that_stays_is_no_password_error_and_is_not_asked_for_ever(opened: Open) -> None:
    script = Script(ids_wanted=99)
    with pytest.raises(MailboxError, match="Unsafe Login") as told:
        opened(script).survey(None)
    assert not isinstance(told.value, LoginError)
    assert script.count("EXAMINE") == 2


def test_a_server_without_id_is_not_asked_for_it(opened: Open) -> None:
    script = Script(capabilities="IMAP4rev1")
    opened(script).survey(None)
    assert script.count("ID") == 0


def test_login_is_used_although_the_server_announces_sasl_ir(opened: Open) -> None:
    script = Script(capabilities="IMAP4rev1 ID SASL-IR AUTH=PLAIN")
    opened(script).survey(None)
    assert (script.count("LOGIN"), script.count("AUTHENTICATE")) == (1, 0)


# --- the account -------------------------------------------------------------------------------------------------------


def test_fault_26_a_refused_password_is_told_apart_so_that_nobody_tries_it_again_at_once(opened: Open) -> None:
    script = Script(login_reply="NO LOGIN Login error or password error")
    with pytest.raises(LoginError, match="password error"):
        opened(script).survey(None)
    assert script.count("LOGIN") == 1


@pytest.mark.parametrize(
    "reply", ["NO [UNAVAILABLE] database is down", "NO temporary failure, try again", "NO too many connections"]
)
def test_a_server_that_cannot_check_the_password_now_does_not_refuse_it(opened: Open, reply: str) -> None:
    with pytest.raises(MailboxError) as told:
        opened(Script(login_reply=reply)).survey(None)
    assert not isinstance(told.value, LoginError)


def test_a_connection_lost_during_login_does_not_refuse_the_password(opened: Open) -> None:
    with pytest.raises(MailboxError) as told:
        opened(Script(hang_up_at="LOGIN")).survey(None)
    assert not isinstance(told.value, LoginError)


def test_the_password_is_in_no_log_and_no_error(opened: Open, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(LoginError) as told:
        opened(Script(login_reply="NO no")).survey(None)
    assert "pass word" not in caplog.text + str(told.value) + repr(told.value.__cause__)
    assert "pass word" not in repr(Server("h", 1, "u", "pass word"))


# --- connections that die ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["EXAMINE", "UID SEARCH", "UID FETCH"])
def test_fault_24_a_server_that_says_nothing_is_given_up_and_the_next_round_connects_anew(opened: Open, command: str) -> None:
    script = Script({1: mail_bytes("1")}, stall_at=command)
    mailbox = opened(script, patience=2.0)
    with pytest.raises(MailboxError, match="TimeoutError"):
        bodies(mailbox)
    script.stall_at = ""
    assert bodies(mailbox) == [mail_bytes("1")]
    assert script.connections == 2


@pytest.mark.parametrize("command", ["CAPABILITY", "ID", "EXAMINE", "UID SEARCH", "UID FETCH"])
def test_a_connection_that_is_cut_costs_one_round(opened: Open, command: str) -> None:
    script = Script({1: mail_bytes("1")}, hang_up_at=command)
    mailbox = opened(script)
    with pytest.raises(MailboxError):
        bodies(mailbox)
    script.hang_up_at = ""
    assert bodies(mailbox) == [mail_bytes("1")]


def test_a_body_cut_in_its_middle_is_never_taken_for_the_whole(opened: Open) -> None:
    script = Script({1: mail_bytes("1", body="x" * 10_000)}, cut_bodies=True)
    mailbox = opened(script)
    with pytest.raises(MailboxError):
        bodies(mailbox)
    script.cut_bodies = False
    assert bodies(mailbox) == [script.mails[1]]


@pytest.mark.parametrize("reply", ["NO not now", "BAD what?"])
def test_a_refused_command_costs_one_round(opened: Open, reply: str) -> None:
    script = Script({1: mail_bytes("1")}, replies={"UID FETCH": reply})
    mailbox = opened(script)
    with pytest.raises(MailboxError):
        bodies(mailbox)
    script.replies.clear()
    assert bodies(mailbox) == [mail_bytes("1")]


def test_nobody_listening_is_a_mailbox_error() -> None:
    with pytest.raises(MailboxError):
        ImapMailbox(Server("127.0.0.1", 1, "u", "p", Security.PLAIN), ZONE).survey(None)


# --- answers that are wrong --------------------------------------------------------------------------------------------


def test_fault_19_an_empty_body_is_asked_for_again(opened: Open) -> None:
    script = Script({1: mail_bytes("1"), 2: mail_bytes("2")}, empty={1: 1})
    assert bodies(opened(script)) == [mail_bytes("1"), mail_bytes("2")]


def test_fault_19_a_body_that_stays_empty_is_told_by_its_uid_after_the_mails_before_it(opened: Open) -> None:
    script = Script({1: mail_bytes("1"), 2: mail_bytes("2"), 3: mail_bytes("3")}, empty={2: 99})
    mailbox = opened(script)
    survey = mailbox.survey(None)
    found = mailbox.fetch(survey, [1, 2, 3], 10**7)
    assert next(found).content == mail_bytes("1")
    with pytest.raises(BodyError) as told:
        next(found)
    assert told.value.uid == 2


def test_uidvalidity_that_changes_between_listing_and_fetching_gives_no_mail_under_a_wrong_number(opened: Open) -> None:
    script = Script({1: mail_bytes("1")})
    mailbox = opened(script)
    survey = mailbox.survey(None)
    mailbox.close()
    script.uidvalidity += 1
    with pytest.raises(MailboxError, match="UIDVALIDITY"):
        list(mailbox.fetch(survey, [1], 10**7))


def test_a_folder_without_uidvalidity_cannot_be_used(opened: Open) -> None:
    with pytest.raises(MailboxError, match="UIDVALIDITY"):
        opened(Script(uidvalidity=0)).survey(None)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("20-Dec-2021 23:59:59 +0800", datetime(2021, 12, 20, 23, 59, 59, tzinfo=ZONE)),
        ("20-Dec-2021 16:00:00 +0000", datetime(2021, 12, 21, 0, 0, 0, tzinfo=ZONE)),
        (" 1-Dec-2021 07:30:00 -0500", datetime(2021, 12, 1, 20, 30, 0, tzinfo=ZONE)),
    ],
)
def test_fault_43_internaldate_counts_in_the_campaigns_zone_whatever_zone_the_machine_is_in(
    opened: Open, said: str, meant: datetime
) -> None:
    (mail,) = opened(Script({1: mail_bytes("1")}, internaldate=said)).survey(None).mails
    assert (mail.received, mail.received.tzinfo) == (meant, ZoneInfo("Asia/Shanghai"))


def test_a_mail_without_a_time_of_arrival_is_not_given_one(opened: Open) -> None:
    with pytest.raises(MailboxError, match="UID 1"):
        opened(Script({1: mail_bytes("1")}, internaldate="yesterday")).survey(None)


# --- economy -----------------------------------------------------------------------------------------------------------


def test_imaplib_formats_nothing_for_a_debug_log(opened: Open, caplog: pytest.LogCaptureFixture) -> None:
    # imapclient sets imaplib's debug level to 5; that attribute is private, and this is where its going would be noticed.
    mailbox = opened(Script({1: mail_bytes("1")}))
    with caplog.at_level(logging.DEBUG, "imapclient.imaplib"):
        assert bodies(mailbox) == [mail_bytes("1")]
    assert [record for record in caplog.records if record.name == "imapclient.imaplib"] == []
    with mailbox._session.speaking() as client:
        assert client._imap.debug == 0


def test_a_poll_with_nothing_new_asks_two_short_questions_on_the_connection_it_has(opened: Open) -> None:
    script = Script({uid: mail_bytes(str(uid)) for uid in range(1, 4)})
    mailbox = opened(script)
    mailbox.survey(None)
    script.heard.clear()
    assert mailbox.survey(Mark("INBOX", 7, 3)).mails == ()
    assert script.heard == ['EXAMINE "INBOX"', "UID SEARCH UID 4:*"]


def test_a_long_backlog_is_listed_a_page_at_a_time(opened: Open) -> None:
    script = Script(dict.fromkeys(range(1, PAGE + 3), b"x"))
    mailbox = opened(script)
    first = mailbox.survey(None)
    assert [mail.uid for mail in first.mails] == list(range(1, PAGE + 1))
    assert [mail.uid for mail in mailbox.survey(Mark("INBOX", 7, PAGE)).mails] == [PAGE + 1, PAGE + 2]
    assert max(len(line) for line in script.heard) < 8000


def test_a_long_backlog_is_searched_once_and_what_came_meanwhile_after_it(opened: Open) -> None:
    script = Script(dict.fromkeys(range(1, 2 * PAGE + 3), b"x"))
    mailbox = opened(script)
    mailbox.survey(None)
    script.heard.clear()
    del script.mails[PAGE + 7]
    script.mails[2 * PAGE + 3] = b"x"
    second = mailbox.survey(Mark("INBOX", 7, PAGE))
    assert [mail.uid for mail in second.mails] == [uid for uid in range(PAGE + 1, 2 * PAGE + 1) if uid != PAGE + 7]
    assert script.count("EXAMINE") + script.count("UID SEARCH") == 0
    last = mailbox.survey(Mark("INBOX", 7, 2 * PAGE))
    assert [mail.uid for mail in last.mails] == [2 * PAGE + 1, 2 * PAGE + 2, 2 * PAGE + 3]
    assert script.count("EXAMINE") + script.count("UID SEARCH") == 2


@pytest.mark.parametrize("mark", [None, Mark("INBOX", 7, 2), Mark("INBOX", 8, PAGE)])
def test_a_backlog_from_an_earlier_mark_on_is_searched_anew(opened: Open, mark: Mark | None) -> None:
    script = Script(dict.fromkeys(range(1, 3 * PAGE), b"x"))
    mailbox = opened(script)
    mailbox.survey(Mark("INBOX", 7, 10))
    assert mailbox.survey(mark).mails[0].uid == (3 if mark and mark.uidvalidity == 7 else 1)


def test_what_a_page_has_listed_is_not_asked_for_again_on_the_same_connection(opened: Open) -> None:
    script = Script({uid: mail_bytes(str(uid)) for uid in range(1, 6)})
    mailbox = opened(script)
    first = mailbox.survey(None)
    del script.mails[4]
    script.mails[6] = mail_bytes("6")
    script.heard.clear()
    again = mailbox.survey(Mark("INBOX", 7, 2))
    assert [mail.uid for mail in again.mails] == [3, 5, 6]
    assert again.mails[:2] == (first.mails[2], first.mails[4])
    assert script.heard == ['EXAMINE "INBOX"', "UID SEARCH UID 3:*", "UID FETCH 6 (RFC822.SIZE INTERNALDATE)"]


def test_under_another_uidvalidity_everything_is_listed_anew(opened: Open) -> None:
    script = Script({1: mail_bytes("1"), 2: mail_bytes("2")})
    mailbox = opened(script)
    mailbox.survey(None)
    script.uidvalidity = 8
    script.mails = {1: mail_bytes("another"), 2: mail_bytes("2")}
    assert [mail.size for mail in mailbox.survey(Mark("INBOX", 7, 1)).mails] == [len(script.mails[1]), len(script.mails[2])]


def test_a_body_larger_than_the_server_said_is_not_kept_whole(opened: Open) -> None:
    script = Script({1: mail_bytes("1", body="x" * 100)})
    mailbox = opened(script)
    survey = mailbox.survey(None)
    script.mails[1] = mail_bytes("1", body="x" * 10_000)
    (mail,) = mailbox.fetch(survey, [1], 1000)
    assert (mail.content, mail.header[-4:], mail.size) == (None, b"\r\n\r\n", len(script.mails[1]))


# --- encryption --------------------------------------------------------------------------------------------------------


@pytest.mark.server
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_the_connection_is_encrypted_and_the_certificate_checked(dovecot: Dovecot, user: str, security: Security) -> None:
    hands = DovecotHands(dovecot, user, security)
    hands.put(mail_bytes("1"), NOON)
    survey = hands.mailbox.survey(None)
    assert [mail.content for mail in hands.mailbox.fetch(survey, [1], 10**6)] == [mail_bytes("1")]
    hands.close()
    port = dovecot.tls_port if security is Security.TLS else dovecot.port
    with pytest.raises(MailboxError, match="certificate"):
        ImapMailbox(Server("localhost", port, user, "secret", security), ZONE).survey(None)


def test_starttls_that_the_server_cannot_do_sends_no_password(opened: Open) -> None:
    script = Script()
    with serving(script) as port, pytest.raises(MailboxError):
        ImapMailbox(Server("127.0.0.1", port, "u", "p", Security.STARTTLS), ZONE).survey(None)
    assert script.count("LOGIN") == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "[::1]", "localhost", "127.8.8.8"])
def test_an_unprotected_connection_to_this_machine_is_allowed(host: str) -> None:
    assert Server(host, 143, security=Security.PLAIN).host == host


@pytest.mark.parametrize("host", ["imap.126.com", "10.0.0.1", "localhost.example.com", "169.254.0.1"])
def test_an_unprotected_connection_to_another_machine_must_be_allowed_in_so_many_words(host: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        Server(host, 143, security=Security.PLAIN)
    assert Server(host, 143, security=Security.PLAIN, plain_allowed=True).host == host
