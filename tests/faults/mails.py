"""Mails of the faults that no clerk's program wrote: short words of a sender, answers of machines to a letter of ours."""

from bot.demo.cast import writer
from bot.demo.scene import Post
from bot.demo.stage import arrived, body
from tests.faults.bench import Office
from tests.reading.mails import mail, word
from tests.whole.post import Arrived


def words(sender: str, subject: str, text: str, key: str, *fields: str | bytes) -> bytes:
    """A mail of a few words; the fields given come first, as a server on the way puts them."""
    head = (f"From: <{sender}>", "To: <sjhdz2021@126.com>", f"Subject: {word(subject)}", f"Message-ID: <{key}@test.example>")
    return mail(text.encode("gb18030"), *fields, *head, "Content-Type: text/plain; charset=gb2312")


def sent_back(letter: Arrived, unit: str, prefix: str, text: str) -> bytes:
    """What a machine of a unit writes when it gets a letter of ours, in the thread but without any mark."""
    id = str(letter.message["Message-ID"])
    return words(writer(unit).address, f"{prefix}：{letter.subject}", text, f"back-{len(text)}", f"In-Reply-To: {id}")


def post_of(desk: Office) -> Post:
    """The letters that went out, as the people of the play look at them."""
    return Post([arrived(letter.content) for letter in desk.letters])


def letter_to(desk: Office, unit: str) -> str:
    """The text of the newest letter to a unit, "" where there is none."""
    address = writer(unit).address
    texts = [body(letter.message, "text/plain") for letter in desk.letters if address in letter.recipients]
    return texts[-1] if texts else ""
