"""A step line in the terminal: how one price moved over time."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

WIDTH, HEIGHT = 60, 7


def step_plot(rows: pd.DataFrame, until: pd.Timestamp | None = None) -> str:
    """The values of a price with their intervals, as a line of steps between its lowest and its highest.

    `rows` has the columns `value` (text), `valid_from` and `valid_to` of one field of one source; `until` is the time
    up to which the last value is known to have held. Values that are no numbers, and times without one, leave a gap.
    """
    ordered = rows.sort_values("valid_from")
    start = ordered["valid_from"].iloc[0]
    ends = ordered["valid_to"].fillna(until if until is not None else ordered["valid_from"].iloc[-1])
    end = max(ends.max(), ordered["valid_from"].iloc[-1])
    span = (end - start).total_seconds() or 1.0

    def column(at: pd.Timestamp) -> int:
        return min(WIDTH - 1, int((at - start).total_seconds() / span * (WIDTH - 1)))

    amounts: list[Decimal | None] = [None] * WIDTH
    for value, since, stop in zip(ordered["value"], ordered["valid_from"], ends, strict=True):
        first, last = column(since), column(stop)
        amounts[first : last + 1] = [_number(value)] * (last + 1 - first)
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return "  no number to draw"
    low, high = min(known), max(known)
    lines = _grid(amounts, low, high)
    labels = [f"{high:f}", *[""] * (HEIGHT - 2), f"{low:f}"]
    margin = max(map(len, labels))
    drawn = [f"{label:>{margin}} ┤{line}".rstrip() for label, line in zip(labels, lines, strict=True)]
    drawn.append(f"{'':>{margin}} └{'─' * WIDTH}")
    drawn.append(f"{'':>{margin}}  {start:%Y-%m-%d}{f'{end:%Y-%m-%d}':>{WIDTH - 10}}")
    return "\n".join(drawn)


def is_drawable(rows: pd.DataFrame) -> bool:
    """Whether there are values that are numbers."""
    return any(_number(value) is not None for value in rows["value"])


def _grid(amounts: list[Decimal | None], low: Decimal, high: Decimal) -> list[str]:
    """The lines from the top: level strokes, and where the amount moves a riser from one level to the next."""
    height = (high - low) or Decimal(1)
    levels = [None if one is None else HEIGHT - 1 - int((one - low) / height * (HEIGHT - 1)) for one in amounts]
    grid = [[" "] * WIDTH for _ in range(HEIGHT)]
    before: int | None = None
    for place, level in enumerate(levels):
        if level is not None:
            grid[level][place] = "─"
            if before is not None and before != level:
                for between in range(min(before, level) + 1, max(before, level)):
                    grid[between][place] = "│"
                grid[before][place] = "╮" if level > before else "╯"
                grid[level][place] = "╰" if level > before else "╭"
        before = level
    return ["".join(line) for line in grid]


def _number(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return None
    return number if number.is_finite() else None
