"""What the commands print: rows in four forms, messages on stderr.

On a terminal rows are a table; elsewhere, unless asked otherwise, CSV: no colour, no progress, exact values.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import typer

from catalog.cli.logs import writes_json

if TYPE_CHECKING:
    import pandas as pd

    from catalog.cli.app import Format

log = logging.getLogger("catalog")
DASH = "—"
_WHOLE = ("model", "model_id", "released", "observed_at", "valid_from")
_TOKENS = ("context_tokens", "max_output_tokens", "max_prompt_tokens", "parameter_count")


def complain(message: str) -> None:
    """One line on stderr: something is wrong."""
    if writes_json():
        log.error("%s", message)
    else:
        typer.echo(f"catalog: {message}", err=True)


def note(message: str) -> None:
    """Something worth knowing beside the answer, on stderr."""
    if writes_json():
        log.info("%s", message)
    else:
        typer.echo(message, err=True)


def chosen(form: Format | None) -> Format:
    """The form asked for, or the one that suits where the output goes."""
    return form or ("table" if sys.stdout.isatty() else "csv")


def print_frame(
    frame: pd.DataFrame,
    form: Format | None,
    *,
    index: bool = False,
    table_columns: Sequence[str] | None = None,
    title: str | None = None,
) -> None:
    """Print rows. A table shows `table_columns` alone, in human units; the other forms have everything, exact."""
    form = chosen(form)
    if index:
        frame = frame.reset_index()
    if form == "json":
        typer.echo(json.dumps(plain_rows(frame), ensure_ascii=False, indent=1))
    elif form == "csv":
        import csv

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(frame.columns)
        writer.writerows([_cell(value) for value in row.values()] for row in plain_rows(frame))
    elif form == "markdown":
        _print_markdown(frame if table_columns is None else frame[list(table_columns)])
    else:
        _print_table(frame if table_columns is None else frame[list(table_columns)], title)


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values: exact numbers as text, times as ISO 8601, None for what is unknown."""
    names = [str(name) for name in frame.columns]
    columns = [[plain(value) for value in frame.iloc[:, place]] for place in range(len(names))]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)] if columns else []


def plain(value: Any) -> Any:
    """One value as `json` writes it."""
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if value is None or (value != value) is True or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        text = value.isoformat()
        return text.replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


def _cell(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def _units() -> dict[str, str]:
    from scrapers.records import LISTS, fields_of

    units = {f.name: f.unit for record in LISTS.values() for f in fields_of(record) if f.unit}
    short = {"USD per `unit`": "USD/unit", "percent": "%", "date": ""}
    shown = {name: short.get(unit, unit) for name, unit in units.items()}
    return {**shown, "prompt_usd": "USD/Mtok", "completion_usd": "USD/Mtok", "usd": "USD"}


def heading(name: str) -> str:
    """A column's name with its unit, for a person."""
    unit = _units().get(name, "")
    words = name
    for ending in ("_tokens", "_usd", "_percent", "_ms", "_tps", "_s", "_on"):
        words = words.removesuffix(ending) if unit or ending == "_on" else words
    return f"{words.replace('_', ' ')} ({unit})" if unit else words.replace("_", " ")


def shown(value: Any, column: str = "") -> str:
    """One value for a person: a dash for unknown, K and M for counts of tokens, lists joined."""
    value = plain(value)
    if value is None:
        return DASH
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or DASH
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if column in _TOKENS and isinstance(value, int):
        return short_count(value)
    if column in ("speed", "ability") and isinstance(value, int):
        return "★" * value
    if column == "cost" and isinstance(value, int):
        return "$" * value
    if isinstance(value, float):
        return f"{value:,.1f}"
    if isinstance(value, str) and value.endswith("Z") and "T" in value[:11]:
        return value[:16].replace("T", " ")
    return str(value)


def short_count(value: int) -> str:
    """A count in K, M, B or T, decimal, as the sites print it.

    >>> short_count(65000), short_count(1048576), short_count(512)
    ('65K', '1.05M', '512')
    """
    for size, letter in ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K")):
        if value >= size:
            number = value / size
            digits = f"{number:.2f}" if number < 10 and letter != "K" else f"{number:.0f}"
            return (digits.rstrip("0").rstrip(".") if "." in digits else digits) + letter
    return str(value)


def _print_table(frame: pd.DataFrame, title: str | None) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", header_style="bold", pad_edge=False)
    for name in frame.columns:
        numeric = _is_numeric(frame[name])
        table.add_column(
            heading(str(name)), justify="right" if numeric else "left", overflow="fold", no_wrap=str(name) in _WHOLE
        )
    for row in zip(*(frame.iloc[:, place] for place in range(frame.shape[1])), strict=True):
        table.add_row(*(_escaped(shown(value, str(name))) for name, value in zip(frame.columns, row, strict=True)))
    console = Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=160, no_color=True)
    console.print(table)


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape("".join(c if c.isprintable() else " " for c in text))


def _is_numeric(column: pd.Series) -> bool:
    known = [value for value in column if plain(value) is not None]
    return bool(known) and all(
        isinstance(value, (int, float, Decimal)) or (hasattr(value, "item") and not isinstance(value, str))
        for value in known
    )


def _print_markdown(frame: pd.DataFrame) -> None:
    names = [str(name) for name in frame.columns]
    typer.echo("| " + " | ".join(heading(name) for name in names) + " |")
    typer.echo("|" + "|".join("---:" if _is_numeric(frame[name]) else "---" for name in frame.columns) + "|")
    for row in plain_rows(frame):
        cells = (shown(value, name).replace("|", "\\|").replace("\n", " ") for name, value in row.items())
        typer.echo("| " + " | ".join(cells) + " |")


def print_object(pairs: Iterable[tuple[str, Any]], form: Format | None) -> None:
    """One thing with many fields: a list of pairs for a person, one object for a script."""
    pairs = list(pairs)
    if form == "json":
        typer.echo(json.dumps({name: plain(value) for name, value in pairs}, ensure_ascii=False, indent=1))
        return
    width = max((len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        typer.echo(f"{name:<{width}}  {shown(value)}")
