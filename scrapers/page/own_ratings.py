"""Ratings of the page's own model that its specifications or its data state, beside its row in the list of models."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from scrapers.figure import Figure
from scrapers.outline import Outline
from scrapers.page.fields import specifications
from scrapers.page.rows import Notes
from scrapers.page.words import field_of
from scrapers.records import Rating
from scrapers.values import percent, percentile, rating


def own_ratings(outline: Outline, known: Iterable[Rating], slug: str | None, notes: Notes) -> list[Rating]:
    """Those of dimensions that no other rating is of; what says otherwise than another is reported."""
    values = {one.dimension: one.value for one in known}
    found: list[Rating] = []
    for label, cell, where in specifications(outline, Notes()):
        named = field_of("specifications", label) or ""
        if named not in _READERS or (value := notes.read(_READERS[named], cell, where)) is None:
            continue
        dimension = "success_rate_percent" if named == "success_rate" else named
        if dimension not in values:
            values[dimension] = value
            found.append(Rating(canonical_slug=slug, dimension=dimension, value=value, place=where))
        elif values[dimension] not in (None, value):
            notes.warn("disagreement", f"{dimension} is {value} here and {values[dimension]} elsewhere", where)
    return found


def _share(text: str) -> Figure:
    """A success rate in per cent. A fraction must be one for certain: `1` may be all and one in a hundred."""
    if text.endswith("%"):
        return Figure(percent(text))
    figure = Decimal(text) if text.replace(".", "", 1).isdecimal() and text.isascii() else None
    if figure is None or figure == 1 or figure > 100:
        raise ValueError(f"not a rate in per cent: {text!r}")
    return Figure((figure * 100).normalize() if figure < 1 else figure)


_READERS: dict[str, Callable[[str], Figure]] = {
    "speed": rating,
    "ability": rating,
    "cost": rating,
    "speed_percentile": lambda text: Figure(percentile(text)),
    "price_percentile": lambda text: Figure(percentile(text)),
    "success_rate": _share,
}
