"""“Is one of these numbers” in SQL, the numbers given as one value: one statement, however many there are.

With a parameter for each number every length of the list would be a statement of its own, made, prepared and kept anew.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator


class _Numbers(TypeDecorator[Sequence[int]]):
    """Whole numbers as a JSON text, which both databases can take apart."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's shape
        """To the database."""
        return None if value is None else msgspec.json.encode(value).decode()


class _Each(FunctionElement[Any]):
    """The rows of a parameter that holds numbers, in a column `value`."""

    name = "each"
    inherit_cache = True


def among(column: sa.Column[int], these: str) -> sa.ColumnElement[bool]:
    """Whether a column's number is among those of the parameter `these`, a sequence of whole numbers."""
    each = _Each(sa.bindparam(these, type_=_Numbers()))
    return column.in_(sa.select(sa.column("value", sa.BigInteger)).select_from(each))


@compiles(_Each, "sqlite")
def _in_sqlite(element: _Each, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **how)})"


@compiles(_Each, "postgresql")
def _in_postgresql(element: _Each, compiler: SQLCompiler, **how: Any) -> str:
    these = compiler.process(element.clauses, **how)
    return f"(SELECT CAST(value AS bigint) AS value FROM json_array_elements_text(CAST({these} AS json))) AS each"  # noqa: S608 - of compiled clauses, no text from outside
