"""What a column of an exported table is: its name, its type, and the words of the data dictionary.

A column that a record has takes its type, its unit and its description from the annotation in `scrapers/records.py`;
only what the catalogue adds (whose row it is, since when, from which source) is described here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from scrapers.figure import Figure
from scrapers.records import Column as Words
from scrapers.records import Model, fields_of

Kind = Literal["string", "integer", "number", "decimal", "boolean", "date", "datetime", "array", "object"]
"""What a value is. `decimal` is exact, `number` a measurement in floating point; an `object` is JSON text."""

_KINDS: dict[Any, Kind] = {
    str: "string",
    int: "integer",
    float: "number",
    Decimal: "decimal",
    Figure: "decimal",
    bool: "boolean",
    date: "date",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes:
        name: as in `records.md`, the SQL views and the DataFrames.
        kind: what its values are.
        description: for the data dictionary.
        unit: of the values, where they have one.
        required: true where no row lacks it.
        values: every value that it can have, where they are few and fixed.
        sql: the expression that gives it, where that is not its name.
    """

    name: str
    kind: Kind
    description: str
    unit: str | None = None
    required: bool = False
    values: tuple[str, ...] = ()
    sql: str | None = None


def of_record(
    record: type, *, leave_out: Iterable[str] = (), only: Iterable[str] | None = None, **more: Mapping[str, Any]
) -> tuple[Column, ...]:
    """The columns of a record type in its order, `extra` last where it has one; `more` adds to a column by its name."""
    wanted = None if only is None else set(only)
    unwanted = {"canonical_slug", "model_id", "variant", *leave_out}
    columns = [
        Column(name=item.name, kind=_kind(item.type), description=item.description, unit=item.unit,
               required=not _may_be_none(item.type))
        for item in fields_of(record)
        if item.name not in unwanted and (wanted is None or item.name in wanted)
    ]  # fmt: skip
    words = _extra(record)
    if words is not None and wanted is None:
        columns.append(Column(name="extra", kind="object", description=words.description))
    return tuple(replace(column, **more.get(column.name, {})) for column in columns)


def _extra(record: type) -> Words | None:
    """The words for `extra`, which `fields_of` leaves out because a record spreads it over its other fields."""
    hint = get_type_hints(record, include_extras=True).get("extra")
    return None if hint is None else next(note for note in get_args(hint) if isinstance(note, Words))


def _may_be_none(kind: Any) -> bool:
    return kind is Any or type(None) in get_args(kind)


def _kind(annotation: Any) -> Kind:
    """The kind of a Python type; a list of words is an array, and whatever JSON can hold an object."""
    if get_origin(annotation) is UnionType:
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    if get_origin(annotation) is list:
        return "array"
    return _KINDS.get(annotation, "object")


_MODEL = {item.name: item for item in fields_of(Model)}


def _of_model(name: str, *, required: bool = False) -> Column:
    item = _MODEL[name]
    return Column(name=name, kind="string", description=item.description, unit=item.unit, required=required)


MODEL = Column(
    name="model",
    kind="string",
    description="the model's name in this catalogue, unique: its id, or else its slug, or else its name",
    required=True,
)
WHO = (MODEL, _of_model("canonical_slug"), _of_model("variant", required=True), _of_model("model_id"))
"""Whom a row speaks of; the first columns of every table of models."""

SOURCE = Column(name="source", kind="string", description="the source that says so, by its slug", required=True)
SCOPE = Column(
    name="scope",
    kind="string",
    description="what the source was asked for: `all`, or one model; with the source and the time it names the capture",
    required=True,
)
VALID_FROM = Column(
    name="valid_from",
    kind="datetime",
    description="the capture that first said so; it holds from then on, this instant included",
    unit="UTC",
    required=True,
)
VALID_TO = Column(
    name="valid_to",
    kind="datetime",
    description="the first later capture that said otherwise or nothing; null while none has",
    unit="UTC",
)
STATED = (SOURCE, SCOPE, VALID_FROM)
"""Who says so and since when."""
