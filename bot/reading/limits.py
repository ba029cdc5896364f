"""How much one mail may cost: every number that reading refuses to go beyond, in one place."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of reading; sizes in bytes, times in seconds. Beyond one of them is a finding at one file, never an exception."""

    # the mail itself
    header_bytes: int = 64 * 1024  # of one header field; the rest is cut off
    parts: int = 1000  # MIME parts of one mail; what follows stays inside the last one
    nesting: int = 50  # multiparts inside one another
    text_characters: int = 1_000_000  # of the body text that is kept

    # what hangs at it
    files: int = 2000  # files of one mail, those in archives included
    depth: int = 5  # archives and mails inside one another
    members: int = 2000  # of one archive
    member_bytes: int = 100 * MIB  # of one member, unpacked
    unpacked_bytes: int = 300 * MIB  # of all archives of a mail together
    ratio: int = 250  # unpacked to packed, asked above `ratio_free_bytes`
    ratio_free_bytes: int = 32 * MIB
    name_characters: int = 240  # of one part of a path; longer ones are shortened

    # documents
    document_entries: int = 5000  # members of one docx, xlsx or ofd
    document_bytes: int = 120 * MIB  # of all its parts together, unpacked
    document_part_bytes: int = 60 * MIB  # of one XML part
    pages: int = 500  # pages read of a PDF or OFD
    scan_pages: int = 12  # pages of one scan that are read by OCR
    cells: int = 300_000  # cells read of a workbook or of one document's tables
    document_characters: int = 3_000_000  # characters kept of one document

    # the process that reads
    memory: int = 1024 * MIB  # address space of the worker (RLIMIT_AS)
    file_seconds: float = 30.0  # for one file, by the wall clock and by the processor
    mail_seconds: float = 240.0  # for one mail with everything in it
    written_bytes: int = 128 * MIB  # largest temporary file (RLIMIT_FSIZE); only unpacking rar makes one
    open_files: int = 64  # RLIMIT_NOFILE
    restarts: int = 20  # of the worker over one mail; then the rest of its files counts as unreadable
    mails_per_worker: int = 2000  # then a fresh process, so that memory stays flat: 60 MiB after 3,000 mails of all kinds
