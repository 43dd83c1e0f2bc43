"""Filters over prices: what `where` may name, and the query in which it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func

from catalog import asof
from catalog.instants import FOREVER
from catalog.where import WhereColumn, compile_where, required_values, requires_null

_TYPES: dict[str, Any] = {
    **dict.fromkeys(("subject_id", "position"), sa.Integer),
    **dict.fromkeys(("pico_usd", "valid_from", "valid_to"), sa.BigInteger),
    "effective_from": sa.Date,
}
_VOICE = ("source", "scope")
_STATED = ("subject_id", "line", *asof.PRICE_FIELDS, "valid_from", "valid_to")
_TEXTS = ("provider", "tag", "component", "unit", "conditions", "state", "source", "scope")


def filtered(
    columns: Iterable[str], where: str, subjects: Iterable[int] | None, *, by_line: bool, **numbers: int
) -> sa.Select[Any]:
    """The query for those columns of `stated_prices` that a filter leaves, with its parameters.

    Raises `WhereError` for a filter over what is no column of prices.
    """
    with_voice = any(name in where for name in _VOICE)
    beginnings = _beginnings(where)
    sql = asof.stated_prices(subjects, by_line=by_line or beginnings is not None, with_voice=with_voice)
    table: Any = (
        sa.text(sql)
        .bindparams(**numbers)
        .columns(*(sa.column(name, _TYPES.get(name, sa.Text)) for name in (*_STATED, *_VOICE)))
        .subquery("stated")
    )
    query = sa.select(*(table.c[name] for name in columns)).where(compile_where(where, price_columns(table)))
    if beginnings is None:
        return query
    return query.where(sa.or_(sa.false(), *(func.substr(table.c.line, 1, len(text)) == text for text in beginnings)))


def _beginnings(where: str) -> list[str] | None:
    """How the keys of the timelines begin that a filter can leave at all; the versions of others are not looked at.

    A key is the component, the provider and more, with a bar between them; it does not tell no provider from an empty
    name, so that it never decides alone.
    """
    components = required_values(where, "component")
    if components is None:
        return None
    end = "||" if requires_null(where, "provider") else "|"
    return [component + end for component in sorted(components)]


def price_columns(table: Any) -> dict[str, WhereColumn]:
    """What a filter over prices may name, and of which kind each is."""
    columns = {name: WhereColumn(table.c[name], "text") for name in _TEXTS}
    columns["usd"] = WhereColumn(table.c.pico_usd, "money", exact=table.c.usd)
    columns |= {name: WhereColumn(table.c[name], "number") for name in ("pico_usd", "position")}
    columns["valid_from"] = WhereColumn(table.c.valid_from, "instant")
    columns["valid_to"] = WhereColumn(func.nullif(table.c.valid_to, FOREVER), "instant")
    return columns
