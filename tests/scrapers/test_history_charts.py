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
        each("@", '<div aria-label="{1}"><div title="{0}: {2}"></div></div>'),
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
        each(
            "@",
            '<div><div><time>{1}</time></div><div><b>{0}</b><p><i class="sr-only">New price: </i>{2}</p></div></div>',
        ),
    ],
)
def test_days_and_amounts_may_stand_below_what_they_are_of(lines: str) -> None:
    assert dated(lines) == READ


def test_what_leads_from_a_struck_price_to_the_present_one_is_no_part_of_it() -> None:
    for arrow in ("→", "<span>→</span>", "->"):
        change = "<tr><td>{1}</td><td>{0}</td><td><s>$9</s> " + arrow + " <b>{2}</b></td></tr>"
        head = "<tr><th>Date</th><th>Component</th><th>Price</th></tr>"
        assert dated(f"<table>{head}{each('@', change)}</table>") == READ


@pytest.mark.parametrize(
    "panel",
    [
        '<button aria-controls="x">{}</button><div id="x"><table>@</table></div>',
        "<h4>{}</h4><table><tbody>@</tbody></table>",
    ],
)
def test_a_day_or_a_component_may_stand_above_a_table_without_headers(panel: str) -> None:
    days = {"Dec 2, 2025": (("Prompt", "$0.6"),), "Sep 9, 2025": (("Prompt", "$0.8"), ("Completion", "$3"))}
    row = "<tr><td>{}</td><td>{}</td></tr>"
    panels = "".join(
        f"<div>{panel.format(day).replace('@', ''.join(row.format(*one) for one in prices))}</div>"
        for day, prices in days.items()
    )
    assert dated(panels) == READ


DAYS = ["2025-12-02", "2025-09-09"]


@pytest.mark.parametrize(
    "script",
    [
        "new Chart(ctx, {type: 'line', data: {labels: %s, datasets: [{label: 'Prompt', data: [0.6, 0.8]}]}});",
        "chart.setOption({xAxis: {type: 'category', data: %s}, series: [{name: 'Prompt', data: [0.6, 0.8]}]});",
        "const options = {series: [{name: 'Prompt', data: [0.6, 0.8]}], xaxis: {categories: %s}};",
        "new ApexCharts(box, {series: [{name: 'Prompt', data: [['2025-12-02', 0.6], ['2025-09-09', 0.8]]}]});",
    ],
)
def test_what_a_script_draws_of_prices_is_their_history(script: str) -> None:
    drawn = dated(f"<canvas></canvas><script>{script.replace('%s', str(DAYS))}</script>")
    assert drawn == {one for one in READ if one[0] == "prompt"}
    assert dated(f"<script>{script.replace('%s', str(DAYS)).replace('Prompt', 'Visitors')}</script>") == set()


def test_what_opens_a_table_of_prices_may_count_its_rows() -> None:
    head = "<tr><th>Date</th><th>Price</th></tr>"
    panels = each(
        f"<details><summary>{{}} <b>2 changes</b></summary><table>{head}@</table></details>",
        "<tr><td>{1}</td><td>{2}</td></tr>",
    )
    assert dated(panels) == READ


def test_a_column_of_changes_may_say_what_changed() -> None:
    rows = each("@", "<tr><td>{1}</td><td>{0}: $9 → {2}</td></tr>")
    assert dated(f"<table><tr><th>Date</th><th>Change</th></tr>{rows}</table>") == READ


def test_a_dated_row_whose_prices_have_no_names_is_reported() -> None:
    table = "<table><tr><th>Date</th><th>Change</th></tr><tr><td>Dec 2, 2025</td><td>now $2</td></tr></table>"
    records = html_page(sections=f"<h2>Price History</h2>{table}")
    assert [one.code for one in records.warnings if one.code != "unknown_subject_row"] == ["unread_row"]
