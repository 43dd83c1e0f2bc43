"""Captures that share a transaction: what is written of them, and when they are archived."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from catalogue import Catalogue
from listings import Said, at, listing
from patience import patience
from sqlalchemy import event

from catalog.errors import StoreError
from catalog.kinds import PRICE
from catalog.rows import Row, rows_in
from catalog.runs.ingest import Incoming
from catalog.store import Store
from catalog.store.scopes import ScopeState
from scrapers.archive import Archive
from scrapers.document import Document, Group, Part, Reading, Statement
from scrapers.errors import ArchiveError
from scrapers.records import Price, Record
from scrapers.source import source_called


def priced(amount: int) -> bytes:
    return listing({"lab/one": Said({"prompt": f"0.00000{amount}", "completion": "0.000009"}), "lab/two": Said()})


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is taken together is stored together, be the machine as slow as it likes."""
    monkeypatch.setattr("catalog.runs.ingest.HELD_FOR_S", float("inf"))


@pytest.fixture
def statements(catalogue: Catalogue) -> Iterator[list[tuple[str, int]]]:
    """What is executed on the database, and with how many rows."""
    heard: list[tuple[str, int]] = []

    def hear(_c: Any, _u: Any, statement: str, parameters: Any, _x: Any, many: bool) -> None:
        heard.append((statement, len(parameters) if many else 1))

    event.listen(catalogue.engine, "before_cursor_execute", hear)
    yield heard
    event.remove(catalogue.engine, "before_cursor_execute", hear)


def test_a_version_that_begins_and_ends_in_one_transaction_is_written_once(
    catalogue: Catalogue, statements: list[tuple[str, int]]
) -> None:
    catalogue.take(at(0), priced(1))
    statements.clear()
    catalogue.take_together((at(hours), priced(hours + 1)) for hours in range(1, 6))

    [(_, inserted)] = [one for one in statements if one[0].startswith("INSERT INTO price_version")]
    [(_, ended)] = [one for one in statements if one[0].startswith("UPDATE price_version")]
    assert (inserted, ended) == (5, 1)
    prompt = sorted(
        v for v in catalogue.versions if v.kind == PRICE and v.key.startswith("prompt") and "one" in v.subject
    )
    assert [one.valid_to for one in prompt[:-1]] == [one.valid_from for one in prompt[1:]]
    assert catalogue.problems() == []


def test_the_database_is_asked_as_often_for_many_captures_as_for_two(
    catalogue: Catalogue, statements: list[tuple[str, int]]
) -> None:
    asked = []
    for first, count in ((0, 3), (10, 30)):
        statements.clear()
        catalogue.take_together((at(first + number), priced(1 + number % 9)) for number in range(count))
        asked.append(sum(statement.lstrip().startswith("SELECT") for statement, _ in statements))
    assert asked[1] <= asked[0]


def test_captures_that_come_late_one_after_the_other_move_what_differs_between_them(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[set[str]] = []

    def heard(reading: Reading, key: str, group: Group, parts: Sequence[Part]) -> list[Row]:
        made[-1].add(key)
        return rows_in(reading, key, group, parts)

    catalogue.take(at(50), priced(9))
    monkeypatch.setattr("catalog.judging.reconcile.rows_in", heard)
    with catalogue.ingest.together():
        for hours in range(4):
            made.append(set())
            catalogue.ingest.take(Incoming(Document(priced(hours // 2 + 1)), at(hours)))
    assert made == [{"lab/one:standard", "lab/two:standard"}, set(), {"lab/one:standard"}, set()]
    assert catalogue.problems() == []


MANY = {f"lab{number}/one": Said() for number in range(40)}
ASIDE = MANY | {"lab0/one": Said(broken="price")}
LESS = dict(list(MANY.items())[1:])
MORE = MANY | {f"lab/{number}": Said() for number in range(5)}


@pytest.mark.parametrize(
    ("first", "late"),
    [
        pytest.param([(50, MANY)], [(0, MANY), (1, ASIDE), (2, LESS)], id="set aside, then gone"),
        pytest.param([(100, MORE), (20, MANY), (40, MANY)], [(0, MANY), (0, MORE)], id="displaced"),
    ],
)
def test_captures_that_come_late_together_give_the_versions_that_each_alone_gives(
    new_catalogue: Callable[[], Catalogue],
    first: Sequence[tuple[int, Mapping[str, Said]]],
    late: Sequence[tuple[int, Mapping[str, Said]]],
) -> None:
    together, alone = new_catalogue(), new_catalogue()
    for catalogue in (together, alone):
        for hours, said in first:
            catalogue.take(at(hours), listing(said))
    together.take_together((at(hours), listing(said)) for hours, said in late)
    for hours, said in late:
        alone.take(at(hours), listing(said))
    assert together.verdicts == alone.verdicts
    assert together.versions == alone.versions


def test_what_a_fault_keeps_from_the_database_is_archived_and_waits(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Store) -> None:
        raise StoreError("the disk of the database is full")

    monkeypatch.setattr(Store, "commit", full)
    with pytest.raises(StoreError, match="full"):
        catalogue.take_together((at(hours), priced(hours + 1)) for hours in range(3))

    assert catalogue.verdicts == []
    assert [one.verdict for one in catalogue.archive.sidecars()] == ["pending"] * 3
    monkeypatch.undo()
    catalogue.take_together((at(hours), priced(hours + 1)) for hours in range(3))
    assert [one.verdict for one in catalogue.archive.sidecars()] == ["accepted"] * 3
    assert catalogue.problems() == []


def test_what_the_archive_cannot_keep_is_not_in_the_database(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise ArchiveError("raw: cannot be written: No space left on device")

    monkeypatch.setattr(Archive, "put_all", full)
    with pytest.raises(StoreError, match="No space"):
        catalogue.take_together((at(hours), priced(hours + 1)) for hours in range(3))

    assert catalogue.verdicts == []
    assert catalogue.versions == set()


def test_a_late_capture_reads_one_that_is_not_archived_yet(catalogue: Catalogue) -> None:
    """The first list is held for what it lacks, the second confirms it: both are read again before they are stored."""
    many = {f"lab{number}/one": Said() for number in range(40)}
    few = dict(list(many.items())[:20])
    answers = [(at(0), listing(many)), (at(24), listing(few)), (at(48), listing(many)), (at(12), listing(many))]
    with catalogue.ingest.together():
        taken = [catalogue.ingest.take(Incoming(Document(body), time)).verdict for time, body in answers]
    assert taken == ["accepted", "held", "accepted", "accepted"]
    assert catalogue.problems() == []


def models(one: str | None, two: str | None) -> bytes:
    """Two models, one or none of which is priced for a picture as well."""
    said = {}
    for name, image in (("lab/one", one), ("lab/two", two)):
        base = {"prompt": "0.000001", "completion": "0.000002"}
        said[name] = Said(base if image is None else {**base, "image": image})
    return listing(said)


@pytest.mark.parametrize(
    "images",
    [
        pytest.param([("0.1", None), (None, None), ("0.1", None), (None, None)], id="ends and begins again"),
        pytest.param(
            [("0.1", "0.1"), ("0.2", "0.1"), ("0.2", "0.2"), ("0.3", "0.2")], id="changes one after the other"
        ),
        pytest.param([("0.1", "0.1"), ("0.2", "0.1"), ("0.1", "0.2"), ("0.2", "0.1")], id="goes back"),
    ],
)
def test_what_is_remembered_is_what_each_capture_alone_would_have_read(
    catalogue: Catalogue, new_catalogue: Callable[[], Catalogue], images: list[tuple[str | None, str | None]]
) -> None:
    answers = [(at(hours), models(*image)) for hours, image in enumerate(images)]
    alone = new_catalogue()
    for time, body in answers:
        alone.take(time, body)
    catalogue.take(*answers[0])
    catalogue.take_together(answers[1:])
    assert catalogue.versions == alone.versions
    assert catalogue.problems() == []


def test_what_an_interrupted_import_took_is_archived_and_waits(catalogue: Catalogue) -> None:
    def answers() -> Iterator[tuple[datetime, bytes]]:
        yield at(0), priced(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalogue.take_together(answers())
    assert catalogue.verdicts == []
    assert [one.verdict for one in catalogue.archive.sidecars()] == ["pending"]


def test_what_a_killed_import_took_is_archived_before_the_database_has_it(catalogue: Catalogue) -> None:
    with catalogue.ingest.together():
        for hours in range(3):
            catalogue.ingest.take(Incoming(Document(priced(hours + 1)), at(hours)))
        with patience(10):
            while len(list(catalogue.archive.sidecars())) < 3:
                pass  # they are written behind the back of who reads on
        assert catalogue.ask("SELECT count(*) FROM capture") == [(0,)]


def test_models_that_get_slugs_are_the_same_as_long_as_they_are_not_written_either(catalogue: Catalogue) -> None:
    many = {f"lab{number}/one": Said() for number in range(40)}
    outcomes = catalogue.take_together([(at(0), listing(many, states_slugs=False)), (at(24), listing(many))])
    assert [one.verdict for one in outcomes] == ["accepted", "accepted"]


def test_an_answer_that_repeats_is_read_once(catalogue: Catalogue) -> None:
    read: list[bytes] = []
    source = source_called("openrouter_models")

    def parse(document: Document) -> Reading:
        read.append(document.body)
        return source.parse(document)

    counting = replace(source, parse=parse)
    with catalogue.ingest.together():
        for hours in range(3):
            catalogue.ingest.take(Incoming(Document(priced(1)), at(hours), source=counting))
    assert read == [priced(1)]
    assert catalogue.problems() == []


def test_another_version_of_the_parser_is_not_taken_at_the_word_of_the_last(catalogue: Catalogue) -> None:
    """What it was given is remembered by both versions, the very objects; they make other rows of it."""
    source = source_called("openrouter_models")
    said = source.parse(Document(priced(1)))
    times = 1

    def rows(part: Part) -> list[Record]:
        return [replace(row, usd=times * (row.usd or 0)) if isinstance(row, Price) else row for row in part.rows()]

    statements = {
        key: Statement(one.subject, [replace(part, rows=partial(rows, part)) for part in one.parts])
        for key, one in said.statements.items()
    }
    read = replace(source, parse=lambda _: replace(said, statements=statements))
    with catalogue.ingest.together():
        catalogue.ingest.take(Incoming(Document(priced(1)), at(0), source=read))
        times = 7
        catalogue.ingest.take(Incoming(Document(priced(1)), at(1), source=replace(read, version="2")))
    catalogue.ingest.finish()
    amounts = catalogue.ask("SELECT usd FROM price_now WHERE model_id = 'lab/one' ORDER BY pico_usd")
    assert [Decimal(usd) for (usd,) in amounts] == [7, 63]


def test_prices_are_counted_as_they_come_and_go(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int | None] = []

    def moved(scope: ScopeState, *moves: Any) -> None:
        took_in(scope, *moves)
        counted.append(scope.known_prices())

    took_in = ScopeState.moved
    monkeypatch.setattr(ScopeState, "moved", moved)
    catalogue.take(at(0), models(None, None))
    counted.clear()
    images = [("0.1", None), ("0.2", "0.1"), (None, "0.3"), (None, None), ("0.1", "0.1")]
    catalogue.take_together((at(hours), models(*image)) for hours, image in enumerate(images, start=1))
    stated = [4 + sum(amount is not None for amount in image) for image in images]
    known = [(count, right) for count, right in zip(counted, stated, strict=True) if count is not None]
    assert len(known) >= 3
    assert [count for count, _ in known] == [right for _, right in known]


def test_a_repetition_that_an_interrupted_import_took_is_not_described_as_accepted(catalogue: Catalogue) -> None:
    catalogue.take(at(0), priced(1))

    def answers() -> Iterator[tuple[datetime, bytes]]:
        yield at(1), priced(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalogue.take_together(answers())
    assert catalogue.verdicts == ["accepted"]
    assert [one.verdict for one in catalogue.archive.sidecars()] == ["accepted"]
    assert catalogue.problems() == []
