import errno
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.confinement import confinement
from bot.adapters.rules import load_rules
from bot.adapters.worker import LimitedReader
from bot.model import Problem, Reading
from bot.reading import unrar
from bot.reading.limits import MIB, Limits
from bot.reading.mail import read_mail
from tests.reading.mail_rules import RULES
from tests.reading.mails import PNG, mail, mixed, part, text_part
from tests.reading.packing import zip_of
from tests.reading.rar_files import RAR5

ACCIDENTS = "tests.adapters.crashing_reader"
LIMITS = Limits(memory=600 * MIB)
HURRIED = Limits(file_seconds=1.0)  # only where running out of time is the point: a loaded machine needs seconds to fill memory


@pytest.fixture
def reader() -> Iterator[LimitedReader]:
    with closing(LimitedReader(RULES, LIMITS, module=ACCIDENTS)) as made:
        yield made


def submission(*files: tuple[str, bytes]) -> bytes:
    parts = [part(content, f'Content-Disposition: attachment; filename="{name}"') for name, content in files]
    return mixed([text_part("正文"), *parts], "From: a@example.cn", "Subject: x")


def problems(reading: Reading) -> list[tuple[str, object]]:
    return [(file.path, file.problem and file.problem.facts.get("cause")) for file in reading.files]


def test_a_mail_read_in_the_process_reads_as_without_it() -> None:
    content = submission(("a.png", PNG), ("b.zip", zip_of([("夹/c.png", PNG)])), ("d.exe", b"MZ\x90\x00"), ("e.docx", b""))
    with closing(LimitedReader(RULES)) as reader:
        assert reader.read(content) == read_mail(content, RULES, Limits())


@pytest.mark.parametrize(
    ("accident", "cause"),
    [(b"ABORT", "crash"), (b"OUT OF MEMORY", "memory"), (b"EAT", "memory"), (b"GARBAGE", "crash")],
)
def test_an_accident_costs_one_file_and_the_others_are_read(reader: LimitedReader, accident: bytes, cause: str) -> None:
    reading = reader.read(submission(("a.png", PNG), ("b.docx", accident), ("c.png", PNG)))
    assert problems(reading) == [("a.png", None), ("b.docx", cause), ("c.png", None)]
    assert reading.files[1].problem is not None
    assert reading.files[1].problem.check == "attachment-unreadable"
    assert reading.text == "正文"


def test_a_file_that_never_ends_costs_its_own_time_only() -> None:
    with closing(LimitedReader(RULES, HURRIED, module=ACCIDENTS)) as reader:
        reading = reader.read(submission(("a.png", PNG), ("b.docx", b"SPIN"), ("c.png", PNG)))
    assert problems(reading) == [("a.png", None), ("b.docx", "time"), ("c.png", None)]


def test_an_accident_inside_an_archive_is_told_of_the_member(reader: LimitedReader) -> None:
    reading = reader.read(submission(("a.zip", zip_of([("1.png", PNG), ("2.docx", b"ABORT"), ("3.png", PNG)]))))
    assert problems(reading) == [("a.zip", None), ("a.zip/1.png", None), ("a.zip/2.docx", "crash"), ("a.zip/3.png", None)]


def test_several_accidents_in_one_mail_cost_their_files_each(reader: LimitedReader) -> None:
    reading = reader.read(submission(("a", b"ABORT"), ("b", b"OUT OF MEMORY"), ("c.png", PNG), ("d", b"ABORT")))
    assert problems(reading) == [("a", "crash"), ("b", "memory"), ("c.png", None), ("d", "crash")]


def test_after_too_many_accidents_the_rest_is_only_listed() -> None:
    with closing(LimitedReader(RULES, Limits(restarts=3), module=ACCIDENTS)) as reader:
        reading = reader.read(submission(*((f"{n}", b"ABORT") for n in range(8)), ("z.png", PNG)))
    assert [path for path, _ in problems(reading)] == [*(str(n) for n in range(8)), "z.png"]
    assert {cause for _, cause in problems(reading)} == {"crash"}


def test_a_mail_that_takes_too_long_as_a_whole_is_listed_at_least() -> None:
    limits = Limits(file_seconds=20, mail_seconds=2)
    with closing(LimitedReader(RULES, limits, module=ACCIDENTS)) as reader:
        reader.read(submission(("warm.png", PNG)))  # starting the process is not what takes too long here
        reading = reader.read(submission(("a.docx", b"SPIN"), ("b.png", PNG)))
    assert problems(reading) == [("a.docx", "time"), ("b.png", "time")]


@pytest.mark.parametrize(("words", "cause"), [("ABORT THE MAIL", "crash"), ("EAT THE MAIL", "memory")])
def test_a_mail_that_ends_the_process_itself_keeps_its_header(reader: LimitedReader, words: str, cause: str) -> None:
    reading = reader.read(mail(words, "From: a@example.cn", "Subject: x"))
    assert (reading.headers.sender.address, reading.headers.subject, reading.text) == ("a@example.cn", "x", "")
    assert reading.defects == (f"reading ended the process: {cause}",)
    assert reader.read(submission(("a.png", PNG))).files[0].path == "a.png"


def test_one_process_serves_many_mails_and_is_renewed_after_its_share() -> None:
    with closing(LimitedReader(RULES, Limits(mails_per_worker=2))) as reader:
        pids = []
        for _ in range(4):
            reader.read(submission(("a.png", PNG)))
            pids.append(reader.pid)
    assert pids[0] == pids[1] != pids[2] == pids[3]
    assert reader.pid is None


def test_a_process_that_somebody_killed_between_two_mails_is_replaced(reader: LimitedReader) -> None:
    reader.read(submission(("a.png", PNG)))
    assert reader.pid is not None
    os.kill(reader.pid, signal.SIGKILL)
    assert problems(reader.read(submission(("a.png", PNG)))) == [("a.png", None)]


def test_a_reading_that_was_interrupted_leaves_nothing_behind(reader: LimitedReader) -> None:
    def impatient() -> float:
        raise KeyboardInterrupt

    reader.read(submission(("a.png", PNG)))
    with closing(LimitedReader(RULES, LIMITS, clock=impatient)) as interrupted:
        with pytest.raises(KeyboardInterrupt):
            interrupted.read(submission(("a.png", PNG)))
        assert interrupted.pid is None


def test_what_libraries_print_does_not_get_between(reader: LimitedReader) -> None:
    assert problems(reader.read(submission(("a.png", b"PRINT"), ("b.png", PNG)))) == [("a.png", None), ("b.png", None)]


def test_the_process_knows_no_secrets_and_is_confined(reader: LimitedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOULI_IMAP_PASSWORD", "secret")
    told = reader.read(submission(("a", b"TELL"))).files[0].problem
    assert told == Problem(
        "attachment-unreadable",
        {
            "environment": "LANG PATH PYTHONPATH PYTHONSAFEPATH",
            "limits": f"{LIMITS.memory} {LIMITS.written_bytes} {LIMITS.open_files} 0",
            "session": "True",
            "open": "",
        },
    )


def test_the_process_cannot_reach_this_machine_itself(reader: LimitedReader) -> None:
    holds = confinement()
    assert holds is not None
    if not holds.off_network:
        pytest.skip("the kernel does not let this user leave the network")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        told = reader.read(submission(("a", b"DIAL %d" % port))).files[0].problem
        socket.create_connection(("127.0.0.1", port)).close()  # it was no fault of the server's
    assert told == Problem("attachment-unreadable", {"dialled": os.strerror(errno.ENETUNREACH)})


def test_what_holds_a_reader_is_told_by_a_process_that_was_confined() -> None:
    holds = confinement()
    assert holds is not None
    assert (holds.limited, holds.no_new_privileges) == (True, sys.platform == "linux")


def test_a_large_mail_goes_through_the_pipes(reader: LimitedReader) -> None:
    content = submission(("a.png", PNG + bytes(20 * MIB)))
    assert reader.read(content).files[0].size == len(PNG) + 20 * MIB


def test_rules_as_the_loader_gives_them_go_over_the_wire() -> None:
    rules = load_rules(Path(__file__).parents[2] / "rules" / "3x100-2021")
    content = submission(("a.png", PNG))
    with closing(LimitedReader(rules)) as reader:
        assert reader.read(content) == read_mail(content, rules, Limits())


@pytest.mark.skipif(not unrar.is_there(), reason="the extra “rar” is not installed")
def test_a_rar_archive_is_unpacked_within_the_limits(reader: LimitedReader) -> None:
    assert [path for path, cause in problems(reader.read(submission(("a.rar", RAR5)))) if cause is None] == [
        "a.rar",
        "a.rar/stest1.txt",
        "a.rar/stest2.txt",
    ]
