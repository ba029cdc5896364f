"""Every setting there is, with its default and the comment that `shouli init` writes; secrets show in no representation."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.reading.limits import Limits

DAY = ("YYYY-MM-DD",)
"""In place of allowed words: the setting is a day, or empty."""

SECURITY = ("tls", "starttls", "none")

LOGIN = ("password", "oauth2")


def setting(default: Any, comment: str, one_of: tuple[str, ...] = (), *, secret: bool = False) -> Any:
    """A dataclass field that is a setting: default, comment for the starting file, allowed words; secrets show nowhere."""
    about = {"comment": comment, "one_of": one_of}
    if isinstance(default, list):
        return field(default_factory=lambda: tuple(default), metadata=about)
    return field(default=default, metadata=about, repr=not secret)


@dataclass(frozen=True, slots=True)
class CampaignSettings:
    """Which campaign."""

    rules: str = setting("", "Folder of the campaign's rules; empty: the rules for 3x100-2021 that come with shouli.")
    templates: str = setting(
        "", "Folder of your own wording; what is not in it comes from the campaign's and shouli's own templates."
    )


@dataclass(frozen=True, slots=True)
class StateSettings:
    """Where a run keeps what it makes."""

    folder: str = setting("state", "Ledger, original mails, exports, lock; made with mode 0700. Relative to this file.")


@dataclass(frozen=True, slots=True)
class LedgerSettings:
    """The database."""

    url: str = setting(
        "",
        "Empty: SQLite in the state folder. Else postgresql+psycopg://user@host/name; with a password: SHOULI_LEDGER_URL.",
        secret=True,
    )


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """Where mail comes from."""

    kind: str = setting("imap", "imap or maildir.", ("imap", "maildir"))
    host: str = setting("imap.126.com", "IMAP server.")
    port: int = setting(993, "Its port.")
    security: str = setting("tls", "tls, starttls or none (none: only for a server on this machine).", SECURITY)
    user: str = setting("", "Login name: the whole address at 126.com.")
    password: str = setting(
        "", "Leave empty: SHOULI_MAILBOX_PASSWORD or SHOULI_MAILBOX_PASSWORD_FILE. At 126.com the 授权码.", secret=True
    )
    login: str = setting("password", "password, or oauth2 (Microsoft, Google): see [oauth2].", LOGIN)
    ca_file: str = setting("", "Certificates (PEM) to trust instead of the system's; empty: the system's.")
    folder: str = setting("INBOX", "The folder that is read; its flags are never touched.")
    path: str = setting("", "For kind = maildir: the Maildir. Relative to this file.")
    timeout_seconds: int = setting(60, "A server that says nothing for so long is given up until the next round.")
    since: str = setting(
        "", "Mails that arrived before this day (2021-11-01) are passed over; empty: a month before the campaign opens.", DAY
    )
    largest_mb: int = setting(60, "Larger mails are recorded and answered but not fetched whole (MiB).")
    batch: int = setting(50, "Mails fetched at a time.")


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """Folders of the mailbox for people: handled mails are put there; the program itself never looks there."""

    after: str = setting("nothing", "nothing, copy or move (only with kind = imap).", ("nothing", "copy", "move"))
    accepted: str = setting("已受理", "For mails in order; made when it is not there.")
    defective: str = setting("待补正", "For mails with something to mend.")
    held: str = setting("待核定", "For mails about which a person decides.")


@dataclass(frozen=True, slots=True)
class CourierSettings:
    """Where letters go."""

    kind: str = setting(
        "smtp", "smtp or folder (letters are written as .eml into a folder, nothing is sent).", ("smtp", "folder")
    )
    host: str = setting("smtp.126.com", "SMTP server.")
    port: int = setting(465, "Its port.")
    security: str = setting("tls", "tls, starttls or none (none: only for a server on this machine).", SECURITY)
    user: str = setting("", "Login name; empty: no login.")
    password: str = setting("", "Leave empty: SHOULI_COURIER_PASSWORD or SHOULI_COURIER_PASSWORD_FILE.", secret=True)
    login: str = setting("password", "password, or oauth2 (Microsoft, Google): see [oauth2].", LOGIN)
    ca_file: str = setting("", "Certificates (PEM) to trust instead of the system's; empty: the system's.")
    address: str = setting("", "From address of our letters; empty: the mailbox's user if an address, else the rules' mailbox.")
    path: str = setting("", "For kind = folder: where the letters go. Relative to this file.")
    timeout_seconds: int = setting(60, "A server that says nothing for so long is given up; the letter is tried again.")
    minute_budget: int = setting(
        0, "Letters within a minute at the most; 0: as the server's house bears it (10 at 126.com and 163.com)."
    )
    day_budget: int = setting(
        800, "Letters a day at the most; 126.com blocks accounts that send more. The rest goes out the next day."
    )


@dataclass(frozen=True, slots=True)
class OAuth2Settings:
    """Login by token (XOAUTH2), where mailbox or courier say login = "oauth2"; needs the extra `oauth2`."""

    token_url: str = setting(
        "",
        "Where tokens are renewed, https only: https://login.microsoftonline.com/TENANT/oauth2/v2.0/token"
        " or https://oauth2.googleapis.com/token.",
    )
    authorize_url: str = setting(
        "",
        "Only for `shouli authorize`: https://login.microsoftonline.com/TENANT/oauth2/v2.0/authorize"
        " or https://accounts.google.com/o/oauth2/v2/auth.",
    )
    client_id: str = setting("", "The application's id, as Microsoft or Google gave it.")
    client_secret: str = setting("", "Leave empty: SHOULI_OAUTH2_CLIENT_SECRET (or …_FILE), if there is one.", secret=True)
    refresh_token: str = setting(
        "", "Leave empty: SHOULI_OAUTH2_REFRESH_TOKEN (or …_FILE); `shouli authorize` gets one.", secret=True
    )
    scope: str = setting(
        "",
        "Google: https://mail.google.com/ . Microsoft: https://outlook.office.com/IMAP.AccessAsUser.All"
        " https://outlook.office.com/SMTP.Send offline_access .",
    )
    ca_file: str = setting("", "Certificates (PEM) to trust instead of the usual ones; empty: the usual ones.")
    keep: bool = setting(
        True,
        "true: tokens are kept in the state folder (mode 0600), since some servers give a new one each time; false: never.",
    )


@dataclass(frozen=True, slots=True)
class SecretSettings:
    """Where secrets are sought, besides environment, files and systemd's credentials."""

    keyring: str = setting(
        "",
        "Name in the keyring of this machine (extra `keyring`), filled by `keyring set NAME SHOULI_MAILBOX_PASSWORD`;"
        " empty: it is not asked.",
    )


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """How mails are answered."""

    quiet_seconds: int = setting(30, "An answer waits until no further mail from the same address has come for so long.")
    window_minutes: int = setting(10, "Mails from one address within this time after an answer share the next one.")
    review_letters: bool = setting(False, "true: letters wait until a person releases them.")
    do_not_reply: tuple[str, ...] = setting([], "Addresses that never get a letter.")


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """The office's own mail."""

    digest_to: tuple[str, ...] = setting([], "Where the daily digest goes; empty: the addresses in the rules.")
    orders_from: tuple[str, ...] = setting(
        [], "Addresses whose orders by mail are carried out, with the code of the digest; empty: those that get the digest."
    )
    orders_proof: str = setting(
        "given",
        "required: only mail that the mailbox's server vouches for (SPF, DKIM, DMARC); given: what it disowns is held, where "
        "it says nothing the code decides; none: the code alone.",
        ("required", "given", "none"),
    )
    orders_servers: str = setting(
        "mx*",
        "Names by which that server signs Authentication-Results, with wildcards (126.com: mx*); empty: the topmost.",
    )


@dataclass(frozen=True, slots=True)
class OperatorSettings:
    """Who keeps the program running, and when they are alerted."""

    alert_to: tuple[str, ...] = setting([], "Where alerts go; empty: where the digest goes.")
    alert_minutes: int = setting(
        30, "One alert when polling, sending or the work between has failed for so many minutes, and one when it is over."
    )


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """The scheduled worker."""

    poll_seconds: int = setting(20, "Time between two rounds.")
    readers: int = setting(2, "Processes that read mails side by side; one a core is enough.")
    office: str = setting(
        "soffice", "LibreOffice, where it is installed: a second try at documents that cannot be read; empty: never."
    )
    ocr: bool = setting(True, "true: where the extra `ocr` is installed, scans are read in the background, after the receipt.")
    log: str = setting("text", "text or json, on standard error.", ("text", "json"))


@dataclass(frozen=True, slots=True)
class Config:
    """All settings. Paths are absolute or relative to `base`, the folder of the configuration file."""

    campaign: CampaignSettings = field(default_factory=CampaignSettings)
    state: StateSettings = field(default_factory=StateSettings)
    ledger: LedgerSettings = field(default_factory=LedgerSettings)
    mailbox: MailboxSettings = field(default_factory=MailboxSettings)
    folders: FolderSettings = field(default_factory=FolderSettings)
    courier: CourierSettings = field(default_factory=CourierSettings)
    oauth2: OAuth2Settings = field(default_factory=OAuth2Settings)
    secrets: SecretSettings = field(default_factory=SecretSettings)
    answers: AnswerSettings = field(default_factory=AnswerSettings)
    office: OfficeSettings = field(default_factory=OfficeSettings)
    operator: OperatorSettings = field(default_factory=OperatorSettings)
    worker: WorkerSettings = field(default_factory=WorkerSettings)
    limits: Limits = field(default_factory=Limits)
    base: Path = field(default_factory=Path)

    def path(self, text: str) -> Path:
        """A path of the configuration, relative ones from the folder of its file."""
        return self.base / Path(text).expanduser()

    @property
    def state_folder(self) -> Path:
        """Where everything a run makes lies."""
        return self.path(self.state.folder)
