"""The prices of now are those of the list that has the say: an older one states none of a model that it has no more.

The view is that of revision 0002 but for the lists that are left out.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FOREVER = 9223372036854775807
LISTING = "openrouter_models"
LAST_LIST = f"""
        LEFT JOIN (SELECT resolved_id, heard_at AS own_at, scope AS own_scope, whole_at FROM (
                SELECT resolved_id, heard_at, scope, max(CASE WHEN scope = 'all' THEN heard_at END) OVER () AS whole_at,
                    row_number() OVER (PARTITION BY resolved_id ORDER BY heard_at DESC, scope) AS place
                FROM spoken WHERE source = '{LISTING}') AS lists WHERE place = 1) a
            ON a.resolved_id = k.resolved_id AND k.source = '{LISTING}'"""
"""When a list was heard last that could have a model: one that had it before, or the list of every model."""
HAS_THE_SAY = (
    "a.own_at IS NULL OR NOT (k.heard_at < a.own_at OR k.heard_at = a.own_at AND k.scope > a.own_scope"
    " OR k.heard_at < COALESCE(a.whole_at, 0) OR k.heard_at = COALESCE(a.whole_at, 0) AND k.scope > 'all')"
)


def upgrade() -> None:
    op.execute("DROP VIEW price_now")
    _create_view("spoken", "WITH spoken AS (SELECT * FROM spoken_now)\n    ", LAST_LIST, f" AND ({HAS_THE_SAY})")


def downgrade() -> None:
    op.execute("DROP VIEW price_now")
    _create_view("spoken_now")


def _create_view(spoken: str, before: str = "", joined: str = "", required: str = "") -> None:
    """The view of revision 0002, word for word but for what is asked and required more."""
    if op.get_bind().dialect.name == "sqlite":
        instant = "strftime('%Y-%m-%dT%H:%M:%SZ', v.valid_from / 1000000, 'unixepoch')"
    else:
        instant = "to_char(to_timestamp(v.valid_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    slug = "CASE WHEN m.canonical_slug LIKE 'name:%' THEN NULL ELSE m.canonical_slug END"
    price = (
        "v.provider, v.tag, v.component, v.usd, v.pico_usd, v.unit, v.conditions, v.state, v.effective_from, v.position"
    )
    current = (
        f"FROM {spoken} k JOIN timeline l ON l.subject_id = k.subject_id AND l.kind = 1"
        f" JOIN price_version v ON v.timeline_id = l.id AND v.known_to = {FOREVER}"
        " AND v.valid_from <= k.stated_at AND v.valid_to > k.stated_at"
    )
    since = f"CASE WHEN v.valid_from = {FOREVER} THEN NULL ELSE {instant} END AS valid_from"
    view = f"""
    {before}SELECT model_id, canonical_slug, variant, provider, tag, component, usd, pico_usd, unit, conditions, state,
        effective_from, position, source, valid_from
    FROM (SELECT m.model_id, {slug} AS canonical_slug, m.variant, {price}, k.source, {since},
        rank() OVER (PARTITION BY m.id, CASE WHEN v.provider IS NULL THEN 0 ELSE 1 END
            ORDER BY k.rank, k.heard_at DESC, k.scope, k.subject_id) AS place
        {current} JOIN model m ON m.id = k.resolved_id{joined}
        WHERE v.effective_from IS NULL{required}) AS ranked
    WHERE place = 1
    """
    op.execute(f"CREATE VIEW price_now AS {view}".replace(":", "\\:"))
