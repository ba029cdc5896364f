"""What mail programs, gateways and secretaries put around files: signatures, pictures in the text, odd endings, parts within parts."""

import base64
from collections.abc import Iterator
from dataclasses import replace

from tests.labelled.clerks.base import FORM, STORY, case, filed, pair, received, written
from tests.labelled.clerks.drawing import drawn, form, merged, note, running, story
from tests.labelled.clerks.names import OVER
from tests.labelled.clerks.sheet import MEMBER, PROJECT, TEAM, Sheet, sheet
from tests.labelled.label import Case, Label, Mail
from tests.labelled.length import words_of
from tests.labelled.ooxml import Box, document, paragraph, paragraphs, table
from tests.labelled.packing import picture, zipped

UNIT, ID = "河南省文化和旅游厅", "S048"
BESIDE = {
    "smime.p7s": b"\x30\x82\x05\x10\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + bytes(200),
    "signature.asc": b"-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n",
    "image001.png": picture(),
    "image002.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(300) + b"\xff\xd9",
    "logo.gif": b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0!\xf9\x04\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;",
    "名片.vcf": "BEGIN:VCARD\nVERSION:3.0\nFN:刘某\nEND:VCARD\n".encode(),
    "invite.ics": b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n",
    "现场.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200),
    "视频.mov": b"\0\0\0\x14ftypqt  " + bytes(200),
    "录音.m4a": b"\0\0\0\x18ftypM4A " + bytes(200),
    "录音.amr": b"#!AMR\n" + bytes(100),
    "照片.bmp": b"BM"
    + (154).to_bytes(4, "little")
    + bytes(4)
    + (54).to_bytes(4, "little")
    + (40).to_bytes(4, "little")
    + bytes(136),
}
ENDINGS = ("推荐表.DOCX", "推荐表.docx.docx", "推荐表 .docx", " 推荐表.docx", "推荐表.Docx", "推荐表。docx", "推荐表.doc.docx")


def cases() -> Iterator[Case]:
    """Harmless things beside; endings; parts within parts; the shapes of a material that only look like more or less text."""
    for number, (name, content) in enumerate(BESIDE.items()):
        one = sheet(f"beside {name}", (PROJECT, TEAM, MEMBER)[number % 3], UNIT)
        mail = written(f"beside {name}", "推荐材料", "请收", {**pair(one), name: content})
        yield case(f"wrapped-beside-{name}", received(mail, ID, filed(one)))
    for number, name in enumerate(ENDINGS):
        one = sheet(f"ending {name}", (PROJECT, TEAM, MEMBER)[number % 3], UNIT)
        inner = zipped({name.strip(): form(one), STORY: story(one)})
        mail = written(f"ending {name}", "推荐材料", "请收", {"材料.zip": inner})
        label = filed(one, form=f"材料.zip/{name.strip()}", material=f"材料.zip/{STORY}")
        yield case(f"wrapped-ending-{number}", received(mail, ID, label))
    yield from _parts()
    yield from _shapes()
    yield from _proofs()


def _attached(name: str, content: bytes, head: str) -> bytes:
    lines = base64.encodebytes(content).replace(b"\n", b"\r\n")
    named = base64.b64encode(name.encode()).decode()
    return (head.format(name=f"=?utf-8?B?{named}?=") + "\r\nContent-Transfer-Encoding: base64\r\n\r\n").encode() + lines


def _multi(kind: str, mark: str, *parts: bytes) -> bytes:
    head = f'Content-Type: multipart/{kind}; boundary="{mark}"\r\n\r\n'.encode()
    return head + b"".join(f"--{mark}\r\n".encode() + part + b"\r\n" for part in parts) + f"--{mark}--\r\n".encode()


def _parts() -> Iterator[Case]:
    plain = 'Content-Type: application/octet-stream; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"'
    inline = 'Content-Type: application/octet-stream; name="{name}"\r\nContent-Disposition: inline; filename="{name}"'
    bare = 'Content-Type: application/msword; name="{name}"'
    quiet = 'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="{name}"\r\nContent-ID: <a1@x>'
    text = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n推荐材料请收。".encode()
    page = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>推荐材料请收。</p>".encode()
    for number, (name, head) in enumerate((("plain", plain), ("inline", inline), ("bare", bare), ("quiet", quiet))):
        one = sheet(f"parts {name}", (PROJECT, TEAM, MEMBER)[number % 3], UNIT)
        files = [_attached(path, content, head) for path, content in pair(one).items()]
        for shape, body in (
            ("mixed", _multi("mixed", "M1", text, *files)),
            ("related", _multi("mixed", "M2", _multi("related", "R2", page, files[0]), files[1])),
            ("alternative", _multi("alternative", "A3", text, _multi("mixed", "M3", page, *files))),
            ("signed", _multi("signed", "S4", _multi("mixed", "M4", text, *files), _signature())),
            ("no-text", _multi("mixed", "M5", *files)),
        ):
            made = written(f"parts {name} {shape}", "省文旅厅推荐材料", "", {}).bytes()
            head_ = made.split(b"\r\nContent-Type:", 1)[0]
            label = Label("received", ID, filed=(filed(one),))
            yield case(f"wrapped-{name}-{shape}", Mail(head_ + b"\r\n" + body, label))


def _signature() -> bytes:
    return _attached("smime.p7s", BESIDE["smime.p7s"], 'Content-Type: application/pkcs7-signature; name="{name}"')


def _shapes() -> Iterator[Case]:
    """字数 counts the body's text, cells of a table too; headers and footers are not part of it."""
    for number, shape in enumerate(("table", "many-lines", "spaces", "numbered")):
        one = sheet(f"shape {shape}", (TEAM, MEMBER, PROJECT)[number % 3], UNIT)
        lines = list(one.text)
        body = running(lines)
        if shape == "table":
            body += table(
                [[Box(paragraphs("年份")), Box(paragraphs("件数"))], [Box(paragraphs("2021")), Box(paragraphs("312"))]], 2
            )
            lines += ["年份", "件数", "2021", "312"]
        elif shape == "many-lines":
            body = paragraph("") + body.replace("</w:p>", "</w:p><w:p/>")
        elif shape == "spaces":
            body = running([f"　　{line}  " for line in lines])
        else:
            lines = [lines[0], *(f"{n}.{line}" for n, line in enumerate(lines[1:], 1))]
            body = running(lines)
        mail = written(f"shape {shape}", "推荐材料", "请收", {FORM: form(one), STORY: document(body)})
        label = replace(filed(one), characters=sum(words_of(line) for line in lines))
        yield case(f"wrapped-shape-{shape}", received(mail, ID, label))


def _proofs() -> Iterator[Case]:
    """A proof of publicity does not fill in the form; a second copy and a blank one of another category do nothing."""
    one = sheet("proof only", TEAM, "开封市", "")
    proof = note("公示", f"拟推荐“{one.nominee}”，公示时间2021年12月1日至12月7日。")
    mail = written("proof only", "推荐材料", "请收", {**pair(one), "公示.docx": proof})
    yield case("wrapped-proof-and-empty-field", received(mail, "410200", filed(one, "publicity-missing")))
    one = sheet("blank beside", MEMBER, "开封市", OVER)
    blank = _emptied(sheet("blank other", PROJECT, "开封市", OVER))
    mail = written("blank beside", "推荐材料", "请收", {**pair(one), "附件1.docx": form(blank)})
    yield case("wrapped-blank-form-beside", received(mail, "410200", filed(one)))
    blanks = [drawn(_emptied(sheet(f"blank {kind}", kind, "开封市", OVER))) for kind in (PROJECT, TEAM)]
    files = {"推荐表三类.docx": merged(*blanks, drawn(one)), STORY: story(one)}
    mail = written("blank together", "推荐材料", "请收", files)
    yield case("wrapped-blank-forms-in-one-file", received(mail, "410200", filed(one, form="推荐表三类.docx")))


def _emptied(one: Sheet) -> Sheet:
    return replace(one, values=tuple((label, "") for label, _ in one.values))
