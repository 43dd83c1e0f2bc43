"""Where an archived document states a value, and in which words; the document is read anew for it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from catalog.instants import FOREVER, iso
from catalog.kinds import ENDPOINT, FACT, KINDS_OF_GROUP, STATISTIC
from catalog.rows import rows_of
from catalog.version_tables import PAYLOAD
from scrapers.api.contract import pointer
from scrapers.archive import Archive
from scrapers.document import Document, Group
from scrapers.errors import ArchiveError, DocumentError
from scrapers.records import Record
from scrapers.source import all_sources

_GROUP_OF_KIND: dict[int, Group] = {kind: group for group, kinds in KINDS_OF_GROUP.items() for kind in kinds}


class Said(NamedTuple):
    """One source's value of a field; `version` is the row of the version that says so, `key` that of its timeline.

    `answers` is true for the value that other questions answer with.
    """

    source: str
    scope: str
    subject: str
    kind: int
    key: str
    field: str
    value: Any
    answers: bool
    version: Any

    @property
    def is_corrected(self) -> bool:
        """Whether a parser's fix has superseded the version: its captures name the parser of the fix since."""
        return bool(self.version.known_to != FOREVER)


def evidence_of(said: Said, sha256: str, url: str | None, archive: Archive) -> tuple[str | None, str | None]:
    """The place of a value in its document and the words there; where they cannot be had no place, and the reason.

    The place is a JSON pointer in an API's answer, `section / row / column` on a page.
    """
    source = all_sources()[said.source]
    try:
        document = Document(archive.body(said.source, sha256), url=url)
        stated = source.parse(document).statements.get(said.subject)
    except (ArchiveError, DocumentError) as error:
        return None, f"the document cannot be read again: {error}"
    group = _GROUP_OF_KIND[said.kind]
    parts = stated.parts if stated is not None else ()
    records = [row for part in parts if part.group == group for row in part.rows()]
    record = _record_of(records, said)
    if record is None:
        corrected = f"it was corrected at {iso(said.version.known_to)}"
        remedy = corrected if said.is_corrected else "`catalog replay` corrects it"
        return None, f"the parser of today does not read this value; {remedy}"
    places = getattr(record, "places", None) or {}
    below = {FACT: source.field_places, ENDPOINT: source.endpoint_places, STATISTIC: source.endpoint_places}
    within = below.get(said.kind, {}).get(said.field)
    if within is None and said.kind in (FACT, ENDPOINT) and said.field not in PAYLOAD[said.kind]:
        within = _own_place(document, record, said.field)
    place = places.get(said.field) or record.place + (within or "")
    quoted = source.quote(document, place) if source.quote is not None else None
    return place, quoted or _words(document, place, record) or _around(document, str(said.value))


def _own_place(document: Document, record: Record, word: str) -> str | None:
    """Where a value under a word of the source's own stands below its record: `links`, `architecture.modality`.

    None where the record has no such word.
    """
    outer, _, inner = word.removeprefix("stated.").partition(".")
    for steps in ((word.removeprefix("stated."),), (outer, inner)):
        place = "".join(f"/{pointer(step)}" for step in steps)
        if _words(document, record.place + place, record) is not None:
            return place
    return None


def _record_of(records: list[Record], said: Said) -> Record | None:
    """The record whose row has the timeline's key; `rows_of` numbers equal keys, so all records are needed for it."""
    owners = [record for record in records for _ in rows_of([record])]
    rows = zip(owners, rows_of(records), strict=True)
    return next((record for record, row in rows if (row.kind, row.key) == (said.kind, said.key)), None)


def _around(document: Document, value: str) -> str | None:
    """The first place where a document has a value word for word, with 40 characters on either side."""
    text_of = document.body.decode("utf-8", errors="replace")
    at = text_of.find(value)
    return None if at < 0 else "… " + " ".join(text_of[max(0, at - 40) : at + len(value) + 40].split()) + " …"


class _Fraction(float):
    """A fraction that knows its digits: `0.00000025` and not `2.5e-07`."""

    def __new__(cls, digits: str) -> _Fraction:
        made = super().__new__(cls, digits)
        made.digits = digits
        return made

    digits: str


def _words(document: Document, place: str, record: Record) -> str | None:
    evidence = getattr(record, "evidence_text", None)
    if evidence:
        return str(evidence)
    if not place.startswith("/"):
        return None
    value: Any = json.loads(document.body.decode("utf-8-sig", errors="replace"), parse_float=_Fraction)
    for step in place.lstrip("/").split("/"):
        step = step.replace("~1", "/").replace("~0", "~")
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, ValueError, TypeError):
            return None
    return value.digits if isinstance(value, _Fraction) else json.dumps(value, ensure_ascii=False)
