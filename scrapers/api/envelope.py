"""What stands around the records of a list of models: `{"data": [...], "total_count": 457, "links": {"next": null}}`.

An answer that is one page of several, or that is no list of models at all, is refused here.
"""

from __future__ import annotations

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
    total, links = whole(answer.get("total_count")), answer.get("links")
    if total is not None and total > len(records):
        raise CutDocument(f"the answer holds {len(records)} of {total} models; ask for the other pages too")
    if isinstance(links, dict) and links.get("next") is not None:
        raise CutDocument(f"the answer is one page of several; the next is {str(links['next'])[:80]!r}")
    return records
