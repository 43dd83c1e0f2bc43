"""What the page shows: the models as a table, their prices against what they offer, and how prices moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from catalog.comparing.measures import SCORES
from catalog.report.charts import Line, Point, bars, lines, scatter, short

if TYPE_CHECKING:
    from catalog import Catalog

COLUMNS = (
    ("Model", "model"), ("Name", "name"), ("Author", "author"), ("Context", "context_tokens"), ("Prompt", "prompt_usd"),
    ("Completion", "completion_usd"), ("Ability", "ability"), ("Speed", "speed"), ("Reads", "input_modalities"),
    ("Released", "released_on"),
)  # fmt: skip
NUMBERS = frozenset(("context_tokens", "prompt_usd", "completion_usd", "ability", "speed"))
MOVERS = 8
"""How many models the chart of prices over time has: those whose price changed most often."""


@dataclass(frozen=True, slots=True)
class Report:
    """The frames that the page is made of, at one time."""

    models: pd.DataFrame
    history: pd.DataFrame
    scores: pd.DataFrame

    @classmethod
    def of(cls, catalog: Catalog, *, as_of: Any = None, known_at: Any = None) -> Report:
        """Ask the catalogue."""
        with catalog.snapshot():
            history = catalog.price_history(as_of=as_of, known_at=known_at, as_believed=True)
            models = catalog.models(as_of=as_of, known_at=known_at)
            scores = catalog.benchmarks(as_of=as_of, known_at=known_at)
        headline = (history["component"] == "prompt") & history["provider"].isna() & history["conditions"].isna()
        return cls(models, history[headline], scores)

    @property
    def summary(self) -> str:
        """The page's first sentence."""
        newest = self.history["valid_from"].max()
        since = "" if newest is pd.NaT or newest != newest else f" The newest price is of {newest:%Y-%m-%d}."
        authors = self.models["author"].nunique()
        return f"{len(self.models)} models of {authors} authors, their facts, prices and scores.{since}"

    @property
    def records(self) -> list[dict[str, Any]]:
        """What the page's script searches and sorts by, row for row as in the table."""
        return [
            {
                "text": " ".join(_text(row[name]) for _, name in COLUMNS).lower(),
                "keys": [_key(name, row[name]) for _, name in COLUMNS],
            }
            for row in rows_of(self.models)
        ]


def rows_of(models: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The models as plain values, None for what is unknown."""
    for model, row in zip(models.index, models.to_dict("records"), strict=True):
        plain = {"model": str(model)} | {str(name): _plain(value) for name, value in row.items()}
        for name in ("prompt_usd", "completion_usd"):
            plain[name] = None if plain[name] is None else Decimal(plain[name])
        yield plain


def _plain(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        return value
    return None if pd.isna(value) else value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(map(str, value))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _key(name: str, value: Any) -> Any:
    """A value that the script can compare; an order of amounts may be that of floats, what is shown is exact."""
    if value is None:
        return None
    return float(value) if name in NUMBERS else _text(value).lower()


def sections(report: Report) -> Iterator[tuple[str, str]]:
    """The page's parts: a title and HTML, in their order; a part for which there are no data is left out."""
    offers = _price_and_context(report)
    if offers:
        chart = scatter(
            offers, title="Price and context of each model", x_label="USD per million prompt tokens",
            y_label="context, tokens",
        )  # fmt: skip
        yield ("Price and context", chart + _note("Marked: none reads more for less. Free models are left out."))
    for benchmark, unit, points in _scored(report):
        chart = scatter(
            points, title=f"Price and {benchmark}", x_label="USD per million prompt tokens",
            y_label=f"{benchmark}, {unit}", y_is_log=False,
        )  # fmt: skip
        yield f"Price and {benchmark}", chart + _note("Marked: no other model scores more for less.")
    moved = movers(report.history)
    if moved:
        until = report.history[["valid_from", "valid_to"]].max().max().timestamp()
        chart = lines(moved, title="Prompt prices over time", y_label="USD per million tokens", until=until)
        yield (
            "Prices that moved",
            chart + _note("Those whose prompt price changed most often; in a gap it was 0, or none was stated."),
        )
    counts = Counter(str(author) for author in report.models["author"].dropna())
    if counts:
        most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:15]
        yield "Models by author", bars(most, title="Models by author")
    yield "All models", _table(report)


def _note(text: str) -> str:
    return f'\n<p class="note">{escape(text)}</p>'


def _price_and_context(report: Report) -> list[Point]:
    found = [
        (float(row["prompt_usd"]), float(row["context_tokens"]), row["model"])
        for row in rows_of(report.models)
        if row["prompt_usd"] is not None and row["prompt_usd"] > 0 and row["context_tokens"]
    ]
    return _with_front(found, lambda y: f"{short(y)} tokens")


def _scored(report: Report) -> Iterator[tuple[str, str, list[Point]]]:
    """The two benchmarks with the most models, in the measure that they state."""
    prices = {
        row["model"]: float(row["prompt_usd"])
        for row in rows_of(report.models)
        if row["prompt_usd"] is not None and row["prompt_usd"] > 0
    }
    known = report.scores[report.scores["model"].isin(list(prices))]
    sizes = known.groupby("benchmark")["model"].nunique()
    for benchmark in sorted(sizes.index, key=lambda name: (-sizes[name], name))[:2]:
        rows = known[known["benchmark"] == benchmark]
        name = next((one for one in SCORES if rows[one].notna().any() and SCORES[one][0] == "higher"), None)
        if name is None or sizes[benchmark] < 3:
            continue
        best: dict[str, float] = {}
        for model, value in zip(rows["model"], rows[name], strict=True):
            if not pd.isna(value):
                best[model] = max(float(value), best.get(model, float("-inf")))
        points = _with_front([(prices[model], value, model) for model, value in sorted(best.items())], "{:g}".format)
        yield str(benchmark), SCORES[name][1], points


def _with_front(found: list[tuple[float, float, str]], told: Any) -> list[Point]:
    """Points with those marked that no other beats: nobody offers as much for less, or more for as much."""
    front: set[tuple[float, float]] = set()
    most = float("-inf")
    for x, y, _ in sorted(found, key=lambda one: (one[0], -one[1])):
        if y > most:
            most = y
            front.add((x, y))
    return [Point(x, y, f"{model}: ${x:g}, {told(y)}", (x, y) in front) for x, y, model in found]


def movers(history: pd.DataFrame) -> list[Line]:
    """The models whose price changed most often, of a history in which one source speaks at a time."""
    found = []
    for model, rows in history.groupby("model", sort=True):
        steps: list[tuple[float, float | None]] = []
        in_order = rows.sort_values("valid_from")
        for usd, start, end in zip(in_order["usd"], in_order["valid_from"], in_order["valid_to"], strict=True):
            steps.append((start.timestamp(), None if usd is None else float(usd)))
            if not pd.isna(end):
                steps.append((end.timestamp(), None))
        steps = [
            step for step, after in zip(steps, [*steps[1:], None], strict=True) if after is None or after[0] > step[0]
        ]
        stated = [value for _, value in steps if value is not None]
        changes = sum(value != before for before, value in pairwise(stated))
        if changes and any(stated):
            found.append((-changes, str(model), steps))
    return [Line(model, steps) for _, model, steps in sorted(found, key=lambda one: one[:2])[:MOVERS]]


def _table(report: Report) -> str:
    heads = "".join(
        f'<th{_number_class(name)}><button type="button" data-column="{place}">{escape(title)}</button></th>'
        for place, (title, name) in enumerate(COLUMNS)
    )
    body = "\n".join(
        f'<tr data-row="{number}"><td><input type="checkbox" aria-label="choose"></td>'
        + "".join(f"<td{_number_class(name)}>{escape(_shown(name, row[name]))}</td>" for _, name in COLUMNS)
        + "</tr>"
        for number, row in enumerate(rows_of(report.models))
    )
    tools = (
        '<div class="tools" hidden><input id="search" type="search" placeholder="Search" aria-label="Search">'
        '<label><input id="only" type="checkbox"> only the chosen ones</label> <span id="shown"></span></div>'
    )
    return (
        f'{tools}\n<div class="scroll"><table id="models"><thead><tr><th></th>{heads}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody></table></div>"
    )


def _number_class(name: str) -> str:
    return ' class="number"' if name in NUMBERS else ""


def _shown(name: str, value: Any) -> str:
    if value is None:
        return "–"
    if name == "context_tokens":
        return short(float(value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)
