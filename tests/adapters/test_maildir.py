"""What is particular to a Maildir: names that move, files that are none of ours, and the index of UIDs."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.maildir import PAGE, MaildirMailbox
from bot.ports import MailboxError, Mark, Survey
from tests.fakes import NOON, ZONE, mail_bytes


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for part in ("tmp", "new", "cur"):
        (tmp_path / "Maildir" / part).mkdir(parents=True)
    return tmp_path / "Maildir"


def opened(maildir: Path) -> MaildirMailbox:
    return MaildirMailbox(maildir, maildir.parent / "index", ZONE)


def put(maildir: Path, name: str, content: bytes = b"x", minutes: float = 0) -> Path:
    file = maildir / "new" / name
    file.write_bytes(content)
    moment = (NOON + timedelta(minutes=minutes)).timestamp()
    os.utime(file, (moment, moment))
    return file


def bodies(mailbox: MaildirMailbox, survey: Survey) -> list[bytes | None]:
    return [mail.content for mail in mailbox.fetch(survey, [mail.uid for mail in survey.mails], 10**6)]


def test_a_mail_that_is_read_while_it_is_fetched_is_found_under_its_new_name(maildir: Path) -> None:
    file = put(maildir, "1.host", mail_bytes("1"))
    mailbox = opened(maildir)
    survey = mailbox.survey(None)
    file.rename(maildir / "cur" / "1.host:2,S")
    assert bodies(mailbox, survey) == [mail_bytes("1")]
    (maildir / "cur" / "1.host:2,S").rename(maildir / "cur" / "1.host:2,RS")
    assert mailbox.survey(None) == survey
    assert bodies(mailbox, survey) == [mail_bytes("1")]


def test_uids_follow_the_order_of_arrival_and_never_change(maildir: Path) -> None:
    put(maildir, "b", b"second", 2)
    put(maildir, "c", b"first", 1)
    mailbox = opened(maildir)
    assert bodies(mailbox, mailbox.survey(None)) == [b"first", b"second"]
    put(maildir, "a", b"delivered late with an old time", 0)
    again = opened(maildir)
    assert bodies(again, again.survey(None)) == [b"first", b"second", b"delivered late with an old time"]


def test_only_plain_files_are_mails(maildir: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("not a mail")
    (maildir / "new" / "link").symlink_to(tmp_path / "secret")
    (maildir / "new" / "folder").mkdir()
    put(maildir, ".hidden")
    put(maildir, "mail")
    assert len(opened(maildir).survey(None).mails) == 1


def test_a_mail_that_is_changed_for_a_link_before_it_is_fetched_is_not_followed(maildir: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("not a mail")
    file = put(maildir, "mail")
    mailbox = opened(maildir)
    survey = mailbox.survey(None)
    file.unlink()
    file.symlink_to(tmp_path / "secret")
    with pytest.raises(MailboxError):
        bodies(mailbox, survey)


@pytest.mark.parametrize("name", ["with space", "new\nline", "字", "%41", "a\x85b\u2028c", os.fsdecode(b"\xff\xfe")])
def test_a_name_of_any_bytes_keeps_its_uid(maildir: Path, name: str) -> None:
    put(maildir, "1", minutes=0)
    put(maildir, name, mail_bytes("odd"), minutes=1)
    first = opened(maildir).survey(None)
    put(maildir, "3", minutes=2)
    mailbox = opened(maildir)
    survey = mailbox.survey(None)
    assert survey.mails[:2] == first.mails
    assert bodies(mailbox, survey)[1] == mail_bytes("odd")


def test_an_index_that_a_crash_cut_short_goes_on_from_its_last_whole_line(maildir: Path) -> None:
    for n in range(3):
        put(maildir, str(n), minutes=n)
    first = opened(maildir).survey(None)
    index = maildir.parent / "index"
    index.write_bytes(index.read_bytes()[:-2])
    assert opened(maildir).survey(None) == first
    assert opened(maildir).survey(None) == first


@pytest.mark.parametrize("damage", [b"", b"garbage\n", b"uidvalidity x\n"])
def test_an_index_that_is_lost_means_a_new_uidvalidity(maildir: Path, damage: bytes) -> None:
    put(maildir, "1")
    first = opened(maildir).survey(None)
    (maildir.parent / "index").write_bytes(damage)
    second = opened(maildir).survey(Mark("INBOX", first.uidvalidity, 1))
    assert (second.uidvalidity != first.uidvalidity, len(second.mails)) == (True, 1)


def test_a_long_backlog_is_listed_a_page_at_a_time(maildir: Path) -> None:
    for n in range(PAGE + 2):
        put(maildir, f"{n:05d}", minutes=n)
    mailbox = opened(maildir)
    first = mailbox.survey(None)
    assert len(first.mails) == PAGE
    assert len(mailbox.survey(Mark("INBOX", first.uidvalidity, first.mails[-1].uid)).mails) == 2


def test_a_folder_that_is_no_maildir_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(MailboxError, match="no Maildir"):
        MaildirMailbox(tmp_path, tmp_path / "index", ZONE).survey(None)
