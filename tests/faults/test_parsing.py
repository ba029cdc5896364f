"""Faults 29 to 41: what mail programs write. All these mails lie in one mailbox one morning and are taken in together."""

from collections.abc import Iterator, Sequence

import pytest

from bot.demo.acts import loose, nominees, papers
from bot.demo.cast import writer
from bot.demo.programs import Enclosure
from bot.demo.stage import decoded
from bot.model import Format, MailRow, Outcome, State
from tests import servers
from tests.documents import p, r, raw_docx, tbl, tc
from tests.fakes import NOON
from tests.faults.bench import LATER, Office, Program, office
from tests.labelled.converted import OFFICE as LIBREOFFICE
from tests.labelled.converted import converted
from tests.reading.mails import mixed, part, text_part, word
from tests.reading.packing import zip_of
from tests.reading.tnef_files import tnef_of

pytestmark = pytest.mark.server

ODD_ZIP_NAME = "昞城表格"
"""Its first character is 0x95 0x5C in GBK: the second byte is a backslash."""


HEADERS_THAT_RAISE = (
    'From: "',
    "Message-ID: <[a]>",
    "Subject: =?utf-8?q?=?= =?",
    "To: <a@b, (c <d>: ;",
    "Date: Mon, 99 Foo 99999 99:99:99 +9999999999",
    "Received: (((((",
    "Content-Type: text/plain; charset*=utf-8''%80; charset*0=x",
    "Content-Type: multipart/mixed; boundary*1=b; boundary*x=c",
    "Content-Disposition: attachment; filename*=''; filename*999=x",
    "Content-Transfer-Encoding: \x80\xff",
)
"""Fields over which the standard library's parser raised (cpython#105802, #117849, #94306), or others' parsers did."""


def enclosures(unit: str, number: int = 0) -> tuple[Enclosure, Enclosure]:
    """Form and material of a project of this unit."""
    who = writer(unit)
    form, material = loose(papers(who, nominees(who, NOON, {"project": (number,)})))
    return form, material


def attached(name: str, content: bytes, *fields: str) -> bytes:
    return part(content, *(fields or (f'Content-Disposition: attachment; filename="{word(name)}"',)))


def submission(unit: str, key: str, parts: Sequence[bytes], *fields: str | bytes, subject: str = "") -> bytes:
    """A covering mail of this unit with these parts; fields given come first."""
    who = writer(unit)
    head = (f"From: {word(who.place)} <{who.address}>", f"Subject: {subject or word(f'{who.place}推荐材料')}")
    return mixed(
        [text_part(f"{who.written}现报送推荐材料，见附件。"), *parts], *fields, *head, f"Message-ID: <{key}@test.example>"
    )


def pair(unit: str) -> list[bytes]:
    return [attached(one.name, one.content) for one in enclosures(unit)]


def nested_form() -> bytes:
    """A form in which labels and values are spread over merged cells and a table within a cell."""
    inner = tbl([tc(p(r("联系电话"))), tc(p(r("0371-65900001")))])
    rows = [
        ("项目名称", "便民桥"),
        ("实施单位", "河南省水利厅"),
        ("项目负责人", "张三"),
        ("项目简介", "修桥。"),
        ("主要做法和成效", "修成。"),
    ]
    merged = [
        [tc(p(r(label)), '<w:vMerge w:val="restart"/>'), tc(p(r(value)), '<w:gridSpan w:val="3"/>')] for label, value in rows
    ]
    opinion = [tc(p(r("推荐单位意见"))), tc(p(r("同意推荐。")))]
    return raw_docx(p(r("群众满意度高的实事（服务项目）推荐表")) + tbl(*merged, [tc(p(r("附"))), tc(inner + p())], opinion))


def with_field(content: bytes, field: str) -> bytes:
    """The mail with this field in place of its own of that name, or above all others."""
    name = field.partition(":")[0].encode()
    head, _, rest = content.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.startswith(name + b":")]
    return b"\r\n".join([field.encode("latin-1"), *lines]) + b"\r\n\r\n" + rest


def mails() -> dict[str, bytes]:
    """By the name of the case."""
    form, material = enclosures("unions")
    gbk = [(f"{ODD_ZIP_NAME}/{one.name}".encode("gb18030"), one.content) for one in enclosures("women")]
    utf8 = [(f"材料/{one.name}".encode(), one.content) for one in enclosures("justice")]
    slip = zip_of([("../../../../tmp/shouli-slip.docx", form.content)])
    link = zip_of([("推荐表.docx", b"/etc/passwd")], mode=0o120777)
    bomb = zip_of([("推荐表.docx", bytes(40_000_000))])
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000))
    inner = mixed([text_part(), attached(material.name, material.content)], f"Subject: {word('典型材料')}", boundary="in")
    pdf = part(b"%PDF-1.4 scan", 'Content-Type: application/pdf; name="scan.pdf"', "Content-Disposition: inline")
    split = f'"{word("推荐表".encode("gb18030")[:3])}\r\n {word("推荐表".encode("gb18030")[3:] + b".docx")}"'
    made = {
        "29": submission("water", "29", pair("water"), subject=word("报送推荐材料", "x-martian")),
        "30": submission(
            "insurance", "30", pair("insurance"), b"X-Raw: " + "张镕㛃".encode("gb18030"), subject=word("张镕㛃𠮷推荐材料")
        ),
        "31": submission(
            "transport",
            "31",
            [
                attached("", enclosures("transport")[0].content, f"Content-Disposition: attachment; filename={split}"),
                attached("典型材料.docx", enclosures("transport")[1].content),
            ],
        ),
        "33": submission(
            "unions", "33", [attached(form.name, form.content), part(inner, "Content-Type: message/rfc822", encode=False), pdf]
        ),
        "34": submission(
            "youth",
            "34",
            [
                part(
                    tnef_of([(one.name, one.content) for one in enclosures("youth")]),
                    'Content-Type: application/ms-tnef; name="winmail.dat"',
                )
            ],
        ),
        "35-gbk": submission("women", "35-gbk", [attached("a.zip", zip_of(gbk))]),
        "35-utf8": submission("justice", "35-utf8", [attached("b.zip", zip_of(utf8))]),
        "36": submission(
            "culture", "36", [*pair("culture"), attached("s.zip", slip), attached("l.zip", link), attached("b.zip", bomb)]
        ),
        "37": submission("market", "37", [attached("推荐表.docx", nested_form())]),
        "38-docx": submission(
            "labour", "38-docx", [attached(f"{n}.wps", one.content) for n, one in enumerate(enclosures("labour"))]
        ),
        "39": submission("health", "39", [*pair("health"), attached("照片.jpg", b"\xff\xd8\xff" + bytes(3_000_000))]),
        "40": submission("energy", "40", [*pair("energy"), deep]),
    }
    for number, field in enumerate(HEADERS_THAT_RAISE):
        made[f"32-{number}"] = with_field(submission("education", f"32-{number}", pair("education")), field)
    if LIBREOFFICE:
        names = {f"{one.name}": one.content for one in enclosures("civil-affairs")}
        old = converted(names, "doc:MS Word 97", "doc")
        made["38-ole"] = submission(
            "civil-affairs", "38-ole", [attached(f"{n}.wps", data) for n, data in enumerate(old.values())]
        )
    return made


class Morning:
    """The mailbox after the morning's work."""

    def __init__(self, desk: Office) -> None:
        self.desk = desk
        self.mails = {row.message_id.strip("<>").partition("@")[0]: row for row in desk.mails()}
        self.filed = {one.number: one for one in desk.nominations()}

    def received(self, key: str, state: State = State.ACCEPTED) -> MailRow:
        """The mail of this case, which filed one whole nomination."""
        mail = self.mails[key]
        assert mail.outcome is Outcome.RECEIVED, (mail.outcome, mail.reason, mail.findings)
        (one,) = (self.filed[number] for number in mail.filed)
        assert (one.state, bool(one.form), bool(one.material)) == (state, True, True), one.findings
        return mail


@pytest.fixture(scope="module")
def morning(program: Program, dovecot: servers.Dovecot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    with office(program, dovecot, tmp_path_factory.mktemp("morning"), "morning") as desk:
        desk.arrives(*mails().values())
        assert desk.round(LATER).well
        yield Morning(desk)


def test_fault_29_an_unknown_charset_label_costs_nothing(morning: Morning) -> None:
    assert morning.received("29").subject == "报送推荐材料"


def test_fault_30_rare_characters_under_a_gb2312_label_and_raw_bytes_in_headers(morning: Morning) -> None:
    assert morning.received("30").subject == "张镕㛃𠮷推荐材料"


def test_fault_31_a_file_name_split_inside_a_character_is_whole_in_the_ledger(morning: Morning) -> None:
    assert [file.path for file in morning.received("31").files] == ["推荐表.docx", "典型材料.docx"]


def test_fault_32_headers_that_made_python_raise_cost_nobody_a_nomination(morning: Morning) -> None:
    """Where the field says how the mail is built its files are lost with it; the mail is not, and a person sees it."""
    assert not any(mail.traceback for mail in morning.desk.mails())
    taken = [mail for mail in morning.desk.mails() if mail.sender.address in ("", writer("education").address)]
    outcomes = [mail.outcome for mail in taken]
    assert len(outcomes) == len(HEADERS_THAT_RAISE)
    structure = sum(field.startswith("Content-Type") for field in HEADERS_THAT_RAISE)
    assert outcomes.count(Outcome.RECEIVED) >= len(HEADERS_THAT_RAISE) - structure


def test_fault_33_an_inline_pdf_and_the_material_in_an_attached_mail_are_seen(morning: Morning) -> None:
    files = {file.path.rpartition("/")[2]: file.format for file in morning.received("33").files}
    assert files["scan.pdf"] is Format.PDF


def test_fault_34_a_nomination_in_winmail_dat_is_filed(morning: Morning) -> None:
    assert {file.path.partition("/")[0] for file in morning.received("34").files} == {"winmail.dat"}


def test_fault_35_zip_names_in_gbk_and_utf8_without_a_flag(morning: Morning) -> None:
    folders = {
        key: {file.path.split("/")[1] for file in morning.received(key).files if "/" in file.path}
        for key in ("35-gbk", "35-utf8")
    }
    assert folders == {"35-gbk": {ODD_ZIP_NAME}, "35-utf8": {"材料"}}


def test_fault_36_slip_link_and_bomb_are_findings_beside_a_filed_nomination(morning: Morning) -> None:
    found = morning.received("36").findings
    assert [finding.check for finding in found if finding.check == "attachment-unsafe"] == ["attachment-unsafe"] * 3
    assert not list(morning.desk.folder.parent.rglob("shouli-slip*"))


def test_fault_37_merged_cells_and_tables_in_tables_give_their_fields_once(morning: Morning) -> None:
    mail = morning.mails["37"]
    (one,) = (morning.filed[number] for number in mail.filed)
    assert one.fields["联系电话"] == "0371-65900001"
    assert one.fields["项目名称"] == "便民桥"
    assert [finding.check for finding in one.findings] == ["material-missing"]


def test_fault_38_wps_is_read_by_what_it_is(morning: Morning) -> None:
    assert {file.format for file in morning.received("38-docx").files} == {Format.DOCX}
    if LIBREOFFICE:
        assert {file.format for file in morning.received("38-ole").files} == {Format.DOC}


def test_fault_39_a_mail_over_the_limit_is_never_fetched_whole_and_is_answered(morning: Morning) -> None:
    mail = morning.mails["39"]
    assert (mail.complete, mail.size > 3_000_000) == (False, True)
    assert [finding.check for finding in mail.findings] == ["attachment-unreadable"]
    assert any(letter.recipients == (writer("health").address,) for letter in morning.desk.letters)
    fetched = [command for command in morning.desk.imap.heard if "BODY.PEEK[]" in command and "<" not in command]
    assert len(fetched) >= 1
    assert morning.desk.imap.octets < sum(one.size for one in morning.desk.mails() if one.complete) + 200_000


def test_fault_40_a_nesting_bomb_costs_its_inside_only(morning: Morning) -> None:
    morning.received("40")


def test_fault_41_every_file_name_of_ours_leaves_in_both_forms_and_they_agree(morning: Morning) -> None:
    files = [
        one for letter in morning.desk.letters for one in letter.message.walk() if one.get_content_disposition() == "attachment"
    ]
    names = [(one.get_filename(), decoded(one.get_param("name"))) for one in files]
    assert len(names) > 5
    assert all(new == old for new, old in names), names
    assert any(not str(new).isascii() for new, _ in names)


def test_nothing_of_the_morning_was_lost(morning: Morning) -> None:
    assert len(morning.desk.mails()) == len(mails())
    addresses = {mail.answer_to or mail.sender.address for mail in morning.desk.mails()} - {""}
    assert {letter.recipients[0] for letter in morning.desk.letters} == addresses
