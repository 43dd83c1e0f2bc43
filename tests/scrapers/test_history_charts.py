"""Histories of prices as charts whose points say what they show, as tabs, and as lists below what they are of."""

from __future__ import annotations

import pytest
from small_page import html_page

POINTS = {"Prompt": (("Dec 2, 2025", "$0.6"), ("Sep 9, 2025", "$0.8")), "Completion": (("Sep 9, 2025", "$3"),)}
READ = {("prompt", "2025-12-02", "0.6"), ("prompt", "2025-09-09", "0.8"), ("completion", "2025-09-09", "3")}


def dated(content: str) -> set[tuple[str, str, str]]:
    records = html_page(sections=f"<h2>Price History</h2>{content}")
    prices = [price for price in records.prices if price.effective_from]
    return {(price.component, str(price.effective_from), str(price.usd)) for price in prices}


def each(whole: str, point: str) -> str:
    """Every series in `whole`, with its points in place of `@`; `{0}` is what a series is of."""
    return "".join(
        whole.format(name).replace("@", "".join(point.format(name, *one) for one in points))
        for name, points in POINTS.items()
    )


CIRCLE = '<circle r="3"><title>{1}: {2}</title></circle>'
PATH = '<path role="img" aria-label="{0}, {1}, {2}"></path>'
BARS = '<div role="img" aria-label="{} price over time">@</div>'


@pytest.mark.parametrize(
    "chart",
    [
        '<svg role="img" aria-label="Price history"><text>$5</text>'
        + each('<g aria-label="{}">@</g>', CIRCLE)
        + "</svg>",
        f"<svg>{each('@', PATH)}</svg>",
        each(BARS, '<div style="height: 9%" title="{1}: {2} / 1M tokens"></div>'),
        each('<svg data-name="{}">@</svg>', "<rect><title>{2} on {1}</title></rect>"),
    ],
)
def test_the_points_of_a_chart_say_their_days_and_prices(chart: str) -> None:
    assert dated(chart) == READ


def test_points_that_do_not_say_of_what_their_prices_are_are_reported() -> None:
    point = "<svg><circle><title>Dec 2, 2025: $0.6</title></circle></svg>"
    records = html_page(sections=f"<h2>Price History</h2>{point}")
    assert [one.code for one in records.warnings if one.code != "unknown_subject_row"] == ["unread_line"]


@pytest.mark.parametrize(
    "panel", ["<table><tr><th>Date</th><th>Price</th></tr>@</table>", "<div><table><tbody>@</tbody></table></div>"]
)
def test_a_tab_says_of_what_the_prices_below_it_are(panel: str) -> None:
    head = "<tr><th>Date</th><th>Price</th></tr>" if "tbody" in panel else ""
    tabs = "".join(f'<button role="tab" id="t{name}" aria-controls="{name}">{name}</button>' for name in POINTS)
    panels = each(
        f'<div role="tabpanel" id="{{0}}" aria-labelledby="t{{0}}" hidden>{panel.replace("@", head + "@")}</div>',
        "<tr><td>{1}</td><td>{2}</td></tr>",
    )
    assert dated(f'<div><div role="tablist">{tabs}</div>{panels}</div>') == READ


@pytest.mark.parametrize(
    "lines",
    [
        each("<h5>{}</h5><ul>@</ul>", "<li><time>{1}</time> <span>{2}</span></li>"),
        each("<h5>{}</h5><ul>@</ul>", "<li>{1}: {2}</li>"),
        each("@", "<div><p>{0}</p><p>{1}</p><p>{2}</p><span>▼ 17%</span></div>"),
        each("@", "<div><b>{0}</b><div><span>{2}</span> <time>{1}</time></div></div>"),
    ],
)
def test_days_and_amounts_may_stand_below_what_they_are_of(lines: str) -> None:
    assert dated(lines) == READ


def test_what_leads_from_a_struck_price_to_the_present_one_is_no_part_of_it() -> None:
    for arrow in ("→", "<span>→</span>", "->"):
        change = "<tr><td>{1}</td><td>{0}</td><td><s>$9</s> " + arrow + " <b>{2}</b></td></tr>"
        head = "<tr><th>Date</th><th>Component</th><th>Price</th></tr>"
        assert dated(f"<table>{head}{each('@', change)}</table>") == READ
