"""A page of our own as text, with pipes or tabs, as an extractor leaves it."""

from __future__ import annotations

from page_facts import HEADERS, Listed, Page, rows_of


def cells_as_text(model: Listed, lines: str = " ") -> list[str]:
    """The cells of a listed model without markup, its modalities each on a line or parted by blanks."""
    name = model.name + ("" if model.is_available else " Unavailable")
    words = [f"{word.title()} input" for word in model.inputs] + [f"{word.title()} output" for word in model.outputs]
    stars = ["★" * model.speed or "—", "★" * model.ability or "—", "$" * model.cost or "—"]
    return [name, model.released, model.size, model.context, lines + lines.join(words) + lines, *stars]


def text_page(page: Page, *, pipes: bool = True, marked: bool = False) -> str:
    """The page as an extractor leaves it: with pipes or tabs, with headings marked or bare."""
    mark = "## " if marked else ""
    tables = rows_of(page, lambda model: cells_as_text(model, "\n" if pipes else " "))

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
