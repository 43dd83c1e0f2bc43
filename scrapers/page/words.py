"""The words that a model page uses: its headings, its column headers, and the names they have had.

Fields are found by these words and by nothing else. A heading or a header that is not here is never read by its
position: it is kept under its own words and reported as drift.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Topic = Literal[
    "description", "specifications", "parameters", "features", "summary",
    "pricing", "prices", "history", "endpoints", "benchmarks", "models",
]  # fmt: skip
"""What a section of the page is about."""

_HEADINGS: dict[Topic, str] = {
    "description": "author's description|author description|description|model description|about|about this model|"
    "about the model|from the author|overview|model overview",
    "specifications": "key specifications|specifications|key specs|specs|technical specifications|technical specs|"
    "model specifications|"
    "model details|details|key facts|at a glance",
    "parameters": "supported parameters|supported api parameters|api parameters|request parameters",
    "features": "features|supported features|key features|model features|capabilities|model capabilities",
    "summary": "performance summary|summary|performance|performance overview|performance analysis|"
    "summary of performance",
    "pricing": "model pricing|pricing|api pricing|token pricing",
    "prices": "current pricing|current prices|current price|prices|price list|pricing details",
    "history": "price history|pricing history|historical pricing|historical prices|price changes|pricing changes|"
    "past prices|history of prices|price timeline",
    "endpoints": "available endpoints|endpoints|model endpoints|api endpoints|providers|available providers|"
    "api providers|hosting providers|inference providers|provider endpoints|endpoints providers|"
    "endpoints and providers|providers endpoints|providers and endpoints",
    "benchmarks": "benchmark results|benchmarks|benchmark scores|benchmark performance|benchmark result|"
    "evaluations|evaluation results",
    "models": "other models|related models|similar models|more models|all models|author models|"
    "more from author|more by author|more from this author|more by this author",
}
_TOPICS: dict[str, Topic] = {words: topic for topic, listed in _HEADINGS.items() for words in listed.split("|")}
_MODELS_BY = re.compile(r"(?:other |more |all )?models (?:by|from) (?P<author>\S.{0,60})")

RATED = ("speed", "ability", "cost")
"""The columns of stars and dollar signs in a list of models."""

LANDMARKS: tuple[Topic, ...] = ("prices", "endpoints", "benchmarks", "models")
"""The sections that every page has, in their order, each with a table that keeps its header even when it is empty."""

_COLUMNS: dict[Topic, dict[str, str]] = {
    "specifications": {
        "label": "specification|spec|property|feature|attribute|field|name|key",
        "value": "value|details|detail|description",
        "name": "model name|name|model|display name|full name",
        "model_id": "model id|api id|api model id|openrouter id|id",
        "slug": "canonical slug|slug|permaslug|permanent slug|model slug",
        "author": "author|lab|developer|creator|created by|organization|organisation|developed by",
        "released": "released|release date|released on|released at|release|created|created at|added|listed|"
        "date added|launch date|launched",
        "context": "context length|context window|context|context size|max context|maximum context|context tokens|ctx|"
        "context limit|context length tokens|context window tokens|max input tokens|limit context|limits context|"
        "context input|context total|context max",
        "max_output": "limit output|limits output|context output|"
        "max output|max output tokens|max completion tokens|maximum output|output limit|max tokens|"
        "max completion|maximum output tokens",
        "size": "parameters|params|parameter count|model size|size|number of parameters|total parameters",
        "modalities": "modalities|modality|input output|supported modalities|architecture modality",
        "inputs": "input modalities|inputs|input types|input modality|input",
        "outputs": "output modalities|outputs|output types|output modality|output",
        "tokenizer": "tokenizer|tokeniser",
        "instruct_type": "instruct type|prompt template|prompt format|instruction format",
        "hugging_face": "hugging face|hugging face id|huggingface|huggingface id|hugging face slug|hf id|hf slug|"
        "hugging face repo|hf repo",
        "cutoff": "knowledge cutoff|knowledge cut off|training cutoff|training data cutoff|cutoff date",
        "expires": "expires|expires on|expiration date|deprecation date|deprecated on|sunset date|retires on",
        "moderated": "moderated|moderation|is moderated|content moderation",
        "availability": "availability|status|available",
        "speed": "speed|speed rating|speed stars",
        "ability": "ability|ability rating|ability stars|quality",
        "cost": "cost|cost rating|cost level",
        "speed_percentile": "speed percentile|percentiles speed",
        "price_percentile": "price percentile|pricing percentile|cost percentile|percentiles price|percentiles cost",
        "success_rate": "success rate|success rate percent",
    },
    "prices": {
        "label": "feature|component|type|price type|item|metric|token type|name|kind|operation",
        "price": "price|cost|rate|current price|amount|pricing|value|usd|price usd",
        "date": "effective|effective from|effective date|since|valid from",
        "unit": "unit|units|price unit|billing unit|billed per|charged per|per|basis",
        "tier": "tier|condition|conditions|context|context length|prompt length|prompt size|threshold|applies to",
    },
    "history": {
        "date": "date|effective|effective from|effective date|since|from|valid from|changed|changed on|changed at|"
        "change date|recorded on|recorded at|day|start date|starting|period|dates|date range|validity|in effect",
        "label": "feature|component|type|price type|item|metric|token type|kind",
        "price": "price|cost|rate|new price|amount|new|to price|new value|value",
        "provider": "provider|provider name",
        "unit": "unit|units|price unit|billing unit|billed per|charged per|per|basis",
        "ignored": "old price|previous price|previous|old|change|change percent|difference|delta|until|to|valid to|"
        "valid until|end date|from price|old value|trend",
    },
    "endpoints": {
        "provider": "provider|provider name|host|hosted by|served by|provider endpoint|provider and endpoint",
        "endpoint": "endpoint name|endpoint|endpoint id|model|name",
        "context": "context length|context window|context|context size|max context|maximum context|context tokens|ctx|"
        "context limit|context length tokens|context window tokens",
        "max_output": "max output|max output tokens|max completion tokens|maximum output|output limit|max completion",
        "max_prompt": "max prompt tokens|max input|max input tokens|max prompt",
        "quantization": "quantization|quantisation|quant|precision",
        "tag": "tag|routing tag|provider tag",
    },
    "benchmarks": {
        "benchmark": "benchmark|benchmark name|test|task|evaluation|name",
        "category": "category|category name|domain|area|type",
        "reasoning": "reasoning|with reasoning|reasoning mode|reasoning enabled|thinking",
        "strategy": "strategy|prompting strategy|prompt strategy|method|prompting",
        "free": "free|is free|free endpoint|free tier",
        "executions": "executions|runs|number of executions|no of executions|execution count|total executions|exec|"
        "execs|samples|trials",
        "accuracy": "accuracy|score|accuracy score|result|accuracy percent|success|acc|avg accuracy|average accuracy",
        "cost": "cost|total cost|run cost|cost usd|average cost|avg cost",
        "duration": "duration|time|avg duration|average duration|run time|runtime|total time|latency|dur|avg time|"
        "average time|total duration",
        "percentile": "percentile|accuracy percentile|percentile rank",
        "rank": "rank|ranking|position",
    },
    "models": {
        "name": "model|name|model name|display name|full name",
        "released": "released|release date|released on|released at|release|created|created at|added|listed|"
        "date added|launch date|launched|date",
        "size": "params|parameters|parameter count|model size|size|total parameters",
        "context": "context|context length|context window|context size|max context|context tokens|ctx|context limit",
        "modalities": "modalities|modality|supported modalities|i o|inputs outputs|input output|capabilities",
        "inputs": "input modalities|inputs|input types|input modality|input",
        "outputs": "output modalities|outputs|output types|output modality|output",
        "speed": "speed|speed rating|speed stars",
        "ability": "ability|ability rating|ability stars|quality|intelligence",
        "cost": "cost|cost rating|cost level|price|price rating",
        "availability": "availability|status|available",
        "model_id": "model id|api id|id",
        "slug": "canonical slug|slug|permaslug",
    },
}  # fmt: skip
_FIELDS: dict[Topic, dict[str, str]] = {
    topic: {words: field for field, listed in fields.items() for words in listed.split("|")}
    for topic, fields in _COLUMNS.items()
}
REQUIRED: dict[Topic, tuple[str, ...]] = {
    "endpoints": ("provider",),
    "benchmarks": ("benchmark", "accuracy"),
    "models": (),
}
"""The columns without which the rows of a table cannot be read."""

COMPONENTS: dict[str, str] = {
    words: component
    for component, listed in {
        "prompt": "prompt|input|in|input tokens|prompt tokens|text input|input text|prompt input",
        "completion": "completion|output|out|output tokens|completion tokens|text output|output text|completion output",
        "input_cache_read": "cache read|input cache read|cached input|cached input tokens|cache reads|cached prompt|"
        "prompt cache read|cached|cache hit",
        "input_cache_write": "cache write|input cache write|cache writes|prompt cache write|cache creation",
        "input_cache_write_1h": "cache write 1h|input cache write 1h|cache write 1 hour|input cache write 1 hour",
        "internal_reasoning": "internal reasoning|reasoning|reasoning tokens|thinking",
        "image": "image|images|image input|input image|input images",
        "image_output": "image output|output image|output images|image generation",
        "audio": "audio|audio input|input audio",
        "audio_output": "audio output|output audio",
        "input_audio_cache": "input audio cache|audio cache|audio cache read|cached audio input",
        "request": "request|requests|per request|request fee",
        "web_search": "web search|web searches|search",
    }.items()
    for words in listed.split("|")
}
"""The components of a price by the words that pages use for them."""

NATURAL_UNITS = {"request": "request", "web_search": "search"}
"""What a component that is not paid by the token is paid by, where nothing beside the amount says so."""

_SORTED = re.compile(
    r"(?<=[a-z)])\s*(?:\bsort(?:ed|able)?|Sort(?:ed|able)?)\b"
    r"(?: (?:by .{1,40}|ascending|descending|asc|desc))?[\s↕⇅⇵▲▼↑↓]*$"
)
"""What a button in a header says, after the header's own words or glued to them."""

_PRICE_WORDS = frozenset(("price", "pricing", "prices", "cost", "rate", "token", "usd", "dollars"))
_LONGEST_HEADER = 200
_COUNT = re.compile(
    r"\s*[(\[](?!(?:input|output|prompt|completion)s?\b)[^()\[\]]{1,60}[)\]]$|"
    r"(?<=[^\W\d_])\s+[0-9]{1,4}(?: (?:changes?|entries|results?|benchmarks?|runs?|models?|providers?|items?))?$",
    re.IGNORECASE,
)
"""What stands beside a heading, but not what makes it the name of a column, `Pricing (Input)`."""

_DOLLARS = re.compile(r"\(?\s?(?:US)?\$\s?(?:/|per)\s?(?:1?[MK]|(?:1 )?million)?\s?tok(?:en)?s?\)?", re.IGNORECASE)
"""The header of a column that says what its amounts are, and not that they are prices: `$ / 1M tokens`."""

_NUMBERED = re.compile(r"[0-9]{1,2}[.)]\s+")
"""What counts the sections of a page, before their headings."""

_NOT_WORDS = re.compile(r"[^\w']+|_")
_ABOUT_UNITS = re.compile(
    r"\((?=[^)]*(?:/|\bper\b|\$|%|usd|tokens|seconds|\bsecs?\b|\bs\b|\bms\b|\bn\b))[^)]*\)|"
    r"[/$] ?1?[mk]\b.*|\bper\b.*|[%$]"
)


@lru_cache(maxsize=8192)
def plain_words(text: str) -> str:
    """Lower-case words without punctuation, by which two headings or headers are compared.

    >>> plain_words("Author’s\u00a0Description:"), plain_words("Pricing (Input)")
    ("author's description", 'pricing input')
    """
    return _NOT_WORDS.sub(" ", text.replace("’", "'").replace("\xad", "").lower()).strip()


def uncounted(heading: str) -> str:
    """A heading without the number of entries that may stand beside it, or whatever else does in brackets.

    >>> uncounted("Benchmark Results (20)"), uncounted("Available Endpoints 4"), uncounted("Current Pricing (USD)")
    ('Benchmark Results', 'Available Endpoints', 'Current Pricing')
    """
    return _COUNT.sub("", heading.strip())


@lru_cache(maxsize=8192)
def topic_of(heading: str) -> Topic | None:
    """What a section is about, by its heading.

    >>> topic_of("Available Endpoints (5)"), topic_of("7. Other Models by google"), topic_of("Pricing (Input)")
    ('endpoints', 'models', None)
    """
    if len(heading) > 90:
        return None
    heading = uncounted(heading)
    numbered = _NUMBERED.match(heading)
    words = plain_words(heading[numbered.end() :] if numbered else heading)
    return _TOPICS.get(words) or ("models" if _MODELS_BY.fullmatch(words) else None)


def author_in_heading(heading: str) -> str | None:
    """The author that the heading of the list of models names, as printed.

    >>> author_in_heading("Other Models by google")
    'google'
    """
    match = re.fullmatch(r"(?:.* )?models (?:by|from) (\S.*)", uncounted(heading).rstrip(":"), re.IGNORECASE)
    return match[1].strip() if match else None


@lru_cache(maxsize=8192)
def header_words(header: str) -> str:
    """A header's words without the unit that it may state, and without those of a button that sorts by it.

    >>> header_words("Accuracy (%)"), header_words("Input Price ($/1M tokens)"), header_words("Pricing (Input)")
    ('accuracy', 'input price', 'pricing input')
    >>> header_words("ReleasedSort ↕"), header_words("Context Sort by context")
    ('released', 'context')
    """
    if len(header) > _LONGEST_HEADER:
        return plain_words(header)
    header = _SORTED.sub("", header)
    return plain_words(_ABOUT_UNITS.sub(" ", header.lower())) or plain_words(header)


@lru_cache(maxsize=8192)
def field_of(topic: Topic, header: str) -> str | None:
    """The field that a header names in a section, or None."""
    fields = _FIELDS.get(topic, {})
    found = fields.get(header_words(header)) or fields.get(plain_words(header))
    return fields.get("price") if found is None and _DOLLARS.fullmatch(header) else found


@lru_cache(maxsize=8192)
def component_of(header: str) -> str | None:
    """The price component that a header names, or None.

    >>> component_of("Pricing (Input)"), component_of("Output Price"), component_of("Cache Read"), component_of("X")
    ('prompt', 'completion', 'input_cache_read', None)
    >>> component_of("Per image"), component_of("Per 1M tokens")
    ('image', None)
    """
    words = header_words(header).removeprefix("per ")
    if words in COMPONENTS:
        return COMPONENTS[words]
    kept = " ".join(
        word for word in words.split() if word not in ("price", "pricing", "prices", "cost", "rate", "token", "tokens")
    )
    return COMPONENTS.get(kept) if kept != words else None


def says_price(header: str) -> bool:
    """Whether a header says that something is paid.

    >>> says_price("Input Price"), says_price("Input")
    (True, False)
    """
    return not _PRICE_WORDS.isdisjoint(header_words(header).split())


def own_name(words: str) -> str:
    """A name of our own making for what the page calls by an unknown one.

    >>> own_name("Video Input"), own_name("Price (per 1M tokens)")
    ('video_input', 'price')
    """
    return re.sub(r"\W+", "_", header_words(words)).strip("_")


@lru_cache(maxsize=1024)
def topic_of_headers(headers: tuple[str, ...]) -> Topic | None:
    """What a table is about, by its headers alone: for a table whose heading is not known.

    >>> topic_of_headers(("Benchmark", "Category", "Accuracy"))
    'benchmarks'
    """
    fields = {topic: {field_of(topic, header) for header in headers} - {None} for topic in _FIELDS}
    components = {component_of(header) for header in headers} - {None}
    if {"benchmark", "accuracy"} <= fields["benchmarks"]:
        return "benchmarks"
    if "provider" in fields["endpoints"] and len(fields["endpoints"]) + len(components) >= 3:
        return "endpoints"
    if "released" in fields["models"] and len(fields["models"] - {"inputs", "outputs"}) >= 3 and len(headers) > 3:
        return "models"
    if "date" in fields["history"] and (components or {"label", "price"} <= fields["history"]):
        return "history"
    if {"label", "price"} <= fields["prices"] or (components >= {"prompt", "completion"} and len(headers) <= 8):
        return "prices"
    return None


@lru_cache(maxsize=1024)
def is_known_header(words: str) -> bool:
    """Whether any table of the page has such a column.

    >>> is_known_header("Endpoint Name"), is_known_header("Google AI Studio")
    (True, False)
    """
    return any(field_of(topic, words) for topic in _FIELDS) or component_of(words) is not None
