"""Lists of models in text whose header leaves the columns of names and of icons blank, as the site's own does."""

from __future__ import annotations

import pytest
from extracted_page import ENDPOINTS, read

from scrapers.records import Records

IN_THE_MIDDLE = """
                            Released      Params  Context                Speed  Ability  Cost
                                                           Image input
Acme: One                   Jan 02, 2025  70B     131,072  Text input    ★      ★★★★★    $
                                                           Text output
                                                           Image input
Acme: Two (Old) Unavailable Feb 03, 2024  —       32K      Text input    ★★★★   —        $$$$$
                                                           Text output
"""
ONE_BLANK_APART = """
                              Released   Params Context              Speed Ability Cost
                                                        Image input
Acme: One                   Jan 02, 2025 70B    131,072 Text input   ★     ★★★★★   $
                                                        Text output
                                                        Image input
Acme: Two (Old) Unavailable Feb 03, 2024 —      32K     Text input   ★★★★  —       $$$$$
                                                        Text output
"""
ABOVE_A_BADGE = """
                                      Released   Params Context                             Speed Ability Cost
Acme: One                           Jan 02, 2025 70B    131,072                             ★     ★★★★★   $
Acme: Two (Old)                     Feb 03, 2024 —      32K                                 ★★★★  —       $$$$$
Unavailable
"""
BROKEN_NAME = (
    "| Released| Params| Context| | Speed| Ability| Cost  \n---|---|---|---|---|---|---|---  \n"
    "Acme: One| Jan 02, 2025| 70B| 131,072| Image inputText inputText output| ★| ★★★★★| $  \n"
    "Acme: Two (Old)  \nUnavailable| Feb 03, 2024| —| 32K| Image inputText inputText output| ★★★★| —| $$$$$  \n"
)


def stated(records: Records) -> list[tuple[str | None, bool | None, str, int | None]]:
    return [(one.name, one.is_available, str(one.released_on), one.context_tokens) for one in records.models]


@pytest.mark.parametrize("models", [IN_THE_MIDDLE, ONE_BLANK_APART, ABOVE_A_BADGE, BROKEN_NAME])
def test_a_list_of_rows_of_several_lines_needs_no_name_for_the_models_and_their_icons(models: str) -> None:
    """inscriptis, w3m -dump and html2text"""
    records = read(models=models, endpoints=ENDPOINTS)
    assert stated(records) == [
        ("Acme: One", None, "2025-01-02", 131_072),
        ("Acme: Two (Old)", False, "2024-02-03", 32_000),
    ]
    assert [one.value for one in records.ratings] == [1, 5, 1, 4, None, 5]
    icons = None if models is ABOVE_A_BADGE else ["image", "text"]
    assert [model.input_modalities for model in records.models] == [icons, icons]
    assert not records.warnings
