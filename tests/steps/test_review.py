"""Letters that wait for a person: shown, changed, released, kept back, each with its row in the history."""

import email
import email.policy
from dataclasses import replace

import pytest

from bot.letters.recompose import opened, recomposed
from bot.letters.render import Rendered
from bot.model import Attachment, Letter, OutboxState, Outcome
from bot.steps.answer import answer
from bot.steps.deliver import Sending, deliver
from bot.steps.review import NotWaitingError, look_at, refuse, release, rewrite, waiting
from tests.fakes import FakeClock, FakeCourier, FakeScribe
from tests.letters.build import POST, RULES, Ledger, at, mail, nomination, wording
from tests.letters.regolden import parts
from tests.letters.scenes import SCENES
from tests.letters.test_golden import Scene, each_scene

WHO = "operator"
NOW = at(10, 11)


class Desk:
    """A ledger whose letters wait for a person."""

    def __init__(self, letters: int = 1) -> None:
        self.ledger = Ledger()
        self.clock = FakeClock(at(10, 9, 40))
        for id in range(1, letters + 1):
            row = mail(id, Outcome.RECEIVED, Letter.RECEIPT, f"来件{id}", answer_to=f"a{id}@city.example")
            self.ledger.put(row, nomination(f"{id:04}", f"惠民项目{id}"))
        while answer(self.ledger.store, wording(), FakeScribe(), RULES, self.clock, replace(POST, review=True)):
            pass
        self.courier = FakeCourier()

    def send(self) -> list[str]:
        """Deliver what may go; the subjects that went."""
        self.clock.moment = NOW
        deliver(Sending(self.ledger.store, self.courier, self.clock), lambda: True)
        return [letter.subject for letter in self.courier.sent]

    def rewrite(self, id: int, subject: str, text: str) -> bool:
        return rewrite(self.ledger.store, id, subject, text, wording(), RULES, WHO, NOW)

    def history(self, subject: str) -> list[tuple[str, str]]:
        with self.ledger.store.glance() as look:
            return [(event.who, event.what) for event in look.chronicle.of(subject)]


def test_letters_wait_until_a_person_releases_them() -> None:
    desk = Desk(2)
    assert [row.id for row in waiting(desk.ledger.store)] == [1, 2]
    assert desk.send() == []
    release(desk.ledger.store, [2], WHO, NOW)
    assert [subject[:9] for subject in desk.send()] == ["【受理回执】云川市"]
    assert [row.id for row in waiting(desk.ledger.store)] == [1]
    assert desk.history("letter:2") == [(WHO, "released"), ("courier", "sent")]


def test_releasing_is_all_or_nothing() -> None:
    desk = Desk(2)
    release(desk.ledger.store, [1], WHO, NOW)
    with pytest.raises(NotWaitingError, match="letter 1 is queued"):
        release(desk.ledger.store, [2, 1], WHO, NOW)
    assert [row.id for row in waiting(desk.ledger.store)] == [2]


def test_a_letter_kept_back_never_goes_and_its_mail_says_why() -> None:
    desk = Desk()
    refuse(desk.ledger.store, [1], "已电话答复", WHO, NOW)
    assert desk.send() == []
    row = look_at(desk.ledger.store, 1)
    assert (row.state, row.error) == (OutboxState.DROPPED, "kept back by operator: 已电话答复")
    assert desk.history("letter:1") == [(WHO, "kept-back")]
    assert desk.history("mail:1")[-1] == (WHO, "answer-kept-back")
    with pytest.raises(NotWaitingError):
        release(desk.ledger.store, [1], WHO, NOW)


def test_a_rewritten_letter_goes_out_in_the_new_words_under_its_message_id() -> None:
    desk = Desk()
    before = look_at(desk.ledger.store, 1).outgoing
    assert desk.rewrite(1, "【受理回执】改过的主题", "云川市：\n\n  1. 已收到<b>\n  2. 谢谢\n")
    assert desk.send() == []
    release(desk.ledger.store, [1], WHO, NOW)
    desk.send()
    (after,) = desk.courier.sent
    assert (after.message_id, after.recipients, after.numbers, after.mails) == (
        before.message_id,
        before.recipients,
        before.numbers,
        before.mails,
    )
    message = email.message_from_bytes(after.content, policy=email.policy.default)
    assert message["Message-ID"] == before.message_id
    assert message["In-Reply-To"] == "<m1@city.example>"
    assert message["Subject"] == after.subject == "【受理回执】改过的主题"
    text, html = parts(after.content)
    assert text.endswith("\n\n云川市：\n\n  1. 已收到<b>\n  2. 谢谢\n")
    assert "1. 已收到&lt;b&gt;<br>" in html
    assert RULES.name in html
    assert desk.history("letter:1")[0] == (WHO, "rewritten")


def test_the_history_keeps_the_words_that_were_replaced() -> None:
    desk = Desk()
    before = opened(look_at(desk.ledger.store, 1).outgoing).words
    desk.rewrite(1, "新主题", "新内容")
    with desk.ledger.store.glance() as look:
        (event,) = look.chronicle.of("letter:1")
    assert dict(event.facts) == {"subject": before.subject, "text": before.text}


def test_the_same_words_again_change_nothing() -> None:
    desk = Desk()
    before = look_at(desk.ledger.store, 1)
    words = opened(before.outgoing).words
    assert not desk.rewrite(1, words.subject, words.text)
    assert look_at(desk.ledger.store, 1) == before
    assert desk.history("letter:1") == []


@pytest.mark.parametrize(("subject", "text"), [("", "内容"), ("主题", " \n"), ("主题", "长" * 200_001)])
def test_a_letter_without_words_or_with_a_book_is_refused(subject: str, text: str) -> None:
    desk = Desk()
    before = look_at(desk.ledger.store, 1)
    with pytest.raises(NotWaitingError):
        desk.rewrite(1, subject, text)
    assert look_at(desk.ledger.store, 1) == before


def test_what_is_already_on_its_way_can_not_be_changed() -> None:
    desk = Desk()
    release(desk.ledger.store, [1], WHO, NOW)
    with pytest.raises(NotWaitingError, match="does not wait"):
        desk.rewrite(1, "主题", "内容")
    letter = look_at(desk.ledger.store, 1).outgoing
    with desk.ledger.store.begin() as transaction, pytest.raises(KeyError):
        transaction.outbox.rewrite(1, letter)
    with pytest.raises(NotWaitingError, match="no letter 7"):
        look_at(desk.ledger.store, 7)


def test_hostile_words_of_an_editor_reach_no_header() -> None:
    desk = Desk()
    assert desk.rewrite(1, "主题\r\nBcc: all@example.com", "内容\x00\x1b[31m")
    letter = look_at(desk.ledger.store, 1).outgoing
    message = email.message_from_bytes(letter.content, policy=email.policy.default)
    assert message["Bcc"] is None
    assert letter.subject == "主题 Bcc: all@example.com"
    assert opened(letter).words.text == "内容[31m\n"


@each_scene
def test_every_letter_opens_into_what_it_was_composed_of(scene: Scene) -> None:
    letter = scene()
    found = opened(letter)
    text, html = parts(letter.content)
    assert (found.words.subject, found.words.html) == (letter.subject, html)
    assert text.endswith("\n\n" + found.words.text)
    when = email.message_from_bytes(letter.content, policy=email.policy.default)["Date"].datetime
    assert recomposed(letter, found.words, when) == letter


def test_attachments_keep_their_names_and_bytes_when_the_words_change() -> None:
    scene = next(scene for scene in SCENES if scene.__name__ == "forms")
    letter = scene()
    changed = recomposed(letter, Rendered("主题", "内容\n", "<p>内容</p>\n"), NOW)
    before: tuple[Attachment, ...] = opened(letter).attachments
    assert before
    assert opened(changed).attachments == before
    assert opened(changed).words == Rendered("主题", "内容\n", "<p>内容</p>\n")
