"""How fast a model page is read, against the same extraction on a soup, and against lxml alone.

    python benchmarks/bench_page.py

The page has about 200 KB: 35 models, 200 benchmark rows, 30 endpoints, with other figures in each round. Three readers
take turns in one run, so that a busy machine slows all of them alike; each figure is the median of processor time. What
a reader leaves behind is collected before the next one begins, and nobody pays for another's; nor does anybody find
figures that another has read already.

- `parser`: `benchable_page.parse`, bytes to records, warnings and checks included;
- `soup`: BeautifulSoup with `html.parser`, and of its tables, links, headings and paragraphs the very same records;
- `floor`: `lxml.html` alone, every cell's text and every icon's title, and nothing made of them.
"""

from __future__ import annotations

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable

import lxml.html
from bs4 import BeautifulSoup, Tag

from scrapers.document import Document
from scrapers.model_page import read_outline
from scrapers.outline import Cell, Line, Link, Outline, Section, Table
from scrapers.page.rows import Notes
from scrapers.page.words import topic_of
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

SLUG = "orchard/pear-2-mini-20260114"
BUTTON = "p-4 align-middle text-xs font-medium whitespace-nowrap"


def page(seed: int = 0, models: int = 35, benchmarks: int = 200, endpoints: int = 30) -> bytes:
    """A page of the size that the site's largest have, with the classes and icons that React leaves.

    `seed` draws the figures: those of another seed are other figures.
    """
    draw = random.Random(seed)
    cell = f'<td class="{BUTTON}">'

    def row(*cells: str) -> str:
        return '<tr class="border-b transition-colors">' + "".join(f"{cell}{text}</td>" for text in cells) + "</tr>"

    def table(headers: list[str], rows: list[str]) -> str:
        head = "".join(f'<th class="h-12 px-4 text-left">{header}</th>' for header in headers)
        return f'<table class="w-full"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'

    icons = "".join(
        f'<svg class="lucide" width="16" height="16"><title>{word}</title><path d="M4 4h16v16H4z"/></svg>'
        for word in ("Image input", "Text input", "Text output")
    )
    listed = [
        row(
            f'<a href="/models/orchard/plum-{n}">Orchard: Plum {n}</a>',
            "Oct 07, 2025",
            "70B",
            "131K",
            icons,
            "★★★",
            "★★",
            "$$",
        )
        for n in range(models - 1)
    ]
    listed.append(
        row(f'<a href="/models/{SLUG}">Orchard: Pear 2 Mini</a>', "Jan 14, 2026", "—", "131K", icons, "★", "★★", "$")
    )
    scores = [
        row(
            f"Benchmark {n // 2}",
            "Knowledge",
            "Yes" if n % 2 else "No",
            "Zero-shot",
            "No",
            "100",
            f"{draw.randrange(200, 1001) / 10}%",
            f"${draw.randrange(1, 100_000) / 10_000:.4f}",
            f"{draw.randrange(5, 20_000) / 100:.2f}s" if draw.random() < 0.7 else f"{draw.randrange(1, 9)}m {n % 60}s",
        )
        for n in range(benchmarks)
    ]
    served = [
        row(
            f"Provider {n}",
            f"Provider {n} | {SLUG}",
            "131K",
            f"${draw.randrange(5, 300) / 100} / 1M tokens",
            f"${draw.randrange(5, 1500) / 100} / 1M tokens",
        )
        for n in range(endpoints)
    ]
    prices = [row("Prompt", "$0.3"), row("Completion", "$1.2")]
    headings = {
        "Author's Description": "<p>Pear 2 Mini is a small model for short answers.</p>",
        "Performance Summary": "<p>Pear 2 Mini ranks in the 61st percentile for speed. It has a 98% success rate.</p>",
        "Current Pricing": table(["Feature", "Price (per 1M tokens)"], prices),
        "Available Endpoints": table(
            ["Provider", "Endpoint Name", "Context Length", "Pricing (Input)", "Pricing (Output)"], served
        ),
        "Benchmark Results": table(
            ["Benchmark", "Category", "Reasoning", "Strategy", "Free", "Executions", "Accuracy", "Cost", "Duration"],
            scores,
        ),
        "Other Models by orchard": table(["", "Released", "Params", "Context", "", "Speed", "Ability", "Cost"], listed),
    }
    body = "".join(f"<section><h2>{heading}</h2>{inner}</section>" for heading, inner in headings.items())
    return f"<!DOCTYPE html><html><body><main><h1>Orchard: Pear 2 Mini</h1>{body}</main></body></html>".encode()


def read_with_parser(body: bytes) -> Records:
    """The way of this project."""
    return parse(Document(body)).records()


def read_with_soup(body: bytes) -> Records:
    """The same records by way of a soup on `html.parser`, from which the same fields are extracted."""
    soup = BeautifulSoup(body.decode(), "html.parser")
    sections = [Section("", None)]
    for heading in soup.find_all("h2"):
        section = Section(_text(heading), topic_of(_text(heading)))
        assert heading.parent is not None
        section.lines += [Line(_text(paragraph)) for paragraph in heading.parent.find_all("p")]
        for element in heading.parent.find_all("table"):
            headers = tuple(map(_text, element.find_all("th")))
            rows = [[_cell(td) for td in tr.find_all("td")] for tr in element.find_all("tr")[1:]]
            section.tables.append(Table(headers, rows))
        sections.append(section)
    titles = list(map(_text, soup.find_all("h1")))
    return read_outline(Document(body), Outline(sections, titles), Notes()).records()


def _text(element: Tag) -> str:
    return element.get_text(" ", strip=True)


def _cell(td: Tag) -> Cell:
    link = td.find("a")
    links = () if link is None else (Link(str(link["href"]), _text(link)),)
    return Cell(td.get_text("\n", strip=True), links)


def read_with_lxml(body: bytes) -> int:
    """The floor: the text of every cell of every table, on lxml's tree."""
    root = lxml.html.document_fromstring(body)
    rows = [
        ["".join(cell.itertext()).strip() for cell in row if cell.tag == "td"]
        for table in root.iter("table")
        for row in table.iter("tr")
    ]
    return len(rows)


def median_ms(readers: dict[str, Callable[[bytes], object]], rounds: int) -> dict[str, float]:
    """Milliseconds a page, the readers taking turns."""
    times: dict[str, list[float]] = {name: [] for name in readers}
    for number in range(rounds):
        for place, (name, reader) in enumerate(readers.items()):
            body = page(number * len(readers) + place)
            gc.collect()
            start = time.process_time()
            reader(body)
            times[name].append(time.process_time() - start)
    return {name: statistics.median(spent) * 1000 for name, spent in times.items()}


def main(rounds: int = 25) -> None:
    """Print the figures of one run."""
    body = page(-1)
    if read_with_parser(body) != read_with_soup(body):
        raise SystemExit("the parser and the soup do not read the same records")
    readers: dict[str, Callable[[bytes], object]]
    readers = {"parser": read_with_parser, "soup": read_with_soup, "floor": read_with_lxml}
    spent = median_ms(readers, rounds)
    write = sys.stdout.write
    write(f"a page of {len(body) / 1000:.0f} KB, 35 models, 200 benchmark rows, 30 endpoints; median of {rounds}\n")
    for name, ms in spent.items():
        write(f"{name:8} {ms:8.1f} ms {1000 / ms:8.1f} pages/s\n")
    write(f"{spent['soup'] / spent['parser']:.1f} times as fast as a soup on html.parser (aim: 10)\n")
    write(f"{spent['parser'] / spent['floor']:.1f} times the time of lxml alone (aim: 2)\n")


if __name__ == "__main__":
    main()
