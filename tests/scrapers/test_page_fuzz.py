"""A thousand damaged pages: records, warnings or a named error, and never a value out of range."""

from __future__ import annotations

import random
from datetime import date

import pytest
from page_facts import orchard
from page_rendering import renderings

from scrapers.document import Document
from scrapers.errors import DocumentError
from scrapers.records import Records
from scrapers.sources.benchable_page import SOURCE

RENDERINGS = renderings(orchard())
ROUNDS = 125
"""For each of the eight renderings: 1,000 in all. With the 9,000 answers of `test_api_fuzz` it is ten thousand."""

SNIPPETS = (
    "<td>", "</td>", "<tr>", "</tr>", "</table>", "<table>", "<div role='row'>", "<dl>", "<dt>", "</dd>", "<svg>",
    "</svg>", "<h2>", "</h2>", "<h2>Benchmark Results</h2>", "<th>Accuracy</th>", "|", "\n|\n", "|---|", "\t",
    "\n", "\n\n", "$", "%", "—", "９", "\u202e", "\u00a0", "1e999", "NaN", "-1", "999999999999999999999", "★★★★★★★",
    "~", "K", "T", "\\u0000", "\\", '"', "'", "{", "}", "[", "]", "$L1", "$$", ":T ffff,", "colspan='999999'",
    "rowspan=9", " Unavailable", "<!--", "-->", "<script>", "</script>", "&#0;", "&amp", "\ufeff", "100.1%",
    "Feb 30, 2026", "respectively", "percentile",
)  # fmt: skip


def damaged(text: str, source: random.Random) -> bytes:
    """The text with one to six injuries: cuts, insertions, repetitions, swaps, wrong characters."""
    for _ in range(source.randint(1, 6)):
        at, size = source.randrange(len(text) + 1), source.choice((1, 1, 3, 9, 40, 300))
        match source.randrange(6):
            case 0:
                text = text[:at] + text[at + size :]
            case 1:
                text = text[:at] + source.choice(SNIPPETS) + text[at:]
            case 2:
                text = text[: at + size] + text[at : at + size] * source.randint(1, 3) + text[at + size :]
            case 3:
                to = source.randrange(len(text) + 1)
                text = text[:at] + text[to : to + size] + text[at + size :]
            case 4:
                text = text[:at] + chr(source.choice((0, 9, 10, 65, 160, 0x660, 0x202E, 0x1F600))) + text[at + 1 :]
            case _:
                text = text.replace(
                    source.choice(("<td>", "|", "\n", "%", "$", "dd", "th")), source.choice(SNIPPETS), 1
                )
    body = text.encode()
    return body if source.random() < 0.95 else body[: source.randrange(len(body) + 1)] + b"\xff\xfe" + body[-40:]


def assert_in_range(records: Records) -> None:
    for model in records.models:
        assert model.context_tokens is None or 0 <= model.context_tokens < 10**18
        assert model.parameter_count is None or 0 < model.parameter_count < 10**18
        assert model.released_on is None or date(1990, 1, 1) <= model.released_on < date(2200, 1, 1)
        assert model.canonical_slug is None or model.canonical_slug.isascii()
    for price in records.prices:
        assert price.state in ("priced", "free", "variable", "unknown")
        assert (price.usd is None) == (price.state in ("variable", "unknown"))
        assert price.usd is None or (price.usd.is_finite() and price.usd >= 0)
        assert price.component
    for score in records.benchmark_scores:
        assert score.benchmark
        assert score.accuracy_percent is None or 0 <= score.accuracy_percent <= 100
        assert score.percentile is None or 0 <= score.percentile <= 100
        assert score.cost_usd is None or score.cost_usd >= 0
        assert score.duration_s is None or score.duration_s >= 0
    for rating in records.ratings:
        highest = 5 if rating.dimension in ("speed", "ability", "cost") else 100
        assert rating.value is None or 0 <= rating.value <= highest


@pytest.mark.slow
@pytest.mark.parametrize("name", RENDERINGS)
def test_a_damaged_page_ends_in_records_warnings_or_a_named_error(name: str) -> None:
    """P22"""
    source = random.Random(f"pages {name}")
    outcomes = {"read": 0, "refused": 0}
    for number in range(ROUNDS):
        body = damaged(RENDERINGS[name], source)
        try:
            records = SOURCE.parse(Document(body, name=f"{name}-{number}")).records()
        except DocumentError:
            outcomes["refused"] += 1
        else:
            outcomes["read"] += 1
            assert_in_range(records)
            assert records.as_dict()
    assert outcomes["read"] > ROUNDS / 20, outcomes
