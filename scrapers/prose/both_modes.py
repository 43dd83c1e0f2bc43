"""Sentences that speak of both modes of reasoning at once: `Ethics is at 99.0% with and without reasoning`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scrapers.prose.modes import modes_in
from scrapers.prose.reading import Claims, read_sentence
from scrapers.prose.sentences import mark_sentence
from scrapers.prose.subjects import Subjects

_BOTH = re.compile(
    r",? ?(?:\b(?:[Bb]oth|whether) )?\b(?P<on>[Ww]ith (?:and|or) without (?:reasoning|thinking)(?: enabled)?)\b|"
    r",? ?\b(?P<off>[Ww]ithout (?:and|or) with (?:reasoning|thinking)(?: enabled)?)\b|"
    r",? ?\b(?P<either>[Ii]n (?:both|either) modes?|[Rr]egardless of (?:the )?(?:reasoning )?mode|"
    r"[Ww]hether or not (?:reasoning|thinking) is (?:on|used|enabled))\b"
)
_TELLING = ("ithout", "both mode", "either mode", "gardless of", "hether or not")
_TWO = re.compile(r"([0-9.]+ ?%) and ([0-9.]+ ?%)(?= accuracy|[,.;)]|$)(?: accuracy)?(?P<told>,? respectively)?")
_PERCENT = re.compile(r"[0-9] ?%")


def read_both_modes(sentence: str, known: Mapping[str, str], subjects: Subjects) -> Claims | None:
    """The scores of both modes, where a sentence says of one figure that it holds for both, or has one for each.

    None for a sentence that cannot be read so with certainty.
    """
    both = _BOTH.search(sentence) if any(word in sentence for word in _TELLING) else None
    if both is None or _BOTH.search(sentence, both.end()):
        return None
    plain = f"{sentence[: both.start()]}{sentence[both.end() :]}".lstrip(", ")
    if modes_in(plain):
        return None
    figures = len(_PERCENT.findall(plain))
    if figures == 1:
        return _read_as(plain, sentence, known, subjects, (True, False))
    two = _TWO.search(plain)
    if figures != 2 or two is None or not two["told"] or both["either"]:
        return None
    modes = (both["on"] is not None, both["on"] is None)
    found = [
        _read_as(f"{plain[: two.start()]}{figure}{plain[two.end() :]}", sentence, known, subjects, (mode,))
        for figure, mode in zip(two.groups()[:2], modes, strict=True)
    ]
    if any(claims is None or len(claims.scores) != 1 for claims in found):
        return None
    return Claims([score for claims in found if claims for score in claims.scores], [], [])


def _read_as(
    plain: str, sentence: str, known: Mapping[str, str], subjects: Subjects, modes: tuple[bool, ...]
) -> Claims | None:
    """What a sentence claims without its words on reasoning, as scores of these modes."""
    found = read_sentence(mark_sentence(plain, known, subjects))
    if not found.scores or found.ratings or found.unread:
        return None
    return Claims(
        [score._replace(is_reasoning=mode, sentence=sentence) for score in found.scores for mode in modes], [], []
    )
