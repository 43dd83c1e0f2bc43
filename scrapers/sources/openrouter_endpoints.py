"""One model's endpoints: `GET https://openrouter.ai/api/v1/models/{author}/{slug}/endpoints`.

What it does that one would not expect:
- The answer states the model's id and not its permanent slug; that stands in the endpoints' names, after the bar:
  `Relace | deepseek/deepseek-v4.1-flash-20260910`, with the variant behind it, `Venice | qwen/qwq-32b:free`, where the
  model has one. One file may speak of several slugs while an id moves on; those of an alias, `~x-ai/grok-latest`, speak
  of the model that it means today, whose endpoints they are too.
- `pricing.discount` is a fraction of the endpoint, not a price; the prices beside it already include it.
- `tag` and `model_id` are absent before July 2025; percentiles are null without a key.
- `status` is 0 where all is well, else -1, -2, -3, -5 or -10.
- A bare list of endpoints is a fragment that somebody saved. It is read, with a warning.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

from scrapers.api.answer import opened
from scrapers.api.contract import COUNT, LIST, OBJECT, TEXT, Inspector, Rejected, Shape
from scrapers.api.dear_prices import note_dear, too_dear
from scrapers.api.endpoint_card import ENDPOINT_PLACES, EndpointCard, endpoint_row, examine_endpoint
from scrapers.api.envelope import refuse_a_page_of_several
from scrapers.api.model_card import (
    FIELD_PLACES,
    IDENTITY_WORDS,
    Identity,
    author_of,
    checked_id,
    examine_model,
    model_of,
)
from scrapers.api.rate_card import price_rows
from scrapers.document import Document, Part, Reading, Subject, UnreadEndpoints
from scrapers.errors import ForeignPage, LayoutDrift, TooFewRows
from scrapers.records import Endpoint, Model, Price, Warning
from scrapers.source import Source

ANSWER = Shape(
    "",
    {
        "id": TEXT, "name": TEXT, "created": COUNT, "description": TEXT, "architecture": OBJECT, "endpoints": LIST,
    },
    required=frozenset({"id", "name", "created", "description", "architecture", "endpoints"}),
)  # fmt: skip


def parse(document: Document) -> Reading:
    """One model's endpoints, their prices, and what the answer says of the model itself."""
    answer = opened(document)
    is_fragment = isinstance(answer.value, list)
    model = {} if is_fragment else _model(answer.value)
    endpoints = answer.value if is_fragment else model["endpoints"]
    if not is_fragment:
        refuse_a_page_of_several(answer.value, len(endpoints), "endpoints")
    inspector = Inspector()
    reading = Reading(scope="", stated=len(endpoints), warnings=answer.warnings)
    if is_fragment:
        reading.warnings.append(Warning(code="fragment", message="a bare list of endpoints, without their model"))
    elif broken := answer.flaw({key: value for key, value in model.items() if key != "endpoints"}):
        raise LayoutDrift(f"what is said of the model cannot be kept: {broken}")
    sound: list[EndpointCard] = []
    unread: set[str] = set()
    for number, record in enumerate(endpoints):
        place = f"/{number}" if is_fragment else f"/data/endpoints/{number}"
        try:
            if broken := answer.flaw(record):
                raise Rejected(broken)
            sound.append(_of_this_model(examine_endpoint(record, place, inspector), model, inspector))
        except Rejected as reason:
            _set_aside(reading, place, str(reason))
            unread.add(_provider_of(record))
    for one in sound:
        if dear := too_dear(one.pricing, model.get("architecture")):
            note_dear(dear, one.pricing, inspector, one.place)
    sound = _steadied(_unique(sound, reading, unread))
    if endpoints and not sound:
        raise LayoutDrift(f"not one of {len(endpoints)} endpoints can be taken; {reading.warnings[-1].message}")
    who, reading.scope = _whose(document.url, model, sound)
    subject = Subject(who.key, model_id=who.model_id)
    if not is_fragment:
        facts = {key: value for key, value in model.items() if key not in _NOT_FACTS}
        _examine_facts(model, inspector)
        reading.add(Part(subject, "facts", partial(_facts, facts, who), (facts, who)))
    if unread:
        reading.unread[who.key] = UnreadEndpoints.beside(unread, map(_names_of, sound))
    gaps = (sorted(unread),) if unread else ()  # where one cannot be read the rest says less than it would alone
    described = [(one.record, one.beside) for one in sound]
    priced = [(*(one.record.get(word) for word in _WHOSE_PRICES), one.pricing) for one in sound]
    reading.add(Part(subject, "endpoints", partial(_endpoints, sound, who), (who, described, *gaps)))
    reading.add(Part(subject, "prices", partial(_prices, sound, who), (who, priced, *gaps)))
    reading.warnings += inspector.warnings()
    return reading


_NOT_FACTS = IDENTITY_WORDS | {"endpoints"}
_WHOSE_PRICES = ("provider_name", "tag", "name", "model_id")
"""What the rows of an endpoint's prices say beside the prices."""


def _model(answer: Any) -> dict[str, Any]:
    """The `data` of an answer: the model, with its endpoints."""
    model = answer.get("data")
    if isinstance(model, list):
        if not model:
            raise TooFewRows("the answer's `data` is an empty list, where a model with its endpoints should be")
        raise ForeignPage("a list of models, not one model's endpoints; read it as `openrouter_models`")
    if not isinstance(model, dict) or not ("endpoints" in model or "id" in model):
        raise ForeignPage(f"no model with endpoints: an answer with {', '.join(sorted(answer)[:5])}")
    if not isinstance(model.get("endpoints"), list):
        raise LayoutDrift(f"`data.endpoints` is no list: {str(model.get('endpoints'))[:80]}")
    if not model["endpoints"] and "id" not in model:
        raise TooFewRows("no endpoint, and no word of whose they would be; an empty answer is no model without any")
    return model


def _examine_facts(model: dict[str, Any], inspector: Inspector) -> None:
    try:
        inspector.inspect(ANSWER, model, "/data")
        examine_model(model, inspector, "/data")
    except Rejected as reason:
        raise LayoutDrift(f"what is said of the model cannot be kept: {reason}") from None


def _of_this_model(one: EndpointCard, model: Mapping[str, Any], inspector: Inspector) -> EndpointCard:
    """The endpoint, unless it says itself that it serves another author's model; an alias means any.

    Another id of the same author may be the model's next or last one, and is noted.
    """
    whose, ours = one.record.get("model_id"), model.get("id")
    if whose is None or not isinstance(ours, str) or ours.startswith("~"):
        return one
    if whose.partition(":")[0] not in (ours.partition(":")[0], one.slug):
        if author_of(whose) != author_of(ours):
            raise Rejected(f"it serves {whose!r} by its `model_id`, and the answer is of {ours[:80]!r}")
        seen = f"is {whose!r}, and the answer is of {ours[:80]!r}"
        inspector.note("drift_value", "endpoints[].model_id", seen, f"{one.place}/model_id")
    return one


def _set_aside(reading: Reading, place: str, reason: str) -> None:
    reading.rejected += 1
    reading.warnings.append(Warning(code="rejected_record", message=reason, where=place))


def _provider_of(record: Any) -> str:
    """Whose endpoint a record is, '' where it does not say."""
    provider = record.get("provider_name") if isinstance(record, dict) else None
    return provider if isinstance(provider, str) else ""


def _names_of(one: EndpointCard) -> tuple[str, str | None, str | None]:
    return one.record["provider_name"], one.record.get("tag"), one.record.get("name")


_TOLD_APART_BY = ("provider_name", "tag", "name", "quantization")


def _unique(sound: Sequence[EndpointCard], reading: Reading, unread: set[str]) -> list[EndpointCard]:
    """The endpoints that can be told apart; a mere repetition counts once.

    A provider may serve a model twice, in two precisions or regions. Its tag tells them apart; where there is no tag,
    only a difference in name or precision does, and a list of indistinguishable endpoints is taken as it stands.
    """
    by_tag: defaultdict[tuple[Any, ...], list[EndpointCard]] = defaultdict(list)
    for one in sound:
        record = one.record
        by_tag[tuple(str(record.get(word)) for word in _TOLD_APART_BY)].append(one)
    kept: set[str] = set()
    repeated = 0
    for (provider, tag, *_), same in by_tag.items():
        different: dict[str, EndpointCard] = {}
        for one in same:
            if different.setdefault(repr((one.record, one.pricing)), one) is not one:
                repeated += 1
                message = f"an endpoint of {provider} is repeated word for word; it counts once"
                reading.warnings.append(Warning(code="repeated_record", message=message, where=one.place))
        if same[0].record.get("tag") is not None and len(different) > 1:
            for one in different.values():
                _set_aside(reading, one.place, f"{provider} {tag} stands here {len(different)} times and differs")
                unread.add(provider)
        else:
            kept.update(one.place for one in different.values())
    if 2 * repeated > len(sound):
        raise TooFewRows(f"{len(sound)} endpoints, of which {repeated} repeat another word for word")
    return [one for one in sound if one.place in kept]


_STAYS = ("name", "quantization", "context_length", "max_completion_tokens", "max_prompt_tokens")


def _steadied(sound: list[EndpointCard]) -> list[EndpointCard]:
    """The endpoints as they stand, but several of one provider that no tag tells apart in an order of their own.

    They are told apart by their order alone, and an answer lists them in any.
    """
    untagged: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(sound):
        if one.record.get("tag") is None:
            untagged[one.record["provider_name"]].append(place)
    steady = list(sound)
    for places in untagged.values():
        alike = sorted((sound[place] for place in places), key=_what_stays) if len(places) > 1 else ()
        for place, one in zip(places, alike, strict=False):
            steady[place] = one
    return steady


def _what_stays(one: EndpointCard) -> tuple[str, ...]:
    pricing = sorted(one.pricing.items()) if type(one.pricing) is dict else one.pricing
    return (*(repr(one.record.get(word)) for word in _STAYS), repr(pricing))


def _whose(url: str | None, model: Mapping[str, Any], sound: Sequence[EndpointCard]) -> tuple[Identity, str]:
    """The model that the endpoints serve, and by what it was asked for: as the answer states it, else its address,
    else its endpoints.
    """
    ids = {one.record["model_id"] for one in sound if "model_id" in one.record}
    named = {whose for one in sound if (whose := one.whose)}
    try:
        if "id" in model:
            model_id: str | None = checked_id("id", model["id"])
        elif asked := _model_in(url):
            model_id = checked_id("address", asked)
        else:
            model_id = ids.pop() if len(ids) == 1 else None
    except Rejected as reason:
        raise LayoutDrift(f"whose endpoints these are cannot be read: {reason}") from None
    name = model_id or (named.pop() if len(named) == 1 else None)
    if name is None:
        raise LayoutDrift("whose endpoints these are is not said: no `id`, no address, no one slug in their names")
    slugs = {whose.partition(":")[0] for whose in named}
    variant = name.partition(":")[2] or "standard"
    _refuse_other_than_asked(_model_in(url), name, slugs, variant)
    slug = slugs.pop() if len(slugs) == 1 and not name.startswith("~") else None
    key = f"id:{name}" if slug is None else f"{slug}:{variant}"
    return Identity(key, model_id, slug, variant, author_of(slug or name)), name


def _refuse_other_than_asked(asked: str | None, name: str, slugs: Set[str], variant: str) -> None:
    """Raise `ForeignPage` for an answer of another model than was asked for.

    Nobody knows how old it is: a cache that takes one address for another may have kept it for long. An alias means
    another model, and without endpoints an answer does not say its model's permanent slug, but for the author.
    """
    if asked is None or asked.startswith("~"):
        return
    meant = {name, *slugs, *(f"{slug}:{variant}" for slug in slugs)}
    if asked not in meant if slugs else author_of(asked) != author_of(name):
        raise ForeignPage(f"{asked[:80]!r} was asked for, and these are the endpoints of {name!r}")


def _model_in(url: str | None) -> str | None:
    found = _ENDPOINTS_PATH.search(unquote(urlsplit(url).path)) if url else None
    return found.group(1) if found else None


def _facts(facts: dict[str, Any], who: Identity) -> Sequence[Model]:
    return [model_of(facts, who, {}, "/data")]


def _endpoints(sound: Sequence[EndpointCard], who: Identity) -> Sequence[Endpoint]:
    return [endpoint_row(one, who) for one in sound]


def _prices(sound: Sequence[EndpointCard], who: Identity) -> Sequence[Price]:
    rows: list[Price] = []
    for one in sound:
        if type(one.pricing) is dict:
            tag = one.record.get("tag")
            rows += price_rows(
                one.pricing,
                one.slug,
                one.record.get("model_id", who.model_id),
                f"{one.place}/pricing",
                provider=one.record["provider_name"],
                tag=tag if isinstance(tag, str) else None,
            )
    return rows


_ENDPOINTS_PATH = re.compile(r"/models/([^/]+/[^/]+)/endpoints/?$")
_LOOKS_LIKE_ENDPOINTS = re.compile(rb'"data"\s*:\s*\{|"endpoints"\s*:\s*\[')


def claims(document: Document) -> bool:
    """Whether this is an object with an object called `data`, or a bare list of endpoints, judged by its head."""
    body = document.body[:16_384].removeprefix(b"\xef\xbb\xbf").lstrip()
    if body.startswith(b"["):
        return b'"provider_name"' in body and b'"pricing"' in body
    return body.startswith(b"{") and (
        _model_in(document.url) is not None or _LOOKS_LIKE_ENDPOINTS.search(body[:4096]) is not None
    )


SOURCE = Source(
    slug="openrouter_endpoints",
    title="OpenRouter's endpoints of one model",
    base_url="https://openrouter.ai",
    path="/api/v1/models/{model}/endpoints",
    asks="id",
    version="1",
    parse=parse,
    claims=claims,
    field_places=FIELD_PLACES,
    endpoint_places=ENDPOINT_PLACES,
)
