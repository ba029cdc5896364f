"""Columns as revisions write them: what `store_values` makes of a field, without its types, which may change."""

from typing import Any

import sqlalchemy as sa


def identity() -> sa.Column[int]:
    """A number that is never given twice."""
    return sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True)


def text(*names: str, null: bool = False, key: bool = False, default: str | None = None) -> list[sa.Column[Any]]:
    """Words, members of an enum, rich values as JSON."""
    return [sa.Column(name, sa.Text(), nullable=null, primary_key=key, server_default=default) for name in names]


def number(*names: str, null: bool = False, key: bool = False, default: str | None = None) -> list[sa.Column[Any]]:
    """Whole numbers of a value."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return [sa.Column(name, kind, nullable=null, primary_key=key, server_default=default) for name in names]


def moment(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    """Moments, in UTC."""
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=null) for name in names]


def yes_or_no(*names: str, default: bool | None = None) -> list[sa.Column[Any]]:
    """Truth values."""
    filled = None if default is None else (sa.true() if default else sa.false())
    return [sa.Column(name, sa.Boolean(), nullable=False, server_default=filled) for name in names]
