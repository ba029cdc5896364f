"""Words made to cost time: no pattern of code or rules, and no function over a text, takes more than its share over them."""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

import bot
from bot.deciding.dates import spans
from bot.deciding.understand import understand
from bot.demo.acts import nominees
from bot.demo.cast import writer
from bot.demo.forms import form
from bot.demo.scene import on
from bot.length import count
from bot.model import Format
from bot.reading.addresses import addresses, specs
from bot.reading.documents import read_document
from bot.reading.encoded import decode_words
from bot.reading.htmltext import html_text
from bot.reading.limits import Limits
from bot.reading.links import cloud_links
from bot.reading.mail import read_mail
from bot.reading.moments import moment
from bot.reading.names import file_name, parameters
from bot.reading.quoting import fresh
from bot.reading.sections import sections
from bot.steps.message_id import message_id
from bot.text import folded, printable, tidy
from tests.fakes import NOON
from tests.fuzz.targets import rules
from tests.reading.mails import mail, mixed, part

SHORT, LONG = 800, 1_000_000
"""Characters: over the short ones what grows faster than a square takes minutes; linear work over the long ones, a second."""

ONE, MOST = 2.0, 30.0
"""Seconds of processor time that one pattern, one function may take; what is right takes a hundredth of it."""

SCRAPS = (
    *(
        " ",
        "\t",
        "\n",
        "\u3000",
        "a",
        "0",
        "9-",
        "0371-",
        "1 ",
        "(",
        "（",
        ")",
        "<",
        "<a",
        "“",
        '"',
        "\\",
        "=?",
        "=?a?b?",
        "@",
        "a@a.",
    ),
    *(
        "http://",
        "www.",
        "年",
        "2021年",
        "2021年1月",
        "12.",
        "1、",
        "一、",
        "至",
        "-",
        "_",
        ":",
        "：",
        "label：",
        ",",
        "，",
        "&#",
        "x=",
    ),
    *(
        "*0*=",
        "%",
        "中",
        "省",
        "新乡市",
        "推荐表",
        "附件",
        "第一",
        "姓名",
        "姓 名：",
        "□",
        "\r\n ",
        "<td>",
        "-----",
        "> ",
        "\x00",
        "\ud800",
    ),
)


def patterns() -> Iterator[object]:
    """Every compiled pattern of a module of ours, and those in its tuples and mappings."""
    seen: set[tuple[object, int]] = set()
    for found in pkgutil.walk_packages(bot.__path__, "bot."):
        if any(word in found.name for word in ("bot.demo", "__main__", ".migrations.")):
            continue
        for name, value in vars(importlib.import_module(found.name)).items():
            held = value if isinstance(value, (tuple, list)) else value.values() if isinstance(value, dict) else (value,)
            for one in held:
                if isinstance(one, re.Pattern) and (one.pattern, one.flags) not in seen:
                    seen.add((one.pattern, one.flags))
                    yield pytest.param(one, id=f"{found.name.removeprefix('bot.')}.{name}-{len(seen)}")


def spent(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def texts(size: int) -> Iterator[str]:
    for scrap in SCRAPS:
        yield scrap * (size // len(scrap)) + "!"


@pytest.mark.parametrize("pattern", list(patterns()))
def test_no_pattern_takes_more_than_its_share_over_words_made_for_it(pattern: "re.Pattern[str] | re.Pattern[bytes]") -> None:
    for text in texts(SHORT):
        subject = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
        took = spent(partial(everywhere, pattern, subject))
        assert took < ONE, f"{took:.1f} s over {text[:12]!r} repeated"


def everywhere(pattern: Any, subject: Any) -> None:
    pattern.search(subject)
    pattern.fullmatch(subject)
    for _ in pattern.finditer(subject):
        pass


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "tidy": tidy,
    "folded": folded,
    "printable": printable,
    "count": count,
    "decode_words": decode_words,
    "addresses": lambda text: addresses(text[: Limits().header_bytes]),
    "parameters": lambda text: parameters(text[: Limits().header_bytes]),
    "moment": moment,
    "file_name": file_name,
    "specs": specs,
    "fresh": fresh,
    "html_text": html_text,
    "links": lambda text: cloud_links([text], rules().phrases.cloud_links),
    "message_id": lambda text: message_id(b"Message-ID: " + text.encode("utf-8", "replace")),
    "spans": lambda text: spans(text[:20_000]),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_function_over_a_text_takes_more_than_its_share_over_a_megabyte(name: str) -> None:
    for scrap in (" ", "(", "9", "a@", "=?", "<a", "中 ", "2021年", "\n> ", "&#", "：\n"):
        text = scrap * (LONG // len(scrap))
        assert (took := spent(partial(FUNCTIONS[name], text))) < MOST, f"{took:.1f} s over {scrap!r} repeated"


@pytest.mark.parametrize(
    "scrap", [" ", "9", "(", "a", "中", "姓名：\n", "联系电话：0371-1 ", "一、推荐表\n", "新乡市", "2021年1月 "]
)
def test_a_long_document_and_a_long_mail_cost_in_proportion(scrap: str) -> None:
    text = scrap * (100_000 // len(scrap))

    def document() -> None:
        sections(read_document(text.encode(), Format.TEXT, Limits()), "a/推荐表.txt", rules())

    assert spent(document) < MOST
    content = mail(text.encode(), "Subject: x", "Content-Type: text/plain; charset=utf-8")
    assert spent(lambda: understand(read_mail(content, rules(), Limits()), rules(), NOON)) < MOST


@pytest.mark.parametrize("scrap", ["9", "0371-", "中", "a", "2021年1月", "至", "1、", "新乡市", "□", "(", "年", "一"])
def test_a_form_whose_every_field_is_long_costs_in_proportion(scrap: str) -> None:
    (who,) = nominees(writer("xinxiang"), on(8, "10:00"), {"member": (0,)})
    filled = who.with_fields(**{name: scrap * (5_000 // len(scrap)) for name in who.fields if name != "姓名"})
    content = mixed(
        [part(form(filled), 'Content-Disposition: attachment; filename="a.docx"')], "Subject: x", "From: a@b.example"
    )
    assert spent(lambda: understand(read_mail(content, rules(), Limits()), rules(), NOON)) < MOST
