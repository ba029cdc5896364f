"""Writes the golden letters anew: `python -m tests.letters.regolden [FOLDER]`; look at each difference before committing."""

import email
import email.policy
import sys
from pathlib import Path

from tests.letters.scenes import SCENES

GOLDEN = Path(__file__).parent / "golden"


def parts(content: bytes) -> tuple[str, str]:
    """The text and the HTML of a message, as a mail program shows them; the text under its subject and recipients."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    names = [part.get_filename() for part in message.iter_attachments()]
    top = [f"To: {message['To']}", f"Subject: {message['Subject']}", *(f"Attachment: {name}" for name in names)]
    return "\n".join((*top, "", _lines(text.get_content()))), _lines(html.get_content())


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def main(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for scene in SCENES:
        text, html = parts(scene().content)
        (folder / f"{scene.__name__}.txt").write_text(text, "utf-8")
        (folder / f"{scene.__name__}.html").write_text(html, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else GOLDEN)
