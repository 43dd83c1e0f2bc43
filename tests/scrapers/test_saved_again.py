"""A text that an extractor left and another program saved again: wrapped, double-spaced, with hard blanks."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

PAGE = """\
Author's Description
Green.
Model Pricing
Current Pricing
| Feature | Price (per 1M tokens) |
|---|---|
| Prompt | $1 |
| Completion | $2 |
Price History
Available Endpoints
| Provider | Endpoint Name | Context Length | Pricing (Input) | Pricing (Output) |
|---|---|---|---|---|
|
Acme Cloud
|
Acme Cloud | acme/a-model-of-a-rather-long-name-one | 8K | $1 / 1M tokens | $2 / 1M tokens |
|
Pear
|
Pear | acme/a-model-of-a-rather-long-name-one | 16K | $1 / 1M tokens | $2.5 / 1M tokens |
Benchmark Results
| Benchmark | Category | Reasoning | Strategy | Free | Executions | Accuracy | Cost | Duration |
|---|---|---|---|---|---|---|---|---|
| Coding |
Programming
|
Direct | 100 | 98.0% | $0.0012 | 3.42s | ||
| Ethics |
Safety
|
Direct | 50 | 77.0% | $0.0013 | 1.5s |
Other Models by acme
|
|
Released | Params | Context |
|
Speed | Ability | Cost |
|---|---|---|---|---|---|---|---|
| Acme: A Model of a Rather Long Name One | Jan 02, 2026 | — | 65K |
Image input
Text output
|
★★ | ★★★★★ | $$$ |
| Acme: Two Unavailable | Jan 02, 2025 | 7B | 8K |
Text input
Text output
|
— | ★ | $ |
"""


def wrapped(text: str) -> str:
    return "\n".join(textwrap.fill(line, 80, break_on_hyphens=False) for line in text.split("\n"))


def records(text: str) -> Records:
    return parse(Document(body=text.encode())).records()


@pytest.mark.parametrize(
    "saved_again",
    [
        wrapped,
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("\n", "\r\n\r\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" |", "\t|"),
        lambda text: text.replace("$", "\\$"),
        lambda text: "\n".join(f"> {line}".strip() for line in text.split("\n")),
    ],
    ids=[
        "wrapped",
        "double-spaced",
        "double-spaced by two characters",
        "with hard blanks",
        "with tabs",
        "with strokes",
        "quoted",
    ],
)
def test_it_says_what_it_said(saved_again: Callable[[str], str]) -> None:
    before, after = records(PAGE), records(saved_again(PAGE))
    assert before.models[0].is_subject
    assert (len(before.endpoints), len(before.prices), len(before.benchmark_scores), len(before.models)) == (2, 6, 2, 2)
    assert after.as_dict() == before.as_dict()
