"""Tables that a person likes to read: short headings with their units, aligned numbers, a dash for unknown.

What every row repeats stands above the table once, what no row states is left out, and where the terminal is too narrow
the last columns are left out by name, rather than folding the ids of models.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from catalog.cli.shown import DASH, heading, is_paid_per, on_one_line, plain, shown

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

_REPEATED = ("model", "model_id", "provider", "source", "unit")
_FOLDED = frozenset(
    (
        "old",
        "new",
        "value",
        "note",
        "reason",
        "message",
        "description",
        "address",
        "conditions",
        "evidence_text",
        "field",
        "scope",
    )
)
"""Columns of words, which may take several lines."""
_ANSWERS = frozenset(("old", "new", "value", "cost_usd"))
"""Columns without which a table says nothing: where they do not fit, all columns fold and share the width."""

NARROWEST, NARROWEST_OF_ALL = 18, 13
NAMED = 8
"""So many columns that did not fit are named."""
WIDTH_OF_NO_TERMINAL = 120


def print_table(
    frame: pd.DataFrame,
    title: str | None,
    *,
    fits: bool = True,
    as_asked: bool = False,
    names_as_they_are: bool = False,
    folded: Collection[str] = (),
) -> None:
    """Print rows for a person. `fits` leaves out last columns where the terminal is too narrow for them; `as_asked`
    leaves out nothing because it repeats or says nothing; `folded` may take several lines, as columns of words may."""
    from rich.console import Console
    from rich.text import Text

    is_terminal = sys.stdout.isatty()
    console = Console(highlight=False, width=width(), no_color=None if is_terminal else True)
    frame, told = (frame, []) if as_asked else _without_repetition(frame)
    heads, cells, numeric = _cells(frame)
    heads = [on_one_line(str(name)) for name in frame.columns] if names_as_they_are else heads
    may_fold = [name in _FOLDED or name in folded for name in map(str, frame.columns)]
    count = _fitting(may_fold, heads, cells, console.width) if fits else len(heads)
    if count < (needed := 1 + max((at for at, name in enumerate(frame.columns) if name in _ANSWERS), default=-1)):
        fits, count = False, max(needed, min(len(heads), console.width // NARROWEST_OF_ALL))
    if above := " · ".join(part for part in (title, *told) if part):
        _print(console, Text(on_one_line(above)), after="\n")
    _print(console, _drawn(may_fold, heads, cells, numeric, count, None if fits else console.width))
    if frame.empty:
        _print(console, Text("(no rows)"))
    elif left := heads[count:]:
        named = ", ".join(left[:NAMED]) + (f" and {len(left) - NAMED} more" if len(left) > NAMED else "")
        _print(console, Text(f"(too wide for this terminal: {named}; --format csv has all)"))


def _print(console: Console, drawn: Any, after: str = "") -> None:
    """Print without spaces at the ends of lines, and by ourselves: where nobody reads on, Rich would end with 1."""
    with console.capture() as text:
        console.print(drawn, end="")
    sys.stdout.writelines(f"{line.rstrip()}\n" for line in text.get().strip("\n").splitlines())
    sys.stdout.write(after)


def width() -> int | None:
    """The width for what is printed: the terminal's (None), that of `COLUMNS` where it is one, or a page's."""
    if sys.stdout.isatty():
        return None
    said = os.environ.get("COLUMNS", "")
    return int(said) if said.isdecimal() and int(said) else WIDTH_OF_NO_TERMINAL


def _without_repetition(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The columns that tell rows apart, and in words what all rows share."""
    told = []
    for name in list(frame.columns):
        values = {_key(value) for value in frame[name]}
        if frame.empty or len(frame.columns) < 3:
            break
        if values == {_key(None)}:
            frame = frame.drop(columns=name)
        elif len(values) == 1 and len(frame) > 1 and name in _REPEATED:
            words = shown(frame[name].iloc[0], str(name))
            alone = name in ("model", "model_id") or (name == "unit" and not is_paid_per(frame[name].iloc[0]))
            told.append(words if alone else f"{heading(str(name))} {words}")
            frame = frame.drop(columns=name)
    return frame, told


def _key(value: Any) -> str:
    value = plain(value)
    return "" if value is None or value == [] else f"={value}"


def _cells(frame: pd.DataFrame) -> tuple[list[str], list[list[str]], list[bool]]:
    heads, cells, numeric = [], [], []
    for place, name in enumerate(map(str, frame.columns)):
        column = list(frame.iloc[:, place])
        numeric.append(is_numeric(column))
        words = [on_one_line(shown(value, name)) for value in column]
        cells.append(_aligned(words) if any(isinstance(value, Decimal) for value in column) else words)
        heads.append("unit" if name == "unit" and not all(map(is_paid_per, _stated(column))) else heading(name))
    return heads, cells, numeric


def _stated(column: Sequence[Any]) -> list[Any]:
    return [value for value in column if plain(value) is not None]


def is_numeric(column: Sequence[Any]) -> bool:
    """Whether everything that a column states is a number."""
    known = _stated(column)
    return bool(known) and all(
        isinstance(value, (int, float, Decimal)) or (hasattr(value, "item") and not isinstance(value, str))
        for value in known
    )


def _aligned(words: Sequence[str]) -> list[str]:
    """Numbers with their points below each other, by blanks after the shorter fractions; no digit is made up.

    >>> _aligned(["0.25", "15", "—"])
    ['0.25', '15   ', '—   ']
    """
    after = {word: len(word) - word.index(".") if "." in word else 0 for word in words}
    most = max(after.values(), default=0)
    return [word + " " * (most - after[word]) for word in words]


def _fitting(may_fold: Sequence[bool], heads: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> int:
    """How many columns fit side by side, at least two; a column of words may be as narrow as `NARROWEST`."""
    from rich.cells import cell_len

    used, count = 0, 0
    for folds, head, column in zip(may_fold, heads, cells, strict=True):
        natural = max((cell_len(word) for word in [head, *column]), default=0)
        used += 2 + (min(natural, NARROWEST) if folds else natural)
        if used > width and count >= 2:
            return count
        count += 1
    return count


def _drawn(
    may_fold: Sequence[bool],
    heads: Sequence[str],
    cells: Sequence[Sequence[str]],
    numeric: Sequence[bool],
    count: int,
    shared: int | None,
) -> Any:
    """The table; the columns that hold words may fold, or all of them where they must share a width."""
    from rich import box
    from rich.cells import cell_len
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for folds, head, right, column in list(zip(may_fold, heads, numeric, cells, strict=True))[:count]:
        stays_whole = shared is None and not folds and count > 2
        # no column is folded letter by letter while another one has room
        least = None if shared is None else min(NARROWEST, shared // count - 2, max(map(cell_len, (head, *column))))
        table.add_column(
            escape(head),
            justify="right" if right else "left",
            overflow="fold",
            no_wrap=stays_whole,
            min_width=least and max(1, least),
        )
    for row in zip(*cells[:count], strict=True):
        table.add_row(*map(escape, row))
    return table


__all__ = ["DASH", "is_numeric", "print_table"]
