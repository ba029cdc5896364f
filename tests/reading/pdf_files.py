"""PDF files for tests, made byte by byte: one page with Chinese text and what else is wanted of it."""

from collections.abc import Sequence

_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    "/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor"
    "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120"
    "/StemV 80>>>>]>>"
)
_MARKS = "<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Wingdings2/Encoding/WinAnsiEncoding>>"
_LATIN = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def text(words: str, x: float, y: float) -> str:
    """Words from this point on, 10 points high."""
    return f"BT /F 10 Tf 1 0 0 1 {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET\n"


def latin(words: str, x: float, y: float) -> str:
    """Western words, with their spaces."""
    return f"BT /L 10 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n"


def marks(letters: str, x: float, y: float) -> str:
    """Letters of Wingdings 2, which are marks."""
    return f"BT /W 10 Tf 1 0 0 1 {x} {y} Tm ({letters}) Tj ET\n"


def field(name: str, value: str, box: str) -> str:
    """A field of a form that holds a value and has no look of its own."""
    look = "/DA(/L 10 Tf 0 g)"
    return f"<</Type/Annot/Subtype/Widget/FT/Tx/T({name})/V({value})/Rect[{box}]/F 4{look}>>"


def note(words: str, box: str) -> str:
    """Words that were typed over the page; they have a look, which is drawn from its own corner."""
    look = text(words, 2, 4)
    form = f"<</Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F 4 0 R>>>>/Length {len(look)}>>"
    stream = f"{form}stream\n{look}endstream"
    return f"<</Type/Annot/Subtype/FreeText/Rect[{box}]/F 4/Contents()/AP<</N {{}}>>>>\0{stream}"


def pdf(
    content: str, box: str = "0 0 200 300", turned: int = 0, annotations: Sequence[str] = (), fields: Sequence[str] = ()
) -> bytes:
    """The page; `turned` is its /Rotate. Fields come after the annotations."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</NeedAppearances true/Fields[{fields}]/DR<</Font<</L 5 0 R>>>>"
        "/DA(/L 10 Tf 0 g)>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Rotate {turned}/Resources<</Font<</F 4 0 R/L 5 0 R/W 7 0 R>>>>"
        "/Contents 6 0 R/Annots[{all}]>>",
        _FONT,
        _LATIN,
        f"<</Length {len(content)}>>stream\n{content}endstream",
        _MARKS,
    ]
    notes, entries = list[int](), list[int]()
    for annotation in annotations:
        head, _, stream = annotation.partition("\0")
        objects += [head.replace("{}", f"{len(objects) + 2} 0 R"), stream]
        notes.append(len(objects) - 1)
    for one in fields:
        objects.append(one)
        entries.append(len(objects))
    objects[0] = objects[0].replace("{fields}", " ".join(f"{number} 0 R" for number in entries))
    objects[2] = objects[2].replace("{all}", " ".join(f"{number} 0 R" for number in [*notes, *entries]))
    return _file(objects)


def _file(objects: Sequence[str]) -> bytes:
    out, places = b"%PDF-1.7\n", list[int]()
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{one}endobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n"
    )
    return out + f"{tail}{len(out)}\n%%EOF".encode()
