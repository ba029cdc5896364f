"""Lays the letters out for reading in a browser: each letter's HTML, its attachments beside it, and one page that lists all."""

from collections.abc import Iterator
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from html import escape
from pathlib import Path

from bot.demo.stage import Stage, attachments, body, decoded

_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Letters</title>
<style>
body {{ font: 15px/1.6 sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em; color: #222; background: #fff }}
table {{ border-collapse: collapse; width: 100% }}
td, th {{ border-bottom: 1px solid #ddd; padding: .4em .6em; text-align: left; vertical-align: top }}
td:first-child {{ white-space: nowrap }}
</style></head>
<body><h1>Letters of the play ({count})</h1>
<table><tr><th>Date</th><th>To</th><th>Subject</th><th>Attachments</th></tr>
{rows}</table></body></html>
"""


def write_pages(stage: Stage) -> Path:
    """Write `pages/` and give its index."""
    folder = stage.folder / "pages"
    folder.mkdir(mode=0o700)
    rows = [_write_letter(folder, path) for path in stage.letter_files()]
    index = folder / "index.html"
    index.write_text(_PAGE.format(count=len(rows), rows="".join(rows)), "utf-8")
    return index


def _write_letter(folder: Path, path: Path) -> str:
    """The files of one letter, and its row in the list."""
    message = message_from_bytes(path.read_bytes())
    page = f"{path.stem}.html"
    (folder / page).write_text(body(message, "text/html"), "utf-8")
    links = [f'<a href="{name}">{escape(title)}</a>' for name, title in _write_files(folder, path, list(attachments(message)))]
    subject, recipient = escape(decoded(message["Subject"])), escape(decoded(message["To"]))
    sent = parsedate_to_datetime(str(message["Date"]))
    cells = (f"{sent:%d %b %H:%M}", recipient, f'<a href="{page}">{subject}</a>', "<br>".join(links))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n"


def _write_files(folder: Path, path: Path, files: list[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    """The attachments, under plain names of our own; only the extension is the attachment's."""
    for number, (title, content) in enumerate(files, 1):
        extension = Path(title).suffix if Path(title).suffix[1:].isalnum() else ""
        name = f"{path.stem}-{number}{extension}"
        (folder / name).write_bytes(content)
        yield name, title
