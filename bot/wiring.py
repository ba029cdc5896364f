"""Makes the parts of the program from the settings: which adapter stands behind which port, in which words it writes."""

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.adapters.archive_index import archive_problems
from bot.adapters.backup import Belongings
from bot.adapters.clock import SystemClock
from bot.adapters.imap import ImapMailbox
from bot.adapters.imap_cabinet import ImapCabinet
from bot.adapters.maildir import MaildirMailbox
from bot.adapters.oauth2 import HOW_TO_INSTALL, Grant, RefreshedTokens, lacks_library
from bot.adapters.oauth2 import NAME as TOKENS
from bot.adapters.office import OfficeConverter, find_office
from bot.adapters.office_words import office_problems
from bot.adapters.outfolder import FolderCourier
from bot.adapters.readers import ReaderPool
from bot.adapters.second_try import SecondTryReader
from bot.adapters.server import Security, Server, Tokens
from bot.adapters.smtp import SmtpCourier
from bot.adapters.wording import load_wording
from bot.adapters.worker import LimitedReader
from bot.campaign import Rules
from bot.config import Config, ConfigError, starting_file
from bot.deciding.due import Pace
from bot.letters.compose import AddressError, Sender, plain_address, writable
from bot.letters.render import Wording, WordingError
from bot.ports import Courier, Mailbox
from bot.settings import CourierSettings, MailboxSettings, OAuth2Settings
from bot.steps.gather import Post

Section = TypeVar("Section", MailboxSettings, CourierSettings, OAuth2Settings)


def shipped(name: str) -> Path:
    """`rules` or `templates` as they come with shouli: inside the installed package, or at the top of a checkout."""
    inside = Path(__file__).parent / "shipped" / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name


def campaign_folder(config: Config) -> Path:
    """The folder of the campaign's rules."""
    return config.path(config.campaign.rules) if config.campaign.rules else shipped("rules") / "3x100-2021"


def wording_for(config: Config, rules: Rules, folder: Path) -> Wording:
    """The operator's wording over the campaign's over shouli's own; WordingError with everything that is missing."""
    own = config.path(config.campaign.templates) if config.campaign.templates else None
    wording = load_wording(rules, folder / "templates", shipped("templates"), own)
    if problems := (*office_problems(wording, rules), *archive_problems(wording)):
        raise WordingError(problems)
    return wording


def reader_pool(config: Config, rules: Rules, width: int) -> ReaderPool:
    """So many limited processes that read mails; where LibreOffice is installed, with a second try at what they cannot read."""
    readers = [LimitedReader(rules, config.limits) for _ in range(max(1, width))]
    office = find_office(config.worker.office)
    if office is None:
        return ReaderPool(readers)
    converter = OfficeConverter(office)
    return ReaderPool([SecondTryReader(reader, converter) for reader in readers])


def ledger_url(config: Config) -> str:
    """Where the ledger is."""
    return config.ledger.url or f"sqlite:///{config.state_folder / 'ledger.db'}"


def belongings(config: Config) -> Belongings:
    """What a backup takes along. Folders are restored beside the settings; other paths are written out whole."""
    folders = {"rules": campaign_folder(config)}
    if config.campaign.templates:
        folders["templates"] = config.path(config.campaign.templates)
    settings = replace(
        config,
        campaign=replace(config.campaign, rules="rules", templates="templates" if config.campaign.templates else ""),
        state=replace(config.state, folder="state"),
        mailbox=_whole(config, config.mailbox),
        courier=_whole(config, config.courier),
        oauth2=_whole(config, config.oauth2),
    )
    return Belongings(ledger_url(config), config.state_folder, starting_file(settings), folders)


def _whole(config: Config, section: Section) -> Section:
    """The same settings with their paths written out: another folder of settings is another beginning of relative ones."""
    paths = {name: getattr(section, name, "") for name in ("path", "ca_file")}
    whole: dict[str, Any] = {name: str(config.path(path).absolute()) for name, path in paths.items() if path}
    return replace(section, **whole)


def post_for(config: Config, rules: Rules) -> Post:
    """How letters leave."""
    login = config.mailbox.user if "@" in config.mailbox.user else ""
    own = config.courier.address or login or rules.office.mailbox
    try:
        plain_address(own)
    except AddressError as error:
        raise ConfigError((f"courier.address: {own!r}: {error}; write an address such as office@126.com",)) from error
    pace = Pace(timedelta(seconds=config.answers.quiet_seconds), timedelta(minutes=config.answers.window_minutes))
    silent = frozenset(address.lower() for address in config.answers.do_not_reply)
    return Post(Sender(own, rules.office.name), config.answers.review_letters, silent, pace)


def mailbox_for(config: Config, zone: ZoneInfo) -> Mailbox:
    """Where mail comes from."""
    settings = config.mailbox
    if settings.kind == "maildir":
        return MaildirMailbox(config.path(settings.path), config.state_folder / "maildir-uids", zone, settings.folder)
    return ImapMailbox(server_for(config, "mailbox"), zone, settings.folder)


def cabinet_for(config: Config) -> ImapCabinet | None:
    """The folders for people; None where nothing is to be put there."""
    wanted = config.folders.after != "nothing" and config.mailbox.kind == "imap"
    return ImapCabinet(server_for(config, "mailbox")) if wanted else None


def courier_for(config: Config, sender: str) -> Courier:
    """What brings letters away."""
    if config.courier.kind == "folder":
        return FolderCourier(config.path(config.courier.path))
    return SmtpCourier(server_for(config, "courier"), sender)


def server_for(config: Config, section: str) -> Server:
    """The mail server of [mailbox] or [courier]."""
    settings = config.mailbox if section == "mailbox" else config.courier
    try:
        return Server(
            settings.host,
            settings.port,
            settings.user,
            settings.password,
            Security(settings.security),
            ca_file=_certificates(config, section, settings.ca_file),
            read_seconds=settings.timeout_seconds,
            tokens=tokens_for(config) if settings.login == "oauth2" else None,
        )
    except ValueError as error:
        raise ConfigError((f"{section}.security: {error}",)) from error


@lru_cache(maxsize=1)
def tokens_for(config: Config) -> Tokens:
    """Where access tokens come from: one for mailbox and courier, so that neither renews what the other has just got."""
    kept = config.state_folder / TOKENS if config.oauth2.keep else None
    return RefreshedTokens(grant_for(config), SystemClock("UTC"), kept)


def grant_for(config: Config) -> Grant:
    """What entitles us to tokens."""
    settings = config.oauth2
    try:
        return Grant(
            settings.token_url,
            settings.client_id,
            settings.refresh_token,
            settings.client_secret,
            settings.scope,
            _certificates(config, "oauth2", settings.ca_file),
        )
    except ValueError as error:
        raise ConfigError((f"oauth2.token_url: {error}",)) from error


def _certificates(config: Config, section: str, name: str) -> Path | None:
    path = config.path(name)
    if name and not path.is_file():
        raise ConfigError((f'{section}.ca_file: {path}: no such file; name one with certificates (PEM), or write ""',))
    return path if name else None


def lacking(config: Config) -> tuple[str, ...]:
    """What a worker cannot do without and the settings do not say: each with what to write."""
    mailbox, courier = config.mailbox, config.courier
    imap, smtp = mailbox.kind == "imap", courier.kind == "smtp"
    by_token = (imap and mailbox.login == "oauth2") or (smtp and courier.login == "oauth2")
    wanted = (
        (imap and not mailbox.user, "mailbox.user: write the login name (at 126.com the whole address)"),
        (smtp and courier.login == "oauth2" and not courier.user, "courier.user: write the login name (the whole address)"),
        *((by_token and lack, text) for lack, text in _lacking_for_tokens(config)),
        (
            imap and mailbox.login == "password" and not mailbox.password,
            "mailbox.password: give it as SHOULI_MAILBOX_PASSWORD or SHOULI_MAILBOX_PASSWORD_FILE",
        ),
        *(
            (not writable(one), f"operator.alert_to: {one!r}: write an address such as operator@126.com")
            for one in config.operator.alert_to
        ),
        (not imap and config.folders.after != "nothing", 'folders.after: only an IMAP mailbox has folders; write "nothing"'),
        *(
            (
                config.folders.after != "nothing" and name in ("", mailbox.folder),
                f"folders.{key}: write the name of another folder",
            )
            for key, name in (
                ("accepted", config.folders.accepted),
                ("defective", config.folders.defective),
                ("held", config.folders.held),
            )
        ),
        (not imap and not mailbox.path, "mailbox.path: name the Maildir"),
        (
            smtp and courier.login == "password" and bool(courier.user) and not courier.password,
            "courier.password: give it as SHOULI_COURIER_PASSWORD or SHOULI_COURIER_PASSWORD_FILE",
        ),
        (not smtp and not courier.path, "courier.path: name the folder that letters are written into"),
    )
    return tuple(text for missing, text in wanted if missing)


def _lacking_for_tokens(config: Config) -> tuple[tuple[bool, str], ...]:
    """The same for a login by token."""
    settings = config.oauth2
    return (
        (lacks_library(), f'login = "oauth2": {HOW_TO_INSTALL}'),
        (
            not settings.token_url.startswith("https://"),
            "oauth2.token_url: write the address where tokens are renewed, https://…",
        ),
        (not settings.client_id, "oauth2.client_id: write the application's id, as Microsoft or Google gave it"),
        (
            not settings.refresh_token,
            "oauth2.refresh_token: give it as SHOULI_OAUTH2_REFRESH_TOKEN or …_FILE; `shouli authorize` gets one",
        ),
    )
