"""Figures that no longer hold, and those that others than the site have claimed."""

from __future__ import annotations

import re

from scrapers.prose.marks import Mark

_OTHERS = (
    r"(?:authors?|makers?|vendors?|labs?|developers?|company|team|creators?|users?|reviewers?|customers?|"
    r"OpenAI|Google|Anthropic|Meta|Mistral|xAI|DeepSeek|Alibaba|Microsoft|Amazon|NVIDIA|Cohere|Artificial Analysis|"
    r"OpenRouter|LMArena)"
)
_PAST = re.compile(
    r"\b(?:last (?:year|month|week|quarter|time)|previously|formerly|used to|(?:months?|weeks?|years?|days?) ago|"
    rf"{_OTHERS}(?:'s (?:own )?(?:figures?|numbers?|tests?|results?|claims?)|"
    r" (?:(?:tests|figures|results) )?(?:claims?|claimed|reports?|reported|states?|stated|promises?|"
    r"announced|advertises?|advertised|cites?|cited|quotes?|quoted|gives? it|gave it|puts? it|found|measured|saw))|"
    rf"according to (?:(?:(?:its|the|an?|some) )?{_OTHERS}|(?!Benchable)(?-i:[A-Z])\w*)|"
    r"(?:independent|third-party|external|internal|vendor) (?:tests|evaluations?|benchmarks|results|figures)|"
    r"(?<!\b[Ii]t )(?<!model )(?:claims|claimed|advertises|promises|announced|"
    r"(?:some|others|users|people) (?:report|claim|say|cite)|says|"
    r"(?-i:(?<=[A-Z][a-z]{3} |[a-z]{4} )(?:reports|states|cites))) "
    r"(?=[0-9]|an? (?:accuracy|score)\b|that\b|it\b)|"
    r"(?:other|external|public) leaderboards?|"
    r"(?:model card|announcement|press release|technical report|white ?paper)|"
    r"(?:earlier|previous|prior|past|older) (?:runs?|rounds?|evaluations?|tests?|measurements?)|"
    r"at (?:launch|release)|initially|originally|back then|in the past|"
    r"(?:before|until) (?:the|its) (?:last |price )?(?:update|fix|patch|change|cut|reduction|increase))\b",
    re.IGNORECASE,
)
_TELLING = (
    "last ", "previous", "formerly", "used to", " ago", "'s ", "claim", "report", "state", "promise", "announce",
    "advertise", "cite", "quote", "ve it", "ves it", "puts it", "put it", "found", "measured", " saw", "according to",
    "independent", "third-party", "external", "internal", "vendor", "leaderboard", "model card", "press release",
    "paper", "earlier", "prior ", "past ", "older ", "at launch", "at release", "initially", "originally", "back then",
    "the past", "before ", "until ", " say",
)  # fmt: skip
"""What any of these has, found in a fraction of their time."""

_CLAUSE = re.compile(r"[;—]|,? (?:and|but|while|whereas|though) (?=(?:it|its|now|the model)\b)|, (?=(?:it|now)\b)")
_BEFORE_NOW = re.compile(r"[^%A-Z;]{0,40}\bnow\b[^%A-Z;]{0,30}[0-9.]+ ?%")
"""`Coding sat at 95.0%, and now sits at 92.0%`."""


_ASIDE = re.compile(r"\([^()]*\)")
"""`93.0% in Ethics (down from 95.0% in the previous run)` tells of the past within alone."""

_SAYING = re.compile(
    r"\baccording to [^,;]*$|^(?:previously|formerly|initially|originally|last (?:year|month|week|quarter)|in the past|"
    r"back then|at (?:launch|release)|(?:before|until) [^,;]{3,30})$",
    re.IGNORECASE,
)
"""`According to Acme, it reaches 92.0%` goes on with what Acme says, `Last year, it reached 92.0%` with what was."""


def may_be_old_or_claimed(text: str) -> bool:
    """Whether a sentence has words that make some figure of it such."""
    lowered = text.lower()
    return " now" in text or (any(word in lowered for word in _TELLING) and _PAST.search(text) is not None)


def is_old_or_claimed(text: str, mark: Mark) -> bool:
    """Whether the clause of a figure tells what was, or what is claimed: `it reached 92.0% last year`."""
    if _BEFORE_NOW.match(text, mark.end):
        return True
    for aside in _ASIDE.finditer(text) if "(" in text else ():
        if not aside.start() <= mark.start < aside.end():
            text = f"{text[: aside.start()]}{' ' * len(aside[0])}{text[aside.end() :]}"
    clauses = (
        clause for clause in _CLAUSE.finditer(text, 0, mark.start) if not _SAYING.search(text, 0, clause.start())
    )
    start = max((clause.end() for clause in clauses), default=0)
    end = _CLAUSE.search(text, mark.end)
    return _PAST.search(text, start, end.start() if end else len(text)) is not None
