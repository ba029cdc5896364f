"""The folder of a play: started anew over an earlier play, never over anything else; letters as their recipients have them."""

from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.maildir import MaildirMailbox
from bot.config import load_config
from bot.demo.pages import write_pages
from bot.demo.programs import Arrived
from bot.demo.scene import NoLetterError, Post
from bot.demo.stage import MARKER, NotAStageError, arrived, prepare

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2021, 12, 20, 23, 59, 59, tzinfo=ZONE)


TEXT = "1. 实事项目 0012 “暖巢”项目\n"


def letter(subject: str = "【受理回执】濮阳市", text: str = TEXT) -> bytes:
    message = EmailMessage()
    message["To"], message["Subject"], message["Message-ID"] = "dsb@puyang.example", subject, "<1@office.example>"
    message["Date"] = "Fri, 17 Dec 2021 09:30:05 +0800"
    message.set_content(text)
    message.add_alternative(f"<p>{subject}</p>", subtype="html")
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="附件1 推荐表.docx")
    return message.as_bytes()


def test_an_earlier_play_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    prepare(folder).drop(b"x", AT)
    (folder / "state" / "ledger.db").write_bytes(b"of the play before")
    assert sorted(path.name for path in prepare(folder).folder.iterdir()) == [MARKER, "mailbox", "shouli.toml", "state"]
    assert list((folder / "mailbox" / "new").iterdir()) == []
    assert not (folder / "state" / "ledger.db").exists()


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(NotAStageError, match="something else than an earlier play"):
        prepare(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_link_or_a_file_is_no_stage(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "file").write_text("")
    for name in ("link", "file"):
        with pytest.raises(NotAStageError, match="is not a folder"):
            prepare(tmp_path / name)


def test_mails_dropped_in_one_second_keep_time_and_order(tmp_path: Path) -> None:
    stage = prepare(tmp_path / "demo")
    for content in (b"first", b"second", b"third"):
        stage.drop(content, AT)
    mailbox = MaildirMailbox(tmp_path / "demo" / "mailbox", tmp_path / "index", ZONE)
    survey = mailbox.survey(None)
    assert [mail.received.replace(microsecond=0) for mail in survey.mails] == [AT] * 3
    fetched = mailbox.fetch(survey, [mail.uid for mail in survey.mails], 100)
    assert [mail.content for mail in fetched] == [b"first", b"second", b"third"]


def test_the_settings_of_a_play_are_settings(tmp_path: Path) -> None:
    config = load_config(prepare(tmp_path / "demo").settings, {})
    assert (config.mailbox.kind, config.courier.kind) == ("maildir", "folder")
    assert config.path(config.mailbox.path) == tmp_path / "demo" / "mailbox"


def test_a_letter_is_read_as_its_recipient_has_it() -> None:
    content = letter()
    expected = Arrived("<1@office.example>", "【受理回执】濮阳市", ("dsb@puyang.example",), TEXT, content)
    assert arrived(content) == expected


def test_letters_are_read_once_and_in_order(tmp_path: Path) -> None:
    stage = prepare(tmp_path / "demo")
    (stage.folder / "letters" / "new").mkdir(parents=True)
    for number, subject in ((2, "second"), (1, "first")):
        (stage.folder / "letters" / "new" / f"0000{number}-receipt.eml").write_bytes(letter(subject))
    assert [one.subject for one in stage.letters()] == ["first", "second"]
    assert len(stage.letters()) == 2


def test_a_clerk_finds_the_number_near_the_nominee() -> None:
    text = "联系电话 0371-65901305\n实事项目\n  “暖巢”项目\n  编号：0012\n"
    post = Post([arrived(letter(text=text))])
    assert post.number("dsb@puyang.example", "“暖巢”项目") == "0012"
    with pytest.raises(NoLetterError):
        post.number("dsb@puyang.example", "“清源”项目")


def test_every_letter_gets_a_page_with_its_files_beside_it(tmp_path: Path) -> None:
    stage = prepare(tmp_path / "demo")
    (stage.folder / "letters" / "new").mkdir(parents=True)
    (stage.folder / "letters" / "new" / "00001-receipt-abc.eml").write_bytes(letter("【受理回执】<b>"))
    index = write_pages(stage)
    names = sorted(path.name for path in index.parent.iterdir())
    assert names == ["00001-receipt-abc-1.docx", "00001-receipt-abc.html", "index.html"]
    assert "【受理回执】&lt;b&gt;" in index.read_text("utf-8")
    assert "【受理回执】<b>" not in index.read_text("utf-8")
    assert "<td>17 Dec 09:30</td>" in index.read_text("utf-8")
