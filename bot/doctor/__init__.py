"""Doctor: all that must be in order before and while the program runs, asked in the order in which it rests on each other."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.clock import SystemClock
from bot.adapters.imap_probe import ImapProbe
from bot.adapters.rules import RulesError, load_rules
from bot.adapters.smtp import SmtpCourier
from bot.adapters.store import SqlStore, StoreError
from bot.campaign import Rules
from bot.config import Config, ConfigError, load_config
from bot.doctor import machine, network
from bot.doctor.mail import MailboxCheckup, RoundTrip, greeted
from bot.letters.render import WordingError
from bot.ports import Clock
from bot.steps.doctor import Ailing, Check, State
from bot.wiring import campaign_folder, lacking, ledger_url, post_for, server_for, wording_for

Consent = Callable[[str], bool]
"""Asked before a letter is sent, with the address it goes to."""


@contextmanager
def checks(settings: Path | None, consent: Consent, pause: Callable[[float], None]) -> Iterator[list[Check]]:
    """All checks for these settings; connections they open are closed at the end. `pause` waits so many seconds."""
    config, problems = Config(), tuple[str, ...]()
    try:
        config = load_config(settings)
        _servers(config)
    except ConfigError as error:
        problems = error.problems
    with ExitStack() as stack:
        yield _Checks(config, problems, settings, consent, pause, stack).all()


def _servers(config: Config) -> None:
    """ConfigError where the settings of a server contradict each other or name what is not there."""
    problems: list[str] = []
    for section, wanted in (("mailbox", config.mailbox.kind == "imap"), ("courier", config.courier.kind == "smtp")):
        try:
            if wanted and not lacking(config):
                server_for(config, section)
        except ConfigError as error:
            problems += error.problems
    if problems:
        raise ConfigError(tuple(problems))


_loaded = lru_cache(maxsize=1)(load_rules)
"""The rules, read once for all checks that want to know the zone."""


@dataclass(frozen=True, slots=True)
class _Checks:
    """Puts the checks together that these settings call for."""

    config: Config
    problems: tuple[str, ...]
    settings: Path | None
    consent: Consent
    pause: Callable[[float], None]
    stack: ExitStack

    def all(self) -> list[Check]:
        """In order."""
        config = self.config
        return [
            Check("settings", self._settings),
            Check("account", self._account, ("settings",)),
            Check("rules", lambda: _good_rules(self._rules()), ("settings",)),
            Check("wording", self._wording, ("rules",)),
            Check("state", partial(machine.state_folder, config), ("settings",)),
            Check("disk", partial(machine.disk, config), ("settings",)),
            Check("ledger", self._ledger, ("state", "rules")),
            Check("worker", lambda: machine.worker(config, self._clock().now()), ("settings",)),
            Check("clock", lambda: machine.clock(self._clock().now(), self._zone())),
            *self._mail(),
            Check("readers", machine.readers),
            Check("LibreOffice", partial(machine.office, config)),
            Check("fonts", machine.fonts),
            Check("rar", machine.archives),
            Check("OCR", partial(machine.scans, config)),
        ]

    def _settings(self) -> str:
        if self.problems:
            raise Ailing("; ".join(self.problems), "mend these lines; `shouli init --into FILE` shows every setting")
        return str(self.settings) if self.settings else "no file: defaults and environment"

    def _account(self) -> str:
        if problems := lacking(self.config):
            raise Ailing("; ".join(problems), "write these settings, give secrets by environment, file or credential")
        return "names and secrets are there"

    def _rules(self) -> Rules:
        try:
            return _loaded(campaign_folder(self.config))
        except RulesError as error:
            raise Ailing(f"{len(error.problems)} problems, the first: {error.problems[0]}", "shouli check names all") from error

    def _wording(self) -> str:
        rules = self._rules()
        try:
            wording_for(self.config, rules, campaign_folder(self.config))
        except WordingError as error:
            raise Ailing(f"{len(error.problems)} problems, the first: {error.problems[0]}", "shouli check names all") from error
        return f"complete, in {rules.language}"

    def _ledger(self) -> str:
        url = ledger_url(self.config)
        file = self.config.state_folder / "ledger.db"
        if not self.config.ledger.url and not file.exists():
            return "not there yet, the first run makes it"
        try:
            store = SqlStore(url, ZoneInfo(self._zone()))
        except StoreError as error:
            raise Ailing(
                str(error), "shouli migrate where it says so; else look at [ledger] and at the state folder"
            ) from error
        try:
            with store.glance() as ledger:
                waiting = len(ledger.mails.unhandled(1000))
        finally:
            store.close()
        return f"opened; {waiting} mails wait to be handled"

    def _zone(self) -> str:
        """The campaign's; before there are rules, the world's."""
        try:
            return self._rules().zone
        except Ailing:
            return "UTC"

    def _clock(self) -> Clock:
        return SystemClock(self._zone())

    # --- the two accounts ----------------------------------------------------------------------------------------------

    def _mail(self) -> Iterator[Check]:
        if self.problems:
            yield Check("mail", _unasked, ("settings",))
            return
        checkup = None
        if self.config.mailbox.kind == "imap":
            probe = ImapProbe(server_for(self.config, "mailbox"), ZoneInfo(self._zone()))
            self.stack.callback(probe.close)
            settings, moves = self.config.mailbox, self.config.folders.after == "move"
            checkup = MailboxCheckup(probe, settings.folder, settings.login == "oauth2", moves)
            yield from self._way("mailbox", "imap")
            yield from self._mailbox(checkup)
        else:
            yield Check("mailbox", self._maildir, ("account",))
        if self.config.courier.kind == "smtp":
            yield from self._way("courier", "smtp")
            yield Check("courier login", self._courier_login, ("account", "courier connection"))
            if checkup is not None:
                needs = ("rules", "mailbox folder", "courier login")
                yield Check("round trip", partial(self._round_trip, checkup), needs)
        else:
            yield Check("courier", self._outfolder, ("account",))

    def _way(self, section: str, speech: str) -> Iterator[Check]:
        server = server_for(self.config, section)
        yield Check(f"{section} name", partial(network.names, server))
        reach = partial(self._reached, section, speech)
        yield Check(f"{section} connection", reach, (f"{section} name",))

    def _reached(self, section: str, speech: str) -> str:
        return network.tls(server_for(self.config, section), speech, section, self._clock().now())

    def _mailbox(self, checkup: MailboxCheckup) -> Iterator[Check]:
        yield Check("mailbox login", checkup.log_in, ("account", "mailbox connection"))
        yield Check("mailbox ID", checkup.identity, ("mailbox login",))
        yield Check("mailbox folder", checkup.opened, ("mailbox login",))
        yield Check("server clock", lambda: checkup.clock(self._clock().now()), ("mailbox folder",))

    def _courier(self) -> SmtpCourier:
        return SmtpCourier(server_for(self.config, "courier"), post_for(self.config, self._rules()).sender.address)

    def _courier_login(self) -> str:
        return greeted(self._courier(), by_token=self.config.courier.login == "oauth2")

    def _round_trip(self, checkup: MailboxCheckup) -> str:
        sender = post_for(self.config, self._rules()).sender
        to = self.config.mailbox.user if "@" in self.config.mailbox.user else sender.address
        if not self.consent(to):
            raise Ailing(
                "no letter was sent", "shouli doctor --send lets one go to our own mailbox and waits for it", State.ABSENT
            )
        return RoundTrip(self._courier(), checkup, sender, to, self._clock(), self.pause).made()

    def _maildir(self) -> str:
        path = self.config.path(self.config.mailbox.path)
        if not (path / "new").is_dir() and not (path / "cur").is_dir():
            raise Ailing(f"{path} is no Maildir: it has neither new/ nor cur/", "name another one as `path` in [mailbox]")
        return f"Maildir {path}"

    def _outfolder(self) -> str:
        path = self.config.path(self.config.courier.path)
        return f"letters are written into {path}, nothing is sent"


def _unasked() -> str:
    raise AssertionError("rests on the settings")


def _good_rules(rules: Rules) -> str:
    return f"{rules.id}: {len(rules.categories)} categories, {len(rules.units)} units, {len(rules.checks)} checks"
