"""Tables that a person likes to read: short headings with their units, aligned numbers, a dash for unknown.

What every row repeats stands above the table once, what no row states is left out, and where the terminal is too narrow
the last columns are left out by name, rather than folding the ids of models.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from catalog.cli.shown import DASH, heading, is_paid_per, on_one_line, plain, shown

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

_REPEATED = ("model", "model_id", "provider", "source", "unit")
_FOLDED = frozenset((
    "old", "new", "value", "note", "reason", "message", "description", "address", "conditions", "evidence_text",
    "field", "scope",
))  # fmt: skip
"""Columns of words, which may take several lines."""
_ANSWERS = frozenset(
    ("old", "new", "value", "usd", "prompt_usd", "completion_usd", "cost_usd", "unit", "conditions", "valid_to")
)
"""Columns without which a table says nothing: where they do not fit, each model has a table of its own, or all columns
fold and share the width."""
_AMOUNTS = _ANSWERS - {"unit", "conditions"}
"""The answers themselves, by which nobody tells rows apart."""

NARROWEST, NARROWEST_OF_ALL = 18, 13
"""So narrow may a column of words be, and, where an answer would be left out else, so narrow."""
LEFT_BY_NUMBERS = 6
"""So many signs are left to each column of words by numbers that stay whole."""
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
    told: list[str] = []
    if not as_asked:
        frame, told = _without_repetition(frame)
    drawn = _layout(frame, console.width, fits=fits, names_as_they_are=names_as_they_are, folded=folded)
    needless = ""
    if drawn.shared and fits and not as_asked and _tells_nothing_apart(frame, "tag"):
        needless, frame = "tag", frame.drop(columns="tag")
        drawn = _layout(frame, console.width, folded=folded)
    if above := " · ".join(part for part in (title, *told) if part):
        _print(console, Text(on_one_line(above)), after="\n")
    if drawn.shared and fits and not as_asked and _has_groups(frame):
        left = _print_by_model(console, frame, folded)
    else:
        _print(console, _drawn(drawn))
        left = drawn.heads[drawn.fitting :]
    left = [needless, *left] if needless else left
    if frame.empty:
        _print(console, Text("(no rows)"))
    elif left:
        named = ", ".join(left[:NAMED]) + (f" and {len(left) - NAMED} more" if len(left) > NAMED else "")
        _print(console, Text(f"(too wide for this terminal: {named}; --format csv has all)"))


def _tells_nothing_apart(frame: pd.DataFrame, name: str) -> bool:
    """Whether rows differ in what stands before and between the answers without this column, too."""
    names = list(frame.columns)
    if name not in names:
        return False
    needed = max((at for at, name in enumerate(names) if name in _ANSWERS), default=0)
    others = [other for other in names[: needed + 1] if other != name and other not in _AMOUNTS]
    return not frame[others].astype(str).duplicated().any()


def _has_groups(frame: pd.DataFrame) -> bool:
    """Whether a table begins with models that have their rows, most of them several, one below the other."""
    if frame.columns[0] != "model":
        return False
    models = frame["model"]
    groups = int((models != models.shift()).sum())
    return groups == models.nunique() and groups <= len(frame) / 2


def _print_by_model(console: Console, frame: pd.DataFrame, folded: Collection[str]) -> list[str]:
    """Print the rows of each model under its name; give the headings of what was left out of any."""
    from rich.text import Text

    left: dict[str, None] = {}
    for place, (model, rows) in enumerate(frame.groupby("model", sort=False)):
        rest, told = _without_repetition(rows.drop(columns="model"))
        drawn = _layout(rest, console.width, folded=folded)
        sys.stdout.write("\n" * bool(place))
        _print(console, Text(on_one_line(" · ".join((str(model), *told)))), after="\n")
        _print(console, _drawn(drawn))
        left |= dict.fromkeys(drawn.heads[drawn.fitting :])
    return list(left)


class _Layout(NamedTuple):
    """The columns of a table, how many of them are shown, and the width that they share where they all may fold."""

    may_fold: list[bool]
    heads: list[str]
    cells: list[list[str]]
    numeric: list[bool]
    fitting: int
    shared: int | None


def _layout(
    frame: pd.DataFrame, width: int, *, fits: bool = True, names_as_they_are: bool = False, folded: Collection[str] = ()
) -> _Layout:
    heads, cells, numeric = _cells(frame)
    heads = [on_one_line(str(name)) for name in frame.columns] if names_as_they_are else heads
    may_fold = [name in _FOLDED or name in folded for name in map(str, frame.columns)]
    count = _fitting(may_fold, heads, cells, width) if fits else len(heads)
    if count < (needed := 1 + max((at for at, name in enumerate(frame.columns) if name in _ANSWERS), default=-1)):
        count, fits = needed, fits and _fitting(may_fold, heads, cells, width, NARROWEST_OF_ALL) >= needed
    return _Layout(may_fold, heads, cells, numeric, count, None if fits else width)


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


def _fitting(
    may_fold: Sequence[bool],
    heads: Sequence[str],
    cells: Sequence[Sequence[str]],
    width: int,
    narrowest: int = NARROWEST,
) -> int:
    """How many columns fit side by side, at least two; a column of words may be as narrow as `narrowest`."""
    from rich.cells import cell_len

    used, count = 0, 0
    for folds, head, column in zip(may_fold, heads, cells, strict=True):
        natural = max((cell_len(word) for word in [head, *column]), default=0)
        used += 2 + (min(natural, narrowest) if folds else natural)
        if used > width and count >= 2:
            return count
        count += 1
    return count


def _drawn(layout: _Layout) -> Any:
    """The table; the columns that hold words may fold, or all of them where they must share a width."""
    from rich import box
    from rich.cells import cell_len
    from rich.markup import escape
    from rich.table import Table

    may_fold, heads, cells, numeric, count, shared = layout
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    natural = [max(map(cell_len, (head, *column))) for head, column in zip(heads[:count], cells[:count], strict=True)]
    shares = [None] * count if shared is None else _shares(natural, numeric[:count], shared - 2 * (count - 1))
    for folds, head, right, share in zip(may_fold[:count], heads, numeric, shares, strict=False):
        stays_whole = shared is None and not folds and count > 2
        table.add_column(
            escape(head), justify="right" if right else "left", overflow="fold", no_wrap=stays_whole, width=share
        )
    for row in zip(*cells[:count], strict=True):
        table.add_row(*map(escape, row))
    return table


def _shares(natural: Sequence[int], numeric: Sequence[bool], room: int) -> list[int]:
    """The widths of columns that share a room: what needs less than its part leaves the rest to the others, and numbers
    stay whole where words are left some signs.

    >>> _shares([30, 10, 5], [False, True, False], 30)
    [15, 10, 5]
    >>> _shares([30, 10, 5], [False, True, False], 15)
    [5, 5, 5]
    """
    whole = sum(width for width, number in zip(natural, numeric, strict=True) if number)
    keeps = room - whole >= LEFT_BY_NUMBERS * (len(natural) - sum(numeric))
    order = sorted(range(len(natural)), key=lambda at: (not (keeps and numeric[at]), natural[at]))
    shares = [0] * len(natural)
    for done, at in enumerate(order):
        part = natural[at] if keeps and numeric[at] else room // (len(order) - done)
        shares[at] = max(1, min(natural[at], part))
        room -= shares[at]
    return shares


__all__ = ["DASH", "is_numeric", "print_table"]
