"""What a person refuses after it was accepted leaves the history for good; the archive keeps it, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from catalogue import NOW, Catalogue
from hypothesis import given, settings
from hypothesis import strategies as st
from listings import Said, at, listing
from test_history import SLOW, checked, histories

from catalog import Catalog
from catalog.errors import UsageError
from catalog.instants import iso, micros
from catalog.runs.rebuild import rebuild_database
from catalog.runs.review import captures_of_run, decide, held_captures, refuse
from catalog.runs.targets import Plan, Targets
from catalog.settings import Settings, read_settings
from scrapers.source import Source, all_sources

MANY = {f"lab{number % 7}/model{number}": Said() for number in range(40)}
DEARER = MANY | {"lab0/model0": Said(prices={"prompt": "0.000003", "completion": "0.000002"})}
SOURCE = all_sources()["openrouter_models"]


def number_of(catalogue: Catalogue, time: datetime) -> int:
    [(number,)] = catalogue.ask("SELECT id FROM capture WHERE observed_at = :at", at=micros(time))
    return int(number)


def reject(catalogue: Catalogue, time: datetime, source: Source = SOURCE) -> None:
    [(digest,)] = catalogue.ask("SELECT document_sha256 FROM capture WHERE observed_at = :at", at=micros(time))
    sidecar = catalogue.archive.sidecar(source.slug, digest, iso(micros(time)))
    catalogue.ingest.reject(number_of(catalogue, time), sidecar, source, "its clock was wrong")
    catalogue.ingest.finish()


def settings_of(catalogue: Catalogue) -> Settings:
    return read_settings({"db": catalogue.db, "data_dir": str(catalogue.archive.root.parent)}, environment={})


def test_an_accepted_capture_that_is_refused_leaves_the_history(catalogue: Catalogue) -> None:
    wrong = at(24 * 365 * 5)
    for time, models in ((at(0), MANY), (wrong, DEARER)):
        assert catalogue.take(time, listing(models)).verdict == "accepted"
    assert catalogue.take(at(24), listing(MANY)).verdict == "accepted"

    assert decide(settings_of(catalogue), number_of(catalogue, wrong), reason="wrong", accept=False, now=lambda: NOW)

    assert catalogue.ask("SELECT verdict, review FROM capture ORDER BY observed_at")[-1] == ("refused", "wrong")
    with Catalog(catalogue.db) as catalog:
        frame = catalog.prices("lab0/model0")
        assert dict(zip(frame["component"], map(str, frame["usd"]), strict=True)) == {"prompt": "1", "completion": "2"}
        assert len(catalog.changes(raw=True)) == 0
    assert catalogue.problems() == []
    digest = catalogue.digest
    assert catalogue.take(wrong, listing(DEARER)).verdict == "known"
    assert catalogue.take(at(48), listing(DEARER)).verdict == "accepted"
    assert catalogue.digest != digest


def test_what_is_refused_before_a_record_that_could_not_be_read_is_compared_with_no_more(catalogue: Catalogue) -> None:
    """The newest capture says nothing of the model, so that the refused one was the last to speak of it."""
    name = "lab0/model0"
    for hour, said in ((0, Said(context=1)), (1, Said(context=2)), (2, Said(broken="price"))):
        catalogue.take(at(hour), listing(MANY | {name: said}))
    reject(catalogue, at(1))
    catalogue.take(at(3), listing(MANY | {name: Said(context=2)}))
    contexts = catalogue.ask(
        "SELECT v.context_tokens, v.valid_from FROM fact_version v JOIN timeline l ON l.id = v.timeline_id"
        " JOIN subject s ON s.id = l.subject_id WHERE s.key = :key ORDER BY v.valid_from",
        key=f"{name}:standard",
    )
    assert contexts == [(1, micros(at(0))), (2, micros(at(3)))]
    assert catalogue.problems() == []


def test_a_refused_capture_keeps_the_version_of_the_parser_that_read_it(catalogue: Catalogue) -> None:
    for hour in range(2):
        catalogue.take(at(hour), listing(MANY))
    reject(catalogue, at(0), replace(SOURCE, version="a later one"))
    assert catalogue.ask("SELECT parser_version FROM capture WHERE verdict = 'refused'") == [(SOURCE.version,)]


@settings(SLOW, max_examples=8)
@given(histories(broken=True), st.data())
def test_the_history_is_that_of_the_captures_that_are_left(
    new_catalogue: Callable[[], Catalogue], captures: dict[datetime, bytes], data: st.DataObject
) -> None:
    troubled, without = new_catalogue(), new_catalogue()
    for time in data.draw(st.permutations(sorted(captures))):
        troubled.take(time, captures[time])
    gone = data.draw(st.sets(st.sampled_from(sorted(captures)), min_size=1))
    for time in data.draw(st.permutations(sorted(gone))):
        reject(troubled, time)
    left = {time: body for time, body in captures.items() if time not in gone}
    for time, body in left.items():
        without.take(time, body)
    assert troubled.problems() == []
    assert troubled.versions == without.versions
    assert checked(without, left) == troubled.digest
    troubled.close()
    assert rebuild_database(settings_of(troubled), now=lambda: NOW).digest == without.digest


def test_all_that_a_run_brought_can_be_refused_at_once(new_catalogue: Callable[[], Catalogue]) -> None:
    """Of a machine whose clock is wrong every answer of the run is."""
    home = new_catalogue()
    home.take(at(0), listing(MANY))
    digest = home.digest
    home.reopen()
    for hours, models in ((5000, DEARER), (5001, MANY), (5002, dict(list(MANY.items())[:20]))):
        home.take(at(hours), listing(models))
    assert home.verdicts == ["accepted", "accepted", "accepted", "held"]
    [(_, first), (run, _)] = home.ask("SELECT run_id, count(*) FROM capture GROUP BY run_id ORDER BY run_id")
    assert first == 1
    found = captures_of_run(settings_of(home), run)
    assert [one.verdict for one in found] == ["accepted", "accepted", "held"]

    refuse(settings_of(home), found, reason="the clock was wrong", now=lambda: NOW)

    assert home.digest == digest
    assert held_captures(settings_of(home)) == captures_of_run(settings_of(home), run) == []
    home.reopen()
    assert home.take(at(24), listing(DEARER)).verdict == "accepted"


def test_a_run_that_read_the_archive_again_has_brought_nothing(new_catalogue: Callable[[], Catalogue]) -> None:
    """Whoever refuses what it brought would refuse all that there is."""
    home = new_catalogue()
    home.take(at(0), listing(MANY))
    home.close()
    rebuild_database(settings_of(home), now=lambda: NOW)
    home.open()
    [(run,)] = home.ask("SELECT run_id FROM capture")
    assert captures_of_run(settings_of(home), run) == []


def test_what_was_refused_for_its_time_does_not_count_as_asked_then(new_catalogue: Callable[[], Catalogue]) -> None:
    home = new_catalogue()
    url = "https://openrouter.ai/api/v1/models"
    for hours in (0, 9000):
        home.take(at(hours), listing(MANY))
    with home.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE capture SET url = ?", (url,))
    asked = Targets(home.engine, Plan((SOURCE.slug,)))._asked_at
    reject(home, at(9000))
    assert (asked, Targets(home.engine, Plan((SOURCE.slug,)))._asked_at) == (
        {url: micros(at(9000))},
        {url: micros(at(0))},
    )


def test_what_is_refused_or_accepted_already_is_not_decided_again(new_catalogue: Callable[[], Catalogue]) -> None:
    home = new_catalogue()
    home.take(at(0), listing(MANY))
    number = number_of(home, at(0))
    with pytest.raises(UsageError, match="is accepted already"):
        decide(settings_of(home), number, reason="again", accept=True, now=lambda: NOW)
    with pytest.raises(UsageError, match="needs a reason"):
        decide(settings_of(home), number, reason=" ", accept=False, now=lambda: NOW)
    assert decide(settings_of(home), number, reason="no", accept=False, now=lambda: NOW) == "refused"
    for accept in (True, False):
        with pytest.raises(
            UsageError, match="does not wait for a decision; waiting: none; `catalog review --last 9` lists"
        ):
            decide(settings_of(home), number, reason="again", accept=accept, now=lambda: NOW)


def test_a_refusal_that_dies_before_the_database_hears_of_it_can_be_made_again(
    new_catalogue: Callable[[], Catalogue], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = new_catalogue()
    home.take(at(0), listing(MANY))
    empty = new_catalogue().digest
    with monkeypatch.context() as patch:
        patch.setattr("catalog.store.rejecting.settle", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            reject(home, at(0))
    home.ingest.store._unit.abandon()
    home.reopen()
    assert home.verdicts == ["accepted"]
    reject(home, at(0))
    assert home.digest == empty
    home.close()
    Path(home.db).unlink()
    assert rebuild_database(settings_of(home), now=lambda: NOW).digest == empty


@pytest.mark.postgres
def test_a_server_that_has_captures_is_not_filled_from_the_archive_once_more(postgres_url: str, tmp_path: Path) -> None:
    with Catalogue(postgres_url, tmp_path / "raw") as full:
        full.take(at(0), listing(MANY))
        before = full.digest, full.ask("SELECT count(*) FROM run")
        with pytest.raises(UsageError, match="this PostgreSQL database has captures; name an empty one"):
            rebuild_database(settings_of(full), now=lambda: NOW)
        assert (full.digest, full.ask("SELECT count(*) FROM run")) == before


@pytest.mark.parametrize(
    "body",
    [
        rb'{"error": "no more \ud83d"}',
        rb'{"message": "\ud83d\u0000"}',
        rb'{"data": null, "\ud83d": "\u0000"}',
        rb'{"data": {"id": "a/b", "endpoints": "\ud83d"}}',
    ],
)
def test_p20_a_reason_that_quotes_half_a_character_is_kept_and_stops_no_other_document(
    catalogue: Catalogue, body: bytes
) -> None:
    around = listing(MANY).replace(b'{"data"', rb'{"a\ud83d": 1, "data"', 1)
    outcomes = catalogue.take_together([(at(0), listing(MANY)), (at(1), body), (at(2), around), (at(3), listing(MANY))])

    assert [outcome.verdict for outcome in outcomes] == ["accepted", "refused", "refused", "accepted"]
    assert outcomes[2].reason == "what stands around the list cannot be kept: half a character in 'a\\ud83d'"
    assert catalogue.verdicts == ["accepted", "refused", "refused", "accepted"]
    assert catalogue.problems() == []
