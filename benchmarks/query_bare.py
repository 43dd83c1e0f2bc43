"""The questions of the benchmark asked plainly: of the same tables in SQL, and of the export in DuckDB.

The bare reader is `sqlite3` and `pd.DataFrame(rows)`: amounts stay text and instants integers where nothing is
computed, nothing is indexed or sorted, and who is believed first or is still listed is not asked. What is computed is
what the catalogue computes, and comes out the same, which a test sees to: workloads in `Decimal`, amounts compared by
their whole pico-USD, models under the ids that they had then, base prices only, equal models together on the front, and
those that lack a measure listed with the reason. DuckDB computes in doubles, on one thread, and does without the rest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from query_catalogue import DAY_US, DAYS, START, START_US

AS_OF = START + timedelta(days=200)
AS_OF_US = START_US + 201 * DAY_US - 1
PROMPT, COMPLETION = Decimal(2), Decimal("0.4")
"""Millions of tokens that the workload reads and writes."""

AT_A_TIME = """
SELECT m.model_id, m.canonical_slug, v.provider, v.component, v.usd, v.unit, v.conditions, v.state, v.valid_from,
    v.valid_to
FROM subject u JOIN model m ON m.id = u.resolved_id JOIN timeline l ON l.subject_id = u.id AND l.kind = 1
JOIN price_version v ON v.timeline_id = l.id AND v.known_to = 9223372036854775807
    AND v.valid_from <= :at AND v.valid_to > :at
"""
EVERYTHING = AT_A_TIME.replace("AND v.valid_from <= :at AND v.valid_to > :at", "")
_FACTS_THEN = """
JOIN timeline g ON g.subject_id = u.id AND g.kind = 0
JOIN fact_version f ON f.timeline_id = g.id AND f.known_to = 9223372036854775807
    AND f.valid_from <= :at AND f.valid_to > :at
"""
_BASE_PRICES = """
FROM price_version v JOIN timeline l ON l.id = v.timeline_id JOIN subject u ON u.id = l.subject_id
WHERE v.known_to = 9223372036854775807 AND v.valid_from <= :at AND v.valid_to > :at AND v.conditions IS NULL
    AND v.effective_from IS NULL
"""
CHEAPEST = f"""
SELECT f.model_id AS model, best.provider, best.tag, best.usd FROM (SELECT u.id, v.provider, v.tag, v.usd,
        row_number() OVER (PARTITION BY u.resolved_id ORDER BY v.pico_usd, v.provider) AS place {_BASE_PRICES}
    AND v.provider IS NOT NULL AND v.component = 'prompt' AND v.unit = 'mtok' AND v.state = 'priced') best
JOIN subject u ON u.id = best.id {_FACTS_THEN} WHERE best.place = 1
"""
CONTEXTS = f"SELECT u.resolved_id, f.model_id AS model, f.context_tokens AS context FROM subject u {_FACTS_THEN}"
HEADLINES = f"""
SELECT u.resolved_id, v.component, v.pico_usd, v.unit, v.state {_BASE_PRICES}
    AND v.provider IS NULL AND v.component IN ('prompt', 'completion')
"""
LOG = """
SELECT * FROM (SELECT v.valid_from AS at, lag(v.valid_to) OVER w AS until, m.model_id, m.canonical_slug, v.provider,
        v.tag, v.component, lag(v.usd) OVER w AS old, v.usd AS new, lag(v.state) OVER w AS old_state, v.state
    FROM price_version v JOIN timeline l ON l.id = v.timeline_id JOIN subject u ON u.id = l.subject_id
    JOIN model m ON m.id = u.resolved_id WHERE v.known_to = 9223372036854775807
    WINDOW w AS (PARTITION BY v.timeline_id ORDER BY v.valid_from))
WHERE until = at AND (old <> new OR old_state <> state)
"""


class Bare:
    """The questions in SQL and pandas."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def rows(self, sql: str) -> pd.DataFrame:
        """The rows of a query as pandas makes a frame of them."""
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as connection:
            found = connection.execute(sql, {"at": AS_OF_US} if ":at" in sql else {})
            return pd.DataFrame(found.fetchall(), columns=[column[0] for column in found.description])

    def pareto(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The models that no other beats in blended price and context, and those that cannot be told, with why."""
        stated = self.rows(HEADLINES)
        stated["is_free"] = stated["state"] == "free"
        usable = stated[stated["is_free"] | ((stated["state"] == "priced") & (stated["unit"] == "mtok"))]
        wide = usable.pivot(index="resolved_id", columns="component", values=["pico_usd", "is_free"])
        models = self.rows(CONTEXTS).set_index("resolved_id")
        pico, is_free = (wide[name].reindex(models.index) for name in ("pico_usd", "is_free"))
        models["price"] = 3 * pico["prompt"] + pico["completion"]
        reasons = {
            "no price": models["price"].isna(),
            "its price is free": is_free.eq(True).all(axis=1),
            "no context": models["context"].isna(),
        }
        models["reason"] = np.select(list(reasons.values()), list(reasons), "")
        known = models[models["reason"] == ""]
        best = known.groupby("price")["context"].max()
        best = best[best > best.cummax().shift(fill_value=-1)]
        front = known[known["context"] == known["price"].map(best)].sort_values(["price", "context", "model"])
        front["price"] = [Decimal(int(price)).scaleb(-12) / 4 for price in front["price"]]
        return front[["model", "price", "context"]], models.loc[models["reason"] != "", ["model", "reason"]]

    def workload(self) -> pd.DataFrame:
        """What the workload costs on one day."""
        stated = self.rows(AT_A_TIME)
        stated["usd"] = stated["usd"].map(Decimal)
        wide = stated.pivot(index=["model_id", "provider"], columns="component", values="usd")
        return wide.assign(cost=wide["prompt"] * PROMPT + wide["completion"] * COMPLETION).reset_index()

    def workload_over_days(self) -> pd.DataFrame:
        """What it costs on every day: each amount multiplied once, and each day's two prices of an offer added."""
        stated = self.rows(EVERYTHING)
        offer, offers = pd.factorize(stated["model_id"] + "|" + stated["provider"].fillna(""))
        stated = stated.assign(offer=offer).sort_values("offer")
        sides = []
        for component, quantity in (("prompt", PROMPT), ("completion", COMPLETION)):
            one = stated[stated["component"] == component]
            cost = one["usd"].map(Decimal) * quantity
            sides.append(
                tuple(column.to_numpy() for column in (one["offer"], one["valid_from"], one["valid_to"], cost))
            )
        days = []
        for number in range(DAYS):
            at = START_US + (number + 1) * DAY_US - 1
            standing = []
            for mine, start, end, cost in sides:
                stands = (start <= at) & (end > at)
                standing.append(pd.Series(cost[stands], index=mine[stands]))
            total = standing[0] + standing[1]
            days.append(pd.DataFrame({"day": number, "offer": total.index, "cost": total.to_numpy()}))
        whole = pd.concat(days, ignore_index=True)
        whole["offer"] = pd.Categorical.from_codes(whole["offer"], offers)
        return whole


def duck_questions(folder: Path) -> dict[str, Callable[[], Any]]:
    """The same of the Parquet files of `catalog export`."""
    import duckdb

    duckdb.sql("SET threads = 1")
    duckdb.sql("SET TimeZone = 'UTC'")
    history = f"'{folder}/price_history.parquet'"
    at = f"TIMESTAMPTZ '{AS_OF + timedelta(days=1)}'"
    then = f"valid_from < {at} AND (valid_to IS NULL OR valid_to >= {at})"
    of = "max(CAST(usd AS DOUBLE)) FILTER (component = '{}')"
    cost = f"{PROMPT} * {of.format('prompt')} + {COMPLETION} * {of.format('completion')} AS cost"
    asked = {
        "state as of a day": f"SELECT * FROM {history} WHERE {then}",
        "whole price history": f"SELECT * FROM {history}",
        "cheapest endpoint a model": f"SELECT * FROM {history} WHERE {then} AND provider IS NOT NULL AND component ="
        " 'prompt' QUALIFY row_number() OVER (PARTITION BY model_id ORDER BY usd, provider) = 1",
        "pareto, price by context": f"WITH p AS (SELECT model_id, (3 * {of.format('prompt')} +"
        f" {of.format('completion')}) / 4 AS price FROM {history} WHERE {then} AND provider IS NULL GROUP BY 1)"
        f" SELECT * FROM p JOIN '{folder}/models.parquet' USING (model_id) QUALIFY context_tokens > coalesce("
        " max(context_tokens) OVER (ORDER BY price, context_tokens DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1"
        " PRECEDING), -1)",
        "a workload on one day": f"SELECT model_id, provider, {cost} FROM {history} WHERE {then} GROUP BY 1, 2",
        "the same on 365 days": f"SELECT day, model_id, provider, {cost} FROM {history} JOIN (SELECT"
        f" unnest(generate_series(TIMESTAMPTZ '{START + timedelta(days=1)}', TIMESTAMPTZ '{START}' + INTERVAL {DAYS}"
        " DAY, INTERVAL 1 DAY)) AS day) ON valid_from < day AND (valid_to IS NULL OR valid_to >= day) GROUP BY 1, 2, 3",
        "every transition": "SELECT valid_from, model_id, provider, tag, component, old, usd FROM (SELECT *,"
        f" lag(usd) OVER w AS old, lag(valid_to) OVER w AS until FROM {history} WINDOW w AS (PARTITION BY model_id,"
        " provider, tag, component ORDER BY valid_from)) WHERE until = valid_from AND old <> usd",
    }
    return {name: lambda sql=sql: duckdb.sql(sql).df() for name, sql in asked.items()}
