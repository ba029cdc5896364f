"""The wording: every finding has words, facts may be absent, broken templates are told together, nothing is taken for HTML."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, meta

from bot.adapters.wording import load_wording
from bot.deciding import facts as contract
from bot.letters.lines import file_name, file_size, inner, iso_date, one_line
from bot.letters.render import FINDING_PARTS, Wording, WordingError
from bot.model import SEVERITIES, Fact, Finding, Letter, Outcome, Place, Role, State
from tests.letters.build import RULES, TEMPLATES, Ledger, at, file, found, mail, nomination, wording
from tests.letters.regolden import parts

FULL: dict[str, dict[str, Fact]] = {
    "no-attachment": {"files": ("照片.jpg",)},
    "cloud-attachment": {"links": ("https://a.example",), "count": 2},
    "attachment-unreadable": {"cause": "too-large", "bytes": 70_000_000, "scanned": True},
    "attachment-unsupported": {"tool": "unrar"},
    "unit-unknown": {"found": ("某某局",)},
    "unit-ambiguous": {"candidates": ("c1", "c2"), "names": ("云川市", "临河市")},
    "unit-not-entitled": {"unit": "n1", "name": "青石县", "through": "c1", "through_name": "云川市"},
    "category-unknown": {"candidates": ("project",), "names": ("实事项目",)},
    "category-ambiguous": {"candidates": ("project", "team"), "names": ("甲", "乙"), "sources": ("title", "labels")},
    "form-missing": {"nominee": "甲", "form_title": "推荐表", "scan": "a.jpg", "listed": True, "names": ("甲", "乙")},
    "material-missing": {"nominee": "甲", "limit": 2000, "listed": True},
    "field-missing": {"wanted": "choice", "choices": ("男", "女")},
    "field-invalid": {"found": "x", "wanted": "telephone", "choices": ("男", "女")},
    "material-too-long": {"count": 2145, "limit": 2000, "over": 145},
    "material-near-limit": {"count": 1990, "characters": 2050, "limit": 2000},
    "publicity-missing": {"days": 3, "found": "未公示"},
    "publicity-too-short": {
        "found": "x",
        "first": "2021-12-16",
        "last": "2021-12-17",
        "days": 2,
        "limit": 3,
        "over": False,
        "arrived": "2021-12-17",
    },
    "not-party-member": {"found": "群众", "wanted": ("中共党员",)},
    "not-in-service": {"found": "1961年12月", "reason": "age", "age": 60, "limit": 60, "deadline": "2021-12-20"},
    "over-quota": {"quota": 1, "live": 2, "place": 2, "numbers": ("0001",), "nominees": ("甲",)},
    "late": {
        "days": 1,
        "hours": 2,
        "minutes": 3,
        "deadline": "2021-12-20",
        "received": "2021-12-22T02:03:00+08:00",
        "standing": 1,
    },
    "duplicate-nominee": {"numbers": ("0001",), "nominees": ("甲",), "units": ("临河市",), "categories": ("实事项目",)},
    "similar-material": {"number": "0001", "score": 87, "passages": ("一段话",)},
    "versions-differ": {"word": "甲", "scan": "乙"},
    "sender-new": {"address": "a@b.example", "known": ("c@d.example",)},
}
"""Every fact that `bot.deciding.facts` promises."""


def finding(check: str, facts: dict[str, Fact]) -> Finding:
    return Finding(check, SEVERITIES[check], "公示情况", "推荐表.docx", Place("推荐表.docx", table=1, row=2, column=3), facts)


@pytest.mark.parametrize("check", SEVERITIES)
def test_a_finding_has_words_with_all_its_facts_and_with_none(check: str) -> None:
    full, bare = (
        wording().finding(finding(check, FULL.get(check, {}))),
        wording().finding(Finding(check, SEVERITIES[check], "公示情况")),
    )
    for words in (full, bare):
        assert words.title
        assert words.wrong.endswith("。")
        assert words.mend.endswith("。")
        assert not re.search(
            r"None|True|False|\{|，，|。。|“”|《》|[，、：]。", f"{words.title}{words.wrong}{words.mend}{words.where}"
        )
    assert full.where == "《推荐表.docx》表1第2行第3列“公示情况”"
    assert bare.where == "“公示情况”"


@pytest.mark.parametrize("check", sorted(FULL))
def test_each_fact_alone_makes_whole_sentences(check: str) -> None:
    for name, fact in FULL[check].items():
        words = wording().finding(finding(check, {name: fact}))
        assert words.wrong.endswith("。"), name
        assert not re.search(r"None|，，|。。|“”|《》|[，、：]。|^，", words.wrong + words.mend), name


@pytest.mark.parametrize("check", SEVERITIES)
def test_wording_asks_only_for_facts_that_judging_promises(check: str) -> None:
    own = {"field", "file", "where", "check", "page", "sheet", "table", "row", "column", "paragraph"}
    ours = {"words", "say", "tell"}
    entry = wording().words["findings"][check]
    environment = Environment(autoescape=True)
    environment.filters |= {"file": str, "size": str, "inner": str, "isodate": str}
    used = {name for part in FINDING_PARTS for name in meta.find_undeclared_variables(environment.parse(entry[part]))}
    of_reading = {"why", "cause", "bytes", "scanned", "tool"}  # what the readers say of an attachment
    promised = set(FULL.get(check, {})) | (of_reading if check.startswith("attachment-") else set())
    assert used - own - ours <= promised
    for name in promised - of_reading:
        assert f"`{name}`" in (contract.__doc__ or ""), f"{name} is not in the table of facts"


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({}, "文件打不开，可能已经损坏。"),
        ({"why": "empty"}, "文件是空的，没有内容。"),
        ({"why": "damaged", "cause": "crash", "detail": "KeyError"}, "文件打不开，可能已经损坏。"),
        ({"why": "damaged", "cause": "time"}, "文件过于复杂，在规定时间内无法读完。"),
        ({"cause": "too-large", "bytes": 70_000_000}, "邮件超过收取上限，附件没有下载（66.8 MB）。"),
        ({"scanned": True}, "文件是扫描件或图片，无法读取其中的文字。"),
        ({"why": "something new"}, "文件打不开，可能已经损坏。"),
    ],
)
def test_why_a_file_cannot_be_read_is_told(facts: dict[str, Fact], wrong: str) -> None:
    assert wording().finding(Finding("attachment-unreadable", SEVERITIES["attachment-unreadable"], facts=facts)).wrong == wrong


@pytest.mark.parametrize(
    "why", ["program", "path-outside", "link", "ratio", "too-large", "too-many-members", "too-deep", "new"]
)
def test_why_a_file_was_not_opened_is_told(why: str) -> None:
    words = wording().finding(Finding("attachment-unsafe", SEVERITIES["attachment-unsafe"], facts={"why": why}))
    assert words.wrong.endswith("，出于安全考虑没有打开。")
    assert words.mend.startswith("请")


def test_every_wanted_value_has_words() -> None:
    findings = wording().words["findings"]
    assert set(contract.WANTED) == set(findings["invalid"]) == set(findings["correct"])


def test_a_publicity_that_is_not_over_is_told_with_its_days() -> None:
    words = wording().finding(finding("publicity-too-short", FULL["publicity-too-short"]))
    assert words.wrong == (
        "“公示情况”填写的是“x”，公示自2021年12月16日起至2021年12月17日止，按国家工作日安排计为2个工作日，不足3个工作日，"
        "材料12月17日报来时公示期还没有结束。"
    )


# --- loading ----------------------------------------------------------------------------------------------------------


def test_an_operators_sentence_goes_before_the_campaigns_and_that_before_ours(tmp_path: Path) -> None:
    campaign, own = tmp_path / "campaign", tmp_path / "own"
    for folder, word in ((campaign, "campaign"), (own, "own")):
        (folder / "words").mkdir(parents=True)
        (folder / "words" / "findings.toml").write_text(f'[late]\ntitle = "{word}"\n', "utf-8")
    (campaign / "words" / "findings.toml").write_text('[late]\ntitle = "campaign"\nmend = "campaign。"\n', "utf-8")
    stub = tmp_path / "own" / "letters" / "digest"
    stub.mkdir(parents=True)
    for part in ("subject.txt", "body.txt", "body.html"):
        (stub / part).write_text("x", "utf-8")
    words = load_wording(RULES, campaign, TEMPLATES, own).finding(found("late"))
    assert (words.title, words.mend) == ("own", "campaign。")
    assert words.wrong == wording().finding(found("late")).wrong


def test_our_wording_is_not_used_for_a_campaign_in_another_language(tmp_path: Path) -> None:
    with pytest.raises(WordingError) as caught:
        load_wording(replace(RULES, language="en"), None, TEMPLATES, tmp_path)
    assert "words/places.toml: where: missing" in caught.value.problems
    assert "words/findings.toml: late.wrong: missing" in caught.value.problems
    assert "words/letters.toml: state.accepted: missing" in caught.value.problems
    assert "letters/receipt/body.txt: asks for letters.sentences.receipt_order, which is missing" in caught.value.problems


def test_all_broken_templates_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "letters" / "receipt").mkdir(parents=True)
    (tmp_path / "letters" / "receipt" / "body.txt").write_text("{% if %}", "utf-8")
    (tmp_path / "letters" / "receipt" / "body.html").write_bytes(b"\xff\xfe")
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "findings.toml").write_text("[late", "utf-8")
    with pytest.raises(WordingError) as caught:
        load_wording(RULES, None, TEMPLATES, tmp_path)
    told = "\n".join(caught.value.problems)
    assert "body.html: cannot be read as UTF-8" in told
    assert "findings.toml: Expected" in told


def test_a_template_that_asks_for_nothing_known_says_which_letter() -> None:
    sources = {f"letters/receipt/{part}": "{{ nobody_knows }}" for part in ("subject.txt", "body.txt", "body.html")}
    with pytest.raises(WordingError, match=r"letters/receipt: UndefinedError: 'nobody_knows'"):
        Wording(sources, {}).render(Letter.RECEIPT, {})


def test_a_template_cannot_reach_into_the_program() -> None:
    sources = {f"letters/receipt/{part}": "{{ ''.__class__.__mro__ }}" for part in ("subject.txt", "body.txt", "body.html")}
    with pytest.raises(WordingError, match="SecurityError"):
        Wording(sources, {}).render(Letter.RECEIPT, {})


def test_no_html_template_borrows_words_from_a_text_template() -> None:
    for path in (TEMPLATES / "letters").rglob("*.html"):
        assert not re.search(r"\{%-? *(import|from|include|extends)[^%]*\.txt", path.read_text("utf-8")), path


# --- words from outside -----------------------------------------------------------------------------------------------

EVIL = '<img src=x onerror="a()">{{ 7*7 }}\r\nBcc: x@y.example\u202e\x00&amp;'


def test_words_from_outside_are_words_in_html_too() -> None:
    ledger = Ledger()
    form = f"{EVIL}.docx"
    missing = found("field-invalid", EVIL, form, Place(form, sheet=EVIL), found=EVIL, wanted="telephone")
    one = nomination("0001", EVIL, state=State.DEFECTIVE, findings=(missing,), uncertain=(EVIL,))
    ledger.put(mail(1, Outcome.RECEIVED, Letter.DEFECTS, EVIL, files=(file(form, Role.FORM),)), one)
    text, html = parts(ledger.letter(at(10)).content)
    assert "<img" not in html
    assert "&lt;img src=x" in html
    assert "{{ 7*7 }}" in text
    assert "49" not in re.sub(r"[0-9a-f]{12}|49,971|48\.8", "", text)
    assert not re.search("[\x00\u202e\r]", text + html)
    assert "\nBcc:" not in text


@given(st.text(max_size=400), st.integers(8, 200))
def test_a_line_is_one_line_and_no_longer_than_asked(text: str, longest: int) -> None:
    line = one_line(text, longest)
    assert len(line) <= longest
    assert line == line.strip()
    assert len(line.splitlines()) <= 1
    line.encode("utf-8")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("推荐表.docx", "推荐表.docx"),
        ("新乡.zip/1 实事/推荐表.docx", "新乡.zip/1 实事/推荐表.docx"),
        ("长" * 60 + ".zip/" + "夹" * 60 + "/推荐表.docx", "…/推荐表.docx"),
    ],
)
def test_a_path_is_shown_whole_or_by_its_last_part(path: str, shown: str) -> None:
    assert file_name(path) == shown


@pytest.mark.parametrize(
    ("size", "shown"), [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KB"), (1048576, "1.0 MB"), (38 << 30, "38.0 GB")]
)
def test_a_size_is_shown_as_people_read_it(size: int, shown: str) -> None:
    assert file_size(size) == shown


def test_quotation_marks_inside_quotation_marks_become_single() -> None:
    assert inner("“三个100”推选") == "‘三个100’推选"


@pytest.mark.parametrize(
    ("day", "shown"), [("2021-12-06", "12月6日"), ("2021-12-22T02:03:00+08:00", "12月22日"), ("12月", "12月"), ("", "")]
)
def test_a_day_of_the_facts_is_shown_in_the_language_of_the_letter(day: str, shown: str) -> None:
    assert iso_date(day, "%-m月%-d日") == shown
