"""Who a sentence speaks of: the model of the page, or another model, an average, the rest of the field.

The last one named before a figure is its owner: `GPT-4o scores 92%, while it scores 95%`. What is only compared with
(`unlike its predecessor, …`, `ahead of GPT-4o, …`) owns no more than what stands right beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from scrapers.prose.marks import Mark, Span
from scrapers.prose.names import FAMILY, LEADING, NO_BENCHMARKS, words_of_name

_GENERIC = re.compile(
    r"\b(?:(?:its|the|their|an?|most|many|few|some|several|other) )?"
    r"(?:(?:direct|immediate|own|clear|closest|nearest|current|category|industry|overall|site-wide|global|group|"
    r"field) )?"
    r"(?:(?P<mean>(?<!-)\baverages?(?=\s*(?:is|was|of|for|in|across|at|stands|score|accuracy|model|[(:,;.)]|$))|"
    r"(?:average|mean)(?= (?:[a-z]+ ){1,2}(?:score|accuracy|result)\b)|mean(?= (?:score|accuracy|result|of|is)\b)|"
    r"median)|(?P<one>predecessors?|elders?|successors?|siblings?|(?:previous|prior|earlier|older|preceding) "
    r"(?:versions?|releases?|generations?|models?|iterations?)|free (?:variant|version|endpoint)|leaders?|"
    r"state of the art|typical (?:speed|pric(?:e|ing)|costs?|latency|response times?)|"
    r"(?:typical|(?<=\bthe )(?:average|mean)) success rate|human (?:experts?|baseline|level)|"
    r"humans?(?= (?:reach|score|achieve|get|ha[sv]e?|average))|"
    r"random (?:guessing|guesses|chance|choice)|"
    r"record(?= (?:in|for) [a-z ]{3,25} (?:is|stands))|(?:another|every|only one|n?either) model|"
    r"(?:base|teacher|parent) model|next (?:version|release|generation)|"
    r"runners?-up(?! (?:is|was|are|were) (?-i:[A-Z]))|chance level|"
    r"(?:top|leading|(?:second|next)[- ]best|best|strongest|next)(?:-performing|-ranked|-scoring)? "
    r"(?:model|competitor|rival))|"
    r"(?P<many>no (?:competing |rival )?(?:[a-z]+ )?models?|rivals?|competitors?|competition|peers?|counterparts?|"
    r"(?:most|many|few|some|several|other|similar|comparable|competing|rival|larger|bigger|smaller|newer|top|leading|"
    r"better|average|typical) (?:[a-z0-9.-]+ )?models?|(?:[a-z-]+ly )?(?:[a-z-]+ )?models"
    r"(?= (?:[a-z]+ ){0,4}?(?<!to )(?:reach|score|achieve|get|post|have|attain|manage)\b)))\b",
    re.IGNORECASE,
)
_OF_SIZE = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Aa]n?) (?P<size>[0-9.]+[Bb]|(?!Reasoning|Thinking|Latest|Current|New|"
    r"Standard)[A-Z][a-z]{2,}) "
    r"(?:version|variant|edition)\b"
)
"""`the 20B version` and `the Mini version`, which only the model's own name tells for the page's."""

_OF_WHICH = re.compile(r"\b(?:version|variant|edition|endpoint)s? of $")

_OWN = re.compile(
    r"\b(?:[Ii]t|Its|[Tt]h(?:e|is) (?!only |first |second |next |last |best |median |base |teacher |"
    r"parent )(?:[A-Za-z0-9.-]+ )?model)\b|"
    r"(?:[,;(—] |\b(?:beats?|match(?:es)?|exceeds?|surpass(?:es)?|tops?|reach(?:es)?|while|but|and|where|with|"
    r"although|though|whereas) )its\b"
)
_TELLING = (
    "redecess", "lder", "uccess", "ibling", "revious", "rior ", "arlier", "receding", "eader", "model ", "model,",
    "ival", "ompetit", "eer", "ounterpart", "verage", "edian", "ypical", "odels", "ree ", "ecord", "tate of",
    "uman ", "andom ", "unner", "hance ", "next ",
)  # fmt: skip
"""What any of the generic words has, found in a fraction of their time."""

_NO_MENTION = re.compile(
    r"\b(?:(?<!ahead )(?<!front )(?<!instead )(?<!that )(?<!those )(?<!speed )(?<!price )(?<!pricing )"
    r"(?<!cost )(?<!latency )(?<!accuracy )of|among|amongst|is|was|are|were|(?<!such )as|"
    r"remains|"
    r"being|makes it|making it|above|below|near|about|on)\s+(?:(?:only|just|merely|still|rather|about|slightly|much|"
    r"far|not) )?(?:(?:the |an? )(?:(?:second|third|fourth|fifth|[0-9]{1,2}(?:nd|rd|th))[ -])?)?$|\b(?:is|was|remains|"
    r"being|as|becomes) an? (?:[a-z-]+ ){1,2}$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:than|unlike|over|beats?|beating|outperform\w*|outpac\w*|outscor\w*|surpass\w*|compared (?:to|with)|versus|"
    r"vs\.?|ahead of|behind|trail(?:s|ed|ing)?|exceed\w*|match(?:es|ed|ing)?|like|against|from|rivals|rivaling|"
    r"(?:that|those) of|edg\w+ out|to|above|below|lead(?:s|ing)?|similar to|on par with)\s+"
    r"(?:the |an? |its )?(?:\w+ )?$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\b(?:for|by|of|from|in)\s+(?:the )?$")
_SUBJECT_AGAIN = re.compile(r"(?: (?:in|on|for) [A-Z][\w ]{2,25})?\s*,?\s*(?:which|whose|who)\b")
_GOES_ON = re.compile(rf"{_SUBJECT_AGAIN.pattern}|s? that [a-z]+")
"""`Compared with a typical model that scores 84.0% in Coding, …` tells of that model."""

_VERB = (
    r"(?:scor(?:es|ed)|achiev(?:es|ed)|reach(?:es|ed)|gets|got|posts|posted|attain(?:s|ed)|earn(?:s|ed)|hits|"
    r"manag(?:es|ed)|record(?:s|ed)|deliver(?:s|ed)|leads|has|had|ranks|ranked)"
)
_BADGE = re.compile(
    r"(?:the )?(?:most [a-z-]+|(?:best|top|leading|strongest)(?:-[a-z]+)?) model (?:at|in|for) its (?:own )?"
    r"(?:price|cost|speed|accuracy)(?: (?:point|level|range|class|tier|and|price|cost|speed))*+"
    rf"(?! (?:is|was|{_VERB[3:-1]})\b)",
    re.IGNORECASE,
)
"""`Ethics (100.0%, most accurate model at its price point)` praises the model of the page, unless another is named."""

_NAMED = re.compile(
    r"\b((?:[A-Z]|[a-z]{1,3}[0-9]|[a-z]{2,12}-[0-9])[\w+]*(?:\.[\w+]+)*(?:[ -][A-Z0-9][\w.+]*){0,4})"
    rf"(?: {_VERB}\b|'s (?:\w+ )?[0-9.]+ ?%)"
)
_NUMBERED = re.compile(
    r"\b((?:[A-Z][A-Za-z+]+[ -]){1,2}(?!20[0-9]{2}\b)[0-9]{1,3}(?:\.[0-9])?(?: [A-Z][a-z]+)?)"
    r" (?:is|was|sits|lands|falls|places|leads|wins|stands|shows)\b"
)
"""`Fig 3 is`; not `AIME 2025 is`, nor `SWE-bench is`."""

_SIZED = re.compile(
    r"\b((?:[A-Z][\w+.]*[ -]){1,3}(?:[0-9.]+ )?[0-9.]+B)\b"
    r"(?! (?:version|variant|(?:[a-z]+ )?(?:parameters|params|weights)\b))"
)
"""`Falcon 40B`; not `Its 2B parameters`."""

_WORDS_OF_MODEL = re.compile(
    r"[\w+]*(?:\.\w+)*(?:[ -](?:[A-Z0-9][\w.+]*|mini|nano|micro|pro|flash|lite|turbo|oss|chat|instruct|preview|large|"
    r"small|medium|max)\b)*"
)
_RIVAL = re.compile(
    r"\b(?:than|[Uu]nlike|beat(?:s|ing)?|outperform\w*|surpass\w*|trail(?:s|ed|ing)?|behind|ahead of|versus|vs\.?|"
    r"[Cc]ompared (?:to|with)) ([A-Z][\w.+]*(?:[ -][A-Z0-9][\w.+]*){0,4})"
    r"(?=[,;.)]|'s|$| (?:at|in|on|with|by|for)\b| \()"
)
_EARLIER = re.compile(
    r"\b(?:previous|prior|earlier|original|older|preceding|first-generation|full|full-sized?|larger|bigger|smaller) $",
    re.IGNORECASE,
)
_PLAIN_WORDS = frozenset(("model", "ai", "llm", "s", "api"))


_PRONOUN = re.compile(r"\bits?$", re.IGNORECASE)
_TAKES_UP = re.compile(r"(?:(?:In|On|For|At|With) [^,]{2,40},? )?[Ii]ts?\b")
_LOOKED_BACK = 20
_LONGEST_OPENING = 5
"""`The elder's 85.0% are now 91.0%, and its …` goes on about either."""


class Mention(NamedTuple):
    """Somebody who may own a figure."""

    start: int
    end: int
    kind: str
    """`own`, or else `one`, `many` or `mean`, an average."""

    is_compared: bool = False
    is_aside: bool = False
    """Whether it only tells whose the figure before it is: `85.0% for its elder, …`."""


def _any_of(names: set[str]) -> re.Pattern[str] | None:
    words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE) if words else None


class Subjects:
    """Tells whether a mark is of another than the model whose names are given."""

    __slots__ = ("_heads", "_shorter", "_whole", "own")

    def __init__(self, names: tuple[str, ...], others: Iterable[str] = (), text: Iterable[str] = ()) -> None:
        """`others` are names of other models that the page lists, `text` is all that is read."""
        words = frozenset(word for name in names for word in words_of_name(name))
        self.own = words | _PLAIN_WORDS if names else frozenset()
        parts = {part.strip(" )") for name in names for part in re.split(r"[(]|: ", name) if "/" not in name}
        firsts = (part for name in names for part in re.split(r"[(]|: |/", name)[-2 if "(" in name else -1 :])
        heads = {match[0] for part in firsts if (match := re.match(r"[A-Za-z][A-Za-z0-9]{2,}", part.strip()))}
        self._heads = _any_of(heads)
        qualified = {name.partition(": ")[2] for name in names if name.endswith(")")}
        self._whole = _any_of({part for part in parts | qualified if " " in part})
        own = {words_of_name(part) for part in parts | qualified}
        called = (words_of_name(part) for name in others for part in re.split(r"[()]", name.rpartition(": ")[2]))
        self._shorter = {words for words in called if words and words < self.own} - own
        if self._shorter:
            self._shorter.discard(self._called_first(" ".join(text)))

    def _called_first(self, text: str) -> frozenset[str]:
        """What the model is called where it is named first: a text may drop the end of a name from the start."""
        match = self._heads.search(text) if self._heads else None
        end = _WORDS_OF_MODEL.match(text, match.end()) if match else None
        if match is None or end is None or _COMPARED.search(text, 0, match.start()):
            return frozenset()
        return words_of_name(text[match.start() : end.end()])

    def own_spans(self, text: str) -> list[Span]:
        """Where the model is called by its whole name, which may have a benchmark's in it: `Pear 2 Reasoning`."""
        return [Span(*match.span()) for match in self._whole.finditer(text)] if self._whole else []

    def owners(self, text: str, known: Mapping[str, str]) -> list[Mention]:
        """Everybody named in a sentence, in order."""
        found = [
            Mention(*match.span(), "own")
            for match in _OWN.finditer(text)
            if not _OF_WHICH.search(text, max(0, match.start() - _LOOKED_BACK), match.start())
        ]
        named = set(self._named(text, known, found))
        generic = {other for other in self._generic(text) if named or not _BADGE.match(text, other[0])}
        others = sorted(named | generic)
        own = [
            mention
            for mention in found
            if not any(start < mention.end and mention.start < end for start, end, _ in others)
        ]
        if others and text.startswith("'s", others[0][1]) and len(text[: others[0][0]]) < _LONGEST_OPENING:
            own = [mention for mention in own if not _PRONOUN.search(text, mention.start, mention.end)]
        return sorted(own + [_judged(text, *other) for other in others if _is_mentioned(text, *other)])

    def are_others(self, text: str, known: Mapping[str, str]) -> bool:
        """Whether a sentence tells of another model alone, as its subject: `Its predecessor was slow`."""
        owners = self.owners(text, known)
        if not owners or any(owner.kind != "one" or owner.is_compared or owner.is_aside for owner in owners):
            return False
        return owners[0].start <= _LONGEST_OPENING or "," not in text[: owners[0].start]

    def _generic(self, text: str) -> Iterator[tuple[int, int, str]]:
        if any(word in text for word in _TELLING):
            for match in _GENERIC.finditer(text):
                if match["mean"] and text.startswith(" (", match.end()) and text[: match.start()].endswith(": "):
                    continue  # `Coding: average (81.8%)`
                yield match.start(), match.end(), match.lastgroup or "many"
        for match in _OF_SIZE.finditer(text) if _has_versions(text) else ():
            if match["size"].casefold() not in self.own:
                yield *match.span(), "one"

    def _named(self, text: str, known: Mapping[str, str], found: list[Mention]) -> Iterator[tuple[int, int, str]]:
        """Models by their names; the page's own are added to `found`."""
        if not self.own:
            return
        seen: list[tuple[int, int]] = []
        for pattern in (self._heads, FAMILY):
            for match in pattern.finditer(text) if pattern else ():
                end = _WORDS_OF_MODEL.match(text, match.end()).end()  # type: ignore[union-attr]
                if any(start <= match.start() < stop for start, stop in seen):
                    continue
                seen.append((match.start(), end))
                name = text[match.start() : end].replace("-", " ")
                if " " in name:
                    lowered = name.lower()
                    benchmarks = [at for key in known if key in lowered and (at := lowered.find(f" {key}")) > 0]
                    name = name[: min(benchmarks, default=len(name))]
                is_earlier = _EARLIER.search(text, 0, match.start()) is not None
                words = words_of_name(name)
                if words <= self.own and words not in self._shorter and not is_earlier:
                    found.append(Mention(match.start(), end, "own"))
                else:
                    yield match.start(), end, "one"
        sized = _SIZED.finditer(text) if "B" in text else ()
        for match in (*_NAMED.finditer(text), *_NUMBERED.finditer(text), *_RIVAL.finditer(text), *sized):
            words = match[1].replace("-", " ").split(" ")
            while len(words) > 1 and words[0].lower() in LEADING:
                words = words[1:]
            name = " ".join(words)
            plain = words_of_name(name) if not name.endswith("ly") else frozenset()  # `Consistently ranked among`
            bare = name.lower().removesuffix(" accuracy").removesuffix(" score")
            if bare not in known and plain and not plain <= (self.own | LEADING | NO_BENCHMARKS):
                yield match.start(1), match.end(1), "one"


def _has_versions(text: str) -> bool:
    return " version" in text or " variant" in text or " edition" in text


def takes_up(text: str) -> bool:
    """Whether a sentence goes on about whom the one before is about: `It scored 85.0% in Coding`."""
    return _TAKES_UP.match(text) is not None


def _is_mentioned(text: str, start: int, end: int, kind: str) -> bool:
    """Whether something is said of another, who is not only one of whom the model is the best."""
    is_of = _NO_MENTION.search(text, 0, start) is not None
    return not is_of or (kind == "one" and _SUBJECT_AGAIN.match(text, end) is not None)


def _judged(text: str, start: int, end: int, kind: str) -> Mention:
    is_model = kind == "mean" and text.startswith(" model", end)
    end += len(" model") if is_model else 0
    is_compared = _COMPARED.search(text, 0, start) is not None and not _GOES_ON.match(text, end)
    if is_model and not is_compared:
        kind = "one"  # `The average model is slow, …`
    return Mention(start, end, kind, is_compared, "%" in text[:start] and _ASIDE.search(text, 0, start) is not None)


_BESIDE = re.compile(r"(?:'s?)?\s*(?:\(|at |of |by |accuracy |score |a |with a score |which |scored? ){0,4}[\w ]{0,3}$")
_AFTER = re.compile(
    r"\s*\)?\s*(?:accuracy |scores? )?(?:(?:in|on) [A-Z][\w ]{2,25} )?"
    r"(?:for|by|of|from|in|on|as an?)?\s*(?:the |its |an? )*"
)


def _owns(owner: Mention, mark: Mark, between: str) -> bool:
    """Whether a figure is that of somebody named before it, by the words between."""
    if owner.kind == "mean" and mark.kind == "rank":
        return False
    if owner.kind == "mean" or owner.is_aside or (owner.kind == "one" and owner.is_compared):
        return re.search(r"[,;—]|%[^(]*\)", between) is None
    if owner.is_compared:
        return mark.kind != "rank" and _BESIDE.fullmatch(between) is not None
    return True


def is_of_another(text: str, mark: Mark, owners: list[Mention]) -> Mention | None:
    """The other one that a figure is said of."""
    for owner in reversed([owner for owner in owners if owner.end <= mark.start]):
        if owner.kind == "own":
            break
        if _owns(owner, mark, text[owner.end : mark.start]):
            return owner
    after = next((owner for owner in owners if owner.start >= mark.end), None)
    if after is not None and after.kind != "own" and text[mark.end : after.start].strip() == "(":
        return after if text.startswith(")", after.end) else None
    is_after = after is not None and after.kind != "own" and not after.is_compared
    return after if after is not None and is_after and _AFTER.fullmatch(text[mark.end : after.start]) else None
