"""The scheduled job: which addresses to ask, in which order, and what becomes of each answer.

The list of models comes first, because it says whom to ask about. Every answer is archived and stored as it arrives;
a run that was killed is taken up where it stopped. One source's failure is nobody else's.
"""

from __future__ import annotations

import gzip
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import text

from catalog.database import reading
from catalog.ingest import PENDING, Incoming, Outcome
from catalog.instants import iso, micros
from catalog.session import Session
from catalog.store import ACCEPTED, REFUSED
from scrapers.archive import Archive, ArchiveError
from scrapers.document import Document
from scrapers.errors import FetchError
from scrapers.fetch_errors import Busy as HostBusy
from scrapers.fetch_errors import NotFound
from scrapers.fetched import Answer, Request, Validators
from scrapers.fetched import Outcome as Fetched
from scrapers.fetcher import Fetcher
from scrapers.source import Source, all_sources

LISTING = "openrouter_models"
SKEW = timedelta(minutes=5)
log = logging.getLogger(__name__)

Which = Literal["all", "changed", "none"]


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
    """One address to ask on behalf of one source."""

    source: Source
    url: str
    canonical_url: str
    model: str | None = None


class Job:
    """One run of `catalog scrape`."""

    def __init__(self, session: Session, fetcher: Fetcher, plan: Plan) -> None:
        self.session = session
        self.fetcher = fetcher
        self.plan = plan
        self.failed: dict[str, list[str]] = {}
        self.absent: list[str] = []
        self.busy: str | None = None
        self._done = self._done_before()
        self._validators = _validators(session.archive)

    def run(self, tell: Callable[[int | None, Outcome | None], None]) -> None:
        """Fetch and store everything that the plan names; `tell` hears the number of targets and each outcome."""
        self._recover()
        if LISTING in self.plan.sources:
            self._take(self._listing(), tell)
        others = [*self._endpoints(), *self._pages()]
        if others and self.busy is None:
            self._take(others, tell)
        self.session.ingest.finish()

    @property
    def exit_code(self) -> int:
        """75 where a host wants us later; 5 where a source gave nothing; 4 held back; 3 in part; 0 done."""
        stored = {outcome.source for outcome in self.session.summary.outcomes if outcome.verdict in (ACCEPTED, "known")}
        refused = {outcome.source or "" for outcome in self.session.summary.outcomes if outcome.verdict == REFUSED}
        if self.busy is not None and not stored:
            return 75
        if (set(self.failed) | refused) - stored:
            return 5
        return self.session.summary.exit_code or (3 if self.failed else 0)

    # What to ask

    def _listing(self) -> list[Target]:
        source = all_sources()[LISTING]
        return [self._target(source, f"{source.path}?output_modalities=all")]

    def _endpoints(self) -> list[Target]:
        slug = "openrouter_endpoints"
        if slug not in self.plan.sources or (self.plan.endpoints == "none" and not self.plan.models):
            return []
        source = all_sources()[slug]
        models = self.plan.models or self._listed(changed_only=self.plan.endpoints == "changed")
        return [self._target(source, source.path.format(model=model), model) for model in models]

    def _pages(self) -> list[Target]:
        slug = "benchable_page"
        if slug not in self.plan.sources:
            return []
        source = all_sources()[slug]
        pages = self._slugs()
        if self.plan.models:
            wanted = [pages.get(model, model) for model in self.plan.models]
        else:
            wanted = self._stalest(sorted(set(pages.values())), slug)
            wanted = wanted if self.plan.budget is None else wanted[: self.plan.budget]
        return [self._target(source, source.path.format(model=model), model) for model in dict.fromkeys(wanted)]

    def _target(self, source: Source, path: str, model: str | None = None) -> Target:
        base = self.plan.base_urls.get(source.slug, source.base_url).rstrip("/")
        return Target(source, base + path, source.base_url + path, model)

    def _ask(self, query: str, **values: Any) -> list[Any]:
        with reading(self.session.store.engine) as connection:
            return list(connection.execute(text(query), values))

    def _listed(self, *, changed_only: bool) -> list[str]:
        """The ids of the listing's models, those whose endpoints are the stalest first."""
        rows = self._ask(
            "SELECT model_id, canonical_slug FROM fact_now WHERE source = :listing AND model_id NOT LIKE '~%'",
            listing=LISTING,
        )
        ids = sorted({row.model_id for row in rows})
        if changed_only:
            moved = {row.model_id for row in self._ask(_MOVED, listing=LISTING)}
            ids = [model for model in ids if model in moved]
        return self._stalest(ids, "openrouter_endpoints")

    def _slugs(self) -> dict[str, str]:
        """The permanent slug of every standard model by its id and by itself."""
        rows = self._ask("SELECT model_id, canonical_slug FROM fact_now WHERE variant = 'standard'")
        known = [row for row in rows if row.canonical_slug and not row.canonical_slug.startswith("~")]
        return {word: row.canonical_slug for row in known for word in (row.model_id, row.canonical_slug) if word}

    def _stalest(self, keys: Sequence[str], source: str) -> list[str]:
        last = {
            row.key: row.at
            for row in self._ask(
                "SELECT p.key, max(c.observed_at) AS at FROM capture c JOIN scope p ON p.id = c.scope_id"
                " JOIN source s ON s.id = p.source_id WHERE s.slug = :source GROUP BY p.key",
                source=source,
            )
        }
        return sorted(keys, key=lambda key: (last.get(key, 0), key))

    # Fetching and storing

    def _take(self, targets: Sequence[Target], tell: Callable[[int | None, Outcome | None], None]) -> None:
        wanted = [target for target in targets if target.canonical_url not in self._done]
        tell(len(wanted), None)
        for fetched in self.fetcher.fetch_many(self._requests(wanted)):
            outcome = self._taken(fetched)
            if outcome is not None:
                self.session.summary.add(outcome)
            tell(None, outcome)

    def _requests(self, targets: Iterable[Target]) -> Iterator[Request]:
        for target in targets:
            stored, validators = None, None
            if target.canonical_url in self._validators:
                digest, validators = self._validators[target.canonical_url]
                stored = _stored(self.session.archive, target.source.slug, digest)
            obeys = target.source.slug == "benchable_page"
            yield Request(target.url, validators=validators, stored=stored, obeys_robots=obeys, tag=target)

    def _taken(self, fetched: Fetched) -> Outcome | None:
        target: Target = fetched.request.tag
        if fetched.answer is None:
            return self._missed(target, fetched.error)
        answer = fetched.answer
        seen = answer.finished_at - timedelta(seconds=answer.age_s or 0)
        if answer.server_date is not None and abs(answer.server_date - answer.finished_at) > SKEW + timedelta(
            seconds=answer.age_s or 0
        ):
            log.warning(
                "the clocks differ",
                extra={"url": target.canonical_url, "server": iso(answer.server_date), "ours": iso(answer.finished_at)},
            )
        document = Document(
            answer.body,
            url=target.canonical_url,
            content_type=answer.content_type,
            observed_at=seen,
        )
        return self.session.ingest.take(
            Incoming(
                document,
                seen,
                source=target.source,
                wire=_wire(answer),
                status=answer.status,
                headers=dict(answer.headers),
            )
        )

    def _missed(self, target: Target, error: FetchError | None) -> Outcome | None:
        if isinstance(error, NotFound) and target.model is not None:
            self.absent.append(target.canonical_url)
            log.info("not there", extra={"url": target.canonical_url})
            return None
        if isinstance(error, HostBusy):
            self.busy = str(error)
        self.failed.setdefault(target.source.slug, []).append(str(error))
        log.error("not fetched", extra={"source": target.source.slug, "error": str(error)})
        return None

    # Taking up a killed run

    def _done_before(self) -> set[str]:
        """The addresses that an unfinished run just before this one has stored already."""
        rows = self._ask(
            "SELECT c.url FROM capture c JOIN run r ON r.id = c.run_id"
            " WHERE r.ended_at IS NULL AND r.command = 'scrape' AND r.id <> :this"
            " AND r.id > COALESCE((SELECT max(id) FROM run WHERE ended_at IS NOT NULL), 0)"
            " AND r.started_at > :since",
            this=self.session.run_id,
            since=micros(self.session.now() - timedelta(hours=12)),
        )
        return {row.url for row in rows if row.url}

    def _recover(self) -> None:
        """Store what a killed run archived and did not come to store."""
        for sidecar in self.session.archive.sidecars():
            if sidecar.verdict != PENDING or sidecar.source not in all_sources():
                continue
            source = all_sources()[sidecar.source]
            body = _stored(self.session.archive, sidecar.source, sidecar.sha256)()
            if body is None:
                continue
            seen = datetime.fromisoformat(sidecar.observed_at)
            document = Document(body, url=sidecar.url, name=sidecar.name, content_type=sidecar.content_type)
            outcome = self.session.ingest.take(
                Incoming(
                    document,
                    seen,
                    source=source,
                    status=sidecar.status,
                    headers=sidecar.headers,
                    known_at=datetime.fromisoformat(sidecar.known_at),
                )
            )
            self.session.summary.add(outcome)
            if sidecar.url and outcome.verdict == ACCEPTED and self.session.now() - seen < timedelta(hours=12):
                self._done.add(sidecar.url)


_MOVED = """
SELECT DISTINCT f.model_id FROM fact_now f JOIN timeline l ON l.subject_id = f.subject_id AND l.kind IN (0, 1)
LEFT JOIN fact_version a ON a.timeline_id = l.id AND a.valid_to = 9223372036854775807
LEFT JOIN price_version b ON b.timeline_id = l.id AND b.valid_to = 9223372036854775807
WHERE f.source = :listing AND COALESCE(a.valid_from, b.valid_from) > COALESCE((SELECT max(c.observed_at) FROM capture c
    JOIN scope p ON p.id = c.scope_id JOIN source s ON s.id = p.source_id
    WHERE s.slug = 'openrouter_endpoints' AND p.key = f.model_id), 0)
"""


def _stored(archive: Archive, source: str, digest: str) -> Callable[[], bytes | None]:
    def body() -> bytes | None:
        try:
            return archive.body(source, digest)
        except ArchiveError as error:
            log.warning("an archived document is lost", extra={"error": str(error)})
            return None

    return body


def _validators(archive: Archive) -> dict[str, tuple[str, Validators]]:
    """What the newest archived answer of each address said of itself."""
    found: dict[str, tuple[str, Validators]] = {}
    for sidecar in archive.sidecars():
        validators = Validators(sidecar.headers.get("etag"), sidecar.headers.get("last-modified"))
        if sidecar.url and sidecar.verdict == ACCEPTED and (validators.etag or validators.last_modified):
            found[sidecar.url] = (sidecar.sha256, validators)
    return found


def _wire(answer: Answer) -> bytes | None:
    """The gzip form in which an answer came, where it came so and is one that a file can hold."""
    if answer.content_encoding != "gzip" or not answer.wire:
        return None
    try:
        return answer.wire if gzip.decompress(answer.wire) == answer.body else None
    except (OSError, EOFError):
        return None
