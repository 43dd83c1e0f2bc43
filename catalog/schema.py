"""The tables, as SQLModel classes. Their history is in `migrations/`; a test holds the two against each other.

Facts, not conclusions, are stored. A *timeline* is one thing that a source speaks of (a model's facts, one price of
one endpoint, one score); its *versions* say what the source said from one capture up to, and not including, the
capture that said otherwise. Each version table has the same first five columns:

    timeline_id   whose version it is
    valid_from    the capture that first said so; with the scope it names the capture, and so the document
    valid_to      the first later capture that said otherwise or nothing; `FOREVER` while none has
    known_from    when this reading was first believed: 0, or the moment of the parser's correction
    known_to      when a correction superseded it; `FOREVER` while it is believed
    row_hash      of the columns that follow, so that equal statements are recognised and altered rows are found

All instants are whole microseconds since 1970 UTC, money is the exact text beside an integer that sorts. Rows are
written in bulk through SQLAlchemy Core by `store.py` alone; nothing validates here, the records are checked before.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from catalog.instants import FOREVER

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = CONVENTION
METADATA: MetaData = SQLModel.metadata


def _key(**options: Any) -> Any:
    """An integer primary key that the store assigns itself, so that a bulk insert need not ask for it."""
    return Field(primary_key=True, sa_type=Integer, sa_column_kwargs={"autoincrement": False, **options})


def _big(**options: Any) -> Any:
    return Field(sa_type=BigInteger, **options)


class SourceRow(SQLModel, table=True):
    """One source, by its slug."""

    __tablename__: ClassVar[str] = "source"
    id: int = _key()
    slug: str = Field(unique=True)


class Scope(SQLModel, table=True):
    """What a capture is the whole answer to: a listing, one model's page, one model's endpoints.

    `is_stale` from when its facts move until the identities are resolved again, if need be by a later run.
    """

    __tablename__: ClassVar[str] = "scope"
    __table_args__ = (UniqueConstraint("source_id", "key"),)
    id: int = _key()
    source_id: int = Field(foreign_key="source.id")
    key: str
    is_stale: bool = False


class Precedence(SQLModel, table=True):
    """Who is believed first for a field that several sources state: the lowest rank. The one table of precedence."""

    __tablename__: ClassVar[str] = "precedence"
    source: str = Field(primary_key=True)
    voice: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    rank: int


class Run(SQLModel, table=True):
    """One call of the program that wrote something."""

    __tablename__: ClassVar[str] = "run"
    id: int = _key()
    command: str
    started_at: int = _big()
    ended_at: int | None = _big(default=None)
    program_version: str
    exit_code: int | None = None
    summary: str | None = Field(default=None, sa_type=Text)


class Capture(SQLModel, table=True):
    """One answer of one source at one time, and what became of it.

    `unheard` is JSON, null where every record could be read: what an accepted answer has not heard of, as
    `catalog.judging.unheard.Unheard` keeps and explains it.
    """

    __tablename__: ClassVar[str] = "capture"
    __table_args__ = (
        Index("uq_capture_scope_instant", "scope_id", "observed_at", unique=True),
        Index("ix_capture_document", "document_sha256"),
    )
    id: int = _key()
    source_id: int = Field(foreign_key="source.id")
    scope_id: int | None = Field(default=None, foreign_key="scope.id")
    observed_at: int = _big()
    known_at: int = _big()
    document_sha256: str
    parser_version: str
    run_id: int = Field(foreign_key="run.id")
    verdict: str
    reason: str | None = Field(default=None, sa_type=Text)
    review: str | None = Field(default=None, sa_type=Text)
    url: str | None = Field(default=None, sa_type=Text)
    stated: int = 0
    rejected: int = 0
    unheard: str | None = Field(default=None, sa_type=Text)


class Drift(SQLModel, table=True):
    """What a parser noticed in one capture, once a kind: unknown keys, lost keys, rows set aside."""

    __tablename__: ClassVar[str] = "drift"
    __table_args__ = (Index("ix_drift_capture_id", "capture_id"),)
    id: int = _key()
    capture_id: int = Field(foreign_key="capture.id")
    code: str
    message: str = Field(sa_type=Text)
    place: str = Field(sa_type=Text)


class ModelRow(SQLModel, table=True):
    """One model, as identity resolution sees it now. Derived from what the sources state; rebuilt when that changes."""

    __tablename__: ClassVar[str] = "model"
    __table_args__ = (UniqueConstraint("canonical_slug", "variant"),)
    id: int = _key()
    canonical_slug: str
    variant: str
    model_id: str | None = None
    name: str | None = None
    author: str | None = None


class Subject(SQLModel, table=True):
    """What a source speaks of in one scope, under the source's own key. `resolved_id` is the model that it is.

    `fingerprint` is of everything that the newest capture of the scope states of it; 0 where that is not known, null
    where that capture does not state it.
    """

    __tablename__: ClassVar[str] = "subject"
    __table_args__ = (UniqueConstraint("scope_id", "key"), Index("ix_subject_resolved_id", "resolved_id"))
    id: int = _key()
    scope_id: int = Field(foreign_key="scope.id")
    key: str
    voice: int
    resolved_id: int | None = Field(default=None, foreign_key="model.id")
    resolved_by: str | None = None
    fingerprint: int | None = _big(default=None)


class Timeline(SQLModel, table=True):
    """One thing that a source says of a subject and may say otherwise later."""

    __tablename__: ClassVar[str] = "timeline"
    __table_args__ = (UniqueConstraint("subject_id", "kind", "key"),)
    id: int = _key()
    subject_id: int = Field(foreign_key="subject.id")
    kind: int
    key: str = Field(sa_type=Text)


class Head(SQLModel, table=True):
    """The fingerprint of each group of a subject in the newest capture: where it is the same, no version is read."""

    __tablename__: ClassVar[str] = "head"
    subject_id: int = Field(primary_key=True, foreign_key="subject.id", sa_column_kwargs={"autoincrement": False})
    group_name: str = Field(primary_key=True)
    fingerprint: int = _big()


def _version_args(name: str) -> tuple[Any, ...]:
    """What every version table has: no empty interval, one open version a timeline, clustered by its key."""
    still = f"valid_to = {FOREVER} AND known_to = {FOREVER}"
    return (
        CheckConstraint("valid_from < valid_to", name="valid_interval"),
        CheckConstraint("known_from < known_to", name="known_interval"),
        Index(f"uq_{name}_open", "timeline_id", unique=True, sqlite_where=text(still), postgresql_where=text(still)),
        {"sqlite_with_rowid": False},
    )


class _Version(SQLModel):
    """The five columns that every version table begins with."""

    timeline_id: int = Field(primary_key=True, foreign_key="timeline.id", sa_column_kwargs={"autoincrement": False})
    valid_from: int = _big(primary_key=True)
    known_to: int = _big(primary_key=True)
    valid_to: int = _big()
    known_from: int = _big()
    row_hash: int = _big()


class FactVersion(_Version, table=True):
    """What a source said of a model: every field of the record `models`."""

    __tablename__: ClassVar[str] = "fact_version"
    __table_args__ = _version_args("fact_version")
    model_id: str | None = None
    canonical_slug: str | None = None
    variant: str
    author: str | None = None
    name: str | None = None
    description: str | None = Field(default=None, sa_type=Text)
    released_on: date | None = None
    context_tokens: int | None = _big(default=None)
    context_is_rounded: bool | None = None
    max_output_tokens: int | None = _big(default=None)
    parameter_count: int | None = _big(default=None)
    parameter_count_is_approximate: bool | None = None
    input_modalities: str | None = Field(default=None, sa_type=Text)
    output_modalities: str | None = Field(default=None, sa_type=Text)
    is_available: bool | None = None
    is_subject: bool
    tokenizer: str | None = None
    instruct_type: str | None = None
    hugging_face_id: str | None = None
    knowledge_cutoff_on: date | None = None
    expires_on: date | None = None
    is_moderated: bool | None = None
    supported_parameters: str | None = Field(default=None, sa_type=Text)
    supported_features: str | None = Field(default=None, sa_type=Text)
    reasoning: str | None = Field(default=None, sa_type=Text)
    extra: str | None = Field(default=None, sa_type=Text)


class PriceVersion(_Version, table=True):
    """One price. `pico_usd` is the price of one unit in 1e-12 USD, rounded half to even where it does not fit."""

    __tablename__: ClassVar[str] = "price_version"
    __table_args__ = _version_args("price_version")
    provider: str | None = None
    tag: str | None = None
    component: str
    usd: str | None = None
    pico_usd: int | None = _big(default=None)
    pico_is_exact: bool | None = None
    unit: str | None = None
    conditions: str | None = Field(default=None, sa_type=Text)
    state: str
    effective_from: date | None = None
    position: int


class EndpointVersion(_Version, table=True):
    """What a source said of an endpoint, without what is measured anew each time."""

    __tablename__: ClassVar[str] = "endpoint_version"
    __table_args__ = _version_args("endpoint_version")
    model_id: str | None = None
    canonical_slug: str | None = None
    provider: str | None = None
    endpoint_name: str | None = None
    tag: str | None = None
    quantization: str | None = None
    context_tokens: int | None = _big(default=None)
    context_is_rounded: bool | None = None
    max_prompt_tokens: int | None = _big(default=None)
    max_output_tokens: int | None = _big(default=None)
    supported_parameters: str | None = Field(default=None, sa_type=Text)
    discount: str | None = None
    extra: str | None = Field(default=None, sa_type=Text)


def _measured() -> Any:
    return Field(default=None, sa_column=Column(Float(53), nullable=True))


class StatisticVersion(_Version, table=True):
    """What a source measured of an endpoint: status, uptime, latency, throughput."""

    __tablename__: ClassVar[str] = "statistic_version"
    __table_args__ = _version_args("statistic_version")
    status: int | None = None
    uptime_percent_5m: float | None = _measured()
    uptime_percent_30m: float | None = _measured()
    uptime_percent_1d: float | None = _measured()
    latency_ms_p50: float | None = _measured()
    latency_ms_p75: float | None = _measured()
    latency_ms_p90: float | None = _measured()
    latency_ms_p99: float | None = _measured()
    throughput_tps_p50: float | None = _measured()
    throughput_tps_p75: float | None = _measured()
    throughput_tps_p90: float | None = _measured()
    throughput_tps_p99: float | None = _measured()


class ScoreVersion(_Version, table=True):
    """One benchmark score."""

    __tablename__: ClassVar[str] = "score_version"
    __table_args__ = _version_args("score_version")
    benchmark: str
    category: str | None = None
    is_reasoning: bool | None = None
    strategy: str | None = None
    is_free: bool | None = None
    executions: int | None = _big(default=None)
    accuracy_percent: str | None = None
    elo: float | None = _measured()
    rank: int | None = None
    win_rate_percent: float | None = _measured()
    index_value: float | None = _measured()
    cost_usd: str | None = None
    duration_s: str | None = None
    percentile: int | None = None
    evidence: str
    evidence_text: str | None = Field(default=None, sa_type=Text)
    extra: str | None = Field(default=None, sa_type=Text)


class RatingVersion(_Version, table=True):
    """One rating. `value` is its exact digits, without trailing zeros."""

    __tablename__: ClassVar[str] = "rating_version"
    __table_args__ = _version_args("rating_version")
    name: str | None = None
    dimension: str
    value: str | None = None
    evidence_text: str | None = Field(default=None, sa_type=Text)


VERSIONS: tuple[type[_Version], ...] = (
    FactVersion,
    PriceVersion,
    EndpointVersion,
    StatisticVersion,
    ScoreVersion,
    RatingVersion,
)
"""The version tables; a timeline's kind (`kinds.py`) is the place of its table here."""

VERSION_COLUMNS = ("timeline_id", "valid_from", "valid_to", "known_from", "known_to", "row_hash")
