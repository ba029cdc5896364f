"""Where secrets come from: environment, a file it names, the service manager's credentials, the keyring of the machine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

CREDENTIALS = "CREDENTIALS_DIRECTORY"
"""The folder in which systemd lays the credentials of a unit (LoadCredential=, systemd.exec(5)): one file a secret."""


class SecretError(Exception):
    """A secret is somewhere, but cannot be had; the message says where and why, never what."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """Finds secrets by name. `keyring`: the name under which the machine's keyring has them; empty: it is not asked."""

    environment: Mapping[str, str]
    keyring: str = ""

    def find(self, name: str) -> str | None:
        """The first place that has it decides: NAME, NAME_FILE, the credential NAME, the keyring. None: nowhere."""
        if value := self.environment.get(name):
            return value
        if file := self.environment.get(f"{name}_FILE"):
            return _read(Path(file), f"environment: {name}_FILE")
        if folder := self.environment.get(CREDENTIALS):
            credential = Path(folder) / name
            if credential.exists():
                return _read(credential, f"credential {name}")
        return self._from_keyring(name) if self.keyring else None

    def _from_keyring(self, name: str) -> str | None:
        try:
            import keyring
            from keyring.errors import KeyringError
        except ModuleNotFoundError as error:
            raise SecretError(
                f'secrets.keyring: needs the package {error.name}: install shouli with its extra `keyring`, or write ""'
            ) from error
        try:
            return keyring.get_password(self.keyring, name)
        except KeyringError as error:
            raise SecretError(
                f"secrets.keyring: {name} cannot be read: {type(error).__name__}; is the keyring of this user unlocked?"
            ) from error


def _read(path: Path, where: str) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SecretError(f"{where}: cannot be read: {type(error).__name__}") from error


def found(secrets: Secrets, names: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """All that can be had, by name, and what is wrong with the others; a keyring that is not there is told once."""
    values: dict[str, str] = {}
    problems: list[str] = []
    for name in names:
        try:
            if value := secrets.find(name):
                values[name] = value
        except SecretError as error:
            problems.append(str(error))
    return values, list(dict.fromkeys(problems))
