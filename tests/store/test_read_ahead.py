"""Pages parsed on several cores give the history that one core gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.read_ahead import FEWEST, read_ahead
from catalog.rows import prepared
from scrapers.document import Document
from scrapers.source import all_sources

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"


def documents() -> list[Document]:
    """Pages and answers in turn, and one that is no page."""
    pages = sorted((SAMPLE / "benchable_page").iterdir())
    answers = sorted((SAMPLE / "openrouter_endpoints").iterdir())
    found = [Document(path.read_bytes(), name=path.name) for path in (*pages, *answers)]
    return [*found * 8, Document(b"<html><body>nothing", name="broken.html")]


@pytest.mark.slow
def test_workers_read_what_the_parser_reads_in_the_same_order() -> None:
    page, endpoints = all_sources()["benchable_page"], all_sources()["openrouter_endpoints"]
    queue = [(endpoints if document.name.endswith(".json") else page, document) for document in documents()]
    ahead = list(read_ahead(iter(queue), costly=FEWEST, workers=2))
    assert [document for document, _ in ahead] == [document for _, document in queue]
    for (source, document), (_, reading) in zip(queue, ahead, strict=True):
        if source is page and document.name != "broken.html":
            assert reading == prepared(page.parse(document))
        else:
            assert reading is None


def test_a_few_pages_are_left_to_the_writer() -> None:
    page = all_sources()["benchable_page"]
    document = documents()[0]
    assert list(read_ahead([(page, document)], costly=1, workers=2)) == [(document, None)]
