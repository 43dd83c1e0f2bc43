"""A catalogue of many models whose prices move, for the benchmark of questions."""

from __future__ import annotations

import itertools
import random
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from catalog.database import open_engine
from catalog.instants import FOREVER
from catalog.migrate import ensure_schema

DAY_US = 86_400_000_000
START = date(2025, 1, 1)
START_US = 1_735_689_600_000_000
DAYS = 365
ENDPOINTS, HEADLINE_VERSIONS, ENDPOINT_VERSIONS = 3, 20, 10


def build(file: Path, models: int) -> int:
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
             "stated": models, "rejected": 0} for day in range(DAYS)))  # fmt: skip
        slugs = [f"author{number % 100}/model-{number}" for number in range(models)]
        _insert(connection, "model", (
            {"id": n + 1, "canonical_slug": s, "variant": "standard", "model_id": s, "name": s,
             "author": s.partition("/")[0]} for n, s in enumerate(slugs)))  # fmt: skip
        _insert(connection, "subject", (
            {"id": n + 1, "scope_id": 1, "key": f"{s}:standard", "voice": 1, "resolved_id": n + 1,
             "resolved_by": "slug"} for n, s in enumerate(slugs)))  # fmt: skip
        lines = list(_lines(models))
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


def _lines(models: int) -> Iterator[tuple[int, int, int, str, str | None, str]]:
    number = 0
    for model in range(1, models + 1):
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
