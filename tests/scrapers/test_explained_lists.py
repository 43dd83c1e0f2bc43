"""Parameters and features that a page explains, or shows on chips that can be taken away."""

from __future__ import annotations

import pytest
from small_page import html_page, html_page_with

PARAMETERS = ["temperature", "top_p", "tools"]
FEATURES = ["Function calling", "Vision", "JSON mode"]
SAID = ("Controls randomness.", "Nucleus sampling of the answer.", "Functions that the model may call.")
EXPLAINED = [
    "<div><b>{}</b><p>{}</p></div>",
    '<div class="item"><div>{}</div><div>{}</div></div>',
    "<details><summary><code>{}</code></summary><p>{}</p></details>",
    "<ul><li><code>{}</code><span>{}</span></li></ul>",
    "<ul><li><code>{}</code> <em>(number)</em> — {}</li></ul>",
    "<div><h4>{}</h4><p>{}</p></div>",
]


def listed(heading: str, content: str) -> tuple[list[str] | None, list[str] | None]:
    model = html_page(sections=f"<h2>{heading}</h2>{content}").models[0]
    return model.supported_parameters, model.supported_features


@pytest.mark.parametrize("item", EXPLAINED)
def test_what_is_said_of_an_entry_is_no_entry(item: str) -> None:
    parameters = "".join(item.format(*pair) for pair in zip(PARAMETERS, SAID, strict=True))
    features = "".join(item.format(*pair) for pair in zip(FEATURES, SAID, strict=True))
    assert listed("Supported Parameters", parameters) == (PARAMETERS, None)
    assert listed("Features", features) == (None, FEATURES)


@pytest.mark.parametrize(
    "chip",
    [
        '<span class="chip">{}<button aria-label="Remove">×</button></span>',
        '<div class="MuiChip-root"><span class="MuiChip-label">{}</span><svg class="MuiChip-deleteIcon" '
        'data-testid="CancelIcon"></svg></div>',
        '<span class="ant-tag">{}<span class="anticon-close ant-tag-close-icon" role="img"><svg></svg></span></span>',
    ],
)
def test_a_cross_that_takes_a_chip_away_denies_nothing(chip: str) -> None:
    assert listed("Features", "".join(map(chip.format, FEATURES))) == (None, FEATURES)


def test_what_a_cross_denies_is_no_feature() -> None:
    rows = "".join(f'<div><span>{name}</span><svg class="lucide lucide-check"></svg></div>' for name in FEATURES)
    denied = '<div><span>Batch</span><svg class="lucide lucide-x"></svg></div>'
    assert listed("Features", rows + denied) == (None, FEATURES)


def test_features_that_are_all_sentences_are_kept() -> None:
    items = "<ul><li>Reads long texts.</li><li>Writes short ones.</li></ul>"
    assert listed("Features", items) == (None, ["Reads long texts.", "Writes short ones."])


def test_the_name_of_an_endpoint_may_stand_below_its_provider() -> None:
    headers = ("Provider", "Context Length", "Pricing (Input)", "Pricing (Output)")
    names = "".join(f"<th>{name}</th>" for name in headers)
    rows = "".join(
        f"<tr><td><div>{name}</div><div>{name.lower()}/one</div></td><td>8K</td><td>$1</td><td>$2</td></tr>"
        for name in ("Acme", "Nimbus")
    )
    records = html_page_with("Available Endpoints", f"<table><tr>{names}</tr>{rows}</table>")
    assert [(one.provider, one.endpoint_name) for one in records.endpoints] == [
        ("Acme", "acme/one"),
        ("Nimbus", "nimbus/one"),
    ]
    assert {price.provider for price in records.prices} == {None, "Acme", "Nimbus"}


@pytest.mark.parametrize(
    "content",
    [
        "<p>2 total</p><ul><li>Structured outputs</li><li>Tool calling</li></ul>",
        "<p>2 supported features</p><ul><li>Structured outputs</li><li>Tool calling</li></ul>",
        "<p>Structured outputs and Tool calling</p>",
        "<ul><li>Structured outputs</li><li>Tool calling</li><li><del>Web search</del></li></ul>",
        "<ul><li>Structured outputs</li><li>Tool calling</li><li class='line-through'>Web search</li></ul>",
        "<ul><li>Structured outputs</li><li>Tool calling</li><li><s>Web search</s></li></ul>",
    ],
)
def test_counts_joined_names_and_struck_entries_of_a_list(content: str) -> None:
    assert html_page(sections=f"<h2>Features</h2>{content}").models[0].supported_features == [
        "Structured outputs",
        "Tool calling",
    ]


@pytest.mark.parametrize(
    "content",
    [
        "<ul><li>top_p</li><li>tools</li><li class='unsupported text-gray-400'>logprobs</li></ul>",
        "<ul><li>top_p</li><li>tools</li><li aria-disabled='true'>logprobs</li></ul>",
        "<table><tr><td>top_p</td><td>tools</td></tr></table>",
        "<p>top_p; tools.</p>",
        "<ul><li>top_p</li><li hidden>tools</li></ul><button>Show more</button>",
        "<ul><li><code>top_p</code> <span class='badge'>beta</span></li><li>tools</li></ul>",
        "<ul><li>top_p</li><li>tools</li></ul><a href='/docs'>Learn more about parameters</a>",
    ],
)
def test_a_list_has_its_entries_and_nothing_else(content: str) -> None:
    assert listed("Supported Parameters", content) == (["top_p", "tools"], None)


@pytest.mark.parametrize(
    "content",
    [
        "<p>Tool calling, Web search.</p>",
        "<table><tr><td>Tool calling</td><td>Web search</td></tr></table>",
        "<ul><li>Tool calling</li><li hidden>Web search</li></ul><button>Show more</button>",
    ],
)
def test_features_in_a_row_and_behind_a_button(content: str) -> None:
    assert listed("Features", content) == (None, ["Tool calling", "Web search"])


@pytest.mark.parametrize("cross", ['<img src="/x.svg" alt="">', '<button><img src="/icons/close.svg" alt=""></button>'])
def test_a_picture_of_a_cross_on_a_chip_denies_nothing(cross: str) -> None:
    chips = "".join(f'<span class="chip">{name}{cross}</span>' for name in FEATURES)
    assert listed("Features", chips) == (None, FEATURES)
