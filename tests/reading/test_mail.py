import io
import zipfile
from base64 import b64encode

import pytest

from bot.model import Format, Problem, Reading
from bot.reading.limits import Limits
from bot.reading.mail import read_mail
from tests.reading.mail_rules import RULES
from tests.reading.mails import PNG, mail, mixed, part, text_part, word
from tests.reading.packing import zip_of


def read(content: bytes, limits: Limits | None = None) -> Reading:
    return read_mail(content, RULES, limits or Limits())


def paths(reading: Reading) -> list[str]:
    return [file.path for file in reading.files]


ATTACHED = 'Content-Disposition: attachment; filename="photo.png"'


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(["Content-Type: image/png", ATTACHED], id="as it should be"),
        pytest.param(["Content-Type: application/octet-stream", ATTACHED], id="octet-stream"),
        pytest.param(['Content-Type: image/png; name="photo.png"'], id="no disposition"),
        pytest.param(['Content-Type: image/png; name="photo.png"', "Content-Disposition: "], id="empty disposition"),
        pytest.param(['Content-Type: image/png; name="photo.png"', "Content-Disposition: inline"], id="inline"),
        pytest.param([ATTACHED], id="no type"),
        pytest.param(["Content-Type: image", ATTACHED], id="half a type"),
        pytest.param(["Content-Type: text/plain", ATTACHED], id="wrong type"),
        pytest.param(["Content-Type: image/png", 'Content-Disposition: ATTACHMENT; FILENAME="photo.png"'], id="capitals"),
        pytest.param(["Content-Type: image/png", "Content-Description: photo.png"], id="a description alone"),
        pytest.param(
            ["Content-Type: image/png", "Content-ID: <1>", 'Content-Disposition: inline; filename="photo.png"'], id="cid"
        ),
    ],
)
def test_every_part_that_is_a_file_is_found(fields: list[str]) -> None:
    reading = read(mixed([text_part("正文"), part(PNG, *fields)]))
    assert [(file.path, file.format, file.size) for file in reading.files] == [("photo.png", Format.IMAGE, len(PNG))]
    assert reading.text == "正文"


def test_nameless_files_get_names_by_their_content() -> None:
    nameless = [part(content, "Content-Type: application/octet-stream") for content in (PNG, b"\xff\xd8\xff\xe0", zip_of([]))]
    assert paths(read(mixed([text_part(), *nameless]))) == ["attachment-1.png", "attachment-2.jpg", "attachment-3.zip"]


def test_files_of_one_name_get_paths_of_their_own() -> None:
    one = part(PNG, "Content-Type: image/png", ATTACHED)
    assert paths(read(mixed([text_part(), one, one]))) == ["photo.png", "photo (2).png"]


def test_what_a_system_left_beside_the_files_is_recorded_and_nobody_is_asked_to_mend_it() -> None:
    left = [part(b"\x00\x01\x02", f'Content-Disposition: attachment; filename="{name}"') for name in ("Thumbs.db", "~$a.docx")]
    assert [(file.path, file.problem) for file in read(mixed([text_part(), *left])).files] == [
        ("Thumbs.db", None),
        ("~$a.docx", None),
    ]


def test_an_empty_file_is_a_finding() -> None:
    reading = read(mixed([text_part(), part(b"", 'Content-Disposition: attachment; filename="推荐表.docx"')]))
    assert [(file.format, file.problem) for file in reading.files] == [
        (Format.EMPTY, Problem("attachment-unreadable", {"why": "empty"}))
    ]


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (b"\x00\x01\x02", "a.dat", Problem("attachment-unsupported", {"why": "format"})),
        (b"MZ\x90\x00\x03", "推荐表.exe", Problem("attachment-unsafe", {"why": "program"})),
        (b"ID3\x03", "a.mp3", None),
        (b"BEGIN:VCARD", "a.vcf", None),
        (PNG, "a.png", None),
    ],
)
def test_what_nobody_reads_is_named_and_harmless_extras_are_not(content: bytes, name: str, problem: Problem | None) -> None:
    reading = read(mixed([part(content, f'Content-Disposition: attachment; filename="{name}"')]))
    assert [file.problem for file in reading.files] == [problem]


@pytest.mark.parametrize(
    ("field", "text", "files"),
    [
        ('Content-Type: text/html; name="mail.html"', "正文", []),
        ("Content-Disposition: attachment", "正文", []),
        ('Content-Disposition: attachment; filename="正文.txt"', "", ["正文.txt"]),
    ],
)
def test_a_text_alone_in_a_mail_is_its_words_unless_it_is_named_and_attached(field: str, text: str, files: list[str]) -> None:
    reading = read(mail("正文", field))
    assert (reading.text, paths(reading)) == (text, files)


def test_plain_text_is_preferred_and_html_speaks_where_it_is_missing() -> None:
    plain, html = text_part("纯文本"), part("<p>网页</p>".encode(), "Content-Type: text/html; charset=utf-8")
    assert read(mixed([plain, html], kind="alternative")).text == "纯文本"
    assert read(mixed([text_part("  "), html], kind="alternative")).text == "网页"
    assert read(mixed([html], kind="alternative")).text == "网页"


def test_a_hint_to_use_another_program_is_not_the_text() -> None:
    html = part(("<p>" + "现将推荐材料报上，请查收。" * 10 + "</p>").encode(), "Content-Type: text/html; charset=utf-8")
    assert read(mixed([text_part("请用HTML查看"), html], kind="alternative")).text.startswith("现将推荐材料")


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("gb2312", "gb18030"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb18030"),
        ("us-ascii", "gb18030"),
        ("x-unknown", "utf-8"),
        ("", "gb18030"),
    ],
)
def test_the_text_is_read_whatever_its_label(label: str, codec: str) -> None:
    text = "新乡市推荐材料：𠮷镕"
    assert read(mail(text.encode(codec), f"Content-Type: text/plain; charset={label}")).text == text


def test_html_may_name_its_charset_itself() -> None:
    html = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><p>新乡市</p>'
    assert read(mail(html.encode("gb18030"), "Content-Type: text/html")).text == "新乡市"


def test_flowed_text_is_joined_again() -> None:
    text = "一行很长的 \r\n文字\r\n>引用 \r\n> 继续\r\n-- \r\n签名"
    flowed = "Content-Type: text/plain; charset=utf-8; format=flowed"
    assert read(mail(text, flowed)).text == "一行很长的 文字\n> 引用 继续\n-- \n签名"
    assert read(mail("中文 \r\n断行", f"{flowed}; delsp=yes")).text == "中文断行"


def test_quoted_history_is_told_apart_and_kept() -> None:
    reading = read(mail("已补正。\r\n\r\n-----原始邮件-----\r\n旧信", "Content-Type: text/plain; charset=utf-8"))
    assert (reading.text, reading.fresh_text) == ("已补正。\n\n-----原始邮件-----\n旧信", "已补正。")


LINK = "https://pan.baidu.com/s/1abc"


def test_links_are_found_in_text_and_behind_words_of_html() -> None:
    html = part(f'<p>见<a href="{LINK}">网盘</a></p>'.encode(), "Content-Type: text/html; charset=utf-8")
    assert read(mixed([text_part("见网盘"), html], kind="alternative")).links == (LINK,)
    assert read(mail(f"链接：{LINK} 提取码：1234", "Content-Type: text/plain; charset=utf-8")).links == (LINK,)


def test_a_link_in_quoted_history_is_old_but_in_a_forward_it_is_meant() -> None:
    body = f"见附件。\r\n-----原始邮件-----\r\n链接：{LINK}"
    assert read(mail(body, "Subject: 回复：材料", "Content-Type: text/plain; charset=utf-8")).links == ()
    assert read(mail(body, f"Subject: {word('转发：材料')}", "Content-Type: text/plain; charset=utf-8")).links == (LINK,)


def test_a_link_in_an_attached_mail_is_told_too() -> None:
    inner = mail(f"链接：{LINK}", "Subject: x", "Content-Type: text/plain; charset=utf-8")
    assert read(mixed([text_part(), part(inner, "Content-Type: message/rfc822", encode=False)])).links == (LINK,)


def test_an_attached_mail_is_a_folder_and_its_words_do_not_count() -> None:
    inner = mixed([text_part("内层的话"), part(PNG, ATTACHED)], f"Subject: {word('转报/材料')}", boundary="in")
    reading = read(mixed([text_part("外层的话"), part(inner, "Content-Type: message/rfc822", encode=False)]))
    assert [(file.path, file.format, file.container) for file in reading.files] == [
        ("转报／材料", Format.EML, True),
        ("转报／材料/photo.png", Format.IMAGE, False),
    ]
    assert reading.text == "外层的话"


@pytest.mark.parametrize(
    "fields",
    [['Content-Type: message/rfc822; name="a.eml"'], ['Content-Type: application/octet-stream; name="a.eml"']],
)
def test_an_attached_mail_in_base64_is_opened_too(fields: list[str]) -> None:
    inner = mixed([text_part(), part(PNG, ATTACHED)], "From: a@example.cn", "Subject: x", boundary="in")
    assert paths(read(mixed([text_part(), part(inner, *fields)]))) == ["a.eml", "a.eml/photo.png"]


def test_archives_in_archives_are_folders_in_folders_to_a_depth() -> None:
    data = zip_of([("photo.png", PNG)])
    for _ in range(2):
        data = zip_of([("内.zip", data)])
    whole = read(mixed([part(data, 'Content-Disposition: attachment; filename="外.zip"')]))
    assert paths(whole) == ["外.zip", "外.zip/内.zip", "外.zip/内.zip/内.zip", "外.zip/内.zip/内.zip/photo.png"]
    shallow = read(mixed([part(data, 'Content-Disposition: attachment; filename="外.zip"')]), Limits(depth=2))
    assert [(file.path, file.problem and file.problem.facts["why"]) for file in shallow.files] == [
        ("外.zip", None),
        ("外.zip/内.zip", None),
        ("外.zip/内.zip/内.zip", "too-deep"),
    ]


def test_an_unsafe_archive_is_never_unpacked() -> None:
    data = zip_of([("photo.png", PNG), ("../x.png", PNG)])
    reading = read(mixed([part(data, 'Content-Disposition: attachment; filename="a.zip"')]))
    assert [(file.path, file.problem) for file in reading.files] == [
        ("a.zip", Problem("attachment-unsafe", {"why": "path-outside"}))
    ]


def test_an_archive_without_a_file_is_no_file() -> None:
    reading = read(mixed([part(zip_of([("空/", b"")]), 'Content-Disposition: attachment; filename="a.zip"')]))
    assert [file.problem for file in reading.files] == [Problem("attachment-unreadable", {"why": "empty"})]


def test_base64_with_rubbish_in_it_gives_its_bytes() -> None:
    spoiled = b64encode(PNG)[:20] + b"!\r\n \r\n" + b64encode(PNG)[20:]
    body = part(spoiled, ATTACHED, "Content-Transfer-Encoding: BASE64 ", encode=False)
    assert [file.size for file in read(mixed([body])).files] == [len(PNG)]


def test_base64_cut_short_gives_what_is_there() -> None:
    body = part(b64encode(PNG)[:-7], ATTACHED, "Content-Transfer-Encoding: base64", encode=False)
    assert [(file.format, file.size) for file in read(mixed([body])).files] == [(Format.IMAGE, len(PNG) - 6)]


def test_text_that_only_claims_to_be_base64_stays_text() -> None:
    body = "现将推荐材料报上，请查收。".encode()
    assert read(mail(body, "Content-Transfer-Encoding: base64")).text == body.decode()
    assert read(mail(b"Please find the files attached.", "Content-Transfer-Encoding: base64")).text.startswith("Please")


def test_broken_quoted_printable_gives_what_it_can() -> None:
    fields = ("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable")
    assert read(mail(b"=E6=8A=A5=E9=80=81=ZZ=\r\nok=", *fields)).text == "报送=ZZok"


def test_uuencoded_files_are_taken_out_of_the_text() -> None:
    body = b"hello\r\nbegin 644 photo.txt\r\n#0V%T\r\n`\r\nend\r\nbye\r\nbegin 644 x is a sentence\r\n"
    reading = read(mail(body))
    assert [(file.path, file.size) for file in reading.files] == [("photo.txt", 3)]
    assert reading.text == "hello\n\nbye\nbegin 644 x is a sentence"


def test_a_mail_cut_in_the_middle_gives_what_is_there() -> None:
    whole = mixed([text_part("正文"), part(PNG * 100, ATTACHED)])
    reading = read(whole[: len(whole) // 2])
    assert (reading.text, paths(reading)) == ("正文", ["photo.png"])
    assert any("CloseBoundaryNotFound" in defect for defect in reading.defects)


def test_a_multipart_that_lost_its_boundary_is_taken_apart_by_its_lines() -> None:
    whole = mixed([text_part("正文"), part(PNG, ATTACHED)]).replace(b'; boundary="=_b"', b"")
    reading = read(whole)
    assert (reading.text, paths(reading)) == ("正文", ["photo.png"])


def test_skipped_files_are_named_with_their_problem_and_not_touched() -> None:
    problem = Problem("attachment-unreadable", {"why": "damaged", "cause": "crash"})
    heard: list[str] = []
    whole = mixed([text_part(), part(zip_of([("a.png", PNG)]), 'Content-Disposition: attachment; filename="a.zip"')])
    reading = read_mail(whole, RULES, Limits(), {"a.zip": problem}, heard.append)
    assert [(file.path, file.problem) for file in reading.files] == [("a.zip", problem)]
    assert heard == ["", "a.zip"]


def test_every_file_is_announced_before_it_is_read() -> None:
    heard: list[str] = []
    whole = mixed([text_part(), part(zip_of([("夹/a.png", PNG)]), 'Content-Disposition: attachment; filename="a.zip"')])
    read_mail(whole, RULES, Limits(), starting=heard.append)
    assert heard == ["", "a.zip", "a.zip/夹/a.png"]


def test_a_delivery_report_names_who_was_not_reached_and_which_letter() -> None:
    status = b"Reporting-MTA: dns; mx.example.cn\r\n\r\nFinal-Recipient: rfc822; ZHANG@example.cn\r\nAction: failed\r\n\r\n"
    status += b"Final-Recipient: rfc822; li@example.cn\r\nAction: delayed\r\n"
    original = mail("x", "Message-ID: <letter@example.cn>", "Subject: y")
    report = mixed(
        [
            text_part("退信"),
            part(status, "Content-Type: message/delivery-status", encode=False),
            part(original, "Content-Type: message/rfc822", encode=False),
        ],
        "From: MAILER-DAEMON@example.cn",
        kind='report; report-type="delivery-status"',
    )
    reading = read(report)
    assert reading.headers.failed_recipients == ("zhang@example.cn",)
    assert (reading.headers.report_type, reading.headers.references) == ("delivery-status", ("<letter@example.cn>",))
    assert reading.files == ()


def test_signatures_and_invitations_are_recorded_without_a_problem() -> None:
    signed = mixed(
        [text_part("正文"), part(b"\x30\x82\x01", 'Content-Type: application/pkcs7-signature; name="smime.p7s"')], kind="signed"
    )
    assert [(file.path, file.format, file.problem) for file in read(signed).files] == [("smime.p7s", Format.CALENDAR, None)]


def test_a_plain_zip_of_documents_lists_them_in_order() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("b.png", "a.png"):
            archive.writestr(name, PNG)
    reading = read(mixed([part(out.getvalue(), 'Content-Disposition: attachment; filename="a.zip"')]))
    assert paths(reading) == ["a.zip", "a.zip/b.png", "a.zip/a.png"]
