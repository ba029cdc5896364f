"""Orders of the office from mail to deed: carried out once, answered in one letter, told to the unit, and by nobody else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deciding.proof import Demand
from bot.model import Address, AnswerState, Command, Headers, Letter, NoteKind, OutboxState, Outcome, Reading, State
from tests.deciding.build import MAIL, at
from tests.steps.ordering import DAY, OFFICE, Ordering

REFUSED = "orders that were not carried out: "


@pytest.fixture
def office() -> Iterator[Ordering]:
    made = Ordering()
    yield made
    made.store.close()


def late(office: Ordering) -> str:
    """A nomination came a night late; the code of the digest after it."""
    office.nominate(21)
    assert office.nomination("0001").state is State.LATE
    office.clock.moment = at(22, 8, 30)
    return office.digest("nomination:0001 late")


# --- done -------------------------------------------------------------------------------------------------------------


def test_a_late_nomination_is_admitted_answered_and_told_to_its_unit(office: Ordering) -> None:
    code = late(office)
    id = office.order(f"准予 0001\n口令 {code}\n")
    office.rest()
    assert office.nomination("0001").state is State.ACCEPTED
    assert office.outcome(id) == (Outcome.COMMAND, "1 of 1 orders carried out")
    assert office.mail(id).command is Command.ORDER
    (answer,) = office.letters(Letter.ORDERS)
    assert answer.recipients == (OFFICE,)
    assert "1. 准予受理：0001，现为“已受理”" in office.text(answer)
    (told,) = office.letters(Letter.DECISION)
    assert told.recipients == (MAIL,)
    assert "准予受理，现为“已受理”" in office.text(told)
    assert [(event.who, event.what) for event in office.events("nomination:0001")][-1] == (OFFICE, "admitted")
    assert [note.kind for note in office.notes()] == []


def test_several_orders_in_one_mail_are_done_each_by_itself_and_told_together(office: Ordering) -> None:
    office.nominate()
    office.nominate(16, 项目名称="社区助餐服务项目")
    office.clock.moment = at(17, 8, 30)
    code = office.digest()
    office.order(f"您好\n收到纸质　００01、0002\n退回 0002 理由：与0001重复\n准予 0099\n今日口令：{code.lower()}")
    office.rest()
    assert [one.paper is not None for one in office.nominations()] == [True, True]
    assert [one.state for one in office.nominations()] == [State.ACCEPTED, State.WITHDRAWN]
    (answer,) = office.letters(Letter.ORDERS)
    assert answer.subject == "【指令办理】已办3项，未办1项（收件3）"
    assert "收到纸质件：0001、0002，已登记" in office.text(answer)
    assert "“准予 0099”：没有这个编号" in office.text(answer)
    (told,) = office.letters(Letter.DECISION)
    assert "予以退回。理由：与0001重复。" in office.text(told)


def test_a_nomination_sent_back_by_mistake_is_admitted_again(office: Ordering) -> None:
    office.nominate()
    code = office.digest()
    office.order(f"退回 0001 理由：写错了\n口令{code}")
    office.rest()
    assert office.nomination("0001").state is State.WITHDRAWN
    office.order(f"准予 0001\n口令{code}")
    office.rest()
    assert office.nomination("0001").state is State.ACCEPTED


def test_nothing_is_sent_back_without_a_reason_that_its_unit_could_be_told(office: Ordering) -> None:
    office.nominate()
    code = office.digest()
    office.order(f"退回 0001\n口令{code}")
    office.rest()
    assert office.nomination("0001").state is State.ACCEPTED
    assert "没有写理由" in office.text(office.letters(Letter.ORDERS)[0])
    assert office.letters(Letter.DECISION) == []


def test_the_items_of_the_digest_are_answered_by_their_numbers(office: Ordering) -> None:
    code = late(office)
    office.order(f"待核定 1：1\n{code}")
    office.rest()
    assert office.nomination("0001").state is State.ACCEPTED


def test_a_held_mail_is_settled_or_given_its_unit(office: Ordering) -> None:
    first, second = office.arrives(question(), "a@x.example"), office.arrives(question(), "b@x.example")
    office.rest()
    assert office.mail(first).waits
    code = office.digest(f"mail:{first} mail_held", f"mail:{second} mail_held")
    office.order(f"1：1\n邮件{second} 新乡市\n口令 {code}")
    office.rest()
    kinds = {(note.subject, note.kind) for note in office.notes()}
    assert kinds == {(f"mail:{first}", NoteKind.SETTLED)}
    assert office.mail(second).given_unit == "410700"
    assert (OFFICE, "released") in [(event.who, event.what) for event in office.events(f"mail:{second}")]


def question() -> Reading:
    return Reading(Headers("", "请问", Address("")), "请问何时开会？", "请问何时开会？")


# --- a longer time ----------------------------------------------------------------------------------------------------


def test_a_longer_time_for_a_unit_takes_lateness_from_what_lies_there_and_from_what_comes(office: Ordering) -> None:
    code = late(office)
    office.order(f"延期 新乡市 12月23日\n口令 {code}")
    office.rest()
    one = office.nomination("0001")
    assert (one.state, [finding.check for finding in one.findings], one.admitted) == (State.ACCEPTED, [], False)
    assert "延至2021年12月23日24时；已逾期收到的1件按期内处理" in office.text(office.letters(Letter.ORDERS)[0])
    (told,) = office.letters(Letter.DECISION)
    assert "报送截止时间延至2021年12月23日24时" in office.text(told)
    office.nominate(23, 项目名称="社区助餐服务项目")
    assert office.nomination("0002").state is State.ACCEPTED
    office.nominate(24, 项目名称="残疾人就业帮扶项目")
    assert office.nomination("0003").state is State.LATE


def test_a_longer_time_for_one_nomination_is_no_other_ones(office: Ordering) -> None:
    office.nominate()
    office.clock.moment = at(20, 8, 30)
    code = office.digest()
    office.order(f"延期 0001 至 12月22日\n口令 {code}")
    office.rest()
    office.nominate(22, 联系电话="0373-5550998")
    assert (office.nomination("0001").version, office.nomination("0001").state) == (2, State.ACCEPTED)
    office.nominate(22, 项目名称="社区助餐服务项目")
    assert office.nomination("0002").state is State.LATE


def test_a_longer_time_for_everybody_is_the_last_day_of_all(office: Ordering) -> None:
    code = office.digest()
    office.order(f"各单位延期至12月22日\n口令 {code}")
    office.rest()
    office.nominate(22)
    assert office.nomination("0001").state is State.ACCEPTED
    receipt = office.letters(Letter.RECEIPT)[0]
    assert "2021年12月22日24时" in office.text(receipt)


@pytest.mark.parametrize("day", ["12月20日", "1月15日"])
def test_a_day_that_is_no_longer_time_or_after_the_review_is_refused(office: Ordering, day: str) -> None:
    code = office.digest()
    office.order(f"延期 新乡市 {day}\n口令 {code}")
    office.rest()
    assert "延期须在2021-12-20之后，且不晚于2021-12-30" in office.text(office.letters(Letter.ORDERS)[0])


# --- pause ------------------------------------------------------------------------------------------------------------


def test_while_letters_pause_only_the_office_gets_some_and_nothing_is_lost(office: Ordering) -> None:
    code = office.digest()
    office.order(f"暂停发信\n口令 {code}")
    office.rest()
    office.nominate()
    assert [letter.letter for letter in office.sent] == [Letter.ORDERS]
    assert [row.state for row in office.outbox() if row.outgoing.letter is Letter.RECEIPT] == [OutboxState.QUEUED]
    office.order(f"恢复发信\n口令 {code}")
    office.rest()
    assert [letter.letter for letter in office.sent] == [Letter.ORDERS, Letter.RECEIPT, Letter.ORDERS]


# --- once -------------------------------------------------------------------------------------------------------------


def test_the_same_mail_is_carried_out_once_however_often_it_comes(office: Ordering) -> None:
    office.nominate()
    code = office.digest()
    first = office.order(f"退回 0001 理由：写错了\n口令{code}")
    office.rest()
    office.order(f"准予 0001\n口令{code}")
    office.rest()
    # the very same again, with other bytes: another hop, another header
    content, reading = next((c, r) for c, r in office.readings.items() if f"words {first}".encode() in c)
    changed = content.replace(b"\r\n\r\n", b"\r\nX-Hop: 2\r\n\r\n")
    office.readings[changed] = reading
    office.mailbox.put(changed, office.clock.now())
    office.rest()
    assert office.nomination("0001").state is State.ACCEPTED
    assert office.outcome(4) == (Outcome.COMMAND, "orders that were carried out before")
    assert office.mail(4).answer_state is AnswerState.NONE
    assert len(office.letters(Letter.ORDERS)) == 2


# --- not done ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why", "said"),
    [
        ("准予 0001", "no-code", "邮件中没有写口令"),
        ("准予 0001\n口令 ABCD-EFGH", "wrong-code", "口令不符"),
        ("准予 0001\n口令 12345678", "wrong-code", "口令不符"),
    ],
)
def test_without_the_right_code_nothing_is_done_and_the_office_is_told_why(
    office: Ordering, text: str, why: str, said: str
) -> None:
    late(office)
    id = office.order(text)
    office.rest()
    assert office.nomination("0001").state is State.LATE
    assert office.outcome(id) == (Outcome.HELD, f"{REFUSED}{why}")
    assert said in office.text(office.letters(Letter.ORDERS)[0])
    assert office.letters(Letter.DECISION) == []


def test_a_code_holds_until_the_digest_after_the_next_and_is_judged_by_when_the_mail_came(office: Ordering) -> None:
    code = late(office)
    office.clock.advance(DAY)
    office.digest()
    office.clock.advance(hours=1)
    in_time = office.order(f"收到纸质 0001\n口令 {code}")
    office.clock.advance(DAY)
    office.digest()  # before that mail is handled
    office.clock.advance(hours=2)
    too_late = office.order(f"准予 0001\n口令 {code}")
    office.rest()
    assert office.outcome(in_time)[0] is Outcome.COMMAND
    assert office.outcome(too_late) == (Outcome.HELD, f"{REFUSED}old-code")
    assert office.nomination("0001").state is State.LATE


def test_a_code_does_not_hold_for_ever_when_no_digest_comes_any_more(office: Ordering) -> None:
    code = late(office)
    office.clock.advance(days=11)
    id = office.order(f"准予 0001\n口令 {code}")
    office.rest()
    assert office.outcome(id) == (Outcome.HELD, f"{REFUSED}old-code")


def test_a_strangers_order_is_held_and_gets_the_line_that_every_stranger_gets(office: Ordering) -> None:
    code = late(office)
    id = office.order(f"准予 0001\n口令 {code}", "stranger@x.example")
    office.rest()
    assert office.nomination("0001").state is State.LATE
    assert office.outcome(id) == (Outcome.HELD, f"{REFUSED}unlisted")
    assert office.letters(Letter.ORDERS) == []
    (line,) = office.letters(Letter.HELD)
    assert "口令" not in office.text(line)


def test_a_forged_order_is_held_and_nobody_is_written_to(office: Ordering) -> None:
    code = late(office)
    told = ("mx9; dkim=pass header.d=office.example", "mx3; spf=fail smtp.mail=x@evil.example")
    id = office.order(f"准予 0001\n口令 {code}", authentications=told)
    office.rest()
    assert office.nomination("0001").state is State.LATE
    assert office.outcome(id) == (Outcome.HELD, f"{REFUSED}refuted")
    assert office.letters(Letter.ORDERS) == office.letters(Letter.HELD) == []


@pytest.mark.parametrize(
    ("fields", "done"), [((), False), (("mx3; dkim=pass header.d=office.example",), True), (("mx3; spf=none",), False)]
)
def test_where_proof_is_required_silence_does_not_do(office: Ordering, fields: tuple[str, ...], done: bool) -> None:
    office.desk = replace(office.desk, demand=Demand.REQUIRED)
    code = late(office)
    id = office.order(f"准予 0001\n口令 {code}", authentications=fields)
    office.rest()
    assert (office.outcome(id)[0] is Outcome.COMMAND) is done
    assert (office.nomination("0001").state is State.ACCEPTED) is done


def test_after_many_wrong_codes_only_mail_that_its_server_vouches_for_counts(office: Ordering) -> None:
    code = late(office)
    for guess in ("AAAA-AAAA", "BBBB-BBBB", "CCCC-CCCC", "DDDD-DDDD", "EEEE-EEEE"):
        office.order(f"准予 0001\n口令 {guess}")
        office.rest()
    assert len(office.letters(Letter.ORDERS)) == 3, "a forger makes us write no more than that"
    braked = office.order(f"准予 0001\n口令 {code}")
    office.rest()
    assert office.outcome(braked) == (Outcome.HELD, f"{REFUSED}braked")
    proven = office.order(f"准予 0001\n口令 {code}", authentications=("mx3; dkim=pass header.d=office.example",))
    office.rest()
    assert office.outcome(proven)[0] is Outcome.COMMAND
    office.clock.advance(DAY)
    office.digest()
    later = office.order(f"收到纸质 0001\n口令 {code}")
    office.rest()
    assert office.outcome(later)[0] is Outcome.COMMAND


def test_a_mail_with_a_list_of_guesses_gives_no_code(office: Ordering) -> None:
    code = late(office)
    guesses = "\n".join(f"AAAA-BBB{letter}" for letter in "CDEFG")
    id = office.order(f"准予 0001\n口令\n{guesses}\n{code}")
    office.rest()
    assert office.outcome(id)[0] is Outcome.HELD


def test_an_order_that_was_held_is_carried_out_when_the_office_confirms_it(office: Ordering) -> None:
    code = late(office)
    held = office.order(f"准予 0001\n口令 {code}", authentications=("mx3; spf=fail smtp.mail=x@evil.example",))
    office.rest()
    office.order(f"邮件{held} 照办\n口令 {code}")
    office.rest()
    assert office.outcome(held)[0] is Outcome.COMMAND
    assert office.nomination("0001").state is State.ACCEPTED


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_no_code_is_kept_in_the_ledger_or_sent_on(office: Ordering) -> None:
    office.nominate()
    code = office.digest()
    office.order(f"退回 0001 理由：材料有误 口令：{code}", subject=f"今日口令 {code} 指令")
    office.rest()
    assert office.nomination("0001").state is State.WITHDRAWN
    bare = code.replace("-", "")
    with office.store.glance() as ledger:
        kept = f"{list(ledger.mails.all())}{list(ledger.chronicle.all())}{list(ledger.notes.all())}"
        marks = ledger.marks.get("order-days") or ""
    texts = "".join(office.text(letter) for letter in office.sent)
    for word in (code, bare, code.lower()):
        assert word not in kept + marks + texts
    assert "理由：材料有误。" in office.text(office.letters(Letter.DECISION)[0])


def test_a_nomination_that_the_office_forwards_is_a_nomination(office: Ordering) -> None:
    office.nominate(sender=OFFICE)
    assert office.nomination("0001").state is State.ACCEPTED


def test_the_offices_other_words_are_no_orders(office: Ordering) -> None:
    id = office.order("请问系统今天运行正常吗？")
    office.rest()
    assert office.outcome(id) == (Outcome.HELD, "a question")
    assert office.events("orders") == []


def test_answers_to_orders_are_not_braked_and_wait_for_nobodys_release(office: Ordering) -> None:
    office.post = replace(office.post, review=True)
    code = office.digest()
    for _ in range(8):
        office.order(f"暂停发信\n恢复发信\n口令 {code}")
        office.rest()
        office.clock.advance(timedelta(minutes=1))
    assert len(office.letters(Letter.ORDERS)) == 8
