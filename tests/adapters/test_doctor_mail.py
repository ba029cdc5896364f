"""What the doctor asks of mail servers, where a real one cannot be made to answer so: clocks, ID, capabilities."""

from datetime import timedelta

import pytest

from bot.adapters.imap_probe import ImapProbe
from bot.adapters.server import Security, Server
from bot.adapters.smtp import SmtpCourier
from bot.doctor.mail import PATIENCE, MailboxCheckup, RoundTrip, greeted
from bot.letters.compose import Sender
from bot.steps.doctor import Ailing, State
from tests.adapters import imap_script, smtp_script
from tests.fakes import NOON, ZONE, FakeClock, mail_bytes


class Scripted(imap_script._Handler):
    """The scripted server, which also knows STATUS, LIST and a search by header."""

    def obey(self, tag: str, command: str) -> bool:
        if command.startswith("STATUS"):
            mails = self.script.mails
            self.say(f"* STATUS INBOX (MESSAGES {len(mails)} UIDNEXT {max(mails, default=0) + 1})\r\n{tag} OK done")
            return True
        if "HEADER" in command and command.startswith("UID SEARCH"):
            self.say(f"* SEARCH\r\n{tag} OK done")
            return True
        if command.startswith("UID FETCH") and "SIZE" not in command and "BODY" not in command:
            uid = command.split(" ")[2]
            self.say(f'* 1 FETCH (UID {uid} INTERNALDATE "{self.script.internaldate}")\r\n{tag} OK done')
            return True
        return super().obey(tag, command)


@pytest.fixture(autouse=True)
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap_script, "_Handler", Scripted)


def server(port: int) -> Server:
    return Server("127.0.0.1", port, "office@example.com", "geheim", Security.PLAIN, read_seconds=30)


def checkup(port: int, *, moves: bool = False) -> MailboxCheckup:
    return MailboxCheckup(ImapProbe(server(port), ZONE), "INBOX", moves=moves)


def test_a_mail_from_our_future_says_that_a_clock_is_wrong() -> None:
    script = imap_script.Script({1: mail_bytes("1")}, internaldate="10-Dec-2021 12:10:00 +0800")
    with imap_script.serving(script) as port:
        mailbox = checkup(port)
        assert mailbox.opened() == "INBOX: 1 mails, opened read-only"
        assert mailbox.clock(NOON + timedelta(minutes=8)).endswith("which is past here too")
        with pytest.raises(Ailing) as caught:
            mailbox.clock(NOON + timedelta(minutes=7))
        mailbox.probe.close()
    assert caught.value.remedy == "set the clock of this machine: timedatectl set-ntp true"


def test_an_empty_folder_has_nothing_to_compare_with() -> None:
    with imap_script.serving(imap_script.Script({})) as port:
        mailbox = checkup(port)
        mailbox.opened()
        assert mailbox.clock(NOON) == "the folder is empty, nothing to compare with"
        mailbox.probe.close()


def test_netease_opens_its_folder_for_who_says_id_and_tells_its_name() -> None:
    with imap_script.serving(imap_script.Script({1: mail_bytes("1")}, ids_wanted=2)) as port:
        mailbox = checkup(port)
        assert mailbox.identity() == "ID: coremail"
        assert mailbox.opened().startswith("INBOX: 1 mails")
        mailbox.probe.close()


def test_a_server_without_id_is_no_fault() -> None:
    with imap_script.serving(imap_script.Script({}, capabilities="IMAP4rev1")) as port:
        mailbox = checkup(port)
        with pytest.raises(Ailing) as caught:
            mailbox.identity()
        mailbox.probe.close()
    assert caught.value.state is State.ABSENT


@pytest.mark.parametrize(
    ("capabilities", "good"), [("IMAP4rev1 UIDPLUS", True), ("IMAP4rev1 MOVE", True), ("IMAP4rev1 ID", False)]
)
def test_moving_wants_a_server_that_can_move_or_expunge_one_mail_alone(capabilities: str, good: bool) -> None:
    with imap_script.serving(imap_script.Script({}, capabilities=capabilities)) as port:
        mailbox = checkup(port, moves=True)
        if good:
            assert mailbox.log_in().startswith("logged in")
        else:
            with pytest.raises(Ailing) as caught:
                mailbox.log_in()
            assert caught.value.state is State.ATTENTION
        mailbox.moves = False
        assert mailbox.log_in().startswith("logged in")
        mailbox.probe.close()


@pytest.mark.parametrize(
    ("reply", "remedy"),
    [("535 Error: authentication failed", "at 126.com the password is the authorisation code"), ("", "look at host, port")],
)
def test_the_letter_servers_refusal_is_told_with_what_to_do(reply: str, remedy: str) -> None:
    with smtp_script.serving(smtp_script.Script(replies={"AUTH": [reply] * 4})) as port, pytest.raises(Ailing) as caught:
        greeted(SmtpCourier(server(port), "office@example.com"), by_token=False)
    assert caught.value.remedy.startswith(remedy)
    assert "geheim" not in caught.value.said


def test_a_letter_server_tells_how_large_letters_may_be() -> None:
    with smtp_script.serving(smtp_script.Script()) as port:
        assert greeted(SmtpCourier(server(port), "office@example.com"), by_token=False) == "logged in; letters up to 47 MiB"


def test_a_letter_that_never_comes_is_looked_for_two_minutes_and_no_longer() -> None:
    waited: list[float] = []
    clock = FakeClock()

    def pause(seconds: float) -> None:
        waited.append(seconds)
        clock.advance(seconds=seconds)

    with (
        imap_script.serving(imap_script.Script({1: mail_bytes("1")})) as imap,
        smtp_script.serving(smtp_script.Script()) as smtp,
    ):
        mailbox = checkup(imap)
        courier = SmtpCourier(server(smtp), "office@example.com")
        trip = RoundTrip(courier, mailbox, Sender("office@example.com", "办公室"), "office@example.com", clock, pause)
        with pytest.raises(Ailing) as caught:
            trip.made()
        mailbox.probe.close()
    assert sum(waited) == PATIENCE.total_seconds()
    assert "not in INBOX after 120 seconds" in caught.value.said
    assert "junk folder" in caught.value.remedy
