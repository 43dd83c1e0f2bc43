"""Cards of plain elements: where the element of one ends, the next one begins, whatever stands at the edges of both."""

from __future__ import annotations

import pytest
from small_page import html_page, html_page_with

from scrapers.records import BenchmarkScore, Records


def pairs(*labelled: str) -> str:
    """Labels and their values, each pair in a row of its own: `Cost=$1`."""
    rows = (one.partition("=") for one in labelled)
    return "".join(f"<div><span>{label}</span><span>{value}</span></div>" for label, _, value in rows)


def endpoints(*cards: str) -> Records:
    return html_page_with("Available Endpoints", "".join(f'<div class="card">{card}</div>' for card in cards))


def scores(*cards: str) -> list[BenchmarkScore]:
    return html_page_with("Benchmark Results", "".join(f"<div>{card}</div>" for card in cards)).benchmark_scores


FACTS = pairs("Context Length=65K", "Pricing (Input)=$1 / 1M tokens", "Pricing (Output)=$2 / 1M tokens")
RUN = pairs("Strategy=Zero-shot", "Executions=50", "Accuracy=90%", "Cost=$0.1", "Duration=1s")


def served(records: Records) -> list[tuple[str | None, str | None, int | None]]:
    return [(one.provider, one.endpoint_name, one.context_tokens) for one in records.endpoints]


def test_what_ends_a_card_is_no_part_of_the_next_ones_name() -> None:
    last = pairs("Uptime=99.9%", "Latency=1.2s")
    records = endpoints(f"<b>Nimbus</b>{FACTS}{last}", f"<b>Cirrus</b>{FACTS}{last}")
    assert [one.provider for one in records.endpoints] == ["Nimbus", "Cirrus"]
    assert [one.extra for one in records.endpoints] == [{"uptime": "99.9%", "latency": "1.2s"}] * 2
    assert [price.provider for price in records.prices][-4:] == ["Nimbus", "Nimbus", "Cirrus", "Cirrus"]
    assert {one.message for one in records.warnings} >= {"no column of this name is known: 'Uptime'"}


@pytest.mark.parametrize("number", ["<span>{}</span>", "<div>#{}</div>", "<div><i>0{}</i></div>"])
def test_the_number_of_a_card_is_no_part_of_a_name(number: str) -> None:
    records = endpoints(
        *(f"<div>{number.format(at)}<b>{name}</b></div>{FACTS}" for at, name in enumerate(("Nimbus", "Cirrus"), 1))
    )
    assert [one.provider for one in records.endpoints] == ["Nimbus", "Cirrus"]


def test_the_endpoints_name_is_read_wherever_it_stands_on_a_card() -> None:
    head = "<div><h5>{0}</h5><small>65K context</small></div><p><code>{0} | acme/one-1</code></p>"
    prices = "<small>Input $1 / 1M tokens</small> <small>Output $2 / 1M tokens</small>"
    records = endpoints(*(f"{head.format(name)}{prices}" for name in ("Nimbus", "Cirrus")))
    assert served(records) == [(name, f"{name} | acme/one-1", 65000) for name in ("Nimbus", "Cirrus")]


def test_what_stands_beside_a_provider_that_the_endpoints_name_says_is_no_part_of_its_name() -> None:
    head = "<div><span>{0}</span><span>EU West</span></div><div>{0} | acme/one-1</div>"
    records = endpoints(*(f"{head.format(name)}{FACTS}" for name in ("Nimbus", "Cirrus")))
    assert served(records) == [(name, f"{name} | acme/one-1", 65000) for name in ("Nimbus", "Cirrus")]


def test_badges_of_a_score_say_its_category_and_how_it_was_run() -> None:
    head = "<div><h4>{}</h4><span>{}</span></div>"
    found = scores(
        f"{head.format('Coding', 'Programming')}<div><span>Reasoning</span><span>Free</span></div>{RUN}",
        f"{head.format('Reasoning', 'Logic')}<div><span>Reasoning</span></div>{RUN}",
        f"{head.format('Ethics', 'Knowledge')}<div></div>{RUN}",
    )
    assert [(one.benchmark, one.category, one.is_reasoning, one.is_free, one.strategy) for one in found] == [
        ("Coding", "Programming", True, True, "Zero-shot"),
        ("Reasoning", "Logic", True, None, "Zero-shot"),
        ("Ethics", "Knowledge", None, None, "Zero-shot"),
    ]


def test_a_category_may_be_called_as_a_badge_is() -> None:
    head = "<div>{}</div><div>{}</div>"
    run = pairs("Reasoning=No") + RUN
    found = scores(
        head.format("Puzzles", "Reasoning") + run,
        head.format("Coding", "Programming") + run,
        head.format("Reasoning", "Logic") + run,
    )
    assert [(one.benchmark, one.category, one.is_reasoning) for one in found] == [
        ("Puzzles", "Reasoning", False),
        ("Coding", "Programming", False),
        ("Reasoning", "Logic", False),
    ]


def test_words_that_are_no_category_are_not_made_one() -> None:
    found = scores(f"<div>Coding</div><div>Best of 3 runs</div>{RUN}", f"<div>Ethics</div><div>See note</div>{RUN}")
    assert [(one.benchmark, one.category) for one in found] == [("Coding", None), ("Ethics", None)]


def test_a_card_that_is_a_link_leads_to_its_model() -> None:
    facts = pairs("Released=Jan 02, 2025", "Params=7B", "Context=8K", "Speed=★★", "Cost=$$")
    cards = "".join(
        f'<a href="/models/acme/{slug}-1"><div><span>Acme: {slug.title()}</span></div>{facts}</a>'
        for slug in ("one", "two", "three")
    )
    records = html_page_with("Other Models by acme", f"<div>{cards}</div>")
    assert [(one.name, one.canonical_slug) for one in records.models] == [
        ("Acme: One", "acme/one-1"),
        ("Acme: Two", "acme/two-1"),
        ("Acme: Three", "acme/three-1"),
    ]


def test_the_columns_of_a_layout_are_no_cards() -> None:
    cards = [f"<div><b>{name}</b>{FACTS}</div>" for name in ("Nimbus", "Cirrus", "Stratus", "Cumulus")]
    records = endpoints("".join(cards[:2]), "".join(cards[2:]))
    assert [one.provider for one in records.endpoints] == ["Nimbus", "Cirrus", "Stratus", "Cumulus"]
    assert {one.context_tokens for one in records.endpoints} == {65000}


BADGES = "<p><span class='chip'>{}</span><span class='chip'>{}</span><span class='chip'>{}</span></p>"
CARDS_OF_RUNS = {
    "rows": "<div><h3>{}</h3><span>{}</span></div>" + BADGES + pairs("Executions=50", "Cost=$0.1"),
    "terms": "<div><h3>{}</h3><span>{}</span></div>"
    + BADGES
    + "<dl><dt>Executions</dt><dd>50</dd><dt>Cost</dt><dd>$0.1</dd></dl>",
}


@pytest.mark.parametrize("card", CARDS_OF_RUNS.values(), ids=CARDS_OF_RUNS)
def test_badges_and_the_large_figure_of_a_score_need_no_labels(card: str) -> None:
    found = scores(
        card.format("Coding", "91.5%", "Programming", "Zero-shot", "Reasoning"),
        card.format("Coding", "84.0%", "Programming", "Few-shot", "No reasoning"),
        card.format("Ethics", "99%", "Knowledge", "Chain of Thought", "Free"),
    )
    said = [(one.benchmark, one.category, one.strategy, one.is_reasoning, one.is_free) for one in found]
    assert said == [
        ("Coding", "Programming", "Zero-shot", True, None),
        ("Coding", "Programming", "Few-shot", False, None),
        ("Ethics", "Knowledge", "Chain of Thought", None, True),
    ]
    assert [(str(one.accuracy_percent), one.executions) for one in found] == [("91.5", 50), ("84.0", 50), ("99", 50)]


def test_a_category_may_stand_above_the_name_of_its_benchmark() -> None:
    head = "<div>{}</div><div>{}</div>"
    found = scores(head.format("Programming", "Coding") + RUN, head.format("Knowledge", "Ethics") + RUN)
    assert [(one.benchmark, one.category) for one in found] == [("Coding", "Programming"), ("Ethics", "Knowledge")]


def test_the_day_and_the_icons_of_a_model_need_no_labels() -> None:
    card = (
        '<div><a href="/models/acme/{0}-1">Acme: {1}</a><span>Jan 02, 2025</span></div><div><span>7B params</span>'
        '<span>8K context</span><img alt="Text input"><img alt="Image output"></div>'
        "<div>Speed ★★</div><div>Cost $$</div>"
    )
    names = (("one", "One"), ("two", "Two"))
    cards = "".join(f"<div>{card.format(*name)}</div>" for name in names)
    records = html_page_with("Other Models by acme", f"<div>{cards}</div>")
    assert [(one.name, str(one.released_on), one.parameter_count, one.context_tokens) for one in records.models] == [
        ("Acme: One", "2025-01-02", 7_000_000_000, 8000),
        ("Acme: Two", "2025-01-02", 7_000_000_000, 8000),
    ]
    assert [(one.input_modalities, one.output_modalities) for one in records.models] == [(["text"], ["image"])] * 2


@pytest.mark.parametrize("badge", ["Verified", "Operational", "✓ Verified", "(recommended)"])
def test_what_a_badge_says_of_an_endpoint_is_no_part_of_the_providers_name(badge: str) -> None:
    name = "<div><div>{0}</div><div>{1}</div></div>" + pairs("Endpoint Name={0} | acme/one-1")
    records = endpoints(*(f"{name.format(provider, badge)}{FACTS}" for provider in ("Nimbus", "Cirrus")))
    assert [one.provider for one in records.endpoints] == ["Nimbus", "Cirrus"]


def test_endpoints_that_are_folded_up_are_read_and_their_heads_are_no_names() -> None:
    folded = (
        "<div><h4><button aria-expanded='false'><span>{0}</span><span>65K · $1 in · $2 out</span></button></h4>"
        "<div role='region' hidden><dl><dt>Endpoint Name</dt><dd>{0} | acme/one-1</dd>"
        "<dt>Context Length</dt><dd>65K</dd><dt>Pricing (Input)</dt><dd>$1 / 1M tokens</dd>"
        "<dt>Pricing (Output)</dt><dd>$2 / 1M tokens</dd></dl></div></div>"
    )
    records = html_page_with("Available Endpoints", "".join(folded.format(name) for name in ("Nimbus", "Cirrus")))
    assert served(records) == [(name, f"{name} | acme/one-1", 65000) for name in ("Nimbus", "Cirrus")]


def test_facts_may_stand_before_their_labels_and_badges_on_one_line() -> None:
    card = (
        "<div><h3>{}</h3><span>{}</span></div><p>{}</p><p>91.5%</p>"
        "<div><div>50 runs</div><div>$0.1 cost</div><div>3m 29.5s duration</div></div>"
    )
    found = scores(
        card.format("Coding", "Programming", "Few-shot · Reasoning · Free"),
        card.format("Ethics", "Knowledge", "Zero-shot · No reasoning"),
    )
    said = [(one.benchmark, one.category, one.strategy, one.is_reasoning, one.is_free) for one in found]
    assert said == [
        ("Coding", "Programming", "Few-shot", True, True),
        ("Ethics", "Knowledge", "Zero-shot", False, None),
    ]
    assert {(str(one.accuracy_percent), one.executions, str(one.cost_usd), str(one.duration_s)) for one in found} == {
        ("91.5", 50, "0.1", "209.5")
    }


def test_prices_may_say_themselves_what_is_paid_for() -> None:
    card = (
        "<div><p>{0}</p><p>{0} | acme/one-1</p></div>"
        "<div><p>65K context</p><p>$1 / 1M input tokens</p><p>$2 / 1M output tokens</p></div>"
    )
    records = endpoints(*(card.format(name) for name in ("Nimbus", "Cirrus")))
    assert served(records) == [(name, f"{name} | acme/one-1", 65000) for name in ("Nimbus", "Cirrus")]
    assert [(one.provider, one.component, str(one.usd)) for one in records.prices if one.provider] == [
        (name, component, usd)
        for name in ("Nimbus", "Cirrus")
        for component, usd in (("prompt", "1"), ("completion", "2"))
    ]


def test_a_day_may_stand_behind_the_prices_that_hold_from_it() -> None:
    item = "<li><div><p>Prompt <b>{}</b>, completion <b>{}</b></p></div><div><time>{}</time></div></li>"
    items = item.format("$0.3", "$1.2", "Jan 14, 2026") + item.format("$0.25", "$1", "Feb 01, 2026")
    records = html_page(sections=f"<h2>Price History</h2><ul>{items}</ul>")
    assert [(str(p.effective_from), p.component, str(p.usd)) for p in records.prices if p.effective_from] == [
        ("2026-01-14", "prompt", "0.3"),
        ("2026-01-14", "completion", "1.2"),
        ("2026-02-01", "prompt", "0.25"),
        ("2026-02-01", "completion", "1"),
    ]


def test_labels_below_their_values_are_told_by_their_elements() -> None:
    facts = (("Jan 02, 2025", "Released"), ("7B", "Params"), ("8K", "Context"), ("★★", "Speed"), ("$$", "Cost"))
    stats = "".join(f"<div><div>{value}</div><div>{label}</div></div>" for value, label in facts)
    icons = '<div><img alt="Text input"><img alt="Text output"></div>'
    cards = "".join(
        f'<div><a href="/models/acme/{slug}-1"><h4>Acme: {slug.title()}</h4></a>{stats}{icons}</div>'
        for slug in ("one", "two")
    )
    records = html_page_with("Other Models by acme", f"<div>{cards}</div>")
    assert [(str(one.released_on), one.parameter_count, one.context_tokens) for one in records.models] == [
        ("2025-01-02", 7_000_000_000, 8000),
        ("2025-01-02", 7_000_000_000, 8000),
    ]
    assert [(one.dimension, one.value) for one in records.ratings] == [("speed", 2), ("cost", 2)] * 2
    assert {tuple(one.input_modalities or ()) for one in records.models} == {("text",)}


def test_the_foot_of_a_card_is_no_foot_of_the_page() -> None:
    card = (
        "<header><p>{}</p><span>{}</span></header><div><p>91.5%</p><progress max='100'>91.50%</progress></div>"
        "<footer><span>50 runs</span><span>Cost: $0.1</span><span>Time: 3s</span></footer>"
    )
    found = scores(card.format("Coding", "Programming"), card.format("Ethics", "Knowledge"))
    assert [(one.benchmark, one.category, str(one.accuracy_percent)) for one in found] == [
        ("Coding", "Programming", "91.5"),
        ("Ethics", "Knowledge", "91.5"),
    ]
    assert {(one.executions, str(one.cost_usd), str(one.duration_s)) for one in found} == {(50, "0.1", "3")}


def test_the_foot_of_the_page_is_no_card() -> None:
    cards = "".join(f"<div><h4>{name}</h4>{FACTS}</div>" for name in ("Nimbus", "Cirrus"))
    links = "".join(f'<a href="/x">{words}</a>' for words in ("Provider terms", "Uptime", "Pricing (Input)"))
    page = f"<h2>Available Endpoints</h2><div><div>{cards}</div><div><footer>{links}</footer></div></div>"
    assert [one.provider for one in html_page(endpoints="", sections=page).endpoints] == ["Nimbus", "Cirrus"]
