"""Pages that a converter wrote as reStructuredText, Org or plain text, with rulers of all kinds around its tables."""

from __future__ import annotations

import pytest
from extracted_page import ACME, read, served
from patience import patience

from scrapers.errors import UnreadableDocument

ENDPOINTS = ("Provider", "Endpoint Name", "Context Length", "Pricing (Input)", "Pricing (Output)")
ROWS = [("Acme", "Acme | acme/one-1", "8K", "$1", "$2"), ("Pear Cloud", "Pear | acme/one-1", "16K", "$3", "$4")]
BOTH = [*ACME, ("Pear Cloud", "Pear | acme/one-1", 16_000, ["3", "4"])]
WIDTHS = (10, 17, 14, 15, 16)


def laid_out(cells: tuple[str, ...]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


RULER = "  ".join("=" * width for width in WIDTHS)


def simple(*rows: tuple[str, ...], between: str = "\n") -> str:
    return "\n".join([RULER, laid_out(ENDPOINTS), RULER, between.join(map(laid_out, rows)), RULER])


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("indent", ["", "   "])
def test_a_simple_table_has_double_rulers(between: str, indent: str) -> None:
    table = simple(*ROWS, between=between).replace("\n", f"\n{indent}")
    assert served(read(endpoints=indent + table)) == BOTH


def test_a_line_that_says_nothing_in_the_first_column_goes_on_with_the_row_above() -> None:
    wrapped = [("Acme", "Acme |", "8K", "$1", "$2"), ("", "acme/one-1", "", "", ""), ROWS[1]]
    assert served(read(endpoints=simple(*wrapped))) == BOTH


@pytest.mark.parametrize("sign", ["=", "-"])
@pytest.mark.parametrize("between", ["", "\n"])
def test_a_table_without_a_header_is_all_that_stands_between_two_rulers(sign: str, between: str) -> None:
    ruler = f"{sign * 14}  {sign * 13}"
    facts = ["Context Length  8,192", "Max Output      4,096 tokens", "Tokenizer       GPT"]
    table = f"\n{between}".join(facts)
    model = read(before=f"## Key Specifications\n\n{ruler}\n{table}\n{ruler}\n").models[0]
    assert (model.context_tokens, model.max_output_tokens, model.tokenizer) == (8192, 4096, "GPT")


@pytest.mark.parametrize("sign", "=-~^\"'+*")
def test_a_heading_may_be_underlined_with_any_sign(sign: str) -> None:
    before = f"Author's Description\n{sign * 20}\n\nIt is green.\n\nFeatures\n{sign * 8}\n\nVision\n"
    model = read(before=before).models[0]
    assert (model.description, model.supported_features) == ("It is green.", ["Vision"])


FRAME = """
+------------------------------------------------------------------+
|Provider  |Endpoint Name|Context|Pricing    |Pricing    |Max Output|
|          |             |Length |(Input)    |(Output)   |          |
|----------+-------------+-------+-----------+-----------+----------|
|Acme      |Acme |       |8K     |$1         |$2         |4K        |
|          |acme/one-1   |       |           |           |          |
|----------+-------------+-------+-----------+-----------+----------|
|Pear Cloud|Pear |       |16K    |$3 / 1M    |$4         |4K        |
|          |acme/one-1   |       |tokens     |           |          |
+------------------------------------------------------------------+
"""


def test_a_frame_may_have_corners_at_its_four_ends_alone() -> None:
    assert served(read(endpoints=FRAME)) == BOTH


BROKEN = """
+----------+---------+---------+---------+----------+
| Provider | Endpoin | Context | Pricing | Pricing  |
|          | t Name  | Length  | (Input) | (Output) |
+==========+=========+=========+=========+==========+
| Acme     | Acme    | 8K      | $1      | $2       |
+----------+---------+---------+---------+----------+
"""
SLUGS_FROM_THE_END = """
+----------+----------+---------+---------+----------+
| Provider | Endpoint | Context | Pricing | Pricing  |
|          | Name     | Length  | (Input) | (Output) |
+==========+==========+=========+=========+==========+
| Acme     | Acme |   | 8K      | $1      | $2       |
|          | acme/o   |         |         |          |
|          | ne-12345 |         |         |          |
+----------+----------+---------+---------+----------+
"""
SLUGS = """
+----------+----------+---------+---------+----------+
| Provider | Endpoint | Context | Pricing | Pricing  |
|          | Name     | Length  | (Input) | (Output) |
+==========+==========+=========+=========+==========+
| Acme     | Acme |   | 8K      | $1      | $2       |
|          | ac       |         |         |          |
|          | me/one-1 |         |         |          |
+----------+----------+---------+---------+----------+
| Pear     | Pear |   | 16K     | $3      | $4       |
| Cloud    | acme/one |         |         |          |
|          | -1       |         |         |          |
+----------+----------+---------+---------+----------+
"""


def test_a_slug_that_is_broken_for_want_of_room_is_whole() -> None:
    assert served(read(endpoints=SLUGS)) == BOTH
    assert [one[1] for one in served(read(endpoints=SLUGS_FROM_THE_END))] == ["Acme | acme/one-12345"]


def test_rows_whose_words_are_broken_as_those_of_the_header_are_told() -> None:
    records = read(endpoints=BROKEN)
    assert records.endpoints == []
    assert [warning.code for warning in records.warnings] == ["torn_row"]


def test_headings_in_containers_and_links_are_read_in_restructuredtext() -> None:
    before = (
        ".. container:: section\n\n   .. rubric:: Author's Description\n      :name: authors-description\n\n"
        "   It is green.\n\n   .. rubric:: Features\n      :name: features\n\n   -  Vision\n\n"
    )
    models = (
        "=========================================== ============ ======= =====\n"
        "Model                                       Released     Context Speed\n"
        "=========================================== ============ ======= =====\n"
        "`Acme: One </models/acme/one-1>`__          Jan 02, 2025 8K      ★★\n"
        "`Acme: Two </models/acme/two-2>`_           Feb 03, 2025 16K     ★\n"
        "=========================================== ============ ======= =====\n"
    )
    records = read(before=before, models=models)
    assert (records.models[0].description, records.models[0].supported_features) == ("It is green.", ["Vision"])
    assert [(model.name, model.canonical_slug) for model in records.models] == [
        ("Acme: One", "acme/one-1"),
        ("Acme: Two", "acme/two-2"),
    ]


def test_a_link_that_is_broken_anywhere_leaves_its_row_torn() -> None:
    models = """
+------------+--------------+---------+-------+
| Model      | Released     | Context | Speed |
+============+==============+=========+=======+
| `Acme: O   | Jan 02, 2025 | 8K      | ★★    |
| ne </models|              |         |       |
| /acme/one> |              |         |       |
| `__        |              |         |       |
+------------+--------------+---------+-------+
| `Ab </>`_  | Jan 02, 2025 | 8K      | ★★    |
+------------+--------------+---------+-------+
"""
    records = read(models=models)
    assert [model.name for model in records.models if not model.is_subject] == ["Ab"]
    assert "torn_row" in [warning.code for warning in records.warnings]


def test_asciidoc_is_refused_by_name() -> None:
    table = "|===\n|Provider |Endpoint Name |Context Length\n\n|Acme |acme/one-1 |8K\n|==="
    with pytest.raises(UnreadableDocument, match="AsciiDoc"):
        read(endpoints=table)


def test_drawers_and_links_of_org_are_no_part_of_what_they_stand_beside() -> None:
    drawer = "   :PROPERTIES:\n   :CUSTOM_ID: features\n   :END:\n"
    row = "| [[/models/acme/one-1][Acme: One]] Unavailable | Jan 02, 2025 | 8K | ★★ |"
    models = f"| Model | Released | Context | Speed |\n|---+---+---+---|\n{row}\n"
    records = read(before=f"## Features\n{drawer}\n- Vision\n", models=models)
    (model,) = records.models
    assert (model.name, model.canonical_slug, model.is_available) == ("Acme: One", "acme/one-1", False)
    assert model.supported_features == ["Vision"]


@pytest.mark.parametrize("section", ["Key Specifications", "Supported Parameters", "Features", "Price History"])
def test_a_table_that_the_converter_left_out_is_told(section: str) -> None:
    records = read(before=f"## {section}\n\n[TABLE]\n")
    assert [(warning.code, warning.where) for warning in records.warnings] == [("torn_row", section)]
    assert "[TABLE]" in records.warnings[0].message
    assert records.models[0].supported_parameters is None


def test_a_list_that_the_converter_left_out_ends_no_model() -> None:
    records = read(models="[TABLE]")
    assert [(warning.code, warning.where) for warning in records.warnings] == [("torn_row", "Other Models by acme")]
    assert served(records) == ACME


def test_org_has_two_colons_between_a_label_and_its_value() -> None:
    facts = "- Context Length :: 8,192\n- Max Output :: 4,096 tokens\n- Tokenizer :: GPT"
    records = read(before=f"** Key Specifications\n{facts}\n")
    model = records.models[0]
    assert (model.context_tokens, model.max_output_tokens, model.tokenizer) == (8192, 4096, "GPT")
    assert not records.warnings


def test_org_has_a_row_for_each_line_of_a_cell() -> None:
    blank = "|             |              |         |              |       |"
    badges = [
        blank.replace("             |       |", f" {words} |       |") for words in ("Image input", "Text output")
    ]
    rows = ["| Acme: One   | Jan 02, 2025 | 8K      | Text input   | ★★    |", blank, badges[0], blank, badges[1]]
    rows += ["| Acme: Two   | Jan 03, 2025 | 8K      | Text input   | ★     |", blank, badges[1]]
    header = "|             | Released     | Context |              | Speed |"
    records = read(models="\n".join([header, "|-------------+--------------+---------+--------------+-------|", *rows]))
    assert [(model.name, model.input_modalities, model.output_modalities) for model in records.models] == [
        ("Acme: One", ["image", "text"], ["text"]),
        ("Acme: Two", ["text"], ["text"]),
    ]
    assert not records.warnings


def test_a_model_whose_icons_are_of_one_side_is_silent_of_the_other() -> None:
    models = "| Model | Released | Context | Modalities | Speed |\n|---|---|---|---|---|\n"
    model = read(models=f"{models}| Acme: One | Jan 02, 2025 | 8K | Text input | ★ |").models[0]
    assert (model.input_modalities, model.output_modalities) == (["text"], None)


def test_a_container_within_a_cell_is_no_part_of_a_name() -> None:
    table = """
+-------------+--------------+---------+-----------+------------+
| Provider    | Endpoint     | Context | Pricing   | Pricing    |
|             | Name         | Length  | (Input)   | (Output)   |
+=============+==============+=========+===========+============+
| ..          | Acme \\|      | 8K      | $1 / 1M   | $2 / 1M    |
| container:: | acme/one-1   |         | tokens    | tokens     |
|             |              |         |           |            |
|    Acme     |              |         |           |            |
+-------------+--------------+---------+-----------+------------+
"""
    assert served(read(endpoints=table)) == ACME


@pytest.mark.parametrize(
    "line",
    ["==== ====", "---- ----", "+----+----+----+", "|----+----|", "+----------+", ".. rubric:: x", "`a <", "[[a]["],
)
def test_a_great_many_rulers_are_read_in_no_time(line: str) -> None:
    with patience():
        for text in ("\n".join([line] * 5_000), "\n".join([line, "a    b"] * 5_000), line * 5_000):
            read(before=f"## About\n\n{text}\n\n## Features\n\nVision")
