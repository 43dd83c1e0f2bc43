"""The data dictionary, as `docs/records.md` and as the metadata with which Datasette serves the database.

Every word comes from the annotations of `scrapers/records.py` and from the columns that an export adds to them; there
is no second list. The documents are this module's output (`python -m catalog.dictionary records`, `… datasette`), and
the tests compare the one with the other and the views with the database.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from catalog.export.columns import WHO, Column, of_record
from catalog.export.tables import TABLES
from catalog.schema import METADATA
from scrapers.records import LISTS, fields_of

PICO_USD = Column(
    name="pico_usd",
    kind="integer",
    description="the price rounded to a whole number, which sorts; null where there is none, or where it does not fit",
    unit="1e-12 USD per `unit`",
)


RATED = Column(
    name="value", kind="number", description="1 to 5 for stars and dollar signs, 0 to 100 otherwise; null for a dash"
)
"""A rating in its view, which has a number to sort by; the digits are few enough for one to hold them."""


class View(NamedTuple):
    """A view for analysts: what its rows are, and the table of an export whose columns it has, in its own order."""

    description: str
    table: str
    columns: tuple[str, ...]


_WHO = ("model_id", "canonical_slug", "variant")
_PRICE = (
    *_WHO, "provider", "tag", "component", "usd", "pico_usd", "unit", "conditions", "state", "effective_from",
    "position", "source",
)  # fmt: skip


def _others(table: str, *, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The columns of an export's table that are no names of the model."""
    left_out = {"model", *_WHO, *without}
    return tuple(column.name for column in TABLES[table].columns if column.name not in left_out)


VIEWS: dict[str, View] = {
    "model_now": View(
        "Every listed model, one row each: the best statement of each field among all sources.",
        "models",
        (*_WHO, *_others("models", without=("is_subject", "source")), "source"),
    ),
    "price_now": View(
        "The prices in force: a model's headline prices (`provider` null) and those of its endpoints.",
        "prices",
        (*_PRICE, "valid_from"),
    ),
    "price_history": View(
        "Every price that a source ever stated, with the time `[valid_from, valid_to)` for which it did.",
        "price_history",
        (*_PRICE, "scope", "valid_from", "valid_to"),
    ),
    "endpoint_now": View(
        "The endpoints that serve a model, with what was measured of them last; one row for each source that states"
        " it.",
        "endpoints",
        (
            *_WHO, "provider", "endpoint_name", "tag", "quantization", "context_tokens", "context_is_rounded",
            "max_prompt_tokens", "max_output_tokens", "supported_parameters", "discount", "status",
            *(name for name in _others("endpoints") if name.startswith(("uptime_", "latency_", "throughput_"))),
            "source", "valid_from",
        ),
    ),
    "benchmark_now": View(
        "The benchmark scores that each source states now.",
        "benchmark_scores",
        (*_WHO, *_others("benchmark_scores", without=("extra",))),
    ),
    "rating_now": View(
        "The ratings of each model: stars, dollar signs, percentiles.",
        "ratings",
        (*_WHO, *_others("ratings", without=("name",))),
    ),
    "change_log": View(
        "Every difference between two consecutive captures, unclassified; `catalog changes` tells their kinds. A model"
        " is one by its permanent slug, whatever its id, and `extra` is one field, which `catalog changes --raw` takes"
        " apart.",
        "changes",
        ("observed_at", "source", "scope", "model_id", "canonical_slug", "kind", "field", "old", "new"),
    ),
}  # fmt: skip
"""The views, in the order in which they are told."""

INNER_VIEWS = ("spoken_now", "listing_now", "fact_now")
"""The views that the others are made of; they may change with any release."""


def view_columns(name: str) -> tuple[Column, ...]:
    """The columns of a view in their order, with the words of the export's table."""
    view = VIEWS[name]
    known = {column.name: column for column in TABLES[view.table].columns} | {PICO_USD.name: PICO_USD}
    if view.table == "ratings":
        known[RATED.name] = RATED
    return tuple(known[column] for column in view.columns)


def record_columns(record: type) -> tuple[Column, ...]:
    """The fields of a record in their order, `extra` last where it has one."""
    known = {column.name: column for column in (*WHO, *of_record(record))}
    names = [field.name for field in fields_of(record)]
    return tuple(known[name] for name in [*names, *(["extra"] if "extra" in known else [])])


_INTRODUCTION = """\
# The data dictionary

<!-- Made by `python -m catalog.dictionary records`; do not edit. -->

A field has one name and one unit everywhere: in the records that a parser returns (`catalog parse FILE --format json`),
in the SQL views, in DataFrames and in exports. Null means that the source is silent; it is never zero, and zero is
never unknown. Money is exact: `decimal` is a `Decimal` in Python, and text in JSON, CSV and SQL. Times are UTC, and
intervals are half open, `[valid_from, valid_to)`.

A model is named for ever by `(canonical_slug, variant)`. Wherever a command or a method takes a model, its `model_id`,
its `canonical_slug` or its exact `name` will do.

## The records
"""

_TITLES = {
    "models": "What a source says of one model.",
    "endpoints": "One provider serving one model.",
    "prices": "One price. A model's headline price and an endpoint's are two rows.",
    "benchmark_scores": "One score of one model.",
    "ratings": "One rating of one model.",
    "warnings": "What a parser could not read. No row is dropped silently, and no value is invented.",
}

_VIEWS = """\
## The views

What the database shows to analysts, the same on SQLite and PostgreSQL; [sql.md](sql.md) has examples. SQLite keeps a
truth as 0 or 1, and both keep lists and objects as JSON text and times as ISO 8601 text.
"""


def records_page() -> str:
    """The text of `docs/records.md`."""
    parts = [_INTRODUCTION]
    parts += [_section(name, _TITLES[name], record_columns(record)) for name, record in LISTS.items()]
    parts.append(_VIEWS)
    parts += [_section(name, view.description, view_columns(name)) for name, view in VIEWS.items()]
    return "\n".join(parts)


def _section(name: str, description: str, columns: tuple[Column, ...]) -> str:
    rows = [
        f"| `{column.name}` | {column.kind} | {_cell(column.unit or '')} | {_cell(_words(column))} |"
        for column in columns
    ]
    head = ["| field | type | unit | meaning |", "|---|---|---|---|"]
    return "\n".join([f"### `{name}`", "", description, "", *head, *rows, ""])


def _words(column: Column) -> str:
    return column.description + (
        f"; one of {', '.join(f'`{value}`' for value in column.values)}" if column.values else ""
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def datasette_metadata() -> dict[str, Any]:
    """The metadata of a Datasette that serves the SQLite file: the views described, the inner tables out of sight.

    The unit of a column stands in its description: Datasette 0.65 would compute with units of its own, and later ones
    do not know them.
    """
    views = {
        name: {
            "description": view.description,
            "columns": {column.name: _with_unit(column) for column in view_columns(name)},
        }
        for name, view in VIEWS.items()
    }
    parts = {
        name: {"description": "A part of the other views; it may change with any release."} for name in INNER_VIEWS
    }
    inner = {name: {"hidden": True} for name in sorted([*METADATA.tables, "alembic_version"])}
    return {
        "title": "A catalogue of AI models",
        "description": "What public sources state of AI models, and since when. Null is unknown, not 0; times are UTC.",
        "databases": {"catalog": {"tables": views | parts | inner, "queries": QUERIES}},
    }


QUERIES: dict[str, dict[str, str]] = {
    "cheapest_prompt": {
        "title": "The lowest headline prices of a prompt",
        "sql": "SELECT model_id, usd FROM price_now WHERE provider IS NULL AND component = 'prompt'"
        " AND conditions IS NULL AND state = 'priced' ORDER BY pico_usd LIMIT 20",
    },
    "price_moves": {
        "title": "The prices that a model ever had",
        "sql": "SELECT component, usd, unit, source, valid_from, valid_to FROM price_history"
        " WHERE model_id = :model_id AND provider IS NULL ORDER BY component, valid_from",
    },
    "comings_and_goings": {
        "title": "Models that came to a listing or left it, the last first",
        "sql": "SELECT observed_at, source, model_id, kind FROM change_log WHERE field IS NULL"
        " ORDER BY observed_at DESC",
    },
}
"""Questions to begin with, as Datasette offers them."""


def _with_unit(column: Column) -> str:
    return column.description + (f" [{column.unit}]" if column.unit and column.unit != "date" else "")


def yaml(value: Mapping[str, Any], indent: int = 0) -> Iterator[str]:
    """The lines of a mapping of mappings, texts and truths; a text is quoted as in JSON, which is YAML too."""
    for name, item in value.items():
        if isinstance(item, Mapping):
            yield f"{' ' * indent}{name}:"
            yield from yaml(item, indent + 2)
        else:
            yield f"{' ' * indent}{name}: {json.dumps(item, ensure_ascii=False)}"


def metadata_page() -> str:
    """The text of `deploy/datasette/metadata.yaml`."""
    return "\n".join(
        ["# Made by `python -m catalog.dictionary datasette`; do not edit.", *yaml(datasette_metadata()), ""]
    )


PAGES = {"records": records_page, "datasette": metadata_page}

if __name__ == "__main__":
    if sys.argv[1:] not in ([name] for name in PAGES):
        sys.exit(f"usage: python -m catalog.dictionary {'|'.join(PAGES)}")
    sys.stdout.write(PAGES[sys.argv[1]]())
