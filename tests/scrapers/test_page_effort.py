"""Pages made to be slow: twice as many of something take about twice the work, counted in calls of functions."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

import pytest
from patience import patience
from small_page import ENDPOINT, html_page

from scrapers.document import Document
from scrapers.errors import DocumentError
from scrapers.sources import benchable_page

MANY = 400
PIECES = {
    "badges behind facts": "<p>One</p><span>Unavailable</span>",
    "panels behind tabs": '<button role="tab" aria-controls="p{n}">One</button><div role="tabpanel" id="p{n}">1</div>',
}

LISTED = {
    "elements side by side": "<div><div>One</div><div>Two</div></div>",
    "elements within elements": "<div><p>One</p>" * 3 + "<p>Two</p></div>" * 3,
    "cards": "<div><b>One {n}</b><div>Context: 8K</div><div>Input: $1</div><div>Uptime</div><div>9%</div></div>",
    "cards that are links": '<a href="/{n}"><div>One</div><div>8K context</div></a>',
}


def calls(body: str) -> int:
    """How many functions a reading calls."""
    counted = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        with suppress(DocumentError):
            benchable_page.parse(Document(body.encode()))
    finally:
        sys.setprofile(before)
    return counted


def page_of(piece: str, many: int, heading: str = "Description") -> str:
    inside = "".join(piece.replace("{n}", str(n)) for n in range(many))
    return f"<html><body><div><h1>Acme: One</h1><h2>{heading}</h2><div>{inside}</div></div></body></html>"


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_twice_as_many_elements_take_about_twice_the_work(piece: str) -> None:
    calls(page_of(piece, 2))  # what is done once
    assert calls(page_of(piece, 2 * MANY)) < 2.5 * calls(page_of(piece, MANY))


@pytest.mark.parametrize("piece", LISTED.values(), ids=LISTED)
def test_twice_as_many_elements_of_a_list_take_about_twice_the_work(piece: str) -> None:
    calls(page_of(piece, 2, "Available Endpoints"))
    assert calls(page_of(piece, 2 * MANY, "Available Endpoints")) < 2.5 * calls(
        page_of(piece, MANY, "Available Endpoints")
    )


MODEL = '<tr><td><a href="/models/acme/{}two">Acme: Two</a></td>' + "<td></td>" * 7 + "</tr>"
LONG: dict[str, Callable[[], object]] = {
    "blanks between two tags": lambda: calls(page_of(f"<div>{' ' * 10_000}<p>One</p></div>", 1)),
    "an address": lambda: html_page(models=MODEL.format("//" * 40_000)),
    "a heading": lambda: html_page(sections=f"<h2>{'★' * 60_000}</h2>"),
    "a name": lambda: html_page(models=f"<tr><td>Acme: One{'(' * 60_000} Two</td>{'<td></td>' * 7}</tr>"),
    "a provider": lambda: html_page(endpoints=ENDPOINT.replace("Acme<", f"Acme{'(' * 40_000}<", 1)),
    "a summary of broken lines": lambda: html_page(
        sections="<h2>Performance Summary</h2>" + "<p>one of the many things that are in the</p>" * 10_000
    ),
}


@pytest.mark.parametrize("read", LONG.values(), ids=LONG)
def test_what_is_very_long_is_read_in_no_time(read: Callable[[], object]) -> None:
    """None of it is searched anew from each of its characters on."""
    with patience():
        read()
