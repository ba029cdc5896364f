"""What a mail says: from the bytes of the mailbox to the reading, in the order in which the flow makes the values.

Every `datetime` is aware. A file inside a mail is named by its path: folders, archives and attached mails joined by “/”.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

Fact = str | int | float | bool | tuple[str, ...]
Facts = Mapping[str, Fact]
"""What a finding or a history row knows, never prose; the wording lives in templates."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a mail lies in a mailbox: UIDs mean something only together with UIDVALIDITY (RFC 9051, 2.3.1.1)."""

    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class RawMail:
    """One mail as the mailbox gave it. `received` is the server's time (INTERNALDATE), the only one that counts."""

    position: Position
    received: datetime
    size: int  # bytes, as the server says
    content: bytes | None  # None: over the size limit, only the header was fetched
    header: bytes = b""  # the header block, always there when content is None


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox address (RFC 5322 3.4): `address` lower case, `name` decoded; both may be empty in broken mails."""

    address: str
    name: str = ""


class Automatic(StrEnum):
    """Why a mail counts as written by a machine (RFC 3834 and campaign phrases); see `bot/deciding/intent.py`."""

    OWN = "own"  # our own letter came back
    BOUNCE = "bounce"  # a delivery report
    VACATION = "vacation"  # an automatic reply
    BULK = "bulk"  # a list, a bulk mail, an advertisement
    ROBOT = "robot"  # an address that no person reads


@dataclass(frozen=True, slots=True)
class Headers:
    """The header fields that decisions need, decoded; empty string where absent."""

    message_id: str
    subject: str
    sender: Address
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    date: datetime | None = None  # the sender's Date, never trusted for a decision
    in_reply_to: tuple[str, ...] = ()  # message ids with their angle brackets
    references: tuple[str, ...] = ()
    return_path: str | None = None  # None: no such header; "": the null path <>
    auto_submitted: str = ""
    precedence: str = ""
    list_id: str = ""
    auto_response_suppress: str = ""
    own_mark: str = ""  # X-Shouli: our own letters carry it
    content_type: str = ""  # of the outermost part, e.g. multipart/report
    report_type: str = ""  # its report-type parameter
    failed_recipients: tuple[str, ...] = ()  # Final-Recipient of a delivery report
    authentication: str = ""  # the topmost Authentication-Results only
    authentications: tuple[str, ...] = ()  # all of them, from the top: some servers write theirs below the sender's fields
    top_received: datetime | None = None  # date of the topmost Received


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands; counts from 1, None where it has no meaning."""

    file: str
    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None


# --- documents: what every reader of a format gives --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of running text; `number` counts all paragraphs of the document from 1."""

    text: str
    number: int
    page: int | None = None
    starts_page: bool = False  # a page break stands before it


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table's grid; `row` and `column` count from 1, spans in grid steps. `text` keeps line breaks."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    tables: tuple["Table", ...] = ()  # tables nested in the cell; their text is not in `text`


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `number` counts all tables of the document from 1, nested ones after their parent. Merged cells come once."""

    number: int
    cells: tuple[Cell, ...]
    page: int | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table, in document order: exactly one of the two is there."""

    paragraph: Paragraph | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What any format comes down to. `images` counts pictures; a scanned page is a page with pictures and no text."""

    blocks: tuple[Block, ...]
    images: int = 0
    pages: int | None = None
    scanned: bool = False  # an image, or a PDF whose pages carry no text
    red_seal: bool | None = None  # None: nobody looked
    margins: tuple[str, ...] = ()  # lines of headers and footers, each once; no part of the text


# --- reading: what one mail says, without its bytes ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: canonical `name` and the label as written, value as written (tidied; "" when empty)."""

    name: str
    label: str
    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Form:
    """A form found in a document. `titled` and `labelled` are the categories its title and its set of labels speak for."""

    title: str
    fields: tuple[Field, ...]
    titled: tuple[str, ...] = ()
    labelled: tuple[str, ...] = ()

    def value(self, name: str) -> str:
        """The value of a field, "" when the form lacks it."""
        return next((f.value for f in self.fields if f.name == name and f.value), "")


@dataclass(frozen=True, slots=True)
class Count:
    """Length of a text: `words` is the word processors' 字数, `characters` every character but white space."""

    words: int
    characters: int


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of one document: a form, a list, or running text (then `form` is None and `rows` is empty).

    A document with form and material gives two sections; one with three forms gives at least three.
    """

    title: str  # its first line or heading, "" if there is none
    text: str  # all its text, lines joined by \n
    count: Count
    form: Form | None = None
    rows: tuple[tuple[str, ...], ...] = ()  # of a list: the cells of each row, header first


class Format(StrEnum):
    """What a file is by its content, never by its name alone."""

    DOCX = "docx"
    DOC = "doc"
    WPS = "wps"  # the old Works or WPS binary that is not OLE
    RTF = "rtf"
    XLSX = "xlsx"
    XLS = "xls"
    ET = "et"
    ODT = "odt"
    ODS = "ods"
    PDF = "pdf"
    OFD = "ofd"
    IMAGE = "image"
    TEXT = "text"
    HTML = "html"
    ZIP = "zip"
    RAR = "rar"
    SEVENZIP = "7z"
    TAR = "tar"
    EML = "eml"
    TNEF = "tnef"
    MSG = "msg"  # a mail that Outlook saved as a file
    PPTX = "pptx"
    MEDIA = "media"  # audio and video: recorded, no finding
    CALENDAR = "calendar"  # .ics, .vcf, signatures: recorded, no finding
    PROGRAM = "program"  # executables, scripts, macro documents: never opened
    UNKNOWN = "unknown"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file could not be read: a finding id of the attachment family with its facts."""

    check: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file of the mail, as read. Archives and attached mails are files too; what is in them follows them."""

    path: str
    sha256: str
    size: int
    format: Format
    problem: Problem | None = None
    sections: tuple[Section, ...] = ()
    images: int = 0
    pages: int | None = None
    scanned: bool = False
    red_seal: bool | None = None
    container: bool = False  # an archive or an attached mail that was opened: no document itself
    words: str = ""  # of an attached mail: its subject and its own words, without quoted history

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one mail says: the end of the reading room and the beginning of the deciding room."""

    headers: Headers
    text: str  # the mail's own words, quoted history and signature included
    fresh_text: str  # the same without quoted history
    files: tuple[FileRead, ...] = ()
    links: tuple[str, ...] = ()  # cloud links found in text or HTML
    defects: tuple[str, ...] = ()  # what was broken in the mail's own structure, English, for the log
    body_sections: tuple[Section, ...] = ()  # forms pasted into the body of the mail itself
