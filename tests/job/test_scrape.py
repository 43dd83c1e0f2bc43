"""`catalog scrape` as a process: what it prints, what it stores, and how it ends."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import LISTING, PAGES, Run, Stand, command, environment, failing, scraped
from market import night
from nights import digest_of

from catalog.database import open_engine
from catalog.runs.lock import job_lock


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder by its hash."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }


def test_the_run_is_told_in_a_line_a_source_and_as_one_object(stand: Stand, catalog: Run) -> None:
    told = catalog("--data-dir", "data", "scrape", *stand.mirrors)
    assert told.returncode == 0, told.stderr
    lines = [line for line in told.stdout.splitlines() if " asked, " in line]  # the others tell of drift
    assert [line.split(":")[0] for line in lines] == ["benchable_page", "openrouter_endpoints", "openrouter_models"]
    assert "1 asked, 1 stored" in lines[2]
    assert "\x1b" not in told.stdout + told.stderr

    code, run, _ = scraped(catalog, stand)
    assert code == run["exit_code"] == 0
    assert run["sources"]["openrouter_models"] == {
        "asked": 1, "stored": 1, "unchanged": 1, "known": 0, "held": 0, "refused": 0,
        "absent": [], "forbidden": [], "failed": [], "changes": 0,
    }  # fmt: skip
    assert (run["stored"], run["held"], run["refused"], run["dry_run"]) == (4, 0, 0, False)
    assert {one["verdict"] for one in run["documents"]} == {"accepted"}


def test_a_dry_run_prints_what_the_real_one_stores_and_touches_nothing(
    stand: Stand, catalog: Run, tmp_path: Path
) -> None:
    assert catalog("--data-dir", "data", "scrape", *stand.mirrors).returncode == 0
    stand.clock.now = night(6)
    before = contents(tmp_path)

    dry = catalog("--data-dir", "data", "scrape", *stand.mirrors, "--dry-run")

    assert dry.returncode == 0, dry.stderr
    assert contents(tmp_path) == before
    foretold = list(csv.DictReader(io.StringIO(dry.stdout)))
    assert {"added", "changed"} <= {row["kind"] for row in foretold}
    assert catalog("--data-dir", "data", "scrape", *stand.mirrors).returncode == 0
    stored = catalog("--data-dir", "data", "changes", "--raw", "--format", "csv")
    columns = ("source", "model_id", "kind", "field", "old", "new")
    happened = list(csv.DictReader(io.StringIO(stored.stdout)))
    key = lambda row: [row[name] for name in columns]  # noqa: E731
    assert sorted(map(key, foretold)) == sorted(map(key, happened))


def test_a_dry_run_of_the_first_day_makes_no_folder(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    code, run, _ = scraped(catalog, stand, "--dry-run")
    assert (code, run["dry_run"], run["stored"]) == (0, True, 4)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("part", "fault", "code", "stored"),
    [
        pytest.param(PAGES, "503", 5, 2, id="n11-one-source-failed-and-the-others-are-stored"),
        pytest.param("lab3/model-3-", "503", 3, 3, id="n13-one-page-failed"),
        pytest.param("lab3/model-3-", "404", 0, 3, id="n13-one-page-is-not-there"),
        pytest.param(LISTING, "401", 5, 0, id="n14-the-list-is-denied"),
        pytest.param("/", "429:86400", 75, 0, id="n09-the-host-wants-us-tomorrow"),
        pytest.param(PAGES, "429:86400", 5, 2, id="n09-only-the-pages-are-for-tomorrow"),
        pytest.param("lab0/model-0/endpoints", "html", 5, 3, id="n25-a-page-in-place-of-data"),
        pytest.param("lab0/model-0-", "challenge", 3, 3, id="n26-a-bot-challenge"),
        pytest.param(LISTING, "empty", 5, 0, id="n27-an-empty-answer"),
    ],
)
def test_how_a_run_ends_when_answers_fail(
    stand: Stand, catalog: Run, part: str, fault: str, code: int, stored: int
) -> None:
    stand.site.plan = failing(part, fault)
    found, run, said = scraped(catalog, stand, "--concurrency", "1")
    assert (found, run["stored"]) == (code, stored), said
    assert "Traceback" not in said


def test_n01_nobody_listens(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    assert scraped(catalog, stand)[0] == 0
    folder = tmp_path / "data"
    before = digest_of(folder / "catalog.db"), contents(folder / "raw")
    mirror = "openrouter_models=http://127.0.0.1:9"
    done = catalog("--data-dir", "data", "scrape", "openrouter_models", "--base-url", mirror, CATALOG_RETRIES="0")
    assert done.returncode == 5
    assert "no connection" in done.stderr
    assert (digest_of(folder / "catalog.db"), contents(folder / "raw")) == before


def test_p01_half_a_list_is_held_and_the_rest_is_stored(stand: Stand, catalog: Run) -> None:
    assert scraped(catalog, stand)[0] == 0
    stand.clock.now = night(1)
    stand.site.plan = failing(LISTING, "half")

    code, run, _ = scraped(catalog, stand)

    assert code == 4
    assert run["sources"]["openrouter_models"]["held"] == 1
    assert run["sources"]["openrouter_endpoints"]["stored"] == 2
    (waiting,) = json.loads(catalog("--data-dir", "data", "review", "--format", "json").stdout)
    assert "missing at once" in waiting["reason"]


def test_s04_a_second_run_ends_with_75_and_changes_nothing(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    assert scraped(catalog, stand)[0] == 0
    before = contents(tmp_path)
    engine = open_engine(str(tmp_path / "data" / "catalog.db"))
    with job_lock(engine, tmp_path / "data"):
        stand.asked()
        done = catalog("--data-dir", "data", "scrape", *stand.mirrors)
    engine.dispose()
    assert done.returncode == 75
    assert "another run" in done.stderr
    assert stand.asked() == []
    assert contents(tmp_path) == before


def test_every_line_of_a_log_is_json_and_no_secret_is_in_it(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    """N14: neither the database's password nor the address of a webhook is logged."""
    stand.site.plan = failing("lab", "503")
    done = catalog(
        "--data-dir", "data", "scrape", *stand.mirrors, "--log-format", "json",
        "--notify", f"{stand.url}/hook?token=hush-hush",
        CATALOG_RETRIES="0", CATALOG_OUTAGE_WAIT_S="0",
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert {"at", "level", "logger", "message"} <= set.intersection(*map(set, lines))
    assert any(line.get("event") == "not_fetched" for line in lines)
    assert [line["source"] for line in lines if line.get("event") == "source"] == [
        "benchable_page",
        "openrouter_endpoints",
        "openrouter_models",
    ]
    assert "hush-hush" not in done.stderr + done.stdout

    lost = catalog("scrape", *stand.mirrors, "--log-format", "json", "--db", "postgresql://me:hush-hush@127.0.0.1:9/x")
    assert lost.returncode == 6
    assert {json.loads(line)["level"] for line in lost.stderr.splitlines()} == {"error"}
    assert "hush-hush" not in lost.stderr


def test_what_is_asked_of_a_run_can_be_limited(stand: Stand, catalog: Run) -> None:
    _, run, _ = scraped(catalog, stand, "--model", "lab0/model-0")
    assert sorted(stand.asked()[1:]) == ["/api/v1/models/lab0/model-0/endpoints", "/models/lab0/model-0-20260101"]
    assert run["stored"] == 3

    scraped(catalog, stand, "openrouter_models", "benchable_page", "--budget", "3")
    first = stand.asked()[1:]
    scraped(catalog, stand, "openrouter_models", "benchable_page", "--budget", "3")
    second = stand.asked()[1:]
    assert len(first) == len(second) == 3
    assert not set(first) & set(second), "the stalest come first, and those that are not there wait too"

    scraped(catalog, stand, "openrouter_endpoints")
    stand.asked()
    stand.clock.now = night(1)
    scraped(catalog, stand, "openrouter_models", "openrouter_endpoints", "--endpoints", "changed")
    assert len(stand.asked()) == 3, "the list, and the two whose price has moved"


def test_a_model_is_named_by_its_slug_as_by_its_id_and_an_unknown_one_is_told(stand: Stand, catalog: Run) -> None:
    scraped(catalog, stand, "openrouter_models")
    stand.asked()
    scraped(catalog, stand, "--model", "lab0/model-0-20260101")
    assert sorted(stand.asked()[1:]) == ["/api/v1/models/lab0/model-0/endpoints", "/models/lab0/model-0-20260101"]

    done = catalog("--data-dir", "data", "scrape", *stand.mirrors, "--model", "lab0/model-00")
    assert done.returncode == 2
    assert "no model 'lab0/model-00'; did you mean lab0/model-0" in done.stderr


def test_wrong_usage_is_told_before_anything_is_asked(stand: Stand, catalog: Run) -> None:
    for words, said in (
        (["nowhere"], "openrouter_models"),
        (["--base-url", "openrouter_models"], "SOURCE=URL"),
        (["--base-url", "openrouter_models=http://[::1"], "not an address"),
        (["--base-url", "openrouter_models=http://me:hush-hush@127.0.0.1"], "user name or password"),
        (["--base-url", "openrouter_models=HTTP://me:hush-hush@127.0.0.1"], "SOURCE=URL"),
        (["--model", "../../etc/passwd"], "author/name"),
        (["--concurrency", "0"], "concurrency"),
    ):
        done = catalog("--data-dir", "data", "scrape", *stand.mirrors, *words)
        assert done.returncode == 2
        assert said in done.stderr
        assert "hush-hush" not in done.stderr
    for name, value, said in (
        ("RETRIES", "9", "retries is 9"),
        ("DEADLINE_S", "0", "deadline_s is 0"),
        ("PROXY", "socks5://127.0.0.1:1", "proxy must be"),
        ("CA_FILE", "nowhere.pem", "nowhere.pem: cannot be read"),
    ):
        done = catalog("--data-dir", "data", "scrape", *stand.mirrors, **{f"CATALOG_{name}": value})
        assert done.returncode == 2, name
        assert said in done.stderr
    assert stand.asked() == []


def test_a_progress_bar_is_for_terminals(stand: Stand, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    try:
        words = command("--data-dir", "data", "scrape", "openrouter_models", *stand.mirrors)
        subprocess.run(
            words, cwd=tmp_path, env=environment(TERM="xterm"), stdout=subprocess.DEVNULL, stderr=theirs, check=True
        )
        shown = os.read(ours, 65536)
    finally:
        os.close(theirs)
        os.close(ours)
    assert b"Fetching" in shown


def test_whatever_keeps_a_run_from_its_end_is_told_as_an_object_too(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    (tmp_path / "no.db").write_text("no database" * 1000)
    wrong = [
        (("--db", "no.db"), {}, 6, "file is not a database"),
        (("no_source",), {}, 2, "no source 'no_source'"),
        ((), {"CATALOG_RETRIES": "often"}, 2, "retries must be int"),
    ]
    for words, variables, code, why in wrong:
        done = catalog("scrape", *stand.mirrors, "--json", *words, CATALOG_LOG_FORMAT="json", **variables)
        told = json.loads(done.stdout)
        assert (done.returncode, told["exit_code"]) == (code, code)
        assert why in told["error"]
        assert [why in json.loads(line)["message"] for line in done.stderr.splitlines()] == [True]


def test_a_fault_of_the_program_is_a_line_of_a_log_too(stand: Stand, tmp_path: Path) -> None:
    broken = "from catalog.runs.job import Job; Job.run = lambda *_: 1 / 0; from catalog.cli import main; main()"
    words = [sys.executable, "-c", broken, "scrape", *stand.mirrors, "--json", "--log-format", "json"]
    done = subprocess.run(words, cwd=tmp_path, env=environment(), capture_output=True, text=True)
    (line,) = [json.loads(line) for line in done.stderr.splitlines()]
    assert "ZeroDivisionError" in line["traceback"]
    assert (done.returncode, json.loads(done.stdout)["exit_code"]) == (1, 1)


def test_a_message_that_cannot_be_written_changes_no_exit_code(stand: Stand, tmp_path: Path) -> None:
    stand.site.plan = failing(LISTING, "401")
    words = command("--data-dir", "data", "scrape", *stand.mirrors)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(words, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=full, text=True)
    assert (done.returncode, "1 failed" in done.stdout) == (5, True)


@pytest.mark.parametrize(("sent", "ended", "code"), [(signal.SIGINT, 130, 130), (signal.SIGTERM, -signal.SIGTERM, 143)])
def test_an_interrupted_run_says_so_and_nothing_else(
    stand: Stand, tmp_path: Path, sent: signal.Signals, ended: int, code: int
) -> None:
    """Of readers that are left behind Python would tell in a line of its own, and so would exchanges that break off."""
    running: list[subprocess.Popen[str]] = []

    def interrupt_when_pages_are_asked_for(_: int, target: str) -> str | None:
        if PAGES not in target:
            return None
        if running:
            running.pop().send_signal(sent)
        return "stall"

    stand.site.plan = interrupt_when_pages_are_asked_for
    program = "import signal; signal.signal(2, signal.default_int_handler); from catalog.cli import main; main()"
    words = [sys.executable, "-c", program, "--data-dir", "data", "scrape", *stand.mirrors, "--json"]
    with subprocess.Popen(
        words, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        running.append(process)
        told, said = process.communicate(timeout=120)
    assert process.returncode == ended
    assert json.loads(told) == {"exit_code": code, "dry_run": False, "error": "interrupted"}
    lines = [line for line in said.splitlines() if "its clock says" not in line]
    assert lines == ["catalog: interrupted; what was stored stays stored"]


def test_a_dry_run_for_a_model_that_nobody_has_heard_of_is_wrong_usage(stand: Stand, catalog: Run) -> None:
    code, run, said = scraped(catalog, stand, "--dry-run", "--model", "lab/nobody")
    assert (code, run["dry_run"], "no model 'lab/nobody'" in said) == (2, True, True)


def test_a_source_all_of_whose_pages_are_gone_has_failed(stand: Stand, catalog: Run) -> None:
    """N13: one page that is not there says something of its model; all of many say that the source has moved."""
    few, many = ([word for number in range(count) for word in ("--model", f"lab/gone-{number}")] for count in (9, 10))
    code, run, _ = scraped(catalog, stand, "benchable_page", *few)
    assert (code, run["sources"]["benchable_page"]["asked"]) == (2, 9)
    done = catalog("--data-dir", "data", "scrape", *stand.mirrors, "benchable_page", *many)
    assert done.returncode == 5
    assert "all 10 addresses are gone; has the source moved?" in done.stderr


def test_a_source_is_not_taken_to_have_moved_by_pages_that_never_were_there(stand: Stand, catalog: Run) -> None:
    """N13: a small budget, or what a killed run left over, may have nothing but such pages to ask for."""
    only_gone = [word for number in range(12) for word in ("--model", f"lab/gone-{number}")]
    assert scraped(catalog, stand)[0] == 0
    code, run, _ = scraped(catalog, stand, "benchable_page", *only_gone)
    assert (code, len(run["sources"]["benchable_page"]["absent"])) == (2, 12)

    stand.site.plan = failing(PAGES, "404")
    done = catalog("--data-dir", "data", "scrape", *stand.mirrors, "benchable_page")
    assert done.returncode == 5
    assert "has the source moved?" in done.stderr


def test_n26_a_site_that_answers_with_challenges_is_not_asked_on_and_on(stand: Stand, catalog: Run) -> None:
    stand.site.plan = failing(PAGES, "challenge")
    code, run, _ = scraped(catalog, stand, "--concurrency", "1")
    pages = [target for target in stand.asked() if PAGES in target]
    assert code == 5
    assert 5 <= len(pages) == run["sources"]["benchable_page"]["refused"] < 20
    assert len(run["sources"]["benchable_page"]["failed"]) == 32 - len(pages)
