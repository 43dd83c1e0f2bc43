"""Shares of models that a sentence says the page's model to be ahead of: `faster than 95% of models`."""

from __future__ import annotations

import re

_OF_MODELS = re.compile(
    r"\s*of (?:all |the |other |its |competing |tested |evaluated |available |benchmarked |[1-9][0-9]{1,3} )*"
    r"(?:AI |language )?"
    r"(?:models|peers|competitors|alternatives|(?<=the )(?:competition|field)|them)"
    r"(?: tested| evaluated| benchmarked| listed)?\b"
    r"(?! (?:with|that|which|at|of|whose|under|over|above|below|from|(?:in )?(?:its|this|that|the same)(?= "
    r"(?:[a-z]+ )?(?:size|weight|price|class|category|tier|range|family))|(?:its|this|that|the same) size)\b)"
)
_NEXT_SHARE = re.compile(r" and (?:faster|quicker|cheaper|more affordable|less expensive) than [0-9.]+ ?%")
"""`faster than 43% and cheaper than 37% of models`."""

OF_SOME_MODELS = re.compile(r"\s*of [^,;.%]{0,40}\b(?:models|peers|competitors|alternatives)\b")
_FASTER = re.compile(
    r"\b(?P<also>and |or )?(?:(?:faster|quicker|speed (?:is|are) (?:better|higher)) than|outpac(?:es|ed|ing))\s+"
    r"(?:only |just )?$",
    re.IGNORECASE,
)
_CHEAPER = re.compile(
    r"\b(?P<also>and |or )?(?:cheaper|less expensive|more affordable|more economical|"
    r"more cost[- ](?:effective|efficient)|lower[- ]priced|at (?:an? )?lower (?:price|cost)s?|priced lower|"
    r"priced below|costs less|(?:pric\w+|costs?) (?:is|are) (?:more competitive|lower|better)) than\s+"
    r"(?:(?:that|those) of )?(?:only |just )?$",
    re.IGNORECASE,
)
_TWO_ADJECTIVES = re.compile(
    r"\b(?:faster|quicker|cheaper|slower|affordable|expensive|accurate|efficient|economical|better|smaller)\s+$"
)
_BY_HOW_MUCH = re.compile(r"[0-9] ?(?:x|×|%|times) $|times as $")
"""`2x cheaper than 50% of models` may rank it higher than that."""

_AHEAD = re.compile(r"\b(?:outperform(?:s|ed|ing)?|beat(?:s|ing)?|ahead of)\s+$", re.IGNORECASE)
MEASURE = re.compile(
    r"\s*(?:for|in|on|by)(?: terms of)? (?:the )?(?:(?P<speed>speed|response times?|latency)|"
    r"(?:price|pricing|costs?|affordability))\b"
    r"(?! and (?:its |the |for |in )?(?:speed|latency|response|pric|cost|afford|accura|reliab)[a-z]*(?! (?:is|are|in|"
    r"at|rank|sits)))"
)


def outdone(before: str, after: str) -> str | None:
    """The rating that a percentage between two texts is: `speed_percentile` of `faster than` and `of models`.

    >>> outdone("It is cheaper than ", " of models, which"), outdone("It is 20", " cheaper than most models")
    ('price_percentile', None)
    """
    beside = _OF_MODELS.match(after, next_share.end() if (next_share := _NEXT_SHARE.match(after)) else 0)
    compared = before
    if not beside:
        earlier = _OF_MODELS.search(before)  # `faster than 95% of models and cheaper than 80%`
        if earlier is None or not re.match(r"\s*(?:[,.;)]|and\b|$)", after):
            return None
    for pattern, dimension in ((_FASTER, "speed_percentile"), (_CHEAPER, "price_percentile")):
        if than := pattern.search(compared):
            ahead = compared[: than.start()]
            return dimension if not (_TWO_ADJECTIVES if than["also"] else _BY_HOW_MUCH).search(ahead) else None
    if beside and _AHEAD.search(before) and (measure := MEASURE.match(after, beside.end())):
        return "speed_percentile" if measure["speed"] else "price_percentile"
    return None
