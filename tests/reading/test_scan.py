"""Scans: words, tables and seals found on pictures. Needs the extra `ocr`; told as skipped where it is not installed."""

import random
import unicodedata

import pytest

pytest.importorskip("cv2", reason="the extra `ocr` is not installed")
pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")

import cv2
import numpy
import pypdfium2
from rapidfuzz import fuzz

from bot.adapters.scans import find_scanner
from bot.model import Format
from bot.reading.limits import Limits
from bot.reading.ocr import Word, glyphs_of, is_lying, upright
from bot.reading.page_grid import ruled_tables
from bot.reading.page_strokes import strokes
from bot.reading.pictures import Picture, pictures
from bot.reading.scan import read_scan
from bot.reading.seal import has_seal
from bot.reading.sections import sections
from bot.reading.unreadable import Unreadable
from tests.documents import form_docx
from tests.reading.campaign import RULES
from tests.reading.mails import mixed, part, text_part
from tests.reading.office import convert
from tests.reading.packing import zip_of
from tests.reading.test_formats import FIELDS, MEMBER

RED = (40, 40, 205)  # blue, green, red


def page(colour: int = 250) -> Picture:
    return numpy.full((2200, 1560, 3), colour, numpy.uint8)


def stamped(picture: Picture, x: int = 1000, y: int = 1600, radius: int = 160, colour: tuple[int, int, int] = RED) -> Picture:
    cv2.circle(picture, (x, y), radius, colour, 9)
    star = [(x + 55 * numpy.sin(i * 4 * numpy.pi / 5), y - 55 * numpy.cos(i * 4 * numpy.pi / 5)) for i in range(5)]
    cv2.fillPoly(picture, [numpy.array(star, numpy.int32)], colour)
    return picture


def printed(picture: Picture) -> Picture:
    """Black strokes all over the page, as text leaves them."""
    chance = random.Random(1)  # noqa: S311 - a drawing, the same each time
    for _ in range(3000):
        x, y = chance.randrange(1500), chance.randrange(2150)
        cv2.line(picture, (x, y), (x + chance.randrange(25), y + chance.randrange(25)), (30, 30, 30), 3)
    return picture


def grained(picture: Picture) -> Picture:
    """As a scanner or a telephone gives it: noise, blur, JPEG."""
    noise = numpy.random.default_rng(1).normal(0, 7, picture.shape)
    noisy = numpy.clip(picture * 0.93 + 8 + noise, 0, 255).astype(numpy.uint8)
    _, jpeg = cv2.imencode(".jpg", cv2.GaussianBlur(noisy, (3, 3), 0.6), [cv2.IMWRITE_JPEG_QUALITY, 70])
    return cv2.imdecode(jpeg, cv2.IMREAD_COLOR)


# --- seals ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "picture",
    [
        stamped(page()),
        stamped(page(), radius=210),
        stamped(page(), radius=115),
        stamped(printed(page())),
        stamped(page(), colour=(150, 150, 225)),
        stamped(page(215)),
        stamped(stamped(page()), x=1180, y=1650),
    ],
    ids=["plain", "large", "small", "over print", "faded", "grey paper", "two across one another"],
)
def test_a_seal_is_seen(picture: Picture) -> None:
    assert has_seal(picture)
    assert has_seal(grained(picture))


def letterhead() -> Picture:
    picture = page()
    cv2.rectangle(picture, (150, 300), (1400, 306), RED, -1)
    cv2.putText(picture, "OFFICE", (300, 250), cv2.FONT_HERSHEY_DUPLEX, 6, RED, 14)
    return picture


def shape(kind: str) -> Picture:
    picture = page()
    if kind == "disc":
        cv2.circle(picture, (1000, 1600), 160, RED, -1)
    elif kind == "square":
        cv2.rectangle(picture, (850, 1450), (1150, 1750), RED, 10)
    elif kind == "photograph":
        picture[400:900, 300:700] = numpy.random.default_rng(2).integers(0, 255, (500, 400, 3), numpy.uint8)
    elif kind == "black ring":
        stamped(picture, colour=(20, 20, 20))
    elif kind == "blue ring":
        stamped(picture, colour=(200, 60, 30))
    return picture


@pytest.mark.parametrize(
    "picture",
    [page(), printed(page()), letterhead(), *map(shape, ("disc", "square", "photograph", "black ring", "blue ring"))],
    ids=["empty", "print", "letterhead", "disc", "square", "photograph", "black ring", "blue ring"],
)
def test_what_is_no_red_ring_is_no_seal(picture: Picture) -> None:
    assert not has_seal(picture)
    assert not has_seal(grained(picture))


# --- lines and words --------------------------------------------------------------------------------------------------


def test_the_lines_of_a_table_are_found_and_strokes_of_letters_are_not() -> None:
    picture = page()
    for y in (300, 420, 540, 900):
        cv2.line(picture, (150, y), (1400, y), (60, 60, 60), 2)
    for x in (150, 400, 1400):
        cv2.line(picture, (x, 300), (x, 900), (60, 60, 60), 2)
    words = []
    for row in range(560, 880, 40):  # dense text in the last cell
        for x in range(430, 1350, 40):
            cv2.line(picture, (x + 20, row + 2), (x + 20, row + 34), (30, 30, 30), 4)
            cv2.line(picture, (x, row + 18), (x + 36, row + 18), (30, 30, 30), 4)
        words.append(Word("十" * 23, ((430, row), (1350, row), (1350, row + 36), (430, row + 36))))
    tables = ruled_tables(strokes(grained(picture), words, 842 / 2200))
    assert [(len(table.xs) - 1, len(table.ys) - 1) for table in tables] == [(2, 3)]


def test_words_share_their_box_among_their_characters() -> None:
    lying = glyphs_of([Word("姓名a ", ((0, 0), (94, 0), (94, 40), (0, 40)))], 1.0)
    assert [(glyph.text, round(glyph.x0)) for glyph in lying] == [("姓", 0), ("名", 30), ("a", 61)]
    standing = glyphs_of([Word("简历", ((0, 0), (40, 0), (40, 100), (0, 100)))], 1.0)
    assert [(glyph.text, glyph.y0, glyph.y1) for glyph in standing] == [("简", 0, 50), ("历", 50, 100)]


def test_a_page_that_leans_is_set_upright_with_its_words() -> None:
    word = Word("为民服务不计得失", ((100, 100), (500, 110), (500, 140), (100, 130)))
    turned, words = upright(page(), [word])
    assert turned.shape == page().shape
    assert abs(words[0].lean) < 0.01
    assert upright(page(), [])[1] == []


def test_a_page_on_its_side_is_known_by_its_standing_lines() -> None:
    standing = [Word("为民服务", ((x, 0), (x + 30, 0), (x + 30, 200), (x, 200))) for x in range(0, 300, 50)]
    assert is_lying(standing)
    assert not is_lying(standing[:2])


# --- whole pages ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def form_page(tmp_path_factory: pytest.TempPathFactory) -> Picture:
    """The first page of a filled form as it comes from the printer."""
    folder = tmp_path_factory.mktemp("form")
    (folder / "form.docx").write_bytes(form_docx(MEMBER))
    convert([folder / "form.docx"], "pdf", folder)
    pdf = pypdfium2.PdfDocument(folder / "form.pdf")
    try:
        return pdf[0].render(scale=200 / 72).to_numpy()[:, :, :3].copy()
    finally:
        pdf.close()


def jpeg(picture: Picture) -> bytes:
    return bytes(cv2.imencode(".jpg", picture)[1])


def leaning(picture: Picture, degrees: float) -> Picture:
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(picture, turn, (width, height), borderValue=(250, 250, 250))


def squeezed(text: str) -> str:
    """Without what a recogniser and a printer write differently: spaces, width, kinds of dashes."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _near(value: str) -> float:
    """Short values to the letter; of long ones the recogniser loses a character in a hundred."""
    return 95 if len(value) > 100 else 100


@pytest.mark.parametrize("lean", [0.0, 0.8, -1.5])
def test_a_stamped_scan_gives_the_fields_of_its_form(form_page: Picture, lean: float) -> None:
    sheet = form_page.copy()
    scanned = grained(leaning(stamped(sheet, x=int(sheet.shape[1] * 0.65), y=int(sheet.shape[0] * 0.66)), lean))
    document = read_scan(jpeg(scanned), Format.IMAGE, Limits())
    assert (document.red_seal, document.scanned, document.pages) == (True, True, 1)
    form = next(section.form for section in sections(document, "扫描件.jpg", RULES) if section.form)
    read = {field.name: squeezed(field.value) for field in form.fields}
    wrong = {name for name, value in FIELDS.items() if fuzz.ratio(read.get(name, ""), squeezed(value)) < _near(value)}
    assert wrong <= {"所在单位意见", "推荐单位意见"}  # under the seal a character may be lost
    assert form.titled == ("member",)


@pytest.mark.parametrize("quarter_turns", [1, 2, 3])
def test_a_page_that_was_scanned_the_wrong_way_round_is_turned(form_page: Picture, quarter_turns: int) -> None:
    document = read_scan(jpeg(numpy.rot90(form_page, quarter_turns)), Format.IMAGE, Limits())
    form = next(section.form for section in sections(document, "扫描件.jpg", RULES) if section.form)
    assert (form.value("姓名"), form.value("联系电话"), form.titled) == ("张三", "13800000000", ("member",))


def test_a_scan_in_an_archive_is_read_by_the_limited_process(form_page: Picture) -> None:
    packed = zip_of([("夹/盖章.jpg", jpeg(form_page)), ("broken.jpg", b"\xff\xd8\xff" + b"x" * 500)])
    mail = mixed([text_part("x"), part(packed, 'Content-Disposition: attachment; filename="a.zip"')], "From: a@example.cn")
    scanner = find_scanner(RULES, Limits())
    assert scanner is not None
    try:
        seen = scanner.look(mail, ["a.zip/夹/盖章.jpg", "a.zip/broken.jpg", "nowhere.jpg"])
        assert {path: file.red_seal for path, file in seen.items()} == {"a.zip/夹/盖章.jpg": False}
        assert seen["a.zip/夹/盖章.jpg"].sections[0].form is not None
    finally:
        scanner.close()
    assert scanner.look(mail, ["a.zip/夹/盖章.jpg"]) == {}


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xe0" + bytes(100), b"%PDF-1.4 nothing", b"GIF89a"])
def test_broken_pictures_are_refused(data: bytes) -> None:
    format = Format.PDF if data.startswith(b"%PDF") else Format.IMAGE
    with pytest.raises(Unreadable):
        list(pictures(data, format, Limits()))
