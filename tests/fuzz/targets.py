"""What is fuzzed: for each way in from outside a function that takes any bytes, with what must hold, and seeds to begin from.

A target raises `Broken` when a promise is broken: an exception that is a slip of ours and no fault of the file, a reading that
cannot go over the wire, a path that leads out, a text that is none.
"""

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

import bot
from bot.adapters.imap import ImapMailbox
from bot.adapters.rules import load_rules
from bot.adapters.server import Security, Server
from bot.adapters.smtp import SmtpCourier
from bot.campaign import Rules
from bot.config import Config
from bot.model import Document, FileRead, Format, Reading, Verdict
from bot.ports import MailboxError
from bot.reading.addresses import addresses, specs
from bot.reading.archives import Budget, members
from bot.reading.charsets import decode
from bot.reading.documents import Unreadable, read_document
from bot.reading.encoded import decode_header
from bot.reading.limits import MIB, Limits
from bot.reading.mail import read_header, read_mail
from bot.reading.moments import moment
from bot.reading.names import boundary, file_name, parameters
from bot.reading.outlook import saved_files
from bot.reading.sections import sections
from bot.reading.sniff import format_of
from bot.reading.tnef import packed_files
from bot.steps.message_id import message_id
from bot.wiring import campaign_folder
from tests.fakes import ZONE, outgoing
from tests.fuzz import seeds
from tests.fuzz.answering import answering

LIMITS = Limits(unpacked_bytes=8 * MIB, member_bytes=2 * MIB, ratio_free_bytes=MIB, document_bytes=8 * MIB, cells=20_000)
"""Small ones: a fuzzer finds bombs of itself, and they are tested elsewhere."""

OURS = str(Path(bot.__file__).parent)


class Broken(AssertionError):  # noqa: N818 - what was found, not an error of this program
    """A promise is broken."""


@dataclass(frozen=True)
class Target:
    """One way in."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Sequence[bytes]]


@cache
def rules() -> Rules:
    """The campaign that ships: its patterns see everything."""
    return load_rules(campaign_folder(Config()))


def holds(promise: bool, what: str) -> None:
    if not promise:
        raise Broken(what)


def over_the_wire(value: Reading | Document | FileRead) -> None:
    """It can be written as JSON and comes back the same: no half characters, no numbers that are none."""
    kind = type(value)
    holds(msgspec.json.decode(msgspec.json.encode(value), type=kind) == value, "it comes back another over the wire")


def no_slip(error: BaseException | None) -> None:
    """An error that Python raised in a line of ours is a slip: the file could have been read as far as it goes."""
    if error is None or not isinstance(error, Exception) or isinstance(error, (Unreadable, MemoryError)):
        return
    last = traceback.extract_tb(error.__traceback__)[-1]
    if last.filename.startswith(OURS) and type(error).__module__ == "builtins":
        raise Broken(f"{type(error).__name__} in {last.filename}:{last.lineno}") from error


# --- mails -----------------------------------------------------------------------------------------------------------------


def message(data: bytes) -> None:
    reading = read_mail(data, rules(), LIMITS)
    over_the_wire(reading)
    holds(not any("crash" in defect for defect in reading.defects), f"{reading.defects}")
    for file in reading.files:
        holds(file.problem is None or file.problem.facts.get("cause") != "crash", f"{file.path}: {file.problem}")
    paths = [file.path for file in reading.files]
    holds(len(set(paths)) == len(paths), f"two files have one path: {paths}")
    holds(all(".." not in path.split("/") and not path.startswith("/") for path in paths), f"a path leads out: {paths}")


def headers(data: bytes) -> None:
    reading = read_header(data, LIMITS)
    over_the_wire(reading)
    for one in (reading.headers.sender, *reading.headers.reply_to):
        holds(not set(one.address + one.name) & set("\r\n\0"), "an address with an end of line in it")
    holds(not set(reading.headers.subject) & set("\r\n\0"), "a subject with an end of line in it")
    found = message_id(data)
    holds(not found or (found.startswith("<") and found.endswith(">") and not set(found) & set(" \t\r\n")), f"the id {found!r}")
    text = decode(data)
    decode_header(data).encode()
    addresses(text)
    specs(text)
    parameters(text)
    boundary(text)
    moment(text)
    holds(not set(file_name(text)) & set("/\\\0\r\n"), "a file name that is a path")


# --- documents -------------------------------------------------------------------------------------------------------------


def document(format: Format) -> Callable[[bytes], None]:
    """Read as this format, whatever the bytes look like; then the forms and texts in it are sought."""

    def run(data: bytes) -> None:
        try:
            found = read_document(data, format, LIMITS)
        except Unreadable as error:
            no_slip(error.__cause__)
            return
        over_the_wire(found)
        for section in sections(found, "a/推荐表.docx", rules()):
            msgspec.json.encode(section)

    return run


def archive(data: bytes) -> None:
    format = format_of(data, "a.zip")
    if format not in (Format.ZIP, Format.SEVENZIP, Format.TAR, Format.RAR):
        format = Format.ZIP
    try:
        paths = [
            member.path for member in members(data, format, "a.tgz" if format is Format.TAR else "a", LIMITS, Budget.of(LIMITS))
        ]
    except Unreadable as error:
        no_slip(error.__cause__)
        return
    holds(all(".." not in path.split("/") and not path.startswith("/") for path in paths), f"a path leads out: {paths}")


def packet(data: bytes) -> None:
    """winmail.dat, and a mail that Outlook saved."""
    for opened in (packed_files, saved_files):
        try:
            opened(data)
        except Unreadable as error:
            no_slip(error.__cause__)


# --- servers ---------------------------------------------------------------------------------------------------------------


def imap(data: bytes) -> None:
    """A server that answers each command with a piece of this: the mailbox gives mails or says MailboxError, nothing else."""
    with answering(data.split(b"\0"), b"* OK ready\r\n", tagged=True) as port:
        mailbox = ImapMailbox(Server("127.0.0.1", port, "u", "p", Security.PLAIN, read_seconds=30), ZONE)
        try:
            survey = mailbox.survey(None)
            for raw in mailbox.fetch(survey, [mail.uid for mail in survey.mails], 10_000):
                holds(raw.received.tzinfo is not None, "a time of arrival without a zone")
        except MailboxError:
            return
        finally:
            mailbox.close()


def smtp(data: bytes) -> None:
    """A server that answers each line with a piece of this: the courier gives a verdict and never raises."""
    with answering(data.split(b"\0"), b"", tagged=False) as port:
        courier = SmtpCourier(Server("127.0.0.1", port, security=Security.PLAIN, read_seconds=30), "office@example.com")
        delivery = courier.send(outgoing())
        courier.close()
        holds(isinstance(delivery.verdict, Verdict), "no verdict")


TARGETS: Mapping[str, Target] = {
    "message": Target(message, seeds.mails),
    "headers": Target(headers, seeds.mails),
    "docx": Target(document(Format.DOCX), seeds.docx),
    "doc": Target(document(Format.DOC), seeds.doc),
    "rtf": Target(document(Format.RTF), seeds.rtf),
    "odf": Target(document(Format.ODT), seeds.odf),
    "xlsx": Target(document(Format.XLSX), seeds.xlsx),
    "xls": Target(document(Format.XLS), seeds.xls),
    "pdf": Target(document(Format.PDF), seeds.pdf),
    "ofd": Target(document(Format.OFD), seeds.ofd),
    "html": Target(document(Format.HTML), seeds.html),
    "text": Target(document(Format.TEXT), seeds.text),
    "archive": Target(archive, seeds.archives),
    "packet": Target(packet, seeds.packets),
    "imap": Target(imap, seeds.imap),
    "smtp": Target(smtp, seeds.smtp),
}
