"""Two benchmarks that a sentence compares, where it does not say whose a figure is: `A surpasses B with 98.0%`."""

from __future__ import annotations

import re

from scrapers.prose.marks import Mark, Marked

_THAN = re.compile(r"\b(?:than|versus|vs\.?|over) (?:in |on |for |at |its )*$")
_OF_ANOTHER = re.compile(r"\s*(?:vs\.?|versus|against|to|and|,|/|compared (?:to|with))\s*[0-9.]+ ?%")
_BESIDE = re.compile(
    r"\b(?:than|versus|vs\.?|over|instead of|not|unlike|like|behind|ahead of|trail(?:s|ed|ing)?|lag(?:s|ged|ging)?|"
    r"follow(?:s|ing)?|surpass\w*|beat(?:s|ing)?|top(?:s|ped|ping)?|exceed\w*|outperform\w*|outscor\w*|match(?:es|ed|ing)?|"
    r"rival(?:s|ed|ling|ing)?|equal(?:s|led|ling)?|together with|next to|second|par with|close|closest|compared|"
    r"similar|contrast|in line with|as [a-z]+ as|except|apart from) "
    r"(?:only |just )?(?:(?:to|with|by|in|on|for|at|its|the|that of) )*$",
    re.IGNORECASE,
)


def are_of_two(marked: Marked, name: Mark, percent: Mark) -> bool:
    """`higher in A than in B (88.0% vs 71.0%)`: the figures are of both, and which is whose is not said."""
    return (
        _THAN.search(marked.text[: name.start]) is not None and _OF_ANOTHER.match(marked.text, percent.end) is not None
    )


def is_compared_with(marked: Marked, name: Mark) -> bool:
    """Whether a name only tells what the one ahead of it is compared with, so that a figure may be of either: `A trails
    B at 88.0%`, `better in A than in B, with 98.0%`."""
    ahead = [mark for mark in marked.of("name", "percent") if mark.end <= name.start]
    return bool(ahead) and ahead[-1].kind == "name" and _BESIDE.search(marked.text, 0, name.start) is not None


_AGAINST = re.compile(
    r"(?:^|[;,] |\b(?:and|but) )(?:unlike|besides|beyond|like|(?:aside|apart) from|(?:as )?compared (?:to|with)|"
    r"in contrast to|contrary to|similar to) (?:in )?(?:its |the )?$",
    re.IGNORECASE,
)


def is_set_against(marked: Marked, names: list[Mark], name: Mark) -> bool:
    """`Unlike A, B is at 88.0%`: whether a name begins the clause that the one ahead is compared with."""
    if len(names) > 1 or name.kind != "name" or marked.between(names[0], name).strip() != ",":
        return False
    return _AGAINST.search(marked.text, 0, names[0].start) is not None
