"""Filters over prices: what `where` may name, and the query in which it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Executable, func

from catalog import asof
from catalog.frames import Moment
from catalog.instants import FOREVER
from catalog.where import WhereColumn, compile_where

_TYPES: dict[str, Any] = {
    **dict.fromkeys(("subject_id", "position"), sa.Integer),
    **dict.fromkeys(("pico_usd", "valid_from", "valid_to", "resolved_id"), sa.BigInteger),
    "effective_from": sa.Date,
}
_FURTHER = ("resolved_id", "source", "scope")
_TEXTS = ("provider", "tag", "component", "unit", "conditions", "state", "source", "scope")


def filtered(moment: Moment, columns: Iterable[str], wanted: Sequence[int] | None, where: str | None) -> Executable:
    """The query for those columns of `STATED_PRICES` of some models that a filter leaves.

    Raises `WhereError` for a filter over what is no column of prices.
    """
    names = list(columns)
    sql = asof.STATED_PRICES.replace("k.subject_id,", "k.subject_id, k.resolved_id, k.source, k.scope,", 1)
    table: Any = (
        sa.text(sql)
        .bindparams(as_of=moment.as_of, known=moment.known)
        .columns(*(sa.column(name, _TYPES.get(name, sa.Text)) for name in dict.fromkeys([*names, *_FURTHER])))
        .subquery("stated")
    )
    query = sa.select(*(table.c[name] for name in names))
    if wanted is not None:
        query = query.where(sa.text(f"stated.resolved_id IN ({', '.join(map(str, wanted)) or 'NULL'})"))
    return query if where is None else query.where(compile_where(where, price_columns(table)))


def price_columns(table: Any) -> dict[str, WhereColumn]:
    """What a filter over prices may name, and of which kind each is."""
    columns = {name: WhereColumn(table.c[name], "text") for name in _TEXTS}
    columns["usd"] = WhereColumn(table.c.pico_usd, "money", exact=table.c.usd)
    columns |= {name: WhereColumn(table.c[name], "number") for name in ("pico_usd", "position")}
    columns["valid_from"] = WhereColumn(table.c.valid_from, "instant")
    columns["valid_to"] = WhereColumn(func.nullif(table.c.valid_to, FOREVER), "instant")
    return columns
