"""Plays one story folder through the whole program and tells in plain text what the ledger holds and which letters went out.

`story.toml` says what arrives:

    about = "one sentence"
    from = 2021-12-08T08:00:00          # where the clock starts; it stops two hours after the last mail, or at `until`

    [[mail]]
    at = 2021-12-08T09:00:00
    unit = "puyang"                     # who writes: a key of bot/demo/cast.toml, or of a [writers.KEY] table of the story
    papers = [{ category = "project", number = 0, publicity = [2021-12-01, 2021-12-07], fields = {}, without = [], words = 0 }]
    only = "form"                       # or "material": half of the papers
    pack = "zip"                        # one archive with a folder a category, names in GBK
    subject = "…"                       # {number of project 0} is the number a letter told for that nominee
    text = "…"
    answers = true                      # a reply to the newest letter
    machine = "vacation"                # or "vacation-marked", "bounce": an automatic mail about the newest letter
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

from bot.app import App
from bot.config import load_config
from bot.deciding.workdays import working_days
from bot.demo.acts import REPLY, loose, note, paper, papers
from bot.demo.cast import Writer, writer
from bot.demo.machines import automatic_reply, delivery_report
from bot.demo.nominees import Nominee, invent, publicity
from bot.demo.packing import zipped_gbk
from bot.demo.people import person
from bot.demo.play import PlayClock
from bot.demo.programs import Enclosure, compose
from bot.demo.scene import ZONE, Post
from bot.demo.stage import Stage, attachments, decoded, prepare
from bot.model import Finding, Letter, MailRow, Nomination
from bot.opening import open_app

_NUMBER = re.compile(r"\{number of (\w+) (\d+)\}")
_FINGERPRINT = re.compile(r"(\n +[^\n，]+，(?:[^\n，]+，)?)[\d.]+ [KM]B，校验码 [0-9a-f]+")
"""Size and checksum of a file in a letter: they depend on how a machine compresses."""


@dataclass(frozen=True, slots=True)
class Told:
    """A story as it came out, in plain text."""

    ledger: str
    letters: str


def perform(folder: Path, into: Path) -> Told:
    """Play the story of this folder in an empty one."""
    story = tomllib.loads((folder / "story.toml").read_text("utf-8"))
    stage = prepare(into / "stage")
    clock = PlayClock(_local(story["from"]))
    writers = {key: _stranger(row) for key, row in story.get("writers", {}).items()}
    with open_app(load_config(stage.settings, {}), clock=clock) as app:
        app.start()
        app.round()
        for number, mail in enumerate(story["mail"], 1):
            _pass_time(app, clock, _local(mail["at"]))
            who = writers.get(mail["unit"]) or writer(mail["unit"])
            stage.drop(_written(mail, who, f"{folder.name} {number}", Post(stage.letters())), clock.moment)
            app.round()
        _pass_time(app, clock, _local(story["until"]) if "until" in story else clock.moment + timedelta(hours=2))
        return Told(_ledger(app), _letters(app, stage))


def _pass_time(app: App, clock: PlayClock, until: datetime) -> None:
    while (due := app.next_due()) is not None and due < until:
        clock.moment = max(due, clock.moment + timedelta(seconds=1))
        app.round()
    clock.moment = max(until, clock.moment)


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZONE)


def _stranger(row: Mapping[str, Any]) -> Writer:
    """A writer of the story's own: who may not nominate, or who does not say who it is."""
    parts = tuple(row.get("parts", ("综合科",)))
    return Writer(**{"medium": "", **row, "parts": parts}, clerk=person("clerk", row["unit"]))


# --- mails in --------------------------------------------------------------------------------------------------------------


def _written(mail: Mapping[str, Any], who: Writer, key: str, post: Post) -> bytes:
    at = _local(mail["at"])
    if machine := mail.get("machine"):
        if machine == "bounce":
            return delivery_report(post.last(who.address), at)
        return automatic_reply(who, post, at, marked=machine == "vacation-marked")
    some = [_nominee(who, row) for row in mail.get("papers", ())]
    sent = note(who, key, at, some, enclosures=_packed(mail, who, some))
    if mail.get("answers"):
        letter = post.last(who.address)
        sent = replace(sent, subject=REPLY[who.program] + letter.subject, answers=letter)
    subject = _numbered(mail.get("subject", sent.subject), who, post)
    return compose(replace(sent, subject=subject, text=_numbered(mail.get("text", sent.text), who, post)), who.program)


def _numbered(text: str, who: Writer, post: Post) -> str:
    def number(found: re.Match[str]) -> str:
        return post.number(who.address, invent(who, found[1], int(found[2])).name)

    return _NUMBER.sub(number, text)


def _nominee(who: Writer, row: Mapping[str, Any]) -> Nominee:
    shown = ""
    if "publicity" in row:
        first, last = row["publicity"]
        shown = publicity(who, first, last, _working_days(first, last))
    nominee = invent(who, row["category"], row.get("number", 0), shown=shown, words=row.get("words", 0))
    return nominee.with_fields(**row.get("fields", {})).without(*row.get("without", ()))


def _working_days(first: date, last: date) -> int:
    return working_days(first, last, "china")


def _packed(mail: Mapping[str, Any], who: Writer, some: Sequence[Nominee]) -> tuple[Enclosure, ...]:
    if half := mail.get("only"):
        return tuple(paper(who, one).enclosures()[("form", "material").index(half)] for one in some)
    if mail.get("pack") != "zip":
        return loose(papers(who, some))
    files: dict[str, bytes] = {}
    for category in dict.fromkeys(one.category for one in some):
        those = [one for one in some if one.category == category]
        files |= {f"{those[0].called}/{file.name}": file.content for file in loose(papers(who, those))}
    return (Enclosure(f"{who.place}推荐材料.zip", zipped_gbk(files)),)


# --- what came of it -------------------------------------------------------------------------------------------------------


def _ledger(app: App) -> str:
    with app.store.glance() as ledger:
        names = {unit.id: unit.name for unit in app.rules.units}
        lines = [line for mail in ledger.mails.all() for line in _mail_lines(mail, names)]
        for nomination in ledger.nominations.all():
            lines += ["", *_nomination_lines(nomination, names)]
            *old, _ = ledger.nominations.versions(nomination.number)
            lines += [f"  version {one.version}: {one.state}{_findings(one.findings)}" for one in old]
    return "\n".join(lines) + "\n"


def _mail_lines(mail: MailRow, names: Mapping[str, str]) -> Iterator[str]:
    unit = names.get(mail.unit or "", "unit unknown")
    command = f" {mail.command}" if mail.command else ""
    yield f"mail {mail.id}  {mail.received:%m-%d %H:%M}  {mail.outcome}{command}  {unit}{_findings(mail.findings)}"
    yield f"  {mail.subject}"
    if mail.filed:
        yield f"  filed {' '.join(mail.filed)}"
    yield from (f"  {file.role}  {file.path}" for file in mail.files)


def _nomination_lines(one: Nomination, names: Mapping[str, str]) -> Iterator[str]:
    yield f"{one.number}  {one.state}  {one.category}  {names[one.unit]}{_findings(one.findings)}"
    yield f"  {one.nominee}"
    words = f", {one.count.words} 字" if one.count else ""
    yield f"  version {one.version} by mail {one.mail}; form {one.form}; material {one.material}{words}"


def _findings(findings: Sequence[Finding]) -> str:
    """The findings with field and facts, one after the other."""
    told = []
    for finding in findings:
        facts = ", ".join(f"{name}={fact}" for name, fact in sorted(finding.facts.items()))
        told.append(f"{finding.check}{f' {finding.field}' if finding.field else ''}{f' ({facts})' if facts else ''}")
    return "".join(f"\n  ! {line}" for line in told)


def _letters(app: App, stage: Stage) -> str:
    with app.store.glance() as ledger:
        rows = list(ledger.outbox.all())
    contents = {letter.message_id: letter for letter in stage.letters()}
    parts = []
    for row in rows:
        letter = contents[row.outgoing.message_id]
        message = message_from_bytes(letter.content)
        sent = row.sent.strftime("%m-%d %H:%M:%S") if row.sent else "not sent"
        head = [f"=== {row.outgoing.letter}  {sent}  to {', '.join(letter.recipients)}"]
        if (
            row.outgoing.letter is not Letter.DIGEST
        ):  # what a digest says is tested with the digest; here it matters that it went
            head += [f"Subject: {letter.subject}", f"In-Reply-To: {decoded(message['In-Reply-To'])}"]
            head += [f"Attached: {name}" for name, _ in attachments(message)]
            head += ["", _FINGERPRINT.sub(r"\1…", letter.text.rstrip())]
        parts.append("\n".join(head) + "\n")
    return "\n".join(parts)
