"""What models and providers are called in a page as extractors leave it, with links, logos and badges beside a name."""

from __future__ import annotations

import pytest
from extracted_page import ACME, CARD, ENDPOINTS, MODELS, SCORES, read, served


@pytest.mark.parametrize(
    "title",
    [
        "###\n\n![](/logos/acme.png)Acme",
        "### ![Acme](/logos/acme.png)Acme",
        "![](/logos/acme.png)Acme",
        "[/logos/acme.png]Acme",
        "[acme]Acme",
        "#### Acme",
        "**Acme**",
    ],
)
def test_a_logo_or_a_mark_of_markdown_is_no_part_of_a_providers_name(title: str) -> None:
    assert served(read(endpoints=f"{title}\n\n{CARD}")) == ACME


def test_a_logo_that_is_called_as_the_name_beside_it_is_no_second_name() -> None:
    records = read(endpoints=ENDPOINTS.replace("| Acme |", "| AcmeAcme |").replace("| Acme \\|", "| Acme \\|"))
    assert served(records) == ACME


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("[Acme: One][7]", "[7]: /models/acme/one-1"),
        ("[Acme: One][one]", "   [One]: <https://benchable.ai/models/acme/one-1> (the model)"),
        ("Acme: One [/models/acme/one-1]", ""),
        ("Acme: One (https://benchable.ai/models/acme/one-1)", ""),
    ],
)
def test_a_name_is_apart_from_its_address_however_a_link_is_written(name: str, after: str) -> None:
    model = read(models=MODELS.replace("| Acme: One |", f"| {name} |"), endpoints=SCORES, after=after).models[0]
    assert (model.name, model.canonical_slug, model.is_subject) == ("Acme: One", "acme/one-1", True)


def test_the_title_of_a_card_leads_to_its_model_in_markdown_too() -> None:
    card = "### [Acme: Two](/models/acme/two-2)\n\nReleased\n\nJan 3, 2025\n\nParams\n\n7B\n\nContext\n\n8K"
    assert [(model.name, model.canonical_slug) for model in read(models=card).models[1:]] == [
        ("Acme: Two", "acme/two-2")
    ]


def test_a_link_that_is_wrapped_is_whole() -> None:
    for name in ("[Acme: Two\nThree](/models/acme/two-3)", "[Acme: Two Three](/models/acme/two-\n3)"):
        card = f"{name}\n\nReleased\n\nJan 3, 2025\n\nParams\n\n7B\n\nContext\n\n8K"
        assert [(model.name, model.canonical_slug) for model in read(models=card).models[1:]] == [
            ("Acme: Two Three", "acme/two-3")
        ]


@pytest.mark.parametrize("slug", ["acme/one-1", "acme/one-1:free"])
def test_a_row_is_of_the_variant_that_its_name_states(slug: str) -> None:
    endpoint = ENDPOINTS.replace("acme/one-1", "acme/one-1:free")
    row = MODELS.replace("Acme: One", f"[Acme: One (free)](/models/{slug})")
    models = read(endpoints=endpoint, models=f"{row}\n{MODELS.splitlines()[-1]}").models
    assert [(model.name, model.variant, model.is_subject) for model in models] == [
        ("Acme: One (free)", "free", True),
        ("Acme: One", "standard", False),
    ]


def test_the_address_of_a_link_may_have_brackets_around_it() -> None:
    row = "| [Acme (EU)](</providers/acme (eu)>) | Acme \\| acme/one-1 | 8K | $1 | $2 |"
    (endpoint,) = read(endpoints=ENDPOINTS.rpartition("\n")[0] + "\n" + row).endpoints
    assert endpoint.provider == "Acme (EU)"


def test_a_break_within_a_link_parts_the_name_from_its_badge() -> None:
    models = MODELS.replace(
        "| Acme: One |", "| [Acme: One\\\\ \\\\ Unavailable](https://benchable.ai/models/acme/one-1) |"
    )
    (model,) = read(models=models).models
    assert (model.name, model.is_available) == ("Acme: One", False)


LISTED = """
* [### Acme: One](/models/acme/one-1)

  Released
  :   Jan 02, 2025

  Params
  :   7B

  Speed
  :   ★★

  Cost
  :   $
* [### Acme: Two](/models/acme/two-1)Unavailable

  Released
  :   Feb 03, 2024

  Params
  :   —

  Speed
  :   —

  Cost
  :   $$
"""


@pytest.mark.parametrize("listed", [LISTED, LISTED.replace("* [###", "- ### [")])
def test_a_name_in_a_list_may_have_the_marks_of_a_heading(listed: str) -> None:
    records = read(models=listed.replace("### [ ", "### ["))
    assert [(model.name, model.canonical_slug, model.is_available) for model in records.models] == [
        ("Acme: One", "acme/one-1", None),
        ("Acme: Two", "acme/two-1", False),
    ]


@pytest.mark.parametrize("logo", ["Acme logo Acme", "Acme logoAcme"])
def test_what_a_logo_is_called_is_no_part_of_the_name_beside_it(logo: str) -> None:
    assert served(read(endpoints=ENDPOINTS.replace("| Acme |", f"| {logo} |"))) == ACME


def test_a_name_with_a_pipe_ends_no_row_whose_cells_stand_between_blank_lines() -> None:
    """turndown, of cells that hold blocks."""
    rows = "".join(
        f"| \n\n{name}\n\n | \n\n{name} | acme/one-1\n\n | \n\n8K\n\n | \n\n$1\n\n | \n\n—\n\n |\n"
        for name in ("Acme", "Pear")
    )
    records = read(endpoints=ENDPOINTS.rpartition("\n")[0] + "\n" + rows)
    assert served(records) == [
        ("Acme", "Acme | acme/one-1", 8000, ["1", "None"]),
        ("Pear", "Pear | acme/one-1", 8000, ["1", "None"]),
    ]
    assert not records.warnings


def test_an_amount_is_no_provider() -> None:
    records = read(endpoints=f"{ENDPOINTS}\n| $15 / 1M tokens | — | 8K | $1 | $2 |")
    assert [endpoint.provider for endpoint in records.endpoints] == ["Acme"]
    assert [warning.code for warning in records.warnings] == ["nameless_row"]


@pytest.mark.parametrize(
    ("name", "read_as"),
    [
        ("Acme: Two *Unavailable*", "Acme: Two"),
        ("Acme: Two **unavailable**", "Acme: Two"),
        ("[Acme: Two \\| Large](/models/acme/two) Unavailable", "Acme: Two | Large"),
        ("[Acme: Two \\[Vision\\] 8B](/models/acme/two) Unavailable", "Acme: Two [Vision] 8B"),
    ],
)
def test_marks_within_a_link_or_around_a_badge_are_no_part_of_a_name(name: str, read_as: str) -> None:
    records = read(models=f"{MODELS}\n{MODELS.splitlines()[-1].replace('Acme: One', name)}")
    assert [(one.name, one.is_available) for one in records.models] == [("Acme: One", None), (read_as, False)]
    assert not records.warnings


def test_the_heading_of_the_list_names_the_author_where_no_slug_does() -> None:
    records = read(endpoints="No endpoints.")
    assert [one.author for one in records.models] == ["acme"]


def test_an_endpoint_may_say_where_it_is_behind_its_slug() -> None:
    records = read(endpoints=ENDPOINTS.replace("acme/one-1 |", "acme/one-1 | EU, US |"))
    assert [(one.canonical_slug, one.endpoint_name, one.context_tokens) for one in records.endpoints] == [
        ("acme/one-1", "Acme | acme/one-1 | EU, US", 8000)
    ]
    assert not records.warnings


def test_the_words_of_icons_are_nobodys_name() -> None:
    records = read(models=MODELS.replace("Acme: One |", "Text input Text output |"))
    assert "Text input Text output" not in [one.name for one in records.models]
    assert "nameless_row" in [one.code for one in records.warnings]


@pytest.mark.parametrize(
    ("printed", "name"), [("A|B: One", "A|B: One"), ("A | B: One", "A | B: One"), ("A|B: O | N", "A|B: O | N")]
)
def test_a_pipe_in_a_models_name_keeps_the_blanks_around_it_or_none(printed: str, name: str) -> None:
    records = read(models=MODELS.replace("| Acme: One |", f"| {printed} |"))
    assert [(model.name, model.context_tokens) for model in records.models if not model.is_subject] == [(name, 8000)]


@pytest.mark.parametrize(
    "words", ["Acme: Two Jan 03, 2025 7B", "Text input Image input 7B", "★★ Acme: Two", "Free Jan 04, 2025 Acme: Two"]
)
def test_what_stands_in_other_cells_is_no_name(words: str) -> None:
    row = MODELS.split("\n")[-1].replace("Acme: One", words)
    records = read(models=f"{MODELS}\n{row}")
    assert [model.name for model in records.models] == ["Acme: One"]
    assert [one.code for one in records.warnings] == ["nameless_row"]
