"""How values become columns and come back: one column a field, by the field's type; what is rich is kept as JSON."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import Any, Generic, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

T = TypeVar("T")


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

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as above
        """From the database; SQLite gives it back without a zone."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


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

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002 - as above
        """From the database."""
        return None if value is None else self.members(value)


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

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - as above
        """From the database."""
        return None if value is None else self._decoder.decode(value)


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
        self._moments = tuple(name for name in self.names if self._hints[name][0] is datetime)

    def columns(self, key: tuple[str, ...] = ()) -> list[sa.Column[Any]]:
        """Columns for all fields; those of `key` together are the primary key."""
        return [
            sa.Column(name, _column_type(kind), nullable=optional, primary_key=name in key)
            for name, (kind, optional) in self._hints.items()
        ]

    def row(self, value: T) -> dict[str, Any]:
        """What to write."""
        return {name: getattr(value, name) for name in self.names}

    def fields(self, row: sa.RowMapping, zone: tzinfo) -> dict[str, Any]:
        """What was read, by field name, moments in `zone`."""
        found = {name: row[name] for name in self.names}
        for name in self._moments:
            if found[name] is not None:
                found[name] = found[name].astimezone(zone)
        return found

    def value(self, row: sa.RowMapping, zone: tzinfo) -> T:
        """The value again."""
        return self.kind(**self.fields(row, zone))
