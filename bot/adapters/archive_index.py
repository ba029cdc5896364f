"""The index of an archived campaign: every version of every nomination, every mail, every file of a mail, and the sums."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.adapters.archive_tables import Table, Value
from bot.adapters.workbook_words import OfficeWords
from bot.campaign import Rules
from bot.letters.render import Wording
from bot.model import MailRow, Nomination
from bot.ports import Transaction

NOMINATIONS = (
    *("number", "version", "unit", "category", "nominee", "nominee_unit", "state", "received", "updated", "paper", "words"),
    *("mail", "original", "sha256", "form", "form_sha256", "material", "material_sha256"),
)
MAILS = ("mail", "received", "unit", "sender", "subject", "outcome", "numbers", "original", "bytes", "sha256")
FILES = ("mail", "numbers", "file", "role", "bytes", "sha256")
PRINTED = {"nominations": NOMINATIONS.index("form")}
"""Columns of a table that go on paper, where not all do; the files of a nomination are in the table of files as well."""

STATISTICS = ("kind", "category", "state", "count")

FILE_WORDS = ("index", "nominations", "mails", "files", "statistics", "originals", "mail", "removal")
"""Keys of `[files]` in `words/archive.toml`."""


@dataclass(slots=True)
class Index:
    """Makes the tables of one look at the ledger. `missing`: ids of mails whose original is not there as it was kept."""

    rules: Rules
    wording: Wording
    missing: Collection[int] = ()
    _files: dict[int, dict[str, str]] = field(default_factory=dict)  # SHA-256 by path, by mail
    _mails: dict[int, MailRow] = field(default_factory=dict)

    def tables(self, ledger: Transaction) -> tuple[Table, ...]:
        """All of them."""
        self._mails = {mail.id: mail for mail in ledger.mails.all()}
        self._files = {id: {file.path: file.sha256 for file in mail.files} for id, mail in self._mails.items()}
        versions = [one for newest in ledger.nominations.all() for one in ledger.nominations.versions(newest.number)]
        return (
            self._table("nominations", NOMINATIONS, [self._nomination(one) for one in versions]),
            self._table("mails", MAILS, [self._mail(mail) for mail in self._mails.values()]),
            self._table("files", FILES, [row for mail in self._mails.values() for row in self._attachments(mail)]),
            self._table("statistics", STATISTICS, list(self._statistics(ledger.nominations.all()))),
        )

    def _table(self, key: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> Table:
        words = self.wording.words["archive"]
        return Table(
            words["files"][key], [words["columns"][column] for column in columns], rows, PRINTED.get(key, len(columns))
        )

    def _nomination(self, one: Nomination) -> tuple[Value, ...]:
        words = self._words()
        return (
            *(one.number, one.version, words.unit(one.unit), words.category(one.category), one.nominee, one.nominee_unit),
            *(words.table("states")[one.state], moment(one.received), moment(one.updated), moment(one.paper)),
            one.count.words if one.count else "",
            *(one.mail, self._original(one.mail), self._mails[one.mail].sha256 if one.mail in self._mails else ""),
            *self._half(one.form, one.form_mail or one.mail),
            *self._half(one.material, one.material_mail or one.mail),
        )

    def _half(self, path: str | None, mail: int) -> tuple[str, str]:
        return (path or "", self._files.get(mail, {}).get(path, "") if path else "")

    def _mail(self, mail: MailRow) -> tuple[Value, ...]:
        words = self._words()
        outcome = words.table("outcomes")[mail.outcome.value if mail.outcome else "new"]
        return (
            *(mail.id, moment(mail.received), words.unit(mail.unit), mail.sender.address, mail.subject, outcome),
            *(" ".join(mail.filed), self._original(mail.id), mail.size, mail.sha256),
        )

    def _attachments(self, mail: MailRow) -> Iterator[tuple[Value, ...]]:
        roles = self.wording.words["letters"]["role"]
        for file in mail.files:
            yield (mail.id, " ".join(mail.filed), file.path, roles[file.role], file.size, file.sha256)

    def _statistics(self, nominations: Iterator[Nomination]) -> Iterator[tuple[Value, ...]]:
        words = self._words()
        kinds = {unit.id: unit.kind for unit in self.rules.units}
        counts = Counter((kinds.get(one.unit, ""), one.category or "", one.state) for one in nominations)
        for (kind, category, state), count in sorted(counts.items()):
            name = self.rules.kinds[kind].name if kind in self.rules.kinds else kind
            yield (name, words.category(category or None), words.table("states")[state], count)

    def _original(self, id: int) -> str:
        words = self.wording.words["archive"]
        return words["columns"]["missing"] if id in self.missing else original_name(self.wording, id)

    def _words(self) -> OfficeWords:
        return OfficeWords(self.rules, self.wording)


def original_name(wording: Wording, id: int) -> str:
    """The name of a mail's original in the archive of originals."""
    return f"{wording.words['archive']['files']['mail'].format(id=id)}.eml"


def moment(value: datetime | None) -> str:
    """A moment in the campaign's zone, to the second, in a form that sorts."""
    return value.strftime("%Y-%m-%d %H:%M:%S") if value else ""


def archive_problems(wording: Wording) -> tuple[str, ...]:
    """Words of `words/archive.toml` that are missing, or that name no file."""
    tables: Mapping[str, Any] = wording.words.get("archive", {})
    wanted = {"files": FILE_WORDS, "columns": tuple(dict.fromkeys((*NOMINATIONS, *MAILS, *FILES, *STATISTICS, "missing")))}
    problems = []
    for name, keys in wanted.items():
        found = tables.get(name, {})
        problems += [f"words/archive.toml: {name}.{key}: missing" for key in keys if not isinstance(found.get(key), str)]
    files: Mapping[str, Any] = tables.get("files", {})
    for key in (key for key in FILE_WORDS if isinstance(files.get(key), str)):
        names = _two_names(files[key]) if key == "mail" else {files[key]}
        if not all(names) or set("".join(names)) & set('/\\:*?"<>|\n'):
            problems.append(f"words/archive.toml: files.{key}: {files[key]!r} cannot be a file's name")
        if key == "mail" and len(names) < 2:
            problems.append("words/archive.toml: files.mail: write {id} where the mail's number goes")
    return tuple(problems)


def _two_names(pattern: str) -> set[str]:
    """What two mails are called; nothing where the pattern is none."""
    try:
        return {pattern.format(id=1), pattern.format(id=2)}
    except (KeyError, IndexError, ValueError):
        return set()
