"""The couriers: what arrives, what each refusal means, and that a letter is never lost between two connections."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from bot.adapters.outfolder import FolderCourier
from bot.adapters.server import Security, Server
from bot.adapters.smtp import RETRY_CONNECTION, SmtpCourier
from bot.model import Delivery, Letter, Verdict
from tests.adapters.smtp_script import Script, serving
from tests.fakes import outgoing
from tests.servers import OPENSSL, account, free_port, make_certificate

Open = Callable[[Script], SmtpCourier]
SENT = Verdict.SENT


@pytest.fixture
def opened() -> Iterator[Open]:
    with ExitStack() as stack:

        def open_(script: Script, user: str = "") -> SmtpCourier:
            port = stack.enter_context(serving(script))
            server = Server("127.0.0.1", port, user, "pass word", Security.PLAIN, read_seconds=30)
            courier = SmtpCourier(server, "office@example.com")
            stack.callback(courier.close)
            return courier

        yield open_


def verdict(courier: SmtpCourier) -> tuple[Verdict, int]:
    delivery = courier.send(outgoing())
    return delivery.verdict, delivery.retry_after


# --- what arrives ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"Message-ID: <1@x>\r\nSubject: =?utf-8?b?5Y+X55CG?=\r\n\r\n.\r\n..dots\r\nlast\r\n.\r\n" + b"x" * 900 + b"\r\n",
        b".begins: with one\r\n\r\nno other. ... \r\n",
        b"a: b\r\n\r\nno line begins with one ...\r\n",
        b"a: b\r\n\r\n.",
        b"a: b\r\n\r\na bare line end\n.\nand no end of the mail\r\n.\r\nRSET",
    ],
    ids=["lines-of-stops", "at-the-beginning", "none", "at-the-end", "bare-line-end"],
)
def test_the_bytes_arrive_as_they_were_queued(opened: Open, content: bytes) -> None:
    script = Script()
    assert opened(script).send(replace(outgoing(), content=content)).verdict is SENT
    ended = content if content.endswith(b"\r\n") else content + b"\r\n"
    assert script.letters == [(("li@example.com",), ended)]
    assert script.verbs()[:4] == ["EHLO", "MAIL", "RCPT", "DATA"]
    assert "RSET" not in script.verbs()


def test_a_batch_goes_over_one_connection(opened: Open) -> None:
    script = Script()
    courier = opened(script)
    assert [courier.send(outgoing(str(n))).verdict for n in range(3)] == [SENT] * 3
    courier.close()
    assert script.connections == 1
    assert script.verbs() == ["EHLO", *["MAIL", "RCPT", "DATA"] * 3, "QUIT"]


def test_the_envelope_names_the_sender_and_each_recipient_once(opened: Open) -> None:
    script = Script()
    opened(script).send(outgoing(to=["a@example.com", "b@example.com", "a@example.com"]))
    heard = [line.lower() for line in script.heard]  # how verbs are written is the library's choice (RFC 5321, 2.4)
    assert [line for line in heard if line.startswith(("mail", "rcpt"))] == [
        f"mail from:<office@example.com> size={len(outgoing(to=['a@example.com', 'b@example.com', 'a@example.com']).content)}",
        "rcpt to:<a@example.com>",
        "rcpt to:<b@example.com>",
    ]


@pytest.mark.parametrize(
    "address", ["李@example.com", "a@b\r\nRCPT TO:<x@y>", "nobody", "", "a b@example.com", "<a@example.com>", "a@b,c@d"]
)
def test_an_address_that_no_server_can_be_told_is_not_tried_and_spoils_nothing(opened: Open, address: str) -> None:
    script = Script()
    courier = opened(script)
    assert courier.send(outgoing(to=[address])).verdict is Verdict.PERMANENT
    delivery = courier.send(outgoing(to=[address, "li@example.com"]))
    assert (delivery.verdict, delivery.refused) == (SENT, (address,))
    assert [recipients for recipients, _ in script.letters] == [("li@example.com",)]


# --- encryption and login, against a well-behaved server ---------------------------------------------------------------


class Kept(Message):
    def __init__(self) -> None:
        super().__init__()
        self.subjects: list[str] = []

    def handle_message(self, message: object) -> None:
        self.subjects.append(str(message["Subject"]))  # type: ignore[index]  # aiosmtpd has no types


@pytest.mark.server
@pytest.mark.skipif(OPENSSL is None, reason="no openssl on this machine to make a certificate: TLS to SMTP is NOT tested")
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_the_connection_is_encrypted_and_the_certificate_checked(tmp_path: Path, security: Security) -> None:
    make_certificate(tmp_path, account())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    kept = Kept()
    kind = {"ssl_context": context} if security is Security.TLS else {"tls_context": context, "require_starttls": True}
    port = free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port, **kind)
    controller.start()
    try:
        server = Server("localhost", port, security=security, ca_file=tmp_path / "cert.pem")
        courier = SmtpCourier(server, "office@example.com")
        assert courier.send(outgoing("key")).verdict is SENT
        courier.close()
        untrusting = SmtpCourier(replace(server, ca_file=None), "office@example.com")
        refused = untrusting.send(outgoing())
        assert (refused.verdict, "CERTIFICATE_VERIFY_FAILED" in refused.detail) == (Verdict.STOP, True)
    finally:
        controller.stop()
    assert kept.subjects == ["key"]


def test_starttls_that_the_server_cannot_do_sends_neither_password_nor_letter(opened: Open) -> None:
    script = Script()
    with serving(script) as port:
        server = Server("127.0.0.1", port, "u", "p", Security.STARTTLS)
        assert SmtpCourier(server, "office@example.com").send(outgoing()).verdict is Verdict.STOP
    assert set(script.verbs()) == {"EHLO"}


def test_fault_26_a_refused_login_stops_sending_for_half_an_hour_and_says_no_password() -> None:
    script = Script(replies={"AUTH": ["535 Error: authentication failed"] * 2})
    with serving(script) as port:
        courier = SmtpCourier(Server("127.0.0.1", port, "u", "pass word", Security.PLAIN), "office@example.com")
        delivery = courier.send(outgoing())
    assert (delivery.verdict, delivery.retry_after) == (Verdict.STOP, 1800)
    assert "authentication failed" in delivery.detail
    assert "pass word" not in repr(delivery)


# --- fault 28: what NetEase's letters mean, under whatever code they come ----------------------------------------------

DAY = 0


@pytest.mark.parametrize(
    ("stage", "reply", "meant"),
    [
        ("CONNECT", "421 HL:ICC 126 smtp5, please see http://mail.163.com/help", (Verdict.STOP, 600)),
        ("CONNECT", "421 HL:IFC 126 smtp5", (Verdict.STOP, 600)),
        ("MAIL", "421 HL:REP 126 smtp5", (Verdict.STOP, 600)),
        ("CONNECT", "554 HL:ITC 126 smtp5", (Verdict.STOP, DAY)),
        ("MAIL", "451 MI:SFQ 126 smtp5", (Verdict.TEMPORARY, 900)),
        ("MAIL", "550 MI:SFQ 126 smtp5", (Verdict.TEMPORARY, 900)),
        ("MAIL", "450 MI:CEL 126 smtp5", (Verdict.TEMPORARY, 900)),
        ("RCPT", "450 RP:QRC 126 smtp5", (Verdict.TEMPORARY, 900)),
        ("MAIL", "450 MI:STC 126 smtp5", (Verdict.STOP, DAY)),
        ("MAIL", "550 MI:STC 126 smtp5", (Verdict.STOP, DAY)),
        ("RCPT", "554 RP:TRC 126 smtp5", (Verdict.STOP, DAY)),
        ("RCPT", "553 RP:RCL 126 smtp5", (Verdict.TEMPORARY, 900)),
        ("END", "451 DT:SPM 126 smtp5", (Verdict.TEMPORARY, 120)),
        ("END", "550 DT:SPM 126 smtp5", (Verdict.SUSPECT, 0)),
        ("END", "554 DT:SPM 126 smtp5,Q8", (Verdict.SUSPECT, 0)),
        ("DATA", "554 dt:spm", (Verdict.SUSPECT, 0)),
        # and what any server says
        ("END", "552 5.7.0 message looks like spam", (Verdict.SUSPECT, 0)),
        ("END", "552 message too large", (Verdict.PERMANENT, 0)),
        ("RCPT", "550 User not found: li@example.com", (Verdict.PERMANENT, 0)),
        ("RCPT", "550 Invalid User: spam@example.com", (Verdict.PERMANENT, 0)),
        ("RCPT", "450 greylisted", (Verdict.TEMPORARY, 0)),
        ("END", "451 try later", (Verdict.TEMPORARY, 0)),
        ("MAIL", "553 Mail from must equal authorized user", (Verdict.STOP, 1800)),
        ("CONNECT", "554 no service", (Verdict.STOP, 1800)),
        ("MAIL", "421 shutting down", (Verdict.STOP, 300)),
        ("MAIL", "451 too much fail authentication from 10.0.0.1", (Verdict.STOP, 3600)),
    ],
)
def test_fault_28_the_letters_of_a_refusal_decide(opened: Open, stage: str, reply: str, meant: tuple[Verdict, int]) -> None:
    script = Script(replies={stage: [reply]})
    courier = opened(script)
    assert verdict(courier) == meant
    assert script.letters == []
    # Fault 21: the refusal of one letter is over with it.
    assert courier.send(outgoing("next")).verdict is SENT
    assert [content for _, content in script.letters] == [outgoing("next").content]


def test_fault_21_a_refused_recipient_takes_nothing_from_the_others(opened: Open) -> None:
    script = Script(refused={"gone@example.com": "550 User not found"})
    delivery = opened(script).send(outgoing(to=["gone@example.com", "li@example.com"]))
    assert (delivery.verdict, delivery.refused) == (SENT, ("gone@example.com",))
    assert "User not found" in delivery.detail
    assert [recipients for recipients, _ in script.letters] == [("li@example.com",)]


def test_an_address_refused_for_good_is_named_and_one_refused_for_now_is_not(opened: Open) -> None:
    courier = opened(Script(refused={"gone@example.com": "550 User not found", "full@example.com": "452 mailbox full"}))
    assert courier.send(outgoing(to=["gone@example.com"])).refused == ("gone@example.com",)
    assert courier.send(outgoing(to=["full@example.com"])).refused == ()


def test_when_all_are_refused_the_gentlest_refusal_counts(opened: Open) -> None:
    script = Script(refused={"a@example.com": "550 no", "b@example.com": "450 later"})
    assert opened(script).send(outgoing(to=["a@example.com", "b@example.com"])).verdict is Verdict.TEMPORARY


def test_a_server_that_wants_fewer_recipients_gets_the_letter_one_by_one(opened: Open) -> None:
    script = Script(one_recipient="553 RP:RCL 126 smtp5", refused={"c@example.com": "550 no"})
    delivery = opened(script).send(outgoing(to=["a@example.com", "b@example.com", "c@example.com"]))
    assert (delivery.verdict, delivery.refused) == (SENT, ("c@example.com",))
    assert [recipients for recipients, _ in script.letters] == [("a@example.com",), ("b@example.com",)]


# --- connections that die ----------------------------------------------------------------------------------------------


def test_fault_20_a_connection_lost_after_the_letter_went_over_is_temporary_and_not_retried_at_once(opened: Open) -> None:
    script = Script(replies={"END": [""]})
    courier = opened(script)
    delivery = courier.send(outgoing())
    assert (delivery.verdict, "after DATA" in delivery.detail) == (Verdict.TEMPORARY, True)
    assert len(script.letters) == 1
    # The outbox sends it again: the recipient's server sees the same Message-ID and the same bytes.
    assert courier.send(outgoing()).verdict is SENT
    assert script.letters == [(("li@example.com",), outgoing().content)] * 2


def test_an_idle_connection_that_the_server_closed_is_replaced_without_a_word(opened: Open) -> None:
    script = Script(replies={"MAIL": ["250 ok", ""]})
    courier = opened(script)
    assert [courier.send(outgoing(str(n))).verdict for n in range(3)] == [SENT] * 3
    assert script.connections == 2
    assert len(script.letters) == 3


@pytest.mark.parametrize("stage", ["CONNECT", "EHLO", "MAIL", "RCPT"])
def test_a_server_that_hangs_up_at_once_pauses_all_sending(opened: Open, stage: str) -> None:
    script = Script(replies={stage: [""]})
    assert verdict(opened(script)) == (Verdict.STOP, RETRY_CONNECTION)
    assert script.letters == []


def test_an_answer_that_is_no_answer_does_not_count_as_sent(opened: Open) -> None:
    script = Script(replies={"END": ["what?"]})
    assert opened(script).send(outgoing()).verdict is Verdict.TEMPORARY


def test_nobody_listening_pauses_all_sending() -> None:
    courier = SmtpCourier(Server("127.0.0.1", 1, security=Security.PLAIN), "office@example.com")
    assert verdict(courier) == (Verdict.STOP, RETRY_CONNECTION)
    courier.close()


# --- the folder --------------------------------------------------------------------------------------------------------


def test_letters_lie_in_the_folder_in_order_of_sending_and_a_repeated_one_lies_there_once(tmp_path: Path) -> None:
    letters = [outgoing("b"), outgoing("a", letter=Letter.DIGEST), outgoing("b")]
    for letter in letters:
        assert FolderCourier(tmp_path / "letters").send(letter).verdict is SENT
    files = sorted((tmp_path / "letters" / "new").iterdir())
    assert [file.name.rsplit("-", 1)[0] for file in files] == ["00001-receipt", "00002-digest"]
    assert [file.read_bytes() for file in files] == [letters[0].content, letters[1].content]
    assert [str(message_from_bytes(file.read_bytes(), policy=SMTP_POLICY)["Subject"]) for file in files] == ["b", "a"]


def test_a_folder_that_cannot_be_written_is_a_temporary_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    delivery = FolderCourier(tmp_path / "file" / "letters").send(outgoing())
    assert (delivery.verdict, delivery) == (Verdict.TEMPORARY, Delivery(Verdict.TEMPORARY, delivery.detail))
