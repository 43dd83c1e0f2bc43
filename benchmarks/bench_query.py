"""Questions over a million price versions of ten thousand models: ours, the bare driver, and DuckDB over the export.

The bare driver asks the same of the same tables in SQL and makes a frame of the rows as they come: amounts stay text,
instants integers, nothing is indexed or sorted, and who is believed first is not asked. DuckDB reads the Parquet files
of `catalog export`. Every number is the best of three in one process; memory is this process's at its highest.
"""

from __future__ import annotations

import itertools
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from catalog import Catalog
from catalog.database import open_engine
from catalog.instants import FOREVER
from catalog.migrate import ensure_schema
from catalog.workload import read_workload

DAY_US = 86_400_000_000
START = date(2025, 1, 1)
START_US = 1_735_689_600_000_000
DAYS = 365
MODELS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
ENDPOINTS, HEADLINE_VERSIONS, ENDPOINT_VERSIONS = 3, 20, 10
AS_OF = START + timedelta(days=200)
AS_OF_US = START_US + 201 * DAY_US - 1

AT_A_TIME = """
SELECT m.model_id, m.canonical_slug, v.provider, v.component, v.usd, v.unit, v.conditions, v.state, v.valid_from,
    v.valid_to
FROM subject u JOIN model m ON m.id = u.resolved_id JOIN timeline l ON l.subject_id = u.id AND l.kind = 1
JOIN price_version v ON v.timeline_id = l.id AND v.known_to = 9223372036854775807
    AND v.valid_from <= :at AND v.valid_to > :at
"""
EVERYTHING = AT_A_TIME.replace("AND v.valid_from <= :at AND v.valid_to > :at", "")
CHEAPEST = f"""
SELECT * FROM (SELECT model_id, provider, usd, row_number() OVER (PARTITION BY model_id
    ORDER BY CAST(usd AS REAL), provider) AS place FROM ({AT_A_TIME}) WHERE provider IS NOT NULL
    AND component = 'prompt') WHERE place = 1
"""


def build(file: Path) -> int:
    """A database of many models whose prices move, written without the store: it is the questions that are timed."""
    ensure_schema(open_engine(str(file)))
    chance = random.Random(1)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("INSERT INTO source VALUES (1, 'openrouter_models')")
        connection.execute("INSERT INTO scope (id, source_id, key, is_stale) VALUES (1, 1, 'text', 0)")
        connection.execute("INSERT INTO run VALUES (1, 'bench', 0, 0, '0', 0, NULL)")
        _insert(connection, "capture", (
            {"id": day + 1, "source_id": 1, "scope_id": 1, "observed_at": START_US + day * DAY_US, "known_at": 0,
             "document_sha256": f"{day:064x}", "parser_version": "1", "run_id": 1, "verdict": "accepted",
             "stated": MODELS, "rejected": 0} for day in range(DAYS)))  # fmt: skip
        slugs = [f"author{number % 100}/model-{number}" for number in range(MODELS)]
        _insert(connection, "model", (
            {"id": n + 1, "canonical_slug": s, "variant": "standard", "model_id": s, "name": s,
             "author": s.partition("/")[0]} for n, s in enumerate(slugs)))  # fmt: skip
        _insert(connection, "subject", (
            {"id": n + 1, "scope_id": 1, "key": f"{s}:standard", "voice": 1, "resolved_id": n + 1,
             "resolved_by": "slug"} for n, s in enumerate(slugs)))  # fmt: skip
        lines = list(_lines())
        _insert(
            connection, "timeline", ({"id": i, "subject_id": n, "kind": k, "key": key} for i, n, k, key, _, _ in lines)
        )
        _insert(connection, "fact_version", (
            {"timeline_id": i, "valid_from": START_US, "valid_to": FOREVER, "known_from": 0, "known_to": FOREVER,
             "row_hash": 0, "model_id": slugs[n - 1], "canonical_slug": slugs[n - 1], "variant": "standard",
             "author": slugs[n - 1].partition("/")[0], "name": slugs[n - 1], "is_subject": 1,
             "context_tokens": chance.choice([8_000, 128_000, 1_000_000]), "context_is_rounded": 0}
            for i, n, kind, *_ in lines if kind == 0))  # fmt: skip
        return _insert(connection, "price_version", _versions(lines, chance))


def _lines() -> Iterator[tuple[int, int, int, str, str | None, str]]:
    number = 0
    for model in range(1, MODELS + 1):
        for provider in (None, *(f"provider{one}" for one in range(ENDPOINTS))):
            for component in ("prompt", "completion"):
                number += 1
                yield number, model, 1, f"{component}|{provider or ''}|||", provider, component
        number += 1
        yield number, model, 0, "", None, ""


def _versions(lines: list[Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    for number, _model, kind, _key, provider, component in lines:
        if kind != 1:
            continue
        count = HEADLINE_VERSIONS if provider is None else ENDPOINT_VERSIONS
        starts = [0, *sorted(chance.sample(range(1, DAYS), count - 1)), None]
        for since, until in itertools.pairwise(starts):
            micro = chance.randrange(1, 20_000_000)
            yield {
                "timeline_id": number, "valid_from": START_US + (since or 0) * DAY_US,
                "valid_to": FOREVER if until is None else START_US + until * DAY_US, "known_from": 0,
                "known_to": FOREVER, "row_hash": micro, "provider": provider, "component": component,
                "usd": f"{micro / 1_000_000:.6f}", "pico_usd": micro * 1_000_000, "pico_is_exact": 1, "unit": "mtok",
                "state": "priced", "position": 0,
            }  # fmt: skip


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[dict[str, Any]]) -> int:
    first = next(rows)
    names = ", ".join(first)
    places = ", ".join(f":{name}" for name in first)
    count = 1
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", first)
    for row in rows:
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", row)
        count += 1
    return count


def best(work: Callable[[], Any], times: int = 3) -> float:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def bare(file: Path, sql: str) -> Callable[[], pd.DataFrame]:
    def work() -> pd.DataFrame:
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
            found = connection.execute(sql, {"at": AS_OF_US} if ":at" in sql else {})
            return pd.DataFrame(found.fetchall(), columns=[column[0] for column in found.description])

    return work


def duck(folder: Path, sql: str) -> Callable[[], pd.DataFrame]:
    import duckdb

    history = f"'{folder}/price_history.parquet'"
    return lambda: duckdb.sql(sql.format(history=history)).df()


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-query-") as name:
        folder = Path(name)
        file = folder / "catalog.db"
        began = time.perf_counter()
        versions = build(file)
        print(f"{versions:,} price versions of {MODELS:,} models, built in {time.perf_counter() - began:.0f} s")
        catalog = Catalog(str(file))
        catalog.export(folder / "out", format="parquet", tables=["price_history"])
        at = f"TIMESTAMPTZ '{AS_OF + timedelta(days=1)}'"
        then = f"valid_from < {at} AND (valid_to IS NULL OR valid_to >= {at})"
        workload = read_workload(input_tokens="2M", output_tokens="400K")

        def cheapest() -> pd.DataFrame:
            frame = catalog.prices(as_of=AS_OF)
            prompt = frame[frame["provider"].notna() & (frame["component"] == "prompt")]
            return prompt.sort_values(["pico_usd", "provider"]).drop_duplicates("model")

        questions: list[tuple[str, Callable[[], Any], str, str]] = [
            ("state as of a day", lambda: catalog.prices(as_of=AS_OF), AT_A_TIME,
             f"SELECT * FROM {{history}} WHERE {then}"),
            ("whole price history", catalog.price_history, EVERYTHING, "SELECT * FROM {history}"),
            ("cheapest endpoint a model", cheapest, CHEAPEST,
             f"SELECT * FROM {{history}} WHERE {then} AND provider IS NOT NULL AND component = 'prompt'"
             " QUALIFY row_number() OVER (PARTITION BY model_id ORDER BY usd, provider) = 1"),
        ]  # fmt: skip
        for title, ours, sql, duck_sql in questions:
            mine, driver, other = best(ours), best(bare(file, sql)), best(duck(folder / "out", duck_sql))
            print(f"{title:<28} {mine:7.2f} s   bare {driver:6.2f} s ({mine / driver:4.2f} x)   duckdb {other:5.2f} s")
        print(
            f"{'pareto, price by context':<28} {best(lambda: catalog.pareto(['price', 'context'], as_of=AS_OF)):7.2f} s"
        )
        day = best(lambda: catalog.workload_cost(workload, as_of=AS_OF), 2)
        days = [START + timedelta(days=number) for number in range(DAYS)]
        year = best(lambda: catalog.workload_cost_series(workload, days), 1)
        print(f"{'a workload on one day':<28} {day:7.2f} s")
        print(f"{'the same on 365 days':<28} {year:7.2f} s   {year / day:4.1f} single days")
        print(f"highest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
