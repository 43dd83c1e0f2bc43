"""The report is one page that runs nothing but its own script, whatever a source states."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from catalogue import Catalogue as Kept
from no_doubt import NEVER_IN_DOUBT
from odd_catalogues import at, bytes_below, days_of_prices, filled, listing, record

from catalog import Catalog
from catalog.report import inlined, write_report
from catalog.report.charts import Line, Point, bars, lines, scatter
from catalog.report.sections import Report, movers

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "' onmouseover='alert(4)",
    "javascript:alert(5)",
    "<svg/onload=alert(6)>",
    "<!--<script>",
    "$style ${data} $$",
    "</title></style></textarea>",
    "\u2028alert(7)\u2029",
)


class Page(HTMLParser):
    """What a browser would make of a page: its elements with their attributes, and the text of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self.words: list[str] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in self.inside:
            self.inside[self._open].append(data)
        else:
            self.words.append(data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on models with hostile names, beside ordinary ones whose prices move."""
    home = tmp_path_factory.mktemp("report")
    with Kept(str(home / "catalog.db"), home / "raw", limits=NEVER_IN_DOUBT) as kept:
        filled(kept, days_of_prices(9))
        scores = [
            {"benchmarks": {"design_arena": [
                {"arena": "models", "category": HOSTILE[0], "elo": 1000.0 + number, "win_rate": 50.0, "rank": 1}
            ]}} for number in range(len(HOSTILE))
        ]  # fmt: skip
        prices = ({"prompt": f"0.00000{1 + number % 7}", "completion": "0.000002"} for number in range(99))
        kept.take(at(9), listing(*(
            record(name, number, description=name, pricing=next(prices), **scores[number])
            for number, name in enumerate(HOSTILE)
        )))  # fmt: skip
        with Catalog(kept.db) as catalog:
            write_report(catalog, home / "out")
            write_report(catalog, home / "again")
    return home


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    return Page((folder / "out" / "index.html").read_text(encoding="utf-8"))


def test_a_hostile_name_brings_no_element_and_no_handler(page: Page) -> None:
    """E09 and P21: every name is text; nothing that it says became markup."""
    tags = [tag for tag, _ in page.elements]
    assert tags.count("script") == 2
    assert not {"img", "iframe", "object", "embed", "link", "base", "a", "form"} & set(tags)
    handlers = [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert handlers == []
    assert [name for name in HOSTILE if name not in page.words] == []


def test_the_policy_allows_the_own_script_and_style_alone(page: Page) -> None:
    """E09: by their hashes; no network at all."""
    policy = next(one["content"] for tag, one in page.elements if tag == "meta" and "http-equiv" in one)
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for kind, text in (("script", page.inside["script"][-1]), ("style", "".join(page.inside["style"]))):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_the_page_asks_for_nothing(page: Page) -> None:
    """E09: no address in any attribute, no inline style that the policy would refuse."""
    for tag, attributes in page.elements:
        assert not {"src", "href", "style", "srcset", "action"} & set(attributes), tag
    assert "http" not in page.inside["style"][0] + page.inside["script"][-1]


def test_inlined_data_cannot_leave_their_element(folder: Path, page: Page) -> None:
    """E09: `<` is escaped; the data are whole, one record a row of the table."""
    text = page.inside["script"][0]
    assert not set(text) & set("<>&\u2028\u2029")
    rows = [one for tag, one in page.elements if tag == "tr" and "data-row" in one]
    assert len(json.loads(text)) == len(rows) == len(HOSTILE)
    assert json.loads(inlined({"a": HOSTILE})) == {"a": list(HOSTILE)}


def test_the_same_data_give_the_same_page(folder: Path) -> None:
    """E08."""
    assert bytes_below(folder / "out") == bytes_below(folder / "again")
    assert [*bytes_below(folder / "out")] == ["index.html"]


def test_the_charts_are_there(page: Page) -> None:
    labels = [one.get("aria-label") for tag, one in page.elements if tag == "svg"]
    assert "Price and context of each model" in labels
    assert "Models by author" in labels


def test_a_page_of_nothing_is_a_page(tmp_path: Path) -> None:
    with Kept(str(tmp_path / "catalog.db"), tmp_path / "raw") as kept, Catalog(kept.db) as catalog:
        path = write_report(catalog, tmp_path / "out")
    assert "0 models" in path.read_text(encoding="utf-8")


def test_the_prices_that_moved_are_those_that_answered_and_who_moved_most_often_comes_first(tmp_path: Path) -> None:
    """The page about the first model states its price as well, and states it still when the list says another one."""
    page = Path(__file__).parents[1] / "sources/benchable_page/table_with_every_section/input.html"
    moving = {"canonical_slug": "orchard/pear-2-mini-20260114", "id": "orchard/pear-2-mini"}
    with Kept(str(tmp_path / "catalog.db"), tmp_path / "raw", limits=NEVER_IN_DOUBT) as kept:
        kept.take(at(0), page.read_bytes())
        for day, price in enumerate(("0.000002", "0.000003", "0.000002", "0.000003"), start=1):
            models = [
                record("Orchard: Pear 2 Mini", 0, price=price, **moving),
                record("Lab: 1", 1, price=f"0.00000{day}"),
            ]
            kept.take(at(day), listing(*(models if day < 4 else models[:1]), record("Lab: 2", 2)))
        with Catalog(kept.db) as catalog:
            history = Report.of(catalog).history
            moved = [line.label for line in movers(history)]
    assert moved == ["orchard/pear-2-mini", "lab/model-001"]


def test_every_mark_lies_inside_its_chart() -> None:
    """Values of very different size, equal ones, and a single one."""
    for values in ([1e-6, 1.0, 1e9], [5.0, 5.0], [3.0]):
        drawn = scatter([Point(v, v, "x") for v in values], title="t", x_label="x", y_label="y")
        places = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', drawn)]
        assert len(places) == len(values)
        assert all(70 <= x <= 744 and 14 <= y <= 334 for x, y in places)


def test_a_line_has_a_gap_where_nothing_was_stated() -> None:
    drawn = lines([Line("m", [(0, 1.0), (10, None), (20, 2.0)])], title="t", y_label="y", until=30)
    path = re.findall(r'<path d="([^"]+)"', drawn)[0]
    assert path.count("M") == 2
    assert "L" not in path


def test_labels_of_charts_are_escaped() -> None:
    """E09."""
    for drawn in (
        bars([("<b>", 3)], title="<i>"),
        scatter([Point(1, 1, "<b>")], title="<i>", x_label="<u>", y_label="<s>"),
        lines([Line("<b>", [(0, 1.0)])], title="<i>", y_label="<u>", until=3),
    ):
        assert not re.search(r"<(b|i|u|s)>", drawn)


@pytest.mark.slow
def test_the_script_is_one_that_a_browser_can_read(page: Page, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here")
    (tmp_path / "page.js").write_text(page.inside["script"][-1], encoding="utf-8")
    subprocess.run([node, "--check", str(tmp_path / "page.js")], check=True)
