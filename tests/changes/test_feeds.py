"""The feeds: valid, stable, escaped, and whole."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

from catalog.change_log.changes import COLUMNS
from catalog.errors import StoreError
from catalog.telling.feed import write_feeds

ATOM = "{http://www.w3.org/2005/Atom}"
UPDATED = datetime(2026, 5, 9, 3, 0, tzinfo=UTC)
HOSTILE = "</title><script>alert(1)</script>]]> & \x01\x0b \ud800 javascript:x"


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {
        "observed_at": pd.Timestamp("2026-05-02T03:00:00Z"), "source": "openrouter_models", "scope": "text",
        "model_id": "maker/one", "name": "Maker: One", "kind": "price", "field": "price.prompt", "old": "4", "new": "3",
    }  # fmt: skip
    return pd.DataFrame(
        [{**dict.fromkeys(COLUMNS), **usual, **row} for row in rows], columns=list(COLUMNS), dtype=object
    )


def written(folder: Path, changes: pd.DataFrame, **other: Any) -> tuple[ElementTree.Element, dict[str, Any]]:
    settings = {"title": "Changes", "site_url": "https://example.org/", "updated": UPDATED, **other}
    atom, json_feed = write_feeds(folder, changes, **settings)
    assert (atom.name, json_feed.name) == ("changes.atom", "changes.json")
    return ElementTree.fromstring(atom.read_bytes()), json.loads(json_feed.read_bytes())


def test_the_atom_feed_has_what_rfc_4287_requires(tmp_path: Path) -> None:
    feed, _ = written(tmp_path, frame({}, {"new": "5"}))
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for required in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{required}")) == 1, required
        assert element.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo is not None
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["alternate"]
    assert len({entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")}) == 2


def test_a_feed_is_as_new_as_its_newest_entry(tmp_path: Path) -> None:
    """A correction is of the day on which it was made, long after the last capture maybe."""
    corrected = {"kind": "correction", "observed_at": pd.Timestamp("2026-06-01T04:00:00Z")}
    feed, _ = written(tmp_path, frame({}, corrected))
    assert feed.findtext(f"{ATOM}updated") == "2026-06-01T04:00:00Z"
    feed, _ = written(tmp_path, frame({}))
    assert feed.findtext(f"{ATOM}updated") == "2026-05-09T03:00:00Z"


def test_a_fix_of_many_misreadings_takes_no_room_from_the_news(tmp_path: Path) -> None:
    fixed = {"kind": "correction", "observed_at": pd.Timestamp("2026-06-01T04:00:00Z")}
    news = [{"new": str(number)} for number in range(4)]
    _, feed = written(tmp_path, frame(*news, *({**fixed, "old": str(number)} for number in range(9))), latest=3)
    told = [(item["_change"]["kind"], item["_change"]["old"], item["_change"]["new"]) for item in feed["items"]]
    assert told == [
        *(("correction", old, "3") for old in ("8", "7", "6")),
        *(("price", "4", new) for new in ("3", "2", "1")),
    ]


def test_the_json_feed_has_what_version_1_1_requires(tmp_path: Path) -> None:
    _, feed = written(tmp_path, frame({}, {"kind": "new", "field": None, "old": None, "new": None}))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Changes"
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_text"]
        assert datetime.fromisoformat(item["date_published"]).tzinfo is not None
        assert all(isinstance(tag, str) for tag in item["tags"])
    assert [item["title"] for item in feed["items"]] == [
        "Maker: One: new", "Maker: One: prompt 4 → 3 USD per million tokens",
    ]  # fmt: skip


def test_both_feeds_call_a_change_by_the_same_name_and_others_by_others(tmp_path: Path) -> None:
    atom, feed = written(tmp_path, frame({}, {"tag": "x/fp8"}, {"observed_at": pd.Timestamp("2026-05-03", tz="UTC")}))
    ids = [entry.findtext(f"{ATOM}id") for entry in atom.findall(f"{ATOM}entry")]
    assert ids == [item["id"] for item in feed["items"]]
    assert len(set(ids)) == 3


def test_the_same_changes_give_the_same_bytes_and_touch_nothing_e08(tmp_path: Path) -> None:
    written(tmp_path, frame({}))
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) for path in tmp_path.iterdir()}
    written(tmp_path, frame({}))
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns, p.stat().st_ino) for p in tmp_path.iterdir()} == before
    assert len(before) == 2


@pytest.mark.parametrize("column", ["name", "model_id", "new", "provider", "tag", "note", "field"])
def test_no_text_of_a_source_breaks_out_of_a_feed(tmp_path: Path, column: str) -> None:
    """P21, E09: names are stored raw and escaped at output."""
    atom, feed = written(tmp_path, frame({column: HOSTILE}), title=HOSTILE)
    assert atom.findall(".//script") == [] == atom.findall(f".//{ATOM}script")
    assert len(feed["items"]) == 1
    said = (tmp_path / "changes.atom").read_text(encoding="utf-8")
    assert "<script" not in said
    assert "\x0b" not in said


def test_the_newest_changes_stand_first_and_the_oldest_fall_out(tmp_path: Path) -> None:
    rows = [{"observed_at": pd.Timestamp(f"2026-05-{day:02}", tz="UTC")} for day in range(1, 6)]
    _, feed = written(tmp_path, frame(*rows), latest=2)
    assert [item["date_published"][:10] for item in feed["items"]] == ["2026-05-05", "2026-05-04"]


def test_a_feed_of_nothing_is_a_feed(tmp_path: Path) -> None:
    atom, feed = written(tmp_path, frame({}).iloc[:0])
    assert atom.findtext(f"{ATOM}updated") == "2026-05-09T03:00:00Z"
    assert feed["items"] == []


def test_a_feed_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """S03: the old file stays, nothing is left beside it."""
    written(tmp_path, frame({}))
    old = (tmp_path / "changes.atom").read_bytes()
    (tmp_path / "changes.json").unlink()
    (tmp_path / "changes.json").mkdir()
    with pytest.raises(StoreError, match=r"changes\.json: cannot be written"):
        written(tmp_path, frame({}))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["changes.atom", "changes.json"]
    assert (tmp_path / "changes.atom").read_bytes() == old


def test_what_a_killed_feed_left_is_removed_by_the_next_though_nothing_changed(tmp_path: Path) -> None:
    written(tmp_path, frame({}))
    (tmp_path / ".changes.atom.new").write_bytes(b"<fe")
    (tmp_path / ".changes.json.new").symlink_to(tmp_path / "elsewhere")
    written(tmp_path, frame({}))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["changes.atom", "changes.json"]
