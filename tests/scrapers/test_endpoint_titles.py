"""The provider and the endpoint's name, where both stand at the top of a card."""

from __future__ import annotations

import pytest
from small_page import html_of

from scrapers.document import Document
from scrapers.sources.benchable_page import parse

LISTS = (
    "<dl><dt>Context Length</dt><dd>8K</dd><dt>Pricing (Input)</dt><dd>$1 / 1M tokens</dd></dl>",
    "<ul><li><span>Context Length</span> <span>8K</span></li>"
    "<li><span>Pricing (Input)</span> <span>$1 / 1M tokens</span></li></ul>",
)


@pytest.mark.parametrize("facts", LISTS)
@pytest.mark.parametrize(
    "top",
    [
        "<h3>{0}</h3><p>{0} | acme/one-1</p>",
        "<strong>{0}</strong><br><code>{0} | acme/one-1</code>",
        "<p><b>{0}</b> <code>{0} | acme/one-1</code></p>",
        "<h3>{0} | acme/one-1</h3>",
    ],
)
def test_a_card_is_of_the_provider_at_its_top_and_not_of_its_whole_title(top: str, facts: str) -> None:
    cards = "".join(f"<article>{top.format(name)}{facts}</article>" for name in ("Acme", "Pear Cloud"))
    before, _, rest = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", "", "").partition("Endpoints</h2>")
    after = rest[rest.index("<h2>Benchmark Results") :]
    records = parse(Document(body=f"{before}Endpoints</h2>{cards}{after}".encode())).records()
    assert [(one.provider, one.endpoint_name, one.canonical_slug) for one in records.endpoints] == [
        ("Acme", "Acme | acme/one-1", "acme/one-1"),
        ("Pear Cloud", "Pear Cloud | acme/one-1", "acme/one-1"),
    ]


def test_the_names_of_columns_may_be_headings_on_a_card() -> None:
    facts = "<h4>Context Length</h4><p>8K</p><h4>Pricing (Input)</h4><p>$1 / 1M tokens</p>"
    cards = "".join(f"<article><h3>{name} | acme/one-1</h3>{facts}</article>" for name in ("Acme", "Pear Cloud"))
    before, _, rest = html_of("", "", "<tr><td>Prompt</td><td>$3</td></tr>", "", "").partition("Endpoints</h2>")
    page = f"{before}Endpoints</h2>{cards}{rest[rest.index('<h2>Benchmark Results') :]}"
    records = parse(Document(body=page.encode())).records()
    assert [(price.provider, str(price.usd)) for price in records.prices] == [
        (None, "3"),
        ("Acme", "1"),
        ("Pear Cloud", "1"),
    ]
