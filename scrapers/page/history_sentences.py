"""A day and its prices in a sentence: `On Dec 2, 2025, the prompt price was cut from $0.8 to $0.6 per 1M tokens.`"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from scrapers.dates import calendar_date, is_date
from scrapers.page.words import component_of

_AMOUNT = r"\$[0-9](?:[0-9.,]*[0-9])?(?: ?(?:per|/) ?(?:1 ?M(?:illion)?|million|M)(?: tokens)?)?"
_FIRST = re.compile(r"(?:On|Since|From|As of|Effective) (?P<day>[A-Za-z0-9 ,./-]{6,30}?),? (?P<rest>[A-Za-z].+?)\.?")
_LAST = re.compile(r"(?P<rest>.+) (?:on|since|effective|as of) (?P<day>[A-Za-z0-9 ,./-]{6,30}?)\.?")
_BEFORE = re.compile(r"(?P<day>[A-Za-z0-9 ,./-]{6,30}?)\s*[:–—-]\s+(?P<rest>[A-Za-z].+?)\.?")
_CLAUSES = re.compile(r",? and (?=(?:the )?[a-z])|[,;] (?=the )|\. (?=[A-Z])")
_PRICE = re.compile(
    r"(?:the )?(?P<label>[a-z][a-z ]{2,24}?)(?: tokens?)?(?: (?:price|cost|rate)s?)?"
    r"(?: (?:was|is|were|are|has been))?"
    r"(?: (?:set|changed|cut|reduced|lowered|raised|increased|decreased|dropped|rose|fell|went|moved))?"
    r"(?: (?:up|down))?"
    rf"(?: from {_AMOUNT})? (?:to|at) (?P<amount>{_AMOUNT})",
    re.IGNORECASE,
)


class DatedPrices(NamedTuple):
    """A day, and what is paid for from then on with its amount, as the sentence has them."""

    day: date
    pairs: list[tuple[str, str]]


def prices_of_sentence(text: str) -> DatedPrices | None:
    """What a sentence states; None for one that says anything else besides."""
    stated = _FIRST.fullmatch(text) or _LAST.fullmatch(text) or _BEFORE.fullmatch(text)
    if stated is None or "$" not in text or not is_date(stated["day"]):
        return None
    clauses = [_PRICE.fullmatch(clause) for clause in _CLAUSES.split(stated["rest"])]
    pairs = [(clause["label"], clause["amount"]) for clause in clauses if clause and component_of(clause["label"])]
    return DatedPrices(calendar_date(stated["day"]), pairs) if len(pairs) == len(clauses) else None
