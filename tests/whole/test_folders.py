"""The folders for people, in the whole program: mails are moved after they were answered, and nothing is taken in twice."""

import re

import pytest

from tests.whole.post import Post
from tests.whole.test_command import AT, nomination

pytestmark = pytest.mark.server


def folders(post: Post, *names: str) -> dict[str, int]:
    with post.mailbox() as client:
        return {
            name: int(client.folder_status(name, ["MESSAGES"])[b"MESSAGES"]) if client.folder_exists(name) else 0
            for name in names
        }


def wanted(post: Post, after: str) -> None:
    settings = post.folder / "shouli.toml"
    settings.write_text(f'{settings.read_text()}\n[folders]\nafter = "{after}"\n')


def test_mails_are_moved_where_people_look_for_them_and_one_that_is_moved_back_is_known(post: Post) -> None:
    wanted(post, "move")
    post.append(nomination("water", "a"), AT)
    post.append(nomination("insurance", "b", "project", 0, "联系电话"), AT, (b"\\Flagged",))
    first = post.shouli("once")
    assert first.returncode == 0, first.stderr
    assert len(post.sink.letters) == 2
    assert folders(post, "INBOX", "已受理", "待补正", "待核定") == {"INBOX": 0, "已受理": 1, "待补正": 1, "待核定": 0}
    with post.mailbox() as client:
        client.select_folder("待补正")
        assert b"\\Flagged" in client.get_flags(client.search("ALL")).popitem()[1]
        client.move(client.search("ALL"), "INBOX")
    assert post.here("once").returncode == 0
    assert len(post.sink.letters) == 2
    assert folders(post, "INBOX", "待补正") == {"INBOX": 1, "待补正": 0}  # people are right


def test_a_mailbox_that_can_make_no_folder_costs_no_answer_and_is_asked_again(post: Post) -> None:
    wanted(post, "copy")
    settings = post.folder / "shouli.toml"
    settings.write_text(re.sub(r"\[folders\]", '[folders]\naccepted = "a//b"', settings.read_text()))
    post.append(nomination("water", "a"), AT)
    done = post.here("once")
    assert len(post.sink.letters) == 1
    assert "mail 1: not put into its folder, tried again in the next round" in done.stderr
    settings.write_text(settings.read_text().replace("a//b", "已收"))
    assert post.here("once").returncode == 0
    assert folders(post, "INBOX", "已收") == {"INBOX": 1, "已收": 1}


def test_by_default_the_mailbox_is_not_touched(post: Post) -> None:
    post.append(nomination("water", "a"), AT)
    assert post.here("once").returncode == 0
    with post.mailbox() as client:
        assert [name for _, _, name in client.list_folders()] == ["INBOX"]
