"""The list of models: `GET https://openrouter.ai/api/v1/models`, and `?output_modalities=all` for every kind.

What it does that one would not expect:
- The default listing holds the models that write text; `all` adds those that make pictures, speech or embeddings. The
  two are different listings and are never compared. Where the address is not known, the content tells: a listing with
  a twentieth of its models not writing text is `all` (seen: none of 27,919 records, or a fifth and more).
- `canonical_slug` is absent before July 2025, prices of zero since February 2026, `total_count` before July 2026.
- A bare list of models is what `jq .data` leaves of an answer, as many keep it. It is read, with a warning.
- An id that begins with `~` is an alias that follows the newest model of a line; `alias_target` says whom it means.
- Several ids may share a permanent slug and variant; `api/shared_slugs.py` says which of them is known by it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from scrapers.api.answer import Answer, opened
from scrapers.api.contract import (
    COUNT,
    FEWEST_FOR_SHARES,
    LIST,
    OBJECT,
    TEXT,
    TEXT_OR_NULL,
    Inspector,
    Rejected,
    Shape,
    underfilled,
)
from scrapers.api.dear_prices import note_dear
from scrapers.api.envelope import listed, refuse_models_of_another
from scrapers.api.listed_records import (
    LEAST_FILLED,
    LEAST_FILLED_SINCE_COUNTED,
    TWO_WAYS,
    Listed,
    Sound,
    by_another_hand,
    filled_in,
)
from scrapers.api.listing_scope import is_of_a_listing, scope_of
from scrapers.api.model_card import FIELD_PLACES, INVISIBLE, MODEL_KEYS, Identity, examine_model, identity
from scrapers.api.plain_listing import is_plain
from scrapers.api.rate_card import beside_prices, examine
from scrapers.api.recollection import Recollection
from scrapers.api.score_card import examine_scores
from scrapers.api.shared_slugs import known_by_id
from scrapers.document import Document, Reading
from scrapers.errors import LayoutDrift, TooFewRows
from scrapers.records import Warning
from scrapers.source import Source
from scrapers.uncollected import uncollected

RECORD = Shape(
    "",
    MODEL_KEYS,
    required=frozenset(
        {
            "id", "canonical_slug", "name", "created", "context_length", "architecture", "pricing", "top_provider",
            "supported_parameters", "per_request_limits",
        }
    ),
    words={"supported_parameters": TEXT, "supported_voices": TEXT},
    came=("default_parameters", "expiration_date", "knowledge_cutoff", "links", "supported_voices", "reasoning"),
)  # fmt: skip
_AROUND = "; it says nothing of a model, and stays in the archive"
ENVELOPE = Shape(
    "answer.", {"data": LIST, "total_count": COUNT, "links": OBJECT}, came=("links", "total_count"), kept=_AROUND
)
ENVELOPE_LINKS = Shape("answer.links.", {"next": TEXT_OR_NULL}, required=frozenset({"next"}), kept=_AROUND)

USUAL_ROWS = range(30, 5_000)
"""Rows of a whole listing; fewer or more is drift. What is too few against the last capture, the store knows."""


_READ = Recollection()
"""The last document's records, and what was made of those in which there was nothing to note."""


def forget() -> None:
    """Read the next document as if there had been none before."""
    _READ.forget()


@uncollected()
def parse(document: Document) -> Reading:
    """Every model of a listing: its facts, its headline prices and its scores."""
    answer = opened(document, _READ)
    records = listed(answer.value)
    inspector = Inspector()
    root = ""
    if isinstance(answer.value, dict):
        root = "/data"
        _examine_envelope(answer, inspector)
    else:
        answer.warnings.append(Warning(code="bare_list", message="a bare list of models, without their answer"))
    reading = Reading(scope="", stated=len(records), warnings=answer.warnings)
    unread: list[Identity | None] = []
    made = _recalled(answer, records)
    new = [number for number, one in enumerate(made) if one is None]
    sound_one = _plain if not answer.is_suspect and is_plain(RECORD, [records[one] for one in new]) else _examined
    odd: list[int] = []
    for number in new:
        record, place = records[number], f"{root}/{number}"
        try:
            if broken := answer.flaw(record):
                raise Rejected(broken)
            one = made[number] = Listed(sound_one(record, place, inspector), place)
            if not one.sound.is_spotless:
                odd.append(number)
        except Rejected as reason:
            _set_aside(reading, place, str(reason))
            unread += _who_in(record)
    _READ.keep(records, _without(made, odd))
    for number, sound in by_another_hand(made, odd):
        made[number] = None
        _set_aside(reading, f"{root}/{number}", f"{sound.who.model_id} {TWO_WAYS}")
        unread.append(sound.who)
    taken = _unique([one for one in made if one is not None], unread, reading)
    if not taken:
        raise LayoutDrift(f"not one of {len(records)} records can be taken; the first: {reading.warnings[-1].message}")
    refuse_models_of_another([one.sound.record for one in taken])
    reading.statements = {one.subject.key: one for one in taken}
    reading.scope = scope_of(document.url, taken, inspector)
    reading.rejected += _in_another_unit(taken, inspector)
    if len(records) not in USUAL_ROWS:
        inspector.note("drift_rows", "data", f"has {len(records)} records, where there are hundreds", root)
    least = LEAST_FILLED_SINCE_COUNTED if "total_count" in answer.value else LEAST_FILLED
    reading.warnings += inspector.warnings() + underfilled(filled_in(taken), len(taken), least)
    return reading


def _recalled(answer: Answer, records: Sequence[Any]) -> list[Listed | None]:
    """What was made of each record in the document before, where it stood there and there was nothing to note of it."""
    if answer.recalled is None or not answer.recalled.made:
        return [None] * len(records)
    found: list[Listed | None] = []
    for start, end, before in answer.recalled.runs:
        if before is None:
            found += [None] * (end - start)
            continue
        made: Sequence[Listed | None] = answer.recalled.made[before : before + end - start]
        if start != before:
            made = [one and Listed(one.sound, f"/data/{number}") for number, one in enumerate(made, start)]
        found += made
    return found


def _without(made: Sequence[Listed | None], odd: Sequence[int]) -> Sequence[Listed | None]:
    """What is kept for the next document: not what there is something to note of, each time anew."""
    if not odd:
        return made
    kept = list(made)
    for number in odd:
        kept[number] = None
    return kept


def _examine_envelope(answer: Answer, inspector: Inspector) -> None:
    around = answer.value
    try:
        if broken := answer.flaw({word: value for word, value in around.items() if word != "data"}):
            raise Rejected(broken)
        inspector.inspect(ENVELOPE, around, "")
        if type(around.get("links")) is dict:
            inspector.inspect(ENVELOPE_LINKS, around["links"], "/links")
    except Rejected as reason:
        raise LayoutDrift(f"what stands around the list cannot be kept: {reason}") from None


def _examined(record: Any, where: str, inspector: Inspector) -> Sound:
    if not isinstance(record, dict):
        raise Rejected(f"no object but {str(record)[:80]!r}")
    noted = inspector.findings
    who = identity(record)
    inspector.inspect(RECORD, record, where)
    words_are_known = examine_model(record, inspector, where)
    beside: dict[str, Any] = {}
    notation_is_usual = True
    if "pricing" in record:
        pricing = record["pricing"]
        if type(pricing) is dict:
            notation_is_usual, beside = examine(pricing, inspector, f"{where}/pricing")
        else:
            beside = {"pricing": pricing}
    if "benchmarks" in record:
        beside |= examine_scores(record["benchmarks"], inspector, f"{where}/benchmarks")
    sound = Sound(who, record, beside, is_spotless=inspector.findings == noted)
    sound.has_new_words, sound.has_odd_prices = not words_are_known, not notation_is_usual
    return sound


def _plain(record: dict[str, Any], _where: str, _inspector: Inspector) -> Sound:
    """What `_examined` gives for a record of a plain listing: it has nothing to note and refuses no more than an id."""
    who = identity(record)
    beside = beside_prices(record.get("pricing", {}))
    return Sound(who, record, beside, is_spotless=True)


def _who_in(record: Any) -> list[Identity | None]:
    """Whom a record that cannot be taken speaks of; None where it does not say, and nobody where it is no model's.

    It is told by its id alone where its slug is none, and by its slug alone where it has no id that can be read. An id
    that is none once blanks and other forms of its letters are put right is nobody's: while it is listed, the silence
    about everybody else still means something.
    """
    if not isinstance(record, dict):
        return [None]
    stated, slug = (record.get(word) for word in ("id", "canonical_slug"))
    ways = []
    if isinstance(stated, str):
        put_right = INVISIBLE.sub("", "".join(unicodedata.normalize("NFKC", stated).split()))
        ways = [record, {"id": stated}, {"id": put_right}]
    if slug and isinstance(slug, str):
        variant = stated.partition(":")[1:] if isinstance(stated, str) else ()
        ways += [{"id": "".join((slug, *variant)), "canonical_slug": slug}, {"id": slug, "canonical_slug": slug}]
    for said in ways:
        with suppress(Rejected):
            return [identity(said)]
    return [] if isinstance(stated, str) else [None]


def _set_aside(reading: Reading, place: str, reason: str) -> None:
    """Count a record that cannot be taken: it says nothing of its model, not even that it is gone."""
    reading.rejected += 1
    reading.warnings.append(Warning(code="rejected_record", message=reason, where=place))


def _in_another_unit(listed: Sequence[Listed], inspector: Inspector) -> int:
    """How many records are not believed because most of a listing is too dear: its prices are for a million tokens.

    They stay in what is read, for whoever accepts a listing that the guard holds.
    """
    dear = [one for one in listed if one.sound.dear]
    for one in dear:
        note_dear(str(one.sound.dear), one.sound.record["pricing"], inspector, one.place)
    return len(dear) if len(listed) >= FEWEST_FOR_SHARES and 2 * len(dear) > len(listed) else 0


def _unique(listed: Sequence[Listed], unread: Sequence[Identity | None], reading: Reading) -> list[Listed]:
    """The records whose id is theirs alone, each with a key of its own; a mere repetition counts once.

    `unread` are those who could not be read: they too have ids and slugs.
    """
    subjects = [one.subject for one in listed]
    if not unread and len({one.model_id for one in subjects}) == len({one.key for one in subjects}) == len(listed):
        return list(listed)
    aside = list(unread)
    kept = _one_of_each_id(listed, aside, reading)
    others = known_by_id([*(one.sound.who for one in kept), *(who for who in aside if who is not None)])
    for who in aside:
        # known by its id alone as long as the listing stated no slugs
        reading.set_aside |= {""} if who is None else {others.get(who, who.key), f"id:{who.model_id}"}
    told_apart: list[Listed] = []
    for one in kept:
        who = one.sound.who
        key = others.get(who)
        if key is not None:
            message = f"{who.model_id} has the permanent slug and variant of another id; it is known by its own"
            reading.warnings.append(Warning(code="shared_slug", message=message, where=one.place))
        told_apart.append(one if key is None else one.known_as(key))
    return told_apart


def _one_of_each_id(listed: Sequence[Listed], aside: list[Identity | None], reading: Reading) -> list[Listed]:
    by_id: defaultdict[str | None, list[Listed]] = defaultdict(list)
    for one in listed:
        by_id[one.subject.model_id].append(one)
    if len(listed) >= FEWEST_FOR_SHARES and 2 * len(by_id) < len(listed):
        raise TooFewRows(f"{len(listed)} records of no more than {len(by_id)} models")
    kept: list[Listed] = []
    for model_id, same in by_id.items():
        if any(one.sound.record != same[0].sound.record for one in same[1:]):
            for one in same:
                reason = f"{model_id} stands here {len(same)} times and says different things"
                _set_aside(reading, one.place, reason)
                aside.append(one.sound.who)
            continue
        kept.append(same[0])
        for one in same[1:]:
            message = f"{model_id} is repeated word for word; it counts once"
            reading.warnings.append(Warning(code="repeated_record", message=message, where=one.place))
    return kept


_LOOKS_LIKE_RECORDS = (b'"id"', b'"context_length"', b'"pricing"')
_LOOKS_LIKE_LISTING = re.compile(
    rb'"data"\s*:\s*(?:\[|null)|"errors?"\s*:\s*["{\[]|^\s*\{\s*(?:\}|"(?:message|detail|success|status|statusCode|code)"\s*:)'
)


def claims(document: Document) -> bool:
    """Whether this is an object with a list called `data`, an empty or an error object, or one or a list of models.

    It is judged by its head.
    """
    head = document.body[:16_384].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith((b"[", b"{")):
        return False
    if b'"provider_name"' not in head and all(word in head for word in _LOOKS_LIKE_RECORDS):
        return True
    if head.startswith(b"["):
        return False
    if document.url is not None and is_of_a_listing(document.url):
        return True
    return _LOOKS_LIKE_LISTING.search(head[:4096]) is not None


SOURCE = Source(
    slug="openrouter_models",
    title="OpenRouter's list of models",
    base_url="https://openrouter.ai",
    path="/api/v1/models?output_modalities=all",
    asks="once",
    version="1",
    parse=parse,
    claims=claims,
    field_places=FIELD_PLACES,
)
