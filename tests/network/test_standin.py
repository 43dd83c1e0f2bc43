"""The stand-in for the sources: the right capture at the right time, and the fault that was ordered."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog.standin.captures import Captures
from catalog.standin.faults import FAULTS, checked_fault, seldom
from catalog.standin.server import StandInSite, main, served
from scrapers.document import Document
from scrapers.errors import BotChallenge, DocumentError, EmptyDocument, ErrorAnswer, ForeignPage
from scrapers.fetching.errors import CutBody, FetchError, Interrupted, NotFound, ServerFault, TimedOut, TooManyRequests
from scrapers.fetching.fetched import Request
from scrapers.source import all_sources

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"
MODELS, FULL = "/api/v1/models", "/api/v1/models?output_modalities=all"
GEMINI = "/models/google/gemini-3.1-flash-image-preview-20260226"
FLASH = "/api/v1/models/deepseek/deepseek-v4-flash/endpoints"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def captures():
    return Captures(SAMPLE)


@pytest.fixture
def site(captures):
    return StandInSite(captures, clock=lambda: at("2026-06-10T12:00"))


@pytest.fixture
def base_url(site):
    with served(site) as url:
        yield url


def saved(pattern: str) -> bytes:
    return next(SAMPLE.rglob(pattern)).read_bytes()


def test_it_serves_every_source_at_the_source_s_own_address(fetcher, base_url):
    subject = fetcher()
    assert subject.fetch(base_url + MODELS).body == saved("2026-06-10T042345Z.json")
    assert subject.fetch(base_url + FLASH).body == saved("2026-06-10T043000Z_deepseek_deepseek-v4-flash.json")
    assert subject.fetch(base_url + GEMINI).body == saved("2026-02-27T090000Z_google__*.txt")
    assert subject.fetch(base_url + "/models/deepseek/deepseek-v4-flash-20260423").content_type == "text/html"


def test_at_any_time_it_serves_the_newest_capture_until_then(fetcher, site, base_url):
    subject = fetcher()
    for moment, name in (
        ("2026-04-23T03:33:36", "2026-04-22T033026Z.json"),
        ("2026-04-23T03:33:37", "2026-04-23T033337Z.json"),
        ("2030-01-01T00:00:00", "2026-07-14T031737Z.json"),
    ):
        site.clock = lambda moment=moment: at(moment)
        got = subject.fetch(base_url + MODELS)
        assert got.body == saved(name)
        assert got.server_date == at(moment)
    site.clock = lambda: at("2020-01-01T00:00")
    with pytest.raises(NotFound):
        subject.fetch(base_url + MODELS)


def test_an_unchanged_capture_is_not_sent_again(fetcher, site, base_url):
    subject = fetcher()
    first = subject.fetch(base_url + MODELS)
    assert first.content_encoding == "gzip"
    assert gzip.decompress(first.wire) == first.body
    assert subject.fetch(Request(base_url + MODELS, first.validators)).not_modified
    site.clock = lambda: at("2026-07-20T00:00")
    assert not subject.fetch(Request(base_url + MODELS, first.validators)).not_modified


def test_what_it_does_not_have_is_not_found(fetcher, base_url):
    for path in ("/api/v1/models/nobody/nothing/endpoints", "/models/nobody/nothing", "/elsewhere"):
        with pytest.raises(NotFound):
            fetcher().fetch(base_url + path)


def test_lists_are_told_apart_by_the_models_in_them(tmp_path):
    def model(output):
        return {"id": "a/b", "architecture": {"output_modalities": [output]}}

    for name, output in (("2026-01-01.json", "text"), ("2026-01-02.json", "embeddings")):
        (tmp_path / name).write_text(json.dumps({"data": [model("text"), model(output)]}))
    both = Captures(tmp_path)
    assert both.newest("models", at("2026-02-01")).path.name == "2026-01-01.json"
    assert both.newest("models?output_modalities=all", at("2026-02-01")).path.name == "2026-01-02.json"


@pytest.mark.parametrize("name", ["2026-01-01_b.txt", "b.txt", "2026-01-01_a_b-20260101.txt", "a__b-20260101.txt"])
def test_a_page_is_found_by_its_name_with_the_help_of_its_text(tmp_path, name):
    (tmp_path / name).write_text("Google AI Studio | other/thing | and/or\nServed as a/b-20260101 by us")
    assert Captures(tmp_path).subjects() == ["page a/b-20260101"]


@pytest.mark.reality
def test_it_knows_every_real_capture(shared):
    counts = {
        folder: {subject: len(list_) for subject, list_ in Captures(shared / folder)._by_subject.items()}
        for folder in ("openrouter/history", "openrouter/history_all_modalities", "pages")
    }
    assert counts == {
        "openrouter/history": {"models": 79},
        "openrouter/history_all_modalities": {"models?output_modalities=all": 48},
        "pages": {"page google/gemini-3.1-flash-image-preview-20260226": 1},
    }


@pytest.mark.parametrize(
    "fault, error",
    [
        ("503", ServerFault),
        ("429", TooManyRequests),
        ("reset", (Interrupted, CutBody)),
        ("cut", CutBody),
        ("cutgzip", CutBody),
        ("slow", TimedOut),
        ("stall", TimedOut),
    ],
)
def test_a_fault_of_the_wire_is_what_the_fetcher_says_it_is_and_passes(fetcher, site, base_url, fault, error):
    site.plan = lambda number, target: fault if target == MODELS else None
    with pytest.raises(error):
        fetcher(retries=0, read_timeout_s=0.15, deadline_s=5).fetch(Request(base_url + MODELS, obeys_robots=False))
    served_before = len(site.served)
    site.plan = lambda number, target: fault if number == served_before + 1 else None
    got = fetcher(read_timeout_s=0.15, deadline_s=5).fetch(Request(base_url + MODELS, obeys_robots=False))
    assert got.attempts == 2
    assert got.body == saved("2026-06-10T042345Z.json")


def reading(answer, slug="openrouter_models"):
    document = Document(answer.body, url=answer.url, content_type=answer.content_type)
    return all_sources()[slug].parse(document)


@pytest.mark.parametrize(
    "slug, path", [("openrouter_models", MODELS), ("openrouter_endpoints", FLASH), ("benchable_page", GEMINI)]
)
@pytest.mark.parametrize(
    "fault, error",
    [
        ("html", DocumentError),
        ("challenge", BotChallenge),
        ("empty", EmptyDocument),
        ("error", (ErrorAnswer, ForeignPage)),
    ],
)
def test_n25_n26_n27_a_whole_answer_that_is_no_document_is_refused_by_the_source(
    fetcher, site, base_url, slug, path, fault, error
):
    """N25: a page in place of data; N26: a challenge; N27: nothing, or an error, with status 200."""
    whole = fetcher().fetch(base_url + path)
    assert reading(whole, slug).parts
    site.plan = lambda number, target: fault
    got = fetcher().fetch(Request(base_url + path, obeys_robots=False))
    assert got.status == 200
    with pytest.raises(error):
        reading(got, slug)


def test_n25_the_media_type_of_an_answer_is_told(fetcher, site, base_url):
    assert fetcher().fetch(base_url + MODELS).content_type == "application/json"
    site.plan = lambda number, target: "html"
    assert fetcher().fetch(Request(base_url + MODELS, obeys_robots=False)).content_type == "text/html"


@pytest.mark.parametrize("body", [b"", b" \n\t ", b"{}", b'{"data":[]}', b'{"error":{"code":500}}', b"null", b"[]"])
def test_n27_no_empty_answer_is_a_list_of_no_models(fetcher, serve, answer, body):
    got = fetcher().fetch(serve(answer(200, body, Content_Type="application/json")).url + MODELS)
    with pytest.raises(DocumentError):
        reading(got)


def test_n30_a_stale_copy_has_an_older_date_and_an_age(fetcher, site, base_url):
    fresh = fetcher().fetch(base_url + MODELS)
    site.plan = lambda number, target: "stale"
    stale = fetcher().fetch(Request(base_url + MODELS, obeys_robots=False))
    assert stale.body == saved("2026-05-16T034913Z.json")
    assert stale.server_date < fresh.server_date
    assert stale.age_s > 24 * 3600 * 20
    assert fresh.age_s is None


def test_half_a_list_is_a_whole_answer(fetcher, site, base_url):
    whole = json.loads(fetcher().fetch(base_url + MODELS).body)["data"]
    site.plan = lambda number, target: "half"
    half = json.loads(fetcher().fetch(Request(base_url + MODELS, obeys_robots=False)).body)["data"]
    assert half == whole[: len(whole) // 2]


def test_faults_at_random_are_as_frequent_as_ordered_and_the_same_for_a_seed():
    plan, again, other = (seldom({"503": 0.1, "cut": 0.2}, seed) for seed in (1, 1, 2))
    faults = [plan(number, "/a") for number in range(2000)]
    assert faults == [again(number, "/a") for number in range(2000)]
    assert faults != [other(number, "/a") for number in range(2000)]
    assert 140 < faults.count("503") < 260
    assert 320 < faults.count("cut") < 480


@pytest.mark.parametrize("word", ["200", "6xx", "explode", "", "429:soon"])
def test_a_word_that_names_no_fault_is_refused(word):
    with pytest.raises(ValueError, match="is no fault"):
        checked_fault(word)


def test_two_hundred_fetches_with_faults_at_random_give_what_a_quiet_site_gives(fetcher, site, base_url):
    paths = [MODELS, FULL, FLASH, GEMINI] * 50
    quiet = {path: fetcher().fetch(base_url + path).body for path in set(paths)}
    site.plan = seldom({"503": 0.05, "429:1": 0.05, "reset": 0.05, "cut": 0.05, "cutgzip": 0.05}, seed=7)
    outcomes = list(fetcher(concurrency=8, breaker_failures=50).fetch_many(Request(base_url + path) for path in paths))
    assert len(outcomes) == len(paths)
    for outcome in outcomes:
        if outcome.answer:
            assert outcome.answer.body == quiet[outcome.request.url.removeprefix(base_url)]
        else:
            assert isinstance(outcome.error, FetchError)
    assert sum(outcome.answer is not None for outcome in outcomes) >= 195


def test_the_command_serves_a_folder_until_it_is_interrupted(fetcher):
    # A shell that starts the tests in the background leaves them deaf to the signal.
    code = (
        "import signal; signal.signal(2, signal.default_int_handler); from catalog.standin.server import main; main()"
    )
    command = [sys.executable, "-c", code, str(SAMPLE), "--port", "0", "--at", "2026-04-22T12:00"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            url = process.stdout.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
            assert fetcher().fetch(url + MODELS).body == saved("2026-04-22T033026Z.json")
        finally:
            os.kill(process.pid, signal.SIGINT)
        assert process.wait(10) == 0


def test_the_command_refuses_a_folder_that_is_none_and_a_fault_that_is_none(capsys, tmp_path):
    for wrong in ([str(tmp_path / "nowhere")], [str(tmp_path), "--fault", "explode=1"]):
        with pytest.raises(SystemExit) as caught:
            main(wrong)
        assert caught.value.code == 2
    assert "explode" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--fault", "explode=0.1", "'explode' is no fault; there are reset, cut, "),
        ("--fault", "503=often", "'often' is not a share of the answers, from 0 to 1"),
        ("--fault", "503=1.5", "'1.5' is not a share"),
        ("--fault", "503=nan", "'nan' is not a share"),
        ("--at", "noon", "'noon' is no time; write 2026-05-01"),
        ("--port", "99999", "'99999' is not a port"),
        ("--speed", "-1", "'-1' is not a speed"),
    ],
)
def test_the_command_says_what_a_word_should_have_been(capsys, tmp_path, option, value, told):
    with pytest.raises(SystemExit):
        main([str(tmp_path), option, value])
    assert f"argument {option}: {told}" in capsys.readouterr().err


def test_the_command_says_that_another_has_its_port(capsys, tmp_path):
    with served(StandInSite(Captures(tmp_path), lambda: datetime.now(UTC))) as url, pytest.raises(SystemExit):
        main([str(tmp_path), "--port", url.rpartition(":")[2]])
    assert "cannot be had: Address already in use" in capsys.readouterr().err


def test_every_fault_is_told_by_the_help_and_by_the_document(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out.replace("\n", " ")
    document = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for word in (*FAULTS, "503", "429:7"):
        assert re.search(rf"[ ,]{word}\b", shown), word
        assert f"`{word}`" in document
