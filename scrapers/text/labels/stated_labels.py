"""What a line states of a label: that it is one, and the value that it gives beside it, with what stands between."""

from __future__ import annotations

import re
from itertools import pairwise

from scrapers.dates import is_date
from scrapers.outline import BLANK, Cell, Line
from scrapers.page.subject import slug_of
from scrapers.page.words import Topic, component_of, field_of
from scrapers.text.labels.category_lines import VALUE
from scrapers.text.labels.label_order import TITLED
from scrapers.text.labels.leading_labels import (
    VALUED,
    before_words,
    is_label,
    leading_label,
    textual_labels,
    trailing_label,
)

_COLON = re.compile(r"[-*•·]?\s*\**([^:*]{1,60}?)\**(?:::(?=\s)|:)\**\s*(.*)", re.DOTALL)
"""`Context Length: 65K`, or `Context Length :: 65K` as Org has it."""

_JOINED = re.compile(
    r"[-*•·]?\s*\**(?P<label>[^|·•=→—–]{1,60}?)\**\s*(?:(?<=\s)(?:[|·•=→—–-]|->)(?=\s)|(?:\s?\.){3,}|…+)\s*(?P<value>\S.*)"
)
"""`Context Length · 65K`, `Context Length - 65K`, `Context Length ....... 65K`."""

_PRICED = re.compile(
    r"[-*•·]?\s*(?P<price>(?:(?:US ?)?\$|USD) ?[0-9][0-9.,]*\s*(?:/|per)\s*"
    r"(?P<scale>1?[MK](?= )|(?:1 )?million|1,000,000)?\s*)(?P<thing>[a-z][a-z ]{2,30})",
    re.IGNORECASE,
)
"""A price with what it is for: `$0.45/M input tokens`."""

_NO_TOKENS = re.compile(r"(?:images?|requests?|calls?|search(?:es)?|quer(?:y|ies)|web search(?:es)?)", re.IGNORECASE)
"""What a price may be of, and that is no kind of tokens: `$5 / 1K images`."""


LABEL = "label"
"""The role of a line that is a label of unknown name."""


class Labels:
    """How the lines of a section state labels and values."""

    def __init__(self, topic: Topic, lines: list[Line]) -> None:
        self._topic = topic
        self._textual = textual_labels(topic, lines)
        colons = [match for line in lines if ":" in line.text and (match := _COLON.fullmatch(line.text))]
        self._closed = frozenset(match[1].strip() for match in colons if match[2].strip())

    def stated(self, line: Line) -> tuple[str, Cell | None] | None:
        """The label that a line is, and the value that it gives; None for a line that is no label."""
        topic = self._topic
        if line.role == VALUE:
            return None
        if line.role == LABEL:
            return line.text, None
        match = _COLON.fullmatch(line.text) if ":" in line.text else None
        name, value = (match[1].strip(), match[2].strip()) if match else ("", "")
        if match and not value and name in self._closed and is_label(topic, name):
            return name, BLANK
        if is_label(topic, line.text) and not value:
            return line.text, None
        if match and (is_label(topic, name) or (topic == "specifications" and _is_pair(line.text, match))):
            return name, Cell(value, line.links) if value else None
        if (leading := leading_label(topic, line)) is not None:
            return leading
        if topic in TITLED and (trailing := trailing_label(topic, line)) is not None:
            return trailing
        if (
            topic in ("prices", "endpoints")
            and (priced := _PRICED.fullmatch(line.text))
            and component_of(priced["thing"]) is not None
        ):
            is_scaled = priced["scale"] and not _NO_TOKENS.fullmatch(priced["thing"])
            price = priced["price"] if is_scaled else f"{priced['price']}{priced['thing']}"
            return priced["thing"], Cell(price, line.links)
        joined = _JOINED.fullmatch(line.text) if topic in VALUED else None
        if joined is not None and is_label(topic, joined["label"]):
            return joined["label"], Cell(joined["value"], line.links)
        named = before_words(topic, line) if self._textual else None
        return named if named is not None and named[0] in self._textual else None


def with_values_of_units(lines: list[Line]) -> list[Line]:
    """The lines of prices, those marked as values that say their unit below a label: `Image`, `$0.04 / image`."""
    found = list(lines)
    for at, (label, price) in enumerate(pairwise(lines), 1):
        awaits = component_of(label.text) is not None or field_of("prices", label.text) == "price"
        if awaits and not label.role and _PRICED.fullmatch(price.text):
            found[at] = price._replace(role=VALUE)
    return found


_HINT = re.compile(r"(?=\D*$)(?!.*\$)[A-Za-z][^\s]*(?: \S+){2,20}")


def without_hints(lines: list[Line]) -> list[Line]:
    """The lines of prices without what explains a label above its amount: `Prompt`, `Charged per token sent`, `$1`."""
    priced = {component_of(label.text) for label, price in pairwise(lines) if _AMOUNT.fullmatch(price.text)}
    hints = {
        at
        for at in range(1, len(lines) - 1)
        if _AMOUNT.fullmatch(lines[at + 1].text)
        and component_of(lines[at - 1].text) is not None
        and not is_label("prices", lines[at].text)
        and _HINT.fullmatch(lines[at].text)
        and component_of(lines[at - 1].text) not in priced
    }
    return [line for at, line in enumerate(lines) if at not in hints] if hints else lines


_UNKNOWN = re.compile(
    r"(?!.*\b(?:estimat\w+|(?:sub)?totals?|daily|weekly|monthly|yearly|annual\w*|averages?|avg|median|mean|blended|"
    r"typical|examples?|sav(?:e|ings?)|was|from|starting|up to|lowest|highest|cheapest|min|max|minimum|maximum|budget|"
    r"your|discounts?|credits?|bonus|fees?|tax|plans?|spen[dt]\w*|benchmarks?|market|similar|vs|versus|than|this|"
    r"costs? (?:per|of|for))\b)[A-Z][A-Za-z -]{2,40}",
    re.IGNORECASE,
)
_PAID_FOR = re.compile(
    r"\b(?:videos?|images?|pictures?|audio|music|speech|voices?|vision|text|tokens?|cach(?:e|ed|ing)|context|storage|"
    r"search(?:es)?|grounding|retrieval|tools?|functions?|calls?|quer(?:y|ies)|requests?|generat(?:ion|ed)|inputs?|"
    r"outputs?|reasoning|thinking|embeddings?|transcriptions?|translations?|training|(?:fine-?)?tuning|files?|"
    r"documents?|pages?|ocr|frames?|characters?|seconds?|minutes?|hours?|sessions?|code|execution|batch|edit(?:s|ing)?|"
    r"upscaling|moderation|rerank(?:ing)?)\b",
    re.IGNORECASE,
)
"""What a label of its own name may say that one pays for, and neither a plan nor another model is called."""

_AMOUNT = re.compile(r"\$ ?[0-9][0-9.,]*(?: ?(?:/|per) ?[A-Za-z0-9 ]{1,20})?")
_BY_THING = re.compile(
    r"[^/p]+(?:/|per) ?(?!.*\b(?:tokens?|[0-9]*[mk]|million|mo|months?|y|yr|years?|weeks?|days?|users?|seats?)$).+",
    re.IGNORECASE,
)
"""An amount for one of something that is counted, and no time of a subscription."""


def with_unknown_labels(lines: list[Line]) -> list[Line]:
    """The lines of prices, those marked as labels that stand above an amount in one row with others that are known, so
    that what is paid for under a name of its own is not lost: `Video Generation`, `$0.5 / second`."""
    found, at = list(lines), 0
    while at < len(lines) - 1:
        end = at
        while (
            end < len(lines) - 1 and _AMOUNT.fullmatch(lines[end + 1].text) and not _AMOUNT.fullmatch(lines[end].text)
        ):
            end += 2
        if any(component_of(line.text) for line in lines[at:end:2]):
            for place in range(at, end, 2):
                label, amount = lines[place], lines[place + 1].text
                is_free = label.role in ("", "title") and not is_label("prices", label.text)
                is_paid_for = _PAID_FOR.search(label.text) or _BY_THING.fullmatch(amount)
                if is_free and _UNKNOWN.fullmatch(label.text) and is_paid_for:
                    found[place] = label._replace(role=LABEL)
        at = max(end, at + 1)
    return found


def _is_pair(text: str, match: re.Match[str]) -> bool:
    """Whether what stands before a colon may be a label of unknown name: not in `acme/one:free`, nor in an address or
    a time."""
    return bool(match[2].strip()) and not match[2].startswith("//") and slug_of(text) is None and not is_date(text)
