"""The `benchmarks` object of OpenRouter's API as `BenchmarkScore` rows.

    {"artificial_analysis": {"intelligence_index": 71.4, "coding_index": 63.2, "agentic_index": null},
     "design_arena": [{"arena": "models", "category": "website", "elo": 1385, "rank": 5, "win_rate": 62.5}]}

A score is named by where it stands: `artificial_analysis.coding_index`, `design_arena.models.website`. An index that is
null makes a row without a value: the source lists it and says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scrapers.api.contract import LIST, NUMBER, NUMBER_OR_NULL, OBJECT, TEXT, Inspector, Shape, pointer
from scrapers.api.json_fields import binary_float, own_word
from scrapers.records import BenchmarkScore, blank

BENCHMARKS = Shape("benchmarks.", {"artificial_analysis": OBJECT, "design_arena": LIST})
_INDICES = ("intelligence_index", "coding_index", "agentic_index")
ARTIFICIAL_ANALYSIS = Shape(
    "benchmarks.artificial_analysis.",
    dict.fromkeys(_INDICES, NUMBER_OR_NULL),
    required=frozenset(_INDICES),
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
) -> list[BenchmarkScore]:
    """The rows of one `benchmarks` object that was examined."""
    rows: list[BenchmarkScore] = []
    indices = benchmarks.get("artificial_analysis")
    if type(indices) is dict:
        for word, value in indices.items():
            row = _row(canonical_slug, model_id, f"{place}/artificial_analysis/{pointer(word)}")
            row.benchmark = f"artificial_analysis.{word}"
            row.index_value = _number(value)
            row.extra = {} if value is None or row.index_value is not None else {own_word(word): value}
            rows.append(row)
    entries = benchmarks.get("design_arena")
    if type(entries) is list and all(type(entry) is dict for entry in entries):
        for number, entry in enumerate(entries):
            row = _row(canonical_slug, model_id, f"{place}/design_arena/{number}")
            arena, category, rank = entry.get("arena"), entry.get("category"), entry.get("rank")
            row.benchmark = f"design_arena.{arena}.{category}"
            row.category = category = category if type(category) is str else None
            row.elo = elo = _number(entry.get("elo"))
            row.rank = rank = rank if type(rank) is int and 0 < rank < _MOST else None
            row.win_rate_percent = win_rate = _number(entry.get("win_rate"))
            is_usual = category is not None and elo is not None and rank is not None and win_rate is not None
            if is_usual and "arena" in entry and len(entry) == len(DESIGN_ARENA.keys):
                row.extra = {"arena": arena}
            else:
                row.extra = _beside(entry, row)
            rows.append(row)
    return rows


def _row(canonical_slug: str | None, model_id: str | None, place: str) -> BenchmarkScore:
    """A row without a score: whose it is, where it stands, and that the API says it."""
    row = blank(BenchmarkScore)
    row.canonical_slug = canonical_slug
    row.model_id = model_id
    row.category = row.is_reasoning = row.strategy = row.is_free = row.executions = row.accuracy_percent = None
    row.elo = row.rank = row.win_rate_percent = row.index_value = None
    row.cost_usd = row.duration_s = row.percentile = row.evidence_text = None
    row.evidence = "api"
    row.place = place
    return row


def _beside(entry: Mapping[str, Any], row: BenchmarkScore) -> dict[str, Any]:
    """What an entry says that no field of its row has taken, under its own words."""
    taken = {"category": row.category, "elo": row.elo, "rank": row.rank, "win_rate": row.win_rate_percent}
    return {own_word(word): value for word, value in entry.items() if taken.get(word) is None}


def _number(value: Any) -> float | None:
    if value is None:
        return None
    number = binary_float(value)
    return number if number is not None and -_MOST < number < _MOST else None
