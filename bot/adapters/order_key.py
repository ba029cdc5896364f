"""The secret from which the day's codes follow: made once, kept in the state folder for its owner alone (0600)."""

import secrets
from pathlib import Path

from bot.adapters.files import StateError, write_whole

NAME = "order-key"
LENGTH = 32


def make_order_key(state: Path) -> bytes:
    """The secret of this installation, made now when there is none; for the worker that holds the lock."""
    path = state / NAME
    if not path.exists():
        write_whole(path, secrets.token_hex(LENGTH).encode())  # mode 0600; there whole or not at all, whatever happens
    return order_key(state)


def order_key(state: Path) -> bytes:
    """The secret, b"" when none has been made yet; StateError when the file is not what was written."""
    path = state / NAME
    if not path.exists():
        return b""
    try:
        key = bytes.fromhex(path.read_text("ascii"))
    except ValueError as error:
        raise StateError(_broken(path)) from error
    if len(key) != LENGTH:
        raise StateError(_broken(path))
    return key


def _broken(path: Path) -> str:
    return f"{path.name} in the state folder is damaged: remove it; codes of digests already sent will not hold any more"
