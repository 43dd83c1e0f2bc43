"""A price history in sentences, and as changes from one price to the next."""

from __future__ import annotations

import pytest
from small_page import html_page

from scrapers.records import Records


def history(content: str) -> Records:
    return html_page(sections=f"<h2>Price History</h2>{content}")


def dated(records: Records) -> list[tuple[str, str, str | None]]:
    return [(str(p.effective_from), p.component, str(p.usd)) for p in records.prices if p.effective_from]


@pytest.mark.parametrize(
    "sentence",
    [
        "On Jan 02, 2025, the prompt price was set to $3 and the completion price to $12 per 1M tokens.",
        "Prompt price dropped from $9 to $3 and completion price from $20 to $12 per 1M tokens on Jan 02, 2025.",
        "Since 2 January 2025, the input price is at $3, the output price is at $12.",
        "Jan 02, 2025 — Prompt price changed from $9 to $3 and completion price rose to $12.",
    ],
)
def test_a_sentence_states_a_day_and_its_prices(sentence: str) -> None:
    records = history(f"<ul><li>{sentence}</li></ul>")
    assert dated(records) == [("2025-01-02", "prompt", "3"), ("2025-01-02", "completion", "12")]


@pytest.mark.parametrize(
    "sentence",
    [
        "On Jan 02, 2025, the prompt price was cut by half to $3.",
        "On Jan 02, 2025, the prompt price was set to €3 per 1M tokens.",
        "On Jan 02, 2025, the prompt price will be set to $3.",
        "On Jan 02, 2025, the prompt price was set to $3 and the answer price to $12.",
    ],
)
def test_a_sentence_that_says_anything_else_is_reported(sentence: str) -> None:
    records = history(f"<ul><li>{sentence}</li></ul>")
    assert dated(records) == []
    assert "unread_line" in [w.code for w in records.warnings]


@pytest.mark.parametrize("arrow", ["→", "->"])
def test_of_a_change_the_price_is_the_one_after_it(arrow: str) -> None:
    entry = f"<li><time>Jan 02, 2025</time><div>Prompt: $9 {arrow} $3</div><div>Completion: $20 {arrow} $12</div></li>"
    assert dated(history(f"<ol>{entry}</ol>")) == [("2025-01-02", "prompt", "3"), ("2025-01-02", "completion", "12")]


@pytest.mark.parametrize("item", ["<div>{}</div><div>{}</div>", "<span>{}</span><p>{}</p>"])
def test_the_prices_below_a_day_may_stand_on_one_line(item: str) -> None:
    days = (("Jan 14, 2026", "Prompt: $0.3, Completion: $1.2"), ("Feb 01, 2026", "Prompt: $0.25, Completion: Free"))
    records = html_page(
        sections=f"<h2>Price History</h2><ul>{''.join(f'<li>{item.format(*day)}</li>' for day in days)}</ul>"
    )
    assert [(str(p.effective_from), p.component, str(p.usd)) for p in records.prices if p.effective_from] == [
        ("2026-01-14", "prompt", "0.3"),
        ("2026-01-14", "completion", "1.2"),
        ("2026-02-01", "prompt", "0.25"),
        ("2026-02-01", "completion", "0"),
    ]


def test_the_terms_of_a_list_may_be_days_with_prices_without_colons() -> None:
    days = "<dt>Jan 14, 2026</dt><dd>Prompt $0.3</dd><dd>Completion $1.2</dd><dt>Feb 01, 2026</dt><dd>Prompt $0.25</dd>"
    records = html_page(sections=f"<h2>Price History</h2><dl>{days}</dl>")
    assert [(str(p.effective_from), p.component, str(p.usd)) for p in records.prices if p.effective_from] == [
        ("2026-01-14", "prompt", "0.3"),
        ("2026-01-14", "completion", "1.2"),
        ("2026-02-01", "prompt", "0.25"),
    ]


LINES = [
    "{day}: Prompt $3 → $2, Completion $9 → $8",
    "{day} — Prompt $2 (-33%), Completion $8 (-11%)",
    "{day} — $2 in / $8 out",
    "{day} $2.00/M input, $8.00/M output",
    "{day} Prompt $2 · Completion $8",
    "{day}: Prompt $3 / 1M -> $2 / 1M; Completion $8 / 1M",
]
"""A day with two prices."""


@pytest.mark.parametrize("day", ["2025-03-04", "Mar 4, 2025"])
@pytest.mark.parametrize("line", LINES)
def test_a_line_of_a_history_says_a_day_and_its_prices(line: str, day: str) -> None:
    records = history(f"<ul><li>{line.format(day=day)}</li></ul>")
    found = [(day, component, float(usd or 0)) for day, component, usd in dated(records)]
    assert found == [("2025-03-04", "prompt", 2), ("2025-03-04", "completion", 8)]
    assert records.warnings == []


@pytest.mark.parametrize("line", ["2025-03-04: $2 / $8", "2025-03-04: Prompt $3 → soon", "2025-03-04: -33%"])
def test_a_line_of_a_history_that_does_not_say_of_what_or_how_much_is_told(line: str) -> None:
    records = history(f"<ul><li>{line}</li></ul>")
    assert dated(records) == []
    assert len(records.warnings) == 1


def test_a_day_may_have_a_remark_on_a_line_of_its_own() -> None:
    items = "".join(
        f"<li><div>{day}</div><div><h6>Price change</h6><div>Prompt ${price}, Completion ${2 * price}</div></div></li>"
        for day, price in (("Jan 2, 2025", 3), ("Mar 4, 2025", 2))
    )
    assert dated(history(f"<div>{items}</div>")) == [
        ("2025-01-02", "prompt", "3"),
        ("2025-01-02", "completion", "6"),
        ("2025-03-04", "prompt", "2"),
        ("2025-03-04", "completion", "4"),
    ]
