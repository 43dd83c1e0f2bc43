"""The tables: sources, captures, subjects, timelines and their versions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


FOREVER = 9223372036854775807

PRECEDENCE = (
    # source, voice, rank: who is believed first for a field that several state
    ("openrouter_models", 1, 1),
    ("openrouter_endpoints", 1, 2),
    ("benchable_page", 1, 3),
    ("benchable_page", 2, 4),
)


def upgrade() -> None:
    precedence = op.create_table(
        "precedence",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("voice", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "voice", name=op.f("pk_precedence")),
    )
    op.bulk_insert(precedence, [{"source": source, "voice": voice, "rank": rank} for source, voice, rank in PRECEDENCE])
    op.create_table(
        "model",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("canonical_slug", sa.String(), nullable=False),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column("model_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("author", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model")),
        sa.UniqueConstraint("canonical_slug", "variant", name=op.f("uq_model_canonical_slug_variant")),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("program_version", sa.String(), nullable=False),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("slug", name=op.f("uq_source_slug")),
    )
    op.create_table(
        "scope",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("is_stale", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_scope_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scope")),
        sa.UniqueConstraint("source_id", "key", name=op.f("uq_scope_source_id_key")),
    )
    op.create_table(
        "capture",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=True),
        sa.Column("observed_at", sa.BigInteger(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("document_sha256", sa.String(), nullable=False),
        sa.Column("parser_version", sa.String(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("review", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("stated", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("unheard", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_capture_run_id")),
        sa.ForeignKeyConstraint(["scope_id"], ["scope.id"], name=op.f("fk_capture_scope_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_capture_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capture")),
    )
    op.create_index("ix_capture_document", "capture", ["document_sha256"], unique=False)
    op.create_index("uq_capture_scope_instant", "capture", ["scope_id", "observed_at"], unique=True)
    op.create_table(
        "subject",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("voice", sa.Integer(), nullable=False),
        sa.Column("resolved_id", sa.Integer(), nullable=True),
        sa.Column("resolved_by", sa.String(), nullable=True),
        sa.Column("fingerprint", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["resolved_id"], ["model.id"], name=op.f("fk_subject_resolved_id")),
        sa.ForeignKeyConstraint(["scope_id"], ["scope.id"], name=op.f("fk_subject_scope_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject")),
        sa.UniqueConstraint("scope_id", "key", name=op.f("uq_subject_scope_id_key")),
    )
    op.create_index("ix_subject_resolved_id", "subject", ["resolved_id"], unique=False)
    op.create_table(
        "drift",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("capture_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name=op.f("fk_drift_capture_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drift")),
    )
    op.create_index("ix_drift_capture_id", "drift", ["capture_id"], unique=False)
    op.create_table(
        "head",
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_name", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_head_subject_id")),
        sa.PrimaryKeyConstraint("subject_id", "group_name", name=op.f("pk_head")),
    )
    op.create_table(
        "timeline",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_timeline_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline")),
        sa.UniqueConstraint("subject_id", "kind", "key", name=op.f("uq_timeline_subject_id_kind_key")),
    )
    op.create_table(
        "endpoint_version",
        sa.Column("timeline_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=False),
        sa.Column("valid_to", sa.BigInteger(), nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.String(), nullable=True),
        sa.Column("canonical_slug", sa.String(), nullable=True),
        sa.Column("provider", sa.String(), nullable=True),
        sa.Column("endpoint_name", sa.String(), nullable=True),
        sa.Column("tag", sa.String(), nullable=True),
        sa.Column("quantization", sa.String(), nullable=True),
        sa.Column("context_tokens", sa.BigInteger(), nullable=True),
        sa.Column("context_is_rounded", sa.Boolean(), nullable=True),
        sa.Column("max_prompt_tokens", sa.BigInteger(), nullable=True),
        sa.Column("max_output_tokens", sa.BigInteger(), nullable=True),
        sa.Column("supported_parameters", sa.Text(), nullable=True),
        sa.Column("discount", sa.String(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.CheckConstraint("known_from < known_to", name=op.f("ck_endpoint_version_known_interval")),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_endpoint_version_valid_interval")),
        sa.ForeignKeyConstraint(["timeline_id"], ["timeline.id"], name=op.f("fk_endpoint_version_timeline_id")),
        sa.PrimaryKeyConstraint("timeline_id", "valid_from", "known_to", name=op.f("pk_endpoint_version")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_endpoint_version_open",
        "endpoint_version",
        ["timeline_id"],
        unique=True,
        sqlite_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
        postgresql_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
    )
    op.create_table(
        "fact_version",
        sa.Column("timeline_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=False),
        sa.Column("valid_to", sa.BigInteger(), nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.String(), nullable=True),
        sa.Column("canonical_slug", sa.String(), nullable=True),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("context_tokens", sa.BigInteger(), nullable=True),
        sa.Column("context_is_rounded", sa.Boolean(), nullable=True),
        sa.Column("max_output_tokens", sa.BigInteger(), nullable=True),
        sa.Column("parameter_count", sa.BigInteger(), nullable=True),
        sa.Column("parameter_count_is_approximate", sa.Boolean(), nullable=True),
        sa.Column("input_modalities", sa.Text(), nullable=True),
        sa.Column("output_modalities", sa.Text(), nullable=True),
        sa.Column("is_available", sa.Boolean(), nullable=True),
        sa.Column("is_subject", sa.Boolean(), nullable=False),
        sa.Column("tokenizer", sa.String(), nullable=True),
        sa.Column("instruct_type", sa.String(), nullable=True),
        sa.Column("hugging_face_id", sa.String(), nullable=True),
        sa.Column("knowledge_cutoff_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("is_moderated", sa.Boolean(), nullable=True),
        sa.Column("supported_parameters", sa.Text(), nullable=True),
        sa.Column("supported_features", sa.Text(), nullable=True),
        sa.Column("reasoning", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.CheckConstraint("known_from < known_to", name=op.f("ck_fact_version_known_interval")),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_fact_version_valid_interval")),
        sa.ForeignKeyConstraint(["timeline_id"], ["timeline.id"], name=op.f("fk_fact_version_timeline_id")),
        sa.PrimaryKeyConstraint("timeline_id", "valid_from", "known_to", name=op.f("pk_fact_version")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_fact_version_open",
        "fact_version",
        ["timeline_id"],
        unique=True,
        sqlite_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
        postgresql_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
    )
    op.create_table(
        "price_version",
        sa.Column("timeline_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=False),
        sa.Column("valid_to", sa.BigInteger(), nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column("provider", sa.String(), nullable=True),
        sa.Column("tag", sa.String(), nullable=True),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("usd", sa.String(), nullable=True),
        sa.Column("pico_usd", sa.BigInteger(), nullable=True),
        sa.Column("pico_is_exact", sa.Boolean(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("known_from < known_to", name=op.f("ck_price_version_known_interval")),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_price_version_valid_interval")),
        sa.ForeignKeyConstraint(["timeline_id"], ["timeline.id"], name=op.f("fk_price_version_timeline_id")),
        sa.PrimaryKeyConstraint("timeline_id", "valid_from", "known_to", name=op.f("pk_price_version")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_price_version_open",
        "price_version",
        ["timeline_id"],
        unique=True,
        sqlite_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
        postgresql_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
    )
    op.create_table(
        "rating_version",
        sa.Column("timeline_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=False),
        sa.Column("valid_to", sa.BigInteger(), nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("evidence_text", sa.Text(), nullable=True),
        sa.CheckConstraint("known_from < known_to", name=op.f("ck_rating_version_known_interval")),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_rating_version_valid_interval")),
        sa.ForeignKeyConstraint(["timeline_id"], ["timeline.id"], name=op.f("fk_rating_version_timeline_id")),
        sa.PrimaryKeyConstraint("timeline_id", "valid_from", "known_to", name=op.f("pk_rating_version")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_rating_version_open",
        "rating_version",
        ["timeline_id"],
        unique=True,
        sqlite_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
        postgresql_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
    )
    op.create_table(
        "score_version",
        sa.Column("timeline_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=False),
        sa.Column("valid_to", sa.BigInteger(), nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column("benchmark", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("is_reasoning", sa.Boolean(), nullable=True),
        sa.Column("strategy", sa.String(), nullable=True),
        sa.Column("is_free", sa.Boolean(), nullable=True),
        sa.Column("executions", sa.BigInteger(), nullable=True),
        sa.Column("accuracy_percent", sa.String(), nullable=True),
        sa.Column("elo", sa.Float(precision=53), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("win_rate_percent", sa.Float(precision=53), nullable=True),
        sa.Column("index_value", sa.Float(precision=53), nullable=True),
        sa.Column("cost_usd", sa.String(), nullable=True),
        sa.Column("duration_s", sa.String(), nullable=True),
        sa.Column("percentile", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("evidence_text", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.CheckConstraint("known_from < known_to", name=op.f("ck_score_version_known_interval")),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_score_version_valid_interval")),
        sa.ForeignKeyConstraint(["timeline_id"], ["timeline.id"], name=op.f("fk_score_version_timeline_id")),
        sa.PrimaryKeyConstraint("timeline_id", "valid_from", "known_to", name=op.f("pk_score_version")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_score_version_open",
        "score_version",
        ["timeline_id"],
        unique=True,
        sqlite_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
        postgresql_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
    )
    op.create_table(
        "statistic_version",
        sa.Column("timeline_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=False),
        sa.Column("valid_to", sa.BigInteger(), nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("uptime_percent_5m", sa.Float(precision=53), nullable=True),
        sa.Column("uptime_percent_30m", sa.Float(precision=53), nullable=True),
        sa.Column("uptime_percent_1d", sa.Float(precision=53), nullable=True),
        sa.Column("latency_ms_p50", sa.Float(precision=53), nullable=True),
        sa.Column("latency_ms_p75", sa.Float(precision=53), nullable=True),
        sa.Column("latency_ms_p90", sa.Float(precision=53), nullable=True),
        sa.Column("latency_ms_p99", sa.Float(precision=53), nullable=True),
        sa.Column("throughput_tps_p50", sa.Float(precision=53), nullable=True),
        sa.Column("throughput_tps_p75", sa.Float(precision=53), nullable=True),
        sa.Column("throughput_tps_p90", sa.Float(precision=53), nullable=True),
        sa.Column("throughput_tps_p99", sa.Float(precision=53), nullable=True),
        sa.CheckConstraint("known_from < known_to", name=op.f("ck_statistic_version_known_interval")),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_statistic_version_valid_interval")),
        sa.ForeignKeyConstraint(["timeline_id"], ["timeline.id"], name=op.f("fk_statistic_version_timeline_id")),
        sa.PrimaryKeyConstraint("timeline_id", "valid_from", "known_to", name=op.f("pk_statistic_version")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_statistic_version_open",
        "statistic_version",
        ["timeline_id"],
        unique=True,
        sqlite_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
        postgresql_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
    )


def downgrade() -> None:
    op.drop_table("precedence")
    op.drop_index(
        "uq_statistic_version_open",
        table_name="statistic_version",
        sqlite_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
        postgresql_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
    )
    op.drop_table("statistic_version")
    op.drop_index(
        "uq_score_version_open",
        table_name="score_version",
        sqlite_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
        postgresql_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
    )
    op.drop_table("score_version")
    op.drop_index(
        "uq_rating_version_open",
        table_name="rating_version",
        sqlite_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
        postgresql_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
    )
    op.drop_table("rating_version")
    op.drop_index(
        "uq_price_version_open",
        table_name="price_version",
        sqlite_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
        postgresql_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
    )
    op.drop_table("price_version")
    op.drop_index(
        "uq_fact_version_open",
        table_name="fact_version",
        sqlite_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
        postgresql_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
    )
    op.drop_table("fact_version")
    op.drop_index(
        "uq_endpoint_version_open",
        table_name="endpoint_version",
        sqlite_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
        postgresql_where=sa.text("valid_to = 9223372036854775807 AND known_to = 9223372036854775807"),
    )
    op.drop_table("endpoint_version")
    op.drop_table("timeline")
    op.drop_table("head")
    op.drop_index("ix_drift_capture_id", table_name="drift")
    op.drop_table("drift")
    op.drop_index("ix_subject_resolved_id", table_name="subject")
    op.drop_table("subject")
    op.drop_index("uq_capture_scope_instant", table_name="capture")
    op.drop_index("ix_capture_document", table_name="capture")
    op.drop_table("capture")
    op.drop_table("scope")
    op.drop_table("source")
    op.drop_table("run")
    op.drop_table("model")
