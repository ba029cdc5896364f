"""The play of the kill test over the whole program: `bot.app.App` through letters, replies, a reminder and a digest.

Each stage is one round at a fixed moment, so that a worker that died goes on under the same clock.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from bot.adapters.files import FileOriginals
from bot.adapters.readers import ReaderPool
from bot.adapters.rules import load_rules
from bot.adapters.wording import load_wording
from bot.app import App
from bot.campaign import Rules
from bot.demo.acts import REPLY, loose, nominees, note, papers
from bot.demo.cast import writer
from bot.demo.machines import automatic_reply, delivery_report
from bot.demo.programs import compose
from bot.demo.scene import Post, on
from bot.demo.stage import arrived
from bot.letters.render import Wording
from bot.model import Reading
from bot.ports import Courier, Mailbox, Store
from bot.reading.limits import Limits
from bot.reading.mail import read_mail
from bot.settings import Config, OfficeSettings
from bot.wiring import post_for, shipped
from tests.fakes import FakeClock

Write = Callable[[Post], bytes]
AFTER = (timedelta(0), timedelta(seconds=45), timedelta(minutes=11))
"""When the worker looks after a mail has come: at once, when its answer is due, when one that had to wait is due."""


@cache
def rules() -> Rules:
    return load_rules(shipped("rules") / "3x100-2021")


@cache
def wording() -> Wording:
    return load_wording(rules(), shipped("rules") / "3x100-2021" / "templates", shipped("templates"))


@dataclass(frozen=True)
class World:
    """What a play works on, each part with death in it. Everything lasting lies in `folder`."""

    folder: Path
    mailbox: Mailbox
    originals: FileOriginals
    store: Store
    courier: Courier
    clock: FakeClock


# --- what arrives ------------------------------------------------------------------------------------------------------


def _sends(unit: str, at: datetime, key: str, without: tuple[str, ...] = (), **numbers: Any) -> Write:
    who = writer(unit)
    some = [one.without(*without) for one in nominees(who, at, numbers)]
    content = compose(note(who, key, at, some, enclosures=loose(papers(who, some))), who.program)
    reading(content)  # read once, before anything forks
    return lambda _post: content


def _answers(unit: str, at: datetime, key: str, text: Callable[[Post], str], **numbers: Any) -> Write:
    who = writer(unit)
    some = nominees(who, at, numbers)

    def write(post: Post) -> bytes:
        letter = post.last(who.address)
        words = {"subject": REPLY[who.program] + letter.subject, "text": text(post), "answers": letter}
        return compose(note(who, key, at, some, enclosures=loose(papers(who, some)), **words), who.program)

    return write


def _withdrawal(post: Post) -> str:
    who = writer("insurance")
    return f"经研究，撤回 {post.number(who.address, nominees(who, on(13, '07:00'), {'project': (0,)})[0].name)}，保留另一项。"


@cache
def script() -> tuple[tuple[datetime, Write | None], ...]:
    """Every mail with its moment, and the moments at which the clock alone makes work."""
    return (
        (on(13, "07:00"), _sends("insurance", on(13, "07:00"), "two where one is allowed", project=(0, 1))),
        (on(13, "07:00"), _sends("insurance", on(13, "07:00"), "in the same minute", team=(0,))),
        (on(13, "07:05"), _sends("water", on(13, "07:05"), "short of a field", ("联系电话",), project=(0,))),
        (on(13, "07:20"), lambda post: automatic_reply(writer("water"), post, on(13, "07:20"))),
        (on(13, "08:31"), None),  # the digest
        (on(13, "09:01"), None),  # the reminder seven days before the end
        (on(13, "10:00"), _answers("insurance", on(13, "10:00"), "withdrawal", _withdrawal)),
        (on(13, "11:00"), _answers("water", on(13, "11:00"), "mended", lambda _: "联系电话已补填，请查收。", project=(0,))),
        (on(13, "12:00"), lambda post: delivery_report(post.last(writer("insurance").address), on(13, "12:00"))),
    )


def _looks() -> list[tuple[datetime, Write | None]]:
    """Every round with what arrives just before it, in order of time."""
    looks = [(at + pause, None if pause else write) for at, write in script() for pause in (AFTER if write else AFTER[:1])]
    return sorted(looks, key=lambda look: look[0])


# --- the program -------------------------------------------------------------------------------------------------------


@cache
def reading(content: bytes) -> Reading:
    """As the limited process would read it; what reading costs is not what is tested here."""
    return read_mail(content, rules(), Limits())


class ReaderInside:
    """Keeps the promises of `bot.ports.Reader` in this very process."""

    def read(self, content: bytes) -> Reading:
        return reading(content)

    def close(self) -> None:
        """No process to end."""


def prepare() -> None:
    """Everything slow that all lives share."""
    wording()
    script()


def fill(maildir: Path) -> None:
    """An empty mailbox; mails arrive during the play."""
    for part in ("tmp", "new", "cur"):
        (maildir / part).mkdir(parents=True)


def stage(number: int, at: datetime, write: Write | None, world: World) -> None:
    """A mail arrives, or none, and the worker makes a round."""
    world.clock.moment = at
    if write is not None:
        _drop(world.folder, f"{number}.play", write, at)
    trouble = _app(world).round().trouble
    if trouble:
        raise RuntimeError(trouble)


def _app(world: World) -> App:
    config = Config(base=world.folder, office=OfficeSettings(digest_to=("office@leading-group.example",)))
    reader = ReaderPool([ReaderInside()])
    parts = (world.clock, world.store, world.originals, world.mailbox, world.courier, reader, post_for(config, rules()))
    return App(config, rules(), wording(), *parts)


def _drop(folder: Path, name: str, write: Write, at: datetime) -> None:
    """Mails lie where they were dropped: a worker that died in this very round finds its mail there already."""
    file = folder / "Maildir" / "new" / name
    if not file.exists():
        letters = [arrived(path.read_bytes()) for path in sorted((folder / "letters" / "new").glob("*.eml"))]
        waiting = folder / "Maildir" / "tmp" / name
        waiting.write_bytes(write(Post(letters)))
        os.utime(waiting, (at.timestamp(), at.timestamp()))
        waiting.rename(file)


STAGES = tuple(partial(stage, number, at, write) for number, (at, write) in enumerate(_looks(), 1))
