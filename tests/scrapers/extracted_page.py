"""A small page about `Acme: One` in Markdown, and what is read of it."""

from __future__ import annotations

from collections.abc import Iterable

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

PRICES = "| Feature | Price (per 1M tokens) |\n|---|---|\n| Prompt | $1 |"
ENDPOINTS = (
    "| Provider | Endpoint Name | Context Length | Pricing (Input) | Pricing (Output) |\n|---|---|---|---|---|\n"
    "| Acme | Acme \\| acme/one-1 | 8K | $1 | $2 |"
)
SCORES = "No benchmark results yet."
MODELS = (
    "| Model | Released | Params | Context | Modalities | Speed | Ability | Cost |\n|---|---|---|---|---|---|---|---|\n"
    "| Acme: One | Jan 02, 2025 | 7B | 8K | Text input Text output | ★★ | ★ | $ |"
)


PAGE = (
    f"## Current Pricing\n\n{PRICES}\n\n## Available Endpoints\n\n{ENDPOINTS}\n\n## Benchmark Results\n\n{SCORES}\n\n"
    f"## Other Models by acme\n\n{MODELS}\n"
)


def read(*, before: str = "", prices: str = PRICES, endpoints: str = ENDPOINTS, scores: str = SCORES,
         models: str = MODELS, after: str = "") -> Records:  # fmt: skip
    """The records of a page about `Acme: One` with these texts below its headings."""
    text = (
        f"# Acme: One\n\n{before}\n\n## Current Pricing\n\n{prices}\n\n## Available Endpoints\n\n{endpoints}\n\n"
        f"## Benchmark Results\n\n{scores}\n\n## Other Models by acme\n\n{models}\n\n{after}"
    )
    return parse(Document(body=text.encode())).records()


def served(records: Records) -> list[tuple[str | None, str | None, int | None, list[str]]]:
    """Each endpoint with its prices."""
    return [
        (one.provider, one.endpoint_name, one.context_tokens, list(amounts(records, one.provider)))
        for one in records.endpoints
    ]


def amounts(records: Records, provider: str | None) -> Iterable[str]:
    return (str(price.usd) for price in records.prices if price.provider == provider)


ACME = [("Acme", "Acme | acme/one-1", 8000, ["1", "2"])]
CARD = "Endpoint Name\n\nAcme | acme/one-1\n\nContext Length\n\n8K\n\nPricing (Input)\n\n$1\n\nPricing (Output)\n\n$2"
