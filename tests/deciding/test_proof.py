"""Who really wrote: the code of the day, and what the mail's own server says about From."""

from datetime import date

import pytest

from bot.deciding.codes import ALPHABET, codes_in, day_code, fitting, spelled, tries_a_code, without_codes
from bot.deciding.proof import Demand, Proof, proof, suffices
from bot.model import Address, Headers
from tests.deciding.build import rules

SECRET = bytes(range(32))
DAY = date(2021, 12, 17)
CODE = day_code(SECRET, "3x100-2021", DAY)


def said(sender: str, *fields: str) -> Headers:
    return Headers("<1@x.example>", "", Address(sender), authentications=fields)


# --- the code ---------------------------------------------------------------------------------------------------------


def test_a_code_is_eight_letters_that_nobody_takes_for_another() -> None:
    assert len(CODE) == 8
    assert set(CODE) <= set(ALPHABET)
    assert not set("ILO0123456789") & set(ALPHABET)


def test_every_day_campaign_and_secret_has_a_code_of_its_own() -> None:
    others = {
        day_code(SECRET, "3x100-2021", date(2021, 12, 18)),
        day_code(SECRET, "another", DAY),
        day_code(bytes(32), "3x100-2021", DAY),
    }
    assert len(others | {CODE}) == 4
    assert day_code(SECRET, "3x100-2021", DAY) == CODE


@pytest.mark.parametrize("written", [CODE, CODE.lower(), spelled(CODE), f"{CODE[:4]} {CODE[4:]}", f"口令：{spelled(CODE)}。"])
def test_a_code_is_found_however_it_is_written(written: str) -> None:
    assert fitting(codes_in(f"准予 0456\n{written}\n谢谢"), [(DAY, CODE)]) == DAY


def test_a_code_in_full_width_letters_is_found() -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in CODE)
    assert fitting(codes_in(f"口令{wide}"), [(DAY, CODE)]) == DAY


def test_a_mail_that_lists_guesses_has_not_given_a_code() -> None:
    guesses = " ".join(f"AAAA-BBB{letter}" for letter in "CDEFG")
    assert fitting(codes_in(f"{guesses} {CODE}"), [(DAY, CODE)]) is None


def test_part_of_a_longer_word_is_no_code() -> None:
    assert codes_in(f"x{CODE} {CODE}x") == ()


@pytest.mark.parametrize(
    ("text", "tries"), [("口令 ABCD", True), ("今日口令：123456", True), ("口令是什么", False), ("准予 0456", False)]
)
def test_a_code_that_is_tried_is_told_from_none(text: str, tries: bool) -> None:
    assert tries_a_code(text, rules().orders) is tries


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"准予 0456 口令：{spelled(CODE)}\n谢谢", "准予 0456 \n谢谢"),
        (f"退回 0456 逾期，今日口令 {CODE.lower()}。", "退回 0456 逾期，。"),
        (f"{CODE}\n{spelled(CODE)}", "\n"),
        ("准予 0456 口令未知", "准予 0456 口令未知"),
    ],
)
def test_a_code_is_cut_out_of_what_is_kept_or_sent_on(text: str, kept: str) -> None:
    assert without_codes(text, [CODE], rules().orders) == kept


# --- Authentication-Results -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sender", "fields", "expected"),
    [
        # as Coremail writes it, lines folded in the middle of words
        ("a@qq.com", ("mx41; spf=pass smtp.mail=a@qq.com; dki m=pass header.i=@qq.com",), Proof.PROVEN),
        ("a@office.gov.cn", ("mx2; spf=softfail smtp.mail=a@of fice.gov.cn; dkim=pass header.d=office.gov.cn",), Proof.PROVEN),
        ("a@office.gov.cn", ("mx2; dkim=pass header.d=mail.office.gov.cn",), Proof.PROVEN),
        ("a@office.gov.cn", ("mx2 1; dmarc=pass (p=none (sp=none)) header.from=office.gov.cn",), Proof.PROVEN),
        # a stranger's envelope that passes proves nothing about From
        ("a@office.gov.cn", ("mx2; spf=pass smtp.mail=evil@evil.example; dkim=pass header.d=evil.example",), Proof.REFUTED),
        ("a@office.gov.cn", ("mx2; spf=fail smtp.mail=a@office.gov.cn",), Proof.REFUTED),
        ("a@office.gov.cn", ("mx2; dmarc=fail header.from=office.gov.cn; spf=pass smtp.mail=a@office.gov.cn",), Proof.REFUTED),
        # what is written above by the sender does not help against the server's own word below it
        ("a@office.gov.cn", ("mx9; dkim=pass header.d=office.gov.cn", "mx2; spf=fail smtp.mail=x@evil.example"), Proof.REFUTED),
        ("a@office.gov.cn", ("evil.example; dmarc=pass header.from=office.gov.cn",), Proof.OPEN),
        ("a@office.gov.cn", ("mx2; spf=none smtp.mail=a@office.gov.cn",), Proof.OPEN),
        ("a@mail.office.gov.cn", ("mx2; spf=pass smtp.mail=a@office.gov.cn",), Proof.OPEN),
        ("a@office.gov.cn", ("mx2; spf=pass smtp.mail=x@gov.cn",), Proof.OPEN),
        ("", ("mx2; spf=pass smtp.mail=a@office.gov.cn",), Proof.REFUTED),
        ("a@office.gov.cn", (), Proof.OPEN),
    ],
)
def test_only_the_trusted_servers_word_about_froms_own_domain_counts(
    sender: str, fields: tuple[str, ...], expected: Proof
) -> None:
    assert proof(said(sender, *fields), "mx*") is expected


def test_without_a_servers_name_the_topmost_field_is_taken() -> None:
    passing = "mx.example; dmarc=pass header.from=a.example"
    assert proof(said("x@a.example", passing, "b; dmarc=fail"), "") is Proof.PROVEN
    assert proof(said("x@a.example", "b; dmarc=fail", passing), "") is Proof.REFUTED


@pytest.mark.parametrize(
    ("demand", "accepted"),
    [
        (Demand.REQUIRED, {Proof.PROVEN}),
        (Demand.GIVEN, {Proof.PROVEN, Proof.OPEN}),
        (Demand.NONE, set(Proof)),
    ],
)
def test_how_much_proof_is_asked_is_a_setting(demand: Demand, accepted: set[Proof]) -> None:
    assert {found for found in Proof if suffices(found, demand)} == accepted
