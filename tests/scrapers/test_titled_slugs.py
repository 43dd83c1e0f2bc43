"""The permanent slug of a page's model where it stands with the title, and endpoints say another form of it."""

from __future__ import annotations

import pytest
from small_page import html_of

from scrapers.document import Document
from scrapers.records import Model
from scrapers.sources.benchable_page import parse

ENDPOINT = "<tr><td>Acme</td><td>{}</td><td>8K</td><td>$1</td><td>$2</td></tr>"
SLUG = "acme/one-20260101"


def subject(head: str, endpoint: str = "Acme Turbo") -> Model:
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT.format(endpoint), "")
    return parse(Document(body=page.replace("<h1>Acme: One</h1>", head).encode())).records().models[0]


@pytest.mark.parametrize(
    "head",
    [
        f"<h1>Acme: One</h1><p><code>{SLUG}</code></p>",
        f"<h1>Acme: One <small><code>{SLUG}</code></small></h1>",
        f'<h1>Acme: One</h1><div><span class="badge">{SLUG}</span></div>',
    ],
)
@pytest.mark.parametrize("endpoint", ["Acme Turbo", "Acme | acme/one", f"Acme | {SLUG}"])
def test_a_slug_may_stand_with_the_title(head: str, endpoint: str) -> None:
    model = subject(head, endpoint)
    assert (model.name, model.canonical_slug) == ("Acme: One", SLUG)


@pytest.mark.parametrize("caption", ["rival/two-20260101", "acme/one", "docs/one-20260101x"])
def test_what_is_no_permanent_slug_of_the_title_is_none_of_the_page(caption: str) -> None:
    assert subject(f"<h1>Acme: One</h1><p>{caption}</p>").canonical_slug is None


def test_an_address_with_a_day_completes_what_endpoints_say() -> None:
    link = f'<a aria-current="page" href="/models/{SLUG}">One</a>'
    assert subject(f"{link}<h1>Acme: One</h1>", "Acme | acme/one").canonical_slug == SLUG


def test_endpoints_are_not_outspoken_by_the_day_of_another_release() -> None:
    model = subject(f"<h1>Acme: One</h1><p>{SLUG}</p>", "Acme | acme/one-20250101")
    assert model.canonical_slug == "acme/one-20250101"
