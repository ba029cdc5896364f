"""A bureau's archives: zips in zips, GBK names, what systems leave behind, a whole city in one file, traps beside good files."""

from collections.abc import Iterator, Mapping

from tests.labelled.clerks.base import FORM, STORY, case, filed, pair, received, returned, written
from tests.labelled.clerks.drawing import both, form, story
from tests.labelled.clerks.names import OVER
from tests.labelled.clerks.sheet import KINDS, MEMBER, PROJECT, TEAM, Sheet, sheet
from tests.labelled.label import Case, Filed
from tests.labelled.packing import locked_word, locked_zip, picture, sevenzip, zipped

BUREAU, ID = "河南省交通运输厅", "S044"
LEFTOVERS: Mapping[str, bytes] = {
    "Thumbs.db": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "~$推荐表.docx": b"\x06wangwei" + bytes(154),
    "~$荐表.docx": b"\x06wangwei" + bytes(154),
    "__MACOSX/._推荐表.docx": b"\0\5\x16\7\0\2\0\0Mac OS X        " + bytes(80),
    "desktop.ini": b"[.ShellClassInfo]\r\nIconResource=C:\\x.dll,0\r\n",
    ".DS_Store": b"\0\0\0\1Bud1" + bytes(300),
    "~WRL0003.tmp": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "推荐表.docx.lnk.txt": "快捷方式".encode("gb18030"),
}


def cases() -> Iterator[Case]:
    """Leftovers one by one and all together, depths, kinds of archives, whole units, traps."""
    yield from _leftovers()
    yield from _depths()
    yield from _whole_units()
    yield from _traps()


def _inside(place: str, one: Sheet, *findings: str) -> Filed:
    return filed(one, *findings, form=f"{place}/{FORM}", material=f"{place}/{STORY}")


def _leftovers() -> Iterator[Case]:
    for number, (name, content) in enumerate(LEFTOVERS.items()):
        one = sheet(f"leftover {name}", (PROJECT, TEAM, MEMBER)[number % 3], BUREAU)
        mail = written(f"leftover {number}", "材料", "", {"材料.zip": zipped({name: content, **pair(one)})})
        yield case(f"bundle-leftover-{number}", received(mail, ID, _inside("材料.zip", one)))
    one = sheet("leftovers all", MEMBER, BUREAU)
    inner = zipped({**LEFTOVERS, **pair(one)}, gbk=True)
    outer = {"报送材料/内.zip": inner, "报送材料/Thumbs.db": LEFTOVERS["Thumbs.db"], "报送材料/desktop.ini": b"[x]\r\n"}
    mail = written("leftovers all", "材料", "", {"报送材料.zip": zipped(outer, gbk=True)})
    yield case("bundle-leftovers-all", received(mail, ID, _inside("报送材料.zip/报送材料/内.zip", one)))
    one = sheet("leftover loose", TEAM, BUREAU)
    mail = written("leftover loose", "材料", "", {"Thumbs.db": LEFTOVERS["Thumbs.db"], **pair(one)})
    yield case("bundle-leftover-loose", received(mail, ID, filed(one)))


def _depths() -> Iterator[Case]:
    for depth in (1, 2, 3):
        one = sheet(f"depth {depth}", (PROJECT, TEAM, MEMBER)[depth - 1], BUREAU)
        content, place = zipped(pair(one), gbk=depth % 2 == 0), ""
        for step in range(depth - 1):
            content, place = zipped({f"层{step}.zip": content}), f"/层{step}.zip{place}"
        mail = written(f"depth {depth}", "材料", "", {"外.zip": content})
        yield case(f"bundle-depth-{depth}", received(mail, ID, _inside(f"外.zip{place}", one)))
    one = sheet("seven", PROJECT, BUREAU)
    mail = written("seven", "材料", "", {"材料.7z": sevenzip(pair(one))})
    yield case("bundle-seven", received(mail, ID, _inside("材料.7z", one)))
    one = sheet("seven in zip", PROJECT, BUREAU)
    mail = written("seven in zip", "材料", "", {"材料.zip": zipped({"材料.7z": sevenzip(pair(one))})})
    yield case("bundle-seven-in-zip", received(mail, ID, _inside("材料.zip/材料.7z", one)))
    one = sheet("wrong ending zip", TEAM, BUREAU)
    mail = written("wrong ending zip", "材料", "", {"材料.rar": zipped(pair(one))})
    yield case("bundle-zip-named-rar", received(mail, ID, _inside("材料.rar", one)))
    one = sheet("form loose material packed", MEMBER, BUREAU)
    mail = written("loose and packed", "材料", "", {FORM: form(one), "事迹.zip": zipped({STORY: story(one)})})
    yield case("bundle-half-packed", received(mail, ID, filed(one, material=f"事迹.zip/{STORY}")))
    one = sheet("two zips", MEMBER, BUREAU)
    mail = written("two zips", "材料", "", {"表.zip": zipped({FORM: form(one)}), "文.zip": zipped({STORY: story(one)})})
    yield case("bundle-two-zips", received(mail, ID, filed(one, form=f"表.zip/{FORM}", material=f"文.zip/{STORY}")))


def _whole_units() -> Iterator[Case]:
    bureau = [sheet(f"bureau all {kind}", kind, BUREAU) for kind in (PROJECT, TEAM, MEMBER)]
    tree = {f"{n}.{KINDS[one.category]}/{name}": c for n, one in enumerate(bureau, 1) for name, c in pair(one).items()}
    mail = written("bureau all", "三类材料", "", {"厅.zip": zipped(tree, gbk=True)})
    places = [f"厅.zip/{n}.{KINDS[one.category]}" for n, one in enumerate(bureau, 1)]
    yield case("bundle-bureau-all", received(mail, ID, *map(_inside, places, bureau)))
    own = {f"{one.nominee}.zip": zipped(pair(one)) for one in bureau}
    mail = written("bureau zips", "三类材料", "", {"厅.zip": zipped(own)})
    yield case("bundle-zip-each", received(mail, ID, *(_inside(f"厅.zip/{one.nominee}.zip", one) for one in bureau)))
    one_file = {f"{one.nominee}.docx": both(one) for one in bureau}
    mail = written("bureau both", "三类材料", "", {"厅.zip": zipped(one_file)})
    labels = [filed(one, form=f"厅.zip/{one.nominee}.docx", material=f"厅.zip/{one.nominee}.docx") for one in bureau]
    yield case("bundle-form-with-material-each", received(mail, ID, *labels))
    for name, unit, code, count, quota in (("large", "新乡市", "410700", 11, 10), ("small", "焦作市", "410800", 6, 5)):
        city = [sheet(f"city {name} {n}", TEAM, unit, OVER) for n in range(count)]
        folders = [f"{n:02d} {one.nominee}" for n, one in enumerate(city, 1)]
        tree = {f"{at}/{file}": c for at, one in zip(folders, city, strict=True) for file, c in pair(one).items()}
        mail = written(f"city {name}", f"{unit}推荐材料", "", {"团队.zip": zipped(tree)})
        labels = [
            _inside(f"团队.zip/{at}", one, *(["over-quota"] if n >= quota else []))
            for n, (at, one) in enumerate(zip(folders, city, strict=True))
        ]
        yield case(f"bundle-over-quota-{name}", received(mail, code, *labels))
    apart = [sheet(f"apart {n}", MEMBER, "信阳市", OVER) for n in range(3)]
    tree = {f"推荐表/{one.nominee}.docx": form(one) for one in apart}
    tree |= {f"典型材料/{one.nominee}.docx": story(one) for one in apart}
    mail = written("apart", "信阳市", "", {"信阳.zip": zipped(tree)})
    labels = [
        filed(one, form=f"信阳.zip/推荐表/{one.nominee}.docx", material=f"信阳.zip/典型材料/{one.nominee}.docx")
        for one in apart
    ]
    yield case("bundle-forms-and-materials-apart", received(mail, "411500", *labels))


def _traps() -> Iterator[Case]:
    good = {
        "exe": ("查看器.exe", b"MZ" + bytes(400), "attachment-unsafe"),
        "script": ("打开.bat", b"@echo off\r\nstart x\r\n", "attachment-unsafe"),
        "macros": ("汇总.docm", _with_macros(), "attachment-unsafe"),
        "empty": ("附件.docx", b"", "attachment-unreadable"),
        "drawing": ("平面图.dwg", b"AC1027" + bytes(300), "attachment-unsupported"),
        "locked": ("事迹补充.docx", locked_word(), "attachment-encrypted"),
        "locked zip": ("加密.zip", locked_zip({"a.docx": b"x" * 50}), "attachment-encrypted"),
    }
    for number, (what, (name, content, check)) in enumerate(good.items()):
        one = sheet(f"trap {what}", (PROJECT, TEAM, MEMBER)[number % 3], BUREAU)
        mail = written(f"trap {what}", "材料", "", {name: content, **pair(one)})
        yield case(f"bundle-good-and-{what}", received(mail, ID, filed(one), findings=[f"{check}@{name}"]))
    harmless = {"片.mp4": b"\0\0\0\x18ftypmp42" + bytes(200), "录音.mp3": b"ID3\3" + bytes(200), "现场.png": picture()}
    for name, content in harmless.items():
        one = sheet(f"harmless {name}", TEAM, BUREAU)
        mail = written(f"harmless {name}", "材料", "", {name: content, **pair(one)})
        yield case(f"bundle-good-and-{name}", received(mail, ID, filed(one)))
    yield from _only_bad()


def _with_macros() -> bytes:
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": b"<w/>",
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(99),
    }
    return zipped(parts)


def _only_bad() -> Iterator[Case]:
    bad = {
        "locked-zip": ({"省交通厅推荐材料.zip": locked_zip({"推荐表.docx": b"x" * 90})}, "attachment-encrypted"),
        "locked-word": ({FORM: locked_word()}, "attachment-encrypted"),
        "zero-bytes": ({FORM: b""}, "attachment-unreadable"),
        "torn-word": ({FORM: form(sheet("torn", TEAM, BUREAU))[:900]}, "attachment-unreadable"),
        "torn-zip": ({"材料.zip": zipped(pair(sheet("torn zip", TEAM, BUREAU)))[:1500]}, "attachment-unreadable"),
        "pages": ({"推荐表.pages": zipped({"Index/Document.iwa": b"\0\1\2" * 50})}, "attachment-unsupported"),
        "dwg": ({"推荐表.dwg": b"AC1027" + bytes(300)}, "attachment-unsupported"),
        "exe": ({"推荐表.exe": b"MZ" + bytes(400)}, "attachment-unsafe"),
        "hidden-exe": ({"推荐表.docx": b"MZ" + bytes(400)}, "attachment-unsafe"),
        "junk": ({FORM: b"\x7f\x11\x93" * 200}, "attachment-unreadable"),
    }
    for name, (files, check) in bad.items():
        mail = written(f"bad {name}", "省交通运输厅推荐材料", "现将推荐表报上，请查收。\n河南省交通运输厅", files)
        yield case(f"bundle-only-{name}", returned(mail, ID, check))
