"""Badges that stand side by side: features, modalities, and what is glued to a name."""

from __future__ import annotations

import pytest
from small_page import html_page


@pytest.mark.parametrize(
    "badges",
    [
        "<div><p>This model supports these features:</p> <span>Tool Use</span> <span>JSON Mode</span></div>",
        "<p>This model supports the following features:</p><span>Tool Use</span><span>JSON Mode</span>",
        "<p>This model supports the following features:</p><x-tag>Tool Use</x-tag>\n<x-tag>JSON Mode</x-tag><br>",
    ],
)
def test_badges_beside_a_paragraph_are_an_entry_each(badges: str) -> None:
    assert html_page(sections=f"<h2>Features</h2>{badges}").models[0].supported_features == ["Tool Use", "JSON Mode"]


def test_words_in_several_elements_between_paragraphs_are_one_line_where_text_joins_them() -> None:
    description = "<div><p>One.</p><b>It</b> is <i>green</i><p>Two.</p></div>"
    assert html_page(sections=f"<h2>Description</h2>{description}").models[0].description == "One.\nIt is green\nTwo."


def test_features_with_spaces_alone_between_are_told_apart_where_all_are_known() -> None:
    glued = "<p>Function Calling Structured Output Reasoning</p>"
    kept = "<p>Multimodal Reasoning</p>"
    features = html_page(sections=f"<h2>Features</h2>{glued}{kept}").models[0].supported_features
    assert features == ["Function Calling", "Structured Output", "Reasoning", "Multimodal Reasoning"]


@pytest.mark.parametrize(
    "stated",
    [
        "<div><div>Input</div><div><span>Image</span> <span>Text</span></div></div>",
        "<div><div>Input</div><div><div>Image</div><div>Text</div></div></div>",
        "<ul><li><b>Input:</b> <span>Image</span> <span>Text</span></li></ul>",
        "<div><h4>Input Modalities</h4><ul><li>Image</li><li>Text</li></ul></div>",
    ],
)
def test_every_badge_of_a_modality_is_read(stated: str) -> None:
    records = html_page(sections=f"<h2>Key Specifications</h2>{stated}")
    assert (records.models[0].input_modalities, records.warnings) == (["image", "text"], [])
