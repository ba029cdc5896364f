"""How values become columns and come back: one column a field, by the field's type; what is rich is kept as JSON."""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import Any, Generic, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

T = TypeVar("T")

FromDatabase = Callable[[Any], Any]
"""What a column's text or number becomes when it is read.

The types below make it themselves instead of handing SQLAlchemy a `process_result_value`: their columns are plain texts on both
databases, with nothing of the driver's to keep, and of a long ledger millions of values are read.
"""


def storable(text: str) -> str:
    """A text that every database takes: lone surrogates and NUL, which hostile headers bring, become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "\ufffd")


class Words(TypeDecorator[str]):
    """A text of any length."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's shape
        """To the database."""
        return None if value is None else storable(value)


class Moment(TypeDecorator[datetime]):
    """A moment: UTC in the database, aware when it comes back. ValueError for a naive one."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as above
        """To the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"{value!r} has no zone"
            raise ValueError(msg)
        return value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> FromDatabase | None:
        """From the database; SQLite keeps a text without a zone, PostgreSQL gives an aware moment by itself."""
        return _moment if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _moment(value: str | None) -> datetime | None:
    """A moment as SQLAlchemy writes it into SQLite (`2021-12-20 16:00:00.000000`), which is UTC."""
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


class Choice(TypeDecorator[StrEnum]):
    """A member of an enum, kept by its value."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - as above
        """To the database."""
        return None if value is None else value.value

    def result_processor(self, dialect: Dialect, coltype: object) -> FromDatabase:  # noqa: ARG002 - as above
        """From the database; ValueError for a word that is none of the members."""
        return _Members(self.members).__getitem__


class _Members(dict[str | None, StrEnum | None]):
    """The members of an enum by their values; no value is no member."""

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__((member.value, member) for member in members)
        self[None] = None
        self._members = members

    def __missing__(self, value: str) -> StrEnum:
        return self._members(value)


class Json(TypeDecorator[Any]):
    """A rich value (a dataclass, a tuple, a mapping) as JSON text; the text column keeps both databases alike."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind
        self._decoder = msgspec.json.Decoder(kind)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - as above
        """To the database."""
        if value is None:
            return None
        try:
            return msgspec.json.encode(value).decode()
        except UnicodeEncodeError:
            return msgspec.json.encode(_mended(msgspec.to_builtins(value))).decode()

    def result_processor(self, dialect: Dialect, coltype: object) -> FromDatabase:  # noqa: ARG002 - as above
        """From the database."""
        decode = self._decoder.decode
        return lambda value: None if value is None else decode(value)


def _mended(value: Any) -> Any:
    """The same plain value with every text storable."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_mended(item) for item in value]
    return value


_PLAIN: Mapping[Any, TypeEngine[Any]] = {
    str: Words(),
    bool: sa.Boolean(),
    int: sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
    bytes: sa.LargeBinary(),
    datetime: Moment(),
}


def _column_type(kind: Any) -> TypeEngine[Any]:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Choice(kind)
    return Json(kind)


def _without_none(hint: Any) -> tuple[Any, bool]:
    """The type behind `X | None`, and whether None was there."""
    if not isinstance(hint, types.UnionType) and typing.get_origin(hint) is not typing.Union:
        return hint, False
    kinds = [kind for kind in typing.get_args(hint) if kind is not types.NoneType]
    return (kinds[0] if len(kinds) == 1 else hint), len(kinds) < len(typing.get_args(hint))


class Shape(Generic[T]):
    """The columns of one dataclass: a field added to the value is a column of the table without another word."""

    def __init__(self, kind: type[T], leave: tuple[str, ...] = ()) -> None:
        hints = typing.get_type_hints(kind)
        self.kind = kind
        self.names = tuple(f.name for f in dataclasses.fields(kind) if f.name not in leave)  # type: ignore[arg-type]  # T is a dataclass; typeshed's protocol for that is private
        self._hints = {name: _without_none(hints[name]) for name in self.names}
        every = [f.name for f in dataclasses.fields(kind)]  # type: ignore[arg-type]  # as above
        self._moments = tuple(every.index(name) for name in self.names if self._hints[name][0] is datetime)

    def columns(self, key: tuple[str, ...] = ()) -> list[sa.Column[Any]]:
        """Columns for all fields; those of `key` together are the primary key."""
        return [
            sa.Column(name, _column_type(kind), nullable=optional, primary_key=name in key)
            for name, (kind, optional) in self._hints.items()
        ]

    def row(self, value: T) -> dict[str, Any]:
        """What to write."""
        return {name: getattr(value, name) for name in self.names}

    def value(self, row: Sequence[Any], zone: tzinfo, at: int = 0, *first: object) -> T:
        """The value again, moments in `zone`. Its columns stand in `row` from `at` on, in the order of `columns`.

        `first` are the values of the fields that were left out, which are the first ones of the dataclass.
        """
        found = [*first, *row[at : at + len(self.names)]]
        for moment in self._moments:
            if found[moment] is not None:
                found[moment] = found[moment].astimezone(zone)
        return self.kind(*found)
