"""Pages parsed on several cores give the history that one core gives."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import deadly_readings
import pytest

from catalog.rows import Prepared, prepared
from catalog.runs import readers
from catalog.runs.read_ahead import FEWEST, read_ahead
from scrapers.document import Document
from scrapers.errors import ParserDied
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


def read_with(monkeypatch: pytest.MonkeyPatch, *documents: Document, limit_s: float = 60.0) -> list[Any]:
    """What two readers make of documents, with `deadly_readings` for a parser."""
    monkeypatch.setattr(readers, "read_document", deadly_readings.reading)
    page = all_sources()["benchable_page"]
    queue = [(page, document) for document in documents]
    return [found for _, found in read_ahead(queue, costly=0, always=True, workers=2, limit_s=limit_s)]


def test_p22_a_document_that_ends_its_reader_is_given_up_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = documents()[0]
    deadly = Document(b"this kills")
    found = read_with(monkeypatch, page, deadly, page, page, deadly, page)
    assert [type(one) for one in found] == [Prepared, ParserDied, Prepared, Prepared, ParserDied, Prepared]
    assert "ended the parser's process" in str(found[1])


def test_p22_a_document_that_holds_its_reader_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    page = documents()[0]
    found = read_with(monkeypatch, page, Document(b"this never ends"), page, page, limit_s=5.0)
    assert [type(one) for one in found] == [Prepared, ParserDied, Prepared, Prepared]
    assert "longer than 5 s" in str(found[1])


def test_a_reader_that_somebody_killed_costs_no_document(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = documents()[0]
    unlucky = replace(page, name=str(tmp_path / "killed"), body=page.body + b"<!-- this-kills-once -->")
    assert [type(one) for one in read_with(monkeypatch, page, unlucky, page)] == [Prepared] * 3


def test_a_fault_in_a_parser_is_left_to_the_writer_to_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Document(cast("bytes", "no bytes"))
    assert read_with(monkeypatch, broken, documents()[0])[0] is None


def test_a_reader_ends_with_the_run_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(
        "import os, signal\n"
        "from catalog.runs.readers import Reader\n"
        "if __name__ == '__main__':\n"
        "    print(Reader()._pid.result(), flush=True)\n"
        "    input()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, str(script)], **pipes) as run:  # type: ignore[call-overload]
        reader = os.pidfd_open(int(run.stdout.readline()))
        run.stdin.write("\n")
        run.stdin.flush()
        run.wait()
    assert select.select([reader], [], [], 60)[0] == [reader]
    os.close(reader)


def test_a_process_that_reads_imports_no_tables() -> None:
    asked = "import sys, catalog.runs.readers as r; r._begun(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert "scrapers.sources.benchable_page" in done.stdout.split()
    assert not {"sqlalchemy", "sqlmodel", "pydantic", "pandas"} & {*done.stdout.split()}
