"""Documents that are zip files of XML parts (docx, OFD): opened within limits, parsed without entities and without network."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from lxml import etree

from bot.reading.limits import Limits
from bot.reading.unreadable import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


class Package:
    """The parts of one document.

    Names are compared without case, with forward slashes and no leading one (ECMA-376 part 2, 6.2.2).
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raises `Unreadable` when it is no zip file, is encrypted, or would unpack to more than the limits."""
        if data.startswith(OLE):
            # A document with a password is an OLE file that holds the encrypted package (MS-OFFCRYPTO 2.3.4.4).
            raise Unreadable.encrypted() if _ENCRYPTED_PACKAGE in data else Unreadable.damaged("no package")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable.damaged("zip directory") from error
        members = self._zip.infolist()
        self._part_bytes = limits.document_part_bytes
        _refuse("document_entries", len(members), limits.document_entries)
        _refuse("document_bytes", sum(member.file_size for member in members), limits.document_bytes)
        self._members = {_key(member.filename): member for member in members}

    def names(self) -> Iterator[str]:
        """The names of all parts, lower case."""
        return iter(self._members)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None when there is none. What the directory promises bounds what is unpacked."""
        member = self._members.get(_key(name))
        if member is None:
            return None
        if member.flag_bits & 0x1:
            raise Unreadable.encrypted()
        _refuse("document_part_bytes", member.file_size, self._part_bytes)
        try:
            with self._zip.open(member) as stream:
                content = stream.read(self._part_bytes + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise Unreadable.damaged("zip member") from error
        _refuse("document_part_bytes", len(content), self._part_bytes)
        return content

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, None when there is none."""
        content = self.read(name)
        return None if content is None else parse_xml(content)


def parse_xml(content: bytes) -> etree._Element:
    """An XML text as a tree: no entities, no DTD, no network, at most 256 levels deep (libxml2's own limit)."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable.damaged("xml") from error
    return root


class _Names(dict[object, str]):
    """Local names by full ones: documents have a few dozen, each element asks for its own several times."""

    _MOST = 10_000  # of a document that was made to have them

    def __missing__(self, tag: object) -> str:
        if len(self) >= self._MOST:
            self.clear()
        name = self[tag] = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        return name


LOCAL: Mapping[object, str] = _Names()
"""The name of an element or attribute without its namespace; "" for what is no element (an unresolved entity)."""


def local(tag: object) -> str:
    """The same, asked as a function."""
    return LOCAL[tag]


def inner_text(element: etree._Element) -> str:
    """All text inside an element."""
    return "".join(str(text) for text in element.itertext())


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _refuse(limit: str, found: int, most: int) -> None:
    if found > most:
        raise Unreadable.too_large(limit, found, most)
