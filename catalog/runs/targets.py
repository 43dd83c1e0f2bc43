"""Which addresses a run asks, and in which order: read from what the store knows, and from nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from sqlalchemy import Engine, text

from catalog.asof import LISTING
from catalog.database import reading
from catalog.instants import FOREVER
from catalog.questions.names import did_you_mean
from scrapers.source import Source, all_sources

Which = Literal["all", "changed", "none"]

REMEMBERED_RUNS = 60
"""How many of the last runs are looked through for addresses that were not there."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to fetch.

    `models` limits endpoints and pages to some ids or slugs; `endpoints` says for which models endpoints are asked;
    `budget` is the number of pages, the stalest first; `base_urls` replaces a source's scheme and host.
    """

    sources: Sequence[str]
    models: Sequence[str] = ()
    endpoints: Which = "all"
    budget: int | None = None
    base_urls: Mapping[str, str] = field(default_factory=dict)


class Target(NamedTuple):
    """One address to ask on behalf of one source. `canonical_url` is the source's own, whatever mirror is asked."""

    source: Source
    url: str
    canonical_url: str
    model: str | None = None


@dataclass
class Targets:
    """The addresses of a plan. Ask for `endpoints` and `pages` after the listing is stored: it says which there are."""

    engine: Engine
    plan: Plan

    def listing(self) -> list[Target]:
        """What is asked once: the list of models of every kind first."""
        return [self._target(source, source.path) for source in self._sources("once")]

    def endpoints(self) -> list[Target]:
        """The endpoints of the models that are named, of all that are listed, or of those that changed since."""
        if self.plan.endpoints == "none" and not self.plan.models:
            return []
        changed_at = self._listed()
        targets = self._of_models("id", self._ids(self.plan.models) if self.plan.models else changed_at)
        if self.plan.models or self.plan.endpoints == "all":
            return targets
        return [one for one in targets if changed_at[one.model or ""] > self._asked_at.get(one.canonical_url, 0)]

    def pages(self) -> list[Target]:
        """The pages of the models that are named; otherwise of all that have a permanent slug, within the budget."""
        slugs = self._slugs()
        if self.plan.models:
            return self._of_models("slug", [slugs.get(model, model) for model in self.plan.models])
        return self._of_models("slug", slugs.values())[: self.plan.budget]

    def unknown(self) -> list[str]:
        """A line on each model that the plan names and that is not known, now that it was asked for."""
        known = {model: model for model in self._listed()} | self._slugs() if self.plan.models else {}
        return [f"no model {word!r}{did_you_mean(word, known)}" for word in self.plan.models if word not in known]

    def _ids(self, models: Sequence[str]) -> list[str]:
        """The ids of models that are named by their ids or permanent slugs; what is not known is taken for an id."""
        by_slug = {row.canonical_slug: row.model_id for row in self._ask(_SLUGS, listing=LISTING) if row.model_id}
        return [by_slug.get(model, model) for model in models]

    def _sources(self, asks: str) -> list[Source]:
        """The plan's sources that are asked so, the listing before others."""
        found = [source for slug, source in all_sources().items() if slug in self.plan.sources and source.asks == asks]
        return sorted(found, key=lambda source: source.slug != LISTING)

    def _of_models(self, asks: str, models: Any) -> list[Target]:
        """One address a source and model: first those that were never asked, then those asked longest ago."""
        targets = [
            self._target(source, source.path.format(model=model), model)
            for source in self._sources(asks)
            for model in dict.fromkeys(models)
        ]
        return sorted(targets, key=lambda one: (self._asked_at.get(one.canonical_url, 0), one.canonical_url))

    def _target(self, source: Source, path: str, model: str | None = None) -> Target:
        base = self.plan.base_urls.get(source.slug, source.base_url).rstrip("/")
        return Target(source, base + path, source.base_url + path, model)

    def _ask(self, query: str, **values: Any) -> Sequence[Any]:
        with reading(self.engine) as connection:
            return connection.execute(text(query), values).fetchall()

    def _listed(self) -> dict[str, int]:
        """The ids on the newest listing, and when anything stated of each last changed.

        An id that begins with `~` is an alias of another model and has no endpoints of its own.
        """
        rows = self._ask(_LISTED, listing=LISTING, forever=FOREVER)
        return {row.model_id: int(row.changed_at) for row in rows if not row.model_id.startswith("~")}

    def _slugs(self) -> dict[str, str]:
        """The permanent slug of every standard model by its id and by itself."""
        rows = [row for row in self._ask(_SLUGS, listing=LISTING) if not row.canonical_slug.startswith("~")]
        return {word: row.canonical_slug for row in rows for word in (row.model_id, row.canonical_slug) if word}

    @cached_property
    def _asked_at(self) -> dict[str, int]:
        """When each address was last asked: when it answered, or when a run noted that nothing is there."""
        asked = {row.url: int(row.at) for row in self._ask(_CAPTURED)}
        for row in self._ask(_RUNS, runs=REMEMBERED_RUNS):
            for url in json.loads(row.summary).get("absent", ()):
                asked[url] = max(asked.get(url, 0), int(row.started_at))
        return asked


_NEWEST_LISTING = "(SELECT max(heard_at) FROM fact_now WHERE source = :listing)"

_LISTED = f"""
SELECT f.model_id, max(COALESCE(p.valid_from, a.valid_from)) AS changed_at FROM fact_now f
JOIN timeline l ON l.subject_id = f.subject_id AND l.kind IN (0, 1)
LEFT JOIN fact_version a ON a.timeline_id = l.id AND a.valid_to = :forever AND a.known_to = :forever
LEFT JOIN price_version p ON p.timeline_id = l.id AND p.valid_to = :forever AND p.known_to = :forever
WHERE f.source = :listing AND f.heard_at = {_NEWEST_LISTING} AND f.model_id IS NOT NULL
GROUP BY f.model_id
"""

_SLUGS = f"""
SELECT model_id, canonical_slug FROM fact_now
WHERE variant = 'standard' AND canonical_slug IS NOT NULL
    AND (source <> :listing OR heard_at = {_NEWEST_LISTING})
ORDER BY canonical_slug, model_id
"""

_CAPTURED = """
SELECT url, max(observed_at) AS at FROM capture WHERE url IS NOT NULL AND (verdict <> 'refused' OR review IS NULL)
GROUP BY url
"""
"""What a person refused may have a wrong time."""

_RUNS = (
    "SELECT started_at, summary FROM run WHERE command = 'scrape' AND summary IS NOT NULL ORDER BY id DESC LIMIT :runs"
)
