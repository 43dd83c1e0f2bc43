"""What stands around the records of a list: `{"data": [...], "total_count": 457, "links": {"next": null}}`.

An answer that is one page of several, or that is no list of models at all, is refused here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scrapers.api.json_fields import whole
from scrapers.errors import CutDocument, ForeignPage, LayoutDrift, TooFewRows


def listed(answer: Any) -> list[Any]:
    """The records of an answer that is whole; a bare list of models has nothing around it that could say so."""
    if isinstance(answer, list) and any(isinstance(record, dict) and "id" in record for record in answer):
        return answer
    if not isinstance(answer, dict) or "data" not in answer:
        what = f"an object with {', '.join(sorted(answer)[:5])}" if isinstance(answer, dict) else "a bare list"
        raise ForeignPage(f"no list of models: {what}, where `data` should be")
    records = answer["data"]
    if isinstance(records, dict) and "endpoints" in records:
        raise ForeignPage("the endpoints of one model, not the list of models; read it as `openrouter_endpoints`")
    if not isinstance(records, list):
        raise LayoutDrift(f"`data` is no list: {str(records)[:80]}")
    if not records:
        raise TooFewRows("a list of no models at all; the source has hundreds")
    refuse_a_page_of_several(answer, len(records), "models")
    return records


def refuse_models_of_another(records: Sequence[dict[str, Any]]) -> None:
    """Raise `ForeignPage` where no record of a list says anything of a model in a word of this source's own.

    Many sites answer with a list called `data` of models with an `id`, and some with the very ids.
    """
    if not any(map(_is_of_this_source, records)):
        raise ForeignPage(
            f"a list of models, but not this source's: none of {len(records)} has {', '.join(sorted(_OWN_WORDS))} or"
            f" `pricing.prompt`; the first has {', '.join(sorted(records[0])[:8])}"
        )


def _is_of_this_source(record: dict[str, Any]) -> bool:
    pricing = record.get("pricing")
    return not _OWN_WORDS.isdisjoint(record) or (isinstance(pricing, dict) and "prompt" in pricing)


_OWN_WORDS = frozenset(("canonical_slug", "per_request_limits", "top_provider"))


def refuse_a_page_of_several(answer: dict[str, Any], held: int, what: str) -> None:
    """Raise `CutDocument` where what stands around a list says that there is more of it, in whichever common words.

    No model may be taken to be gone because it is on the next page. Such words stand beside the list, or in objects as
    `links` or `meta.pagination`.
    """
    around = [{word: value for word, value in answer.items() if word != "data"}]
    for words in around:
        for stated, value in words.items():
            word = stated.replace("_", "").lower()
            if word in _TOTALS and (whole(value) or 0) > held:
                raise CutDocument(f"the answer holds {held} of {value} {what}; ask for the other pages too")
            if (word in _MORE and value) or (word in _PAGES and (whole(value) or 0) > 1):
                raise CutDocument(f"the answer is one page of several: {stated} is {str(value)[:80]!r}")
            if isinstance(value, dict):
                around.append(value)


_TOTALS = frozenset(("totalcount", "total", "count", "totalresults", "totalitems"))
_PAGES = frozenset(("totalpages", "pagecount", "pages"))
_MORE = frozenset(
    (
        "next", "nextpage", "nextpagetoken", "nexttoken", "nextcursor", "nexturl", "nextpageurl", "nextlink",
        "nextoffset", "hasmore", "hasnext", "hasnextpage",
    )
)  # fmt: skip
