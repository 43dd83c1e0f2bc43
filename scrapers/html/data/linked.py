"""What JSON-LD says of a page's subject to search engines: description, date, properties, and offers by name.

Source of the names: schema.org, `Product`, `PropertyValue`, `Offer` and `UnitPriceSpecification`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scrapers.html.data.owners import Owner
from scrapers.html.data.prices import Terms, priced_text
from scrapers.html.data.tables import text_of
from scrapers.outline import Cell, Line, Section, Table
from scrapers.page.words import component_of

_KINDS = frozenset(("Product", "SoftwareApplication", "Dataset", "CreativeWork", "WebApplication", "TechArticle"))


def sections_of_linked_data(value: Any, owner: Owner) -> list[Section]:
    """The sections of the things that are described, in a list or in a graph of them, but for other models."""
    sections: list[Section] = []
    for node in _things(value):
        names = [name for key in ("name", "headline") if isinstance(name := node.get(key), str)]
        addresses = [one for key in ("sku", "@id", "url", "productID") if isinstance(one := node.get(key), str)]
        if owner.is_other(names, addresses):
            continue
        if isinstance(description := node.get("description"), str) and description.strip():
            sections.append(Section("Description", "description", 2, [Line(description.strip())]))
        released = node.get("releaseDate") or node.get("datePublished")
        stated = [("Released", released)] if isinstance(released, str) else []
        stated += [(name, text) for name, text in _properties(node) if name != "Released"]
        if stated:
            rows = [[Cell(name), Cell(text)] for name, text in dict(stated).items()]
            sections.append(Section("Linked Data", "specifications", 2, [], [Table(("Specification", "Value"), rows)]))
        if offers := [[Cell(name), Cell(price)] for name, price in _offers(node)]:
            sections.append(Section("Current Pricing", "prices", 2, [], [Table(("Component", "Price"), offers)]))
    return sections


def _things(value: Any) -> Iterator[dict[str, Any]]:
    for node in value if isinstance(value, list) else [value]:
        graph = node.get("@graph") if isinstance(node, dict) else None
        for one in graph if isinstance(graph, list) else [node]:
            kinds = one.get("@type") if isinstance(one, dict) else None
            if any(kind in _KINDS for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)):
                yield one


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _properties(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for one in _objects(node.get("additionalProperty")):
        name, text = one.get("name"), text_of(one.get("value"))
        if isinstance(name, str) and text:
            unit = one.get("unitText")
            yield name.strip(), f"{text} {unit}" if isinstance(unit, str) and text.isdigit() else text


def _offers(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The offers whose names say what is paid for. Others may be of a plan, or of the cheapest of all."""
    for offer in _objects(node.get("offers")):
        for one in _objects(offer.get("offers", offer)):
            name, priced = one.get("name"), one.get("priceSpecification")
            said = {**one, **priced} if isinstance(priced, dict) else one
            text = text_of(said.get("price"))
            if isinstance(name, str) and component_of(name) and text:
                terms = Terms(str(said.get("priceCurrency") or "").upper(), _quantity(said))
                yield name, priced_text(text, terms, name)


def _quantity(offer: dict[str, Any]) -> str:
    """How much is bought: `1000000 token`. Empty where it is not said."""
    said = next((offer[key] for key in ("referenceQuantity", "eligibleQuantity") if key in offer), None)
    if not isinstance(said, dict):
        return ""
    return f"{text_of(said.get('value', 1)) or 1} {said.get('unitText') or ''}".removeprefix("1 ").strip()
