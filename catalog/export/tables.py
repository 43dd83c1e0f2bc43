"""The tables of an export: their columns, and where their rows come from.

A *current* table has one state: what is said at the moment asked for. A *history* has every version that any source
ever gave, and ends each of them where it stopped being said. A *log* has one row for something that happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from catalog import asof
from catalog.export.columns import SCOPE, SOURCE, STATED, VALID_TO, WHO, Column, of_record
from catalog.kinds import ENDPOINT, FACT, PRICE, RATING, SCORE, STATISTIC
from scrapers.records import STATISTICS, BenchmarkScore, Endpoint, Model, Price, Rating

Shape = Literal["current", "history", "changes", "captures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of an export.

    Attributes:
        name: of its file and of its resource in the descriptor.
        description: for the data dictionary.
        columns: all of them, in order.
        shape: how its rows are asked for, and by which column it can be partitioned.
        sql: of a current table: a query of `as_of` and `known` that gives `resolved_id` beside the columns.
        where: of a current table: which rows of the query are meant.
        version: of a history, and of a current table that says since when: the kind of its version table.
        joins: of a history: what stands beside the version `v` of the timeline `l`.
        key: the columns that name a row, where they are never null.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    shape: Shape
    sql: str = ""
    where: str = "1 = 1"
    version: int = -1
    joins: str = ""
    key: tuple[str, ...] = ()

    @property
    def dated_by(self) -> str | None:
        """The column by whose day or month the table is partitioned: when a row became final; None for a state."""
        return {"history": "valid_to", "changes": "observed_at", "captures": "observed_at"}.get(self.shape)


PRICE_COLUMNS = of_record(Price, state={"values": ("priced", "free", "variable", "unknown")})
SCORE_COLUMNS = of_record(BenchmarkScore, evidence={"values": ("table", "prose", "api")})
RATING_COLUMNS = of_record(Rating)
FACT_COLUMNS = of_record(Model)
ENDPOINT_COLUMNS = of_record(Endpoint)
ENDPOINT_FACTS = tuple(column for column in ENDPOINT_COLUMNS if column.name not in STATISTICS)
_NAMES_OF_ENDPOINT = ("provider", "endpoint_name", "tag")
STATISTIC_COLUMNS = (
    *of_record(
        Endpoint, only=_NAMES_OF_ENDPOINT, **{name: {"sql": f"e.{name}"} for name in _NAMES_OF_ENDPOINT}
    ),
    *of_record(Endpoint, only=STATISTICS),
)  # fmt: skip

_MISSING_SINCE = Column(
    name="missing_since",
    kind="datetime",
    description="the capture that lacked a model which is still counted as listed: one alone is no delisting",
    unit="UTC",
)
_FIRST_VOICE = Column(
    name="source", kind="string", description="the source that is believed first for this model", required=True
)
_STATED_WHO = tuple(
    column if column.name == "model" else Column(
        name=column.name, kind=column.kind, description=f"{column.description}; as the source stated it then",
        required=column.required, sql=f"v.{column.name}",
    )
    for column in WHO
)  # fmt: skip

_OBSERVED_AT = Column(
    name="observed_at", kind="datetime", description="when the source said so", unit="UTC", required=True
)
CHANGE_COLUMNS = (
    Column(name="observed_at", kind="datetime", description="the capture that says otherwise than the one before",
           unit="UTC", required=True),
    SOURCE,
    Column(name="model_id", kind="string", description=WHO[3].description),
    Column(name="kind", kind="string", description="what happened to the model or to the field", required=True,
           values=("added", "removed", "changed", "gained", "lost")),
    Column(name="field", kind="string", description="the field; `price.<component>` for a price, null for a model"),
    Column(name="old", kind="string", description="the value before, as text; null where the source was silent"),
    Column(name="new", kind="string", description="the value after, as text; null where the source is silent"),
    SCOPE,
    Column(name="canonical_slug", kind="string", description=WHO[1].description),
    *of_record(Endpoint, only=("provider", "tag")),
    Column(name="previous_at", kind="datetime", description="the capture before: it happened after this", unit="UTC"),
    Column(name="conditions", kind="object", description="of a price: the conditional prices of its rate card then"),
)  # fmt: skip
"""As `catalog.change_log.transitions` gives them."""

CAPTURE_COLUMNS = (
    SOURCE,
    Column(name="scope", kind="string", description=f"{SCOPE.description}; null where the answer could not be read"),
    _OBSERVED_AT,
    Column(name="known_at", kind="datetime", description="when this catalogue was told", unit="UTC", required=True),
    Column(name="document_sha256", kind="string", description="the SHA-256 of the archived answer", required=True),
    Column(name="parser_version", kind="string", description="the version of the parser that read it", required=True),
    Column(name="verdict", kind="string", description="what became of it; only accepted captures count", required=True,
           values=("accepted", "held", "refused")),
    Column(name="reason", kind="string", description="why it was held or refused"),
    Column(name="review", kind="string", description="the reason for which somebody accepted it in spite of the guard"),
    Column(name="url", kind="string", description="the address that was asked"),
    Column(name="stated", kind="integer", description="how many rows it states", unit="rows", required=True),
    Column(name="rejected", kind="integer", description="how many rows were set aside", unit="rows", required=True),
    Column(name="run", kind="integer", description="the number of the run that stored it", required=True),
)  # fmt: skip

_ENDPOINT_OF_STATISTIC = f"""
LEFT JOIN timeline le ON le.subject_id = l.subject_id AND le.kind = {ENDPOINT} AND le.key = l.key
LEFT JOIN endpoint_version e ON e.timeline_id = le.id AND e.known_from <= :known AND e.known_to > :known
    AND e.valid_from <= v.valid_from AND e.valid_to > v.valid_from"""

_ALL = (
    Table(
        name="models",
        description="Every listed model, one row each: the best statement of each field among all sources.",
        columns=(*WHO, *FACT_COLUMNS, _FIRST_VOICE, _MISSING_SINCE),
        shape="current",
        sql=asof.MODELS,
        key=("model",),
    ),
    Table(
        name="prices",
        description="The prices in force: the headline prices of a model (no provider) and those of its endpoints.",
        columns=(*WHO, *PRICE_COLUMNS, *STATED),
        shape="current",
        sql=asof.PRICES,
        version=PRICE,
        where="q.place = 1 AND q.effective_from IS NULL",
    ),
    Table(
        name="price_history",
        description="Every price that a source ever stated, with the time for which it did.",
        columns=(*WHO, *PRICE_COLUMNS, *STATED, VALID_TO),
        shape="history",
        version=PRICE,
    ),
    Table(
        name="model_history",
        description="Everything that a source ever stated of a model's facts, with the time for which it did.",
        columns=(*_STATED_WHO, *FACT_COLUMNS, *STATED, VALID_TO),
        shape="history",
        version=FACT,
    ),
    Table(
        name="changes",
        description="The change log: every difference between two consecutive captures, unclassified.",
        columns=CHANGE_COLUMNS,
        shape="changes",
    ),
    Table(
        name="endpoints",
        description="The endpoints that serve a model, with what was measured of them last; one row for each source"
        " that states it.",
        columns=(*WHO, *ENDPOINT_COLUMNS, *STATED),
        shape="current",
        sql=asof.ENDPOINTS,
        version=ENDPOINT,
    ),
    Table(
        name="endpoint_history",
        description="Everything that a source ever stated of an endpoint, without what is measured anew each time.",
        columns=(*WHO, *ENDPOINT_FACTS, *STATED, VALID_TO),
        shape="history",
        version=ENDPOINT,
    ),
    Table(
        name="endpoint_statistics",
        description="Every measurement of an endpoint that a source ever stated: status, uptime, latency, throughput.",
        columns=(*WHO, *STATISTIC_COLUMNS, *STATED, VALID_TO),
        shape="history",
        version=STATISTIC,
        joins=_ENDPOINT_OF_STATISTIC,
    ),
    Table(
        name="benchmark_scores",
        description="The benchmark scores that each source states.",
        columns=(*WHO, *SCORE_COLUMNS, *STATED),
        shape="current",
        sql=asof.SCORES,
        version=SCORE,
    ),
    Table(
        name="benchmark_score_history",
        description="Every benchmark score that a source ever stated, with the time for which it did.",
        columns=(*WHO, *SCORE_COLUMNS, *STATED, VALID_TO),
        shape="history",
        version=SCORE,
    ),
    Table(
        name="ratings",
        description="The ratings of each model: stars, dollar signs, percentiles.",
        columns=(*WHO, *RATING_COLUMNS, *STATED),
        shape="current",
        sql=asof.RATINGS,
        version=RATING,
    ),
    Table(
        name="rating_history",
        description="Every rating that a source ever stated, with the time for which it did.",
        columns=(*WHO, *RATING_COLUMNS, *STATED, VALID_TO),
        shape="history",
        version=RATING,
    ),
    Table(
        name="captures",
        description="The answers that everything else was read from: source, time, hash of the document, verdict.",
        columns=CAPTURE_COLUMNS,
        shape="captures",
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _ALL}
"""Every table by its name, in the order of the descriptor."""
