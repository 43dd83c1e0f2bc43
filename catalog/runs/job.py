"""The scheduled job: ask, archive, read, judge and store each answer as it arrives.

The list of models comes first, because it says whom to ask about. A run that was killed is taken up where it stopped.
One source's failure is nobody else's.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from catalog.errors import Busy, HeldForReview, PartialFailure, SourceFailed
from catalog.instants import iso, read_instant
from catalog.runs.ingest import Incoming, Outcome
from catalog.runs.read_ahead import Ahead, Readers, read_ahead
from catalog.runs.resume import Memory, Stored
from catalog.runs.session import Session, Taking
from catalog.runs.targets import Plan, Target, Targets
from catalog.store import ACCEPTED, HELD, REFUSED
from scrapers.document import Document
from scrapers.errors import BotChallenge, ConsentPage, FetchError, LoginPage
from scrapers.fetching.addresses import shown_url
from scrapers.fetching.errors import Busy as HostBusy
from scrapers.fetching.errors import NotFound, RobotsDisallow
from scrapers.fetching.fetched import Answer, Request, Validators
from scrapers.fetching.fetched import Outcome as Fetched
from scrapers.fetching.fetcher import Fetcher
from scrapers.source import Source

SKEW = timedelta(minutes=5)
"""How far a host's clock may be from ours before it is said."""

MANY = 10
"""So many addresses of a source that are all gone look like a source that has moved."""

CLOSED_DOORS = (BotChallenge.code, ConsentPage.code, LoginPage.code)
CLOSED_AFTER = 5
"""After so many such answers in a row a source is not asked further in this run."""

MIRROR = "content-location"
"""The name under which a sidecar's headers keep the address of a mirror that gave the answer."""

KEPT_OF_UNCHANGED = ("content-type", "etag", "last-modified", MIRROR)
"""What a host need not repeat when it says that nothing has changed."""

log = logging.getLogger(__name__)

Tell = Callable[[int | None, Outcome | None], None]
"""Called with a number of addresses about to be asked, and for each of them with None and its outcome, if any."""


@dataclass(slots=True)
class SourceReport:
    """What a run got of one source, address by address.

    Attributes:
        asked: how many addresses were asked.
        unchanged: how many answered that the stored document still holds.
        absent: the addresses with nothing there (404).
        lost: how many of those had an answer once; all of them where nothing of the source is stored.
        forbidden: a message for each that robots.txt forbids.
        failed: a message for each that could not be had.
        busy: a message for each whose host asks us to come back later.
        closed_doors: how many of the last answers in a row were bot challenges, consent walls or login pages.
    """

    source: str
    asked: int = 0
    unchanged: int = 0
    absent: list[str] = field(default_factory=list)
    lost: int = 0
    forbidden: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)
    closed_doors: int = 0
    outcomes: list[Outcome] = field(default_factory=list)

    def count(self, *verdicts: str) -> int:
        """How many documents ended so."""
        return sum(outcome.verdict in verdicts for outcome in self.outcomes)

    @property
    def changes(self) -> int:
        return sum(outcome.changes for outcome in self.outcomes)

    @property
    def is_closed(self) -> bool:
        """Whether the source has shown often enough that it does not want to be asked by a program."""
        return self.closed_doors >= CLOSED_AFTER

    @property
    def has_stored(self) -> bool:
        return self.count(ACCEPTED, "known") > 0

    @property
    def has_failed(self) -> bool:
        """Whether something is missing that should be there; what is held for review is not missing."""
        return bool(self.failed or self.busy or self.count(REFUSED))

    @property
    def has_nothing(self) -> bool:
        """Whether the source gave nothing although it should have."""
        gave = self.has_stored or self.count(HELD)
        return not gave and (self.has_failed or bool(self.forbidden) or self.seems_moved)

    @property
    def seems_moved(self) -> bool:
        """Whether all of many addresses are gone at once, and not only those that never were there."""
        return self.asked == len(self.absent) >= MANY and self.lost > 0


class _Asked(NamedTuple):
    """What a request is for, and what was stored of its address before."""

    target: Target
    before: Stored | None


class Job:
    """One run of `catalog scrape`. `reports` has what each source of the plan gave."""

    def __init__(self, session: Session, fetcher: Fetcher, plan: Plan) -> None:
        self.session = session
        self.fetcher = fetcher
        self.reports = {slug: SourceReport(slug) for slug in plan.sources}
        self._targets = Targets(session.store.engine, plan)
        self._memory = Memory(session.store.engine, session.archive, run_id=session.run_id, now=session.now())
        self._done = self._memory.done()
        self._skewed: set[str] = set()

    def run(self, tell: Tell) -> None:
        """Fetch and store everything that the plan names."""
        self.session.note(sources=sorted(self.reports))  # a run that dies has asked them too
        self._recover()
        self._take(self._targets.listing(), tell)
        self._take([*self._targets.endpoints(), *self._targets.pages()], tell)
        self.session.ingest.finish()
        self.session.settle()
        for slug, report in self.reports.items():
            report.outcomes = [outcome for outcome in self.session.summary.outcomes if outcome.source == slug]
        self.session.exit_code = self.exit_code
        self.session.notes["absent"] = sorted(url for one in self.reports.values() for url in one.absent)

    @property
    def exit_code(self) -> int:
        """75 nothing yet, a host wants us later; 5 a source gave nothing; 4 held back; 3 stored in part; 0 done."""
        reports = self.reports.values()
        if any(one.busy for one in reports) and not any(one.has_stored or one.count(HELD) for one in reports):
            return Busy.exit_code
        if any(one.has_nothing for one in reports):
            return SourceFailed.exit_code
        if any(one.count(HELD) for one in reports):
            return HeldForReview.exit_code
        return PartialFailure.exit_code if any(one.has_failed for one in reports) else 0

    @property
    def unknown_models(self) -> list[str]:
        """What is to be said of the models that were named and that no source has ever had."""
        return self._targets.unknown()

    # Asking

    def _take(self, targets: Sequence[Target], tell: Tell) -> None:
        wanted = [target for target in targets if target.canonical_url not in self._done]
        tell(len(wanted), None)
        costly = sum(target.source.is_costly for target in wanted)
        with self.session.together() as taking, Readers(costly) as readers:
            pending: deque[tuple[Incoming, Ahead]] = deque()

            def store(most: int) -> None:
                while pending and (len(pending) > most or pending[0][1].is_ready):
                    incoming, ahead = pending.popleft()
                    tell(None, self._judged(taking, replace(incoming, reading=ahead.reading)))

            def idle() -> None:
                store(readers.window)
                taking.flush()

            for fetched in self.fetcher.fetch_many(self._requests(wanted, tell), then=self._kept, idle=idle):
                target = fetched.request.tag.target
                report = self.reports[target.source.slug]
                report.asked += 1
                if fetched.answer is None:
                    self._missed(target, report, fetched.error)
                    tell(None, None)
                    continue
                report.unchanged += fetched.answer.not_modified
                self._compare_clocks(fetched.answer)
                incoming: Incoming = fetched.made
                _tell_of_old_copy(incoming, fetched.request.tag.before)
                is_new = incoming.kept is not None
                pending.append((incoming, readers.read(target.source, incoming.document) if is_new else Ahead()))
                store(readers.window)
            store(0)

    def _requests(self, targets: Iterable[Target], tell: Tell) -> Iterator[Request]:
        for target in targets:
            report = self.reports[target.source.slug]
            if report.is_closed:
                why = f"the last {CLOSED_AFTER} answers were there to keep programs out"
                report.failed.append(f"{target.url}: not asked: {why}")
                tell(None, None)
                continue
            stored = self._memory.stored(target.canonical_url)
            headers = stored.sidecar.headers if stored else {}
            validators = Validators(headers.get("etag"), headers.get("last-modified"))
            # what one site says of its answer says nothing of another's, and the two may well look alike
            is_theirs = headers.get(MIRROR, target.canonical_url) == shown_url(target.url)
            can_ask = stored is not None and is_theirs and bool(validators.headers())
            yield Request(
                target.url,
                validators=validators if can_ask else None,
                stored=stored.body if stored is not None and can_ask else None,
                obeys_robots=target.source.extension == "html",  # what is JSON is meant for programs
                tag=_Asked(target, stored),
            )

    # Storing

    def _kept(self, fetched: Fetched) -> Incoming | None:
        """What came, as a document, archived as soon as it is there: this is done in the thread that fetched it."""
        answer, (target, before) = fetched.answer, fetched.request.tag
        if answer is None:
            return None
        seen = answer.finished_at - timedelta(seconds=answer.age_s or 0)
        headers, content_type = dict(answer.headers), answer.content_type
        if answer.not_modified and before is not None:
            kept = {name: before.sidecar.headers[name] for name in KEPT_OF_UNCHANGED if name in before.sidecar.headers}
            headers, content_type = kept | headers, before.sidecar.content_type
        if target.url != target.canonical_url:
            headers[MIRROR] = shown_url(target.url)
        document = Document(answer.body, url=target.canonical_url, content_type=content_type, observed_at=seen)
        return self.session.ingest.keep(
            Incoming(
                document,
                seen,
                source=target.source,
                wire=answer.gzip_wire or None,
                status=answer.status,
                headers=headers,
                attempts=answer.attempts,
            )
        )

    def _judged(self, taking: Taking, incoming: Incoming) -> Outcome:
        outcome = taking.take(incoming)
        if incoming.source is not None and incoming.source.slug in self.reports:
            report = self.reports[incoming.source.slug]
            report.closed_doors = report.closed_doors + 1 if outcome.code in CLOSED_DOORS else 0
        if outcome.verdict in (HELD, REFUSED):
            log.info("%s: %s: %s", outcome.name, outcome.verdict, outcome.reason, extra={"event": outcome.verdict})
        return outcome

    def _missed(self, target: Target, report: SourceReport, error: FetchError | None) -> None:
        if isinstance(error, NotFound) and target.model is not None:
            report.absent.append(target.canonical_url)
            slug = target.source.slug
            report.lost += self._memory.has_had(slug, target.canonical_url) or not self._memory.has_had(slug)
            return
        kind = report.failed
        if isinstance(error, HostBusy):
            kind = report.busy
        elif isinstance(error, RobotsDisallow):
            kind = report.forbidden
        kind.append(str(error))
        log.info("%s", error, extra={"event": "not_fetched", "source": target.source.slug})

    def _compare_clocks(self, answer: Answer) -> None:
        """Warn once a host whose clock differs from ours; times are taken from ours."""
        host = urlsplit(answer.url).netloc
        if answer.server_date is None or host in self._skewed:
            return
        made = answer.finished_at - timedelta(seconds=answer.age_s or 0)
        if abs(answer.server_date - made) > SKEW:
            self._skewed.add(host)
            log.warning(
                "%s: its clock says %s, ours %s", host, iso(answer.server_date), iso(made), extra={"event": "skew"}
            )

    def _recover(self) -> None:
        """Store what killed runs archived and did not store; the addresses of what is recent are not asked again."""
        waiting: deque[Incoming] = deque()

        def documents() -> Iterator[tuple[Source | None, Document]]:
            for incoming in self._memory.left_behind():
                waiting.append(incoming)
                yield incoming.source, incoming.document

        with self.session.together() as taking:
            # read in another process, because one of them may be what the run died of
            for _, reading in read_ahead(documents(), 0, always=True):
                incoming = waiting.popleft()
                outcome = self._judged(taking, replace(incoming, reading=reading))
                url, is_answer = incoming.document.url, outcome.verdict != REFUSED
                if url and is_answer and self._memory.is_recent(incoming.observed_at):
                    self._done.add(url)
        if self.session.summary.outcomes:
            self._memory.learn()


def _tell_of_old_copy(incoming: Incoming, before: Stored | None) -> None:
    """Warn of an answer that is older than the last one of its address: a cache gave it."""
    if before is None or incoming.observed_at >= (newest := read_instant(before.sidecar.observed_at)):
        return
    said = incoming.document.url, iso(incoming.observed_at), iso(newest)
    log.warning(
        "%s: out of order: it is of %s, and that of %s stays the newest", *said, extra={"event": "out_of_order"}
    )
