"""What the first reader cannot read, another program converts; where that fails too the finding stays."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.office import OfficeConverter, find_office
from bot.adapters.second_try import SecondTryReader, target_of
from bot.adapters.worker import LimitedReader
from bot.model import FileRead, Format, Problem, Reading
from bot.ports import OldDocument
from bot.reading.limits import Limits
from bot.reading.mail import read_mail
from tests.documents import form_docx
from tests.reading.campaign import RULES
from tests.reading.mails import PNG, mixed, part, text_part
from tests.reading.office import SOFFICE, convert
from tests.reading.packing import zip_of

WORDS = ("党员服务标兵推荐表", [["姓名", "张三", "性别", "男"], ["工作单位及职务", "某局科长", "联系电话", "13800000000"]])
DOCX = form_docx(WORDS)
BROKEN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
OFFICE = find_office("soffice")


def submission(*files: tuple[str, bytes]) -> bytes:
    parts = [part(content, f"Content-Disposition: attachment; filename*=UTF-8''{name}") for name, content in files]
    return mixed([text_part("正文"), *parts], "From: a@example.cn", "Subject: x")


class Converter:
    """Converts whatever `able` holds and remembers what it was asked."""

    def __init__(self, able: dict[bytes, bytes]) -> None:
        self.able = able
        self.asked: list[OldDocument] = []

    def convert(self, documents: Sequence[OldDocument]) -> list[bytes | None]:
        self.asked += documents
        return [self.able.get(document.data) for document in documents]


def read(content: bytes, able: dict[bytes, bytes]) -> tuple[Reading, list[OldDocument]]:
    converter = Converter(able)
    with closing(SecondTryReader(LimitedReader(RULES), converter)) as reader:
        return reader.read(content), converter.asked


def test_a_broken_doc_is_read_by_its_conversion_and_keeps_its_own_name_size_and_sum() -> None:
    content = submission(("a.zip", zip_of([("夹/1.doc", BROKEN), ("2.png", PNG)])), ("b.docx", DOCX))
    reading, asked = read(content, {BROKEN: DOCX})
    first = read_mail(content, RULES, Limits())
    assert asked == [OldDocument(BROKEN, "doc", "docx")]
    assert [file.path for file in reading.files] == ["a.zip", "a.zip/夹/1.doc", "a.zip/2.png", "b.docx"]
    mended, before = reading.files[1], first.files[1]
    assert (mended.sha256, mended.size, mended.format) == (before.sha256, 608, Format.DOC)
    assert mended.problem is None
    assert mended.sections[0].form is not None
    assert mended.sections[0].form.value("姓名") == "张三"
    assert {field.place.file for field in mended.sections[0].form.fields} == {"a.zip/夹/1.doc"}
    assert (*reading.files[:1], *reading.files[2:]) == (*first.files[:1], *first.files[2:])


@pytest.mark.parametrize("result", [None, b"", b"nothing that can be read\0\1", form_docx([])])
def test_a_finding_stays_when_the_second_try_fails_too(result: bytes | None) -> None:
    content = submission(("a.doc", BROKEN))
    reading, asked = read(content, {} if result is None else {BROKEN: result})
    assert len(asked) == 1
    assert reading == read_mail(content, RULES, Limits())


def test_what_was_read_is_locked_or_is_unsafe_is_not_tried_again() -> None:
    content = submission(("a.docx", DOCX), ("b.exe", b"MZ\x90\x00"), ("c.bin", b"\0\1\2\3"), ("d.doc", b""), ("e.png", PNG))
    assert read(content, {})[1] == []


def unread(name: str, format: Format, check: str = "attachment-unreadable", why: str = "damaged") -> FileRead:
    return FileRead(name, "", 1, format, Problem(check, {"why": why}))


@pytest.mark.parametrize(
    ("file", "target"),
    [
        (unread("a.doc", Format.DOC), ("doc", "docx")),
        (unread("a.et", Format.ET), ("xls", "xlsx")),
        (unread("a.wps", Format.WPS, "attachment-unsupported", "format"), ("wps", "docx")),
        (unread("a.odt", Format.UNKNOWN, "attachment-unsupported", "format"), ("odt", "docx")),
        (unread("a.uof", Format.UNKNOWN, "attachment-unsupported", "format"), ("uot", "docx")),
        (unread("a.dwg", Format.UNKNOWN, "attachment-unsupported", "format"), None),
        (unread("a.doc", Format.DOC, "attachment-encrypted", "password"), None),
        (unread("a.doc", Format.DOC, "attachment-unsafe", "too-large"), None),
        (unread("a.doc", Format.EMPTY, "attachment-unreadable", "empty"), None),
        (unread("a.zip", Format.ZIP), None),
        (FileRead("a.doc", "", 1, Format.DOC), ("doc", "docx")),
        (FileRead("a.doc", "", 1, Format.DOC, images=1), None),
        (FileRead("a.pdf", "", 1, Format.PDF, scanned=True), None),
    ],
)
def test_only_what_another_program_may_read_is_tried_again(file: FileRead, target: tuple[str, str] | None) -> None:
    assert target_of(file) == target


# --- the real program -------------------------------------------------------------------------------------------------


@pytest.fixture
def office() -> OfficeConverter:
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed")
    return OfficeConverter(OFFICE)


def test_documents_of_other_programs_are_read_through_libreoffice(tmp_path: Path, office: OfficeConverter) -> None:
    (tmp_path / "a.docx").write_bytes(DOCX)
    files = []
    for ending in ("odt", "fodt", "uot"):
        convert([tmp_path / "a.docx"], ending, tmp_path)
        files.append((f"a.{ending}", (tmp_path / f"a.{ending}").read_bytes()))
    with closing(SecondTryReader(LimitedReader(RULES), office)) as reader:
        reading = reader.read(submission(*files, ("broken.doc", BROKEN)))
    forms = [section.form for file in reading.files[:3] for section in file.sections if section.form]
    assert [form.value("姓名") for form in forms] == ["张三"] * 3
    assert [file.format for file in reading.files] == [Format.ODT, Format.ODT, Format.DOCX, Format.DOC]
    assert reading.files[3].problem == Problem("attachment-unreadable", {"why": "damaged", "detail": "doc"})


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], OfficeConverter]:
    """An office program that is a shell script."""

    def made(script: str) -> OfficeConverter:
        path = tmp_path / "office"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o700)
        return OfficeConverter(path, seconds=5, written=1_000_000)

    return made


ONE = OldDocument(b"words", "doc", "docx")
# The script finds its folder of results behind --outdir, and its documents after that.
OUT = 'while [ "$1" != --outdir ]; do shift; done; out=$2; shift 2;'


def test_each_document_comes_back_in_its_place(program: Callable[[str], OfficeConverter]) -> None:
    office = program(f'{OUT} for f in "$@"; do cp "$f" "$out/$(basename "$f" .doc).docx"; done')
    documents = [OldDocument(word, "doc", "docx") for word in (b"one", b"two", b"three")]
    assert office.convert(documents) == [b"one", b"two", b"three"]
    assert office.convert([]) == []


def test_one_document_that_ends_the_program_does_not_cost_the_others(program: Callable[[str], OfficeConverter]) -> None:
    office = program(f'{OUT} for f in "$@"; do grep -q BAD "$f" && kill -9 $$; cp "$f" "$out/$(basename "$f" .doc).docx"; done')
    documents = [OldDocument(word, "doc", "docx") for word in (b"one", b"BAD", b"three")]
    assert office.convert(documents) == [b"one", None, b"three"]


@pytest.mark.parametrize(
    "does", ["exit 1", "kill -9 $$", "head -c 2000000 /dev/zero > $out/0.docx", "ln -s /etc/passwd $out/0.docx"]
)
def test_a_program_that_fails_writes_too_much_or_a_link_gives_nothing(
    program: Callable[[str], OfficeConverter], does: str
) -> None:
    assert program(f"{OUT} {does}").convert([ONE]) == [None]


def test_a_program_that_hangs_is_ended_with_all_it_started(program: Callable[[str], OfficeConverter], tmp_path: Path) -> None:
    path = tmp_path / "office"
    path.write_text("#!/bin/sh\nsleep 300 &\necho $! > " + str(tmp_path / "child") + "\nwait\n")
    path.chmod(0o700)
    assert OfficeConverter(path, seconds=0.5).convert([ONE]) == [None]
    child = (tmp_path / "child").read_text().strip()
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_the_program_runs_in_a_folder_of_its_own_without_our_secrets(
    program: Callable[[str], OfficeConverter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOULI_MAILBOX_PASSWORD", "secret")
    told = program(f'{OUT} {{ env; stat -c %a .; pwd; echo; ls; }} > "$out/0.docx"').convert([ONE])[0]
    assert told is not None
    words = told.decode()
    assert "secret" not in words
    assert "\n700\n" in words
    folder = words.partition("\n700\n")[2].splitlines()
    assert folder[2:] == ["0.doc", "out", "profile"]
    assert not Path(folder[0]).exists()


def test_the_program_has_no_network_where_the_kernel_lets(program: Callable[[str], OfficeConverter]) -> None:
    told = program(f'{OUT} cat /proc/net/dev > "$out/0.docx"').convert([ONE])[0]
    assert told is not None
    names = [line.split(":")[0].strip() for line in told.decode().splitlines()[2:]]
    here = [line.split(":")[0].strip() for line in Path("/proc/net/dev").read_text().splitlines()[2:]]
    if names == here != ["lo"]:
        pytest.skip("this kernel lets no plain user leave the network")
    assert names in ([], ["lo"])


def test_no_office_program_is_found_where_none_is_named() -> None:
    assert find_office("") is None
    assert find_office("no-such-office-program") is None
    assert (find_office("soffice") is None) == (SOFFICE is None)


@pytest.mark.parametrize("name", ["a.docx", "a.doc", "a.wps", "a.rtf", "a.xlsx", "a.odt"])
def test_noise_under_a_documents_name_is_not_handed_to_a_program_that_would_read_it_as_text(name: str) -> None:
    noise = bytes(range(255, 0, -1)) * 9
    reading, asked = read(submission((name, noise)), {noise: DOCX})
    assert asked == []
    assert [file.problem is None for file in reading.files] == [False]
