"""The facts of a model page of our own, as the site would print them, before any markup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


def rows_of(page: Page, cells_of: Callable[[Listed], list[str]]) -> dict[str, list[list[str]]]:
    """The rows of each table, with the cells that a rendering makes of a listed model."""
    return {
        "prices": [list(row) for row in page.prices],
        "history": [list(row) for row in page.history],
        "endpoints": [list(row) for row in page.endpoints],
        "benchmarks": [list(row) for row in page.benchmarks],
        "models": [cells_of(model) for model in page.models],
    }


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
