"""Alerts through the whole program: the mailbox goes, the operator hears of it once; it comes back, and once more."""

import json

import pytest

from bot.adapters.heartbeat import read_beat
from tests.whole.post import Gate, Post, Sink

pytestmark = pytest.mark.server

OPERATOR = "operator@leading-group.example"


def watched(post: Post, port: int) -> None:
    """The operator hears of everything at once: the patience itself is tested with a clock of its own."""
    post.settle(port)
    settings = post.folder / "shouli.toml"
    settings.write_text(f'{settings.read_text()}\n[operator]\nalert_to = ["{OPERATOR}"]\nalert_minutes = 0\n')


def told(sink: Sink) -> list[str]:
    return [letter.subject[:6] for letter in sink.letters if letter.recipients == (OPERATOR,)]


def test_fault_25_a_mailbox_that_is_gone_is_told_once_and_once_when_it_is_back(post: Post) -> None:
    gate = Gate(post.dovecot.tls_port)
    watched(post, gate.port)
    gate.open()
    assert post.shouli("once").returncode == 0
    gate.shut()
    for _ in range(3):
        assert post.here("once").returncode == 1
    assert told(post.sink) == ["【系统告警】"]
    state = post.here("status", "--json")
    assert state.returncode == 2
    status = json.loads(state.stdout)
    assert (status["level"], list(status["failing_since"])) == (2, ["polling"])
    beat = read_beat(post.folder / "state")
    assert beat is not None
    assert beat.trouble.startswith("mailbox: ")
    gate.open()
    for _ in range(3):
        assert post.here("once").returncode == 0
    gate.shut()
    assert told(post.sink) == ["【系统告警】", "【系统恢复】"]
    assert post.here("status").returncode == 0
