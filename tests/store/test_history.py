"""The history is a function of the set of captures: whatever the order, with repeats, with restarts in between."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
import reference
from catalogue import Catalogue
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from listings import Said, at, listing

from catalog.instants import FOREVER, iso, micros
from catalog.runs.ingest import Incoming
from scrapers.document import Document, Reading
from scrapers.errors import LayoutDrift
from scrapers.source import all_sources

MODELS = [f"author{number}/model" + (":free" if number == 3 else "") for number in range(5)]
AMOUNTS = ["0", "0.000001", "0.0000015", "0.000003", "-1"]

prices = st.dictionaries(st.sampled_from(["prompt", "completion", "request"]), st.sampled_from(AMOUNTS), min_size=1)
said = st.builds(
    Said,
    prices=prices,
    context=st.sampled_from([8_000, 128_000]),
    elo=st.sampled_from([None, 1200, 1300]),
    slug=st.sampled_from([None, None, "author0/model", "author1/shared"]),
)
sayings = st.dictionaries(st.sampled_from(MODELS), said, min_size=1)
SLOW = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def histories(draw: st.DrawFn, broken: bool = False) -> dict[datetime, bytes]:
    """Captures by their time; some of them repeat an earlier one word for word, some have a record nobody can take."""
    found: dict[datetime, bytes] = {}
    for hour in sorted(draw(st.sets(st.integers(0, 40), min_size=1, max_size=6))):
        if found and draw(st.integers(0, 4)) == 0:
            found[at(hour)] = draw(st.sampled_from(list(found.values())))
            continue
        models = draw(sayings)
        states_slugs = draw(st.integers(0, 3)) > 0
        if broken and len(models) > 1 and draw(st.booleans()):
            name = draw(st.sampled_from(sorted(models)))
            slug = draw(st.sampled_from([None, "author0/model", "author1/shared"]))
            models = models | {name: Said(broken=draw(st.sampled_from(["price", "id"])), slug=slug)}
        found[at(hour)] = listing(models, states_slugs=states_slugs)
    return found


def shuffled_with_repeats(data: st.DataObject, captures: dict[datetime, bytes]) -> list[datetime]:
    repeats = data.draw(st.lists(st.sampled_from(sorted(captures)), max_size=3))
    return data.draw(st.permutations([*captures, *repeats]))


def checked(catalogue: Catalogue, captures: dict[datetime, bytes]) -> str:
    """The digest of a store that says exactly what the captures do, and that a deep check finds nothing wrong with."""
    assert catalogue.problems() == []
    accepted = {time: body for time, body in captures.items() if reference.believed(captures)[time]}
    assert catalogue.verdicts == ["accepted" if time in accepted else "held" for time in sorted(captures)]
    assert catalogue.versions == reference.versions(accepted)
    return catalogue.digest


@SLOW
@given(histories(), st.data())
def test_s08_s09_any_order_with_repeats_and_restarts_gives_the_same_versions(
    new_catalogue: Callable[[], Catalogue], captures: dict[datetime, bytes], data: st.DataObject
) -> None:
    in_order, shuffled = new_catalogue(), new_catalogue()
    for time in sorted(captures):
        in_order.take(time, captures[time])
    for time in shuffled_with_repeats(data, captures):
        shuffled.take(time, captures[time])
        if data.draw(st.booleans()):
            shuffled.reopen()
    assert checked(shuffled, captures) == checked(in_order, captures)


BROKEN = b'{"data": [{"id": '
"""No whole answer: refused, and no reason to lose what is stored with it."""


@SLOW
@given(histories(broken=True), st.data())
def test_captures_that_share_a_transaction_give_the_versions_that_each_alone_gives(
    new_catalogue: Callable[[], Catalogue], captures: dict[datetime, bytes], data: st.DataObject
) -> None:
    together = new_catalogue()
    waiting = shuffled_with_repeats(data, captures)
    while waiting:
        count = data.draw(st.integers(1, len(waiting)))
        answers = [(time, captures[time]) for time in waiting[:count]]
        if data.draw(st.booleans()):
            answers.insert(data.draw(st.integers(0, count)), (at(50), BROKEN))
        together.take_together(answers)
        del waiting[:count]
        if data.draw(st.booleans()):
            together.reopen()
    assert len(together.ask("SELECT * FROM capture WHERE verdict = 'refused'")) <= 1
    refused = {at(50): b""} if together.verdicts[-1] == "refused" else {}
    assert together.verdicts[: len(captures)] == [
        "accepted" if believed else "held" for _, believed in sorted(reference.believed(captures).items())
    ]
    assert len(together.verdicts) == len(captures) + len(refused)
    alone = new_catalogue()
    for time in sorted(captures):
        alone.take(time, captures[time])
    assert checked(alone, captures) == together.digest
    assert together.problems() == []


@SLOW
@given(histories(broken=True), st.data())
def test_p02_a_record_set_aside_says_nothing_of_its_model_in_any_order(
    new_catalogue: Callable[[], Catalogue], captures: dict[datetime, bytes], data: st.DataObject
) -> None:
    shuffled = new_catalogue()
    for time in data.draw(st.permutations(sorted(captures))):
        shuffled.take(time, captures[time])
    checked(shuffled, captures)


CROWD = [f"lab/model{number}" for number in range(8)]


@st.composite
def doubtful_histories(draw: st.DrawFn) -> dict[datetime, bytes]:
    """Captures of which one author's models come and go by half, hours or days apart."""
    hours = sorted(draw(st.sets(st.integers(0, 400), min_size=2, max_size=7)))
    found = {}
    for hour in hours:
        here = draw(st.sampled_from([CROWD, CROWD[:4], CROWD[4:], CROWD[:2], CROWD[1:]]))
        models = {name: Said() for name in [*here, "other/model"]}
        found[at(hour)] = listing(models, states_slugs=draw(st.booleans()))
    return found


@SLOW
@given(doubtful_histories(), st.data())
def test_the_verdicts_too_do_not_depend_on_the_order(
    new_catalogue: Callable[[], Catalogue], captures: dict[datetime, bytes], data: st.DataObject
) -> None:
    shuffled = new_catalogue()
    for time in data.draw(st.permutations(sorted(captures))):
        shuffled.take(time, captures[time])
    checked(shuffled, captures)


def test_both_kinds_of_database_give_the_same_digest(catalogue: Catalogue, new_catalogue: Callable[[], Catalogue]):
    other = new_catalogue()
    captures = {at(hour): listing({"a/b": Said(context=1000 + hour % 2), "c/d": Said(elo=hour)}) for hour in range(6)}
    for time in sorted(captures, key=lambda time: time.hour % 3):
        catalogue.take(time, captures[time])
        other.take(time, captures[time])
    assert checked(catalogue, captures) == checked(other, captures)


def test_a_model_that_returns_has_two_intervals_and_one_timeline(catalogue: Catalogue) -> None:
    for hour, models in enumerate((["a/b", "c/d"], ["c/d"], ["a/b", "c/d"])):
        catalogue.take(at(hour), listing({name: Said() for name in models}))
    found = [
        (v.valid_from, v.valid_to) for v in sorted(catalogue.versions) if v.subject == "a/b:standard" and v.kind == 0
    ]
    assert found == [(micros(at(0)), micros(at(1))), (micros(at(2)), FOREVER)]
    assert catalogue.ask("SELECT count(*) FROM subject WHERE key = 'a/b:standard'") == [(1,)]
    assert catalogue.ask("SELECT count(*) FROM model WHERE canonical_slug = 'a/b'") == [(1,)]


def test_s09_the_same_answer_later_makes_no_version(catalogue: Catalogue) -> None:
    body = listing({"a/b": Said()})
    first = catalogue.take(at(0), body)
    before = catalogue.versions
    again = catalogue.take(at(1), body)
    assert (first.changes > 0, again.verdict, again.changes) == (True, "accepted", 0)
    assert catalogue.versions == before
    assert catalogue.ask("SELECT max(observed_at) FROM capture") == [(micros(at(1)),)]


def test_s09_a_repetition_that_is_not_stored_yet_may_be_repeated(catalogue: Catalogue) -> None:
    answers = [(at(0), listing({"lab/a": Said()})), (at(1), listing({"lab/a": Said()}))]
    outcomes = catalogue.take_together([*answers, answers[1]])
    assert [outcome.verdict for outcome in outcomes] == ["accepted", "accepted", "known"]
    assert catalogue.problems() == []


@pytest.mark.parametrize("lost", ["*.json", "*.meta.json"])
def test_s16_what_was_lost_of_a_known_capture_is_archived_again_with_it(catalogue: Catalogue, lost: str) -> None:
    catalogue.take(at(0), listing({"lab/a": Said()}))
    whole = sorted(catalogue.archive.root.rglob("*.json"))
    next(path for path in whole if path.match(lost) and path.match("*.meta.json") == (lost == "*.meta.json")).unlink()
    assert catalogue.take(at(0), listing({"lab/a": Said()})).verdict == "known"
    assert sorted(catalogue.archive.root.rglob("*.json")) == whole
    assert catalogue.problems() == []


def test_s16_a_lost_document_that_comes_again_is_archived_again(catalogue: Catalogue) -> None:
    body = listing({"a/b": Said()})
    catalogue.take(at(0), body)
    (lost,) = (path for path in catalogue.archive.root.glob("*/*/*.json") if not path.name.endswith(".meta.json"))
    lost.unlink()
    assert catalogue.problems() != []
    assert catalogue.take(at(1), body).verdict == "accepted"
    assert catalogue.problems() == []


def test_s09_the_same_capture_again_is_known(catalogue: Catalogue) -> None:
    body = listing({"a/b": Said()})
    catalogue.take(at(0), body)
    before = catalogue.digest
    assert catalogue.take(at(0), body).verdict == "known"
    assert catalogue.digest == before


def test_a_document_that_could_not_be_read_is_read_again_by_the_parser_of_today(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = listing({"a/b": Said()})
    before = catalogue.digest

    def fails(_: Document) -> Reading:
        raise LayoutDrift("a heading is missing")

    source = all_sources()["openrouter_models"]
    with monkeypatch.context() as patch:
        patch.setitem(all_sources(), source.slug, replace(source, parse=fails))
        first, again = catalogue.take(at(0), body), catalogue.take(at(0), body)
    assert (first.verdict, again.verdict, again.code) == ("refused", "refused", "layout_drift")
    assert catalogue.verdicts == ["refused"]
    assert catalogue.digest == before
    assert catalogue.take(at(0), body).verdict == "accepted"
    assert checked(catalogue, {at(0): body})
    assert [one.verdict for one in catalogue.archive.sidecars()] == ["accepted"]


def test_s07_a_clock_that_was_set_back_makes_a_late_capture_and_no_negative_interval(catalogue: Catalogue) -> None:
    bodies = [listing({"a/b": Said(context=size)}) for size in (1000, 2000, 3000)]
    catalogue.take(at(10), bodies[0])
    catalogue.now = at(5)  # the clock goes back: the next answer is older than the last
    catalogue.take(at(5), bodies[1])
    catalogue.take(at(6), bodies[2])
    assert checked(catalogue, {at(10): bodies[0], at(5): bodies[1], at(6): bodies[2]})
    facts = sorted((v.valid_from, v.valid_to) for v in catalogue.versions if v.kind == 0)
    assert all(start < end for start, end in facts)
    assert [row[0] for row in catalogue.ask("SELECT observed_at FROM capture ORDER BY id")] == [
        micros(at(hour)) for hour in (10, 5, 6)
    ]


RIVALS = {
    "says other things": {"a/b": Said(context=9000), "c/d": Said()},
    "says more": {"a/b": Said(context=9000), "c/d": Said(), "e/f": Said()},
    "says less": {"a/b": Said(context=9000)},
    "can be read in part": {"a/b": Said(context=9000), "c/d": Said(), "e/f": Said(broken="price")},
}


@pytest.mark.parametrize("hour", [0, 5, 10])
@pytest.mark.parametrize("rival", RIVALS)
def test_of_two_answers_of_one_instant_the_same_one_is_believed_whichever_came_first(
    new_catalogue: Callable[[], Catalogue], hour: int, rival: str
) -> None:
    bodies = {time: listing({"a/b": Said(context=1000 + time), "c/d": Said()}) for time in (0, 5, 10)}
    others = [bodies[hour], listing(RIVALS[rival])]
    hashes = [Document(body).sha256 for body in others]
    best = {"says other things": min(hashes), "says more": hashes[1]}.get(rival, hashes[0])
    catalogues = []
    for pair in (others, others[::-1]):
        one = new_catalogue()
        for time, body in bodies.items():
            if time != hour:
                one.take(at(time), body)
        first, second = (one.take(at(hour), body) for body in pair)
        assert first.verdict == "accepted"
        assert one.problems() == []
        assert one.verdicts == ["accepted"] * 3
        sidecars = {side.sha256: side for side in one.archive.sidecars() if side.observed_at == iso(at(hour))}
        assert {name: one.verdict for name, one in sidecars.items()} == {
            name: "accepted" if name == best else "refused" for name in hashes
        }
        assert all("same instant" in (one.reason or "") for name, one in sidecars.items() if name != best)
        assert second.verdict == sidecars[Document(pair[1]).sha256].verdict
        assert one.take(at(hour), pair[0]).verdict == sidecars[Document(pair[0]).sha256].verdict.replace(
            "accepted", "known"
        )
        catalogues.append(one)
    assert catalogues[0].digest == catalogues[1].digest
    assert catalogues[0].versions == catalogues[1].versions


def test_the_same_bytes_from_two_addresses_speak_of_two_models(catalogue: Catalogue) -> None:
    """An answer that names no model is about the one whose address was asked."""
    endpoint = {"provider_name": "Ladder", "pricing": {"prompt": "0.000001"}}
    body = json.dumps({"data": {"endpoints": [endpoint]}}).encode()
    source = all_sources()["openrouter_endpoints"]
    for hour, model in enumerate(("a/b", "c/d", "a/b", "c/d")):
        document = Document(body, url=f"https://openrouter.ai/api/v1/models/{model}/endpoints")
        assert catalogue.ingest.take(Incoming(document, at(hour), source=source)).scope == model
    assert catalogue.problems() == []
