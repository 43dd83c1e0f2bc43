"""A page as extractors leave it: converters to Markdown, views for readers, browsers for text, each with its marks."""

from __future__ import annotations

import pytest
from extracted_page import ACME, CARD, ENDPOINTS, MODELS, PAGE, read, served

from scrapers.document import Document
from scrapers.errors import CutDocument, UnreadableDocument
from scrapers.sources.benchable_page import parse


def test_the_second_half_of_a_pair_may_stand_behind_a_colon() -> None:
    card = CARD.replace("Name\n\n", "Name\n:   ").replace("Length\n\n", "Length\n:   ").replace(")\n\n", ")\n:   ")
    assert served(read(endpoints=f"### Acme\n\n{card}")) == ACME


def test_what_markdown_escapes_is_plain_in_a_list_and_in_a_description() -> None:
    before = (
        "## Author's Description\n\nOne \\[is\\](https://acme.example/one\\_1) small.\n\n## Supported Parameters\n\n"
        "- top\\_p\n- `min_p`\n- **seed**"
    )
    model = read(before=before).models[0]
    assert model.description == "One [is](https://acme.example/one_1) small."
    assert model.supported_parameters == ["top_p", "min_p", "seed"]


@pytest.mark.parametrize(
    "heading", ["[#](#d)Author's Description\n---", "#\nAuthor's Description", "# Author's Description"]
)
def test_a_heading_is_one_with_its_anchor_and_is_no_title(heading: str) -> None:
    model = read(before=f"{heading}\n\nIt is green.").models[0]
    assert (model.name, model.description) == ("Acme: One", "It is green.")


def test_a_wrapped_description_is_one_paragraph_up_to_a_blank_line() -> None:
    first = (
        "One is made for short answers to long questions, and it was trained on text in\n"
        "many languages, of which none is favoured. It has three modes; each is a two-\nletter word."
    )
    second = "Another paragraph follows, long enough to be wrapped by what extracts it, just\nas this one is."
    description = read(before=f"## Author's Description\n\n{first}\n\n{second}").models[0].description
    assert description == "\n".join(text.replace("-\n", "-").replace("\n", " ") for text in (first, second))


def test_lines_of_a_description_that_nothing_wrapped_stay_lines() -> None:
    lines = "One is small\nIt is green\nIt is cheap"
    assert read(before=f"## Author's Description\n\n{lines}").models[0].description == lines


WRAPPED = "  \n".join((
    "Provider| Endpoint Name| Context Length| Input ($/1M tokens)| Output ($/1M\ntokens)",
    "---|---|---|---|---",
    "![](/acme.png)Acme| `Acme | acme/one-1`| 8K| $1| $2",
    "Pear| Pear | acme/one-1| 16K| $3\n/ 1M tokens| $4",
    "",
))  # fmt: skip


def test_a_header_and_a_row_without_outer_pipes_may_be_wrapped() -> None:
    assert served(read(endpoints=WRAPPED)) == [*ACME, ("Pear", "Pear | acme/one-1", 16_000, ["3", "4"])]


def test_a_cell_that_keeps_its_blank_lines_is_one_cell() -> None:
    rows = "".join(
        f"| \n\n![](/{one}.png){one}\n\n | {one} | acme/one-1 | 8K | $1 | $2 |\n" for one in ("Acme", "Pear")
    )
    records = read(endpoints="\n".join(ENDPOINTS.split("\n")[:2]) + "\n" + rows)
    assert served(records) == [*ACME, ("Pear", "Pear | acme/one-1", 8000, ["1", "2"])]


def test_a_line_of_two_headings_is_both_of_them() -> None:
    before = "## Author's Description\n\nIt is green.\n\nKey SpecificationsSupported Parameters\n\nseed"
    model = read(before=before).models[0]
    assert (model.description, model.supported_parameters) == ("It is green.", ["seed"])


def test_stars_that_only_colours_told_apart_are_no_ratings() -> None:
    header, dashes, row = MODELS.split("\n")
    full = row.replace("| ★★ | ★ | $ |", "| ★★★★★ | ★★★★★ | $$$$$ |")
    rows = [full, *(full.replace("One", name) for name in ("Two", "Six"))]
    records = read(models="\n".join([header, dashes, *rows]))
    assert not records.ratings
    assert [warning.code for warning in records.warnings] == ["unread_ratings"]
    assert len(read(models="\n".join([header, dashes, *rows[:2]])).ratings) == 6


def test_text_with_the_classes_of_html_between_its_words_is_refused_by_name() -> None:
    with pytest.raises(UnreadableDocument, match="classes of HTML stand between the words"):
        read(before="::: {.flex .gap-2}\n[Vision]{.badge}\n:::\n[Tools]{.badge}\n")
    assert served(read(before="It is the successor of [One]{.old}.")) == ACME


def test_cells_beyond_the_header_are_no_endpoint_of_another_provider() -> None:
    """A header of two rows comes out without its second: nobody knows which column is which."""
    endpoints = (
        "Provider| Endpoint Name| Context Length| Pricing (per 1M tokens)\n---|---|---|---\nInput| Output\n"
        "Acme| acme/one-1| 8K| $1| $2\nPear| acme/one-1| 8K| $1| $2"
    )
    records = read(endpoints=endpoints)
    assert (records.endpoints, [price for price in records.prices if price.provider]) == ([], [])
    assert "torn_row" in [warning.code for warning in records.warnings]


def test_what_only_says_that_something_is_paid_names_no_component() -> None:
    header = "| Provider | Endpoint Name | Context Length | Pricing |\n|---|---|---|---|\n"
    records = read(endpoints=f"{header}| Acme | acme/one-1 | 8K | $1 |")
    assert [price for price in records.prices if price.provider] == []
    assert "unread_price" in [warning.code for warning in records.warnings]


def test_a_quotation_is_read_without_its_marks() -> None:
    description = "## Description\n\n> It is green.\n>\n> It is sweet.\n"
    assert read(before=description).models[0].description == "It is green.\nIt is sweet."


def test_a_day_with_an_ordinal_may_follow_its_label() -> None:
    specifications = "## Key Specifications\n\nReleased   May 28th, 2025\n\nContext Length   8,192\n"
    assert str(read(before=specifications).models[0].released_on) == "2025-05-28"


TABBED = "Model\tReleased\tParams\tContext\tSpeed\tAbility\tCost\n"


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("end", ["", "\t\t\t"])
def test_cells_that_are_empty_at_the_end_of_a_line_may_have_lost_their_tabs(between: str, end: str) -> None:
    rows = [f"Acme: {name}\tJan 02, 2025\t7B\t8K" for name in ("One", "Two", "Three")]
    models = TABBED + between.join([*(row + end for row in rows[:2]), rows[2]])
    assert [(one.name, one.context_tokens) for one in read(models=models).models] == [
        ("Acme: One", 8000),
        ("Acme: Two", 8000),
        ("Acme: Three", 8000),
    ]


def test_a_last_row_that_lacks_what_others_have_is_cut() -> None:
    row = "Acme: {}\tJan 02, 2025\t7B\t8K"
    with pytest.raises(CutDocument):
        read(models=f"{TABBED}{row.format('One')}\t★\t★\t$\n{row.format('Two')}")


def test_a_price_that_is_struck_out_alone_is_none() -> None:
    records = read(
        prices="| Feature | Price (per 1M tokens) |\n|---|---|\n| Prompt | ~~$1~~ |\n| Completion | ~~$3~~ $2 |"
    )
    assert [(price.component, str(price.usd)) for price in records.prices if price.provider is None] == [
        ("completion", "2")
    ]
    assert "unread_price" in [warning.code for warning in records.warnings]


def test_pictures_that_an_extractor_numbers_say_what_they_say() -> None:
    def image(number: int, words: str) -> str:
        return f"![Image {number}{words and f': {words}'}](https://example.org/i.svg?w=32&q=75)"

    scores = (
        "| Benchmark | Category | Reasoning | Free | Accuracy |\n|---|---|---|---|---|\n"
        f"| Coding | Code | {image(3, 'Yes')} | {image(4, 'No')} | 90% |"
    )
    icons = f"{image(5, 'Image input')}{image(6, 'Text input')}{image(7, 'Text output')}"
    models = MODELS.replace("Text input Text output", icons).replace("Modalities", "")
    records = read(
        scores=scores,
        models=models,
        endpoints=ENDPOINTS.replace("| Acme |", f"| {image(1, 'Acme')}{image(2, '')}Acme |"),
    )
    (score,), (model,) = records.benchmark_scores, records.models
    assert (score.is_reasoning, score.is_free) == (True, False)
    assert (model.input_modalities, model.output_modalities) == (["image", "text"], ["text"])
    assert served(records) == ACME


def test_features_may_have_nothing_but_wide_gaps_between() -> None:
    model = read(before="## Features\n\nPrompt Caching   Tool Calling   Vision").models[0]
    assert model.supported_features == ["Prompt Caching", "Tool Calling", "Vision"]


def test_a_summary_may_be_wrapped_to_the_width_of_a_wide_window() -> None:
    filled = "It is a model of the usual kind. " * 4
    summary = f"{filled}It is priced well, placing in the 44th\npercentile for cost. It does well in Ethics\n(99.0%)."
    ratings = read(before=f"## Performance Summary\n\n{summary}").ratings
    assert [(one.dimension, one.value) for one in ratings if one.dimension.endswith("percentile")] == [
        ("price_percentile", 44)
    ]


def test_a_summary_may_be_broken_before_and_behind_what_it_stresses() -> None:
    pieces = ["It is fast. The model has a", "98%", "success rate. It achieved", "92.0%", "in Coding."]
    records = read(before="## Performance Summary\n\n" + "\n".join(pieces))
    assert [(one.dimension, one.value) for one in records.ratings if one.dimension.startswith("success")] == [
        ("success_rate_percent", 98)
    ]
    assert [(one.benchmark, str(one.accuracy_percent)) for one in records.benchmark_scores] == [("Coding", "92.0")]
    assert records.warnings == []


def test_a_converter_may_put_strokes_before_quotes_and_fences_around_what_a_cell_holds() -> None:
    described = '## Author\\\'s Description\n\nIt is called \\"One\\" by its author.'
    models = MODELS.replace("Text input Text output", "::: {} Text input ::: ::: {} Text output :::")
    model = read(before=described, models=models).models[0]
    assert model.description == 'It is called "One" by its author.'
    assert (model.input_modalities, model.output_modalities) == (["text"], ["text"])


def test_a_text_that_begins_with_the_number_of_a_link_is_no_json() -> None:
    numbered = "[1]Acme (BUTTON) Compare\n\n## Features\n\n(BUTTON) Share\n\nVision"
    assert parse(Document(body=f"{numbered}\n\n{PAGE}".encode())).records().models[0].supported_features == ["Vision"]


def test_rows_may_stand_below_a_header_in_a_table_of_their_own_without_names() -> None:
    named = f"{ENDPOINTS.partition(chr(10))[0]}  |\n{'|---' * 6}|"
    below = f"{'|  ' * 5}|\n{'| --- ' * 5}|\n{'|  ' * 5}|\n| Acme | Acme | acme/one-1 | 8K | $1 | $2 |"
    assert served(read(endpoints=f"{named}\n\n{below}")) == ACME


def test_a_row_without_outer_pipes_may_begin_with_an_empty_cell() -> None:
    names = "Select| Provider| Endpoint Name| Context Length| Pricing (Input)| Pricing (Output)| Actions"
    row = "| Acme| Acme | acme/one-1| 8K| $1| $2| ⋮Open menu"
    assert served(read(endpoints=f"{names}\n{'|'.join(['---'] * 7)}\n{row}\n")) == ACME


def test_what_opens_a_box_or_a_menu_alone_on_a_line_says_nothing() -> None:
    model = read(
        before="## Features\n\n▾\n\nOpen menu\n\n- [x] Prompt Caching\n- [ ] Vision\n- JSON Mode⚡Reasoning"
    ).models[0]
    assert model.supported_features == ["Prompt Caching", "JSON Mode", "Reasoning"]


def test_specifications_that_are_laid_out_side_by_side_are_a_pair_each() -> None:
    model = read(before="## Key Specifications\n\nTokenizer      GPT       Moderation Yes").models[0]
    assert (model.tokenizer, model.is_moderated) == ("GPT", True)


@pytest.mark.parametrize("status, is_available", [("Available", True), ("Unavailable", False)])
def test_a_specification_of_no_known_name_stands_between_others(status: str, is_available: bool) -> None:
    pairs = ["Context Length", "8K", "Precision", "fp8", "Parameters", "7B", "Status", status]
    records = read(before="## Key Specifications\n\n" + "\n".join(f"- {line}" for line in pairs))
    model = records.models[0]
    assert (model.context_tokens, model.parameter_count, model.is_available) == (8000, 7_000_000_000, is_available)
    assert model.extra == {"precision": "fp8"}
    assert [warning.code for warning in records.warnings] == ["drift_unknown_header"]


FENCED = (
    "  Provider   Endpoint Name       Context Length   Pricing (Input)   Pricing (Output)\n"
    "  ---------- ------------------- ---------------- ----------------- ------------------\n"
    "  Acme       Acme \\| acme/one-1   8K               \\$1               \\$2\n:::\n\n::: section\n"
)


def test_the_fences_and_the_classes_of_a_converter_are_no_rows_and_no_names() -> None:
    """pandoc --to markdown"""
    models = MODELS.replace("| Acme: One |", "| Acme: One [Unavailable]{.badge} |")
    records = read(endpoints=FENCED, models=models)
    assert [endpoint.provider for endpoint in records.endpoints] == ["Acme"]
    assert (records.models[0].name, records.models[0].is_available) == ("Acme: One", False)
    assert not records.warnings


def test_lines_may_end_with_two_characters() -> None:
    page = f"# Acme: One\n\n{PAGE.replace(ENDPOINTS, FENCED)}".replace("\n", "\r\n")
    assert [endpoint.provider for endpoint in parse(Document(body=page.encode())).records().endpoints] == ["Acme"]


def test_icons_may_be_a_list_on_one_line_of_their_cell() -> None:
    records = read(models=MODELS.replace("Text input Text output", "* Image input - Text output"))
    assert (records.models[0].input_modalities, records.models[0].output_modalities) == (["image"], ["text"])
    assert not records.warnings


def test_pairs_that_lost_the_line_breaks_between_them_are_read_one_by_one() -> None:
    records = read(before="## Key Specifications\n\n**Context Length:**8,192**Tokenizer:**Pear**Max Output:**1,024")
    model = records.models[0]
    assert (model.context_tokens, model.tokenizer, model.max_output_tokens) == (8192, "Pear", 1024)


@pytest.mark.parametrize(
    ("line", "features"),
    [
        ("Reasoning Tool calling", ["Reasoning", "Tool calling"]),
        ("Multimodal Reasoning", ["Multimodal Reasoning"]),
        ("Vision tool calling", ["Vision tool calling"]),
    ],
)
def test_two_features_on_a_line_are_told_by_their_capitals(line: str, features: list[str]) -> None:
    assert read(before=f"## Features\n\n{line}").models[0].supported_features == features


def test_a_list_whose_heading_was_left_out_is_told_by_its_own_words() -> None:
    naming = "This model supports the following"
    lists = f"{naming} parameters:\n\n- seed\n\n{naming} features:\n\n- Vision"
    for heading in ("Supported Parameters", "Features"):
        model = read(before=f"## {heading}\n\n{lists}\n").models[0]
        assert (model.supported_parameters, model.supported_features) == (["seed"], ["Vision"])


def test_a_paragraph_whose_heading_was_left_out_is_no_entry_of_the_list_above() -> None:
    paragraph = (
        "One is fast: at 73 tasks in a hundred nobody answers sooner. It asks little for them, and it never fails."
    )
    records = read(before=f"## Features\n\n- Vision\n- Tool calling\n\n{paragraph}\n")
    assert records.models[0].supported_features == ["Vision", "Tool calling"]
    assert [(one.code, one.where) for one in records.warnings] == [("unread_line", "Features")]
    assert paragraph in records.warnings[0].message


def test_the_mark_of_an_entry_may_stand_on_a_line_of_its_own() -> None:
    before = (
        "## Key Specifications\n\n-\nContext Length\n16K\n-\nTokenizer\nPearTok\n\n## Supported Parameters\n\n"
        "This model supports the following parameters:\n-\ntop_p\n-\nseed\n\n## Features\n\nVision\n-\nStreaming"
    )
    records = read(before=before)
    model = records.models[0]
    assert (model.tokenizer, model.supported_parameters) == ("PearTok", ["top_p", "seed"])
    assert model.supported_features == ["Vision", "Streaming"]
    assert records.warnings == []


def test_the_second_half_of_a_pair_may_stand_below_its_mark() -> None:
    text = "- Context Length\n-\n16K\n- Tokenizer\n-\nPearTok"
    model = read(before=f"## Key Specifications\n\n{text}").models[0]
    assert (model.tokenizer, model.context_tokens) == ("PearTok", 16_000)


def test_a_dash_below_a_label_is_no_mark() -> None:
    text = "Context Length\n16K\nTokenizer\n-\nParams\n7B"
    model = read(before=f"## Key Specifications\n\n{text}").models[0]
    assert (model.tokenizer, model.context_tokens, model.parameter_count) == (None, 16_000, 7_000_000_000)


def test_rows_that_are_filled_up_with_pipes_lack_empty_cells() -> None:
    scores = (
        "| Benchmark | Category | Reasoning | Strategy | Free | Executions | Accuracy | Cost | Duration |\n"
        "|---|---|---|---|---|---|---|---|---|\n"
        "| Coding | Code | Direct | 100 | 90.5% | $0.0012 | 1.4s | ||\n| Ethics | Safety | Direct | 7 | 9% | $1 | 2s |"
    )
    found = [
        (score.benchmark, score.category, score.strategy, score.executions, str(score.accuracy_percent))
        for score in read(scores=scores).benchmark_scores
    ]
    assert found == [("Coding", "Code", "Direct", 100, "90.5"), ("Ethics", "Safety", "Direct", 7, "9")]


def test_the_numbers_of_links_are_no_part_of_names_where_the_list_of_addresses_was_left_out() -> None:
    models = (
        "                      Released      Params   Context   Speed   Ability   Cost\n"
        "   [2]Acme: One       Jan 02, 2025  7B       8K        ★★      ★         $\n"
        "   [3]Acme: Two       Jan 03, 2025  7B       8K        ★★      ★         $\n"
        "   [4]Acme: Three     Jan 04, 2025  7B       8K        ★★      ★         $"
    )
    records = read(before="## Author's Description\n\nSee [1]this.", models=models)
    assert [model.name for model in records.models] == ["Acme: One", "Acme: Two", "Acme: Three"]
    assert records.models[0].description == "See this."
    for text in ("See [1]this.", "One [1]. Two [2]. Three [3]. Four [4]."):
        assert read(before=f"## Author's Description\n\n{text}").models[0].description == text


@pytest.mark.parametrize("logo", ["![]()", "![ ]( )", "", "![](/acme.png)", "![Acme]()"])
def test_a_provider_of_whom_nothing_but_a_logo_is_left_is_named_by_the_endpoint(logo: str) -> None:
    header = "\n".join(ENDPOINTS.split("\n")[:2])
    records = read(endpoints=f"{header}\n| {logo} | Acme \\| acme/one-1 | 8K | $1 | $2 |")
    assert served(records) == ACME
    assert records.warnings == []


def test_elements_that_are_none_of_html_are_words_of_a_description() -> None:
    text = "Prompts are <instruction>{what}</instruction> <code>{old}</code> <update>{new}</update>."
    model = read(before=f"## Author's Description\n\n{text}\n\n## Features\n\n<b>Tools</b>").models[0]
    assert (model.description, model.supported_features) == (text, ["Tools"])


def test_characters_may_be_named_as_in_html() -> None:
    before = "Author&#x27;s Description\n\nR&amp;D &mdash; it&rsquo;s 1 &lt; 2."
    models = MODELS.replace("★", "&#9733;").replace("Acme: One", "Acme: R&amp;D One")
    records = read(before=before, models=f"{MODELS}\n{models.split(chr(10))[2]}")
    assert records.models[0].description == "R&D — it’s 1 &lt; 2."
    assert [(model.name, model.is_subject) for model in records.models] == [
        ("Acme: One", True),
        ("Acme: R&D One", False),
    ]
    assert [rating.value for rating in records.ratings if rating.dimension == "speed"] == [2, 2]


@pytest.mark.parametrize(
    "lines",
    [
        "Context Length\n16K\nTokenizer\nPearTok",
        "Context Length: 16K\nTokenizer: PearTok",
        "- Context Length: 16K\n- Tokenizer: PearTok",
        "Context Length\n\n16K\n\nTokenizer\n\nPearTok",
    ],
)
def test_specifications_whose_heading_was_left_out_are_no_words_of_the_description(lines: str) -> None:
    model = read(
        before=f"## Author's Description\n\nTools: two.\nIt is green.\n{lines}\n\n## Features\n\nTools"
    ).models[0]
    assert (model.description, model.context_tokens, model.tokenizer) == (
        "Tools: two.\nIt is green.",
        16_000,
        "PearTok",
    )
    assert model.supported_features == ["Tools"]


def test_a_description_that_speaks_of_a_specification_keeps_its_words() -> None:
    text = "It is green.\nContext Length: 16K"
    assert read(before=f"## Author's Description\n\n{text}").models[0].description == text
    text = f"{text}\nTokenizer: PearTok"
    before = f"## Author's Description\n\n{text}\n\n## Key Specifications\n\nParams\n7B"
    assert read(before=before).models[0].description == text
