"""Numbered answers: what counts as one, what never does, and who may give it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.rules import load_rules
from bot.deciding.choices import chosen, may_answer, refuted
from bot.model import Address, Choice, FileRead, Format, Headers, Question, Reading

RULES = load_rules(Path(__file__).parents[2] / "rules" / "3x100-2021")
STAND = Question(tuple(Choice(stand=(n,)) for n in ("0001", "0002", "0003")))
WITHDRAW = Question(tuple(Choice(withdraw=(f"{n:04}",)) for n in range(1, 13)), most=2)
UNIT = Question((Choice(unit="410100"), Choice(unit="410700")))


def reply(text: str, **changes: object) -> Reading:
    reading = Reading(Headers("<r@city.example>", "回复：【需补正】", Address("a@city.example")), text, text)
    return replace(reading, **changes)  # type: ignore[arg-type]  # a test names fields of the reading


def taken(text: str, question: Question = STAND) -> tuple[int, ...]:
    found = chosen(reply(text), question, RULES)
    return tuple(question.choices.index(choice) + 1 for choice in found)


@pytest.mark.parametrize(
    "text",
    [
        "2",
        "２",
        "2。",
        "（2）",
        "选2",
        "选 2",
        "选择第2项",
        "我们选择第2个。",
        "第二项",
        "保留2",
        "请保留第2项，谢谢！",
        "您好：\n\n2\n\n云川市委办公室 王安宁\n2021年12月18日\n0371-65901305",
        "经研究，选择2。",
        "回复：2",
    ],
)
def test_a_number_alone_or_with_words_of_choosing_is_an_answer(text: str) -> None:
    assert taken(text) == (2,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "好的，收到",
        "0",
        "4",
        "12",
        "2021",
        "12月6日",
        "12-6",
        "12.6",
        "2021年12月2日",
        "请问选2还是选3？",
        "不选2",
        "2不保留",
        "撤回2",
        "2号下午报送",
        "公示2天",
        "1、2",
        "选2\n选3",
        "十一",
        "我们于12月6日公示\n2",
        "您好\n谢谢\n请稍等\n2",
        "联系电话：65901305",
        "2" * 41,
        "0002",
        "> 2",
    ],
)
def test_what_says_anything_else_is_no_answer(text: str) -> None:
    assert taken(text) == ()


def test_several_numbers_answer_only_where_several_are_asked() -> None:
    assert taken("1、12", WITHDRAW) == (1, 12)
    assert taken("撤回第3、5项", WITHDRAW) == (3, 5)
    assert taken("3 和 5", WITHDRAW) == (3, 5)
    assert taken("5，5", WITHDRAW) == (5,)
    assert taken("1、2、3", WITHDRAW) == ()


def test_keeping_and_withdrawing_are_never_mistaken_for_each_other() -> None:
    assert taken("保留3", WITHDRAW) == ()
    assert taken("撤回1", STAND) == ()
    assert taken("撤回1", UNIT) == ()
    assert taken("选1", UNIT) == (1,)


def test_a_mail_with_files_of_its_own_is_a_submission_and_no_answer() -> None:
    file = FileRead("推荐表.docx", "0" * 64, 9, Format.DOCX)
    assert chosen(reply("2", files=(file,)), STAND, RULES) == ()
    assert chosen(reply("2", links=("https://cloud.example/a",)), STAND, RULES) == ()


def test_digits_of_the_quoted_letter_are_no_answer() -> None:
    quoted = "收到\n\n-----原始邮件-----\n1. 保留 0001\n2\n"
    assert chosen(reply(quoted, fresh_text="收到"), STAND, RULES) == ()


@pytest.mark.parametrize(
    ("results", "disowned"),
    [
        ("", False),
        ("mx.126.com; dmarc=pass; spf=fail; dkim=fail", False),
        ("mx.126.com; dmarc=fail header.from=city.example", True),
        ("mx.126.com; spf=pass smtp.mailfrom=a@city.example; dkim=none", False),
        ("mx.126.com; spf=fail; dkim=pass", False),
        ("mx.126.com; spf=softfail; dkim=none", True),
        ("mx.126.com; spf=fail (dmarc=pass says the liar)", True),
        ("mx.126.com; dkim=fail header.d=x; dkim=pass header.d=y", False),
        ("mx.126.com; dkim=fail", True),
    ],
)
def test_the_topmost_results_can_disown_a_sender(results: str, disowned: bool) -> None:
    assert refuted(results) is disowned


def test_only_who_was_asked_or_is_known_may_answer() -> None:
    headers = Headers("<r@x>", "", Address("a@city.example"))
    assert may_answer(headers, ("A@city.example",), ())
    assert may_answer(headers, (), ("a@city.example",))
    assert not may_answer(headers, ("b@city.example",), ("c@city.example",))
    assert not may_answer(replace(headers, sender=Address("")), ("",), ())
    assert not may_answer(replace(headers, authentication="mx; dmarc=fail"), ("a@city.example",), ())
