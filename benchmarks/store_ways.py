"""The ways to keep captures that `bench_store.py` compares, each run alone in a process of its own.

Called with a way, a kind of captures and a folder, it prints one line of JSON: seconds of each capture and of what
ends the run (the last commit, the identities), bytes kept. Captures that share a transaction share what it takes to
write it, but for the first one, which also pays for what is loaded and compiled once.
"""

from __future__ import annotations

import gc
import gzip
import hashlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from store_captures import Capture, captures


class Way(NamedTuple):
    """How captures are kept: `take` keeps one, and says whether it is written with others that come later; `write`
    writes what waits, `finish` ends the run."""

    take: Callable[[datetime, bytes], object]
    finish: Callable[[], object] = lambda: None
    write: Callable[[], object] = lambda: None


def ours(folder: Path, db: str) -> Way:
    """The catalogue: archive, lineage, exact prices, guard, versions; identities at the end."""
    from catalog import migrate
    from catalog.database import open_engine
    from catalog.runs.ingest import Incoming, Ingest
    from catalog.store import Store
    from scrapers.archive import Archive
    from scrapers.document import Document

    engine = open_engine(db)
    migrate.ensure_schema(engine)
    store = Store(engine)
    run_id = store.start_run("bench", now=0, program_version="0")
    ingest = Ingest(store, Archive(folder / "raw"), run_id=run_id, now=lambda: datetime(2027, 1, 1, tzinfo=UTC))
    together = ExitStack()
    together.enter_context(ingest.together())

    def take(observed_at: datetime, wire: bytes) -> bool:
        document = Document(gzip.decompress(wire), name="capture.json.gz")
        outcome = ingest.take(Incoming(document, observed_at, wire=wire))
        if outcome.verdict not in ("accepted", "held"):
            raise RuntimeError(outcome.reason)
        return ingest.has_unstored

    def finish() -> None:
        together.close()
        ingest.finish()
        engine.dispose()

    return Way(take, finish, ingest.flush)


def rows(folder: Path) -> Way:
    """What one writes first: SQLModel objects, model by model, row by row; no archive, no lineage, no guard."""
    from sqlalchemy import JSON, Column
    from sqlmodel import Field, Session, SQLModel, col, create_engine, select

    class Facts(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        model_id: str = Field(index=True)
        record: dict[str, Any] = Field(sa_column=Column(JSON))
        valid_from: datetime
        valid_to: datetime | None = Field(default=None, index=True)

    class Cost(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        model_id: str = Field(index=True)
        component: str
        usd: str
        valid_from: datetime
        valid_to: datetime | None = Field(default=None, index=True)

    engine = create_engine(f"sqlite:///{folder / 'rows.db'}")
    SQLModel.metadata.create_all(engine)

    def take(observed_at: datetime, wire: bytes) -> None:
        records = {record["id"]: record for record in json.loads(gzip.decompress(wire))["data"]}
        with Session(engine) as session:
            for model_id, record in records.items():
                pricing = {name: usd for name, usd in record.pop("pricing").items() if isinstance(usd, str)}
                facts = session.exec(
                    select(Facts).where(Facts.model_id == model_id, col(Facts.valid_to).is_(None))
                ).first()
                if facts is None or facts.record != record:
                    if facts is not None:
                        facts.valid_to = observed_at
                    session.add(Facts(model_id=model_id, record=record, valid_from=observed_at))
                current = {
                    cost.component: cost
                    for cost in session.exec(
                        select(Cost).where(Cost.model_id == model_id, col(Cost.valid_to).is_(None))
                    )
                }
                for name in current.keys() | pricing.keys():
                    old, new = current.get(name), pricing.get(name)
                    if old is not None and (new is None or Decimal(old.usd) != Decimal(new)):
                        old.valid_to = observed_at
                    if new is not None and (old is None or old.valid_to is not None):
                        session.add(Cost(model_id=model_id, component=name, usd=new, valid_from=observed_at))
            for facts in session.exec(select(Facts).where(col(Facts.valid_to).is_(None))):
                if facts.model_id not in records:
                    facts.valid_to = observed_at
            session.commit()

    return Way(take, engine.dispose)


def floor(_folder: Path) -> Way:
    """What nobody can do without: gunzip, SHA-256, `json.loads`."""

    def take(_observed_at: datetime, wire: bytes) -> None:
        body = gzip.decompress(wire)
        hashlib.sha256(body).digest()
        json.loads(body)

    return Way(take)


def unread(_folder: Path) -> Way:
    """Gunzip and SHA-256 alone: what recognises an answer that repeats."""

    def take(_observed_at: datetime, wire: bytes) -> None:
        hashlib.sha256(gzip.decompress(wire)).digest()

    return Way(take)


def git_history(folder: Path, given: list[Capture], *options: str) -> list[float]:
    """`git-history` over a repository with one commit a capture; its time is that of the whole divided evenly."""
    repository = folder / "repository"
    subprocess.run(["git", "init", "-q", "-b", "main", str(repository)], check=True)
    stream = b"".join(_commits(given))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=repository, input=stream, check=True)
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=repository, check=True)
    command = [sys.executable, "-c", "from git_history.cli import cli; cli()"]
    command += ["file", str(folder / "history.db"), "list.json", *options]
    command += ["--repo", str(repository), "--id", "id", "--convert", 'json.loads(content)["data"]', "--silent"]
    started = time.perf_counter()
    subprocess.run([*command, "--branch", "main"], cwd=repository, check=True, capture_output=True)
    return [(time.perf_counter() - started) / len(given)] * len(given)


def shared(seconds: list[float], waits: list[object]) -> list[float]:
    """The seconds of each capture, where those that are written together have the same share of what they took."""
    found: list[float] = []
    group: list[float] = []
    for spent, is_waiting in zip(seconds, waits, strict=True):
        group.append(spent)
        if not is_waiting:
            found += [sum(group) / len(group)] * len(group)
            group = []
    return found


def _commits(given: list[Capture]) -> Iterator[bytes]:
    for number, (observed_at, wire) in enumerate(given, start=1):
        body = gzip.decompress(wire)
        yield b"blob\nmark :%d\ndata %d\n%s\n" % (number, len(body), body)
        yield b"commit refs/heads/main\ncommitter bench <> %d +0000\ndata 1\nc\n" % observed_at.timestamp()
        yield b"M 100644 :%d list.json\n\n" % number


def main(way: str, kind: str, folder: Path, db: str) -> None:
    given = captures(kind)
    if way == "unchanged":
        given = [(observed_at, given[-1][1]) for observed_at, _ in given]
    if way.startswith("git-history"):
        seconds, end = git_history(folder, given, *way.split(" ")[1:]), 0.0
    else:
        ways = {"rows": rows, "floor": floor, "unread": unread}
        kept = ways[way](folder) if way in ways else ours(folder, db or str(folder / "catalog.db"))
        gc.freeze()  # the imports are no part of any way; a run of the program does the same
        seconds, waits = [], []
        for observed_at, wire in given:
            started = time.perf_counter()
            is_waiting = kept.take(observed_at, wire)
            if len(seconds) in (0, len(given) - 1):
                kept.write()
            seconds.append(time.perf_counter() - started)
            waits.append(is_waiting and 1 < len(seconds) < len(given))
        seconds = shared(seconds, waits)
        started = time.perf_counter()
        kept.finish()
        end = time.perf_counter() - started
    who = resource.RUSAGE_CHILDREN if way.startswith("git-history") else resource.RUSAGE_SELF
    size = sum(path.stat().st_size for path in folder.rglob("*.db*"))
    peak = resource.getrusage(who).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "end": end, "peak": peak, "bytes": size}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else "")
