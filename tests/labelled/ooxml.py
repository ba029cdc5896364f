"""Word documents written by hand, element by element, so that every dress that a form may wear can be made."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text: str) -> str:
    """A run of text; tabs and line breaks become what Word makes of them."""
    inner = "".join(
        "<w:br/>" if piece == "\n" else f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in _broken(text) if piece
    )
    return f'<w:r><w:rPr><w:rFonts w:eastAsia="仿宋"/></w:rPr>{inner}</w:r>'


def _broken(text: str) -> list[str]:
    pieces: list[str] = []
    for line in text.split("\n"):
        pieces += ["\n", line]
    return pieces[1:]


def runs(text: str, split: str = "") -> str:
    """The same text in one run, or broken, tracked, linked, tagged as Word does."""
    if not split or len(text) < 3:
        return run(text)
    if split != "broken":
        return _TEXTURES[split](text)
    cut = max(1, len(text) // 3)
    mark = '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    return run(text[:1]) + mark + run(text[1:cut]) + run(text[cut:]) if cut > 1 else run(text[:1]) + mark + run(text[1:])


def _tracked(text: str) -> str:
    gone = '<w:del w:id="7" w:author="a"><w:r><w:delText>旧的内容</w:delText></w:r></w:del>'
    return run(text[:1]) + gone + f'<w:ins w:id="8" w:author="a">{run(text[1:])}</w:ins>'


_TEXTURES: dict[str, Callable[[str], str]] = {
    "tracked": _tracked,
    "linked": lambda text: f'<w:hyperlink w:anchor="x">{run(text[:2])}</w:hyperlink>{run(text[2:])}',
    "tagged": lambda text: f'<w:smartTag w:element="date">{run(text[:2])}</w:smartTag>{run(text[2:])}',
    "field": lambda text: f'{run(text[:2])}<w:fldSimple w:instr=" MERGEFIELD x ">{run(text[2:])}</w:fldSimple>',
    "inline": lambda text: run(text[:2]) + control(run(text[2:])),
    "proofed": lambda text: f'{run(text[:2])}<w:commentRangeStart w:id="1"/>{run(text[2:])}<w:commentRangeEnd w:id="1"/>',
}


def paragraph(text: str, *, split: str = "", centred: bool = False) -> str:
    """A paragraph; a line break in `text` stays a soft break."""
    look = '<w:pPr><w:jc w:val="center"/></w:pPr>' if centred else ""
    return f"<w:p>{look}{runs(text, split)}</w:p>"


def paragraphs(text: str, *, split: str = "") -> str:
    """A paragraph for every line."""
    return "".join(paragraph(line, split=split) for line in text.split("\n"))


def control(inner: str, tag: str = "value") -> str:
    """A content control around blocks or runs."""
    return f'<w:sdt><w:sdtPr><w:alias w:val="{escape(tag)}"/><w:text/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def text_box(text: str) -> str:
    """A paragraph with a text box, in the new dress and in the fallback for old Words."""
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    shape = (
        '<w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = f"<w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>"
    return (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its blocks, how many columns it spans, and its part in a cell merged downwards."""

    blocks: str
    span: int = 1
    down: str = ""  # "start", "more" or nothing
    vertical: bool = False
    controlled: bool = False  # the cell itself sits in a content control


def _cell(box: Box) -> str:
    merged = {"start": '<w:vMerge w:val="restart"/>', "more": "<w:vMerge/>"}.get(box.down, "")
    span = f'<w:gridSpan w:val="{box.span}"/>' if box.span > 1 else ""
    direction = '<w:textDirection w:val="tbRlV"/>' if box.vertical else ""
    cell = f"<w:tc><w:tcPr>{span}{merged}{direction}</w:tcPr>{box.blocks or '<w:p/>'}</w:tc>"
    return control(cell) if box.controlled else cell


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def table(rows: list[list[Box]], columns: int) -> str:
    """A table of so many grid columns."""
    grid = '<w:gridCol w:w="1400"/>' * columns
    body = "".join(f"<w:tr>{''.join(_cell(box) for box in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def document(body: str, extra: dict[str, bytes] | None = None) -> bytes:
    """The package; always the same bytes for the same body."""
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {_NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>'
    parts = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _RELS.encode(),
        "word/document.xml": xml.encode(),
        **(extra or {}),
    }
    return packed(parts)


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip with a fixed date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2021, 12, 9, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
