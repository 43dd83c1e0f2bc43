"""A page of our own as a shell whose facts stand in its scripts."""

from __future__ import annotations

import html
import json
from itertools import count

from page_facts import HEADERS, Page, rows_of
from text_rendering import cells_as_text


def _key(label: str) -> str:
    first, *rest = label.split()
    return first.lower() + "".join(rest)


def _value(text: str) -> object:
    plain = text.removesuffix(" tokens").replace(",", "")
    return int(plain) if plain.isdigit() else text


def _data(page: Page) -> dict[str, object]:
    def records(keys: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[dict[str, str]]:
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
        "currentPricing": records(("feature", "price"), page.prices),
        "priceHistory": records(("date", "prompt", "completion"), page.history),
        "availableEndpoints": records(
            ("provider", "endpointName", "contextLength", "inputPrice", "outputPrice"), page.endpoints
        ),
        "benchmarkResults": records(keys, page.benchmarks),
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


def _shell(page: Page, body: str) -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{html.escape(page.name)} - AI Model Details &amp; Benchmarks</title>"
        f"<link rel='canonical' href='/models/{page.slug}'></head><body>{body}</body></html>"
    )


def next_data_page(page: Page) -> str:
    """A shell whose facts stand in one JSON script."""
    data = json.dumps({"props": {"pageProps": _data(page)}, "page": "/models/[...slug]"}).replace("<", "\\u003c")
    script = f"<script id='__NEXT_DATA__' type='application/json'>{data}</script>"
    return _shell(page, f"<div id='__next'></div>{script}")


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

    tables = rows_of(page, cells_as_text)

    def table(name: str) -> object:
        head = element("tr", [element("th", header) for header in HEADERS[name]])
        body = [element("tr", [element("td", cell) for cell in row], className="row") for row in tables[name]]
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
    return _shell(page, f"<script>self.__next_f=self.__next_f||[]</script>{scripts}")
