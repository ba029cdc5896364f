"""OFD (GB/T 33190), the Chinese fixed-layout format: a zip of XML with placed characters and paths, in millimetres."""

import posixpath
import re
from collections.abc import Iterator, Mapping

from lxml import etree

from bot.model import Document
from bot.reading.limits import Limits
from bot.reading.package import Package, local
from bot.reading.page_grid import Rule
from bot.reading.page_layout import Glyph, Pages
from bot.reading.tables import Writer
from bot.reading.unreadable import Unreadable

_POINTS = 72 / 25.4
_STRAIGHT = 0.5  # millimetres a line may lean and still be a rule
_MOST = 200_000  # characters of one text object: more is no page
_PATH = re.compile(r"([A-Za-z])|(-?\d+(?:\.\d+)?)")
_ARGUMENTS: Mapping[str, int] = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}

Matrix = tuple[float, float, float, float, float, float]


def read_ofd(data: bytes, limits: Limits) -> Document:
    """The document; raises `Unreadable`."""
    package = Package(data, limits)
    root = package.xml("OFD.xml")
    if root is None:
        raise Unreadable.damaged("no OFD.xml")
    pages = Pages(Writer(limits))
    images = characters = number = 0
    for base, document in _documents(package, root):
        templates = {_get(e, "ID"): posixpath.join(base, _get(e, "BaseLoc")) for e in _all(document, "TemplatePage")}
        height = next((box[3] for e in _all(document, "PhysicalBox") if len(box := _floats(e.text)) == 4), 297.0)
        for entry in list(_all(document, "Page"))[: limits.pages]:
            number += 1
            glyphs, rules, pictures = _page(package, posixpath.join(base, _get(entry, "BaseLoc")), templates)
            images += pictures
            characters += len(glyphs)
            if characters <= limits.document_characters:
                pages.take(number, height * _POINTS, glyphs, rules)
    pages.finish()
    return Document(
        tuple(pages.writer.blocks),
        images=images,
        pages=number,
        scanned=images > 0 and not characters,
        margins=tuple(pages.margins),
    )


def _documents(package: Package, root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Each document of the package with the folder its paths start from."""
    for entry in _all(root, "DocRoot"):
        path = (entry.text or "").strip().lstrip("/")
        document = package.xml(path)
        if document is not None:
            yield posixpath.dirname(path), document


def _page(package: Package, path: str, templates: Mapping[str, str]) -> tuple[list[Glyph], list[Rule], int]:
    content = package.xml(posixpath.normpath(path))
    if content is None:
        return [], [], 0
    layers = [content]
    for template in _all(content, "Template"):
        under = package.xml(posixpath.normpath(templates.get(_get(template, "TemplateID"), "")))
        layers += [] if under is None else [under]
    glyphs: list[Glyph] = []
    rules: list[Rule] = []
    images = 0
    for layer in layers:
        for element in layer.iter():
            name = local(element.tag)
            if name == "TextObject":
                glyphs += _glyphs(element)
            elif name == "PathObject":
                rules += _rules(element)
            elif name == "ImageObject":
                images += 1
    return glyphs, rules, images


def _glyphs(element: etree._Element) -> Iterator[Glyph]:
    """The characters of a text object: each code has a start and the steps from character to character."""
    box, size, matrix = _box(element), _first(_get(element, "Size"), 3.5), _matrix(element)
    for code in _all(element, "TextCode"):
        x, y = _first(_get(code, "X"), 0.0), _first(_get(code, "Y"), 0.0)
        across, down = _steps(_get(code, "DeltaX")), _steps(_get(code, "DeltaY"))
        for place, char in enumerate((code.text or "")[:_MOST]):
            if place:
                x += across[place - 1] if place <= len(across) else (0.0 if down else size)
                y += down[place - 1] if place <= len(down) else 0.0
            if not char.isspace():
                left, base = _moved(x, y, matrix, box)
                right, _ = _moved(x + (size if ord(char) > 0x2E7F else size / 2), y, matrix, box)
                height = max(abs(right - left) if ord(char) > 0x2E7F else 2 * abs(right - left), 0.5)
                yield Glyph(
                    char, left * _POINTS, (base - 0.88 * height) * _POINTS, right * _POINTS, (base + 0.12 * height) * _POINTS
                )


def _rules(element: etree._Element) -> Iterator[Rule]:
    """The axis-parallel lines of a path in abbreviated form (GB/T 33190, 9.1)."""
    box, matrix = _box(element), _matrix(element)
    for data in _all(element, "AbbreviatedData"):
        start = last = (0.0, 0.0)
        for command, numbers in _commands(data.text or ""):
            point = start if command == "C" else _moved(numbers[-2], numbers[-1], matrix, box)
            if command in "LC":
                yield from _rule(last, point)
            if command in "SM":
                start = point
            last = point


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    command, numbers = "", list[float]()
    for letter, number in _PATH.findall(text):
        if letter:
            command, numbers = letter, []
            if letter == "C":
                yield letter, []
        elif command in _ARGUMENTS:
            numbers.append(float(number))
            if len(numbers) == _ARGUMENTS[command]:
                yield command, numbers
                numbers = []


def _rule(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if (x1 - x0 <= _STRAIGHT) != (y1 - y0 <= _STRAIGHT):
        yield Rule(x0 * _POINTS, y0 * _POINTS, x1 * _POINTS, y1 * _POINTS)


def _moved(x: float, y: float, matrix: Matrix, box: list[float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return box[0] + a * x + c * y + e, box[1] + b * x + d * y + f


def _steps(text: str) -> list[float]:
    """Steps between characters; “g 3 4.2” stands for three times 4.2."""
    words = text.split()
    steps: list[float] = []
    while words and len(steps) < _MOST:
        word = words.pop(0)
        if word == "g" and len(words) >= 2:
            times, step = _first(words.pop(0), 0.0), _first(words.pop(0), 0.0)
            steps += [step] * min(int(times), _MOST)
        else:
            steps.append(_first(word, 0.0))
    return steps


def _matrix(element: etree._Element) -> Matrix:
    numbers = _floats(_get(element, "CTM"))
    return (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]) if len(numbers) == 6 else (1, 0, 0, 1, 0, 0)


def _box(element: etree._Element) -> list[float]:
    numbers = _floats(_get(element, "Boundary"))
    return numbers if len(numbers) == 4 else [0.0, 0.0, 0.0, 0.0]


def _floats(text: str | None) -> list[float]:
    return [_first(word, 0.0) for word in (text or "").split()[:8]]


def _first(text: str, otherwise: float) -> float:
    try:
        number = float(text)
    except ValueError:
        return otherwise
    return number if abs(number) < 1e6 else otherwise


def _all(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (inner for inner in element.iter() if local(inner.tag) == name)


def _get(element: etree._Element, name: str) -> str:
    return element.get(name) or ""
