"""The SQL of a question with a date: what every source said at a moment, as far as this catalogue had been told.

The queries have two parameters, `as_of` and `known`, in microseconds; `stated_prices` has a stretch of time in place of
the first. Of all captures up to `as_of` that had arrived by `known` the last one answers: what it stated never changes,
whatever arrives later. A correction counts from the moment it was made. The views in `migrations/` are these queries
with both times at the end of time; a test holds the two against each other.

Most of them begin with `spoken`: a row for each subject, with the instant at which its versions are looked up.

    stated_at   the scope's last capture; of a second voice, whose silence means nothing, the last that mentions it
    listed_at   the same, but a model that one capture alone lacks is still there: it takes two, six hours apart
    facts       the timeline of its facts
    is_here     of a list of models: whether the model is on it in the sense of `listed_at`; null for other sources
"""

from __future__ import annotations

from collections.abc import Iterable

from catalog.instants import HOUR
from catalog.kinds import ENDPOINT, FACT, PRICE, RATING, SCORE, STATISTIC
from catalog.version_tables import PAYLOAD, TABLES

SIX_HOURS = 6 * HOUR
LISTING = "openrouter_models"
"""The source whose complete lists say which models there are."""

PLACES = 6
"""How many voices are asked for a field, the best first; every further one repeats them."""

ROUNDED = {"context_tokens": "context_is_rounded", "parameter_count": "parameter_count_is_approximate"}
_FLAGS = {flag: value for value, flag in ROUNDED.items()}
TRUTHS = ("is_available", "is_moderated")
FACT_FIELDS = tuple(name for name in PAYLOAD[FACT] if name not in ("variant", "is_subject"))

_LIVE = "x.known_from <= :known AND x.known_to > :known"
SPOKEN = f"""
heard AS (
    SELECT scope_id, max(CASE WHEN known_at <= :known THEN observed_at END) AS at,
        max(CASE WHEN known_at <= :known THEN 0 ELSE 1 END) AS partly FROM capture
    WHERE verdict = 'accepted' AND observed_at <= :as_of GROUP BY scope_id
), latest AS (
    SELECT u.id AS subject_id, u.resolved_id, u.voice, u.scope_id, l.id AS timeline_id, heard.at AS heard_at,
        heard.partly, v.valid_to
    FROM subject u JOIN heard ON heard.scope_id = u.scope_id
    JOIN timeline l ON l.subject_id = u.id AND l.kind = {FACT}
    JOIN fact_version v ON v.timeline_id = l.id AND v.known_from <= :known AND v.known_to > :known AND v.valid_from =
        (SELECT max(x.valid_from) FROM fact_version x WHERE x.timeline_id = l.id AND x.valid_from <= heard.at
            AND {_LIVE})
    WHERE u.resolved_id IS NOT NULL
), mentioned AS (
    SELECT n.*, CASE WHEN n.valid_to > n.heard_at THEN n.heard_at WHEN n.partly = 0 THEN n.valid_to - 1
        ELSE (SELECT max(c.observed_at) FROM fact_version x JOIN capture c ON c.scope_id = n.scope_id
            AND c.verdict = 'accepted' AND c.known_at <= :known AND c.observed_at <= n.heard_at
            AND c.observed_at >= x.valid_from AND c.observed_at < x.valid_to
            WHERE x.timeline_id = n.timeline_id AND {_LIVE}) END AS mentioned_at
    FROM latest n
), missed AS (
    SELECT m.*, CASE WHEN m.voice = 2 OR m.valid_to > m.heard_at THEN NULL WHEN m.partly = 0 THEN m.valid_to
        ELSE (SELECT min(c.observed_at) FROM capture c WHERE c.scope_id = m.scope_id AND c.verdict = 'accepted'
            AND c.known_at <= :known AND c.observed_at > m.mentioned_at) END AS missing_from
    FROM mentioned m WHERE m.mentioned_at IS NOT NULL
), spoken AS (
    SELECT n.subject_id, n.resolved_id, n.voice, s.slug AS source, p.key AS scope, COALESCE(pr.rank, 9) AS rank,
        n.heard_at, n.mentioned_at, CASE WHEN n.voice = 1 THEN n.heard_at ELSE n.mentioned_at END AS stated_at,
        CASE WHEN n.heard_at >= n.missing_from + {SIX_HOURS} THEN n.heard_at ELSE n.mentioned_at END AS listed_at,
        n.missing_from, n.timeline_id AS facts, CASE WHEN s.slug <> '{LISTING}' THEN NULL
            WHEN n.heard_at >= n.missing_from + {SIX_HOURS} THEN 0 ELSE 1 END AS is_here
    FROM missed n JOIN scope p ON p.id = n.scope_id JOIN source s ON s.id = p.source_id
    LEFT JOIN precedence pr ON pr.source = s.slug AND pr.voice = n.voice
)"""
"""The intervals were made by all captures. Where some of them had not arrived by the known time (`partly`), the last
mention of a subject and its first miss are looked for among the captures that had. Subjects that are not resolved to a
model yet, while a run is under way or after one died, are left out."""


def stated_in(kind: int, moment: str = "stated_at") -> str:
    """The `FROM` of all statements in one version table: `k` is a row of `spoken`, `v` the version at its `moment`."""
    return (
        f"FROM spoken k JOIN timeline l ON l.subject_id = k.subject_id AND l.kind = {kind}"
        f" JOIN {TABLES[kind].name} v ON v.timeline_id = l.id AND v.known_from <= :known AND v.known_to > :known"
        f" AND v.valid_from <= k.{moment} AND v.valid_to > k.{moment}"
    )


def _merged(name: str) -> str:
    """The best voice's value of a field; an exact one before a rounded one, a whole text before a cut one.

    An aggregate over a model's voices in their places, rather than a join a place: without statistics SQLite takes a
    model for a rare thing and would scan all of them for each.
    """
    if name in _FLAGS:
        exact = _first(f"CASE WHEN {name} IS NULL THEN -1 ELSE 0 END", f"{_FLAGS[name]} IS NOT NULL AND {_exact(name)}")
        return f"NULLIF(COALESCE({exact}, {_first('1', f'{_FLAGS[name]} IS NOT NULL')}), -1) = 1"
    if name in TRUTHS:
        return f"COALESCE({_first(f'CASE WHEN {name} THEN 1 WHEN NOT {name} THEN 0 END')}) = 1"
    better = {"description": "description NOT LIKE '%...'", **{n: _exact(flag) for n, flag in ROUNDED.items()}}
    first = f"{_first(name, better[name])}, " if name in better else ""
    return f"COALESCE({first}{_first(name)})"


def _exact(flag: str) -> str:
    return f"NOT COALESCE({flag}, FALSE)"


def _first(value: str, condition: str = "") -> str:
    """The arguments of a COALESCE: the value of each voice for which a condition holds, the best voice first."""
    also = f" AND {condition}" if condition else ""
    return ", ".join(f"max(CASE WHEN place = {n}{also} THEN {value} END)" for n in range(1, PLACES + 1))


_LISTING = """listed AS (
    SELECT resolved_id, scope, heard_at, is_here FROM spoken WHERE is_here IS NOT NULL
), doubted AS (
    SELECT resolved_id FROM listed CROSS JOIN (SELECT max(heard_at) AS last, min(scope) AS first FROM listed) h
    WHERE is_here = 0 OR heard_at < last OR scope > first
), listing AS (
    SELECT resolved_id, is_here FROM (SELECT resolved_id, is_here,
            row_number() OVER (PARTITION BY resolved_id ORDER BY heard_at DESC, scope, is_here DESC) AS place
        FROM (SELECT * FROM listed WHERE resolved_id IN (SELECT resolved_id FROM doubted) UNION ALL
            SELECT m.resolved_id, h.scope, h.heard_at, 0 FROM (SELECT DISTINCT resolved_id FROM doubted) m
            CROSS JOIN (SELECT DISTINCT scope, heard_at FROM listed WHERE scope = 'all') h) AS candidates
    ) AS freshest WHERE place = 1
)"""
"""Whether the last list that could have a model has it. Only `doubted` models need to be asked: for all others the last
list, the first by its scope of those heard at one instant, has them."""

_HERE = "resolved_id NOT IN (SELECT resolved_id FROM listing WHERE is_here = 0 AND resolved_id IS NOT NULL)"
_BEST_FIRST = "k.rank, k.heard_at DESC, k.scope, k.listed_at DESC, k.subject_id"
"""The order of a model's voices. `listed_at` decides between two subjects of one list, where it has the model under a
new key (it began to state slugs, or an id was re-pointed): under the old key the model still counts as listed for six
hours, but what the list states now comes first."""

LAST_LIST = """last_list AS (
    SELECT resolved_id, heard_at AS own_at, scope AS own_scope, whole_at FROM (
        SELECT resolved_id, heard_at, scope, max(CASE WHEN scope = 'all' THEN heard_at END) OVER () AS whole_at,
            row_number() OVER (PARTITION BY resolved_id ORDER BY heard_at DESC, scope) AS place
        FROM spoken WHERE is_here IS NOT NULL) AS lists WHERE place = 1
)"""
"""When a list was heard last that could have a model: one that had it before, or the list of every model."""
OF_LAST_LIST = "LEFT JOIN last_list a ON a.resolved_id = k.resolved_id AND k.is_here IS NOT NULL"
IS_OUTDATED = (
    "k.heard_at < a.own_at OR k.heard_at = a.own_at AND k.scope > a.own_scope"
    " OR k.heard_at < COALESCE(a.whole_at, 0) OR k.heard_at = COALESCE(a.whole_at, 0) AND k.scope > 'all'"
)
"""Of a voice `k`, joined with that list as `a`: whether a later list answers in its place, if only by its silence."""
HAS_THE_SAY = f"(a.own_at IS NULL OR NOT ({IS_OUTDATED}))"


def models(fields: Iterable[str], more: str = "") -> str:
    """The query for the models that there are, one row each, every field from the best voice that states it.

    `more` is SQL of further columns of the best voice, each with a comma in front, as in `OF_BEST`.
    """
    wanted = list(fields)
    read = {"resolved_id", "variant", "is_subject", *wanted}
    read |= {f"{_FLAGS.get(name, ROUNDED.get(name, name))}" for name in wanted}
    stated = ", ".join(f"v.{name}" for name in ("is_subject", "variant", *FACT_FIELDS) if name in read)
    answered = "".join(f", {_merged(name)} AS {name}" for name in wanted)
    return f"""
WITH {SPOKEN}, {LAST_LIST}, placed AS (
    SELECT k.resolved_id, k.source, k.missing_from, {stated}, row_number() OVER (PARTITION BY k.resolved_id
        ORDER BY {_BEST_FIRST}) AS place
    {stated_in(FACT, "listed_at")} {OF_LAST_LIST} WHERE {HAS_THE_SAY}
), {_LISTING}
SELECT resolved_id, max(CASE WHEN place = 1 THEN variant END) AS variant{answered}{more}
FROM placed WHERE {_HERE} GROUP BY resolved_id
"""


OF_BEST = {
    "source": "max(CASE WHEN place = 1 THEN source END)",
    "missing_since": "max(CASE WHEN place = 1 THEN missing_from END)",
    "is_subject": "max(CASE WHEN place = 1 AND is_subject THEN 1 WHEN place = 1 THEN 0 END) = 1",
}
"""Columns of the voice that is believed first, and their SQL."""

MODELS = models(FACT_FIELDS, "".join(f", {told} AS {name}" for name, told in OF_BEST.items()))
"""The models that there are, with all of their fields."""

_TIMELINE = "k.stated_at, l.id AS line"
"""The columns by which `told.since_told` finds since when a row had stood as known at a moment."""

_PRICE_COLUMNS = ", ".join(f"v.{name}" for name in PAYLOAD[PRICE] if name != "pico_is_exact")
PRICES = f"""
WITH {SPOKEN}, {LAST_LIST}
SELECT * FROM (SELECT k.resolved_id, {_PRICE_COLUMNS}, k.source, k.scope, v.valid_from, v.valid_to, {_TIMELINE},
    rank() OVER (PARTITION BY k.resolved_id, CASE WHEN v.provider IS NULL THEN 0 ELSE 1 END,
        CASE WHEN v.effective_from IS NULL THEN 0 ELSE 1 END ORDER BY {_BEST_FIRST}) AS place
    {stated_in(PRICE)} {OF_LAST_LIST} WHERE {HAS_THE_SAY}) AS ranked
"""

PRICE_FIELDS = tuple(name for name in PAYLOAD[PRICE] if name != "pico_is_exact")


def voices(facts: Iterable[str] = ()) -> str:
    """The query for every voice of every model, the best first, with its names for the model where it lists it.

    `facts` are further fields to read, each followed by its flag where it may be rounded.
    """
    flags = {name: f"CASE WHEN v.{flag} THEN 1 ELSE 0 END" for name, flag in ROUNDED.items()}
    more = "".join(f", v.{name}" + (f", {flags[name]}" if name in flags else "") for name in facts)
    return f"""
WITH {SPOKEN}
SELECT k.subject_id, k.resolved_id, k.source, k.scope, k.stated_at, k.listed_at, k.heard_at, k.is_here,
    v.variant, v.model_id, v.canonical_slug, v.name{more}
FROM spoken k LEFT JOIN fact_version v ON v.timeline_id = k.facts AND v.known_from <= :known AND v.known_to > :known
    AND v.valid_from <= k.listed_at AND v.valid_to > k.listed_at
WHERE k.resolved_id IS NOT NULL ORDER BY {_BEST_FIRST}
"""


def stated_prices(subjects: Iterable[int] | None = None, *, by_line: bool = False, with_voice: bool = False) -> str:
    """The query for the prices that stood at any time from `earliest` to `latest`, without those a source dates itself.

    It says nothing of which voice answers; the reader of the rows knows that, and when each voice spoke.

    Args:
        subjects: whose; None for all.
        by_line: whether to go from each timeline to its versions, which is faster for some of them, rather than once
            through the versions of all. SQLite, which has no statistics, has to be told.
        with_voice: whether to read the voice's `source` and `scope` too.
    """
    said = "timeline l CROSS JOIN price_version v" if by_line else "price_version v CROSS JOIN timeline l"
    whose = "" if subjects is None else f" AND l.subject_id IN ({', '.join(map(str, subjects)) or 'NULL'})"
    columns, voice = "", ""
    if with_voice:
        columns = ", s.slug AS source, p.key AS scope"
        voice = " JOIN subject u ON u.id = l.subject_id JOIN scope p ON p.id = u.scope_id"
        voice += " JOIN source s ON s.id = p.source_id"
    return f"""
SELECT l.subject_id, l.key AS line, {_PRICE_COLUMNS}, v.valid_from, v.valid_to{columns} FROM {said}{voice}
WHERE v.timeline_id = l.id AND l.kind = {PRICE} AND v.effective_from IS NULL AND v.known_from <= :known
    AND v.known_to > :known AND v.valid_from <= :latest AND v.valid_to > :earliest{whose}
"""


PRICE_LINES = f"""
SELECT l.id, u.resolved_id, s.slug, p.key, p.id, u.id, COALESCE(pr.rank, 9) FROM timeline l
JOIN subject u ON u.id = l.subject_id JOIN scope p ON p.id = u.scope_id JOIN source s ON s.id = p.source_id
LEFT JOIN precedence pr ON pr.source = s.slug AND pr.voice = u.voice
WHERE l.kind = {PRICE} AND u.resolved_id IS NOT NULL
"""
"""The timelines of prices, and whose they are: the model, the source, the scope, the subject and its precedence."""

PRICE_HISTORY = "SELECT {columns} FROM price_version v WHERE v.known_from <= :known AND v.known_to > :known"
"""Every version of a price, of which any columns of the table can be asked for."""

_MEASURED = ", ".join(f"w.{name}" for name in PAYLOAD[STATISTIC])
_ENDPOINT_COLUMNS = ", ".join(f"v.{name}" for name in PAYLOAD[ENDPOINT] if name not in ("model_id", "canonical_slug"))
ENDPOINTS = f"""
WITH {SPOKEN}
SELECT k.resolved_id, {_ENDPOINT_COLUMNS}, {_MEASURED}, k.source, k.scope, v.valid_from, {_TIMELINE},
    rank() OVER (PARTITION BY k.resolved_id ORDER BY {_BEST_FIRST}) AS place
{stated_in(ENDPOINT)}
LEFT JOIN timeline lw ON lw.subject_id = k.subject_id AND lw.kind = {STATISTIC} AND lw.key = l.key
LEFT JOIN statistic_version w ON w.timeline_id = lw.id AND w.known_from <= :known AND w.known_to > :known
    AND w.valid_from <= k.stated_at AND w.valid_to > k.stated_at
"""

BESIDE_PRICES = f"""
WITH {SPOKEN}
SELECT k.resolved_id, CAST(NULL AS TEXT) AS provider, CAST(NULL AS TEXT) AS tag, v.output_modalities, v.context_tokens,
    CASE WHEN v.context_is_rounded THEN 1 ELSE 0 END AS is_rounded, k.rank, k.heard_at, k.scope, k.subject_id
{stated_in(FACT, "mentioned_at")}
UNION ALL
SELECT k.resolved_id, v.provider, v.tag, NULL, v.context_tokens, CASE WHEN v.context_is_rounded THEN 1 ELSE 0 END,
    k.rank, k.heard_at, k.scope, k.subject_id
{stated_in(ENDPOINT)}
ORDER BY 7, 8 DESC, 9, 10
"""
"""What each model writes, and the context of each model and endpoint; of those that are gone, as last stated."""

SCORES = f"""
WITH {SPOKEN}, {LAST_LIST}
SELECT k.resolved_id, {", ".join(f"v.{name}" for name in PAYLOAD[SCORE] if name != "rank")}, v.rank, k.source, k.scope,
    v.valid_from, {_TIMELINE}, CASE WHEN {IS_OUTDATED} THEN 0 ELSE row_number() OVER (PARTITION BY k.resolved_id,
        v.benchmark, v.category, v.is_reasoning, v.strategy, v.is_free, CASE WHEN {IS_OUTDATED} THEN 1 ELSE 0 END
        ORDER BY {_BEST_FIRST}, l.key) END AS place
{stated_in(SCORE)} {OF_LAST_LIST}
"""

RATINGS = f"""
WITH {SPOKEN}
SELECT * FROM (SELECT k.resolved_id, {", ".join(f"v.{name}" for name in PAYLOAD[RATING])}, k.source, k.scope,
    v.valid_from, {_TIMELINE},
    row_number() OVER (PARTITION BY k.resolved_id, v.dimension ORDER BY {_BEST_FIRST}) AS place
    {stated_in(RATING)}) AS ranked WHERE place = 1
"""

EVERY_VOICE = f"""
WITH {SPOKEN}, {LAST_LIST}
SELECT k.resolved_id, k.source, k.scope, k.voice, k.rank, k.heard_at, k.listed_at AS stated_at, l.id AS line, v.*
{stated_in(FACT, "listed_at")} {OF_LAST_LIST} WHERE {HAS_THE_SAY}
"""
"""What every voice states of every model, each apart, without outdated lists: for conflicts."""

_HEADLINE = f"""(SELECT resolved_id,
        max(CASE WHEN component = 'prompt' THEN usd END) AS prompt_usd,
        max(CASE WHEN component = 'prompt' THEN pico_usd END) AS prompt_pico,
        max(CASE WHEN component = 'completion' THEN usd END) AS completion_usd,
        max(CASE WHEN component = 'completion' THEN pico_usd END) AS completion_pico
    FROM ({PRICES}) AS best WHERE place = 1 AND provider IS NULL AND conditions IS NULL AND effective_from IS NULL
        AND unit = 'mtok' GROUP BY resolved_id)"""
_STARS = f"""(SELECT resolved_id, max(CASE WHEN dimension = 'speed' THEN value END) AS speed,
        max(CASE WHEN dimension = 'ability' THEN value END) AS ability,
        max(CASE WHEN dimension = 'cost' THEN value END) AS cost
    FROM ({RATINGS}) AS rated GROUP BY resolved_id)"""
_FIRST_SEEN = """(SELECT u.resolved_id, min((SELECT c.observed_at FROM capture c WHERE c.scope_id = u.scope_id
            AND c.verdict = 'accepted' AND c.known_at <= :known AND c.observed_at >= v.valid_from
            AND c.observed_at < v.valid_to ORDER BY c.observed_at LIMIT 1)) AS first_seen
        FROM fact_version v JOIN timeline l ON l.id = v.timeline_id JOIN subject u ON u.id = l.subject_id
        WHERE v.known_from <= :known AND v.known_to > :known GROUP BY u.resolved_id)"""
_MEASURES = (
    (_HEADLINE, ("prompt_usd", "prompt_pico", "completion_usd", "completion_pico")),
    (_STARS, ("speed", "ability", "cost")),
    (_FIRST_SEEN, ("first_seen",)),
)


def models_with_measures(columns: Iterable[str]) -> str:
    """The query for the models with headline prices and ratings beside their facts; only what the columns need."""
    wanted = set(columns)
    of_best = "".join(f", {told} AS {name}" for name, told in OF_BEST.items() if name in wanted)
    told, beside = ["listed.*"], ""
    for number, (measures, names) in enumerate(_MEASURES):
        if needed := [name for name in names if name in wanted]:
            told += [f"m{number}.{name}" for name in needed]
            beside += f" LEFT JOIN {measures} AS m{number} ON m{number}.resolved_id = listed.resolved_id"
    listed = models([name for name in FACT_FIELDS if name in wanted], of_best)
    return f"SELECT {', '.join(told)} FROM ({listed}) AS listed{beside}"
