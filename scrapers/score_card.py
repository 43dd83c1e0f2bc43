"""The `benchmarks` object of OpenRouter's API as `BenchmarkScore` rows.

    {"artificial_analysis": {"intelligence_index": 71.4, "coding_index": 63.2, "agentic_index": null},
     "design_arena": [{"arena": "models", "category": "website", "elo": 1385, "rank": 5, "win_rate": 62.5}]}

A score is named by where it stands: `artificial_analysis.coding_index`, `design_arena.models.website`. An index that is
null makes a row without a value: the source lists it and says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scrapers.contract import LIST, NUMBER, NUMBER_OR_NULL, OBJECT, TEXT, Inspector, Shape, pointer
from scrapers.json_fields import binary_float, own_word
from scrapers.records import BenchmarkScore

BENCHMARKS = Shape("benchmarks.", {"artificial_analysis": OBJECT, "design_arena": LIST})
ARTIFICIAL_ANALYSIS = Shape(
    "benchmarks.artificial_analysis.",
    dict.fromkeys(("intelligence_index", "coding_index", "agentic_index"), NUMBER_OR_NULL),
)
DESIGN_ARENA = Shape(
    "benchmarks.design_arena[].",
    {"arena": TEXT, "category": TEXT, "elo": NUMBER, "rank": frozenset({int}), "win_rate": NUMBER},
    required=frozenset({"arena", "category", "elo", "rank", "win_rate"}),
)

_MOST = 1e9


def examine_scores(benchmarks: Any, inspector: Inspector, where: str) -> dict[str, Any]:
    """Hold the scores against their shapes; gives back what is no score, under its own word."""
    if type(benchmarks) is not dict:
        return {"benchmarks": benchmarks}
    inspector.inspect(BENCHMARKS, benchmarks, where)
    beside = {}
    for word, value in benchmarks.items():
        if word == "artificial_analysis" and type(value) is dict:
            inspector.inspect(ARTIFICIAL_ANALYSIS, value, f"{where}/{word}")
        elif word == "design_arena" and type(value) is list and all(type(entry) is dict for entry in value):
            inspector.inspect_each(DESIGN_ARENA, value, f"{where}/{word}")
        else:
            inspector.refuse_deep(value, f"benchmarks.{word}")
            beside[f"benchmarks.{word}"] = value
    return beside


def score_rows(
    benchmarks: Mapping[str, Any], canonical_slug: str | None, model_id: str | None, place: str
) -> Iterator[BenchmarkScore]:
    """The rows of one `benchmarks` object that was examined."""
    indices = benchmarks.get("artificial_analysis")
    if type(indices) is dict:
        for word, value in indices.items():
            number = _number(value)
            yield BenchmarkScore(
                canonical_slug=canonical_slug,
                model_id=model_id,
                benchmark=f"artificial_analysis.{word}",
                index_value=number,
                extra={} if value is None or number is not None else {own_word(word): value},
                place=f"{place}/artificial_analysis/{pointer(word)}",
            )
    entries = benchmarks.get("design_arena")
    if type(entries) is list and all(type(entry) is dict for entry in entries):
        for number_of_entry, entry in enumerate(entries):
            arena, category, rank = entry.get("arena"), entry.get("category"), entry.get("rank")
            row = BenchmarkScore(
                canonical_slug=canonical_slug,
                model_id=model_id,
                benchmark=f"design_arena.{arena}.{category}",
                category=category if type(category) is str else None,
                elo=_number(entry.get("elo")),
                rank=rank if type(rank) is int and 0 < rank < _MOST else None,
                win_rate_percent=_number(entry.get("win_rate")),
                extra={"arena": arena},
                place=f"{place}/design_arena/{number_of_entry}",
            )
            if entry.keys() != DESIGN_ARENA.keys.keys() or None in (
                row.category,
                row.elo,
                row.rank,
                row.win_rate_percent,
            ):
                row.extra = _beside(entry, row)
            yield row


def _beside(entry: Mapping[str, Any], row: BenchmarkScore) -> dict[str, Any]:
    """What an entry says that no field of its row has taken, under its own words."""
    taken = {"category": row.category, "elo": row.elo, "rank": row.rank, "win_rate": row.win_rate_percent}
    return {own_word(word): value for word, value in entry.items() if taken.get(word) is None}


def _number(value: Any) -> float | None:
    number = binary_float(value)
    return number if number is not None and -_MOST < number < _MOST else None
