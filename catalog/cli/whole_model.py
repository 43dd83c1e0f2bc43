"""One model whole: what is known of it, put together from the other questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from catalog.questions.opened import Instant

if TYPE_CHECKING:
    from catalog.questions.frames import Who
    from catalog.questions.plain import Questions

_HEADLINE = (
    "name", "model_id", "canonical_slug", "author", "released_on", "context", "max_output", "parameters",
    "input_modalities", "output_modalities", "is_available", "knowledge_cutoff_on", "expires_on", "tokenizer",
    "hugging_face_id", "supported_parameters", "supported_features", "description", "first_seen", "missing_since",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Everything:
    """What is known of one model: its facts, and frames of the rest."""

    key: str
    is_listed: bool
    facts: dict[str, Any]
    prices: pd.DataFrame
    endpoints: pd.DataFrame
    scores: pd.DataFrame
    ratings: pd.DataFrame

    def headline(self) -> Iterator[tuple[str, Any]]:
        """The facts in the order in which a person asks for them; what is unknown is left out."""
        for name in _HEADLINE:
            value = self._shown(name)
            if value is None or value is pd.NaT or value == "" or (isinstance(value, float) and value != value):
                continue
            yield name, value

    def _shown(self, name: str) -> Any:
        from catalog.cli.shown import short_count

        facts = self.facts
        if name == "context":
            tokens = facts["context_tokens"]
            if pd.isna(tokens):
                return None
            exact = f"{int(tokens):,} tokens"
            return (
                f"{short_count(int(tokens))} (rounded by the source)" if _true(facts["context_is_rounded"]) else exact
            )
        if name == "max_output":
            tokens = facts["max_output_tokens"]
            return None if pd.isna(tokens) else f"{int(tokens):,} tokens"
        if name == "parameters":
            count = facts["parameter_count"]
            if pd.isna(count):
                return None
            about = "~" if _true(facts["parameter_count_is_approximate"]) else ""
            return about + short_count(int(count))
        value = facts.get(name)
        return None if value is pd.NA else value

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """The rest as small tables."""
        columns = ["provider", "tag", "component", "usd", "unit", "conditions", "state", "valid_from", "source"]
        yield "Prices", self.prices[columns]
        columns = ["provider", "prompt_usd", "completion_usd", "context_tokens", "quantization", "uptime_percent_30m"]
        columns += ["latency_ms_p50", "throughput_tps_p50", "tag", "endpoint_name", "source"]
        yield "Endpoints", self.endpoints[columns]
        columns = [
            "benchmark", "category", "is_reasoning", "accuracy_percent", "elo", "rank", "index_value", "strategy",
            "evidence",
        ]  # fmt: skip
        yield "Benchmark scores", self.scores[columns].dropna(axis="columns", how="all")
        yield "Ratings", self.ratings[["dimension", "value", "source", "valid_from"]]

    def as_rows(self) -> pd.DataFrame:
        """Everything as one long table: the list of `records.md`, the row in it, the field and its value."""
        rows = [("models", 0, name, value) for name, value in self.facts.items()]
        lists = {"prices": self.prices, "endpoints": self.endpoints, "benchmark_scores": self.scores}
        for title, frame in {**lists, "ratings": self.ratings}.items():
            for number, row in enumerate(frame.to_dict("records")):
                rows += [(title, number, str(name), value) for name, value in row.items()]
        return pd.DataFrame(rows, columns=["list", "row", "field", "value"], dtype=object)

    def as_dict(self) -> dict[str, Any]:
        """Everything as one object for scripts: the facts, and a list each of the rest."""
        from catalog.cli.output import plain_rows

        return {
            **self.facts,
            "prices": plain_rows(self.prices),
            "endpoints": plain_rows(self.endpoints),
            "benchmark_scores": plain_rows(self.scores),
            "ratings": plain_rows(self.ratings),
        }


def everything(catalog: Questions, model: str, *, as_of: Instant = None, known_at: Instant = None) -> Everything:
    """All that is known of one model at a time. Raises `UnknownModel` with the nearest known ones.

    A model that was not listed at that time keeps its names alone.
    """
    with catalog.snapshot():
        return _everything(catalog, catalog.resolve(model, as_of=as_of, known_at=known_at), as_of, known_at)


def _everything(catalog: Questions, who: Who, as_of: Instant, known_at: Instant) -> Everything:
    models = catalog.models(as_of=as_of, known_at=known_at)
    if who.key in models.index:
        facts = {str(name): value for name, value in models.loc[who.key].items()}
    else:
        facts = dict.fromkeys(models.columns) | {
            "model_id": who.model_id,
            "canonical_slug": who.canonical_slug,
            "variant": who.variant,
            "name": who.name,
        }
    return Everything(
        who.key,
        who.key in models.index,
        facts,
        catalog.prices(who.key, as_of=as_of, known_at=known_at),
        catalog.endpoints(who.key, as_of=as_of, known_at=known_at),
        catalog.benchmarks(who.key, as_of=as_of, known_at=known_at),
        catalog.ratings(who.key, as_of=as_of, known_at=known_at),
    )


def _true(value: Any) -> bool:
    return value is not None and value is not pd.NA and bool(value)


def score_matrix(scores: pd.DataFrame) -> pd.DataFrame:
    """Scores as a matrix: models by benchmarks, the measure that each benchmark states; the fullest column first."""
    if scores.empty:
        return pd.DataFrame(index=pd.Index([], name="model"))
    long = pd.DataFrame(
        {
            "model": scores["model"],
            "column": _titles(scores),
            "value": [
                next((value for value in row if not pd.isna(value)), None)
                for row in zip(
                    scores["accuracy_percent"],
                    scores["elo"],
                    scores["index_value"],
                    scores["win_rate_percent"],
                    strict=True,
                )
            ],
        }
    )
    matrix = long.pivot_table(index="model", columns="column", values="value", aggfunc="first")
    stated = matrix.count().to_dict()
    return matrix[sorted(matrix.columns, key=lambda name: (-stated[name], name))].rename_axis(columns=None)


def _titles(scores: pd.DataFrame) -> list[str]:
    """The column of each score, with its strategy, and whether it is of a free run, where a model has several else."""
    titles = [_title(*key) for key in zip(scores["benchmark"], scores["category"], scores["is_reasoning"], strict=True)]
    for told in (scores["strategy"], scores["is_free"].map({True: "free", False: "paid"})):
        counts = Counter(zip(scores["model"], titles, strict=True))
        shared = {title for (_, title), count in counts.items() if count > 1}
        if not shared:
            break
        words = told.astype(object).where(told.notna(), None)
        titles = [
            f"{title}, {word}" if word and title in shared else title for title, word in zip(titles, words, strict=True)
        ]
    return titles


def _title(benchmark: str, category: Any, reasoning: Any) -> str:
    """A column of the matrix: the benchmark, its category where the name does not say it, and the kind of run.

    >>> _title("design arena.models.svg", "svg", None), _title("Coding", "Programming", True)
    ('design arena.models.svg', 'Coding: Programming (reasoning)')
    """
    named = category is None or category != category or benchmark.lower().endswith(str(category).lower())
    title = benchmark if named else f"{benchmark}: {category}"
    return title if reasoning is pd.NA or reasoning is None else f"{title} ({'' if reasoning else 'no '}reasoning)"
