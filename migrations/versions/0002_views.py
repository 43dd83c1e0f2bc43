"""The views for analysts, the same on SQLite and PostgreSQL.

`spoken_now` says who is spoken of and until when what was said of them holds: a second voice's silence means nothing,
so what it said last goes on. `model_now` is the one answer out of what every source says: each field from the source
that precedence puts first, an exact context before a rounded one, a whole description before a cut one.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FOREVER = 9223372036854775807
SIX_HOURS = 6 * 3_600_000_000

FACTS = (
    "author name description released_on context_tokens context_is_rounded max_output_tokens parameter_count"
    " parameter_count_is_approximate input_modalities output_modalities is_available tokenizer instruct_type"
    " hugging_face_id knowledge_cutoff_on expires_on is_moderated supported_parameters supported_features reasoning"
    " extra"
).split()

LOGGED = ("model_id", "canonical_slug", *FACTS)

PLACES = 6
"""How many voices are asked for a field, the best first; every further one repeats them."""

SLUG = "CASE WHEN m.canonical_slug LIKE 'name:%' THEN NULL ELSE m.canonical_slug END"
"""A model that is known by its name alone has no slug."""

NAMED = f"m.model_id, {SLUG} AS canonical_slug, m.variant"

ROUNDED = {"context_tokens": "context_is_rounded", "parameter_count": "parameter_count_is_approximate"}

NAMES = (
    "change_log",
    "rating_now",
    "benchmark_now",
    "endpoint_now",
    "price_history",
    "price_now",
    "model_now",
    "listing_now",
    "fact_now",
    "spoken_now",
)


def instant(column: str) -> str:
    """ISO 8601 in UTC of a column of microseconds; null for what has not ended."""
    if op.get_bind().dialect.name == "sqlite":
        text = f"strftime('%Y-%m-%dT%H:%M:%SZ', {column} / 1000000, 'unixepoch')"
    else:
        text = f"to_char(to_timestamp({column} / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    return f"CASE WHEN {column} = {FOREVER} THEN NULL ELSE {text} END"


def as_text(column: str) -> str:
    """Any column as text, a truth as `true` or `false` on both databases."""
    if column.split(".")[-1].startswith("is_") or column.endswith(("_is_rounded", "_is_approximate")):
        return f"CASE WHEN {column} THEN 'true' WHEN NOT {column} THEN 'false' END"
    return f"CAST({column} AS TEXT)"


def spoken_now() -> str:
    """Who is spoken of: `stated_at` is the newest capture, or a second voice's last mention of the subject.

    `listed_at` is the same but for a model that one capture alone lacks (`missing_from`): it takes two, six hours
    apart, to be gone.
    """
    return f"""
    SELECT n.subject_id, n.resolved_id, n.voice, n.scope, n.source, n.rank, n.heard_at, n.is_there,
        CASE WHEN n.voice = 1 OR n.is_there THEN n.heard_at ELSE n.valid_to - 1 END AS stated_at,
        CASE WHEN n.is_there OR (n.voice = 1 AND n.heard_at >= n.valid_to + {SIX_HOURS}) THEN n.heard_at
            ELSE n.valid_to - 1 END AS listed_at,
        CASE WHEN n.voice = 1 AND NOT n.is_there THEN n.valid_to END AS missing_from
    FROM (SELECT u.id AS subject_id, u.resolved_id, u.voice, p.key AS scope, s.slug AS source,
            COALESCE(pr.rank, 9) AS rank, heard.at AS heard_at, v.valid_to, v.valid_to = {FOREVER} AS is_there
        FROM subject u JOIN scope p ON p.id = u.scope_id JOIN source s ON s.id = p.source_id
        LEFT JOIN precedence pr ON pr.source = s.slug AND pr.voice = u.voice
        JOIN (SELECT scope_id, max(observed_at) AS at FROM capture WHERE verdict = 'accepted' GROUP BY scope_id) heard
            ON heard.scope_id = p.id
        JOIN timeline l ON l.subject_id = u.id AND l.kind = 0
        JOIN fact_version v ON v.timeline_id = l.id AND v.known_to = {FOREVER} AND v.valid_from =
            (SELECT max(x.valid_from) FROM fact_version x WHERE x.timeline_id = l.id AND x.known_to = {FOREVER})) n
    """


def current(table: str, kind: int, moment: str = "stated_at") -> str:
    """What every source says now in one version table."""
    return (
        f"FROM spoken_now k JOIN timeline l ON l.subject_id = k.subject_id AND l.kind = {kind}"
        f" JOIN {table} v ON v.timeline_id = l.id AND v.known_to = {FOREVER}"
        f" AND v.valid_from <= k.{moment} AND v.valid_to > k.{moment}"
    )


def fact_now() -> str:
    """What every source states of every model now, each voice apart."""
    columns = ", ".join(f"v.{name}" for name in ("model_id", "canonical_slug", "variant", "is_subject", *FACTS))
    return (
        f"SELECT k.resolved_id, k.subject_id, k.source, k.scope, k.voice, k.rank, k.heard_at, {columns},"
        f" v.valid_from {current('fact_version', 0)}"
    )


def listing_now() -> str:
    """Whether the freshest listing that could know a model has it, or is the only one so far to lack it."""
    return """
    WITH listed AS (
        SELECT resolved_id, scope, heard_at, CASE WHEN missing_from IS NULL OR listed_at < missing_from THEN 1 ELSE 0
            END AS is_here FROM spoken_now WHERE source = 'openrouter_models'
    )
    SELECT resolved_id, is_here FROM (SELECT resolved_id, is_here,
            row_number() OVER (PARTITION BY resolved_id ORDER BY heard_at DESC, scope, is_here DESC) AS place
        FROM (SELECT * FROM listed UNION ALL
            SELECT m.resolved_id, h.scope, h.heard_at, 0 FROM (SELECT DISTINCT resolved_id FROM listed) m
            CROSS JOIN (SELECT DISTINCT scope, heard_at FROM listed WHERE scope = 'all') h) AS candidates
    ) AS freshest WHERE place = 1
    """


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


def model_now() -> str:
    """One row a model that there is."""
    facts = ", ".join(f"v.{name}" for name in ("model_id", "canonical_slug", "variant", *FACTS))
    fields = ", ".join(f"{merged(name)} AS {name}" for name in FACTS[2:])
    names = ", ".join(f"f.{name}" for name in FACTS[2:])
    return f"""
    SELECT {NAMED}, m.author, m.name, {names}, {instant("f.missing_from")} AS missing_since, f.source
    FROM (SELECT resolved_id, {fields}, max(CASE WHEN place = 1 THEN missing_from END) AS missing_from,
            max(CASE WHEN place = 1 THEN source END) AS source
        FROM (SELECT k.resolved_id, k.source, k.missing_from, {facts}, row_number() OVER (PARTITION BY k.resolved_id
                ORDER BY k.rank, k.heard_at DESC, k.scope, k.subject_id) AS place
            {current("fact_version", 0, "listed_at")}) AS placed
        WHERE resolved_id NOT IN
            (SELECT resolved_id FROM listing_now WHERE is_here = 0 AND resolved_id IS NOT NULL)
        GROUP BY resolved_id) AS f
    JOIN model m ON m.id = f.resolved_id
    """


PRICE = "v.provider, v.tag, v.component, v.usd, v.pico_usd, v.unit, v.conditions, v.state, v.effective_from, v.position"


def price_now() -> str:
    return f"""
    SELECT model_id, canonical_slug, variant, provider, tag, component, usd, pico_usd, unit, conditions, state,
        effective_from, position, source, valid_from
    FROM (SELECT {NAMED}, {PRICE}, k.source, {instant("v.valid_from")} AS valid_from,
        rank() OVER (PARTITION BY m.id, CASE WHEN v.provider IS NULL THEN 0 ELSE 1 END
            ORDER BY k.rank, k.heard_at DESC, k.scope, k.subject_id) AS place
        {current("price_version", 1)} JOIN model m ON m.id = k.resolved_id
        WHERE v.effective_from IS NULL) AS ranked
    WHERE place = 1
    """


def price_history() -> str:
    return f"""
    SELECT {NAMED}, {PRICE}, s.slug AS source, p.key AS scope, {instant("v.valid_from")} AS valid_from,
        {instant("v.valid_to")} AS valid_to
    FROM price_version v JOIN timeline l ON l.id = v.timeline_id JOIN subject u ON u.id = l.subject_id
    JOIN scope p ON p.id = u.scope_id JOIN source s ON s.id = p.source_id JOIN model m ON m.id = u.resolved_id
    WHERE v.known_to = {FOREVER}
    """


def endpoint_now() -> str:
    fields = (
        "v.provider, v.endpoint_name, v.tag, v.quantization, v.context_tokens, v.context_is_rounded,"
        " v.max_prompt_tokens, v.max_output_tokens, v.supported_parameters, v.discount"
    )
    measured = ", ".join(
        f"w.{name}"
        for name in (
            "status",
            "uptime_percent_5m",
            "uptime_percent_30m",
            "uptime_percent_1d",
            *(f"{what}_p{rank}" for what in ("latency_ms", "throughput_tps") for rank in (50, 75, 90, 99)),
        )
    )
    return f"""
    SELECT {NAMED}, {fields}, {measured}, k.source, {instant("v.valid_from")} AS valid_from
    {current("endpoint_version", 2)} JOIN model m ON m.id = k.resolved_id
    LEFT JOIN timeline lw ON lw.subject_id = k.subject_id AND lw.kind = 3 AND lw.key = l.key
    LEFT JOIN statistic_version w ON w.timeline_id = lw.id AND w.known_to = {FOREVER}
        AND w.valid_from <= k.stated_at AND w.valid_to > k.stated_at
    """


def benchmark_now() -> str:
    return f"""
    SELECT {NAMED}, v.benchmark, v.category, v.is_reasoning, v.strategy, v.is_free, v.executions, v.accuracy_percent,
        v.elo, v.rank, v.win_rate_percent, v.index_value, v.cost_usd, v.duration_s, v.percentile, v.evidence,
        v.evidence_text, k.source, k.scope, {instant("v.valid_from")} AS valid_from
    {current("score_version", 4)} JOIN model m ON m.id = k.resolved_id
    """


def rating_now() -> str:
    return f"""
    SELECT model_id, canonical_slug, variant, dimension, value, evidence_text, source, scope, valid_from
    FROM (SELECT {NAMED}, v.dimension, v.value, v.evidence_text, k.source, k.scope,
        {instant("v.valid_from")} AS valid_from,
        row_number() OVER (PARTITION BY m.id, v.dimension
            ORDER BY k.rank, k.heard_at DESC, k.scope, k.subject_id) AS place
        {current("rating_version", 5)} JOIN model m ON m.id = k.resolved_id) AS ranked
    WHERE place = 1
    """


def change_log() -> str:
    """Every transition between consecutive captures of a scope, by the timeline; unclassified."""
    fact = ", ".join(
        f"{as_text('v.' + name)} AS {name}, lag({as_text('v.' + name)}) OVER w AS old_{name}" for name in LOGGED
    )
    base = f"""
    SELECT s.slug AS source, p.key AS scope, m.model_id AS current_id, {SLUG} AS current_slug, v.valid_from,
        v.valid_to, lag(v.valid_to) OVER w AS old_to, lead(v.valid_from) OVER w AS next_from, first.at AS first_at,
        {fact}
    FROM fact_version v JOIN timeline l ON l.id = v.timeline_id JOIN subject u ON u.id = l.subject_id AND u.voice = 1
    JOIN scope p ON p.id = u.scope_id JOIN source s ON s.id = p.source_id JOIN model m ON m.id = u.resolved_id
    JOIN (SELECT scope_id, min(observed_at) AS at FROM capture WHERE verdict = 'accepted' GROUP BY scope_id) first
        ON first.scope_id = p.id
    WHERE v.known_to = {FOREVER} WINDOW w AS (PARTITION BY v.timeline_id ORDER BY v.valid_from)
    """
    head = "source, scope, current_slug AS canonical_slug"

    def moved(name: str) -> str:
        kind = f"CASE WHEN old_{name} IS NULL THEN 'gained' WHEN {name} IS NULL THEN 'lost' ELSE 'changed' END"
        different = f"COALESCE({name}, '') <> COALESCE(old_{name}, '')"
        different += f" OR ({name} IS NULL) <> (old_{name} IS NULL)"
        return (
            f"SELECT valid_from AS at, {head}, model_id, {kind} AS kind, '{name}' AS field, old_{name} AS old,"
            f" {name} AS new FROM facts WHERE old_to = valid_from AND ({different})"
        )

    price = f"""
    SELECT v.valid_from, v.valid_to, lag(v.valid_to) OVER w AS old_to, lead(v.valid_from) OVER w AS next_from,
        CASE WHEN v.state IN ('priced', 'free') THEN v.usd ELSE v.state END AS amount,
        lag(CASE WHEN v.state IN ('priced', 'free') THEN v.usd ELSE v.state END) OVER w AS old_amount,
        'price.' || v.component || CASE WHEN v.conditions IS NULL THEN '' ELSE ' ' || v.conditions END
            || CASE WHEN v.provider IS NULL THEN '' ELSE ' @' || v.provider END AS field,
        s.slug AS source, p.key AS scope, {SLUG} AS canonical_slug, m.model_id, u.id AS subject_id
    FROM price_version v JOIN timeline l ON l.id = v.timeline_id JOIN subject u ON u.id = l.subject_id AND u.voice = 1
    JOIN scope p ON p.id = u.scope_id JOIN source s ON s.id = p.source_id JOIN model m ON m.id = u.resolved_id
    WHERE v.known_to = {FOREVER} WINDOW w AS (PARTITION BY v.timeline_id ORDER BY v.valid_from)
    """
    present = (
        "EXISTS (SELECT 1 FROM timeline lf JOIN fact_version f ON f.timeline_id = lf.id"
        f" AND f.known_to = {FOREVER} WHERE lf.subject_id = prices.subject_id AND lf.kind = 0"
        " AND f.valid_from {} AND f.valid_to {})"
    )
    parts = [
        f"SELECT valid_from AS at, {head}, model_id, 'added' AS kind, CAST(NULL AS TEXT) AS field,"
        " CAST(NULL AS TEXT) AS old, CAST(NULL AS TEXT) AS new FROM facts"
        " WHERE (old_to IS NULL OR old_to <> valid_from) AND valid_from > first_at",
        f"SELECT valid_to AS at, {head}, model_id, 'removed' AS kind, CAST(NULL AS TEXT) AS field,"
        " CAST(NULL AS TEXT) AS old, CAST(NULL AS TEXT) AS new FROM facts"
        f" WHERE valid_to <> {FOREVER} AND (next_from IS NULL OR next_from <> valid_to)",
        *(moved(name) for name in LOGGED),
        "SELECT valid_from AS at, source, scope, canonical_slug, model_id, 'changed' AS kind, field,"
        " old_amount AS old, amount AS new FROM prices WHERE old_to = valid_from AND old_amount <> amount",
        "SELECT valid_from AS at, source, scope, canonical_slug, model_id, 'gained' AS kind, field,"
        " CAST(NULL AS TEXT) AS old, amount AS new FROM prices WHERE (old_to IS NULL OR old_to <> valid_from) AND "
        + present.format("< prices.valid_from", ">= prices.valid_from"),
        "SELECT valid_to AS at, source, scope, canonical_slug, model_id, 'lost' AS kind, field,"
        " amount AS old, CAST(NULL AS TEXT) AS new FROM prices"
        f" WHERE valid_to <> {FOREVER} AND (next_from IS NULL OR next_from <> valid_to) AND "
        + present.format("<= prices.valid_to", "> prices.valid_to"),
    ]
    union = " UNION ALL ".join(parts)
    return f"""
    WITH facts AS ({base}), prices AS ({price}), log AS ({union})
    SELECT {instant("at")} AS observed_at, source, scope, model_id, canonical_slug, kind, field, old, new FROM log
    """


def upgrade() -> None:
    for name in reversed(NAMES):
        op.execute(f"CREATE VIEW {name} AS {globals()[name]()}".replace(":", "\\:"))


def downgrade() -> None:
    for name in NAMES:
        op.execute(f"DROP VIEW {name}")
