"""The `benchmarks` object of OpenRouter's API as `BenchmarkScore` rows.

    {"artificial_analysis": {"intelligence_index": 71.4, "coding_index": 63.2, "agentic_index": null},
     "design_arena": [{"arena": "models", "category": "website", "elo": 1385, "rank": 5, "win_rate": 62.5}]}

A score is named by where it stands: `artificial_analysis.coding_index`, `design_arena.models.website`. An index that is
null makes a row without a value: the source lists it and says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from scrapers.contract import LIST, NUMBER, NUMBER_OR_NULL, OBJECT, TEXT, Inspector, Shape, pointer
from scrapers.json_fields import own_word
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
            for number, entry in enumerate(value):
                inspector.inspect(DESIGN_ARENA, entry, f"{where}/{word}/{number}")
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
            yield _arena_row(entry, canonical_slug, model_id, f"{place}/design_arena/{number_of_entry}")


def _arena_row(
    entry: Mapping[str, Any], canonical_slug: str | None, model_id: str | None, place: str
) -> BenchmarkScore:
    arena, category, rank = entry.get("arena"), entry.get("category"), entry.get("rank")
    category_read = category if type(category) is str else None
    rank_read = rank if type(rank) is int and 0 < rank < _MOST else None
    elo, win_rate = _number(entry.get("elo")), _number(entry.get("win_rate"))
    taken = {"category": category_read, "rank": rank_read, "elo": elo, "win_rate": win_rate}
    return BenchmarkScore(
        canonical_slug=canonical_slug,
        model_id=model_id,
        benchmark=f"design_arena.{arena}.{category}",
        category=category_read,
        elo=elo,
        rank=rank_read,
        win_rate_percent=win_rate,
        extra={own_word(word): value for word, value in entry.items() if taken.get(word) is None},
        place=place,
    )


def _number(value: Any) -> float | None:
    if (type(value) is Decimal or type(value) is int) and -_MOST < value < _MOST:
        return float(value)
    return None
