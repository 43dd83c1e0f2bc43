"""The vocabulary: one name and one unit for a field, in records, SQL columns, DataFrames and exports.

Each record is a small dataclass whose annotations carry the description and the unit of every field, so that the data
dictionary, the SQL schema and the export descriptors are made from this file and from nothing else. `None` means that
the source is silent; it is never zero, and zero is never unknown.

`place` says where in its document a record was read: a JSON pointer for an API answer, `section / row / column` for a
page. It is lineage, not content: it is left out of `as_dict` and of every comparison of two records.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeVar, get_args, get_type_hints

from scrapers.figure import Figure

JSON = Any
"""A value that `json` can write, with `Decimal` where the document stated a fraction."""


class Column(NamedTuple):
    """What the data dictionary says of a field."""

    description: str
    unit: str | None = None


Slug = Annotated[
    str | None, Column("OpenRouter's permanent slug; with the variant it names a model for ever, null where unknown")
]
ModelId = Annotated[str | None, Column("the id used in API calls, variant included; may be re-pointed")]


@dataclass(slots=True, kw_only=True)
class Model:
    """What a source says of one model."""

    model_id: ModelId = None
    canonical_slug: Slug = None
    variant: Annotated[str, Column("what follows the colon of the id; `standard` when nothing does")] = "standard"
    author: Annotated[str | None, Column("the lab: the part of the slug before the slash")] = None
    name: Annotated[str | None, Column("the name as displayed, `Author: ` included where it is")] = None
    description: Annotated[str | None, Column("the description as the source gives it")] = None
    released_on: Annotated[date | None, Column("the release or listing date that the source states", "date")] = None
    context_tokens: Annotated[int | None, Column("the longest context", "tokens")] = None
    context_is_rounded: Annotated[
        bool | None, Column("true for a display value such as `65K`, false for an exact one")
    ] = None
    max_output_tokens: Annotated[int | None, Column("the longest completion", "tokens")] = None
    parameter_count: Annotated[int | None, Column("the number of parameters", "parameters")] = None
    parameter_count_is_approximate: Annotated[bool | None, Column("true for a value such as `~500B`")] = None
    input_modalities: Annotated[list[str] | None, Column("what the model reads, sorted")] = None
    output_modalities: Annotated[list[str] | None, Column("what the model writes, sorted")] = None
    is_available: Annotated[bool | None, Column("false where the source says Unavailable, null where it is silent")] = (
        None
    )
    is_subject: Annotated[bool, Column("true for the model that the document is about")] = True
    tokenizer: Annotated[str | None, Column("the tokenizer's family")] = None
    instruct_type: Annotated[str | None, Column("the prompt template")] = None
    hugging_face_id: Annotated[str | None, Column("the id on Hugging Face")] = None
    knowledge_cutoff_on: Annotated[date | None, Column("the last day of the training data", "date")] = None
    expires_on: Annotated[date | None, Column("the date after which the model may be removed", "date")] = None
    is_moderated: Annotated[bool | None, Column("true where the provider filters requests")] = None
    supported_parameters: Annotated[list[str] | None, Column("the request parameters that the model takes")] = None
    supported_features: Annotated[list[str] | None, Column("the features that the page lists")] = None
    reasoning: Annotated[JSON, Column("the reasoning options, as the source states them")] = None
    extra: Annotated[dict[str, JSON], Column("whatever else the source states, under its own words")] = field(
        default_factory=dict
    )
    place: str = field(default="", compare=False)
    places: dict[str, str] | None = field(default=None, compare=False)


@dataclass(slots=True, kw_only=True)
class Endpoint:
    """One provider serving one model."""

    canonical_slug: Slug = None
    model_id: ModelId = None
    provider: Annotated[str | None, Column("the provider's name")] = None
    endpoint_name: Annotated[str | None, Column("the endpoint's name as the source prints it")] = None
    tag: Annotated[str | None, Column("the routing tag, which tells two endpoints of one provider apart")] = None
    quantization: Annotated[str | None, Column("the precision of the weights; `unknown` where the source says so")] = (
        None
    )
    context_tokens: Annotated[int | None, Column("the longest context", "tokens")] = None
    context_is_rounded: Annotated[bool | None, Column("true for a display value such as `65K`")] = None
    max_prompt_tokens: Annotated[int | None, Column("the longest prompt", "tokens")] = None
    max_output_tokens: Annotated[int | None, Column("the longest completion", "tokens")] = None
    supported_parameters: Annotated[list[str] | None, Column("the request parameters that the endpoint takes")] = None
    status: Annotated[int | None, Column("the source's status code: 0 is healthy, below zero is not")] = None
    uptime_percent_5m: Annotated[float | None, Column("successful requests of the last 5 minutes", "percent")] = None
    uptime_percent_30m: Annotated[float | None, Column("successful requests of the last 30 minutes", "percent")] = None
    uptime_percent_1d: Annotated[float | None, Column("successful requests of the last day", "percent")] = None
    latency_ms_p50: Annotated[float | None, Column("time to the first token, median of 30 minutes", "ms")] = None
    latency_ms_p75: Annotated[float | None, Column("time to the first token, 75th percentile", "ms")] = None
    latency_ms_p90: Annotated[float | None, Column("time to the first token, 90th percentile", "ms")] = None
    latency_ms_p99: Annotated[float | None, Column("time to the first token, 99th percentile", "ms")] = None
    throughput_tps_p50: Annotated[float | None, Column("output speed, median of 30 minutes", "tokens/s")] = None
    throughput_tps_p75: Annotated[float | None, Column("output speed, 75th percentile", "tokens/s")] = None
    throughput_tps_p90: Annotated[float | None, Column("output speed, 90th percentile", "tokens/s")] = None
    throughput_tps_p99: Annotated[float | None, Column("output speed, 99th percentile", "tokens/s")] = None
    discount: Annotated[str | None, Column("fraction taken off; the prices already include it", "fraction")] = None
    extra: Annotated[dict[str, JSON], Column("whatever else the source states, under its own words")] = field(
        default_factory=dict
    )
    place: str = field(default="", compare=False)
    places: dict[str, str] | None = field(default=None, compare=False)


STATISTICS = frozenset(
    {"status"}
    | {f"uptime_percent_{window}" for window in ("5m", "30m", "1d")}
    | {f"{what}_p{rank}" for what in ("latency_ms", "throughput_tps") for rank in (50, 75, 90, 99)}
)
"""The fields of an endpoint that are measured anew at every capture; the store versions them apart from the facts."""


@dataclass(slots=True, kw_only=True)
class Price:
    """One price: of the model's headline, or of one endpoint."""

    canonical_slug: Slug = None
    model_id: ModelId = None
    provider: Annotated[str | None, Column("the endpoint's provider; null for the model's headline price")] = None
    tag: Annotated[str | None, Column("the endpoint's routing tag, null for a headline price")] = None
    component: Annotated[str, Column("what is paid for: `prompt`, `completion`, `input_cache_read`, …")] = ""
    usd: Annotated[
        Decimal | None, Column("the price of one unit, exact; null unless priced or free", "USD per `unit`")
    ] = None
    unit: Annotated[str | None, Column("`mtok` (a million tokens), `request`, `image`, `search`, …")] = None
    conditions: Annotated[
        dict[str, JSON] | None, Column("null, or what must hold: `min_prompt_tokens` (exclusive), `utc_start`, …")
    ] = None
    state: Annotated[str, Column("`priced`, `free`, `variable` (stated as -1) or `unknown`")] = "priced"
    effective_from: Annotated[date | None, Column("the day from which a price-history row holds", "date")] = None
    position: Annotated[
        int, Column("0 for a base price, else the number of the override; where two set a component, the later wins")
    ] = 0
    place: str = field(default="", compare=False)


@dataclass(slots=True, kw_only=True)
class BenchmarkScore:
    """One score of one model."""

    canonical_slug: Slug = None
    model_id: ModelId = None
    benchmark: Annotated[str, Column("the benchmark's name as displayed")] = ""
    category: Annotated[str | None, Column("the benchmark's category")] = None
    is_reasoning: Annotated[bool | None, Column("true where the run used reasoning")] = None
    strategy: Annotated[str | None, Column("the prompting strategy")] = None
    is_free: Annotated[bool | None, Column("true where the run was on a free endpoint")] = None
    executions: Annotated[int | None, Column("how often the benchmark was run", "runs")] = None
    accuracy_percent: Annotated[Decimal | None, Column("the share of right answers, exact", "percent")] = None
    elo: Annotated[float | None, Column("the Elo rating", "Elo")] = None
    rank: Annotated[int | None, Column("the place among the models measured, 1 is best")] = None
    win_rate_percent: Annotated[float | None, Column("the share of comparisons won", "percent")] = None
    index_value: Annotated[float | None, Column("the value of a composite index, higher is better")] = None
    cost_usd: Annotated[Decimal | None, Column("what the run cost, exact", "USD")] = None
    duration_s: Annotated[Decimal | None, Column("how long the run took", "s")] = None
    percentile: Annotated[int | None, Column("the percentile among all models", "percent")] = None
    evidence: Annotated[str, Column("`table`, `prose` or `api`")] = "api"
    evidence_text: Annotated[str | None, Column("the sentence, where only a sentence states the score")] = None
    extra: Annotated[dict[str, JSON], Column("whatever else the source states, under its own words")] = field(
        default_factory=dict
    )
    place: str = field(default="", compare=False)


@dataclass(slots=True, kw_only=True)
class Rating:
    """One rating of one model."""

    canonical_slug: Slug = None
    model_id: ModelId = None
    name: Annotated[str | None, Column("the name as displayed")] = None
    dimension: Annotated[
        str, Column("`speed`, `ability`, `cost`, `speed_percentile`, `price_percentile` or `success_rate_percent`")
    ] = ""
    value: Annotated[
        Figure | None,
        Column("1 to 5 for stars and dollar signs, 0 to 100 otherwise, exact; a number in JSON; null for a dash"),
    ] = None
    evidence_text: Annotated[str | None, Column("the sentence, where only a sentence states the rating")] = None
    place: str = field(default="", compare=False)


@dataclass(slots=True, kw_only=True)
class Warning:
    """What a parser could not read. A parser never drops a row silently and never invents a value."""

    code: Annotated[str, Column("a stable word; those that begin with `drift_` say that the source has changed")] = ""
    message: Annotated[str, Column("what was seen and what was made of it")] = ""
    where: Annotated[str, Column("the place in the document")] = ""


Record = Model | Endpoint | Price | BenchmarkScore | Rating

Row = TypeVar("Row", Model, Endpoint, Price, BenchmarkScore, Rating)


def blank(record: type[Row]) -> Row:
    """A record none of whose fields is set yet; whoever asks for it sets every one.

    A listing has thousands of rows, and calling a class of a dozen keywords takes five times as long as setting them.
    """
    return object.__new__(record)


LISTS: dict[str, type] = {
    "models": Model,
    "endpoints": Endpoint,
    "prices": Price,
    "benchmark_scores": BenchmarkScore,
    "ratings": Rating,
    "warnings": Warning,
}
"""The lists of `Records`, in their order, and what they hold."""


@dataclass(slots=True)
class Records:
    """Everything that one document says, in the order of the document. Every list is always there."""

    models: list[Model] = field(default_factory=list)
    endpoints: list[Endpoint] = field(default_factory=list)
    prices: list[Price] = field(default_factory=list)
    benchmark_scores: list[BenchmarkScore] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)

    def as_dict(self) -> dict[str, list[dict[str, JSON]]]:
        """The lists as plain values for `json`: exact numbers as strings, dates as ISO text."""
        return {name: [as_dict(row) for row in getattr(self, name)] for name in LISTS}


class Field(NamedTuple):
    """One column of a record: its name, its Python type, and what the data dictionary says of it."""

    name: str
    type: Any
    description: str
    unit: str | None


@cache
def fields_of(record: type) -> tuple[Field, ...]:
    """The columns of a record type, in order; `place`, `places` and `extra` are not columns."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(_fields(hints))


def _fields(hints: dict[str, Any]) -> Iterator[Field]:
    for name, hint in hints.items():
        if name in ("place", "places", "extra"):
            continue
        kind, *notes = get_args(hint)
        column = next(note for note in notes if isinstance(note, Column))
        yield Field(name, kind, column.description, column.unit)


def as_dict(row: Record | Warning) -> dict[str, JSON]:
    """One record as plain values; what is in `extra` stands beside the other fields under its own name."""
    kind: type = type(row)
    plain = {name: plain_value(getattr(row, name)) for name in _names(kind)}
    for name, value in (getattr(row, "extra", None) or {}).items():
        plain.setdefault(name, plain_value(value, number=True))
    return plain


@cache
def _names(record: type) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(record) if f.name not in ("place", "places", "extra"))


def plain_value(value: JSON, *, number: bool = False) -> JSON:
    """A value as `json` writes it: an amount as its exact digits; in `extra`, and inside of objects and lists, as the
    number that it was.
    """
    if isinstance(value, Figure):
        return value.number
    if isinstance(value, Decimal):
        return _number(value) if number else f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain_value(item, number=True) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_value(item, number=True) for item in value]
    return value


def _number(value: Decimal) -> int | float | str:
    """A number that `json` writes with the digits that were stated; as text where a binary float would lose some."""
    if value == value.to_integral_value():
        return int(value)
    nearest = float(value)
    return nearest if Decimal(repr(nearest)) == value else f"{value:f}".rstrip("0")
