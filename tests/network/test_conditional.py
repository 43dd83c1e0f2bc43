"""Asking only for what has changed, and what happens where "not changed" is of no use."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from datetime import UTC, datetime

import pytest

from scrapers.archive import Archive
from scrapers.errors import ArchiveError
from scrapers.fetching.errors import LostBody
from scrapers.fetching.fetched import Request, Validators
from scrapers.sidecar import Sidecar

BODY = b'{"data": [{"id": "a/b"}]}'
KNOWN = Validators('"v1"', "Sun, 01 Mar 2026 00:00:00 GMT")


def unless_known(answer):
    """A site that answers 304 to whoever sends its tag."""

    def respond(path, headers, number):
        if headers.get("if-none-match") == '"v1"':
            return answer(304, ETag='"v1"')
        return answer(200, BODY, ETag='"v1"', Last_Modified="Sun, 01 Mar 2026 00:00:00 GMT")

    return respond


def test_an_unchanged_document_is_answered_from_the_archive(fetcher, serve, answer):
    server = serve(unless_known(answer))
    subject = fetcher()
    first = subject.fetch(server.url + "/a")
    assert (first.validators, first.not_modified) == (KNOWN, False)
    again = subject.fetch(Request(server.url + "/a", first.validators, stored=lambda: first.body))
    assert (again.not_modified, again.body, again.wire, again.attempts) == (True, BODY, b"", 1)
    assert server.asked[-1][1]["if-modified-since"] == "Sun, 01 Mar 2026 00:00:00 GMT"


def test_without_an_archive_the_caller_is_told_and_gets_no_body(fetcher, serve, answer):
    got = fetcher().fetch(Request(serve(unless_known(answer)).url + "/a", KNOWN))
    assert (got.not_modified, got.body) == (True, b"")


def test_n28_not_modified_without_a_stored_body_is_fetched_once_more_without_conditions(fetcher, serve, answer):
    server = serve(unless_known(answer))
    got = fetcher().fetch(Request(server.url + "/a", KNOWN, stored=lambda: None))
    assert (got.status, got.body, server.count()) == (200, BODY, 2)
    assert "if-none-match" not in server.asked[-1][1]
    assert "if-modified-since" not in server.asked[-1][1]


def test_n28_a_host_that_insists_on_not_modified_fails(fetcher, serve, answer):
    server = serve(answer(304))
    with pytest.raises(LostBody, match="304"):
        fetcher().fetch(Request(server.url + "/a", KNOWN, stored=lambda: None))
    assert server.count() == 2


@pytest.mark.parametrize(
    ("named", "count"),
    [
        ({"ETag": '"v2"'}, 2),
        ({"ETag": '"v2"', "Last_Modified": KNOWN.last_modified}, 2),
        ({"Last_Modified": "Mon, 02 Mar 2026 00:00:00 GMT"}, 2),
        ({"ETag": 'W/"v1"', "Last_Modified": "Mon, 02 Mar 2026 00:00:00 GMT"}, 1),
        ({}, 1),
    ],
)
def test_n28_not_modified_that_is_said_of_another_document_is_not_believed(fetcher, serve, answer, named, count):
    new = b'{"data": [{"id": "a/c"}]}'
    server = serve(lambda _, headers, __: answer(304, **named) if "if-none-match" in headers else answer(200, new))
    got = fetcher().fetch(Request(server.url + "/a", KNOWN, stored=lambda: BODY))
    assert (got.body, server.count()) == (new if count == 2 else BODY, count)


def test_n29_an_archived_body_that_fails_its_hash_is_fetched_again(fetcher, serve, answer, tmp_path):
    archive = Archive(tmp_path)
    digest = hashlib.sha256(BODY).hexdigest()
    moment = "2026-03-01T00:00:00Z"
    sidecar = Sidecar(source="openrouter_models", sha256=digest, observed_at=moment, known_at=moment)
    archive.put(sidecar, BODY, extension="json")

    def stored():
        try:
            return archive.body("openrouter_models", digest)
        except ArchiveError:
            return None

    server = serve(unless_known(answer))
    request = Request(server.url + "/a", KNOWN, stored=stored)
    assert fetcher().fetch(request).not_modified

    blob = next(tmp_path.rglob(f"{digest}.json"))
    blob.write_bytes(BODY[:-1] + b"]")
    got = fetcher().fetch(request)
    assert (got.status, got.body, server.count()) == (200, BODY, 3)

    blob.unlink()
    assert fetcher().fetch(request).status == 200


@pytest.mark.parametrize("coding", ["gzip", "X-GZIP", "deflate", None])
def test_the_archive_keeps_gzip_as_it_came_and_anything_else_unpacked(fetcher, serve, answer, tmp_path, coding):
    packed = {"deflate": zlib.compress(BODY), None: BODY}.get(coding, gzip.compress(BODY))
    got = fetcher().fetch(serve(answer(200, packed, **({"Content_Encoding": coding} if coding else {}))).url + "/a")
    digest, moment = hashlib.sha256(got.body).hexdigest(), "2026-03-01T00:00:00Z"
    sidecar = Sidecar(source="openrouter_models", sha256=digest, observed_at=moment, known_at=moment)
    archive = Archive(tmp_path)
    archive.put(sidecar, got.body, extension="json", wire=got.gzip_wire)
    assert archive.body("openrouter_models", digest) == got.body == BODY
    assert bool(list(tmp_path.rglob("*.gz"))) == ("gzip" in (coding or "").lower())


@pytest.mark.parametrize("etag", ['"a"\r\nX-Evil: 1', '"ü"', '"\x00"', ""])
def test_a_validator_that_no_header_can_hold_is_left_out(fetcher, serve, answer, etag):
    server = serve(answer(200, BODY))
    assert fetcher().fetch(Request(server.url + "/a", Validators(etag))).status == 200
    assert not {"if-none-match", "x-evil"} & set(server.asked[-1][1])


def test_n30_the_age_of_a_copy_is_told(fetcher, serve, answer):
    stale = answer(200, BODY, Date="Sat, 28 Feb 2026 00:00:00 GMT", Age="3600", Set_Cookie="session=1")
    got = fetcher().fetch(serve(stale).url + "/a")
    assert (got.server_date, got.age_s) == (datetime(2026, 2, 28, tzinfo=UTC), 3600)
    assert "set-cookie" not in got.headers


@pytest.mark.parametrize(
    "date, age",
    [("yesterday", "-1"), ("", "1e3"), ("Sun, 99 Feb 2026 00:00:00 GMT", "9" * 99), ("", "9" * 11), ("", "3000000000")],
)
def test_n30_an_age_that_makes_no_sense_is_none(fetcher, serve, answer, date, age):
    got = fetcher().fetch(serve(answer(200, BODY, Date=date, Age=age)).url + "/a")
    assert (got.server_date, got.age_s) == (None, None)
