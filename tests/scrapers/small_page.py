"""A small page about `Acme: One`, in HTML or as text, with rows of a test's own in its tables."""

from __future__ import annotations

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

SCORES = ("Benchmark", "Category", "Reasoning", "Strategy", "Free", "Executions", "Accuracy", "Cost", "Duration")
MODELS = ("", "Released", "Params", "Context", "", "Speed", "Ability", "Cost")
SCORE = (
    "<tr><td>Coding</td><td>Code</td><td>{}</td><td>—</td><td>No</td><td>5</td><td>90%</td><td>$0</td><td>1s</td></tr>"
)


ENDPOINT = "<tr><td>Acme</td><td>Acme | acme/one-1</td><td>8K</td><td>$1</td><td>$2</td></tr>"


def html_page(
    *,
    scores: str = "",
    models: str = "",
    prices: str = "<tr><td>Prompt</td><td>$1</td></tr>",
    endpoints: str = ENDPOINT,
    sections: str = "",
) -> Records:
    """The records of a page with these rows in its tables, and with other sections before them."""
    return parse(Document(body=html_of(scores, models, prices, endpoints, sections).encode())).records()


def html_of(scores: str, models: str, prices: str, endpoints: str, sections: str) -> str:
    def table(headers: tuple[str, ...], rows: str) -> str:
        return (
            f"<table><thead><tr>{''.join(f'<th>{h}</th>' for h in headers)}</tr></thead><tbody>{rows}</tbody></table>"
        )

    return (
        f"<html><body><h1>Acme: One</h1>{sections}<h2>Current Pricing</h2>"
        f"{table(('Feature', 'Price (per 1M tokens)'), prices)}<h2>Available Endpoints</h2>"
        f"{table(('Provider', 'Endpoint Name', 'Context Length', 'Pricing (Input)', 'Pricing (Output)'), endpoints)}"
        f"<h2>Benchmark Results</h2>{table(SCORES, scores)}<h2>Other Models by acme</h2>{table(MODELS, models)}"
        "</body></html>"
    )


def html_page_with(heading: str, content: str) -> Records:
    """The records of the page with something else below one of its headings."""
    before, _, after = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "").partition(
        f"<h2>{heading}</h2>"
    )
    rest = after[after.index("<h2>") :] if "<h2>" in after else "</body></html>"
    return parse(Document(body=f"{before}<h2>{heading}</h2>{content}{rest}".encode())).records()


def text_page(
    models: str, *, endpoint: str = "Acme | Acme \\| acme/one-1 | 8K | $1 | $2", title: str = "# Acme: One"
) -> Records:
    """The records of the same page as Markdown."""
    body = f"""{title}

## Supported Parameters

`top_p` `seed`

## Current Pricing

| Feature | Price (per 1M tokens) |
|---|---|
| Prompt | $1 |

## Available Endpoints

| Provider | Endpoint Name | Context Length | Pricing (Input) | Pricing (Output) |
|---|---|---|---|---|
| {endpoint} |

## Benchmark Results

| {" | ".join(SCORES)} |
|---|---|---|---|---|---|---|---|---|
| _No benchmark results available._ |

## Other Models by acme

{models}
"""
    return parse(Document(body=body.encode())).records()


def model_row(
    *,
    cost: str = "$",
    speed: str = "—",
    attributes: str = "",
    name: str = "Acme: Two",
    modalities: str = "Text input Text output",
) -> str:
    cells = (name, "Jan 02, 2025", "7B", "8K", modalities, speed, "—", cost)
    return f"<tr {attributes}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def rating(records: Records, dimension: str) -> int | None:
    return next(item.value for item in records.ratings if item.name == "Acme: Two" and item.dimension == dimension)
