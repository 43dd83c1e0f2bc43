"""What a parser's fix changes of a capture itself, and what is known of a reading that a fix has superseded."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from called_program import called
from catalogue import Catalogue
from listings import Said, at, listing

from catalog import Catalog
from catalog.runs.replay import Replayed, replay_sources
from catalog.settings import read_settings
from scrapers import source as registry
from scrapers.document import Document, Part, Reading
from scrapers.errors import UnreadableDocument
from scrapers.sources import openrouter_models

TOLD = datetime(2026, 5, 1, tzinfo=UTC)
FIXED = datetime(2026, 6, 1, tzinfo=UTC)
Replay = Callable[[Callable[[Document], Reading]], Replayed]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue(str(tmp_path / "catalog.db"), tmp_path / "raw") as made:
        for hours, models in ((0, ("lab/one",)), (24, ("lab/one", "lab/two")), (48, ("lab/two",))):
            said = listing({model: Said() for model in models})
            assert made.take(at(hours), said, known_at=TOLD).verdict == "accepted"
        yield made


@pytest.fixture
def replay(home: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Replay:
    def with_parser(parse: Callable[[Document], Reading]) -> Replayed:
        fixed = dataclasses.replace(openrouter_models.SOURCE, parse=parse, version="fixed")
        sources = {**registry.all_sources(), fixed.slug: fixed}
        for module in ("catalog.runs.rebuild", "catalog.runs.replay", "catalog.questions.evidence", "scrapers.source"):
            monkeypatch.setattr(f"{module}.all_sources", lambda: sources)
        settings = read_settings({"db": home.db, "data_dir": str(Path(home.db).parent)})
        return replay_sources(settings, now=lambda: FIXED)

    return with_parser


def smaller(document: Document) -> Reading:
    """The contexts are half of what was read."""
    reading = openrouter_models.parse(document)
    parts, reading.statements = reading.parts, {}
    for part in parts:
        if part.group == "facts":
            fixed = [dataclasses.replace(row, context_tokens=64_000) for row in part.rows()]  # type: ignore[call-arg]
            part = Part(part.subject, part.group, lambda fixed=fixed: fixed)
        reading.add(part)
    return reading


def elsewhere(document: Document) -> Reading:
    """The last of the lists is one of another scope."""
    reading = smaller(document)
    if b"lab/one" not in document.body:
        reading.scope = "all"
    return reading


def pickier(document: Document) -> Reading:
    """The last of the lists is none."""
    if b"lab/one" not in document.body:
        raise UnreadableDocument("no list")
    return smaller(document)


def test_a_capture_of_another_scope_is_told_and_its_scopes_are_left_alone(home: Catalogue, replay: Replay) -> None:
    """To correct them without it would take what it states out of the history."""
    before = home.versions
    assert replay(elsewhere) == Replayed(scopes=0, corrections=0, moved=1, unread=0)
    assert home.versions == before
    assert home.problems() == []


def test_a_capture_that_is_refused_now_is_told(home: Catalogue, replay: Replay) -> None:
    found = replay(pickier)
    assert (found.moved, found.unread) == (0, 1)
    assert found.corrections > 0
    assert home.problems() == []


def test_the_command_says_what_only_a_rebuild_takes(home: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.runs.replay.replay_sources", lambda *_, **__: Replayed(2, 3, moved=1, unread=1_200))
    told = called("--db", home.db, "--data-dir", Path(home.db).parent, "replay")
    assert told.code == 0
    assert told.err.splitlines() == [
        "2 scopes read again, 3 versions corrected",
        "1 capture left as before, taken for another scope now; `catalog rebuild` tells of them anew",
        "1,200 captures left as before, not readable now; `catalog rebuild` tells of them anew",
    ]


def test_a_superseded_reading_is_not_said_to_be_of_the_parser_that_mended_it(home: Catalogue, replay: Replay) -> None:
    with Catalog(home.db) as catalog:
        version = catalog.explain("lab/two", "context_tokens")["parser_version"].item()
    replay(smaller)
    with Catalog(home.db) as catalog:
        told = [catalog.explain("lab/two", "context_tokens", known_at=known) for known in (TOLD, None)]
    assert [(one["value"].item(), one["parser_version"].item()) for one in told] == [(128_000, None), (64_000, "fixed")]
    assert version == openrouter_models.SOURCE.version


def test_what_was_read_alike_is_not_said_to_have_been_read_by_the_parser_of_the_fix(
    home: Catalogue, replay: Replay
) -> None:
    """The fix is of the contexts; the name and the price stand as the former parser had read them."""
    replay(smaller)
    with Catalog(home.db) as catalog:
        for field in ("name", "prompt"):
            told = [catalog.explain("lab/two", field, known_at=known) for known in (TOLD, FIXED, None)]
            assert [one["parser_version"].item() for one in told] == [None, "fixed", "fixed"]
