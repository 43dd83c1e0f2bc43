"""Charts as SVG text, drawn by us: no library, no script, no network; every word in them is escaped.

A point or a line tells its name and value in a `<title>`, which browsers show and screen readers read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT = 760, 380
LEFT, RIGHT, TOP, BOTTOM = 70, 16, 14, 46
COLOURS = ("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7")
"""Classes of the page's style sheet; the policy of the page allows no style in a tag."""


class Point(NamedTuple):
    """One mark: where, what it says, and whether it is of the front."""

    x: float
    y: float
    label: str
    is_front: bool = False


class Line(NamedTuple):
    """One line of steps: a name and its values from each instant on (in seconds); None is a gap."""

    label: str
    steps: Sequence[tuple[float, float | None]]


class _Scale:
    """From values to places on the page, by their logarithms where asked."""

    def __init__(self, values: Iterable[float], first: float, last: float, *, is_log: bool) -> None:
        found = list(values)
        self._turn: Callable[[float], float] = math.log10 if is_log else float
        low, high = (self._turn(min(found)), self._turn(max(found))) if found else (0.0, 1.0)
        margin = (high - low) * 0.04 or 0.5
        self.low, self.high = low - margin, high + margin
        self._first, self._last, self._is_log = first, last, is_log

    def __call__(self, value: float) -> float:
        share = (self._turn(value) - self.low) / (self.high - self.low)
        return self._first + share * (self._last - self._first)

    def ticks(self) -> list[float]:
        """Round values inside: powers of ten, or of two or five of them where these are few."""
        if self._is_log:
            exponents = range(math.floor(self.low), math.ceil(self.high) + 1)
            few = self.high - self.low < 2.5
            found = [factor * 10.0**e for e in exponents for factor in ((1, 2, 5) if few else (1,))]
            return [value for value in found if self.low <= math.log10(value) <= self.high]
        step = 10 ** math.floor(math.log10((self.high - self.low) / 4))
        step *= next(factor for factor in (1, 2, 5, 10) if (self.high - self.low) / (step * factor) <= 6)
        first = math.ceil(self.low / step)
        return [n * step for n in range(first, math.floor(self.high / step) + 1)]


def scatter(points: Sequence[Point], *, title: str, x_label: str, y_label: str, y_is_log: bool = True) -> str:
    """Points in two measures, the first on a logarithmic axis; those of the front are drawn over the others."""
    x = _Scale((one.x for one in points), LEFT, WIDTH - RIGHT, is_log=True)
    y = _Scale((one.y for one in points), HEIGHT - BOTTOM, TOP, is_log=y_is_log)
    marks = [
        f'<circle cx="{x(one.x):.1f}" cy="{y(one.y):.1f}" r="{5 if one.is_front else 3.5}"'
        f' class="{"front" if one.is_front else "point"}"><title>{escape(one.label)}</title></circle>'
        for one in sorted(points, key=lambda one: one.is_front)
    ]
    return _svg(title, [*_axes(x, y, x_label, y_label, short, short), *marks])


def lines(series: Sequence[Line], *, title: str, y_label: str, until: float) -> str:
    """Values over time as steps, each line with its name at the end."""
    times = [at for one in series for at, _ in one.steps] + [until]
    values = [value for one in series for _, value in one.steps if value is not None and value > 0]
    x = _Scale(times, LEFT, WIDTH - RIGHT - 150, is_log=False)
    y = _Scale(values, HEIGHT - BOTTOM, TOP, is_log=True)
    drawn = []
    for place, one in enumerate(series):
        colour = COLOURS[place % len(COLOURS)]
        drawn.append(
            f'<path d="{_path(one, x, y, until)}" class="line {colour}"><title>{escape(one.label)}</title></path>'
        )
        drawn.append(
            f'<text x="{WIDTH - RIGHT - 146}" y="{TOP + 14 + 18 * place}" class="key {colour}">'
            f"{escape(_cut(one.label, 24))}</text>"
        )
    return _svg(title, [*_axes(x, y, "", y_label, _day, short), *drawn])


def _path(one: Line, x: _Scale, y: _Scale, until: float) -> str:
    parts: list[str] = []
    is_open = False
    for (start, value), (end, _) in zip(one.steps, [*one.steps[1:], (until, None)], strict=True):
        if value is None or value <= 0:
            is_open = False
            continue
        command = "L" if is_open else "M"
        parts.append(f"{command}{x(start):.1f} {y(value):.1f}H{x(end):.1f}")
        is_open = True
    return "".join(parts)


def bars(rows: Sequence[tuple[str, int]], *, title: str) -> str:
    """Counts by name, the largest first as given."""
    most = max((count for _, count in rows), default=1)
    step = 22
    parts = []
    for place, (label, count) in enumerate(rows):
        y = TOP + place * step
        length = (WIDTH - 260) * count / most
        parts.append(
            f'<text x="160" y="{y + 14}" class="name">{escape(_cut(label, 22))}</text>'
            f'<rect x="170" y="{y + 2}" width="{length:.1f}" height="15" class="bar">'
            f"<title>{escape(label)}: {count}</title></rect>"
            f'<text x="{176 + length:.1f}" y="{y + 14}" class="tick">{count}</text>'
        )
    return _svg(title, parts, height=TOP + step * len(rows) + 8)


def _axes(
    x: _Scale, y: _Scale, x_label: str, y_label: str, x_text: Callable[[float], str], y_text: Callable[[float], str]
) -> list[str]:
    bottom = HEIGHT - BOTTOM
    parts = [
        f'<line x1="{x(at):.1f}" x2="{x(at):.1f}" y1="{TOP}" y2="{bottom}" class="grid"/>'
        f'<text x="{x(at):.1f}" y="{bottom + 16}" class="tick mid">{x_text(at)}</text>'
        for at in x.ticks()
    ]
    parts += [
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(at):.1f}" y2="{y(at):.1f}" class="grid"/>'
        f'<text x="{LEFT - 6}" y="{y(at) + 4:.1f}" class="tick end">{y_text(at)}</text>'
        for at in y.ticks()
    ]
    parts.append(f'<text x="{(LEFT + WIDTH) / 2}" y="{HEIGHT - 8}" class="axis mid">{escape(x_label)}</text>')
    parts.append(f'<text transform="translate(16 {HEIGHT / 2}) rotate(-90)" class="axis mid">{escape(y_label)}</text>')
    return parts


def _svg(title: str, parts: Sequence[str], *, height: int = HEIGHT) -> str:
    body = "\n".join(parts)
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>\n{body}\n</svg>"
    )


def short(value: float) -> str:
    """A number for an axis.

    >>> short(0.05), short(128000), short(1048576), short(2)
    ('0.05', '128K', '1.05M', '2')
    """
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
        if value >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
