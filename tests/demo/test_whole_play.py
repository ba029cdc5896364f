"""The whole play through the real program, every mail compared with what the campaign's rules say must become of it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.rules import load_rules
from bot.adapters.store import SqlStore
from bot.app import App
from bot.campaign import Rules
from bot.config import load_config
from bot.demo.play import days, play
from bot.demo.scene import ZONE, Expected, Post, Scene, Wanted, on
from bot.demo.script import script
from bot.letters.recompose import opened
from bot.model import Finding, Letter, MailRow, Nomination, OutboxRow, Outcome, State
from bot.opening import open_app
from bot.ports import Clock
from bot.steps.message_id import message_id
from tests.letters.soundness import unsound

RULES = Path(__file__).parents[2] / "rules" / "3x100-2021"


@dataclass(frozen=True)
class Ended:
    """What lies there when the play is over."""

    code: int
    said: tuple[str, ...]
    seen: dict[str, Expected]  # by scene: what became of its mail, looked at right afterwards
    keys: dict[int, str]  # the scene of each mail
    mails: tuple[MailRow, ...]
    nominations: tuple[Nomination, ...]
    letters: tuple[OutboxRow, ...]
    folder: Path
    names: dict[str | None, str]

    def mail(self, key: str) -> MailRow:
        return next(mail for mail in self.mails if self.keys[mail.id] == key)


class Watched:
    """The real worker, looked over its shoulder after every round."""

    def __init__(self, app: App, scenes: dict[str, str]) -> None:
        self.app = app
        self.scenes = scenes  # keys by Message-ID
        self.seen: dict[str, Expected] = {}
        self.keys: dict[int, str] = {}
        self.store, self.rules = app.store, app.rules
        self.start, self.next_due, self.export = app.start, app.next_due, app.export
        self._names = _names(app.rules)
        self._states: dict[str, State] = {}

    def round(self) -> None:
        self.app.round()
        with self.store.glance() as ledger:
            fresh = [mail for mail in ledger.mails.all() if mail.id not in self.keys]
            nominations = {one.number: one for one in ledger.nominations.all()} if fresh else {}
        for mail in fresh:
            self.keys[mail.id] = self.scenes[mail.message_id]
            self.seen[self.keys[mail.id]] = self._observed(mail, nominations)
        self._states |= {number: one.state for number, one in nominations.items()}

    def _observed(self, mail: MailRow, nominations: dict[str, Nomination]) -> Expected:
        """What became of a mail, in the words of an expectation."""
        assert mail.outcome is not None
        filed = [nominations[number] for number in mail.filed if mail.outcome is Outcome.RECEIVED]
        wanted = (Wanted(one.nominee, one.category, one.state, _ids(one.findings), one.version) for one in filed)
        moved = {
            one.nominee: one.state
            for one in nominations.values()
            if one not in filed and one.state is not self._states.get(one.number)
        }
        return Expected(
            mail.outcome, self._names[mail.unit], mail.command, _ids(mail.findings), tuple(sorted(wanted, key=str)), moved
        )


def run(folder: Path, scenes: Sequence[Scene]) -> Ended:
    """Play these scenes and look at what is left."""
    keys: dict[str, str] = {}
    said: list[str] = []
    watched: list[Watched] = []

    @contextmanager
    def hire(settings: Path, clock: Clock) -> Iterator[Watched]:
        with open_app(load_config(settings, {}), clock=clock) as app:
            watched.append(Watched(app, keys))
            yield watched[0]

    code = play(folder, said.append, [replace(scene, write=_noting(scene, keys)) for scene in scenes], hire)
    store = SqlStore(f"sqlite:///{folder / 'state' / 'ledger.db'}", ZONE)
    with store.glance() as ledger:
        mails, nominations = tuple(ledger.mails.all()), tuple(ledger.nominations.all())
        letters = tuple(ledger.outbox.all())
    store.close()
    (seen,) = watched
    return Ended(code, tuple(said), seen.seen, seen.keys, mails, nominations, letters, folder, _names(load_rules(RULES)))


def _noting(scene: Scene, keys: dict[str, str]) -> Callable[[Post], bytes]:
    def write(post: Post) -> bytes:
        content = scene.write(post)
        keys[message_id(content)] = scene.key
        return content

    return write


def _names(rules: Rules) -> dict[str | None, str]:
    return {None: "unknown", **{unit.id: unit.name for unit in rules.units}}


def _ids(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(sorted(f"{finding.check}{f' {finding.field}' if finding.field else ''}" for finding in findings))


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    return run(tmp_path_factory.mktemp("play") / "demo", script())


def test_every_mail_of_the_play_ends_as_the_campaign_says(ended: Ended) -> None:
    wanted = {scene.key: expected(scene.expected, ended.seen.get(scene.key)) for scene in script()}
    assert {key: one for key, one in ended.seen.items() if one != wanted[key]} == {}
    assert ended.seen == wanted


def expected(wish: Expected, seen: Expected | None) -> Expected:
    """The expectation, what it leaves open filled in from what was seen."""
    seen_by_name = {one.nominee: one for one in seen.filed} if seen else {}
    filed = [_filled_in(one, seen_by_name.get(one.nominee)) for one in wish.filed]
    unit = wish.unit or (seen.unit if seen else None)
    return replace(wish, unit=unit, findings=tuple(sorted(wish.findings)), filed=tuple(sorted(filed, key=str)))


def _filled_in(wish: Wanted, seen: Wanted | None) -> Wanted:
    return replace(
        wish,
        category=wish.category or (seen.category if seen else None),
        version=wish.version or (seen.version if seen else None),
        findings=tuple(sorted(_with_field(one) for one in wish.findings)),
    )


FIELDS = {
    "publicity-too-short": "公示情况",
    "publicity-missing": "公示情况",
    "not-party-member": "政治面貌",
    "not-in-service": "出生年月",
}
"""Findings that always stand at the same field."""


def _with_field(finding: str) -> str:
    return f"{finding} {FIELDS[finding]}" if finding in FIELDS else finding


def test_every_nomination_ends_in_the_state_the_campaign_says(ended: Ended) -> None:
    wanted: dict[tuple[str, str], State] = {}
    for scene in script():
        unit = scene.expected.unit or ""
        wanted |= {(unit, one.nominee): one.state for one in scene.expected.filed}
        wanted |= {(unit, nominee): state for nominee, state in scene.expected.moved.items()}
    assert {(ended.names[one.unit], one.nominee): one.state for one in ended.nominations} == wanted
    assert len(ended.nominations) == len(wanted)


def test_everybody_is_answered_once_and_no_machine_is(ended: Ended) -> None:
    silent = {Outcome.IGNORED, Outcome.BOUNCE}
    answers = [mail for letter in ended.letters for mail in letter.outgoing.mails]
    assert sorted(answers) == [mail.id for mail in ended.mails if mail.outcome not in silent]


def test_letters_go_to_those_who_wrote_and_to_the_office(ended: Ended) -> None:
    writers = {mail.sender.address for mail in ended.mails if mail.outcome not in {Outcome.IGNORED, Outcome.BOUNCE}}
    recipients = {address for letter in ended.letters for address in letter.outgoing.recipients}
    assert recipients == writers | {"office@leading-group.example"}


def test_every_letter_of_the_play_is_sound_and_says_the_same_in_text_and_html(ended: Ended) -> None:
    complaints = {letter.outgoing.subject: unsound(letter.outgoing) for letter in ended.letters}
    assert {subject: wrong for subject, wrong in complaints.items() if wrong} == {}


def test_fault_10_no_two_letters_of_the_play_have_the_same_words(ended: Ended) -> None:
    words = [opened(letter.outgoing).words for letter in ended.letters]
    for part in ([one.subject for one in words], [one.text for one in words], [one.html for one in words]):
        assert [text for text, times in Counter(part).items() if times > 1] == []


def test_thirty_mails_in_ten_minutes_get_one_letter(ended: Ended) -> None:
    ids = {ended.mail(f"nanyang-{number:02}").id for number in range(1, 31)}
    answers = [letter for letter in ended.letters if ids & set(letter.outgoing.mails)]
    assert [letter.outgoing.letter for letter in answers] == [Letter.COMBINED]
    assert set(answers[0].outgoing.mails) == ids


def test_reminders_go_seven_three_and_one_day_before_and_on_the_day(ended: Ended) -> None:
    sent = {letter.sent for letter in ended.letters if letter.outgoing.letter is Letter.REMINDER}
    hours = {moment.replace(minute=0, second=0, microsecond=0) for moment in sent if moment}
    assert hours == {on(day, "09:00") for day in (13, 17, 19, 20)}


def test_papers_are_asked_for_after_the_deadline_of_those_units_alone_whose_papers_are_not_in(ended: Ended) -> None:
    asked = [letter for letter in ended.letters if letter.outgoing.letter is Letter.PAPERS]
    days = {letter.sent.date().day for letter in asked if letter.sent}
    assert days == {22, 27}
    papers = {one.number: one.paper for one in ended.nominations}
    for letter in asked:
        open_then = [number for number in letter.outgoing.numbers if (came := papers[number]) is None or came > letter.queued]
        assert open_then, letter.outgoing.subject
    first, second = (len([one for one in asked if one.sent and one.sent.day == day]) for day in (22, 27))
    assert 0 < second < first < len({one.unit for one in ended.nominations})


def test_reminders_go_only_to_units_that_still_owe_something(ended: Ended) -> None:
    """Whose papers are all in order is done, whether or not places are left."""
    reminders = [letter for letter in ended.letters if letter.outgoing.letter is Letter.REMINDER]
    reminded = {ended.names[letter.outgoing.unit] for letter in reminders}
    assert reminded & {"濮阳市", "新乡市", "郑州大学", "河南能源化工集团有限公司"} == set()
    assert "驻马店市" in reminded


def test_a_digest_goes_out_every_working_day_and_every_day_of_the_last_week(ended: Ended) -> None:
    until = load_rules(RULES).announced
    wanted = [day for day in days() if (day.weekday() < 5 or 14 <= day.day <= 20) and day <= until]
    sent = [letter.sent for letter in ended.letters if letter.outgoing.letter is Letter.DIGEST]
    assert [moment.date() for moment in sent if moment] == wanted
    assert {(moment.hour, moment.minute) for moment in sent if moment} == {(8, 30)}


def test_the_play_says_where_everything_lies(ended: Ended) -> None:
    assert ended.code == 0
    assert len([line for line in ended.said if " Dec  mails in" in line]) == 31
    for path in ("ledger.xlsx", "pages/index.html", "letters/new", "shouli.toml"):
        assert (ended.folder / path).exists()
        assert any(str(ended.folder / path) in line for line in ended.said)
    assert len(list((ended.folder / "letters" / "new").iterdir())) == len(ended.letters)
    assert len(list((ended.folder / "pages").glob("*.html"))) == len(ended.letters) + 1


def test_played_twice_it_gives_the_same(tmp_path: Path) -> None:
    some = [scene for scene in script() if scene.at < on(13, "12:00")]
    once, again = (_left(tmp_path / "demo", some) for _ in range(2))
    assert once == again
    assert len(once) > 40


def _left(folder: Path, scenes: Sequence[Scene]) -> dict[str, bytes]:
    """Everything a reader would open; played into the same folder, the second play over the first."""
    assert play(folder, lambda _: None, scenes) == 0
    parts = [folder / "ledger.xlsx", *(folder / "letters" / "new").iterdir(), *(folder / "pages").iterdir()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in parts}


def test_a_letter_that_never_comes_is_told_and_the_play_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replies = [scene for scene in script() if scene.key in {"water-telephone-added", "puyang-three"}]
    assert play(tmp_path / "demo", lambda _: None, replies) == 1
    assert capsys.readouterr().err == "water-telephone-added: no letter to jgdw@slt.example yet\n"


def test_a_folder_of_somebody_else_is_not_played_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert play(tmp_path) == 2
    assert "choose another with --into" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_last_minute_is_in_time(ended: Ended) -> None:
    mail = ended.mail("zhengzhou-last-minute")
    assert mail.received - datetime(2021, 12, 20, tzinfo=ZONE) < timedelta(days=1)
    assert {one.state for one in ended.nominations if one.number in mail.filed} == {State.ACCEPTED}
