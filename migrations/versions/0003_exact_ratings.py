"""Ratings by their exact digits, as scores are: a success rate of 99.5% is no whole number.

SQLite gives no column another type, so the table is made anew there and its rows are copied. The view has a number, to
sort by and to take an average of.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FOREVER = 9223372036854775807
COLUMNS = (
    "timeline_id", "valid_from", "known_to", "valid_to", "known_from", "row_hash", "name", "dimension", "value",
    "evidence_text",
)  # fmt: skip


def upgrade() -> None:
    op.execute("DROP VIEW rating_now")
    _change_type(sa.Integer(), sa.String())
    _create_view("CAST(v.value AS NUMERIC) AS value")


def downgrade() -> None:
    """Refuses a fraction, for which the older schema has no place: to cut it would be to state another rating."""
    fractions = op.get_bind().execute(sa.text("SELECT count(*) FROM rating_version WHERE value LIKE '%.%'")).scalar()
    if fractions:
        raise ValueError(f"{fractions} ratings are fractions, which schema {down_revision} cannot hold")
    op.execute("DROP VIEW rating_now")
    _change_type(sa.String(), sa.Integer())
    _create_view("v.value")


def _change_type(old: sa.types.TypeEngine, new: sa.types.TypeEngine) -> None:
    cast = f"CAST(value AS {'INTEGER' if isinstance(new, sa.Integer) else 'VARCHAR'})"
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("rating_version", "value", existing_type=old, type_=new, postgresql_using=cast)
        return
    op.create_table(
        "rating_version_anew",
        sa.Column("timeline_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("known_to", sa.BigInteger(), nullable=False),
        sa.Column("valid_to", sa.BigInteger(), nullable=False),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("value", new, nullable=True),
        sa.Column("evidence_text", sa.Text(), nullable=True),
        sa.CheckConstraint("known_from < known_to", name=op.f("ck_rating_version_known_interval")),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_rating_version_valid_interval")),
        sa.ForeignKeyConstraint(["timeline_id"], ["timeline.id"], name=op.f("fk_rating_version_timeline_id")),
        sa.PrimaryKeyConstraint("timeline_id", "valid_from", "known_to", name=op.f("pk_rating_version")),
        sqlite_with_rowid=False,
    )
    values = ", ".join(cast if name == "value" else name for name in COLUMNS)
    op.execute(f"INSERT INTO rating_version_anew ({', '.join(COLUMNS)}) SELECT {values} FROM rating_version")
    op.drop_table("rating_version")
    op.rename_table("rating_version_anew", "rating_version")
    op.create_index(
        "uq_rating_version_open",
        "rating_version",
        ["timeline_id"],
        unique=True,
        sqlite_where=sa.text(f"valid_to = {FOREVER} AND known_to = {FOREVER}"),
    )


def _create_view(value: str) -> None:
    """The view of the revision before, word for word but for its value."""
    if op.get_bind().dialect.name == "sqlite":
        instant = "strftime('%Y-%m-%dT%H:%M:%SZ', v.valid_from / 1000000, 'unixepoch')"
    else:
        instant = "to_char(to_timestamp(v.valid_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    slug = "CASE WHEN m.canonical_slug LIKE 'name:%' THEN NULL ELSE m.canonical_slug END"
    more = "v.evidence_text, k.source, k.scope"
    current = (
        "FROM spoken_now k JOIN timeline l ON l.subject_id = k.subject_id AND l.kind = 5"
        f" JOIN rating_version v ON v.timeline_id = l.id AND v.known_to = {FOREVER}"
        " AND v.valid_from <= k.stated_at AND v.valid_to > k.stated_at"
    )
    view = f"""
    SELECT model_id, canonical_slug, variant, dimension, value, evidence_text, source, scope, valid_from
    FROM (SELECT m.model_id, {slug} AS canonical_slug, m.variant, v.dimension, {value}, {more},
        CASE WHEN v.valid_from = {FOREVER} THEN NULL ELSE {instant} END AS valid_from,
        row_number() OVER (PARTITION BY m.id, v.dimension
            ORDER BY k.rank, k.heard_at DESC, k.scope, k.subject_id) AS place
        {current} JOIN model m ON m.id = k.resolved_id) AS ranked
    WHERE place = 1
    """
    op.execute(f"CREATE VIEW rating_now AS {view}".replace(":", "\\:"))
