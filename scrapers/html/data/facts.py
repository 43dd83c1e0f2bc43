"""The facts of the page's own model that its data hold, beside those that are known already."""

from __future__ import annotations

from typing import Any

from scrapers.html.data.prices import CURRENCY_KEYS, UNIT_KEYS, unit_of_key
from scrapers.html.data.records import words_of_key
from scrapers.outline import Outline, Section, Table
from scrapers.page.words import component_of, field_of, says_price, topic_of

_PAIR = ({"label"}, {"label", "value"})


def prices_beside_facts(node: dict[str, Any]) -> dict[str, Any]:
    """What an object has of prices among the facts of a model, each under a key that says so: `input_price_per_1m`."""
    prices = {
        key: value
        for key, value in node.items()
        if len(key) < 60
        and not isinstance(value, (dict, list))
        and (unit_of_key(key)[1] or says_price(words_of_key(key)))
        and component_of(words_of_key(key))
    }
    terms = (key for key in node if key.replace("_", "").lower() in (*CURRENCY_KEYS, *UNIT_KEYS))
    return prices and prices | {key: node[key] for key in terms}


_FEWEST_PRICES = 2


def is_priced(key: str, part: dict[str, Any]) -> bool:
    """Whether an object says by its key that it has prices, of several things: `"cost": {"input": 3, "output": 15}`."""
    is_named = says_price(words_of_key(key)) and topic_of(words_of_key(key)) is None
    return is_named and sum(component_of(words_of_key(name)) is not None for name in part) >= _FEWEST_PRICES


def ranks_of(summary: dict[str, Any]) -> dict[str, Any]:
    """What an object of a model's performance states of it by names that can mean nothing else."""
    plain = {key: child for key, child in summary.items() if not isinstance(child, (dict, list))}
    plain |= {
        f"{key} {name}": one
        for key, child in summary.items()
        if words_of_key(key) == "Percentiles" and isinstance(child, dict)
        for name, one in child.items()
    }
    return {key: one for key, one in plain.items() if field_of("specifications", words_of_key(key)) in _RANKS}


_RANKS = ("speed_percentile", "price_percentile", "success_rate")


def fields_said(outline: Outline) -> set[str]:
    """The fields of which the specifications of a page say something."""
    return {name for section in outline.about("specifications") for name in _fields_of(section)}


def without_said(section: Section, said: set[str]) -> Section | None:
    """A section of specifications without those of which others have spoken; None where nothing is left."""
    tables = [table for one in section.tables if (table := _without(one, said)) is not None]
    left = Section(section.heading, section.topic, section.level, section.lines, tables)
    return None if left.is_empty else left


def _is_of_pairs(table: Table) -> bool:
    return {field_of("specifications", header) for header in table.headers} in _PAIR


def _fields_of(section: Section) -> set[str]:
    said: set[str | None] = set()
    for table in section.tables:
        if not table.headers or _is_of_pairs(table):
            said |= {field_of("specifications", row[0].words) for row in table.rows if row and row[-1].text}
        else:
            said |= {
                field_of("specifications", header)
                for row in table.rows
                for header, cell in zip(table.headers, row, strict=False)
                if cell.text
            }
    return {name for name in said if name}


def _without(table: Table, said: set[str]) -> Table | None:
    if _is_of_pairs(table):
        rows = [row for row in table.rows if field_of("specifications", row[0].words) not in said]
        return Table(table.headers, rows) if rows else None
    kept = [at for at, header in enumerate(table.headers) if field_of("specifications", header) not in said]
    if not kept:
        return None
    return Table(tuple(table.headers[at] for at in kept), [[row[at] for at in kept] for row in table.rows])
