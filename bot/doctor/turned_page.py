"""A page that lies on its side and names a Chinese font without bringing it: it shows whether this machine has one.

pdfium takes the extent of such characters from the machine's fonts and passes over a line that has none. Upright pages are
read all the same, turned ones are not.
"""

from bot.reading.limits import Limits
from bot.reading.pdf import read_pdf

WORDS = "推荐表"

_DRAWN = f"0 1 -1 0 300 0 cm BT /F 10 Tf 1 0 0 1 80 270 Tm <{WORDS.encode('utf-16-be').hex()}> Tj ET"
_OBJECTS = (
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Rotate 90/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>",
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    "/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor"
    "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120"
    "/StemV 80>>>>]>>",
    f"<</Length {len(_DRAWN)}>>stream\n{_DRAWN}\nendstream",
)


def is_read() -> bool:
    """Whether the words of the page are read on this machine."""
    document = read_pdf(_file(), Limits())
    return any(block.paragraph is not None and block.paragraph.text == WORDS for block in document.blocks)


def _file() -> bytes:
    """The objects with a table of where each begins (ISO 32000-1, 7.5.4)."""
    content, starts = "%PDF-1.4\n", list[int]()
    for number, one in enumerate(_OBJECTS, 1):
        starts.append(len(content))
        content += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(_OBJECTS) + 1
    trailer = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(content)}\n%%EOF"
    return f"{content}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")
