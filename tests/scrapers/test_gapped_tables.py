"""Tables in text with blanks alone between their columns: browsers for text, and pages that were printed."""

from __future__ import annotations

from extracted_page import ACME, SCORES, read, served

from scrapers.document import Document
from scrapers.sources.benchable_page import parse

NAMED = """
                 Name                   Released   Params Context             Modalities             Speed Ability Cost
  [1]Acme: One                        Jan 02, 2025 405B   32K     Text input Text output             ★     —       $$$$
  [2]Acme: Two 8B (mini)              Feb 05, 2025 400B   1.05M   Image input Text input Text output ★★★★  ★★★★    $$
  [3]Acme: Three the Fair Unavailable May 13, 2024 8B     8K      Text input Text output             —     —       $
"""
REFERENCES = """
References

   1. file:///models/acme/one-1
   2. https://example.org/models/acme/two-8b
   3. https://example.org/models/acme/three
"""


def test_names_in_the_middle_of_their_columns_tell_them_apart_and_numbers_lead_to_addresses() -> None:
    records = read(models=NAMED, after=REFERENCES)
    assert [(model.name, model.canonical_slug, model.is_available) for model in records.models] == [
        ("Acme: One", "acme/one-1", None),
        ("Acme: Two 8B (mini)", "acme/two-8b", None),
        ("Acme: Three the Fair", "acme/three", False),
    ]
    assert records.models[1].input_modalities == ["image", "text"]
    assert not records.warnings


BELOW_EACH_OTHER = """
    Provider      Endpoint Name       Context Length Pricing (Input) Pricing (Output)
    Acme     Acme (BF16) | acme/one-1 8K             $1 / 1M tokens  $2 / 1M tokens
"""
TWO_WORDS = """
   Provider               Endpoint Name            Context Length Pricing (Input) Pricing (Output)
Pear Cloud     Pear Cloud (BF16) | acme/one-1      8K             $1 / 1M tokens  $2 / 1M tokens
Amazon Bedrock Amazon Bedrock (FP8) | acme/one-1   16K            $3 / 1M tokens  $4 / 1M tokens
"""


def test_the_names_decide_where_the_words_of_all_rows_stand_below_each_other() -> None:
    assert served(read(endpoints=BELOW_EACH_OTHER)) == [("Acme", "Acme (BF16) | acme/one-1", 8000, ["1", "2"])]
    assert served(read(endpoints=TWO_WORDS))[1] == (
        "Amazon Bedrock",
        "Amazon Bedrock (FP8) | acme/one-1",
        16_000,
        ["3", "4"],
    )


def test_a_header_whose_names_stand_close_is_one_all_the_same() -> None:
    table = """
      Benchmark          Category    Reasoning Strategy Free Executions Accuracy  Cost   Duration
Coding                Programming    No        Default  No   100        94.0%    $0.0311 9.1s
Email Classification  Classification No        Default  No   100        99.0%    $0.0022 1.2s
"""
    scores = read(scores=table).benchmark_scores
    assert [(one.benchmark, str(one.accuracy_percent), str(one.cost_usd)) for one in scores] == [
        ("Coding", "94.0", "0.0311"),
        ("Email Classification", "99.0", "0.0022"),
    ]


PRINTED = """
Model                Released        Params    Context   Modalities               Speed    Ability   Cost
                                               Length

Acme: One            Jan 02, 2025    —         1M        File input, Text input,  ★★★      ★★★★★     $$$$$
                                                         Text output

Acme: Two Pro        Feb 24, 2025    —         200K      Text input, Text         ★★       ★★★★★     $$$$$
(free) Unavailable                                       output
https://example.org/models/acme/one-1                                                                     1/2
\f11/4/25, 10:12 AM                        Acme: One | Benchable

Model                Released        Params    Context   Modalities               Speed    Ability   Cost
Acme: v2.1           Nov 22, 2023    ~130B     200K      Text input, Text output  —        ★★        $$$$$

Prices are in US dollars.
"""


def test_a_table_goes_on_below_blank_lines_and_on_the_next_sheet() -> None:
    models = read(models=PRINTED).models
    assert [(model.name, model.is_available, model.context_tokens) for model in models] == [
        ("Acme: One", None, 1_000_000),
        ("Acme: Two Pro (free)", False, 200_000),
        ("Acme: v2.1", None, 200_000),
    ]
    assert models[0].input_modalities == ["file", "text"]


def test_lines_that_stand_above_the_rows_that_they_are_of_are_not_given_to_others() -> None:
    table = """
Model             Released        Context   Modalities
Acme: One         Jan 02, 2025    1M        Text input, Text output
                                            Image input,
Acme: Two         Feb 24, 2025    200K      Text input, Text output
"""
    records = read(models=table)
    assert all(model.input_modalities is None for model in records.models)
    assert "torn_row" in {warning.code for warning in records.warnings}


def test_rows_that_the_columns_do_not_fit_are_not_lost_in_silence() -> None:
    records = read(models=PRINTED.replace("(free) Unavailable   ", "(thinking) Unavailable"))
    assert "Acme: Two Pro" not in {model.name for model in records.models}
    assert "torn_row" in {warning.code for warning in records.warnings}


IN_THE_MIDDLE = """
Model                         Released      Params  Context  Modalities   Speed  Ability  Cost
Acme: One                     Oct 31, 2025  —       8K       Text input   ★★     ★★★      $$$$$
                                                             Text output
                                                             Image input
Acme: Two Lite                Dec 05, 2024  —       300K     Text input   ★★★★★  ★★       $
                                                             Text output
Acme: Old (mini) Unavailable  Nov 29, 2023  ~20B    8K       Text input   —      —        $$
                                                             Text output
"""


def test_the_cells_of_a_row_may_stand_in_its_middle() -> None:
    records = read(models=IN_THE_MIDDLE)
    assert [(model.name, model.input_modalities, model.is_available) for model in records.models] == [
        ("Acme: One", ["text"], None),
        ("Acme: Two Lite", ["image", "text"], None),
        ("Acme: Old (mini)", ["text"], False),
    ]
    assert not records.warnings


def test_a_page_whose_list_nobody_can_read_has_its_name_from_the_line_above_all_sections() -> None:
    text = """
Acme: One Premier

Performance Summary

One Premier is quick, ranking in the 27th percentile for speed.

Current Pricing

Prompt: $1

Available Endpoints

Provider: Acme
Endpoint Name: Acme | acme/one-premier-v1
Context Length: 8K

Benchmark Results

No results yet.

Other Models by acme

No other models.
"""
    records = parse(Document(body=text.encode())).records()
    assert [(model.name, model.canonical_slug) for model in records.models] == [
        ("Acme: One Premier", "acme/one-premier-v1")
    ]
    assert [(one.dimension, one.value) for one in records.ratings] == [("speed_percentile", 27)]


CENTRED = """
 Provider          Endpoint Name         Context    Pricing     Pricing
                                         Length     (Input)    (Output)
Acme       Acme | acme/                 8K         $1         $2
           one-1
Pear Cloud Pear | acme/                 16K        $3 / 1M    $4
           one-1                                   tokens
Google AI  Google AI Studio | acme/     1.05M      $2.2 / 1M  $12 / 1M
Studio     one-1                                   tokens     tokens
"""
AROUND = """
   Model     Released Params Context       Modalities       Speed Ability Cost
Acme: One    Jun 03,                 File input Image input
of Many      2026     27B    131K    Audio input Text input ★★★★★ —       $$$$
Unavailable                          Text output
Acme: Two    Feb 06,  7.5B   1M      File input Text input  ★★★★  ★★★     $
             2026                    Text output
Acme: Three                          File input Audio input
of a Good    May 24,  —      1M      Text input Video input ★★★★  —       $$
Many         2025                    Image output Text
                                     output
"""


def test_rows_of_several_lines_lie_below_names_in_the_middle_of_columns_one_blank_apart() -> None:
    records = read(endpoints=CENTRED)
    assert served(records) == [
        *ACME,
        ("Pear Cloud", "Pear | acme/one-1", 16_000, ["3", "4"]),
        ("Google AI Studio", "Google AI Studio | acme/one-1", 1_050_000, ["2.2", "12"]),
    ]


def test_rows_of_several_lines_lie_around_what_has_one_line() -> None:
    records = read(models=AROUND, endpoints=SCORES)
    assert [(m.name, str(m.released_on), m.context_tokens, m.is_available) for m in records.models[1:]] == [
        ("Acme: One of Many", "2026-06-03", 131_000, False),
        ("Acme: Two", "2026-02-06", 1_000_000, None),
        ("Acme: Three of a Good Many", "2025-05-24", 1_000_000, None),
    ]
    assert records.models[3].output_modalities == ["image", "text"]


def test_a_table_whose_columns_may_end_at_several_places_is_told() -> None:
    table = AROUND.replace("Acme: One    Jun 03,", "Acme: One 12 Jun 03,").replace("—      1M", "1B 8K  1M")
    records = read(models=table, endpoints=SCORES)
    assert {warning.code for warning in records.warnings} & {"torn_row", "unread_section", "unread_value"}


TALLER = """
   Provider Endpoint Name                  Context Pricing  Pricing
                                           Length  (Input)  (Output)
   Acme     Acme |                         200K    Free     Free
            acme/one-1
   Pear     Pear Cloud |                           $0.075 / $0.6 / 1M
   Cloud    acme/one-1                     1.05M   1M       tokens
                                                   tokens
"""


def test_a_line_within_a_row_does_not_begin_one_though_it_has_a_name_and_a_number() -> None:
    assert served(read(endpoints=TALLER)) == [
        ("Acme", "Acme | acme/one-1", 200_000, ["0", "0"]),
        ("Pear Cloud", "Pear Cloud | acme/one-1", 1_050_000, ["0.075", "0.6"]),
    ]


def test_a_row_may_say_more_in_its_middle_than_in_its_first_line() -> None:
    middle = TALLER.replace("$0.075 / $0.6 / 1M", "$0.075 /").replace("1M       tokens", "1M       $0.6")
    assert [one[:3] for one in served(read(endpoints=middle))] == [
        ("Acme", "Acme | acme/one-1", 200_000),
        ("Pear Cloud", "Pear Cloud | acme/one-1", 1_050_000),
    ]


UNEVEN = """
   Name              Release Date Parameters Context Modalities               Speed Ability Cost
                                             Window
   Acme: Pear                                        File input, Image input,
   Pro               Aug 02, 2026 ~500B      65K     Text input, Image        ★★★   ★★★     $$$
                                                     output, Text output
   Acme: Flint       Aug 21, 2025 27B        8K      Audio input, Text input, ★★    ★★      $$$
   Vision                                            Text output
   Acme: Anvil       Jul 08, 2025 4B         32K     Text input, Text output  ★     ★       $$$
   Vision
   Acme: Heron       May 27, 2025 ~500B      32K     Text input, Text output  ★★    ★★★★★   $$
   Large Unavailable
   Acme: Sorrel      Mar 06, 2025 7.5B       8K      File input, Text input,  ★★★★  ★★★★★   $$$$
   Thinking                                          Video input, Text output
"""


def test_rows_that_may_begin_at_several_lines_are_told() -> None:
    records = read(models=UNEVEN, endpoints=SCORES)
    assert [model.name for model in records.models] == ["Acme: One"]
    assert "torn_row" in [warning.code for warning in records.warnings]


def test_a_slug_that_a_printed_page_breaks_at_a_stroke_is_one_and_no_context() -> None:
    header = "Provider\nEndpoint Name\nContext Length\nPricing (Input)\nPricing (Output)\n"
    assert served(read(endpoints=f"{header}Acme\nAcme | acme/one-\n1\n8K\n$1\n$2")) == ACME
