"""The same bytes again state the same, as far as the same parser reads them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from catalogue import Catalogue
from listings import Said, at, listing

from catalog.instants import micros
from scrapers.document import Document, Reading
from scrapers.source import all_sources


def test_another_version_of_the_parser_reads_the_same_bytes_anew(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, body, otherwise = all_sources()["openrouter_models"], *(listing({"a/b": Said(context=n)}) for n in (1, 2))

    def parse(document: Document) -> Reading:
        return source.parse(replace(document, body=otherwise))

    catalogue.take(at(0), body)
    monkeypatch.setitem(all_sources(), source.slug, replace(source, version="another", parse=parse))
    catalogue.take(at(1), body)
    assert catalogue.ask("SELECT context_tokens FROM fact_version ORDER BY valid_from") == [(1,), (2,)]


def test_what_a_person_believed_once_is_doubted_when_the_same_bytes_come_again(catalogue: Catalogue) -> None:
    body = listing({f"author{n}/model": Said(broken="price" if n < 2 else None) for n in range(20)})
    assert catalogue.take(at(0), body).verdict == "held"
    assert catalogue.take(at(0), body, review="two of them are new kinds").verdict == "accepted"
    assert catalogue.take(at(1), body).verdict == "held"


def test_bytes_that_come_back_after_others_are_a_statement_of_their_own(catalogue: Catalogue) -> None:
    before, between = (listing({"a/b": Said(context=n)}) for n in (1, 2))
    for hour, body in enumerate((before, between, before)):
        catalogue.take(at(hour), body)
    assert catalogue.ask("SELECT context_tokens FROM fact_version ORDER BY valid_from") == [(1,), (2,), (1,)]


def test_the_newest_bytes_from_an_earlier_time_are_compared_with_what_was_there_then(catalogue: Catalogue) -> None:
    before, newest = (listing({"a/b": Said(context=n)}) for n in (1, 2))
    for hour, body in ((0, before), (2, newest), (1, newest)):
        catalogue.take(at(hour), body)
    assert catalogue.ask("SELECT context_tokens, valid_from FROM fact_version ORDER BY valid_from") == [
        (1, micros(at(0))),
        (2, micros(at(1))),
    ]
    assert catalogue.problems() == []


def test_a_capture_that_comes_twice_among_those_stored_together_is_known(catalogue: Catalogue) -> None:
    answer, other = listing({"a/b": Said()}), b'{"data": {"id": "a/b", "name": "A: B", "endpoints": []}}'
    taken = catalogue.take_together([(at(2), answer), (at(1), other), (at(2), answer)])
    assert [one.verdict for one in taken] == ["accepted", "accepted", "known"]
