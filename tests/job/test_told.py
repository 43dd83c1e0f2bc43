"""`catalog feed` and `catalog scrape --notify`: the market's changes, each told once, and no noise."""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree

import pytest
from conftest import Run, Stand, asks_for_endpoints, killed
from market import night

ATOM = "{http://www.w3.org/2005/Atom}"
HOOK = """
import pathlib, sys
number = len(list(pathlib.Path().glob('told-*')))
pathlib.Path(f'told-{number}').write_bytes(sys.stdin.buffer.read())
"""


def test_each_change_is_told_once_and_a_quiet_day_is_quiet(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    (tmp_path / "hook.py").write_text(HOOK)
    hook = f"{sys.executable} hook.py"

    def run() -> list[dict[str, object]]:
        done = catalog("--data-dir", "data", "scrape", *stand.mirrors, "--notify", hook)
        assert done.returncode == 0, done.stderr
        return [json.loads(path.read_text()) for path in sorted(tmp_path.glob("told-*"))]

    assert run() == [], "whatever was there at the beginning is no news"
    stand.clock.now = night(1)
    (first,) = run()
    assert first["count"] == len(first["changes"]) > 0  # type: ignore[arg-type]
    assert {change["kind"] for change in first["changes"]} == {"price"}  # type: ignore[attr-defined, index, union-attr]
    assert run() == [first], "nothing is told twice, and a quiet day tells nothing"


def test_what_a_run_stored_that_died_before_it_could_tell_is_told_by_the_next(
    stand: Stand, catalog: Run, tmp_path: Path
) -> None:
    """Also where that run was the first to name whom it tells."""
    (tmp_path / "hook.py").write_text(HOOK)
    words = ("--data-dir", "data", "scrape", *stand.mirrors)
    assert catalog(*words).returncode == 0
    stand.clock.now = night(1)
    words = (*words, "--notify", f"{sys.executable} hook.py")
    killed(stand, tmp_path, *words, when=asks_for_endpoints)

    assert catalog(*words).returncode == 0
    (path,) = tmp_path.glob("told-*")
    assert {change["source"] for change in json.loads(path.read_text())["changes"]} == {"openrouter_models"}


@pytest.mark.parametrize("text", ["{", '{"listeners": {"ear": [{"key": "price", "at": "soon"}]}}'])
def test_a_memory_of_what_was_told_that_cannot_be_read_stops_no_run(
    stand: Stand, catalog: Run, tmp_path: Path, text: str
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "notified.json").write_text(text)
    done = catalog("--data-dir", "data", "scrape", *stand.mirrors, "--json", "--notify", "true")
    assert (done.returncode, json.loads(done.stdout)["stored"]) == (6, 4)
    assert "not told: data/notified.json: cannot be read" in done.stderr


def test_a_command_that_there_is_not_is_told_before_the_run_and_each_night(stand: Stand, catalog: Run) -> None:
    words = ("--data-dir", "data", "scrape", *stand.mirrors, "--json", "--notify", "/no/such/command --loud")
    for _ in ("with changes", "quiet"):
        done = catalog(*words)
        assert (done.returncode, json.loads(done.stdout)["stored"]) == (3, 4)
        first, *_, last = [line for line in done.stderr.splitlines() if "notify" in line]
        assert first == "catalog: notify: there is no program '/no/such/command' that could be run; the run goes on"
        assert last.startswith("catalog: not told: notify: there is no program")
    rehearsed = catalog(*words, "--dry-run")
    assert (rehearsed.returncode, "notify: there is no program" in rehearsed.stderr) == (0, True)


def test_what_a_webhook_did_not_take_comes_with_the_next_run(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    messages: list[bytes] = []
    answers = [503, 204]

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            messages.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(answers.pop(0))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}/hush-hush"
        words = ("--data-dir", "data", "scrape", *stand.mirrors, "--json", "--notify", address)
        first = catalog(*words)
        stand.clock.now = night(1)
        refused, taken = catalog(*words), catalog(*words)
        server.shutdown()
        thread.join()

    assert (first.returncode, refused.returncode, taken.returncode) == (0, 3, 0)
    assert "503" in refused.stderr
    assert "hush-hush" not in refused.stderr + refused.stdout + (tmp_path / "data" / "notified.json").read_text()
    assert [json.loads(done.stdout)["told"] for done in (first, refused)] == [0, 0]
    assert json.loads(messages[0])["changes"] == json.loads(messages[1])["changes"]
    assert json.loads(taken.stdout)["told"] == len(json.loads(messages[1])["changes"])


def test_the_feeds_tell_the_changes_and_stay_as_they_are_where_nothing_happens(
    stand: Stand, catalog: Run, tmp_path: Path
) -> None:
    for number in range(3):
        stand.clock.now = night(number)
        assert catalog("--data-dir", "data", "scrape", *stand.mirrors).returncode == 0
    words = ("--data-dir", "data", "feed", "public", "--site-url", "https://example.org/models")

    done = catalog(*words)

    assert done.stdout.splitlines() == ["public/changes.atom", "public/changes.json"]
    feed = ElementTree.fromstring((tmp_path / "public" / "changes.atom").read_bytes())
    entries = feed.findall(f"{ATOM}entry")
    items = json.loads((tmp_path / "public" / "changes.json").read_text())["items"]
    assert len(entries) == len(items) > 3
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [item["id"] for item in items]
    assert len({item["id"] for item in items}) == len(items)
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "public").iterdir()}
    assert catalog(*words).returncode == 0
    after = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "public").iterdir()}
    assert before == after

    later = catalog("--data-dir", "data", "feed", "later", "--since", "2100-01-01")
    assert later.returncode == 0
    assert json.loads((tmp_path / "later" / "changes.json").read_text())["items"] == []


def test_a_feed_of_nothing_is_wrong_usage(catalog: Run) -> None:
    assert catalog("db", "upgrade", "--data-dir", "data").returncode == 0
    done = catalog("--data-dir", "data", "feed", "public")
    assert done.returncode == 2
    assert "nothing was captured yet" in done.stderr


def test_a_feed_of_what_is_no_address_is_wrong_usage(catalog: Run, tmp_path: Path) -> None:
    done = catalog("--data-dir", "data", "feed", "public", "--site-url", "example.org/models")
    assert (done.returncode, "such as https://openrouter.ai/models, not 'example.org" in done.stderr) == (2, True)
    assert not list(tmp_path.iterdir())
