"""Whose an object of a page's data is: the page's own model, or another that a search, a visit before or a hint left.

An object is known by its slug or id, `acme/one`, else by its name. Of an author or a provider neither says anything.
"""

from __future__ import annotations

import re
from typing import Any

from scrapers.html.data.records import words_of_key
from scrapers.page.subject import (
    Slug,
    bare_slug,
    name_forms,
    names_of_titles,
    slug_form,
    slug_of,
    slug_of_address,
    variant_in_name,
)
from scrapers.page.words import Topic, field_of, topic_of

_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_CALLED = re.compile(r"(?P<name>[\w$]{1,60})\(")
_QUOTED = re.compile(r'"([^"]{3,160})"')
_OF_MODEL = re.compile(r"models/([a-z0-9~][a-z0-9._-]{0,80}/[a-z0-9][a-z0-9._:-]{0,160})")
_AROUND = re.compile(r"^(?:Get|Fetch|Load|List|Use|Initial) | (?:Data|List|Rows|Items|Results|Table)$")
"""What a name says of how its value is had or held, and not of what it is."""

_MOST_PARTS = 20
_MODELS = frozenset(("Model", "Model Name", "Model Id", "Model Slug"))
_NAMES = ("model_id", "slug", "name", "author", "label", "value")
"""What anything may have. An object that has nothing else is no model."""

_OF_PARTS: tuple[tuple[Topic, str], ...] = (("endpoints", "provider"), ("benchmarks", "accuracy"), ("history", "date"))
"""What an endpoint, a score or an earlier price says, which may name the model that it is of."""

_PRICES: frozenset[Topic] = frozenset(("prices", "pricing"))
_SHORTEST_NAME = 3
_LONGEST_KEY = 60
_MOST_KEYS = 300
"""What has more is a dictionary of messages, and no model."""


class Owner:
    """The page's own model, by what the page says of its address and calls itself.

    >>> owner = Owner(["Acme: One"], ["/models/acme/one-20260101"])
    >>> [owner.is_own({"id": id, "context_length": 8192}) for id in ("acme/one", "acme/two", "cm1x7")]
    [True, False, None]
    >>> owner.is_own({"model_id": "acme/one", "provider": "Acme", "context_length": 4096})
    >>> Owner(["Acme: One"], []).is_own({"slug": "acme/one-20260101", "context_length": 8192})
    True
    """

    def __init__(self, titles: list[str], addresses: list[str]) -> None:
        self._slugs = {_words(slug) for address in addresses if (slug := slug_of_address(address)) is not None}
        found = [slug_of_address(address) for address in addresses]
        variants = [slug.variant for slug in found if slug] + [
            variant_in_name(name) for name in names_of_titles(titles)
        ]
        self._variant = next((one for one in variants if one != "standard"), "standard")
        self._titles = [title.casefold() for title in titles]
        self._names = {form for name in names_of_titles(titles) for form in name_forms(name)}
        self._bare_slugs = set() if self._slugs else {slug_form(form) for form in self._names}

    def is_own(self, node: dict[str, Any]) -> bool | None:
        """Whether an object is the page's own model; None where it does not say of what model it is."""
        if len(node) > _MOST_KEYS:
            return None
        slugs: list[Slug] = []
        names: list[str] = []
        topics: set[Topic] = set()
        variants: set[str] = set()
        is_model = is_part = False
        for key, value in node.items():
            words = words_of_key(key) if len(key) < _LONGEST_KEY else ""
            field = field_of("specifications", words)
            if field in ("model_id", "slug") and isinstance(value, str) and (slug := slug_of(value)) is not None:
                slugs.append(slug)
                variants |= {slug.variant} if field == "model_id" or slug.variant != "standard" else set()
            elif (field == "name" or words == "Title") and isinstance(value, str) and topic_of(value) is None:
                names.append(value)
            topics |= {topic} if (topic := topic_of(words)) is not None else set()
            is_model = is_model or (field is not None and field not in _NAMES)
            is_part = is_part or any(field_of(topic, words) == name for topic, name in _OF_PARTS)
        if not (is_model or topics):
            return None
        stated = self._is_of(slugs, names, variants, is_priced=not topics.isdisjoint(_PRICES))
        if not is_part or stated is False:
            return stated
        return None if stated or topics - _PRICES else False

    def _is_of(self, slugs: list[Slug], names: list[str], variants: set[str], *, is_priced: bool) -> bool | None:
        """Whether what has these slugs and names is the page's own model; None where they do not say. Its variants
        share a slug, and differ in their ids and names."""
        is_titled = any(map(self._is_titled, names))
        is_called = bool(self._slugs & {_words(slug) for slug in slugs})
        is_called = is_called or any(bare_slug(slug.slug) in self._bare_slugs for slug in slugs)
        if is_titled or is_called:
            stated = variants | ({variant_in_name(name) for name in names} - {"standard"})
            variant = next((one for one in stated if one != "standard"), "standard")
            return is_titled or not stated or variant == self._variant
        if self._slugs and slugs:
            return False
        is_named = bool(slugs) or (bool(names) and (is_priced or any(": " in name for name in names)))
        return False if self._titles and is_named and not any(map(self._may_be_titled, names)) else None

    def is_other(self, names: list[str], addresses: list[str]) -> bool:
        """Whether what goes by these names, and has these addresses, is another model.

        >>> owner = Owner(["Acme: One"], ["/models/acme/one"])
        >>> owner.is_other(["Bolt: Two"], []), owner.is_other(["One"], []), owner.is_other([], ["/models/bolt/two"])
        (True, False, True)
        """
        slugs = [slug for one in addresses if (slug := slug_of_address(one) or slug_of(one)) is not None]
        return self._is_of(slugs, names, set(), is_priced=True) is False

    def rows_of_own(self, rows: Any) -> Any:
        """A list of scores or prices without those that say to be of another model; anything else as it stands.

        >>> owner = Owner(["Acme: One"], ["/models/acme/one"])
        >>> owner.rows_of_own([{"model": "Bolt: Two", "accuracy": 1}, {"model": {"id": "acme/one"}, "accuracy": 2}])
        [{'model': {'id': 'acme/one'}, 'accuracy': 2}]
        """
        if isinstance(rows, dict):
            return {key: self.rows_of_own(one) if isinstance(one, list) else one for key, one in rows.items()}
        if not isinstance(rows, list):
            return rows
        return [row for row in rows if not (isinstance(row, dict) and self.is_row_of_other(row))]

    def is_row_of_other(self, row: dict[str, Any]) -> bool:
        said = [one for key, one in row.items() if len(key) < _LONGEST_KEY and words_of_key(key) in _MODELS]
        texts = [text for one in said for text in _texts_in(one)]
        slugs = [one for one in texts if slug_of(one) is not None]
        return bool(said) and self.is_other([one for one in texts if one not in slugs], slugs)

    def heading_of(self, key: str) -> tuple[str, bool]:
        """What a key says as a heading, and whether it is of another model: `/api/models/acme/two/endpoints`.

        >>> owner = Owner([], ["/models/acme/one"])
        >>> owner.heading_of("/models/acme/two/endpoints?limit=9"), owner.heading_of('benchmarks({"of":"acme/one"})')
        (('Endpoints', True), ('Benchmarks', False))
        >>> owner.heading_of("getEndpoints"), owner.heading_of("currentPricing"), owner.heading_of("priceHistoryData")
        (('Endpoints', False), ('Current Pricing', False), ('Price History', False))
        """
        name, slugs = key, []
        if key.endswith(")") and (call := _CALLED.match(key)) is not None:
            name, slugs = call["name"], _QUOTED.findall(key)
        elif "/" in key:
            name, slugs = key.partition("?")[0].rstrip("/").rpartition("/")[2], _OF_MODEL.findall(key)
        if len(name) >= _LONGEST_KEY:
            return "", False
        heading = words_of_key(name)
        if _AROUND.search(heading) and topic_of(heading) is None and topic_of(plain := _AROUND.sub("", heading)):
            heading = plain
        return heading, bool(slugs) and topic_of(heading) is not None and self._are_of_others(slugs)

    def heading_of_query(self, key: Any) -> tuple[str, bool]:
        """The same of the key of a query, a list of words and of what is asked for: `["endpoints", "acme/one"]`."""
        said = [one for one in _texts_in(key) if len(one) < _LONGEST_KEY * 2]
        headings = [self.heading_of(one)[0] for one in said]
        whole = " ".join(headings)
        heading = next((one for one in headings if topic_of(one) or one == "Model"), whole if topic_of(whole) else "")
        return heading, self._are_of_others(said)

    def _are_of_others(self, texts: list[str]) -> bool:
        slugs = {_words(slug) for text in texts if (slug := slug_of(text)) is not None}
        return bool(slugs) and bool(self._slugs) and not slugs & self._slugs

    def _is_titled(self, name: str) -> bool:
        return bool(self._names) and name.casefold() in self._names

    def _may_be_titled(self, name: str) -> bool:
        """Whether a title has the name, or its last part, among other words."""
        short = name.casefold().rpartition(": ")[2]
        return len(short) < _SHORTEST_NAME or any(short in title for title in self._titles)


def _texts_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for one in value[:_MOST_PARTS] if not isinstance(one, list) for text in _texts_in(one)]
    return [value] if isinstance(value, str) else []


def _words(slug: Slug) -> tuple[str, ...]:
    """The words and figures of a slug without its day: an id has points where a slug has dashes."""
    return (slug.author, *filter(None, _NOT_WORDS.split(bare_slug(slug.slug))))
