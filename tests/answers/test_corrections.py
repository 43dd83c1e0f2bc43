"""A parser's fix is a correction, not a change; what was believed before can still be asked; a rebuild is the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from catalogue import Catalogue
from listings import Said, at, listing

from catalog import Catalog
from catalog.errors import StoreError
from catalog.instants import iso, micros
from catalog.runs.rebuild import rebuild_database
from catalog.runs.replay import replay_sources
from catalog.runs.review import decide, held_captures
from catalog.settings import Settings, read_settings
from scrapers import source as registry
from scrapers.document import Document, Part, Reading
from scrapers.sources import openrouter_models

TOLD = datetime(2026, 5, 1, tzinfo=UTC)
FIXED = datetime(2026, 6, 1, tzinfo=UTC)
LATER = FIXED + timedelta(hours=1)
Replay = Callable[[datetime], int]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue(str(tmp_path / "catalog.db"), tmp_path / "raw") as made:
        yield made


def settings_of(home: Catalogue) -> Settings:
    return read_settings({"db": home.db, "data_dir": str(Path(home.db).parent)})


def take(home: Catalogue) -> None:
    for hours, amount in ((0, "0.000001"), (24, "0.000003")):
        said = {"lab/one": Said({"prompt": amount, "completion": "0.000002"}), "lab/two": Said()}
        assert home.take(at(hours), listing(said), known_at=TOLD).verdict == "accepted"


TORN = b"\xff\xfe"
"""What only the parser of tomorrow can read past."""


def parse_with_fix(document: Document) -> Reading:
    """The parser of tomorrow: the context of `lab/one` was read wrong all the time."""
    reading = openrouter_models.parse(dataclasses.replace(document, body=document.body.removeprefix(TORN)))
    parts, reading.statements = reading.parts, {}
    for part in parts:
        if part.group == "facts" and part.subject.key.startswith("lab/one"):
            [model] = part.rows()
            fixed = dataclasses.replace(model, context_tokens=64_000)
            part = Part(part.subject, part.group, lambda fixed=fixed: [fixed])
        reading.add(part)
    return reading


@pytest.fixture
def replay_with_fix(home: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Replay:
    """Read the archive again with the fixed parser at some time; returns how much was corrected."""
    fixed = dataclasses.replace(openrouter_models.SOURCE, parse=parse_with_fix, version="fixed")
    sources = {**registry.all_sources(), "openrouter_models": fixed}

    def replay(now: datetime) -> int:
        for module in ("catalog.runs.rebuild", "catalog.runs.replay", "catalog.questions.evidence", "scrapers.source"):
            monkeypatch.setattr(f"{module}.all_sources", lambda: sources)
        return replay_sources(settings_of(home), now=lambda: now).corrections

    return replay


def contexts(catalog: Catalog, **when: Any) -> dict[str, int]:
    return dict(catalog.models(**when)["context_tokens"])


def test_a_fix_moves_the_time_of_knowing_and_not_the_time_of_being_true(
    home: Catalogue, replay_with_fix: Replay
) -> None:
    take(home)
    before = {row for row in home.versions if row.kind != 0}
    assert replay_with_fix(FIXED) > 0
    assert {row for row in home.versions if row.kind != 0} == before, "what the fix reads the same stays as it is"
    with Catalog(home.db) as catalog:
        assert contexts(catalog) == {"lab/one": 64_000, "lab/two": 128_000}
        assert contexts(catalog, as_of=at(1)) == {"lab/one": 64_000, "lab/two": 128_000}
        for believed in (TOLD, FIXED - timedelta(microseconds=1)):
            assert contexts(catalog, known_at=believed) == {"lab/one": 128_000, "lab/two": 128_000}
            assert contexts(catalog, as_of=at(1), known_at=believed)["lab/one"] == 128_000
        assert contexts(catalog, known_at=FIXED)["lab/one"] == 64_000
        history = catalog.history("lab/one", field="context_tokens")
        assert list(history["value"]) == ["64000"]
        assert list(catalog.history("lab/one", field="context_tokens", known_at=TOLD)["value"]) == ["128000"]


def test_what_was_accepted_stays_so_under_stricter_limits(home: Catalogue) -> None:
    """A guard that held it now would take all that it states out of the history."""
    models = {f"lab{number}/m": Said() for number in range(60)}
    fewer = dict(list(models.items())[:56])
    for hours, said in ((0, models), (24, fewer), (48, models)):
        assert home.take(at(hours), listing(said), known_at=TOLD).verdict == "accepted"
    before = home.versions
    given = {"db": home.db, "data_dir": str(Path(home.db).parent)}
    strict = read_settings({**given, "guard_missing_count": 1, "guard_missing_share": 0.01})
    assert replay_sources(strict, now=lambda: FIXED).corrections == 0
    assert home.versions == before


def test_a_fix_is_told_as_a_correction_and_never_as_a_change(home: Catalogue, replay_with_fix: Replay) -> None:
    take(home)
    with Catalog(home.db) as catalog:
        before = catalog.changes()
    replay_with_fix(FIXED)
    with Catalog(home.db) as catalog:
        after = catalog.changes()
        corrections = after[after["kind"] == "correction"]
        assert set(corrections["field"]) == {"context_tokens"}
        assert set(corrections["model_id"]) == {"lab/one"}
        rest = after[after["kind"] != "correction"]
        assert list(rest["kind"]) == list(before["kind"]) == ["price"]
        assert (rest["old"].iloc[0], rest["new"].iloc[0]) == ("1", "3")
        assert catalog.changes(raw=True)["kind"].tolist() == ["changed"]


@pytest.mark.parametrize("first", [0, 1])
def test_a_fix_of_what_two_listings_state_is_told_once(home: Catalogue, replay_with_fix: Replay, first: int) -> None:
    """A feed would have it twice under one name."""
    told = {"lab/one": Said(), "lab/two": Said()}
    answers = (at(24), listing(told)), (at(0), listing({**told, "lab/draws": Said(writes=("image",))}))
    for answer in (answers[first], answers[1 - first]):
        home.take(*answer, known_at=TOLD)
    replay_with_fix(FIXED)
    with Catalog(home.db) as catalog:
        corrected = catalog.changes(kinds=["correction"])
        assert [*zip(corrected["field"], corrected["old"], corrected["new"], strict=True)] == [
            ("context_tokens", "128000", "64000")
        ]
        assert corrected["note"].item() == f"of what was said from {iso(at(0))} on"
        assert corrected["scope"].item() == "all"


def test_what_was_believed_before_each_of_two_fixes_can_still_be_asked(
    home: Catalogue, replay_with_fix: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(home)
    replay_with_fix(FIXED)
    monkeypatch.undo()
    assert replay_sources(settings_of(home), now=lambda: LATER).corrections > 0
    with Catalog(home.db) as catalog:
        for known_at, context in ((TOLD, 128_000), (FIXED, 64_000), (LATER, 128_000)):
            assert contexts(catalog, known_at=known_at)["lab/one"] == context


def test_a_fix_replayed_twice_corrects_nothing_the_second_time(home: Catalogue, replay_with_fix: Replay) -> None:
    take(home)
    replay_with_fix(FIXED)
    digest = home.digest
    assert replay_with_fix(LATER) == 0
    assert home.digest == digest
    assert home.problems() == []


def test_what_the_new_parser_read_before_the_replay_was_believed_since_then_and_is_no_correction(
    home: Catalogue, replay_with_fix: Replay
) -> None:
    """Who replaces the program and scrapes before he replays has what both parsers read in one history."""
    take(home)
    between = TOLD + timedelta(days=1)
    fixed = dataclasses.replace(openrouter_models.SOURCE, parse=parse_with_fix, version="fixed")
    said = {"lab/one": Said({"prompt": "0.000003", "completion": "0.000002"}), "lab/two": Said()}
    home.take(at(48), listing(said), source=fixed, known_at=between)

    def believed(known: datetime) -> list[int]:
        with Catalog(home.db) as catalog:
            return [contexts(catalog, as_of=at(hours), known_at=known)["lab/one"] for hours in (0, 25, 49)]

    before = [128_000] * 3, [128_000, 128_000, 64_000]
    assert (believed(TOLD), believed(between)) == before
    replay_with_fix(FIXED)
    assert (believed(TOLD), believed(between)) == before
    assert believed(FIXED) == [64_000] * 3
    with Catalog(home.db) as catalog:
        told = catalog.changes()
        assert [*zip(told["kind"], told["field"], told["old"], told["new"], strict=True)] == [
            ("price", "price.prompt", "1", "3"), ("correction", "context_tokens", "128000", "64000")
        ]  # fmt: skip
        assert list(catalog.history("lab/one", field="context_tokens", known_at=between)["value"]) == [
            "128000",
            "64000",
        ]
    digest = home.digest
    assert home.problems() == []
    assert replay_with_fix(LATER) == 0
    home.close()
    assert rebuild_database(settings_of(home), now=lambda: LATER).digest == digest


def test_a_fix_believes_nothing_that_no_accepted_capture_states(home: Catalogue, replay_with_fix: Replay) -> None:
    """That the fixed parser can read what was refused corrects nothing; it is taken when the archive is rebuilt."""
    take(home)
    new = TORN + listing({"lab/one": Said(), "lab/new": Said()})
    assert home.take(at(30), new, source=openrouter_models.SOURCE).verdict == "refused"
    replay_with_fix(FIXED)
    assert {row.subject for row in home.versions} == {"lab/one:standard", "lab/two:standard"}
    assert {row.valid_from for row in home.versions} == {micros(at(0)), micros(at(24))}
    assert home.problems() == []


def test_prices_before_and_after_a_fix_are_the_same(home: Catalogue, replay_with_fix: Replay) -> None:
    take(home)
    replay_with_fix(FIXED)
    with Catalog(home.db) as catalog:
        for known in (TOLD, FIXED, None):
            frame = catalog.prices("lab/one", as_of=at(1), known_at=known)
            assert dict(zip(frame["component"], frame["usd"], strict=True)) == {
                "prompt": Decimal(1), "completion": Decimal(2)
            }  # fmt: skip


def test_the_archive_makes_the_same_database_again(home: Catalogue) -> None:
    take(home)
    half = listing({"lab/one": Said()})[:200]
    assert home.take(at(30), half).verdict == "refused"
    digest, versions = home.digest, home.versions
    home.close()
    Path(home.db).unlink()
    rebuilt = rebuild_database(settings_of(home), now=lambda: LATER)
    home.open()
    assert (rebuilt.digest, home.digest, home.versions) == (digest, digest, versions)
    assert home.problems() == []


def test_an_archive_that_is_elsewhere_makes_no_database(home: Catalogue, tmp_path: Path) -> None:
    """A disk that is not mounted, or a mistyped folder, costs neither the history nor the copy that a rebuild keeps."""
    take(home)
    digest = home.digest
    home.close()
    elsewhere = read_settings({"db": home.db, "data_dir": str(tmp_path / "nowhere")})
    with pytest.raises(StoreError, match="no archived answer is here"):
        rebuild_database(elsewhere, now=lambda: LATER)
    home.open()
    assert home.digest == digest
    assert not Path(f"{home.db}.before-rebuild").exists()


def test_an_archive_that_lacks_what_the_database_has_is_no_truth_to_go_by(
    home: Catalogue, replay_with_fix: Replay
) -> None:
    """To a replay what is lacking would be a difference, and the history of it a misreading to be corrected."""
    take(home)
    digest = home.digest
    home.close()
    first = min(home.archive.sidecars(), key=lambda sidecar: sidecar.observed_at)
    for path in home.archive.root.rglob(f"{first.sha256}*"):
        path.unlink()
    lacking = "1 of the 2 captures that the database has are not archived here, first openrouter_models at 2026"
    with pytest.raises(StoreError, match=lacking):
        replay_with_fix(FIXED)
    with pytest.raises(StoreError, match=lacking):
        rebuild_database(settings_of(home), now=lambda: LATER)
    home.open()
    assert home.digest == digest
    home.close()
    assert rebuild_database(settings_of(home), now=lambda: LATER, may_lack=True).captures == 1


def test_a_database_that_cannot_be_read_is_made_again(home: Catalogue) -> None:
    take(home)
    digest = home.digest
    home.close()
    Path(home.db).write_bytes(b"SQLite format 3\0" + bytes(5000))
    assert rebuild_database(settings_of(home), now=lambda: LATER).digest == digest


def test_what_a_person_refused_stays_refused_in_a_rebuilt_database(home: Catalogue) -> None:
    many = {f"lab{number % 7}/model{number}": Said() for number in range(40)}
    half = listing(dict(list(many.items())[:20]))
    home.take(at(0), listing(many))
    assert home.take(at(24), half).verdict == "held"
    [waiting] = held_captures(settings_of(home))
    home.close()
    assert decide(settings_of(home), waiting.id, reason="a cut list", accept=False, now=lambda: TOLD) == "refused"
    Path(home.db).unlink()
    rebuild_database(settings_of(home), now=lambda: LATER)
    home.open()
    assert home.take(at(24), half).verdict == "known"
    assert held_captures(settings_of(home)) == []
    assert home.ask("SELECT verdict, review, reason FROM capture ORDER BY observed_at") == [
        ("accepted", None, None), ("refused", "a cut list", "20 of 40 models are missing at once")
    ]  # fmt: skip


@pytest.mark.parametrize("is_accepted", [True, False])
def test_a_new_database_beside_an_old_archive_hears_what_a_person_decided(home: Catalogue, is_accepted: bool) -> None:
    many = {f"lab{number % 7}/model{number}": Said() for number in range(40)}
    captures = {at(0): listing(many), at(24): listing(dict(list(many.items())[:20])), at(30): listing(many)}
    for time, body in captures.items():
        home.take(time, body)
    [waiting] = held_captures(settings_of(home))
    home.close()
    decide(settings_of(home), waiting.id, reason="I asked them", accept=is_accepted, now=lambda: TOLD)
    home.open()
    decided, digest = home.ask("SELECT verdict, review FROM capture ORDER BY observed_at"), home.digest
    home.close()
    Path(home.db).unlink()
    home.open()
    for time, body in captures.items():
        home.take(time, body)
    assert home.ask("SELECT verdict, review FROM capture ORDER BY observed_at") == decided
    assert decided[1] == ("accepted" if is_accepted else "refused", "I asked them")
    assert home.digest == digest
    assert [one.review for one in home.archive.sidecars()].count("I asked them") == 1


def test_a_rebuild_knows_when_it_was_told(home: Catalogue) -> None:
    take(home)
    home.close()
    rebuild_database(settings_of(home), now=lambda: LATER)
    with Catalog(home.db) as catalog:
        assert catalog.models(known_at=TOLD - timedelta(seconds=1)).empty
        assert len(catalog.models(known_at=TOLD)) == 2
    home.open()
