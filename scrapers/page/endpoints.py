"""The endpoints of a page: who serves the model, under which name, how exact, and for how much.

A provider's cell may show more than its name: a flag, a logo, initials, a badge for the precision of the weights.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, NamedTuple

from scrapers.outline import Outline
from scrapers.page.prices import PriceReader, component_prices
from scrapers.page.rows import LONGEST_NAME, Row
from scrapers.page.subject import slug_of, slug_of_endpoint
from scrapers.page.sums import is_extreme, sums_up
from scrapers.page.tables import rows_of
from scrapers.page.words import own_name
from scrapers.records import Endpoint, Price
from scrapers.sizes import token_count
from scrapers.values import is_blank


class Served(NamedTuple):
    """An endpoint and its prices."""

    endpoint: Endpoint
    prices: list[Price]


def endpoints(outline: Outline, reader: PriceReader) -> list[Served]:
    """The providers that serve the model, each with what it charges."""
    reader, notes = reader.within(outline, "endpoints"), reader.notes
    found: dict[tuple[str | None, ...], Served] = {}
    for row in rows_of(outline, "endpoints", notes):
        provider = _provider(row)
        if not provider or len(provider) > LONGEST_NAME or provider[0] == "$":
            notes.reject("nameless_row", f"no provider in {row.words!r}", row.place, of="endpoints")
            continue
        if (sums_up(provider) or is_extreme(provider)) and row.text("endpoint") in (None, row.text("provider")):
            notes.leave_out(row)
            continue
        served = _endpoint(row, provider, reader)
        twin = found.setdefault(_identity(served.endpoint), served)
        if twin is not served and _content(twin) != _content(served):
            notes.reject("duplicate_row", f"{provider!r} is listed twice with different values", row.place)
    return list(found.values())


_FLAGS = re.compile(r"\s*[\U0001F1E6-\U0001F1FF]{2}\s*")
_GLUED_INITIALS = re.compile(r"([A-Z])(?=\1[a-z])|([A-Z][A-Z0-9])(?=[A-Z][A-Za-z0-9])")
_INITIALS = re.compile(r"([A-Z0-9]{1,2})\s+(?=\S)")
"""What an avatar shows where it has no picture: `D DeepInfra`."""


_PICTURE = re.compile(r"^\[[^\[\]]{0,60}\] ?(?=\S)")
"""What browsers for text put in place of a logo: `[groq.png]Groq`."""


_LOGO = re.compile(r"^(?P<name>.{2,60}?)(?:'s)? logo\s*(?=(?P=name))")
"""What a logo is called before the name itself: `Groq logo Groq`."""

_LONE_LOGO = re.compile(r"(?P<name>.{2,60}?)(?:'s)? logo", re.IGNORECASE)
"""What a logo is called that stands for the name: `Groq logo`."""

_SIGNS = re.compile(r"(?:\s*[\u2190-\u2bff\U0001f300-\U0001faff]\ufe0f?)+$")
_LEADING_SIGNS = re.compile(r"^(?:[\u2190-\u2bff\U0001f300-\U0001faff]\ufe0f?\s*)+(?=\w)")
"""What is drawn behind a name, each with a hint or a link of its own, or before it: `Groq 🔒`, `🟢 Groq`."""

_GLUED_STATE = re.compile(r"(?:operational|online|healthy|degraded|offline|available|up|down)\s*", re.IGNORECASE)
"""What a dot before a name says to those who listen: `OnlineGroq`."""

_QUANTIZED = re.compile(
    r"(?P<name>\S.*?(?<![/:-]))(?:\s*[(\[·|]\s*|\s+|(?<=[a-z]))(?P<precision>(?:nv|mx)?fp[0-9]{1,2}|bf16|int[48])[)\]]?",
    re.IGNORECASE,
)
"""A provider and the badge beside it that says how exact the weights are: `Azure fp8`."""

_BADGE = re.compile(
    r"(?<=\S)(?:[\s(\[·|✓✔]+(?:verified|operational|online|healthy|degraded|offline|recommended|fastest|"
    r"cheapest|lowest price|best (?:value|price)|most reliable|popular|featured|new)[)\]!]?|\s*[✓✔✅])+$",
    re.IGNORECASE,
)
"""What badges say of an endpoint, and no provider is called: `Groq Operational`."""

_SUMMED_UP = re.compile(r"(?<=\w)\s*[·|:(–—-]?\s*\$ ?[0-9].*$", re.DOTALL)
"""Prices in the head of an endpoint, which say what those below it say: `Groq $1 / $2`."""

_LONGEST_BADGES = 200
"""Characters."""

_ENDS_OF_PRECISION = frozenset("0123456789)]")


def _provider(row: Row) -> str | None:
    """The provider's name, without the flag and the initials that may stand beside it. Where a logo alone shows it, the
    endpoint's name begins with it: `Groq | acme/one`."""
    name = row.text("provider")
    if name is None:
        before, _, slug = (row.text("endpoint") or "").partition(" | ")
        return before if slug_of(slug) is not None else None
    if "$" in name and (owner := (row.text("endpoint") or "").partition(" |")[0]) and name.startswith(f"{owner} "):
        return owner  # a head that sums up what stands below it: `Groq 128K · $1 in`
    if "$" in name and (summed_up := _SUMMED_UP.search(name)):
        name = name[: summed_up.start()]
    if badge := _BADGE.search(name, max(0, len(name) - _LONGEST_BADGES)):
        name = name[: badge.start()]
    if not name.isascii():
        name = _SIGNS.sub("", _LEADING_SIGNS.sub("", _FLAGS.sub(" ", name).strip())) or name
    name = _PICTURE.sub("", name)
    if "logo" in name.lower():
        name = _LOGO.sub("", name)
        name = lone["name"] if (lone := _LONE_LOGO.fullmatch(name)) else name
    owner = (row.text("endpoint") or "").partition(" |")[0]
    if owner and name.endswith(owner) and name != owner and _GLUED_STATE.fullmatch(name[: -len(owner)]):
        return owner
    if (half := len(name) // 2) > 2 and name[:half].strip() == name[-half:].strip():
        name = name[:half].strip()  # a logo is called as the name beside it
    if (glued := _GLUED_INITIALS.match(name)) and name[glued.end() :].upper().startswith(glued[0]):
        return name[glued.end() :]
    if initials := _INITIALS.match(name):
        rest = name[initials.end() :]
        if initials[1] in (rest[0].upper(), rest[:2].upper(), "".join(word[0] for word in rest.split()[:2]).upper()):
            return rest
    return name


_GLUED_BUTTON = re.compile(r"(?<=[a-z0-9])\s*Copy(?: [a-z ]{1,30})?$")
"""What a button beside a slug says: `acme/one-1Copy endpoint name`."""


def _endpoint_name(row: Row) -> str | None:
    """The endpoint's name, which the page may print in two lines: the provider's name for itself, and the slug."""
    name = row.text("endpoint")
    if name is not None and "Copy" in name:
        name = _GLUED_BUTTON.sub("", name)
    if name is not None and (cell := row.get("endpoint")) is not None and "\n" in cell.text:
        lines = cell.text.split("\n")
        if len(lines) == 2 and slug_of(lines[1]) is not None and slug_of(lines[0]) is None:
            return " | ".join(lines)
    return name


def _identity(endpoint: Endpoint) -> tuple[str | None, ...]:
    return (endpoint.provider, endpoint.endpoint_name, endpoint.tag, endpoint.quantization)


def _content(served: Served) -> tuple[Any, ...]:
    return (served.endpoint.context_tokens, [(p.component, p.usd, p.unit, p.state) for p in served.prices])


def _endpoint(row: Row, provider: str, reader: PriceReader) -> Served:
    notes = reader.notes
    name = _endpoint_name(row)
    slug = (slug_of_endpoint(name, notes, row.where("endpoint")) if name else None) or reader.slug
    context = row.read("context", token_count, notes)
    precision = row.text("quantization")
    quantized = _QUANTIZED.fullmatch(provider) if provider[-1] in _ENDS_OF_PRECISION else None
    if quantized is not None and (precision or quantized["precision"]).lower() == quantized["precision"].lower():
        provider, precision = quantized["name"], precision or quantized["precision"]
    endpoint = Endpoint(
        canonical_slug=slug.slug if slug else None,
        provider=provider,
        endpoint_name=name,
        tag=row.text("tag"),
        quantization=precision,
        context_tokens=context.value if context else None,
        context_is_rounded=context.is_rounded if context else None,
        max_output_tokens=row.read("max_output", lambda text: token_count(text).value, notes),
        max_prompt_tokens=row.read("max_prompt", lambda text: token_count(text).value, notes),
        place=row.place,
        places=row.places(_PLACES),
    )
    own = reader if slug == reader.slug else replace(reader, slug=slug)
    prices = list(component_prices(row, own, provider=provider, tag=endpoint.tag))
    for at, column in row.columns.unknown:
        cell = row.cells[at]
        if not (column.component or is_blank(cell.text) or "$" in cell.text):
            endpoint.extra[own_name(column.header)] = cell.words
    return Served(endpoint, prices)


_PLACES = {
    "provider": "provider",
    "endpoint_name": "endpoint",
    "context_tokens": "context",
    "context_is_rounded": "context",
    "quantization": "quantization",
    "max_output_tokens": "max_output",
}
