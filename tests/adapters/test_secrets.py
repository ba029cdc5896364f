"""Secrets: which place goes before which, and errors that say where and why, never what."""

import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from bot.adapters.secrets import Secrets, found

NAME = "SHOULI_MAILBOX_PASSWORD"


class Ring(KeyringBackend):
    """A keyring in memory; locked, it gives nothing."""

    priority = 1.0

    def __init__(self, locked: bool = False) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library gives its own methods no types
        self.locked = locked
        self.kept = {("shouli", NAME): "from-the-keyring"}

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("no")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring() -> Iterator[Ring]:
    before = keyring.get_keyring()
    made = Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_the_environment_goes_before_a_file_that_before_a_credential_and_that_before_the_keyring(
    tmp_path: Path, ring: Ring
) -> None:
    (tmp_path / "file").write_text("from-a-file\n")
    (tmp_path / NAME).write_text("from-a-credential\n")
    environment = {NAME: "from-the-environment", f"{NAME}_FILE": str(tmp_path / "file"), "CREDENTIALS_DIRECTORY": str(tmp_path)}
    told = []
    for place in [*environment, "keyring", "nowhere"]:
        told.append(Secrets(environment, "shouli" if place != "nowhere" else "").find(NAME))
        environment = {name: value for name, value in environment.items() if name != place}
    assert told == ["from-the-environment", "from-a-file", "from-a-credential", "from-the-keyring", None]


def test_a_credential_that_the_unit_was_not_given_is_sought_elsewhere(tmp_path: Path, ring: Ring) -> None:
    assert Secrets({"CREDENTIALS_DIRECTORY": str(tmp_path)}, "shouli").find(NAME) == "from-the-keyring"


def test_what_cannot_be_read_is_told_by_place_and_kind_and_the_rest_is_found(tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    environment = {"A_FILE": str(tmp_path / "none"), "B_FILE": str(tmp_path / "bytes"), "C": "good"}
    assert found(Secrets(environment), ["A", "B", "C", "D"]) == (
        {"C": "good"},
        [
            "environment: A_FILE: cannot be read: FileNotFoundError",
            "environment: B_FILE: cannot be read: UnicodeDecodeError",
        ],
    )


def test_a_keyring_that_is_locked_says_so(ring: Ring) -> None:
    ring.locked = True
    assert found(Secrets({}, "shouli"), [NAME]) == (
        {},
        [f"secrets.keyring: {NAME} cannot be read: KeyringLocked; is the keyring of this user unlocked?"],
    )


def test_without_the_extra_it_is_said_once_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    told = 'secrets.keyring: needs the package keyring: install shouli with its extra `keyring`, or write ""'
    assert found(Secrets({}, "shouli"), ["A", "B"]) == ({}, [told])


def test_a_keyring_that_is_not_configured_is_not_even_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert found(Secrets({}), [NAME]) == ({}, [])
