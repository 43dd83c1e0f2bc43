"""A page of our own in HTML: as tables, as grids and as cards.

`Style` says how icons, stars and wrappers look, so that a test can vary what must not matter.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

from page_facts import HEADERS, Listed, Page, rows_of


@dataclass(frozen=True)
class Style:
    """How what must not matter looks."""

    icon: str = "svg-title"
    stars: str = "glyphs"
    wrap: str = "div"
    linked: bool = True
    badge: str = "span"
    order: tuple[int, ...] | None = None
    salt: str = ""


ICONS = ("svg-title", "svg-label", "title", "aria-label", "screen-reader")
STARS = ("glyphs", "filled", "classes", "words", "label", "empties")


def icon(words: str, style: Style) -> str:
    return {
        "svg-title": f'<svg viewBox="0 0 2 2"><title>{words}</title><path d="M0 0"/></svg>',
        "svg-label": f'<svg aria-label="{words}" role="img"><path d="M0 0"/></svg>',
        "title": f'<span title="{words}"><svg><path d="M0 0"/></svg></span>',
        "aria-label": f'<i aria-label="{words}" class="ico"></i>',
        "screen-reader": f'<span><svg aria-hidden="true"/><span class="sr-only">{words}</span></span>',
    }[style.icon]


def rating(value: int, style: Style, glyph: str = "★") -> str:
    if not value:
        return "—"
    full, empty = '<svg fill="currentColor"><path d="M0"/></svg>', '<svg fill="none"><path d="M0"/></svg>'
    on, off = '<i class="star star-filled"></i>', '<i class="star star-empty"></i>'
    return {
        "glyphs": glyph * value,
        "empties": glyph * value if glyph == "$" else "★" * value + "☆" * (5 - value),
        "filled": full * value + empty * (5 - value),
        "classes": on * value + off * (5 - value),
        "words": f"{value} out of 5",
        "label": f'<span role="img" aria-label="{value} out of 5 stars">{full * 5}</span>',
    }[style.stars]


def _model_cells(model: Listed, style: Style) -> list[str]:
    name = html.escape(model.name)
    if style.linked:
        name = f'<a href="/models/{model.slug}">{name}</a>'
    if not model.is_available:
        name += {
            "span": '<span class="badge">Unavailable</span>',
            "text": " Unavailable",
            "block": "<div>Unavailable</div>",
        }[style.badge]
    icons = [icon(f"{word.title()} input", style) for word in model.inputs]
    icons += [icon(f"{word.title()} output", style) for word in model.outputs]
    stars = [rating(model.speed, style), rating(model.ability, style), rating(model.cost, style, "$")]
    return [name, model.released, model.size, model.context, "".join(icons), *stars]


def _tables(page: Page, style: Style) -> dict[str, tuple[tuple[str, ...], list[list[str]]]]:
    """Header and rows of each table, the columns shuffled as the style says."""
    tables = {}
    for name, rows in rows_of(page, lambda model: _model_cells(model, style)).items():
        headers = HEADERS[name]
        order = [i for i in style.order or range(len(headers)) if i < len(headers)]
        tables[name] = (tuple(headers[i] for i in order), [[row[i] for i in order] for row in rows])
    return tables


TableMarkup = Callable[[tuple[str, ...], list[list[str]], Style], str]


def table_markup(headers: tuple[str, ...], rows: list[list[str]], style: Style) -> str:
    head = "".join(f"<th>{header}</th>" for header in headers)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def grid_markup(headers: tuple[str, ...], rows: list[list[str]], style: Style) -> str:
    head = "".join(f'<div role="columnheader">{header}</div>' for header in headers)
    body = "".join(
        '<div role="row">' + "".join(f'<{style.wrap} role="cell">{cell}</{style.wrap}>' for cell in row) + "</div>"
        for row in rows
    )
    return (
        f'<div role="table"><div role="rowgroup"><div role="row">{head}</div></div>'
        f'<div role="rowgroup">{body}</div></div>'
    )


def card_markup(headers: tuple[str, ...], rows: list[list[str]], style: Style) -> str:
    """A card a row: what has no name, or comes first, is its title; the rest are terms."""
    cards = []
    for row in rows:
        pairs = list(zip(headers, row, strict=True))
        titles = [
            cell for header, cell in pairs if header in ("", "Provider", "Benchmark", "Date") and "input" not in cell
        ]
        terms = [(header or "Modalities", cell) for header, cell in pairs if cell not in titles]
        items = "".join(f"<div><dt>{header}</dt><dd>{cell}</dd></div>" for header, cell in terms)
        title = "".join(f"<h4>{cell}</h4>" for cell in titles)
        cards.append(f"<li><article>{title}<dl>{items}</dl></article></li>")
    if headers[0] == "Feature" or headers[-1] == "Feature":
        pairs_of = [(row[headers.index("Feature")], row[1 - headers.index("Feature")]) for row in rows]
        return "<dl>" + "".join(f"<dt>{label}</dt><dd>{price}</dd>" for label, price in pairs_of) + "</dl>"
    return "<ul>" + "".join(cards) + "</ul>"


def html_page(page: Page, markup: TableMarkup = table_markup, style: Style | None = None) -> str:
    """The whole page in HTML."""
    style = style or Style()
    tables = {name: markup(headers, rows, style) for name, (headers, rows) in _tables(page, style).items()}
    wrap, salt = style.wrap if style.wrap in ("div", "section") else "div", style.salt
    if markup is card_markup:
        facts = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in page.specifications)
        specifications = f"<dl>{facts}</dl>"
    else:
        facts = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in page.specifications)
        specifications = f"<table><tbody>{facts}</tbody></table>"
    sections = [
        ("Author's Description", f"<p>{html.escape(page.description)}</p>"),
        ("Key Specifications", specifications),
        (
            "Supported Parameters",
            "<p>This model supports the following parameters:</p><ul>"
            + "".join(f"<li><code>{name}</code></li>" for name in page.parameters)
            + "</ul>",
        ),
        (
            "Features",
            "<p>This model supports the following features:</p><div>"
            + "".join(f"<span>{name}</span>" for name in page.features)
            + "</div>",
        ),
        ("Performance Summary", f"<p>{html.escape(page.summary)}</p>"),
        ("Model Pricing", f"<h3>Current Pricing</h3>{tables['prices']}<h3>Price History</h3>{tables['history']}"),
        ("Available Endpoints", tables["endpoints"]),
        ("Benchmark Results", tables["benchmarks"]),
        (f"Other Models by {page.author}", tables["models"]),
    ]
    body = "".join(
        f"<{wrap} class='{salt}'><h2>{heading}</h2>{salt and '<!-- -->'}{inner}</{wrap}>" for heading, inner in sections
    )
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{html.escape(page.name)} - AI Model Details</title>"
        f"<link rel='canonical' href='/models/{page.slug}'></head><body><nav><a href='/models'>Models</a></nav>"
        f"<main><h1>{html.escape(page.name)}</h1>{body}</main><footer><p>In dollars.</p></footer></body></html>"
    )
