"""Health for a monitor: one line that says why, and an exit code."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Run, Stand
from nights import Clock, run_night

from catalog.instants import iso, micros
from catalog.status import Age, Health, SourceHealth, too_old


def test_a_monitor_is_told_in_one_line_which_source_is_too_old(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    run_night(stand.url, tmp_path / "data", Clock(now - timedelta(hours=30)))
    asked = ("--data-dir", "data", "status", "--format", "json", "--max-age")

    fresh, old = catalog(*asked, "31h"), catalog(*asked, "26h")

    assert (fresh.returncode, fresh.stderr) == (0, "")
    assert old.returncode == 1
    (line,) = old.stderr.splitlines()
    assert "openrouter_models: last good capture 30.0 h ago, the limit is 26 h" in line
    assert json.loads(old.stdout) == json.loads(fresh.stdout), "the state is told all the same"


@pytest.mark.parametrize(
    "age, told",
    [
        (timedelta(hours=26), []),
        (timedelta(hours=26, seconds=1), ["a: last good capture 26.0003 h ago, the limit is 26 h"]),
        (timedelta(hours=26, minutes=2), ["a: last good capture 26.03 h ago, the limit is 26 h"]),
        (timedelta(hours=26, minutes=3), ["a: last good capture 26.1 h ago, the limit is 26 h"]),
        (-timedelta(minutes=6), []),
        (-timedelta(minutes=7), ["a: last good capture 0.1 h from now; is the clock right?"]),
    ],
)
def test_it_is_the_exact_age_that_is_too_old_and_not_the_one_that_is_shown(age: timedelta, told: list[str]) -> None:
    now = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
    shown = round(age / timedelta(hours=1), 1)
    health = Health("", None, "", 0, None, 0, 0, None, 0, 0, [SourceHealth("a", 1, 1, iso(micros(now - age)), shown)])
    assert too_old(health, Age(26, "h"), now=now) == told


@pytest.mark.parametrize(
    "limit, told",
    [
        (Age(1, "m"), "90.0 m ago, the limit is 1 m"),
        (Age(89.99, "m"), "90.0 m ago, the limit is 89.99 m"),
        (Age(1.45, "h"), "1.5 h ago, the limit is 1.45 h"),
        (Age(0.05, "d"), "0.1 d ago, the limit is 0.05 d"),
        (Age(0.0624, "d"), "0.1 d ago, the limit is 0.0624 d"),
    ],
)
def test_an_age_is_told_in_the_unit_of_the_limit(limit: Age, told: str) -> None:
    now = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
    heard = SourceHealth("a", 1, 1, iso(micros(now - timedelta(minutes=90))), 1.5)
    health = Health("", None, "", 0, None, 0, 0, None, 0, 0, [heard])
    assert too_old(health, limit, now=now) == [f"a: last good capture {told}"]


def test_the_line_says_what_may_be_the_reason(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    run_night(stand.url, tmp_path / "data", Clock(now - timedelta(hours=30)))
    stand.site.plan = lambda number, target: "half" if "output_modalities" in target else None
    stand.clock.now += timedelta(days=1)
    run_night(stand.url, tmp_path / "data", Clock(now - timedelta(hours=6)))

    told = catalog("--data-dir", "data", "status", "--max-age", "26h")

    assert told.returncode == 1
    assert "openrouter_models" in told.stderr
    assert "1 held for review" in told.stderr
    assert "benchable_page" not in told.stderr


def test_the_state_names_ages_sizes_versions_and_the_last_run(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    run_night(stand.url, tmp_path / "kept", Clock(datetime.now(UTC) - timedelta(hours=2)))
    state = json.loads(catalog("--data-dir", "kept", "status", "--format", "json").stdout)
    listing = next(one for one in state["sources"] if one["source"] == "openrouter_models")
    assert (listing["captures"], listing["age_hours"], listing["held"]) == (1, 2.0, 0)
    assert state["schema"] == state["schema_of_program"]
    assert state["last_run"]["exit_code"] == 0
    assert state["archive_files"] == 8
    assert state["database_bytes"] > 0
    assert state["disagreements"] >= 0


def test_a_person_reads_sizes_and_ages_in_units_and_which_models_are_counted(
    stand: Stand, catalog: Run, tmp_path: Path
) -> None:
    run_night(stand.url, tmp_path / "data", Clock(datetime.now(UTC) - timedelta(days=100)))
    listed = len(json.loads(catalog("--data-dir", "data", "models", "--format", "json").stdout))
    shown = catalog("--data-dir", "data", "status", "--format", "table").stdout
    facts = dict(line.split("  ", 1) for line in shown.splitlines() if "  " in line)
    assert facts["models"].strip() == f"{listed} listed, {listed} ever known"
    assert facts["database"].strip().endswith((" kB", " MB"))
    assert facts["archive"].strip().endswith(" kB")
    assert "100 d" in facts["openrouter_models"]
    assert json.loads(catalog("--data-dir", "data", "status", "--format", "json").stdout)["listed"] == listed


@pytest.mark.postgres
def test_the_size_of_a_database_on_a_server_is_told_too(
    stand: Stand, catalog: Run, postgres_url: str, tmp_path: Path
) -> None:
    run_night(stand.url, tmp_path / "data", Clock(datetime.now(UTC)), db=postgres_url)
    state = json.loads(catalog("--data-dir", "data", "--db", postgres_url, "status", "--format", "json").stdout)
    assert state["database_bytes"] > 0


@pytest.mark.parametrize("length", ["soon", "", "-1h", "26"])
def test_a_length_of_time_that_is_none_is_wrong_usage(catalog: Run, length: str) -> None:
    """Above all an empty one, such as a variable without a value: it would look after nothing."""
    told = catalog("status", "--max-age", length)
    assert (told.returncode, "not a length of time" in told.stderr) == (2, True)


def test_a_source_that_gave_nothing_from_the_first_is_told(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    stand.site.plan = lambda number, target: "503" if target.startswith("/models/") else None
    run_night(stand.url, tmp_path / "data", Clock(datetime.now(UTC)))
    told = catalog("--data-dir", "data", "status", "--max-age", "26h")
    assert told.returncode == 1
    assert told.stderr == "catalog: benchable_page: nothing was ever accepted\n"


def test_a_capture_that_a_wrong_clock_made_vouches_for_no_source(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    run_night(stand.url, tmp_path / "data", Clock(datetime.now(UTC) + timedelta(days=400)))
    told = catalog("--data-dir", "data", "status", "--max-age", "26h")
    assert told.returncode == 1
    assert "openrouter_models: last good capture 9600.0 h from now; is the clock right?" in told.stderr


def test_a_check_that_finds_something_says_so_where_cron_looks(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    """`deploy/crontab` throws stdout away."""
    run_night(stand.url, tmp_path / "data", Clock(datetime.now(UTC)))
    assert catalog("--data-dir", "data", "verify", "--deep").stderr == ""
    next((tmp_path / "data" / "raw").glob("*/*/*.gz")).unlink()
    told = catalog("--data-dir", "data", "verify", "--deep")
    assert told.returncode == 6
    assert told.stderr == "catalog: 1 problem: 1 of the archive, whose files a backup may have\n"


def test_what_is_wrong_with_the_database_is_made_again(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    run_night(stand.url, tmp_path / "data", Clock(datetime.now(UTC)))
    with sqlite3.connect(tmp_path / "data" / "catalog.db") as database:
        database.execute(
            "UPDATE price_version SET usd = '7' WHERE timeline_id = (SELECT min(timeline_id) FROM price_version)"
        )
    told = catalog("--data-dir", "data", "verify")
    assert told.stderr == "catalog: 1 problem: 1 of the database, which `catalog rebuild` makes again\n"


def test_it_is_said_that_removals_wait_for_a_list_all_of_whose_records_can_be_told_apart(
    catalog: Run, tmp_path: Path
) -> None:
    """The record that nobody can tell whose it is may be that of the model which the list lacks."""

    def asked(*words: str) -> subprocess.CompletedProcess[str]:
        return catalog("--data-dir", "data", *words)

    def health() -> tuple[str | None, int]:
        (one,) = json.loads(asked("status", "--format", "json").stdout)["sources"]
        return one["removals_wait_since"], one["drift"]

    models = [
        {"id": f"lab/m{number}", "canonical_slug": f"lab/m{number}", "name": f"Lab: M{number}"}
        | {"pricing": {"prompt": "0.000001", "completion": "0.000002"}}
        for number in range(9)
    ]
    nobody = models[0] | {"id": None, "canonical_slug": None}
    days = [models, [*models, nobody], [*models[1:], nobody], [*models[1:], nobody]]
    for day, data in enumerate(days, 1):
        (tmp_path / f"2026-03-0{day}.json").write_text(json.dumps({"data": data}))
        assert asked("import", f"2026-03-0{day}.json").returncode == 0
        since, drift = health()
        assert since == (None if day == 1 else "2026-03-02T00:00:00Z")
    assert drift > 1, "what was noted of the last answer, which is that of the day before word for word"
    assert "openrouter_models: since 2026-03-02T00:00:00Z no model that its list lacks is taken to be gone" in (
        asked("status").stderr
    )
    assert "lab/m0" in asked("models").stdout
    for day in (5, 6):
        (tmp_path / f"2026-03-0{day}.json").write_text(json.dumps({"data": models[1:]}))
        assert asked("import", f"2026-03-0{day}.json").returncode == 0
    assert health()[0] is None
    assert asked("status").stderr == ""
    assert "lab/m0" not in asked("models").stdout
