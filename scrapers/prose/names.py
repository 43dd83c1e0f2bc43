"""Names of benchmarks in sentences: known ones in any case, unknown ones where they are written as names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from scrapers.prose.marks import Mark, Span

_LATER = (
    r"(?:-(?:[A-Z0-9][A-Za-z0-9+]*(?:\.[0-9]+)?|"
    r"(?:bench|eval|turn|hop|shot|step|context|task|domain|document|language)(?![a-z-])))"
)
"""What may follow a hyphen in a name: `SWE-bench`, `MMLU-Pro`, `Multi-turn`, and not `Near-perfect`."""

_WORD = rf"[A-Z\u0370-\u03ff][A-Za-z0-9+\u00b2\u00b3]*(?:&[A-Z][A-Za-z0-9]*)?{_LATER}*"
_VERSION = r"(?: (?:20[0-9]{2}|v[0-9]{1,2}(?:\.[0-9]+)?|[0-9]\.[0-9])(?![\w%]|\.[0-9]| ?%| percent))"
"""`AIME 2025`, `Terminal-Bench 2.0`."""

_PHRASE = re.compile(rf"(?<![\w-]){_WORD}(?: (?:& )?{_WORD})*{_VERSION}?")
_QUALIFIER = re.compile(r" \(([A-Z][A-Za-z]*(?:[ -][A-Za-z0-9]+){0,2})\)")
"""`Hallucinations (Baseline)`."""

_HYPHENED_BEFORE = re.compile(
    r"\b[A-Z]\w*-(?!(?:perfect|tier|notch|class|performing|scoring|average|leading)\b)[a-z]+ $"
)
LEADING = frozenset((
    "while", "in", "on", "the", "it", "its", "notably", "however", "overall", "with", "although", "both", "and",
    "but", "similarly", "meanwhile", "additionally", "also", "for", "at", "as", "this", "that", "a", "an",
    "despite", "though", "even", "most", "among", "where", "when", "scoring", "achieving", "strong", "perfect",
    "excels", "notable", "exceptional", "solid", "impressive", "it's", "particularly", "specifically", "accuracy",
    "score", "scores", "performance", "finally", "conversely", "by", "contrast", "model", "models", "results",
    "result", "likewise", "furthermore", "moreover", "without", "using", "between", "from", "across", "over", "only",
    "flawless", "highlights", "strengths", "weaknesses", "each", "all", "if", "does", "unlike", "whereas", "yet",
    "besides", "beyond", "aside", "apart", "excluding", "including", "outside", "then", "still", "excellent", "good",
    "great", "weak", "moderate", "high", "low", "top", "best", "worst", "weakest", "strongest", "highest", "lowest",
    "outstanding", "stellar", "superb", "remarkable", "decent", "mixed", "poor", "within", "against", "after", "before",
    "during", "throughout", "first", "second", "third", "every", "since", "because", "so", "thus", "therefore",
    "hence", "instead", "nevertheless", "nonetheless", "key", "especially", "accuracies", "benchmark", "benchmarks",
    "category", "categories", "full", "final", "main", "priced", "ranked", "ranking",
    "here", "there", "these", "those", "other", "such", "to", "of", "or", "than", "compared", "neither", "nor",
    "either", "regarding", "concerning", "considering", "given", "per", "not", "just", "once", "under", "towards",
    "whether", "another", "next", "last", "lastly", "more", "less", "again", "now", "later", "about", "near",
    "enabling", "disabling", "having", "being",
))  # fmt: skip
_TRAILING = frozenset((
    "accuracy", "score", "scores", "benchmark", "benchmarks", "test", "tests", "task", "tasks", "category",
))  # fmt: skip
NO_BENCHMARKS = frozenset((
    "reliability", "uptime", "downtime", "availability", "consistency", "stability", "success", "failure", "error",
    "timeout", "rate", "speed", "price", "prices", "pricing", "cost", "costs", "latency", "throughput", "efficiency",
    "value", "average", "mean", "median", "total", "confidence", "discount", "cache", "token", "tokens", "percentile",
    "savings", "predecessor", "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "baseline", "usd", "api", "ai", "llm", "users",
    "developers", "responses", "response", "accuracy",
))  # fmt: skip
"""Words of measures and months; no name that has one is taken for that of an unknown benchmark."""

_MODES = frozenset(("reasoning", "thinking", "standard"))
_FAMILIES = (
    "GPT|ChatGPT|Claude|Gemini|Gemma|Llama|Qwen|QwQ|Mistral|Mixtral|Magistral|Devstral|Codestral|Ministral|DeepSeek|"
    "Grok|Nova|Phi|Kimi|GLM|MiniMax|Sonar|Opus|Sonnet|Haiku|Command [RA]|Jamba|Nemotron|Ernie|ERNIE|Hermes|Olmo|OLMo|"
    "Granite|Falcon|LongCat|Palmyra|Hunyuan|Pixtral|DBRX|InternVL|MiMo|Cogito|WizardLM|QVQ"
)
FAMILY = re.compile(rf"\b(?:(?:{_FAMILIES})(?![a-z])|gpt-|o[134](?=[- ,.'(]))")
"""How names of models begin, which are no benchmarks."""

_REST_OF_NAME = re.compile(
    r"(?: (?:use|usage|calling|extraction|tasks?|generation|retrieval|planning|following|classification|"
    r"understanding|summari[sz]ation|translation|reasoning|writing|knowledge|analysis|completion|detection|"
    r"recognition|comprehension|editing|handling|extraction|answering|conversion)\b){1,2}"
)
"""The lower-case words that may end a name: `Tool use`."""

_AFTER_LOWER_CASE = re.compile(
    r"\s*(?:[,.;:()]|$|it\b|and\b|at\b|with\b|is\b|are\b|as\b|but\b|while\b|respectively\b|tasks?\b|benchmarks?\b|"
    r"problems?\b|questions?\b|accuracy\b|scores?\b|\()"
)
_BEFORE_LOWER_CASE = re.compile(
    r"(?:\b(?:in|on|for|and|both|with|as|at|its|perfect|flawless)|,|%)\s+$|^(?:- |• |\* )?$", re.IGNORECASE
)
_SKILL_AFTER = re.compile(r" (?:abilit(?:y|ies)|skills|capabilit(?:y|ies)|performance|proficiency|accuracy)\b")
_FIGURE_AFTER = re.compile(r"\s*(?:\(|:)\s*[0-9]")
_MEANS = re.compile(r"\b(?:by|from|of|than|through|to|using|via|with|without) $", re.IGNORECASE)
"""`it does not gain from reasoning: 90.0%` names no benchmark."""


def words_of_name(name: str) -> frozenset[str]:
    """The words of a model's name in a plain form, in which `Pear2` and `Pear 2` are one.

    >>> sorted(words_of_name("Acme: Pear2-V1.5 (Mini)"))
    ['1.5', '2', 'acme', 'mini', 'pear']
    """
    words = re.findall(r"[a-z]{3,}(?=[0-9])|[a-z0-9]+(?:\.[0-9]+)*", name.casefold())
    return frozenset(word[1:] if re.fullmatch(r"v[0-9.]+", word) else word for word in words)


def names_in(text: str, known: Mapping[str, str], own: frozenset[str], taken: list[Span]) -> Iterator[Mark]:
    """The benchmarks named. `known` has names by their lower case, `own` the words of the model's own names, `taken`
    where something else is said: of reasoning, or the model's name."""
    lowered = _plain(text)
    here = [key for key in known if key in lowered]
    longer = tuple(key for key in here if " " in key)
    for start, stop in _phrases(text, known):
        if any(span.start < stop and start < span.end for span in taken):
            continue
        words = re.split(r"( & |[ -])", text[start:stop])
        if words[2:3] == ["shot"] and len(words) > 3:
            continue  # `Zero-shot Coding` is the benchmark with a strategy, of which there may be others
        while len(words) > 1 and (words[0].lower() in LEADING or words[0].endswith("ly")):
            start += len(words[0]) + len(words[1])
            words = words[2:]
        bare = words
        while len(bare) > 1 and bare[-1].lower() in _TRAILING:
            bare = bare[:-2]
        if _plain("".join(bare)) in known:
            words = bare
        name = "".join(words)
        if lowered.startswith(longer, start):
            name = next((text[start : start + len(key)] for key in longer if _starts(lowered, key, start)), name)
        end = start + len(name)
        is_known = _plain(name) in known
        if is_known:
            name = known[_plain(name)]
        elif not start and end == stop and text[end : end + 1] == "," and " " not in name:
            continue  # an adverb, `Elsewhere, Coding …`
        elif rest := _REST_OF_NAME.match(text, end):
            end = rest.end()
            name = text[start:end]
        is_whole = text[end : end + 1] not in ("-", "'") and not _HYPHENED_BEFORE.search(text, 0, start)
        if is_known or (is_whole and _may_be_unknown(words, own) and len(name) > 2 and not FAMILY.match(name)):
            if qualifier := _qualifier(text, end, known):
                name, end = f"{name}{qualifier}", end + len(qualifier)
                name = known.get(_plain(name), name)
            taken.append(Span(start, end))
            yield Mark("name", start, end, name, is_known=is_known)
    yield from _in_lower_case(text, lowered, {key: known[key] for key in here}, taken)


def _phrases(text: str, known: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """From where to where words are written as names are. An `&` may be within a name, but not beside a known one."""
    for match in _PHRASE.finditer(text):
        parts = match[0].split(" & ")
        if len(parts) == 1 or _plain(match[0]) in known or not any(_plain(part) in known for part in parts):
            yield match.span()
            continue
        start = match.start()
        for part in parts:
            yield start, start + len(part)
            start += len(part) + len(" & ")


def _qualifier(text: str, end: int, known: Mapping[str, str]) -> str | None:
    """What a name has in parentheses after it, with these, where that is no remark: `Coding (Strong)`."""
    match = _QUALIFIER.match(text, end)
    if match is None or _plain(match[1]) in known:
        return None
    words = {*re.split("[ -]", match[1].lower()), match[1].lower()}
    is_remark = words & (LEADING | NO_BENCHMARKS - {"baseline"} | _MODES) or any(word.endswith("ly") for word in words)
    return None if is_remark else match[0]


def _in_lower_case(text: str, lowered: str, known: Mapping[str, str], taken: list[Span]) -> Iterator[Mark]:
    for key, name in known.items():
        at = lowered.find(key)
        while at >= 0:
            start, end = at, at + len(key)
            at = lowered.find(key, end)
            if (
                text[start:end].islower()
                and not lowered[start - 1 : start].isalnum()
                and not lowered[end : end + 1].isalnum()
                and not any(span.start < end and start < span.end for span in taken)
                and _stands_as_name(text, start, end)
            ):
                taken.append(Span(start, end))
                yield Mark("name", start, end, name)


def _stands_as_name(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 12) : start]
    if _FIGURE_AFTER.match(text, end):
        return text[start:end] != "reasoning" or _MEANS.search(before) is None
    if _SKILL_AFTER.match(text, end) and re.search(r"[a-z] $", before) and not before.endswith(("with ", "without ")):
        return True
    return (
        _AFTER_LOWER_CASE.match(text, end) is not None
        and _BEFORE_LOWER_CASE.search(before) is not None
        and not before.lower().endswith(("with ", "without "))
    )


def _plain(name: str) -> str:
    return name.lower().replace("-", " ")


def _may_be_unknown(words: list[str], own: frozenset[str]) -> bool:
    plain = {word.lower() for word in words[::2]}
    if all(word[:1].isdecimal() for word in plain):
        return False
    if plain & NO_BENCHMARKS or plain <= (LEADING | _TRAILING | own):
        return False
    return not words_of_name("".join(words)) <= own


def _starts(lowered: str, key: str, start: int) -> bool:
    """Whether a benchmark of several words is named here, as a sentence begins: `Instruction following`."""
    end = start + len(key)
    return lowered.startswith(key, start) and not lowered[end : end + 1].isalnum()
