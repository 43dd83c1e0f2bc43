"""What the commands print: rows in four forms, messages on stderr.

On a terminal rows are a table; elsewhere, unless asked otherwise, CSV: no colour, no progress, exact values.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
import sys
import textwrap
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal

import typer

from catalog.cli.encoding import print_json, write_utf8
from catalog.cli.logs import writes_json
from catalog.cli.shown import heading, on_one_line, plain, short_count, shown
from catalog.cli.table import NARROWEST_OF_ALL, is_numeric, print_table, width

if TYPE_CHECKING:
    import pandas as pd

Format = Literal["table", "csv", "json", "markdown"]

UNLISTED = 5
"""How many of the models that are no longer listed are named."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a source's name for a model could tell a terminal to do; messages have lines of their own."""

log = logging.getLogger("catalog")


def complain(message: str) -> None:
    """One line on stderr: something is wrong."""
    if writes_json():
        log.error("%s", message)
    else:
        _say(f"catalog: {message}")


def note(message: str) -> None:
    """Something worth knowing beside the answer, on stderr."""
    if writes_json():
        log.info("%s", message)
    else:
        _say(message)


def _say(line: str) -> None:
    """Write to stderr. Where that fails, as on a full disk, the message is lost; the exit code still tells."""
    with suppress(OSError):
        typer.echo(_CONTROLS.sub(" ", line), err=True)


def note_unlisted(models: Sequence[str]) -> None:
    """Say which models in an answer are not listed: what the answer has of them was stated while they were."""
    if models:
        few = ", ".join(models[:UNLISTED]) + (", …" if len(models) > UNLISTED else "")
        note(f"not listed at that time, told as last stated: {counted(len(models), 'model')} ({few})")


def counted(count: int, what: str) -> str:
    """A number of things in words.

    >>> counted(1, "model"), counted(1200, "row")
    ('1 model', '1,200 rows')
    """
    return f"{count:,} {what}{'' if count == 1 else 's'}"


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
    fits: bool = True,
    as_asked: bool = False,
    names_as_they_are: bool = False,
    folded: Collection[str] = (),
) -> None:
    """Print rows. A table shows `table_columns` alone, the most telling first, in human units; the other forms have
    everything, exact.

    Args:
        index: whether the index is printed too, as the first column.
        table_columns: what a table or Markdown has, the most telling column first.
        title: stands above a table.
        fits: whether last columns are left out of a table that is too wide for the terminal.
        as_asked: whether a table has every column, though it says nothing or the same in every row.
        names_as_they_are: whether the names of the columns are a source's, and no heading is made of them.
        folded: columns that may take several lines where a table is narrow.
    """
    form = chosen(form)
    if index:
        frame = frame.reset_index()
    if form == "json":
        print_json(plain_rows(frame))
    elif form == "csv":
        import csv

        write_utf8()
        writer = csv.writer(_Lines(), lineterminator="\r\n")
        writer.writerow(frame.columns)
        writer.writerows([_cell(value) for value in row.values()] for row in plain_rows(frame))
    else:
        frame = frame if table_columns is None else frame[list(table_columns)]
        if form == "markdown":
            _print_markdown(frame, names_as_they_are=names_as_they_are)
        else:
            words = names_as_they_are
            print_table(frame, title, fits=fits, as_asked=as_asked, names_as_they_are=words, folded=folded)


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values: exact numbers as text, times as ISO 8601, None for what is unknown."""
    names = [str(name) for name in frame.columns]
    columns = [[plain(value) for value in frame.iloc[:, place]] for place in range(len(names))]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)] if columns else []


def _cell(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


class _Lines:
    """Standard output for a CSV writer that ends rows with CR LF, so that it quotes cells with either.

    Here LF alone ends a row.
    """

    def write(self, row: str) -> None:
        sys.stdout.write(row.removesuffix("\r\n") + "\n")


def _print_markdown(frame: pd.DataFrame, *, names_as_they_are: bool) -> None:
    names = [str(name) for name in frame.columns]
    heads = names if names_as_they_are else [heading(name) for name in names]
    typer.echo("| " + " | ".join(map(_markdown_cell, heads)) + " |")
    typer.echo("|" + "|".join("---:" if is_numeric(list(frame[name])) else "---" for name in frame.columns) + "|")
    for row in plain_rows(frame):
        cells = (_markdown_cell(shown(value, name)) for name, value in row.items())
        typer.echo("| " + " | ".join(cells) + " |")


def _markdown_cell(text: str) -> str:
    return on_one_line(text).replace("|", "\\|")


def print_object(pairs: Iterable[tuple[str, Any]], form: Format | None) -> None:
    """One thing with many fields: a list of pairs for a person, one object for a script."""
    pairs = list(pairs)
    if form == "json":
        print_json({name: plain(value) for name, value in pairs})
        return
    indent = 2 + max((len(name) for name, _ in pairs), default=0)
    room = max(NARROWEST_OF_ALL, (width() or shutil.get_terminal_size().columns) - indent)
    for name, value in pairs:
        lines = textwrap.wrap(on_one_line(shown(value)), room, break_on_hyphens=False, break_long_words=False) or [""]
        typer.echo(f"{name:<{indent}}" + f"\n{'':<{indent}}".join(lines))


__all__ = [
    "chosen",
    "complain",
    "counted",
    "heading",
    "note",
    "note_unlisted",
    "on_one_line",
    "plain",
    "plain_rows",
    "print_frame",
    "print_json",
    "print_object",
    "short_count",
    "shown",
]
