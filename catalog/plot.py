"""A step line in the terminal: how one price moved over time."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

WIDTH, HEIGHT = 60, 8


def step_plot(rows: pd.DataFrame) -> str:
    """The values of a price with their intervals, as a line of steps with its highest, lowest, first and last.

    `rows` has the columns `value` (text), `valid_from` and `valid_to` of one field. Values that are no numbers leave
    a gap.
    """
    ordered = rows.sort_values("valid_from")
    start = ordered["valid_from"].iloc[0]
    end = (
        max(ordered["valid_to"].dropna().max(), ordered["valid_from"].iloc[-1])
        if ordered["valid_to"].notna().any()
        else start
    )
    end = max(end, ordered["valid_from"].iloc[-1])
    span = (end - start).total_seconds() or 1.0
    amounts: list[Decimal | None] = [None] * WIDTH
    for value, since in zip(ordered["value"], ordered["valid_from"], strict=True):
        first = min(WIDTH - 1, int((since - start).total_seconds() / span * (WIDTH - 1)))
        amounts[first:] = [_number(value)] * (WIDTH - first)
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return "  no number to draw"
    low, high = min(known), max(known)
    height = (high - low) or Decimal(1)
    grid = [[" "] * WIDTH for _ in range(HEIGHT)]
    for column, amount in enumerate(amounts):
        if amount is not None:
            grid[HEIGHT - 1 - int((amount - low) / height * (HEIGHT - 1))][column] = "─"
    margin = max(len(f"{high:f}"), len(f"{low:f}"))
    labels = [f"{high:f}", *[""] * (HEIGHT - 2), f"{low:f}"]
    lines = [f"{label:>{margin}} │{''.join(line)}" for label, line in zip(labels, grid, strict=True)]
    lines.append(f"{'':>{margin}} └{'─' * WIDTH}")
    lines.append(f"{'':>{margin}}  {start:%Y-%m-%d}{f'{end:%Y-%m-%d}':>{WIDTH - 10}}")
    return "\n".join(lines)


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return None
