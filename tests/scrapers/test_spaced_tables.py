"""Tables in text with one blank between cells, which the names of the columns and the kinds of the cells tell apart."""

from __future__ import annotations

from extracted_page import read, served
from patience import patience

ENDPOINTS = """
Provider Endpoint Name Context Length Pricing (Input) Pricing (Output)
Pear Cloud AI Pear Cloud AI | acme/one-1 32K $0.3 / 1M tokens $2.5 / 1M tokens
Acme Acme (FP8) | acme/one-1 32,768 $0.3 / 1M tokens —
"""
SCORES = """
Benchmark Category Reasoning Strategy Free Executions Accuracy Cost Duration
Coding Code No n-shot: 3 No 1,000 94.0% $0.0311 1m 9.1s
Email Classification Classification Yes Default No 100 99.0% $0.0022 850ms
Ethics Law No Default Yes 5 99% $0 —
"""
MODELS = """
Model Released Params Context Modalities Speed Ability Cost
Acme: One Jan 02, 2025 ~500B 32K
Image input
Text input
Text output
— ★★★ $$$$
Acme: Two (2024-02-21) Unavailable Feb 21, 2024 7B 8K
Text input
Text output
★★★★ ★ $
"""


def test_endpoints_are_told_by_the_provider_that_begins_their_names() -> None:
    assert served(read(endpoints=ENDPOINTS)) == [
        ("Pear Cloud AI", "Pear Cloud AI | acme/one-1", 32_000, ["0.3", "2.5"]),
        ("Acme", "Acme (FP8) | acme/one-1", 32_768, ["0.3", "None"]),
    ]


def test_scores_are_told_by_the_kinds_of_their_cells_and_by_known_benchmarks() -> None:
    records = read(scores=SCORES)
    assert [
        (one.benchmark, one.category, one.strategy, one.executions, str(one.accuracy_percent), str(one.duration_s))
        for one in records.benchmark_scores
    ] == [
        ("Coding", "Code", "n-shot: 3", 1000, "94.0", "69.1"),
        ("Email Classification", "Classification", "Default", 100, "99.0", "0.85"),
        ("Ethics", "Law", "Default", 5, "99", "None"),
    ]
    assert not records.warnings


def test_what_qualifies_a_known_benchmark_is_no_category() -> None:
    records = read(scores=f"{SCORES}Hallucinations (Baseline) Safety No Default No 50 70.0% $0.1 2s\n")
    assert (records.benchmark_scores[-1].benchmark, records.benchmark_scores[-1].category) == (
        "Hallucinations (Baseline)",
        "Safety",
    )


def test_the_rows_of_models_begin_where_a_day_stands() -> None:
    records = read(models=MODELS)
    assert [(model.name, model.context_tokens, model.input_modalities) for model in records.models] == [
        ("Acme: One", 32_000, ["image", "text"]),
        ("Acme: Two (2024-02-21)", 8000, ["text"]),
    ]
    assert [one.value for one in records.ratings if one.name == "Acme: Two (2024-02-21)"] == [4, 1, 1]


def test_a_row_that_can_be_taken_apart_in_two_ways_is_torn() -> None:
    records = read(scores=SCORES + "New Thing Other Thing No Default Yes 5 99% $0 1s\n")
    assert [one.benchmark for one in records.benchmark_scores] == ["Coding", "Email Classification", "Ethics"]
    assert [(warning.code, "New Thing" in warning.message) for warning in records.warnings] == [("torn_row", True)]


def test_a_row_may_be_broken_after_a_cell_and_the_names_may_stand_apart() -> None:
    broken = ENDPOINTS.replace("Output)\n", "Output)\n\n").replace("AI Pear Cloud AI |", "AI\nPear Cloud AI |")
    assert served(read(endpoints=broken)) == served(read(endpoints=ENDPOINTS))


def test_what_is_left_of_a_row_is_no_part_of_the_next_name() -> None:
    records = read(models=MODELS.replace("— ★★★ $$$$", "★★★ $$$$"))
    assert [model.name for model in records.models] == ["Acme: One", "Acme: Two (2024-02-21)"]
    assert not [one for one in records.ratings if one.name == "Acme: One"]
    assert "torn_row" in {warning.code for warning in records.warnings}


def test_endless_rows_are_given_up_at_once() -> None:
    """P22."""
    header = "Benchmark Category Reasoning Strategy Free Executions Accuracy Cost Duration\n"
    with patience():
        read(scores=header + ("No 5 " * 20 + "\n") * 3000 + "No " * 100_000)


def test_a_header_may_be_wrapped_and_so_may_the_last_cell_of_a_row() -> None:
    scores = (
        "Benchmark Category Reasoning Strategy Free Executions Accuracy Cost\nDuration\n"
        "Coding Code Yes Few-shot No 60 98.5% $0.0123 1m\n4s\nCoding Code No Few-shot No 60 91.5% $1.05 12.5s"
    )
    records = read(scores=scores)
    assert [(score.is_reasoning, str(score.duration_s)) for score in records.benchmark_scores] == [
        (True, "64"),
        (False, "12.5"),
    ]
    assert not records.warnings


def test_what_a_table_has_in_long_lines_does_not_widen_those_of_a_description() -> None:
    described = (
        "One is a model for long documents, which was made not long ago by a laboratory\nof note. It reads file and"
        " image and audio and text and is tuned for speed in\nmany languages, and for care in all the others, as long"
        " as there are any of them\nleft."
    )
    row = "Acme Acme |\nacme/a-name-that-is-too-long-to-be-wrapped-anywhere-20260101 8K $1 / 1M tokens $2 / 1M tokens"
    endpoints = f"Provider Endpoint Name Context Length Pricing (Input) Pricing (Output)\n{row}"
    records = read(before=f"## Author's Description\n\n{described}\n", endpoints=endpoints)
    assert "\n" not in (records.models[0].description or "\n")


def test_names_of_columns_on_line_after_line_are_given_up_soon() -> None:
    names = "Model Released Params Context Modalities Speed Ability Cost"
    with patience():
        read(before="## About\n\n" + "\n".join([names] * 3000))


def test_the_columns_that_the_page_leaves_blank_leave_no_name_and_icons_may_be_none() -> None:
    """lynx -dump"""
    rows = (
        "Released Params Context Speed Ability Cost\nAcme: One Jan 02, 2025 ~500B 32K Image input\nText input\n"
        "Text output — ★★★ $$$$\nAcme: Two (Old) Unavailable Feb 21, 2024 7B 8K ★★★★ ★ $\n"
    )
    records = read(models=rows)
    assert [(model.name, model.is_available, model.input_modalities) for model in records.models] == [
        ("Acme: One", None, ["image", "text"]),
        ("Acme: Two (Old)", False, None),
    ]
    assert [one.value for one in records.ratings] == [None, 3, 4, 4, 1, 1]
    assert not records.warnings


def test_the_header_of_a_list_of_specifications_is_none_of_them() -> None:
    listed = "## Key Specifications\n\n   Specification     Value\n   Context Length    8K\n   Max Output 4,096\n"
    records = read(before=listed)
    assert (records.models[0].context_tokens, records.models[0].max_output_tokens) == (8000, 4096)
    assert not records.warnings


def test_a_provider_that_is_called_as_a_column_of_another_table_is_no_column_of_this_one() -> None:
    header = "Provider Endpoint Name Context Length Pricing (Input) Pricing (Output)"
    rows = [
        "Free",
        "Free | acme/one-1 1M $1 / 1M tokens $2 / 1M",
        "tokens",
        "Pear",
        "Pear | acme/one-1 8K $3 / 1M tokens $4 /",
        "1M tokens",
    ]
    assert served(read(endpoints="\n".join([header, *rows]))) == [
        ("Free", "Free | acme/one-1", 1_000_000, ["1", "2"]),
        ("Pear", "Pear | acme/one-1", 8000, ["3", "4"]),
    ]


def test_the_header_that_comes_again_on_the_next_sheet_is_no_part_of_a_name() -> None:
    header, first, *rest = MODELS.strip().split("\n")
    records = read(models="\n".join([header, first, *rest[:4], header, *rest[4:]]))
    assert [model.name for model in records.models] == ["Acme: One", "Acme: Two (2024-02-21)"]
    assert not [one for one in records.warnings if one.where.startswith("Other Models")]


def test_a_row_of_which_another_sheet_has_the_last_icons_is_told_and_not_read() -> None:
    torn = MODELS.replace("Text output\n— ★★★ $$$$\n", "— ★★★ $$$$\nText output\n")
    records = read(models=torn)
    assert [(model.name, model.input_modalities) for model in records.models] == [("Acme: One", None)]
    assert "unread_section" in [one.code for one in records.warnings]


def test_a_name_of_which_the_first_line_may_be_torn_is_not_read() -> None:
    scrambled = MODELS.replace("Acme: Two (2024-02-21) Unavailable Feb", "★ Acme:\nTwo Unavailable Feb")
    records = read(models=scrambled)
    assert [model.name for model in records.models] == ["Acme: One"]
    assert any("Two Unavailable Feb 21, 2024" in one.message for one in records.warnings)


def test_a_benchmark_that_stands_above_and_below_its_row_has_both_lines_of_its_name() -> None:
    header, coding, email, ethics = SCORES.strip().split("\n")
    around = email.replace("Email Classification ", "Email\n") + "\nClassification"
    records = read(scores="\n".join([header, coding, around, ethics]))
    assert [(one.benchmark, one.category) for one in records.benchmark_scores] == [
        ("Coding", "Code"),
        ("Email Classification", "Classification"),
        ("Ethics", "Law"),
    ]


def test_a_name_may_be_broken_after_a_stroke() -> None:
    records = read(models=MODELS.replace("Acme: Two (2024-02-21)", "Acme: Two (2024-\n02-21)"))
    assert [model.name for model in records.models] == ["Acme: One", "Acme: Two (2024-02-21)"]


TALL = "Provider Endpoint Name\nContext\nLength\nPricing\n(Input)\nPricing\n(Output)"


def test_a_header_may_stand_on_many_lines_and_come_again() -> None:
    rows = ["Pear 7", "Pear 7 | acme/one-1", "1M", "$1 / 1M", "tokens", "$2 / 1M", "tokens"]
    more = ["Speed", "Speed | acme/one-1", "8K", "$3 / 1M", "tokens", "$4 / 1M", "tokens"]
    records = read(endpoints="\n".join([TALL, *rows, TALL, *more]))
    assert served(records) == [
        ("Pear 7", "Pear 7 | acme/one-1", 1_000_000, ["1", "2"]),
        ("Speed", "Speed | acme/one-1", 8000, ["3", "4"]),
    ]
    assert not [one for one in records.warnings if one.where.startswith("Available Endpoints")]
