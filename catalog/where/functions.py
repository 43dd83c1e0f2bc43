"""Three functions that SQLAlchemy does not have and that each database spells in its own way.

`json_array_has(column, value)`: whether a JSON array of texts, stored as text, has exactly this element. Neither
`LIKE` nor a search for `"image"` is exact: `LIKE` folds case on SQLite, and quotes and commas inside an element look
like its borders. Both databases can read the array itself, so they are asked to. Of a null column the answer is null,
so that `not` of it does not hold either.

`in_code_point_order(text)`: the text, compared by its code points whatever the locale of the server, so that
`author < b` has the same answer on both databases.

`in_order_of_amounts(text)`: the plain digits of an amount from 0, as something that is ordered as the amounts are.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class json_array_has(GenericFunction[bool]):
    """Null where the array is null, else whether it has the element."""

    type = Boolean()
    inherit_cache = True


@compiles(json_array_has, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    array, value = (compiler.process(clause, **options) for clause in element.clauses)
    return (
        f"CASE WHEN {array} IS NOT NULL THEN "
        f"EXISTS (SELECT 1 FROM json_each({array}) AS element WHERE element.value = {value}) END"
    )


@compiles(json_array_has, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    array, value = (compiler.process(clause, **options) for clause in element.clauses)
    return f"jsonb_exists(CAST({array} AS JSONB), CAST({value} AS TEXT))"


class in_code_point_order(GenericFunction[str]):
    """The text itself, for a comparison."""

    type = Text()
    inherit_cache = True


@compiles(in_code_point_order, "sqlite")
def _as_stored(element: Any, compiler: Any, **options: Any) -> str:
    (text,) = element.clauses
    return str(compiler.process(text, **options))


@compiles(in_code_point_order, "postgresql")
def _collated(element: Any, compiler: Any, **options: Any) -> str:
    (text,) = element.clauses
    return f'({compiler.process(text, **options)} COLLATE "C")'


class in_order_of_amounts(GenericFunction[Any]):
    """An amount's text, for a comparison with another one's."""

    type = Text()
    inherit_cache = True


@compiles(in_order_of_amounts, "sqlite")
def _padded(element: Any, compiler: Any, **options: Any) -> str:
    """Whole parts of one length are ordered by their digits, and so are fractions without zeros at their end."""
    (text,) = element.clauses
    amount = compiler.process(text, **options)
    bare = f"CASE WHEN instr({amount}, '.') THEN rtrim(rtrim({amount}, '0'), '.') ELSE {amount} END"
    return f"(substr('{'0' * 20}', 1, 20 - instr({amount} || '.', '.')) || {bare})"


@compiles(in_order_of_amounts, "postgresql")
def _as_number(element: Any, compiler: Any, **options: Any) -> str:
    (text,) = element.clauses
    return f"CAST({compiler.process(text, **options)} AS NUMERIC)"
