"""A million rows of price history from SQLite into one file: ours, pandas in chunks, and an ADBC stream.

Each way runs in a process of its own, so that peak memory is its own. All three write the same columns in the same
order from the same tables. What the rivals leave out is in their favour: the stream writes instants as integers and
amounts as text, pandas amounts as text; neither hashes, syncs or describes what it wrote.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HOUR_US = 3_600_000_000
START_US = 1_735_689_600_000_000
FOREVER = 2**63 - 1
MODELS, VERSIONS = 600, 50
COMPONENTS = ("prompt", "completion", "input_cache_read", "input_cache_write", "image", "request")
CHUNK = 50_000

JOINED = """
SELECT m.canonical_slug AS model, m.canonical_slug, m.variant, m.model_id, v.provider, v.tag, v.component, v.usd,
    v.unit, v.conditions, v.state, v.effective_from, v.position, s.slug AS source, p.key AS scope, v.valid_from,
    CASE WHEN v.valid_to = 9223372036854775807 THEN NULL ELSE v.valid_to END AS valid_to
FROM price_version v JOIN timeline l ON l.id = v.timeline_id JOIN subject u ON u.id = l.subject_id
JOIN scope p ON p.id = u.scope_id JOIN source s ON s.id = p.source_id JOIN model m ON m.id = u.resolved_id
WHERE v.known_to = 9223372036854775807
ORDER BY m.canonical_slug, m.variant, s.slug, p.key, u.key, l.key, v.valid_from
"""


def ours(database: Path, target: Path, form: str) -> Iterator[None]:
    """`catalog export --table price_history`."""
    from catalog.database import open_engine
    from catalog.export import export

    yield
    export(open_engine(str(database), read_only=True), target, format=form, tables=["price_history"])  # type: ignore[arg-type]


def pandas(database: Path, target: Path, form: str) -> Iterator[None]:
    """`pandas.read_sql` in chunks, with `to_csv`, or appended to one Parquet file."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    yield
    with sqlite3.connect(database) as connection:
        writer = None
        for number, frame in enumerate(pd.read_sql(JOINED, connection, chunksize=CHUNK)):
            for name in ("valid_from", "valid_to"):
                frame[name] = pd.to_datetime(frame[name], unit="us", utc=True)
            if form == "csv":
                frame.to_csv(target / "out.csv", mode="a", header=number == 0, index=False)
                continue
            # `to_parquet` writes one file a frame; its own engine appends the next
            table = pa.Table.from_pandas(frame.astype({"conditions": "str", "effective_from": "str"}))
            writer = writer or pq.ParquetWriter(target / "out.parquet", table.schema, compression="zstd")
            writer.write_table(table)
        if writer is not None:
            writer.close()


def stream(database: Path, target: Path, form: str) -> Iterator[None]:
    """An ADBC stream of the query, written by pyarrow as it comes."""
    import adbc_driver_sqlite.dbapi as adbc
    import pyarrow.csv as pc
    import pyarrow.parquet as pq

    yield
    with adbc.connect(f"file:{database}?mode=ro") as connection, connection.cursor() as cursor:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": "65536"})
        cursor.execute(JOINED)
        batches = cursor.fetch_record_batch()
        if form == "csv":
            with pc.CSVWriter(target / "out.csv", batches.schema) as writer:
                for batch in batches:
                    writer.write_batch(batch)
        else:
            with pq.ParquetWriter(target / "out.parquet", batches.schema, compression="zstd") as writer:
                for batch in batches:
                    writer.write_batch(batch)


WAYS = {"ours": ours, "pandas": pandas, "stream": stream}
"""Each stops once it has imported what it needs; the clock starts there."""


def build(path: Path, rows: int) -> None:
    """A database of price versions: so many timelines of fifty versions each, as if from a listing every six hours."""
    from catalog.database import open_engine
    from catalog.migrate import ensure_schema

    engine = open_engine(str(path))
    ensure_schema(engine)
    engine.dispose()
    ids = range(1, MODELS + 1)
    lines = rows // VERSIONS
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("INSERT INTO source (id, slug) VALUES (1, 'openrouter_models')")
        db.execute("INSERT INTO scope (id, source_id, key, is_stale) VALUES (1, 1, 'all', 0)")
        db.execute("INSERT INTO run (id, command, started_at, program_version) VALUES (1, 'bench', 0, '0')")
        db.executemany(
            "INSERT INTO capture (id, source_id, scope_id, observed_at, known_at, document_sha256, parser_version,"
            " run_id, verdict, stated, rejected) VALUES (?, 1, 1, ?, ?, ?, '1', 1, 'accepted', 0, 0)",
            [(n + 1, at, at, f"{n:064x}") for n, at in enumerate(map(_at, range(VERSIONS)))],
        )
        db.executemany(
            "INSERT INTO model (id, canonical_slug, variant, model_id) VALUES (?, ?, 'standard', ?)",
            [(n, _slug(n), _slug(n)) for n in ids],
        )
        db.executemany(
            "INSERT INTO subject (id, scope_id, key, voice, resolved_id) VALUES (?, 1, ?, 1, ?)",
            [(n, _slug(n), n) for n in ids],
        )
        db.executemany(
            "INSERT INTO timeline (id, subject_id, kind, key) VALUES (?, ?, ?, ?)",
            [(n, n, 0, "") for n in ids] + [(MODELS + 1 + n, n % MODELS + 1, 1, _key(n)) for n in range(lines)],
        )
        db.executemany(
            "INSERT INTO fact_version (timeline_id, valid_from, known_to, valid_to, known_from, row_hash, model_id,"
            " canonical_slug, variant, is_subject) VALUES (?, ?, ?, ?, 0, 0, ?, ?, 'standard', 1)",
            [(n, START_US, FOREVER, FOREVER, _slug(n), _slug(n)) for n in ids],
        )
        db.executemany(
            "INSERT INTO price_version (timeline_id, valid_from, known_to, valid_to, known_from, row_hash, provider,"
            " tag, component, usd, pico_usd, pico_is_exact, unit, state, position)"
            " VALUES (?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, 1, 'mtok', 'priced', 0)",
            _prices(lines),
        )


def _at(version: int) -> int:
    return START_US + version * 6 * HOUR_US


def _slug(number: int) -> str:
    return f"lab-{number % 37}/model-{number:04}"


def _key(line: int) -> str:
    place = line // MODELS
    return f"{COMPONENTS[place % 6]}|Provider {place // 6}|provider-{place // 6}||"


def _prices(lines: int) -> Iterator[tuple[object, ...]]:
    for line in range(lines):
        place = line // MODELS
        for version in range(VERSIONS):
            pico = (line * 7_919_000_001 + version * 104_729_000_003) % 90_000_000_000_000
            usd = f"{pico // 10**12}.{pico % 10**12:012}"
            end = _at(version + 1) if version + 1 < VERSIONS else FOREVER
            names = (f"Provider {place // 6}", f"provider-{place // 6}", COMPONENTS[place % 6])
            yield (MODELS + 1 + line, _at(version), FOREVER, end, *names, usd, pico)


def measured(way: str, form: str, database: Path) -> tuple[float, float, float]:
    """Seconds on the clock, seconds of the processor and peak memory in MB of one way."""
    with tempfile.TemporaryDirectory() as target:
        command = [sys.executable, __file__, "--way", way, "--format", form, "--db", str(database), "--to", target]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, processor, peak = map(float, answer.stdout.split())
    return seconds, processor, peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--format", choices=("csv", "parquet"))
    parser.add_argument("--db", type=Path)
    parser.add_argument("--to", type=Path)
    asked = parser.parse_args()
    if asked.way:
        way = WAYS[asked.way](asked.db, asked.to, asked.format)
        next(way)
        start = time.perf_counter(), time.process_time()
        next(way, None)
        print(time.perf_counter() - start[0], time.process_time() - start[1])
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "bench.db"
        build(database, asked.rows)
        print(f"{asked.rows:,} rows of price history, {database.stat().st_size / 1e6:.0f} MB of SQLite")
        for form in ("csv", "parquet"):
            found = {way: measured(way, form, database) for way in WAYS}
            for way, (seconds, processor, peak) in found.items():
                print(f"{form:8} {way:7} {seconds:6.1f} s  {processor:6.1f} s of processor  {peak:5.0f} MB at most")
            own = found["ours"][0]
            print(f"{form:8} pandas/ours {found['pandas'][0] / own:.2f}   ours/stream {own / found['stream'][0]:.2f}")


if __name__ == "__main__":
    main()
