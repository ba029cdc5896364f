"""Files that cannot be read, may not be read or are nothing: alone, where the mail is returned, and beside a good nomination."""

from collections.abc import Callable, Iterator

from tests.labelled import ooxml, packing
from tests.labelled.build import FORM, MATERIAL, Desk, turn
from tests.labelled.clean import DOCX, filed
from tests.labelled.envelope import File
from tests.labelled.label import Case
from tests.labelled.senders import OTHERS

MACRO = b"\xd0\xcf\x11\xe0" + bytes(600)
KINDS = {
    "cut-docx": "attachment-unreadable",
    "empty": "attachment-unreadable",
    "noise-docx": "attachment-unreadable",
    "cut-zip": "attachment-unreadable",
    "cut-pdf": "attachment-unreadable",
    "cut-7z": "attachment-unreadable",
    "locked-word": "attachment-encrypted",
    "locked-zip": "attachment-encrypted",
    "locked-7z": "attachment-encrypted",
    "caj": "attachment-unsupported",
    "dwg": "attachment-unsupported",
    "exe": "attachment-unsafe",
    "exe-in-disguise": "attachment-unsafe",
    "script": "attachment-unsafe",
    "macro": "attachment-unsafe",
    "bomb": "attachment-unsafe",
    "outside": "attachment-unsafe",
    "absolute": "attachment-unsafe",
    "exe-in-zip": "attachment-unsafe",
}
"""Kinds of bad files, and the finding that each must bring."""


def _broken(desk: Desk, kind: str) -> File:
    """A file of this kind; only the one asked for is made, a locked archive takes a while."""
    good = desk.form().content
    makers: dict[str, Callable[[], File]] = {
        "cut-docx": lambda: File("新材料.docx", good[: len(good) // 2], DOCX),
        "empty": lambda: File("补充材料.docx", b"", DOCX),
        "noise-docx": lambda: File("补充材料.docx", desk.dice.noise(9000), DOCX),
        "cut-zip": lambda: File("补充.zip", packing.zipped({"推荐表.docx": good})[:900]),
        "cut-pdf": lambda: File("补充.pdf", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog", "application/pdf"),
        "cut-7z": lambda: File("补充.7z", packing.sevenzip({"推荐表.docx": good})[:300]),
        "locked-word": lambda: File("补充材料.docx", packing.locked_word(), DOCX),
        "locked-zip": lambda: File("补充.zip", packing.locked_zip({"推荐表.docx": good})),
        "locked-7z": lambda: File("补充.7z", packing.sevenzip({"推荐表.docx": good}, "shouli")),
        "caj": lambda: File("论文.caj", b"CAJ\0" + bytes(range(256)) * 20),
        "dwg": lambda: File("图纸.dwg", b"AC1027\0\0" + bytes(range(256)) * 20),
        "exe": lambda: File("阅读器.exe", b"MZ" + bytes(400)),
        "exe-in-disguise": lambda: File("推荐表.doc", b"MZ\x90\0" + bytes(400)),
        "script": lambda: File("打开我.vbs", b'CreateObject("WScript.Shell").Run "calc"'),
        "macro": lambda: File("补充材料.docm", ooxml.document("<w:p/>", {"word/vbaProject.bin": MACRO})),
        "bomb": lambda: File("照片.zip", packing.bomb()),
        "outside": lambda: File("材料.zip", packing.zipped({"../../etc/推荐表.docx": good})),
        "absolute": lambda: File("材料.zip", packing.zipped({"/srv/推荐表.docx": good})),
        "exe-in-zip": lambda: File("软件.zip", packing.zipped({"setup.exe": b"MZ" + bytes(400)})),
    }
    return makers[kind]()


def _where(kind: str, file: File) -> str:
    """The file that the finding names; of a member of an archive the label is silent."""
    inside = {"outside", "absolute", "bomb", "exe-in-zip", "locked-zip", "locked-7z", "cut-7z", "cut-zip"}
    return "" if kind in inside else f"@{file.name}"


def _alone() -> Iterator[Case]:
    for number, (kind, check) in enumerate(KINDS.items()):
        category, layout = turn(number)
        desk = Desk(f"bad-alone-{kind}", OTHERS[number], category, layout)
        file = _broken(desk, kind)
        yield desk.case(desk.write([file]), desk.returned(f"{check}{_where(kind, file)}"))


def _beside() -> Iterator[Case]:
    for number, (kind, check) in enumerate(KINDS.items()):
        category, layout = turn(number + 1)
        desk = Desk(f"bad-beside-{kind}", OTHERS[number + 3], category, layout)
        file = _broken(desk, kind)
        name = f"{desk.one.nominee}推荐表.docx"
        files = [desk.form(name=name), desk.material(), file]
        label = desk.received(filed(desk.one, name, MATERIAL), findings=[f"{check}{_where(kind, file)}"])
        yield desk.case(desk.write(files), label)


def _harmless() -> Iterator[Case]:
    """What may lie beside a nomination without a word."""
    for number, (kind, file) in enumerate(
        {
            "photo": File("活动照片.png", packing.picture(), "image/png"),
            "video": File("宣传片.mp4", b"\0\0\0\x18ftypmp42" + bytes(4000), "video/mp4"),
            "audio": File("录音.mp3", b"ID3\x04" + bytes(4000), "audio/mpeg"),
            "card": File("联系人.vcf", "BEGIN:VCARD\r\nFN:张三\r\nEND:VCARD\r\n".encode(), "text/vcard"),
            "stamped-scan": File("推荐表（盖章扫描件）.pdf", packing.scan(), "application/pdf"),
            "photo-in-zip": File(
                "照片.zip", packing.zipped({"照片/1.png": packing.picture(), "照片/2.png": packing.picture(90)})
            ),
            "mac-leftovers": File(
                "照片.zip", packing.zipped({"1.png": packing.picture(), "__MACOSX/._1.png": bytes(200), ".DS_Store": bytes(99)})
            ),
            "thumbs": File(
                "照片.zip",
                packing.zipped({"1.png": packing.picture(50), "Thumbs.db": bytes(900), "desktop.ini": b"[.ShellClassInfo]"}),
            ),
            "empty-zip": File("照片.zip", packing.zipped({})),
        }.items()
    ):
        category, layout = turn(number)
        desk = Desk(f"harmless-{kind}", OTHERS[number + 6], category, layout)
        findings = ["attachment-unreadable"] if kind == "empty-zip" else []
        yield desk.case(desk.write([desk.form(), desk.material(), file]), desk.received(desk.first(), findings=findings))


def _both_bad() -> Iterator[Case]:
    """Two bad files beside one another, and half a nomination in a bad file."""
    desk = Desk("bad-two-of-them", OTHERS[2])
    files = [File("推荐表.docx", packing.locked_word(), DOCX), File("典型材料.docx", b"", DOCX)]
    yield desk.case(desk.write(files), desk.returned("attachment-encrypted@推荐表.docx", "attachment-unreadable@典型材料.docx"))
    desk = Desk("bad-material-beside-a-good-form", OTHERS[4])
    files = [desk.form(), File(MATERIAL, packing.locked_word(), DOCX)]
    expected = filed(desk.one, FORM, None, "defective", "material-missing")
    yield desk.case(desk.write(files), desk.received(expected, findings=[f"attachment-encrypted@{MATERIAL}"]))


def cases() -> Iterator[Case]:
    """All of them."""
    for part in (_alone, _beside, _harmless, _both_bad):
        yield from part()
