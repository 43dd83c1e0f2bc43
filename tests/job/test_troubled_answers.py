"""Answers that are not there, are denied, forbidden or no document: what a run keeps of them, and what it says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import LISTING, PAGES, Run, Stand, failing, scraped
from nights import digest_of

from catalog.standin.captures import Captures
from catalog.standin.faults import Reply, damaged
from scrapers.archive import Archive


def test_n13_a_page_that_is_not_there_is_said_of_its_model_alone(stand: Stand, catalog: Run) -> None:
    assert scraped(catalog, stand)[0] == 0
    ask = ("--data-dir", "data", "models", "--columns", "model_id,context_tokens,missing_since", "--format", "csv")
    before = catalog(*ask).stdout
    stand.site.plan = failing("lab3/model-3-", "404")

    code, run, _ = scraped(catalog, stand)

    absent = [url.rpartition("/models/")[2] for url in run["sources"]["benchable_page"]["absent"]]
    assert (code, absent.count(f"lab3/model-3{PAGES}"), f"lab0/model-0{PAGES}" in absent) == (0, 1, False)
    assert catalog(*ask).stdout == before


def test_n14_a_list_that_is_denied_is_told_with_its_status(stand: Stand, catalog: Run) -> None:
    stand.site.plan = failing(LISTING, "403")
    done = catalog("--data-dir", "data", "scrape", *stand.mirrors)
    assert done.returncode == 5
    assert "403, the host will not serve us" in done.stderr


@pytest.mark.parametrize(
    ("part", "fault", "source", "why"),
    [
        pytest.param("lab0/model-0/endpoints", "html", "openrouter_endpoints", "it begins '<!DOCTYPE html>", id="n25"),
        pytest.param("lab0/model-0-", "challenge", "benchable_page", "a bot challenge stands", id="n26"),
        pytest.param(LISTING, "empty", "openrouter_models", "not one byte", id="n27"),
    ],
)
def test_what_is_no_document_is_archived_as_refused_and_told(
    stand: Stand, catalog: Run, tmp_path: Path, part: str, fault: str, source: str, why: str
) -> None:
    """N25, N26, N27: the bytes that came are kept, with the reason beside them."""
    stand.site.plan = failing(part, fault)
    said = catalog("--data-dir", "data", "scrape", *stand.mirrors).stderr
    archive = Archive(tmp_path / "data" / "raw")
    (refused,) = [one for one in archive.sidecars() if one.verdict == "refused"]
    assert (refused.source, why in (refused.reason or ""), why in said) == (source, True, True)
    assert archive.body(source, refused.sha256) == damaged(Reply(200), fault).body


def test_n31_pages_that_robots_txt_forbids_are_skipped_and_told_and_the_api_is_asked(
    stand: Stand, catalog: Run, market: Path, tmp_path: Path
) -> None:
    """N31."""
    closed = tmp_path / "closed"
    shutil.copytree(market, closed)
    (closed / "robots.txt").write_text("User-agent: *\nDisallow: /models/lab3/\n")
    stand.site.captures = Captures(closed)
    code, run, _ = scraped(catalog, stand)
    pages = run["sources"]["benchable_page"]
    assert (code, pages["stored"], run["sources"]["openrouter_models"]["stored"]) == (0, 1, 1)
    assert not [target for target in stand.asked() if target.startswith("/models/lab3/")]
    assert ["not fetched, its robots.txt forbids it" in message for message in pages["forbidden"]] == [True] * 8


def test_n31_a_source_that_robots_txt_forbids_altogether_has_given_nothing(
    stand: Stand, catalog: Run, market: Path, tmp_path: Path
) -> None:
    closed = tmp_path / "closed"
    shutil.copytree(market, closed)
    (closed / "robots.txt").write_text("User-agent: *\nDisallow: /models/\n")
    stand.site.captures = Captures(closed)
    code, run, _ = scraped(catalog, stand)
    assert (code, run["sources"]["benchable_page"]["stored"], run["stored"]) == (5, 0, 2)


def test_n31_what_all_pages_tell_of_their_host_is_said_once(stand: Stand, catalog: Run) -> None:
    """N01 and N31."""
    stand.site.plan = failing("robots.txt", "reset")
    done = catalog("--data-dir", "data", "scrape", *stand.mirrors, CATALOG_OUTAGE_WAIT_S="0", CATALOG_RETRIES="0")
    told = [line for line in done.stderr.splitlines() if line.startswith("catalog: benchable_page")]
    assert (done.returncode, len(told), told[0][-15:]) == (5, 1, " (32 addresses)"), done.stderr


def test_s03_s16_what_cannot_be_used_of_the_archive_fails_the_store(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    """It ended with a traceback, or as if a source had failed, which a night's wait would mend."""
    assert scraped(catalog, stand)[0] == 0
    raw = tmp_path / "data" / "raw"
    sidecar = next(raw.rglob("*.meta.json"))
    whole = sidecar.read_bytes()
    sidecar.write_bytes(whole[:40])
    done = catalog("--data-dir", "data", "rebuild")
    remedy = "restore it from a backup, or remove it and rebuild --thinned"
    assert (done.returncode, sidecar.name in done.stderr, remedy in done.stderr) == (6, True, True), done.stderr
    sidecar.write_bytes(whole)

    (raw / "openrouter_models").rename(tmp_path / "elsewhere")
    (raw / "openrouter_models").touch()
    code, run, said = scraped(catalog, stand)
    assert (code, run["exit_code"], "Not a directory" in run["error"], "Traceback" in said) == (6, 6, True, False), said


def test_p04_of_a_page_that_lost_its_tables_the_last_good_state_stays(
    stand: Stand, catalog: Run, market: Path, tmp_path: Path
) -> None:
    assert scraped(catalog, stand)[0] == 0
    tables = [("--data-dir", "data", what, "lab0/model-0", "--format", "csv") for what in ("prices", "endpoints")]
    before = [catalog(*ask).stdout for ask in tables]
    drifted = tmp_path / "drifted"
    shutil.copytree(market, drifted)
    for page in drifted.glob("*.html"):
        page.write_text(re.sub("<table.*?</table>", "", page.read_text("utf-8"), flags=re.DOTALL), "utf-8")
    stand.site.captures = Captures(drifted)

    done = catalog("--data-dir", "data", "scrape", "benchable_page", *stand.mirrors)

    assert done.returncode == 5
    refused = [one.reason or "" for one in Archive(tmp_path / "data" / "raw").sidecars() if one.verdict == "refused"]
    assert [reason.partition(":")[0] for reason in refused] == ["layout_drift"] * 2
    assert refused[0].removeprefix("layout_drift: ") in done.stderr
    assert [catalog(*ask).stdout for ask in tables] == before


def test_s14_a_damaged_file_is_found_refused_and_made_again_from_the_archive(
    stand: Stand, catalog: Run, tmp_path: Path
) -> None:
    assert scraped(catalog, stand)[0] == 0
    file = tmp_path / "data" / "catalog.db"
    digest = digest_of(file)
    with file.open("r+b") as pages:
        pages.seek(4096)
        pages.write(b"\xa5" * (file.stat().st_size - 4096))
    words = (["verify"], ["scrape", *stand.mirrors], ["rebuild"])
    found, run, made = (catalog("--data-dir", "data", *some) for some in words)
    assert (found.returncode, run.returncode, made.returncode) == (6, 6, 0)
    assert "`catalog rebuild` makes it again from the archive" in run.stderr
    assert digest_of(file) == digest
