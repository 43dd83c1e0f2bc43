"""What a model reads and writes, in the words of icons, of lists and of arrows."""

from __future__ import annotations

import re

_ICON_WORDS = re.compile(
    r"(?:(?:supports|accepts|has) )?(?:(?P<before>input|output)s?: ?(?P<named>[a-z]+)|"
    r"(?P<word>[a-z]+)[ -]?\(?(?:modality )?(?P<side>input|output|in|out)s?\)?)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(inputs?|outputs?)\s*:\s*([a-z ,+&/]+?)(?=[;|→·•]|->|\binputs?\b|\boutputs?\b|$)", re.IGNORECASE
)
_TO = "->|=>|[→⟶➔➜➝➡⇒›»]\ufe0f?"
_ARROW = re.compile(rf"([a-z ,+&]+?)\s*(?:{_TO})\s*([a-z ,+&]+)", re.IGNORECASE)
_NAMED_SIDES = re.compile(
    r"inputs?(?: modalit(?:y|ies))?:?\s+(\S.*?)[\s;|·]+outputs?(?: modalit(?:y|ies))?:?\s+(\S.*)",
    re.IGNORECASE | re.DOTALL,
)
"""`Input Image, Text Output Text`: the name of each side before what is of it."""

_WHAT = "text|images?|audio|videos?|files?|embeddings?|speech"
_SIDES_FIRST = re.compile(
    rf"(?:(?P<input>input|accepts|reads)|(?:output|generates|produces|writes)) (?P<what>{_WHAT})\b[\s,;·|/+]*",
    re.IGNORECASE,
)
"""`Input image`, `Accepts text`, `Generates text`: the side before what is of it."""

_SIGN = re.compile(rf"{_TO}|(?:in|out)put|[a-z] (?:in|out)\b", re.IGNORECASE)
"""What every form has, and few other cells."""

_SHORT_SIDE = re.compile(r"\b(in|out) ?:", re.IGNORECASE)

_SAID_TWICE = re.compile(r"\b(?:in|out)puts?: ?(?=[a-z]+ (?:in|out)puts?\b(?!\s*:))", re.IGNORECASE)
"""The side of icons that say it each: `Inputs: Image input`."""

_SINGULAR = {"images": "image", "videos": "video", "files": "file", "embedding": "embeddings", "texts": "text"}


def modality_words(text: str) -> list[str]:
    """The modalities in a list of words, sorted.

    >>> modality_words("Text, Images and Audio")
    ['audio', 'image', 'text']
    """
    words = [word for word in re.split(r"[\s,+&/;|·]+", text.lower()) if word and word != "and"]
    if not words or any(not re.fullmatch(r"[a-z_-]{2,20}", word) for word in words) or len(words) > 12:
        raise ValueError(f"not a list of modalities: {text!r}")
    return sorted({_SINGULAR.get(word, word) for word in words})


def modalities(text: str) -> tuple[list[str], list[str]]:
    """What a model reads and writes, from the words of icons or from an arrow.

    >>> modalities("Image input Text input Text output")
    (['image', 'text'], ['text'])
    >>> modalities("text+image->text")
    (['image', 'text'], ['text'])
    >>> modalities("Text input → Text output"), modalities("In: Text, Image Out: Text")
    ((['text'], ['text']), (['image', 'text'], ['text']))
    >>> modalities("Accepts image Accepts text Generates text"), modalities("Inputs: Image input Outputs: Text output")
    ((['image', 'text'], ['text']), (['image'], ['text']))
    """
    if ":" in text:
        text = _SAID_TWICE.sub("", _SHORT_SIDE.sub(r"\1put:", text))
    if _SIDES_FIRST.match(text) and not _SIDES_FIRST.sub("", text):
        text = _SIDES_FIRST.sub(lambda match: f"{match['what']} {'input' if match['input'] else 'output'} ", text)
    if not _SIGN.search(text):
        raise ValueError(f"not input and output modalities: {text!r}")
    if match := _ARROW.fullmatch(text.strip()):
        return one_side(match[1]), one_side(match[2])
    if labelled := _LABELLED.findall(text):
        if any(map(str.isalnum, _LABELLED.sub("", text))):
            raise ValueError(f"more than input and output modalities: {text!r}")
        sides: dict[str, set[str]] = {"input": set(), "output": set()}
        for side, words in labelled:
            sides[side.lower().rstrip("s")].update(modality_words(words))
        return sorted(sides["input"]), sorted(sides["output"])
    if (named := _NAMED_SIDES.fullmatch(text.strip())) and not re.search("put", f"{named[1]} {named[2]}".lower()):
        return modality_words(named[1]), modality_words(named[2])
    rest = _ICON_WORDS.sub("", text)
    stated = [
        (match["word"] or match["named"], match["side"] or match["before"]) for match in _ICON_WORDS.finditer(text)
    ]
    found = [
        (_SINGULAR.get(word.lower(), word.lower()), f"{side.lower().removesuffix('put')}put") for word, side in stated
    ]
    stated_sides = {side for _, side in found}
    is_short = any(side.lower() in ("in", "out") for _, side in stated)
    if rest.strip(" ,;·•|/+&*-\n") or not found or (is_short and len(stated_sides) < 2):
        raise ValueError(f"not input and output modalities: {text!r}")
    return (
        sorted({word for word, side in found if side == "input"}),
        sorted({word for word, side in found if side == "output"}),
    )


def one_side(text: str) -> list[str]:
    """The modalities of a column or a label that says which side it is of."""
    return modality_words(re.sub(r"\b(?:input|output)s?\b", "", text, flags=re.IGNORECASE))
