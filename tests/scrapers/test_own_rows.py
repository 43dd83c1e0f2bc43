"""Which row of the list is the page's own, where the page has no title and several names begin alike."""

from __future__ import annotations

import pytest

from scrapers.document import Document
from scrapers.sources.benchable_page import parse

HEADER = "| | Released | Params | Context | | Speed | Ability | Cost |\n|---|---|---|---|---|---|---|---|\n"


def own_name(
    rows: list[tuple[str, str]], *, slug: str | None = None, description: str = "It is green.", summary: str = ""
) -> str | None:
    """The name of the page's model, of a page without a title that lists models of these names and days."""
    endpoints = (
        "| Provider | Endpoint Name | Context Length | Pricing (Input) | Pricing (Output) |\n|---|---|---|---|---|\n"
        f"| Acme | Acme \\| {slug} | 8K | $1 / 1M tokens | $2 / 1M tokens |\n"
    )
    listed = "".join(f"| {name} | {day} | — | 8K | Text input Text output | ★ | ★ | $ |\n" for name, day in rows)
    text = (
        f"Author's Description\n{description}\nPerformance Summary\n{summary}\nCurrent Pricing\n"
        "| Feature | Price (per 1M tokens) |\n|---|---|\n| Prompt | $1 |\n"
        f"Available Endpoints\n{endpoints if slug else 'No endpoints.'}\nBenchmark Results\nNone yet.\n"
        f"Other Models by acme\n{HEADER}{listed}"
    )
    records = parse(Document(body=text.encode())).records()
    assert [model.is_subject for model in records.models].count(True) == 1
    subject = next(model for model in records.models if model.is_subject)
    assert (subject.released_on is None) == (subject.name is None)
    return subject.name


TWINS = [("Acme: Pear 2 (Fast)", "Jan 05, 2026"), ("Acme: Pear 2", "Jan 02, 2026"), ("Acme: Pear 1", "Jan 02, 2025")]


@pytest.mark.parametrize("slug", ["acme/2-pear-20260102", None])
@pytest.mark.parametrize(
    ("summary", "name"),
    [
        ("Pear 2 is quick.", "Acme: Pear 2"),
        ("Acme's Pear 2 is quick.", "Acme: Pear 2"),
        ("The Pear 2 is quick.", "Acme: Pear 2"),
        ("Acme: Pear 2 is quick.", "Acme: Pear 2"),
        ("Pear 2 (Fast) is quick.", "Acme: Pear 2 (Fast)"),
    ],
)
def test_a_summary_that_begins_with_a_whole_name_is_not_of_a_longer_one(
    slug: str | None, summary: str, name: str
) -> None:
    assert own_name(TWINS, slug=slug, summary=summary) == name


def test_the_name_of_a_variant_may_be_shortened_where_no_slug_tells_it() -> None:
    rows = [("Acme: Pear 2 (free)", "Jan 02, 2026"), ("Acme: Pear 2", "Jan 02, 2026")]
    assert own_name(rows, summary="Pear 2 is quick.") is None
    assert own_name(rows, slug="acme/2-pear:free", summary="Pear 2 is quick.") == "Acme: Pear 2 (free)"
    assert own_name(rows, slug="acme/2-pear", summary="Pear 2 is quick.") == "Acme: Pear 2"


SIBLINGS = [("Acme: Pear 2V", "Dec 08, 2025"), ("Acme: Pear 2", "Sep 30, 2025")]


def test_a_slug_is_of_no_model_that_came_out_long_before_its_date() -> None:
    assert own_name(SIBLINGS, slug="acme/pear-2-20251208", summary="Pear 2V is quick.") == "Acme: Pear 2V"
    assert own_name(SIBLINGS, slug="acme/pear-2-2025-12-08") is None
    assert own_name(SIBLINGS, slug="acme/pear-2-20251013", summary="Pear 2V is quick.") == "Acme: Pear 2"
    assert own_name(SIBLINGS, slug="acme/pear-2-20250801", summary="Pear 2V is quick.") == "Acme: Pear 2"
    assert own_name(SIBLINGS, slug="acme/pear-2-20251399") == "Acme: Pear 2"


DATED = [
    ("Acme: Pear 2 Preview 05-06", "May 06, 2025"),
    ("Acme: Pear 2 0324", "Mar 24, 2025"),
    ("Acme: Pear 2 (older v0613)", "Jun 13, 2024"),
    ("Acme: Pear 2", "Jan 02, 2025"),
]


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("acme/pear-chat-2-0324", "Acme: Pear 2 0324"),
        ("acme/2-pear-preview-03-25", None),
        ("acme/2-pear-0613", None),
        ("acme/pear-chat-2", "Acme: Pear 2"),
        (None, None),
    ],
)
def test_a_description_of_the_model_before_is_on_pages_of_its_successors(slug: str | None, name: str | None) -> None:
    assert own_name(DATED, slug=slug, description="Pear 2 is Acme's best.", summary="It is quick.") == name


def test_a_description_names_a_model_that_no_other_name_begins_with() -> None:
    assert own_name(DATED[:2] + TWINS[2:], description="Pear 1 is Acme's best.") == "Acme: Pear 1"


@pytest.mark.parametrize(
    ("listed", "slug", "summary"),
    [
        ("Acme: Pear 2", "acme/pear-2-exp", "Pear 2 Exp is quick."),
        ("Acme: Pear 2", None, "Pear 2 Preview 05-06 is quick."),
        ("Acme: Pear 2", None, "Pear 2 (Fast) is quick."),
        ("Acme: Pear 2 (Fast)", "acme/pear-2", "Pear 2 is quick."),
        ("Acme: Pear 2 (Fast)", None, "Pear 2 is quick."),
        ("Acme: Pear 2 (2025-05-13)", "acme/pear-2", "It is quick."),
        ("Acme: Pear 2 (free)", "acme/pear-2", "Pear 2 is quick."),
        ("Acme: Pear 2 (free)", None, "Pear 2 is quick."),
        ("Acme: Pear 2", "acme/pear-2:free", "Pear 2 is quick."),
    ],
)
def test_a_list_without_the_page_s_own_row_has_none_that_is_called_alike(
    listed: str, slug: str | None, summary: str
) -> None:
    assert own_name([(listed, "Jan 02, 2026"), TWINS[2]], slug=slug, summary=summary) is None


@pytest.mark.parametrize(
    ("listed", "slug", "summary"),
    [
        ("Acme: Pear 2 (Fast)", "acme/2-pear-fast", "Pear 2 is quick."),
        ("Acme: Pear 2 (2025-05-13)", "acme/pear-2-2025-05-13", "It is quick."),
        ("Acme: Pear 2 (One Mini)", "acme/one-mini", "Pear 2 is quick."),
        ("Acme: Pear 2 (One Mini)", None, "Pear 2 is quick."),
        ("Acme: Pear 2 (beta)", "acme/pear-2-beta", "It is quick."),
    ],
)
def test_what_a_name_says_in_parentheses_is_said_by_the_slug_or_another_name(
    listed: str, slug: str | None, summary: str
) -> None:
    assert own_name([(listed, "Jan 02, 2026"), TWINS[2]], slug=slug, summary=summary) == listed


def test_the_author_of_a_list_may_be_printed_in_capitals() -> None:
    text = (
        "PERFORMANCE SUMMARY\nPear 2 is quick.\nCURRENT PRICING\n| Feature | Price (per 1M tokens) |\n|---|---|\n"
        "| Prompt | $1 |\nAVAILABLE ENDPOINTS\nNo endpoints.\nBENCHMARK RESULTS\nNone yet.\n"
        f"OTHER MODELS BY ACME\n{HEADER}| Acme: Pear 2 | Jan 02, 2026 | — | 8K | Text input Text output | ★ | ★ | $ |"
    )
    (model,) = parse(Document(body=text.encode())).records().models
    assert (model.author, model.name, model.is_subject) == ("acme", "Acme: Pear 2", True)


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("acme/pear-2-2025-05-13", "Acme: Pear 2 (2025-05-13)"),
        ("acme/2-pear-mini-20250301", "Acme: Pear Mini 2"),
        ("acme/mini-2-pear", "Acme: Pear Mini 2"),
        ("acme/pear-mini-3-preview-05-06", "Acme: Pear Mini Preview 3 05-06"),
        ("acme/pear-mini-3-preview-06-05", None),
        ("acme/pear-mini", None),
    ],
)
def test_a_slug_may_say_the_day_in_a_name_and_its_words_in_another_order(slug: str, name: str | None) -> None:
    names = ["Acme: Pear 2", "Acme: Pear 2 (2025-05-13)", "Acme: Pear Mini 2", "Acme: Pear Mini Preview 3 05-06"]
    assert own_name([(each, "May 13, 2025") for each in names], slug=slug, summary="It is quick.") == name
