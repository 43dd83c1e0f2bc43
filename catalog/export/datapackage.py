"""The descriptor of an export: `datapackage.json`, Data Package version 2 (https://datapackage.org/standard/).

Its words are those of the records. It has no clock: the same data give the same descriptor.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from catalog.export.columns import Column, Kind
from catalog.export.tables import TABLES, Table
from catalog.migrate import HEAD
from catalog.version import VERSION
from scrapers.source import all_sources

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NAME = "datapackage.json"

Format = Literal["csv", "parquet"]

_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_TYPES: dict[Kind, str] = {"decimal": "number"}
_DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}
_SAFE = (
    "For spreadsheets: a text cell that would run as a formula, or that begins with an apostrophe, has an apostrophe in"
    " front; remove one leading apostrophe to have the text back. Columns of numbers, times and truths are untouched."
)
_RAW = "For machines: every text is as the source stated it; do not open this file in a spreadsheet."
_MISSING = "An empty cell is null; an empty text is a quoted empty cell. NA and null are words like any other."
_DATA_LICENSE = {
    "name": "notspecified",
    "title": "Not specified: the data are the statements of the sources, whose own terms hold for them",
}


class File(NamedTuple):
    """One file of an export: where it is below the folder, whose rows it has, and what it is made of."""

    name: str
    table: Table
    partition: str | None
    rows: int
    bytes: int
    sha256: str


def descriptor(
    files: Sequence[File], kept: Sequence[Mapping[str, Any]], *, form: Format, raw: bool, query: Mapping[str, Any]
) -> str:
    """The text of `datapackage.json`; `kept` are resources of the former one whose files stay as they are."""
    resources = [*kept, *(_resource(file, form, raw=raw) for file in files)]
    order = {name: place for place, name in enumerate(TABLES)}
    resources.sort(key=lambda one: (order[one.get("table", one["name"])], one["path"]))
    package = {
        "$schema": PROFILE,
        "name": "model-catalog",
        "title": "A catalogue of AI models: facts, prices, endpoints, scores and their history",
        "description": (
            "What public sources state of AI models, and since when. Null means that the source is silent; it is never"
            " zero. Amounts are exact, times are UTC, intervals are half open: [valid_from, valid_to)."
        ),
        "licenses": [_DATA_LICENSE],
        "sources": [{"title": one.title, "path": one.base_url, "slug": one.slug} for one in all_sources().values()],
        "program": {"name": "model-catalog", "version": VERSION},
        "schemaVersion": HEAD,
        "query": dict(query),
        "resources": resources,
    }
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"


def resources_in(directory: Path, chosen: Sequence[Table]) -> list[dict[str, Any]]:
    """The resources of a folder's descriptor that were made by this program; none where there is no such descriptor.

    Each has its `table`, and one of another table than those chosen now the `query` that it answers.
    """
    try:
        package = json.loads((directory / NAME).read_text(encoding="utf-8"))
        found = [one for one in package["resources"] if isinstance(one, dict)]
        query = package.get("query")
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return []
    named = [{"table": one.get("name"), **one} for one in found]
    known = [one for one in named if one["table"] in TABLES]
    return [one if TABLES[one["table"]] in chosen else {"query": query, **one} for one in known]


def _resource(file: File, form: Format, *, raw: bool) -> dict[str, Any]:
    suffix = "" if file.partition is None else "." + file.partition.split("=")[1].strip("_").lower()
    found: dict[str, Any] = {
        "name": file.table.name + suffix,
        "path": file.name,
        "description": file.table.description,
        "format": form,
        "mediatype": _MEDIA[form],
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "rowCount": file.rows,
    }
    if file.partition is not None:
        found |= {"table": file.table.name, "partition": file.partition}
    if form == "csv":
        notes = f"{_MISSING} {_RAW if raw else _SAFE}"
        found |= {"encoding": "utf-8", "dialect": _DIALECT, "spreadsheetSafe": not raw, "notes": notes}
        found["rows"] = file.rows  # the name under which frictionless checks it
    else:
        found["type"] = "file"  # Parquet brings its own types; frictionless reads it by way of floats and arrays
    found["schema"] = _schema(file.table)
    return found


def _schema(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        found["primaryKey"] = list(table.key)
    return found


def _field(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, column.kind),
        "description": column.description,
    }
    if column.unit is not None:
        found["unit"] = column.unit
    if column.kind == "decimal":
        found["exact"] = True
    limits: dict[str, Any] = {}
    if column.required:
        limits["required"] = True
    if column.values:
        limits["enum"] = list(column.values)
    if limits:
        found["constraints"] = limits
    return found
