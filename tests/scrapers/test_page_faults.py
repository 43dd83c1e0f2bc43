"""Pages that are cut, changed, walled off or hostile: refused by name, or read with a warning; never misread."""

from __future__ import annotations

import re
from typing import Any

import pytest
from html_rendering import html_page
from page_facts import orchard
from page_rendering import renderings
from patience import patience
from text_rendering import text_page

from scrapers.document import Document, Reading
from scrapers.errors import (
    BotChallenge,
    ConsentPage,
    CutDocument,
    DocumentError,
    EmptyDocument,
    ErrorAnswer,
    ForeignPage,
    LayoutDrift,
    LoginPage,
    UnreadableDocument,
)
from scrapers.sources.benchable_page import SOURCE

PAGE = orchard()
HTML = html_page(PAGE)
TEXT = text_page(PAGE)


def read(body: str | bytes, **origin: Any) -> Reading:
    return SOURCE.parse(Document(body.encode() if isinstance(body, str) else body, **origin))


def facts(body: str) -> dict[str, list[dict[str, Any]]]:
    """The records without their places, which name the headers."""
    return read(body).records().as_dict()


def codes(reading: Reading) -> list[str]:
    return [warning.code for warning in reading.records().warnings]


def shell(title: str, inner: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{inner}</body></html>"


@pytest.mark.parametrize(
    "heading", ["Current Pricing", "Available Endpoints", "Benchmark Results", "Other Models by orchard"]
)
def test_a_landmark_without_its_table_is_layout_drift(heading: str) -> None:
    """P04"""
    page = re.sub(rf"(<h[23]>{heading}</h[23]>)<table>.*?</table>", r"\1", HTML, flags=re.DOTALL)
    with pytest.raises(LayoutDrift, match="no table"):
        read(page)


def test_a_landmark_that_says_it_has_nothing_to_list_is_no_drift() -> None:
    """P04"""
    page = re.sub(
        r"(<h2>Available Endpoints</h2>)<table>.*?</table>", r"\1<p>No endpoints yet.</p>", HTML, flags=re.DOTALL
    )
    assert read(page).records().endpoints == []


HEADER = "<tr><th>Provider</th><th>Endpoint Name</th><th>Context Length</th><th>Pricing (Input)</th></tr>"


def page_that_lists(below: str, heading: str = "Available Endpoints") -> str:
    return re.sub(
        r"<h2>Available Endpoints</h2><table>.*?</table>", f"<h2>{heading}</h2>{below}", HTML, flags=re.DOTALL
    )


@pytest.mark.parametrize(
    "below",
    [
        f"<table><thead>{HEADER}</thead><tbody></tbody></table>",
        f"<table>{HEADER.replace('th>', 'td>')}</table>",
        f"<table>{HEADER}<tr><td colspan='4'>No endpoints available</td></tr></table>",
        "<p>No endpoints available</p>",
        "<p>—</p>",
        "<p>0 endpoints</p>",
        "<p>Served by 0 providers</p>",
        "<div>Endpoints: 0</div>",
        "<p>We couldn’t find any providers of this model.</p>",
    ],
)
def test_a_model_that_nobody_serves_has_no_endpoints(below: str) -> None:
    """P04"""
    reading = read(page_that_lists(below))
    found = reading.records()
    assert (found.endpoints, found.warnings, reading.rejected) == ([], [], 0)
    assert len(found.models) == len(read(HTML).records().models)


def test_a_heading_that_counts_no_endpoints_is_no_drift() -> None:
    """P04"""
    assert read(page_that_lists("", "Available Endpoints (0)")).records().endpoints == []


@pytest.mark.parametrize(
    "below", ["<ul></ul>", "<p>Loading endpoints …</p>", "<p>Endpoints could not be loaded.</p>", "<p>$5.0 per M</p>"]
)
def test_a_list_that_is_wanting_is_not_one_with_nothing_in_it(below: str) -> None:
    """P04: what is still to come, or could not be had, is not nothing."""
    with pytest.raises(LayoutDrift, match="no table"):
        read(page_that_lists(below))


def test_a_section_that_every_page_has_and_that_is_gone_by_name_is_layout_drift() -> None:
    """P04"""
    page = re.sub(r"<h2>Available Endpoints</h2><table>.*?</table>", "", HTML, flags=re.DOTALL)
    with pytest.raises(LayoutDrift, match="Available Endpoints"):
        read(page)


@pytest.mark.parametrize(
    "old, new", [("Provider", "Host"), ("Accuracy", "Score (%)"), ("Context Length", "Context Window")]
)
def test_a_header_renamed_to_a_known_alias_is_read(old: str, new: str) -> None:
    """P05"""
    assert facts(HTML.replace(f"<th>{old}</th>", f"<th>{new}</th>")) == facts(HTML)


def test_a_required_header_of_unknown_name_sets_its_rows_aside() -> None:
    """P05"""
    reading = read(HTML.replace("<th>Provider</th>", "<th>Purveyor</th>"))
    assert reading.records().endpoints == []
    assert codes(reading) == ["drift_unknown_header", "drift_missing_header"]
    assert reading.rejected == 2


def test_an_added_column_moves_no_other() -> None:
    """P05"""
    page = HTML.replace("<th>Provider</th>", "<th>Region</th><th>Provider</th>")
    page = page.replace("<tr><td>Orchard</td>", "<tr><td>eu</td><td>Orchard</td>")
    reading = read(page.replace("<tr><td>Nimbus</td>", "<tr><td>us</td><td>Nimbus</td>"))
    assert [e.provider for e in reading.records().endpoints] == ["Orchard", "Nimbus"]
    assert reading.records().endpoints[0].extra == {"region": "eu"}
    assert reading.records().prices == read(HTML).records().prices
    assert codes(reading) == ["drift_unknown_header"]


def test_cells_below_the_wrong_header_are_refused_and_not_swapped() -> None:
    """P06"""
    page = HTML.replace("<td>131K</td><td>$0.3 / 1M tokens</td>", "<td>$0.3 / 1M tokens</td><td>131K</td>")
    reading = read(page)
    assert reading.records().endpoints[0].context_tokens is None
    assert codes(reading) == ["unread_value", "unread_price"]


def test_a_price_in_euros_is_refused_with_its_text() -> None:
    """P08"""
    reading = read(HTML.replace("<td>$0.03</td>", "<td>€0.03</td>"))
    assert [w.message for w in reading.warnings] == ["Cache Read: not an amount of US dollars: '€0.03'"]
    assert all(price.component != "input_cache_read" for price in reading.records().prices)


def test_free_zero_dash_and_empty_cell_are_four_things() -> None:
    """P09"""
    cells = {"Prompt": "$0", "Completion": "Free", "Audio": "—", "Image": "", "Request": "Variable"}
    rows = "".join(f"<tr><td>{label}</td><td>{text}</td></tr>" for label, text in cells.items())
    page = re.sub(
        r"(<h3>Current Pricing</h3><table><thead>.*?</thead><tbody>).*?(</tbody>)",
        lambda match: match[1] + rows + match[2],
        HTML,
        count=1,
        flags=re.DOTALL,
    )
    headline = [p for p in read(page).records().prices if p.provider is None and p.effective_from is None]
    assert {p.component: (p.state, p.usd) for p in headline} == {
        "prompt": ("free", 0),
        "completion": ("free", 0),
        "audio": ("unknown", None),
        "request": ("variable", None),
    }


def test_a_price_per_token_where_millions_are_meant_is_refused() -> None:
    """P13"""
    page = HTML.replace(" (per 1M tokens)", "").replace("<td>$0.3</td>", "<td>$0.0000003</td>")
    reading = read(page)
    assert "unread_price" in codes(reading)
    assert not any(p.component == "prompt" and p.provider is None and p.usd == 3 for p in reading.records().prices)


def test_unicode_digits_and_homoglyph_slugs_are_refused_and_told() -> None:
    """P14"""
    page = HTML.replace("131,072", "１３１,０７２").replace(
        f"Nimbus | {PAGE.slug}", "Nimbus | оrchard/pear-2-mini-20260114"
    )
    assert codes(read(page)) == ["unread_value", "confusable_id"]


def test_a_row_that_stands_twice_counts_once_and_a_contradiction_is_set_aside() -> None:
    """P15"""
    row = re.search(r"<tr><td>Nimbus</td>.*?</tr>", HTML)
    assert row is not None
    assert facts(HTML.replace(row[0], row[0] * 2)) == facts(HTML)
    other = read(HTML.replace(row[0], row[0] + row[0].replace("65,536", "32,768")))
    assert (codes(other), other.rejected) == (["duplicate_row"], 1)


def test_a_variant_is_another_subject_than_the_model_without_it() -> None:
    """P16"""
    reading = read(HTML.replace(PAGE.slug, f"{PAGE.slug}:free"))
    assert (reading.scope, reading.parts[0].subject.key) == (f"{PAGE.slug}:free", f"{PAGE.slug}:free")
    assert reading.records().models[0].variant == "free"


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE html><html><body>" + "<div>" * 100_000 + "x" + "</div>" * 100_000 + "</body></html>",
        HTML.replace("<main>", "<main>" + "<b>" * 50_000),
        HTML.replace("<td>131K</td>", "<td>" + "<span>" * 400 + "131K" + "</span>" * 400 + "</td>"),
    ],
    ids=["nothing but divs", "unclosed", "within a cell"],
)
def test_hostile_nesting_ends_by_name_and_at_once(body: str) -> None:
    """P19"""
    with patience(), pytest.raises(DocumentError):
        read(body)


def test_endless_tables_are_refused() -> None:
    """P19"""
    rows = "<tr><td>Orchard</td><td>x</td><td>1K</td><td>$1</td><td>$1</td></tr>" * 30_000
    with pytest.raises(UnreadableDocument, match="rows"):
        read(HTML.replace("<tr><td>Orchard</td>", rows + "<tr><td>Orchard</td>"))


def test_broken_utf8_and_a_byte_order_mark_do_not_stop_the_reading() -> None:
    """P20"""
    body = b"\xef\xbb\xbf" + HTML.encode().replace(b"small model", b"sm\xff model")
    assert read(body).records().prices == read(HTML).records().prices


def test_markup_in_a_name_is_kept_as_text() -> None:
    """P21"""
    page = HTML.replace("Orchard: Plum 0", "Orchard: &lt;script&gt;alert(1)&lt;/script&gt;")
    assert read(page).records().models[2].name == "Orchard: <script>alert(1)</script>"


@pytest.mark.parametrize(
    "body, error",
    [
        (shell("Just a moment...", "<div class='cf-browser-verification'></div>"), BotChallenge),
        (shell("We value your privacy", "<button>Accept all cookies</button>"), ConsentPage),
        (shell("Sign in", "<input type='password'>"), LoginPage),
        (shell("404 - Model not found"), ErrorAnswer),
        (shell("Orchard: Pear - AI Model Details &amp; Benchmarks", "<div id='root'></div>"), LayoutDrift),
        (shell("Soup of the day", "<h1>Leek</h1>"), ForeignPage),
        ("Dear reader,\nthis is a letter.\n", ForeignPage),
        ('{"data": []}', ForeignPage),
        ("", EmptyDocument),
        (" \n\t ", EmptyDocument),
        (b"\x89PNG\r\n\x1a\n\0", UnreadableDocument),
    ],
)
def test_what_is_not_the_page_is_refused_by_its_name(body: str | bytes, error: type[DocumentError]) -> None:
    """N26, N27, P04"""
    with pytest.raises(error):
        read(body)


@pytest.mark.parametrize("share", [step / 16 for step in range(1, 16)])
def test_html_that_was_cut_anywhere_is_refused(share: float) -> None:
    with pytest.raises(CutDocument):
        read(HTML[: int(len(HTML) * share)])


@pytest.mark.parametrize("share", [step / 16 for step in range(2, 16)])
def test_text_that_was_cut_in_a_row_or_before_its_end_is_refused(share: float) -> None:
    text = TEXT[: int(len(TEXT) * share)].rstrip("|\n ")
    with pytest.raises((CutDocument, ForeignPage)):
        read(text)


def test_a_banner_on_the_real_page_does_not_hide_it() -> None:
    """N26"""
    page = HTML.replace("<main>", "<div>We use cookies <button>Accept all cookies</button></div><main>")
    assert facts(page) == facts(HTML)


@pytest.mark.parametrize(
    "origin",
    [{"url": f"https://benchable.ai/models/{PAGE.slug}"}, {"name": "pages/orchard__pear-2-mini-20260114.html"}],
)
def test_the_scope_of_a_page_without_endpoints_is_its_address(origin: dict[str, str]) -> None:
    page = re.sub(r"<link rel='canonical'.*?>", "", HTML)
    page = re.sub(r"(<h2>Available Endpoints</h2>)<table>.*?</table>", r"\1<p>None.</p>", page, flags=re.DOTALL)
    assert read(page, **origin).scope == PAGE.slug


def test_the_source_claims_pages_and_no_json() -> None:
    assert all(SOURCE.claims(Document(text.encode())) for text in renderings(PAGE).values())
    assert SOURCE.claims(Document(shell("Just a moment...").encode()))
    assert not SOURCE.claims(Document(b'{"data": []}'))
    assert not SOURCE.claims(Document(b"Dear reader,\nhello\n"))


def test_scripts_after_the_end_of_a_page_do_not_make_it_cut() -> None:
    assert facts(f"{HTML}<script>track()</script>\n<!-- cached -->") == facts(HTML)
    with pytest.raises(CutDocument):
        read(f"{HTML.rstrip().removesuffix('</html>')}<script>track()</script>")


def test_a_page_may_leave_out_every_tag_that_may_be_left_out() -> None:
    """The end of a page among them; what must be closed tells then whether it was cut."""
    page = HTML.replace("<nav>", "<header><nav>").replace("</nav>", "</nav></header>")
    small = re.sub(r"</(?:html|body|head|td|th|tr|thead|tbody|li|p)>|<body>", "", page)
    assert facts(small) == facts(HTML)
    for cut in (small[: small.index("Other Models")], small.removesuffix("</footer>"), small[: len(small) // 2] + ">"):
        with pytest.raises(CutDocument):
            read(cut)


def test_any_number_of_comments_after_the_end_of_a_page_is_read_at_once() -> None:
    """P22: what could be read in many ways would be, for hours."""
    with pytest.raises(CutDocument):
        read(f"{HTML}{'<!-- -->' * 400}<p>")
