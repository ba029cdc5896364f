"""Checks of the two mail accounts: login, ID, folder, the server's clock, and a letter that goes out and comes back."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.adapters.imap_probe import ImapProbe, Standing
from bot.adapters.smtp import SmtpCourier
from bot.letters.compose import Sender, compose
from bot.letters.render import Rendered
from bot.model import Letter, Verdict
from bot.ports import Clock, LoginError, MailboxError
from bot.steps.doctor import Ailing, State

APART = timedelta(minutes=2)
"""Clocks that differ by more make letters that seem to come from tomorrow."""

PATIENCE = timedelta(minutes=2)
LOOK_EVERY = 3
"""How long a letter may take to come back, and seconds between two looks."""

log = logging.getLogger("shouli.doctor")

_MOMENT = "%Y-%m-%d %H:%M:%S"
_SET_THE_CLOCK = "set the clock of this machine: timedatectl set-ntp true"

_HOW_TO_LOG_IN = (
    "at 126.com the password is the authorisation code from 设置 → POP3/SMTP/IMAP, and IMAP/SMTP must be switched on there; "
    "then `shouli once --login`"
)
_HOW_TO_BE_LET_IN = "get a new refresh token: shouli authorize"


@dataclass(slots=True)
class MailboxCheckup:
    """The questions to the IMAP server, over one connection."""

    probe: ImapProbe
    folder: str
    by_token: bool = False
    moves: bool = False  # handled mails are to be moved into folders for people
    standing: Standing | None = field(default=None)

    def log_in(self) -> str:
        """That user and password (or token) are taken."""
        try:
            can = self.probe.log_in()
        except LoginError as error:
            raise Ailing(str(error), _HOW_TO_BE_LET_IN if self.by_token else _HOW_TO_LOG_IN) from error
        except MailboxError as error:
            raise Ailing(str(error), "try again in some minutes; if it stays, ask who runs the server") from error
        if self.moves and "MOVE" not in can and "UIDPLUS" not in can:
            raise Ailing(
                "logged in; the server can neither move a mail nor expunge one alone: mails are only copied",
                'write after = "copy" in [folders]',
                State.ATTENTION,
            )
        useful = [word for word in ("ID", "MOVE", "UIDPLUS", "NAMESPACE", "QUOTA") if word in can]
        return f"logged in; the server knows {', '.join(useful) or 'no extension that matters'}"

    def identity(self) -> str:
        """That the server listens to the ID command, without which NetEase opens no folder."""
        said = self.probe.introduce()
        if said is None:
            raise Ailing("the server does not know ID; only NetEase (126, 163) insists on it", state=State.ABSENT)
        return f"ID: {said.get('name', 'answered')}"

    def opened(self) -> str:
        """That the folder is there and can be opened."""
        try:
            self.standing = self.probe.stands(self.folder)
        except MailboxError as error:
            known = ", ".join(self._folders())
            remedy = f"write one of these as folder in [mailbox]: {known}" if known else "ask who runs the server"
            raise Ailing(f"{self.folder}: {error}", remedy) from error
        return f"{self.folder}: {self.standing.mails} mails, opened read-only"

    def _folders(self) -> Sequence[str]:
        """Those that might have been meant; none when the server tells none."""
        try:
            return self.probe.folders()[:20]
        except MailboxError as error:
            log.debug("no list of folders: %s", error)
            return ()

    def clock(self, now: datetime) -> str:
        """That the server's newest mail does not come from our future."""
        newest = self.standing.newest if self.standing else None
        if newest is None:
            return "the folder is empty, nothing to compare with"
        if newest > now + APART:
            raise Ailing(
                f"the newest mail arrived at {newest:{_MOMENT}} by the server's clock, here it is {now:{_MOMENT}}",
                _SET_THE_CLOCK,
            )
        return f"the newest mail arrived at {newest:{_MOMENT}}, which is past here too"


def greeted(courier: SmtpCourier, *, by_token: bool) -> str:
    """That the letter server takes user and password (or token)."""
    told = courier.greet()
    courier.close()
    if told.verdict is Verdict.SENT:
        return f"logged in{'; ' if told.detail else ''}{told.detail}"
    if "login: " in told.detail:
        raise Ailing(told.detail, _HOW_TO_BE_LET_IN if by_token else _HOW_TO_LOG_IN)
    raise Ailing(
        told.detail,
        _HOW_TO_BE_LET_IN if by_token else "look at host, port and security in [courier]; if it stays, ask who runs it",
    )


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """A letter to our own mailbox, through both servers. The worker knows it as its own and lets it lie."""

    courier: SmtpCourier
    checkup: MailboxCheckup
    sender: Sender
    to: str
    clock: Clock
    pause: Callable[[float], None]

    def made(self) -> str:
        """Send, and look until it is there."""
        before = self.checkup.probe.stands(self.checkup.folder)
        left = self.clock.now()
        words = f"shouli doctor sent this at {left:{_MOMENT}} to see whether it comes back. It can be deleted.\n"
        rendered = Rendered(f"shouli doctor, {left:{_MOMENT}}", words, f"<!DOCTYPE html><html><body>{words}</body></html>")
        letter = compose(Letter.ALERT, f"doctor:{left.isoformat()}", rendered, (self.to,), self.sender, left)
        told = self.courier.send(letter)
        self.courier.close()
        if told.verdict is not Verdict.SENT:
            raise Ailing(f"not sent: {told.detail}", f"look whether the server lets {self.sender.address} write to {self.to}")
        return self._compared(self._arrival(before, letter.message_id, left), left)

    def _arrival(self, before: Standing, message_id: str, left: datetime) -> datetime:
        for _ in range(int(PATIENCE.total_seconds()) // LOOK_EVERY):
            arrived = self.checkup.probe.arrived(self.checkup.folder, before, message_id)
            if arrived is not None:
                return arrived
            self.pause(LOOK_EVERY)
        raise Ailing(
            f"sent at {left:%H:%M:%S} to {self.to}, not in {self.checkup.folder} after {PATIENCE.total_seconds():.0f} seconds",
            "look for it in the junk folder of the mailbox, and whether the address is that of the mailbox",
        )

    def _compared(self, arrived: datetime, left: datetime) -> str:
        took = self.clock.now() - left
        told = f"a letter to {self.to} came back within {took.total_seconds():.0f} seconds"
        if not left - APART <= arrived <= self.clock.now() + APART:
            raise Ailing(
                f"{told}, but by the server's clock it arrived at {arrived:{_MOMENT}}, here it is {self.clock.now():{_MOMENT}}",
                _SET_THE_CLOCK,
            )
        return f"{told}; both clocks agree"
