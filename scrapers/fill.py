"""How full the records of a document are: the share of rows that state each field."""

from __future__ import annotations

from scrapers.records import LISTS, Records, fields_of


def fill_rates(records: Records) -> dict[str, dict[str, float]]:
    """For each list that has rows, the share of its rows in which each field holds a value, from 0 to 1.

    A field is filled when it is neither null nor an empty text or list. Zero and false are values. What stands in
    `extra` counts under its own word; its share is of all rows of the list.
    """
    return {name: _shares(getattr(records, name), kind) for name, kind in LISTS.items() if getattr(records, name)}


def _shares(rows: list[object], kind: type) -> dict[str, float]:
    filled = {field.name: sum(_is_filled(getattr(row, field.name)) for row in rows) for field in fields_of(kind)}
    for row in rows:
        for word, value in (getattr(row, "extra", None) or {}).items():
            filled[word] = filled.get(word, 0) + _is_filled(value)
    return {name: count / len(rows) for name, count in filled.items()}


def _is_filled(value: object) -> bool:
    return value is not None and value != "" and value != [] and value != {}
