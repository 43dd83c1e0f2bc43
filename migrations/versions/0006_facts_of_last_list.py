"""The facts of now are those of the list that has the say: what it does not state, no older list answers.

The view is that of revision 0005 but for the lists that are left out.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FOREVER = 9223372036854775807
LISTING = "openrouter_models"

FACTS = (
    "author name description released_on context_tokens context_is_rounded max_output_tokens parameter_count"
    " parameter_count_is_approximate input_modalities output_modalities is_available tokenizer instruct_type"
    " hugging_face_id knowledge_cutoff_on expires_on is_moderated supported_parameters supported_features reasoning"
    " extra"
).split()

PLACES = 6
"""How many voices are asked for a field, the best first; every further one repeats them."""

ROUNDED = {"context_tokens": "context_is_rounded", "parameter_count": "parameter_count_is_approximate"}


LAST_LIST = f"""
                LEFT JOIN (SELECT resolved_id, heard_at AS own_at, scope AS own_scope, whole_at FROM (
                        SELECT resolved_id, heard_at, scope,
                            max(CASE WHEN scope = 'all' THEN heard_at END) OVER () AS whole_at,
                            row_number() OVER (PARTITION BY resolved_id ORDER BY heard_at DESC, scope) AS place
                        FROM spoken WHERE source = '{LISTING}') AS lists WHERE place = 1) a
                    ON a.resolved_id = k.resolved_id AND k.source = '{LISTING}'
                WHERE a.own_at IS NULL OR NOT (k.heard_at < a.own_at OR k.heard_at = a.own_at AND k.scope > a.own_scope
                    OR k.heard_at < COALESCE(a.whole_at, 0) OR k.heard_at = COALESCE(a.whole_at, 0) AND k.scope > 'all')
"""
"""When a list was heard last that could have a model, and of the lists only that one: it had the model before, or it is
the list of every model."""


def upgrade() -> None:
    op.execute("DROP VIEW model_now")
    _create_view("spoken", "WITH spoken AS (SELECT * FROM spoken_now)\n    ", LAST_LIST)


def downgrade() -> None:
    op.execute("DROP VIEW model_now")
    _create_view("spoken_now")


def _create_view(spoken: str, before: str = "", joined: str = "") -> None:
    """The view of revision 0005, word for word but for what is asked and required more."""
    if op.get_bind().dialect.name == "sqlite":
        instant = "strftime('%Y-%m-%dT%H:%M:%SZ', f.missing_from / 1000000, 'unixepoch')"
    else:
        instant = "to_char(to_timestamp(f.missing_from / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    slug = "CASE WHEN m.canonical_slug LIKE 'name:%' THEN NULL ELSE m.canonical_slug END"
    facts = ", ".join(f"v.{name}" for name in ("model_id", "canonical_slug", "variant", *FACTS))
    fields = ", ".join(f"{merged(name)} AS {name}" for name in FACTS[2:])
    names = ", ".join(f"f.{name}" for name in FACTS[2:])
    missing = f"CASE WHEN f.missing_from = {FOREVER} THEN NULL ELSE {instant} END AS missing_since"
    current = (
        f"FROM {spoken} k JOIN timeline l ON l.subject_id = k.subject_id AND l.kind = 0"
        f" JOIN fact_version v ON v.timeline_id = l.id AND v.known_to = {FOREVER}"
        " AND v.valid_from <= k.listed_at AND v.valid_to > k.listed_at"
    )
    view = f"""
    {before}SELECT m.model_id, {slug} AS canonical_slug, m.variant, m.author, m.name, {names}, {missing}, f.source
    FROM (SELECT resolved_id, {fields}, max(CASE WHEN place = 1 THEN missing_from END) AS missing_from,
            max(CASE WHEN place = 1 THEN source END) AS source
        FROM (SELECT k.resolved_id, k.source, k.missing_from, {facts}, row_number() OVER (PARTITION BY k.resolved_id
                ORDER BY k.rank, k.heard_at DESC, k.scope, k.listed_at DESC, k.subject_id) AS place
            {current}{joined}) AS placed
        WHERE resolved_id NOT IN
            (SELECT resolved_id FROM listing_now WHERE is_here = 0 AND resolved_id IS NOT NULL)
        GROUP BY resolved_id) AS f
    JOIN model m ON m.id = f.resolved_id
    """
    op.execute(f"CREATE VIEW model_now AS {view}".replace(":", "\\:"))


def merged(name: str) -> str:
    """The best voice's value of a field; an exact one before a rounded one, a whole text before a cut one.

    An aggregate over a model's voices in their places, rather than a join a place: without statistics SQLite takes a
    model for a rare thing and would scan all of them for each.
    """
    flags = {flag: value for value, flag in ROUNDED.items()}
    if name in flags:
        exact = first(f"CASE WHEN {name} IS NULL THEN -1 ELSE 0 END", f"{flags[name]} IS NOT NULL AND {is_exact(name)}")
        return f"NULLIF(COALESCE({exact}, {first('1', f'{flags[name]} IS NOT NULL')}), -1) = 1"
    if name.startswith("is_"):
        return f"COALESCE({first(f'CASE WHEN {name} THEN 1 WHEN NOT {name} THEN 0 END')}) = 1"
    better = {"description": "description NOT LIKE '%...'", **{n: is_exact(flag) for n, flag in ROUNDED.items()}}
    best = f"{first(name, better[name])}, " if name in better else ""
    return f"COALESCE({best}{first(name)})"


def is_exact(flag: str) -> str:
    return f"NOT COALESCE({flag}, FALSE)"


def first(value: str, condition: str = "") -> str:
    """A value in the place of each voice, the best first, where a condition holds; to be coalesced."""
    also = f" AND {condition}" if condition else ""
    return ", ".join(f"max(CASE WHEN place = {n}{also} THEN {value} END)" for n in range(1, PLACES + 1))
