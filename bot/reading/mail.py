"""From the bytes of a mail to its `Reading`: the one entrance of this room. Whatever comes in, a reading comes out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.campaign import Rules
from bot.model import Headers, Problem, Reading, Section
from bot.reading.archives import Budget
from bot.reading.attachments import Unfolding
from bot.reading.bodies import Body, body_of
from bot.reading.bounces import failed_recipients, is_report, returned_message_id
from bot.reading.encoded import decode_words
from bot.reading.headerblock import header_block
from bot.reading.headers import headers_of
from bot.reading.limits import Limits
from bot.reading.links import cloud_links
from bot.reading.message import Tree, parse
from bot.reading.parts import sorted_parts
from bot.reading.pasted import pasted_sections, typed_sections
from bot.reading.unreadable import Unreadable

_NOTHING: Mapping[str, Problem] = MappingProxyType({})


def _unheard(path: str) -> None:
    """Nobody listens for what is being read."""


def read_mail(
    content: bytes,
    rules: Rules,
    limits: Limits,
    skip: Mapping[str, Problem] = _NOTHING,
    starting: Callable[[str], None] = _unheard,
) -> Reading:
    """All that a mail says.

    `skip` names files (by path) that are not to be touched again and why; `starting` is told each file's path before it
    is read, "" before the words of the mail itself, so that whoever watches knows where a crash happened.
    """
    starting("")
    tree = parse(content, limits)
    parts = sorted_parts(tree.root)
    subject = decode_words(tree.root.field("subject") or "")
    body = body_of(parts.words, subject, limits)
    unfolding = Unfolding(rules, limits, skip, starting, Budget.of(limits))
    try:
        unfolding.mail_files(parts.files, body.uuencoded, "", 0)
    except Unreadable:
        unfolding.defects.append(f"more than {limits.files} files: none of them was read")
    found = (*cloud_links(body.said, rules.phrases.cloud_links), *unfolding.links)
    return Reading(
        headers=_headers(tree, body, rules),
        text=body.text,
        fresh_text=body.fresh_text,
        files=tuple(unfolding.files),
        links=tuple(dict.fromkeys(found)),
        defects=(*tree.defects, *unfolding.defects),
        body_sections=_pasted(body, rules, limits, starting, unfolding.defects),
    )


def read_header(content: bytes, limits: Limits, defects: Iterable[str] = ()) -> Reading:
    """What the header alone says: for a mail that is too large to fetch, or whose reading ended the process."""
    block = header_block(content[: 4 * limits.header_bytes].lstrip(b"\r\n"))
    tree = parse(block + b"\r\n\r\n", replace(limits, parts=1))
    headers = headers_of(tree.root, tree.top_received)
    return Reading(headers, text="", fresh_text="", defects=tuple(defects))


def _headers(tree: Tree, body: Body, rules: Rules) -> Headers:
    headers = headers_of(tree.root, tree.top_received)
    failed = failed_recipients(tree.root, headers.subject, body.fresh_text, rules.phrases)
    if failed:
        headers = replace(headers, failed_recipients=failed)
    returned = returned_message_id(tree.root) if is_report(tree.root) else None
    if returned and returned not in headers.references:
        headers = replace(headers, references=(*headers.references, returned))
    return headers


def _pasted(
    body: Body, rules: Rules, limits: Limits, starting: Callable[[str], None], defects: list[str]
) -> tuple[Section, ...]:
    found: tuple[Section, ...] = ()
    if any("<table" in page or "<TABLE" in page for page in body.html):
        starting("")
        found = pasted_sections(body, rules, limits, defects)
    return found or typed_sections(body.fresh_text, rules, limits)
