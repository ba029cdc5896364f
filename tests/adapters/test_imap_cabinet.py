"""The folders for people in a real Dovecot: names in Chinese, copies and moves by UID, and nobody else's mail touched."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from imapclient import IMAPClient

from bot.adapters.imap import ImapMailbox
from bot.adapters.imap_cabinet import ImapCabinet
from bot.adapters.server import Security, Server
from bot.model import Position
from bot.ports import Lying, MailboxError
from tests.fakes import NOON, ZONE, mail_bytes
from tests.servers import Dovecot

pytestmark = pytest.mark.server


class Room:
    """A mailbox with people in it, and our cabinet."""

    def __init__(self, server: Dovecot, user: str) -> None:
        where = Server("localhost", server.tls_port, user, "secret", Security.TLS, ca_file=server.certificate)
        self.cabinet = ImapCabinet(where)
        self.mailbox = ImapMailbox(where, ZONE)
        self.hand = IMAPClient("127.0.0.1", server.port, ssl=False)
        self.hand.login(user, "secret")

    def arrives(self, id: str, flags: tuple[bytes, ...] = ()) -> Lying:
        self.hand.append("INBOX", mail_bytes(id), flags, NOON)
        survey = self.mailbox.survey(None)
        last = survey.mails[-1]
        return Lying(Position("INBOX", survey.uidvalidity, last.uid), f"<{id}@example.com>", last.size)

    def holds(self, folder: str) -> dict[str, set[bytes]]:
        """Message-IDs with their flags."""
        if not self.hand.folder_exists(folder):
            return {}
        self.hand.select_folder(folder, readonly=True)
        found = self.hand.fetch(self.hand.search("ALL"), ["FLAGS", "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"])
        key = b"BODY[HEADER.FIELDS (MESSAGE-ID)]"
        return {
            items[key].decode().strip().removeprefix("Message-ID: "): set(items[b"FLAGS"]) - {b"\\Recent"}
            for items in found.values()
        }

    def close(self) -> None:
        self.cabinet.close()
        self.mailbox.close()
        self.hand.logout()


@pytest.fixture
def room(dovecot: Dovecot, user: str) -> Iterator[Room]:
    made = Room(dovecot, user)
    yield made
    made.close()


def lacking(monkeypatch: pytest.MonkeyPatch, *capabilities: str) -> None:
    """A server that cannot do this: what it says it can is what counts."""
    real = IMAPClient.has_capability
    monkeypatch.setattr(
        IMAPClient, "has_capability", lambda self, word: str(word).upper() not in capabilities and real(self, word)
    )


def test_a_copy_lies_in_a_folder_that_was_made_for_it_and_the_mail_stays_with_its_flags(room: Room) -> None:
    lying = room.arrives("1", (b"\\Flagged",))
    put = room.cabinet.put(lying, "已受理", move=False)
    assert put is not None
    assert (put.folder, put.uid) == ("已受理", 1)
    assert room.holds("INBOX") == room.holds("已受理") == {"<1@example.com>": {b"\\Flagged"}}
    assert "已受理" in [name for _, _, name in room.hand.list_sub_folders()]


@pytest.mark.parametrize("missing", [(), ("MOVE",)])
def test_a_move_takes_this_mail_alone_whatever_people_have_flagged(
    room: Room, missing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking(monkeypatch, *missing)
    first, second = room.arrives("1"), room.arrives("2")
    room.hand.select_folder("INBOX")
    room.hand.delete_messages([first.position.uid], silent=True)  # a person has flagged it and not expunged it yet
    put = room.cabinet.put(second, "待补正", move=True)
    assert put is not None
    assert put.uidvalidity > 0
    assert room.holds("INBOX") == {"<1@example.com>": {b"\\Deleted"}}
    assert room.holds("待补正") == {"<2@example.com>": set()}


def test_a_server_that_can_expunge_nothing_alone_gets_a_copy_and_keeps_the_mail(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lacking(monkeypatch, "MOVE", "UIDPLUS")
    lying = room.arrives("1")
    assert room.cabinet.put(lying, "待补正", move=True) is not None
    assert room.holds("INBOX") == room.holds("待补正") == {"<1@example.com>": set()}
    assert "it was copied, the original stays" in caplog.text


@pytest.mark.parametrize("move", [False, True])
def test_a_call_that_is_repeated_puts_nothing_there_twice(room: Room, move: bool) -> None:
    lying = room.arrives("1")
    first = room.cabinet.put(lying, "已受理", move=move)
    assert room.cabinet.put(lying, "已受理", move=move) == first
    room.hand.select_folder("已受理", readonly=True)
    assert len(room.hand.search("ALL")) == 1


def test_a_move_that_was_cut_short_after_the_copy_is_finished(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    lying = room.arrives("1")
    room.cabinet.put(lying, "已受理", move=False)
    lacking(monkeypatch, "MOVE")
    assert room.cabinet.put(lying, "已受理", move=True) is not None
    assert room.holds("INBOX") == {}
    room.hand.select_folder("已受理", readonly=True)
    assert len(room.hand.search("ALL")) == 1


def test_a_mail_that_people_have_moved_or_deleted_is_gone(room: Room) -> None:
    lying = room.arrives("1")
    room.hand.select_folder("INBOX")
    room.hand.delete_messages([lying.position.uid], silent=True)
    room.hand.expunge()
    assert room.cabinet.put(lying, "已受理", move=True) is None
    assert room.holds("已受理") == {}


def test_after_a_change_of_uidvalidity_a_mail_is_known_by_its_id_and_size(room: Room) -> None:
    lying = room.arrives("1")
    room.arrives("2")
    elsewhere = replace(lying, position=replace(lying.position, uidvalidity=lying.position.uidvalidity + 1, uid=2))
    put = room.cabinet.put(elsewhere, "已受理", move=False)
    assert put is not None
    assert set(room.holds("已受理")) == {"<1@example.com>"}
    other = replace(elsewhere, size=lying.size + 1, position=replace(elsewhere.position, uidvalidity=1))
    assert room.cabinet.put(other, "待补正", move=False) is None


def test_a_copy_of_ours_is_cleared_and_a_folder_that_is_another_by_now_is_left_alone(room: Room) -> None:
    lying, other = room.arrives("1"), room.arrives("2")
    put = room.cabinet.put(lying, "待核定", move=False)
    room.cabinet.put(other, "待核定", move=False)
    assert put is not None
    room.cabinet.clear(replace(put, uidvalidity=put.uidvalidity + 1))
    room.cabinet.clear(Position("没有的", 1, 1))
    room.cabinet.clear(Position("待核定", put.uidvalidity, 0))
    assert set(room.holds("待核定")) == {"<1@example.com>", "<2@example.com>"}
    room.cabinet.clear(put)
    assert set(room.holds("待核定")) == {"<2@example.com>"}


def test_a_mail_goes_on_from_one_folder_into_another(room: Room) -> None:
    lying = room.arrives("1")
    put = room.cabinet.put(lying, "待核定", move=True)
    assert put is not None
    room.cabinet.close()  # the next round
    again = room.cabinet.put(replace(lying, position=put), "已受理", move=True)
    assert again is not None
    assert (room.holds("INBOX"), room.holds("待核定")) == ({}, {})
    assert set(room.holds("已受理")) == {"<1@example.com>"}


def test_a_folder_that_cannot_be_made_is_a_mailbox_error(room: Room) -> None:
    with pytest.raises(MailboxError):
        room.cabinet.put(room.arrives("1"), "a//b", move=False)
    assert set(room.holds("INBOX")) == {"<1@example.com>"}
