"""Badges beside a name or glued to it: what is new about a model, and whether it is available."""

from __future__ import annotations

import re

STATUS = re.compile(r"\(?(un)?available\)?", re.IGNORECASE)
_NOT_AVAILABLE = re.compile(
    r"(?:(?:currently|temporarily) un|(?:currently |temporarily )?not )available\b", re.IGNORECASE
)
_EMPHASIZED_STATUS = re.compile(r"([*_]{1,2})((?:un)?available)\1", re.IGNORECASE)
_GLUED_STATUS = re.compile(r"^(.*\S)\s*(?:(Una|A)vailable|(?<=[\s(\[])(?:(?i:(una)vailable)))[)\]]?$", re.DOTALL)
_DATED_STATUS = re.compile(
    r"^(.*\S)[\s(\[·|–—-]+(?i:unavailable) \(?(?:since|as of|from|after|until|due to)\b[^()\n]{0,60}[)\]]*$", re.DOTALL
)
_LEADING_STATUS = re.compile(
    r"^[(\[]?(?:(Un|UN)?(?:[Aa]vailable|AVAILABLE))[)\]]?\s*[:·|–—-]?\s*(?=[^\W_a-z])(\S.*)$", re.DOTALL
)

NEWS = re.compile(
    r"(?<=\S)[\s(\[^]{1,9}(?:(?:NEW|New|HOT|POPULAR|FEATURED|TRENDING|UPDATED|RECOMMENDED|DEPRECATED|Deprecated|"
    r"RETIRED|Retired|DISCONTINUED|Discontinued|ARCHIVED|Archived|REMOVED|Removed|"
    r"COMING SOON|Coming [Ss]oon|You are here)!?[)\]^]?|[🔥🏆⭐✨🆕👑⚡→↗›»\ufe0f]{1,9})$"
)
"""What badges say of a model on a list, and no model is called."""

ENDS_OF_NEWS = frozenset("wWTRDdGNne!)]^🔥🏆⭐✨🆕👑⚡→↗›»\ufe0f")


_GONE = re.compile(
    r"(?<=\S)[\s(\[^]{1,9}(?:RETIRED|Retired|DISCONTINUED|Discontinued|REMOVED|Removed)!?[)\]^]?\s*(?:(?:NEW|New)\s*)?$"
)
_OUT_OF_USE = frozenset(
    (
        "no longer available",
        "offline",
        "retired",
        "discontinued",
        "removed",
        "sunset",
        "sunsetted",
        "decommissioned",
        "shut down",
        "not available",
    )
)


def is_gone(name: str) -> bool:
    """Whether a badge behind a name says that the model is not served any more, in words that no name ends with."""
    return name[-1:] in ENDS_OF_NEWS and _GONE.search(name) is not None


def says_gone(badge: str) -> bool:
    """Whether what stands beside the link of a model says that it is not served any more.

    >>> says_gone("(Offline)"), says_gone("Deprecated")
    (True, False)
    """
    return badge.strip(" \n()[]·|–—-•").lower() in _OUT_OF_USE


def split_badges(name: str) -> tuple[str, bool | None]:
    """A name without its badges, and what they say of whether the model is available.

    >>> split_badges("Acme: One New"), split_badges("Acme: One Unavailable New")
    (('Acme: One', None), ('Acme: One', False))
    """
    plain, is_available = split_status(NEWS.sub("", name))
    return plain, False if is_available is None and is_gone(name) else is_available


def split_status(name: str) -> tuple[str, bool | None]:
    """A name without the badge that is glued to it, and what the badge says.

    >>> split_status("Acme: One Unavailable"), split_status("Acme: One (unavailable)"), split_status("Acme: One")
    (('Acme: One', False), ('Acme: One', False), ('Acme: One', None))
    >>> split_status("Acme: One (Unavailable since May)"), split_status("Acme: One *Unavailable*")
    (('Acme: One', False), ('Acme: One', False))
    >>> split_status("UnavailableAcme: One"), split_status("Acme: 8BUnavailable"), split_status("Unavailable")
    (('Acme: One', False), ('Acme: 8B', False), ('', False))
    """
    if "vailable" not in name.casefold():
        return name, None
    name = _NOT_AVAILABLE.sub("Unavailable", name)
    name = _EMPHASIZED_STATUS.sub(r"\2", name)
    if alone := STATUS.fullmatch(name.strip()):
        return "", alone[1] is None
    if dated := _DATED_STATUS.fullmatch(name):
        return dated[1].rstrip(" ([·|–—-"), False
    if glued := _GLUED_STATUS.fullmatch(name):
        return glued[1].rstrip(" ([·|–—-"), glued[2] == "A"
    leading = _LEADING_STATUS.fullmatch(name)
    return (leading[2], leading[1] is None) if leading else (name, None)
