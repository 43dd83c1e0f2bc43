"""Content codings, undone strictly and within bounds. Pure.

httpx passes a gzip body that was cut off without a word, and one of its chunks can unpack to tens of megabytes. Here a
body is whole (end marker, CRC and length of every member), holds nothing after its end, and stops at its limit before
it fills the memory.
"""

from __future__ import annotations

import zlib

from scrapers.fetching.errors import BodyTooLarge, CutBody, DamagedBody, UnaskedEncoding

ACCEPT_ENCODING = "gzip, deflate"
"""What we ask for, and all that `decoded` undoes."""

MEMBERS_LIMIT = 64
"""More gzip members than any server sends: a flood of empty ones would cost time without costing bytes."""

_GZIP = 16 + zlib.MAX_WBITS
_WINDOW = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": zlib.MAX_WBITS}


def decoded(wire: bytes, content_encoding: str | None, limit_bytes: int) -> bytes:
    """The body that `wire` stands for.

    Arguments:
        content_encoding: the header's value; None, empty and `identity` leave the bytes alone.
        limit_bytes: the most that may come out.

    Raises `UnaskedEncoding` for other codings and for nested ones, `CutBody` where data stop early, `DamagedBody`
    for a wrong checksum or format or for anything behind the end, `BodyTooLarge` past the limit.

    >>> import gzip
    >>> decoded(gzip.compress(b"a") + gzip.compress(b"b"), "gzip", 10)
    b'ab'
    """
    coding = (content_encoding or "identity").strip().lower()
    if coding in ("identity", ""):
        if len(wire) > limit_bytes:
            raise BodyTooLarge(f"the body has {len(wire)} bytes, the limit is {limit_bytes}")
        return wire
    if coding not in _WINDOW:
        raise UnaskedEncoding(f"the answer is encoded as {content_encoding!r}; we asked for {ACCEPT_ENCODING}")
    return _inflated(wire, _WINDOW[coding], coding, limit_bytes)


def decoded_start(wire: bytes, content_encoding: str | None, limit_bytes: int, *, is_cut: bool) -> bytes:
    """The first bytes of the body that `wire` stands for, or begins, where `is_cut`; raises as `decoded` does else.

    >>> import gzip
    >>> decoded_start(gzip.compress(b"abc"), "gzip", 2, is_cut=False)
    b'ab'
    """
    coding = (content_encoding or "identity").strip().lower()
    if coding not in _WINDOW:
        return decoded(wire[:limit_bytes], content_encoding, limit_bytes)
    inflater = zlib.decompressobj(_WINDOW[coding])
    try:
        start = inflater.decompress(wire, limit_bytes)
    except zlib.error as error:
        raise DamagedBody(f"the {coding} data are damaged: {error}") from error
    is_whole = len(start) == limit_bytes or is_cut
    return start if is_whole else decoded(wire, content_encoding, limit_bytes)


def _inflated(wire: bytes, window: int, coding: str, limit_bytes: int) -> bytes:
    members: list[bytes] = []
    room = limit_bytes
    rest: bytes = wire
    while rest or not members:
        if len(members) == MEMBERS_LIMIT:
            raise DamagedBody(f"the {coding} data have more than {MEMBERS_LIMIT} members")
        inflater = zlib.decompressobj(window)
        try:
            # One byte more than there is room for: reaching it proves that the limit is passed. Zero would mean none.
            member = inflater.decompress(rest, room + 1)
        except zlib.error as error:
            raise DamagedBody(f"the {coding} data are damaged at member {len(members) + 1}: {error}") from error
        room -= len(member)
        if room < 0:
            raise BodyTooLarge(f"{len(wire)} bytes of {coding} unpack to more than the limit of {limit_bytes} bytes")
        if not inflater.eof:
            raise CutBody(f"the {coding} data stop early, after {len(wire)} bytes")
        members.append(member)
        rest = inflater.unused_data
        if rest and coding == "deflate":
            raise DamagedBody(f"{len(rest)} bytes stand behind the end of the deflate data")
    return members[0] if len(members) == 1 else b"".join(members)
