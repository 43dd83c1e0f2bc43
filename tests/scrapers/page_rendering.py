"""Model pages of our own in every markup that we can think of, around the same facts.

`Page` holds the facts as the site would print them; each function below renders them. `Style` says how icons, stars
and wrappers look, so that a test can vary what must not matter.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

HEADERS = {
    "prices": ("Feature", "Price (per 1M tokens)"),
    "history": ("Date", "Prompt", "Completion"),
    "endpoints": ("Provider", "Endpoint Name", "Context Length", "Pricing (Input)", "Pricing (Output)"),
    "benchmarks": (
        "Benchmark", "Category", "Reasoning", "Strategy", "Free", "Executions", "Accuracy", "Cost", "Duration",
    ),
    "models": ("", "Released", "Params", "Context", "", "Speed", "Ability", "Cost"),
}  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """One row of the list of models."""

    name: str
    slug: str
    released: str
    size: str
    context: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    speed: int
    ability: int
    cost: int
    is_available: bool = True


@dataclass(frozen=True)
class Page:
    """The facts of one page, as printed."""

    slug: str
    description: str
    specifications: tuple[tuple[str, str], ...]
    parameters: tuple[str, ...]
    features: tuple[str, ...]
    summary: str
    prices: tuple[tuple[str, str], ...]
    history: tuple[tuple[str, ...], ...]
    endpoints: tuple[tuple[str, ...], ...]
    benchmarks: tuple[tuple[str, ...], ...]
    models: tuple[Listed, ...]

    @property
    def author(self) -> str:
        return self.slug.partition("/")[0]

    @property
    def name(self) -> str:
        return next(model.name for model in self.models if model.slug == self.slug)


def orchard(rows: int = 3) -> Page:
    """A page of an invented lab with every section filled, and `rows` models in its list."""
    slug = "orchard/pear-2-mini-20260114"
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    models = [
        Listed("Orchard: Pear 2 Mini", slug, "Jan 14, 2026", "~70B", "131K", ("image", "text"), ("text",), 4, 3, 2),
        Listed(
            "Orchard: Quince (Old)", "orchard/quince-20240502", "May 02, 2024", "7.5B", "8K",
            ("text",), ("text",), 0, 1, 1, False,
        ),
    ]  # fmt: skip
    models += [
        Listed(
            f"Orchard: Plum {n}", f"orchard/plum-{n}-2025", f"{months[n % 12]} {n % 27 + 1:02d}, 2025", "—",
            "1.05M", ("audio", "file", "text", "video"), ("audio", "text"), n % 6, (n + 1) % 6, (n + 2) % 6,
        )
        for n in range(rows - 2)
    ]  # fmt: skip
    return Page(
        slug=slug,
        description="Pear 2 Mini is a small model for short answers. It reads pictures & text.",
        specifications=(("Released", "Jan 14, 2026"), ("Context Length", "131,072"), ("Max Output", "16,384 tokens")),
        parameters=("temperature", "top_p", "max_tokens"),
        features=("Tool calling", "Structured outputs"),
        summary="Pear 2 Mini ranks in the 61st percentile for speed. It is cheaper than 83% of models. "
        "It has a 98% success rate, with Ethics (99.0% accuracy, 71st percentile) at its best.",
        prices=(
            ("Prompt", "$0.3"),
            ("Completion", "$1.2"),
            ("Cache Read", "$0.03"),
            ("Web Search", "$10 / 1K searches"),
        ),
        history=(("Jan 14, 2026", "$0.3", "$1.2"), ("Feb 01, 2026", "$0.25", "$1")),
        endpoints=(
            ("Orchard", f"Orchard | {slug}", "131K", "$0.3 / 1M tokens", "$1.2 / 1M tokens"),
            ("Nimbus", f"Nimbus | {slug}", "65,536", "Free", "—"),
        ),
        benchmarks=(
            ("Coding", "Programming", "Yes", "Zero-shot", "No", "50", "91.5%", "$0.0123", "1m 4s"),
            ("Coding", "Programming", "No", "Zero-shot", "No", "50", "84.0%", "$0.002", "12.5s"),
        ),
        models=tuple(models),
    )


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
    plain = {
        "prices": [list(row) for row in page.prices],
        "history": [list(row) for row in page.history],
        "endpoints": [list(row) for row in page.endpoints],
        "benchmarks": [list(row) for row in page.benchmarks],
        "models": [_model_cells(model, style) for model in page.models],
    }
    tables = {}
    for name, rows in plain.items():
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


def _model_text(model: Listed, lines: str) -> list[str]:
    name = model.name + ("" if model.is_available else " Unavailable")
    words = [f"{word.title()} input" for word in model.inputs] + [f"{word.title()} output" for word in model.outputs]
    stars = ["★" * model.speed or "—", "★" * model.ability or "—", "$" * model.cost or "—"]
    return [name, model.released, model.size, model.context, lines + lines.join(words) + lines, *stars]


def text_page(page: Page, *, pipes: bool = True, marked: bool = False) -> str:
    """The page as an extractor leaves it: with pipes or tabs, with headings marked or bare."""
    mark = "## " if marked else ""
    tables = {
        "prices": [list(row) for row in page.prices],
        "history": [list(row) for row in page.history],
        "endpoints": [list(row) for row in page.endpoints],
        "benchmarks": [list(row) for row in page.benchmarks],
        "models": [_model_text(model, "\n" if pipes else " ") for model in page.models],
    }

    def table(name: str) -> str:
        headers = HEADERS[name]
        if not pipes:
            return "\n".join("\t".join(cell.strip() for cell in row) for row in [headers, *tables[name]])
        head = "| " + " | ".join(headers) + " |\n|" + "---|" * len(headers)
        return "\n".join([head, *("| " + " | ".join(row) + " |" for row in tables[name])])

    facts = "\n".join(f"{label}: {value}" for label, value in page.specifications)
    sections = [
        ("Author's Description", page.description),
        ("Key Specifications", facts),
        ("Supported Parameters", "This model supports the following parameters:\n" + "\n".join(page.parameters)),
        ("Features", "This model supports the following features:\n" + "\n".join(page.features)),
        ("Performance Summary", page.summary),
        ("Model Pricing", ""),
        ("Current Pricing", table("prices")),
        ("Price History", table("history")),
        ("Available Endpoints", table("endpoints")),
        ("Benchmark Results", table("benchmarks")),
        (f"Other Models by {page.author}", table("models")),
    ]
    return "\n".join(f"{mark}{heading}\n{inner}".rstrip() for heading, inner in sections) + "\n"


def _key(label: str) -> str:
    first, *rest = label.split()
    return first.lower() + "".join(rest)


def _value(text: str) -> object:
    plain = text.removesuffix(" tokens").replace(",", "")
    return int(plain) if plain.isdigit() else text


def _data(page: Page) -> dict[str, object]:
    def records(name: str, keys: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[dict[str, str]]:
        return [dict(zip(keys, row, strict=True)) for row in rows]

    keys = ("benchmark", "category", "reasoning", "strategy", "free", "executions", "accuracy", "cost", "duration")
    return {
        "model": {
            "name": page.name,
            "canonicalSlug": page.slug,
            "description": page.description,
            **{_key(label): _value(value) for label, value in page.specifications},
            "viewCount": 12,
        },
        "supportedParameters": list(page.parameters),
        "features": list(page.features),
        "performanceSummary": page.summary,
        "currentPricing": records("prices", ("feature", "price"), page.prices),
        "priceHistory": records("history", ("date", "prompt", "completion"), page.history),
        "availableEndpoints": records(
            "endpoints", ("provider", "endpointName", "contextLength", "inputPrice", "outputPrice"), page.endpoints
        ),
        "benchmarkResults": records("benchmarks", keys, page.benchmarks),
        "otherModels": [
            {
                "name": model.name,
                "slug": model.slug,
                "status": "Available" if model.is_available else "Unavailable",
                "released": model.released,
                "params": model.size,
                "context": model.context,
                "inputModalities": list(model.inputs),
                "outputModalities": list(model.outputs),
                "speed": "★" * model.speed or "—",
                "ability": "★" * model.ability or "—",
                "cost": "$" * model.cost or "—",
            }
            for model in page.models
        ],
    }


def next_data_page(page: Page) -> str:
    """A shell whose facts stand in one JSON script."""
    data = json.dumps({"props": {"pageProps": _data(page)}, "page": "/models/[...slug]"}).replace("<", "\\u003c")
    return (
        f"<!DOCTYPE html><html><head><title>{html.escape(page.name)} - AI Model Details &amp; Benchmarks</title>"
        f"<link rel='canonical' href='/models/{page.slug}'></head><body><div id='__next'></div>"
        f"<script id='__NEXT_DATA__' type='application/json'>{data}</script></body></html>"
    )


def flight_page(page: Page, size: int = 900) -> str:
    """A shell whose elements stand in React's flight data, in chunks, with a line that refers to another."""
    numbers = count(2)
    lines: list[str] = []

    def element(tag: str, children: object, **props: object) -> list[object]:
        if isinstance(children, str) and children.startswith("$") and not children.startswith("$L"):
            children = "$" + children
        return ["$", tag, None, {**props, "children": children}]

    def reference(value: object) -> str:
        number = f"{next(numbers):x}"
        lines.append(f"{number}:{json.dumps(value)}\n")
        return f"$L{number}"

    def table(name: str) -> object:
        headers, rows = _tables(replace(page), Style(linked=False, badge="text", stars="glyphs"))[name]
        if name == "models":
            rows = [_model_text(model, " ") for model in page.models]
        head = element("tr", [element("th", header) for header in headers])
        body = [element("tr", [element("td", cell) for cell in row], className="row") for row in rows]
        return element("table", [element("thead", head), element("tbody", body)])

    facts = [[element("dt", label), element("dd", value)] for label, value in page.specifications]
    sections = [
        element("h1", page.name),
        element("h2", "Author's Description"), element("p", page.description),
        element("h2", "Key Specifications"), element("dl", facts),
        element("h2", "Supported Parameters"), element("ul", [element("li", name) for name in page.parameters]),
        element("h2", "Features"), element("ul", [element("li", name) for name in page.features]),
        element("h2", "Performance Summary"), element("p", page.summary),
        element("h3", "Current Pricing"), table("prices"),
        element("h3", "Price History"), table("history"),
        element("h2", "Available Endpoints"), reference(table("endpoints")),
        element("h2", "Benchmark Results"), table("benchmarks"),
        element("h2", f"Other Models by {page.author}"), reference(table("models")),
    ]  # fmt: skip
    payload = '1:"$Sreact.fragment"\n' + "0:" + json.dumps(element("main", sections)) + "\n" + "".join(lines)
    chunks = [payload[i : i + size] for i in range(0, len(payload), size)]
    scripts = "".join(
        f"<script>self.__next_f.push({json.dumps([1, chunk])})</script>".replace("</t", "<\\/t") for chunk in chunks
    )
    return (
        f"<!DOCTYPE html><html><head><title>{html.escape(page.name)} - AI Model Details &amp; Benchmarks</title>"
        f"<link rel='canonical' href='/models/{page.slug}'></head><body>"
        "<script>self.__next_f=self.__next_f||[]</script>"
        f"{scripts}</body></html>"
    )


@dataclass
class Renderings:
    """Every rendering of one page by name."""

    page: Page = field(default_factory=orchard)

    def all(self) -> dict[str, str]:
        return {
            "table": html_page(self.page),
            "grid": html_page(self.page, grid_markup),
            "cards": html_page(self.page, card_markup),
            "script": next_data_page(self.page),
            "flight": flight_page(self.page),
            "pipes": text_page(self.page),
            "tabs": text_page(self.page, pipes=False),
            "markdown": text_page(self.page, marked=True),
        }
