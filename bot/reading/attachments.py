"""The files of a mail opened down to their documents: archives, attached mails and winmail.dat are folders."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.campaign import Rules
from bot.model import FileRead, Format, Problem
from bot.reading.archive_names import is_junk
from bot.reading.archives import Budget, members, unsafe
from bot.reading.attachment_names import name_of, nameless
from bot.reading.bodies import body_of
from bot.reading.documents import read_document
from bot.reading.encoded import decode_words
from bot.reading.limits import Limits
from bot.reading.links import cloud_links
from bot.reading.message import Part, parse
from bot.reading.names import Distinct, file_name
from bot.reading.outlook import saved_files
from bot.reading.parts import given_name, is_mail, sorted_parts
from bot.reading.sections import sections
from bot.reading.sniff import extension, sniffed
from bot.reading.tnef import packed_files
from bot.reading.unreadable import Unreadable
from bot.reading.web_archive import saved_page

ARCHIVES = frozenset({Format.ZIP, Format.RAR, Format.SEVENZIP, Format.TAR})
_NOT_READ: Mapping[Format, Problem] = {
    Format.EMPTY: Problem("attachment-unreadable", {"why": "empty"}),
    Format.PROGRAM: Problem("attachment-unsafe", {"why": "program"}),
    Format.UNKNOWN: Problem("attachment-unsupported", {"why": "format"}),
    Format.PPTX: Problem("attachment-unsupported", {"why": "format"}),
}
_RECORDED = frozenset({Format.IMAGE, Format.MEDIA, Format.CALENDAR})
_OF_OUTLOOK: Mapping[Format, Callable[[bytes], list[tuple[str, bytes]]]] = {Format.TNEF: packed_files, Format.MSG: saved_files}
_MAY_BE_EMPTY = frozenset({Format.EML, Format.TNEF, Format.MSG})
"""A mail without files is no fault, nor is the winmail.dat that only repeats how a mail's text looks."""
_PAGES_SAVED = frozenset({"doc", "docx", "wps", "xls", "mht", "mhtml"})
"""Ends of names under which a web archive (a mail by its bytes) is a document that somebody saved."""


@dataclass(slots=True)
class Unfolding:
    """The unfolding of one mail's files: what it was given, and what it has found so far."""

    rules: Rules
    limits: Limits
    skip: Mapping[str, Problem]
    starting: Callable[[str], None]
    budget: Budget
    files: list[FileRead] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)

    def part(self, part: Part, prefix: str, distinct: Distinct, number: int, depth: int) -> None:
        """A part of a mail that is a file; `number` counts the nameless ones of this mail."""
        data = part.content()
        path = distinct(prefix + (name_of(part, data, self.limits) or nameless(data, number)))
        if is_mail(part):
            self._guarded(path, data, depth, Format.EML)
        else:
            self.file(path, data, depth)

    def file(self, path: str, data: bytes, depth: int) -> None:
        """A file with everything in it; nothing that its bytes hold makes this raise."""
        self._guarded(path, data, depth, None)

    def _guarded(self, path: str, data: bytes, depth: int, told: Format | None) -> None:
        self.starting(path)
        known = FileRead(path, hashlib.sha256(data).hexdigest(), len(data), told or Format.UNKNOWN)
        if path in self.skip:
            self.files.append(replace(known, problem=self.skip[path]))
            return
        before = len(self.files)
        try:
            seen = sniffed(data, known.name)
            known = replace(known, format=Format.EML if told and data else seen.format)
            self._opened(known, data, depth, locked=seen.locked)
        except Unreadable as error:
            del self.files[before:]
            self.files.append(replace(known, problem=Problem(error.check, error.facts)))
        except MemoryError:
            self._failed(known, before, "memory")
        except RecursionError:
            self._failed(known, before, "depth")
        except Exception as error:  # readers over hostile bytes: the file is lost, said so and logged; the mail goes on
            self._failed(known, before, "crash", type(error).__name__)

    def _failed(self, known: FileRead, before: int, cause: str, detail: str = "") -> None:
        del self.files[before:]
        self.files.append(
            replace(known, problem=Problem("attachment-unreadable", {"why": "damaged", "cause": cause, "detail": detail}))
        )
        self.defects.append(f"file {before + 1} ({known.format}): {cause} {detail}".rstrip())

    def _opened(self, known: FileRead, data: bytes, depth: int, *, locked: bool) -> None:
        if is_junk(known.path) and known.format is not Format.PROGRAM:
            self.files.append(known)  # recorded: nobody is asked to mend it
            return
        if locked:
            raise Unreadable.encrypted()
        if known.format in _NOT_READ:
            self.files.append(replace(known, problem=_NOT_READ[known.format]))
        elif known.format is Format.IMAGE:
            self.files.append(replace(known, images=1, pages=1, scanned=True))
        elif known.format in _RECORDED:
            self.files.append(known)
        elif (
            known.format in ARCHIVES
            or known.format in _OF_OUTLOOK
            or (known.format is Format.EML and not _is_saved_page(known))
        ):
            self._container(known, data, depth + 1)
        else:
            self._document(known, data)

    def _document(self, known: FileRead, data: bytes) -> None:
        format = known.format
        if format is Format.EML:
            data, format = saved_page(data, self.limits), Format.HTML
        document = read_document(data, format, self.limits)
        self.files.append(
            replace(
                known,
                format=format,
                sections=sections(document, known.path, self.rules),
                images=document.images,
                pages=document.pages,
                scanned=document.scanned,
                red_seal=document.red_seal,
            )
        )

    def _container(self, known: FileRead, data: bytes, depth: int) -> None:
        if depth > self.limits.depth:
            raise unsafe("too-deep", depth, self.limits.depth)
        at = len(self.files)
        self.files.append(replace(known, container=True))
        if known.format is Format.EML:
            words = self._attached_mail(data, known.path + "/", depth)
            self.files[at] = replace(known, container=True, words=words)
        elif known.format in _OF_OUTLOOK:
            distinct = Distinct()
            files = _OF_OUTLOOK[known.format](data)
            self.budget.spend(sum(len(content) for _, content in files), len(files))
            for number, (name, content) in enumerate(files, 1):
                inner = file_name(name, self.limits.name_characters) or nameless(content, number)
                self.file(distinct(f"{known.path}/{inner}"), content, depth)
        else:
            self._archive(known, data, depth)
        if len(self.files) == at + 1 and known.format not in _MAY_BE_EMPTY:
            raise Unreadable("attachment-unreadable", {"why": "empty"})

    def _archive(self, known: FileRead, data: bytes, depth: int) -> None:
        for member in members(data, known.format, known.name, self.limits, self.budget):
            path = f"{known.path}/{member.path}"
            if member.problem is None:
                self.file(path, member.data, depth)
            else:
                self.files.append(FileRead(path, "", 0, Format.UNKNOWN, member.problem))

    def _attached_mail(self, data: bytes, prefix: str, depth: int) -> str:
        """The files of an attached mail are the submission's, and a link in it is where a file should be.

        Its words, which are handed back, want nothing; they may tell whose files these are.
        """
        tree = parse(data, self.limits)
        parts = sorted_parts(tree.root)
        body = body_of(parts.words, "", self.limits)
        self.links += cloud_links(body.said, self.rules.phrases.cloud_links)
        self.mail_files(parts.files, body.uuencoded, prefix, depth)
        subject = decode_words(tree.root.field("subject") or "")
        return f"{subject}\n{body.fresh_text}"[: self.limits.text_characters].strip()

    def mail_files(self, parts: tuple[Part, ...], inline: tuple[tuple[str, bytes], ...], prefix: str, depth: int) -> None:
        """All files of one mail: its parts, then those that stand uuencoded in its text."""
        distinct = Distinct()
        unnamed = 0
        self.budget.spend(0, len(parts) + len(inline))
        for part in parts:
            unnamed += not given_name(part)
            self.part(part, prefix, distinct, unnamed, depth)
        for name, content in inline:
            inner = file_name(name, self.limits.name_characters) or nameless(content, unnamed + 1)
            self.file(distinct(prefix + inner), content, depth)


def _is_saved_page(known: FileRead) -> bool:
    return extension(known.name) in _PAGES_SAVED
