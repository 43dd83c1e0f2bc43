"""A process that dies, a connection that drops: each capture is whole or absent, and the next run goes on."""

from __future__ import annotations

import shutil
import signal
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from catalogue import Catalogue
from listings import Said, at, listing
from processes import Steps, end_sessions_of, exit_of, kill_myself
from sqlalchemy import event, text

from catalog.database import open_engine
from catalog.runs.lock import job_lock
from catalog.store import tables

CROWD = {f"lab/model{number}": Said() for number in range(6)}
REST = {"a/b": Said(), "c/d": Said(elo=1200)}
FIRST = listing(REST | CROWD)
CAPTURES: dict[datetime, bytes] = {
    at(0): FIRST,
    at(30): listing({"a/b": Said(context=64_000), "c/d": Said(elo=1300)}),  # the lab's models are gone: held
    at(40): listing({"a/b": Said(context=64_000)}),  # confirms the one before
    at(35): listing(REST | CROWD | {"e/f": Said()}),  # late, and takes the confirmation back
    at(45): listing(REST | CROWD),
}


def take_all(catalogue: Catalogue) -> None:
    for time, body in CAPTURES.items():
        catalogue.take(time, body)


def state(catalogue: Catalogue) -> tuple[object, ...]:
    """What must be the same in the end: content, verdicts, identities, sidecars."""
    people = catalogue.ask(
        "SELECT s.key, m.canonical_slug, m.name, s.resolved_by FROM subject s"
        " LEFT JOIN model m ON m.id = s.resolved_id ORDER BY s.key"
    )
    told = [(one.observed_at, one.sha256, one.verdict) for one in catalogue.archive.sidecars()]
    return catalogue.digest, catalogue.verdicts, [tuple(row) for row in people], told, catalogue.problems()


@pytest.fixture
def undisturbed(tmp_path: Path) -> tuple[object, ...]:
    with Catalogue(str(tmp_path / "undisturbed.db"), tmp_path / "raw-undisturbed") as catalogue:
        take_all(catalogue)
        assert set(catalogue.verdicts) == {"accepted", "held"}
        return state(catalogue)


@pytest.mark.parametrize("what", ["disk", pytest.param("database", marks=pytest.mark.slow)])
def test_s01_a_kill_before_any_step_leaves_a_store_that_converges(
    tmp_path: Path, undisturbed: tuple[object, ...], what: str
) -> None:
    begun = tmp_path / "begun"
    with Catalogue(str(begun / "catalog.db"), begun / "raw") as catalogue:
        catalogue.take(at(0), FIRST)

    def run(folder: Path, number: int) -> None:
        steps = Steps(number, kill_myself)
        with Catalogue(str(folder / "catalog.db"), folder / "raw") as catalogue:
            if what == "database":
                steps.of_database(catalogue)
                take_all(catalogue)
            else:
                with steps.of_disk():
                    take_all(catalogue)

    number, code, killed = 1, -signal.SIGKILL, 0
    while code != 0:
        folder = tmp_path / f"killed-{number}"
        shutil.copytree(begun, folder)
        code = exit_of(lambda folder=folder, number=number: run(folder, number))  # type: ignore[misc]
        assert code in (0, -signal.SIGKILL)
        killed += code != 0
        with Catalogue(str(folder / "catalog.db"), folder / "raw") as again:
            assert set(again.verdicts) <= {"accepted", "held"}
            assert {problem.kind for problem in again.problems()} == set()
            again.archive.clean()
            assert not list(again.archive.root.rglob(".tmp-*"))
            take_all(again)
            assert state(again) == undisturbed
        shutil.rmtree(folder)
        number += 1 if what == "disk" else 7
    assert killed > 15


def test_s01_a_process_killed_in_the_middle_of_the_migrations_leaves_none_of_them(tmp_path: Path) -> None:
    from catalog import migrate
    from catalog.database import open_engine

    file = tmp_path / "catalog.db"

    def make() -> None:
        from sqlalchemy import event

        engine, steps = open_engine(str(file)), Steps(40, kill_myself)
        event.listen(engine, "before_cursor_execute", lambda *_: steps.step())
        migrate.ensure_schema(engine)

    assert exit_of(make) == -signal.SIGKILL
    engine = open_engine(str(file))
    assert migrate.current_revision(engine) is None
    assert migrate.ensure_schema(engine)
    engine.dispose()


@pytest.mark.postgres
def test_s19_a_connection_dropped_before_any_step_is_tried_again_and_nothing_is_doubled(
    tmp_path: Path, postgres_url: str, undisturbed: tuple[object, ...]
) -> None:
    with Catalogue(postgres_url, tmp_path / "raw") as catalogue:
        catalogue.take(at(0), FIRST)
        dropped = Steps(0, end_sessions_of(catalogue, postgres_url))
        dropped.of_database(catalogue)
        for time, body in list(CAPTURES.items())[1:]:
            for number in (3, 9, 17, 29, 41):
                dropped.count, dropped.at = 0, number
                catalogue.take(time, body)
        dropped.at = 0
        assert state(catalogue) == undisturbed
        assert catalogue.ask("SELECT observed_at FROM capture GROUP BY observed_at HAVING count(*) > 1") == []


@pytest.mark.postgres
@pytest.mark.parametrize("number", range(1, 41))
def test_s19_a_drop_at_one_step_of_a_capture_stores_it_once(tmp_path: Path, postgres_url: str, number: int) -> None:
    with Catalogue(postgres_url, tmp_path / "raw") as catalogue:
        catalogue.take(at(0), FIRST)
        steps = Steps(number, end_sessions_of(catalogue, postgres_url))
        steps.of_database(catalogue)
        outcome = catalogue.take(at(1), listing(REST | CROWD | {"e/f": Said()}))
        steps.at = 0
        assert outcome.verdict == "accepted"
        assert catalogue.verdicts == ["accepted"] * 2
        assert catalogue.problems() == []


@pytest.mark.postgres
@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
def test_s19_what_the_database_asks_to_try_again_is_done_again_and_stored_once(
    tmp_path: Path, postgres_url: str, undisturbed: tuple[object, ...], sqlstate: str
) -> None:
    """A serialization failure and a deadlock: the server ends the transaction, and the connection stays."""
    numbers, failing = count(1), {7, 25, 60}

    def fails(_c: object, _u: object, statement: str, values: Any, _x: object, is_many: bool) -> tuple[str, Any]:
        if is_many or next(numbers) not in failing:
            return statement, values
        return f"DO $$ BEGIN RAISE EXCEPTION 'try again' USING ERRCODE = '{sqlstate}'; END $$", ()

    with Catalogue(postgres_url, tmp_path / "raw") as catalogue:
        event.listen(catalogue.engine, "before_cursor_execute", fails, retval=True)
        take_all(catalogue)
        assert next(numbers) > max(failing)
        assert state(catalogue) == undisturbed


@pytest.mark.postgres
@pytest.mark.parametrize("copied_after", [2, 1_000])
@pytest.mark.parametrize("number", range(2, 62, 8))
def test_s19_a_drop_while_captures_share_a_transaction_stores_each_of_them_once(
    tmp_path: Path,
    postgres_url: str,
    undisturbed: tuple[object, ...],
    monkeypatch: pytest.MonkeyPatch,
    copied_after: int,
    number: int,
) -> None:
    """Few rows are inserted, many are copied; a drop may come before either."""
    monkeypatch.setattr(tables, "COPIED_AFTER", copied_after)
    with Catalogue(postgres_url, tmp_path / "raw") as catalogue:
        steps = Steps(number, end_sessions_of(catalogue, postgres_url))
        steps.of_database(catalogue)
        outcomes = catalogue.take_together(CAPTURES.items())
        steps.at = 0
        assert len(outcomes) == len(CAPTURES)
        assert state(catalogue) == undisturbed


@pytest.mark.postgres
def test_s19_a_run_whose_lock_was_lost_on_the_way_ends_as_it_would_have(
    postgres_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine, other = open_engine(postgres_url), open_engine(postgres_url)
    with other.connect() as connection, job_lock(engine, tmp_path):
        kill = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        assert connection.execute(text(kill)).scalars().all() == [True]
    assert "was lost before its end" in caplog.text
    with job_lock(other, tmp_path):
        pass
    engine.dispose()
    other.dispose()
