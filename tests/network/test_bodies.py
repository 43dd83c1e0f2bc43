"""A body is taken whole, within its bounds and before its deadline, or not at all."""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
import time
import zlib
from contextlib import suppress

import pytest

from scrapers.fetching.decoding import MEMBERS_LIMIT, decoded
from scrapers.fetching.errors import (
    BadBody,
    BodyTooLarge,
    CutBody,
    DamagedBody,
    DeadlinePassed,
    FetchError,
    Malformed,
    NotFound,
    UnaskedEncoding,
)
from scrapers.fetching.fetched import Request

TEXT = b"".join(b"<li>model %d costs $%d.%02d</li>\n" % (n, n % 7, n % 100) for n in range(400))
PACKED = gzip.compress(TEXT)
CUTS = [len(PACKED) * sixteenth // 16 for sixteenth in range(16)] + [len(PACKED) - n for n in (1, 4, 5, 8, 9)]


def dripping(head: bytes, drop: bytes, pause_s: float):
    """Sends a beginning and then a drop now and then, for as long as somebody listens, but no more than 200."""

    def talk(connection):
        connection.sendall(head)
        with suppress(OSError):
            for _ in range(200):
                time.sleep(pause_s)
                connection.sendall(drop)

    return talk


def test_n04_a_body_shorter_than_its_announced_length_is_refused_and_asked_for_again(fetcher, serve, answer):
    server = serve(lambda p, h, number: answer(200, TEXT, length=len(TEXT) + (number == 1)))
    got = fetcher().fetch(server.url + "/a")
    assert (got.body, got.attempts) == (TEXT, 2)
    with pytest.raises(CutBody):
        fetcher(retries=0).fetch(serve(answer(200, TEXT, length=len(TEXT) + 1)).url + "/a")


def test_n05_a_chunked_body_without_its_last_chunk_is_refused_and_asked_for_again(fetcher, serve, answer):
    chunked = answer(200, b"5\r\nhello\r\n", length=-1, Transfer_Encoding="chunked")
    server = serve(lambda p, h, number: chunked + (b"" if number == 1 else b"0\r\n\r\n"))
    got = fetcher().fetch(server.url + "/a")
    assert (got.body, got.attempts) == (b"hello", 2)


@pytest.mark.parametrize("cut", CUTS)
def test_n06_gzip_that_stops_early_is_refused_though_the_length_agrees(fetcher, serve, answer, cut):
    server = serve(lambda p, h, n: answer(200, PACKED if n > 1 else PACKED[:cut], Content_Encoding="gzip"))
    got = fetcher().fetch(server.url + "/a")
    assert (got.body, got.wire, got.content_encoding, got.attempts) == (TEXT, PACKED, "gzip", 2)
    with pytest.raises(CutBody):
        decoded(PACKED[:cut], "gzip", 10**6)


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_n07_a_wrong_checksum_or_length_in_the_trailer_is_refused(fetcher, serve, answer):
    for at in (-8, -1 - 3):
        damaged = flipped(PACKED, len(PACKED) + at)
        with pytest.raises(DamagedBody, match="incorrect"):
            fetcher(retries=0).fetch(serve(answer(200, damaged, Content_Encoding="gzip")).url + "/a")


@pytest.mark.parametrize("rubbish", [b"\0", b"x" * 20, b"<!-- cached -->", b"\x1f\x8b", b"\x1f\x8b\x08"])
def test_n07_anything_behind_the_end_of_a_gzip_member_is_refused(rubbish):
    with pytest.raises((DamagedBody, CutBody)):
        decoded(PACKED + rubbish, "gzip", 10**6)


def test_n07_two_gzip_members_are_one_text(fetcher, serve, answer):
    body = gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])
    assert fetcher().fetch(serve(answer(200, body, Content_Encoding="GZip")).url + "/a").body == TEXT


def test_n07_a_flood_of_empty_members_is_refused():
    assert decoded(gzip.compress(b"") * MEMBERS_LIMIT, "gzip", 10) == b""
    with pytest.raises(DamagedBody, match="members"):
        decoded(gzip.compress(b"") * (MEMBERS_LIMIT + 1), "gzip", 10)


def test_n07_no_flipped_bit_gives_another_text():
    text = b"input $0.25, output $1.50"
    packed = gzip.compress(text, mtime=0)
    refused = 0
    for bit in range(8 * len(packed)):
        damaged = bytearray(packed)
        damaged[bit // 8] ^= 1 << bit % 8
        try:
            assert decoded(bytes(damaged), "gzip", 10**6) == text
        except BadBody:
            refused += 1
    assert refused > 8 * (len(packed) - 10)  # in the ten bytes of the header, some bits mean nothing


def test_n04_bytes_behind_the_end_of_a_body_are_not_the_answer_to_the_next_request(fetcher, serve, answer):
    def two_in_one(connection):
        first, second = (answer(200, body).replace(b"Connection: close\r\n", b"") for body in (b"first", b"smuggled"))
        connection.sendall(first + second)
        connection.recv(65536)
        server.closing.wait(5)

    server = serve(lambda path, h, n: two_in_one if path == "/a" else answer(200, b"second"))
    subject = fetcher()
    assert subject.fetch(Request(server.url + "/a", obeys_robots=False)).body == b"first"
    got = subject.fetch(Request(server.url + "/b", obeys_robots=False))
    assert (got.body, got.attempts) == (b"second", 2)


def test_deflate_is_the_zlib_format_and_as_strict():
    packed = zlib.compress(TEXT)
    assert decoded(packed, "deflate", 10**6) == TEXT
    for damaged, error in (
        (packed[:-1], CutBody),
        (flipped(packed, len(packed) - 1), DamagedBody),
        (packed + b"x", DamagedBody),
        (packed[2:-4], DamagedBody),
        (b"", CutBody),
    ):
        with pytest.raises(error):
            decoded(damaged, "deflate", 10**6)


def test_a_body_of_exactly_the_limit_passes_and_one_byte_more_does_not():
    for coding, packed in (("gzip", PACKED), ("deflate", zlib.compress(TEXT)), (None, TEXT)):
        assert decoded(packed, coding, len(TEXT)) == TEXT
        with pytest.raises(BodyTooLarge):
            decoded(packed, coding, len(TEXT) - 1)


def test_n20_a_body_that_drips_ends_at_the_deadline_though_no_silence_is_long(fetcher, serve, answer):
    server = serve(lambda *_: dripping(answer(200, b"", length=1000), b"x", 0.02))
    began = time.monotonic()
    with pytest.raises(DeadlinePassed):
        fetcher(deadline_s=0.3, read_timeout_s=0.2, retries=0).fetch(Request(server.url + "/a", obeys_robots=False))
    assert time.monotonic() - began > 0.25


def test_n20_a_silence_ends_at_the_deadline_though_the_timeout_is_longer(fetcher, serve, answer):
    def half(connection):
        connection.sendall(answer(200, b"half", length=8))
        server.closing.wait(30)

    server = serve(lambda *_: half)
    with pytest.raises(DeadlinePassed):
        fetcher(deadline_s=0.2, read_timeout_s=20, retries=0).fetch(Request(server.url + "/a", obeys_robots=False))


def test_n21_headers_that_drip_end_at_the_deadline(fetcher, serve):
    server = serve(lambda *_: dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.02))
    with pytest.raises(DeadlinePassed):
        fetcher(deadline_s=0.3, read_timeout_s=0.2, retries=0).fetch(Request(server.url + "/a", obeys_robots=False))


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 1_000_000,
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: of these\r\n" * 60_000,
        b"HTTP/1.1 103 Early Hints\r\n\r\n" * 40_000,
        b"a" * 1_000_000,
    ],
    ids=["one long header", "endless headers", "endless early hints", "no status line"],
)
def test_n21_headers_without_an_end_are_not_read_on(fetcher, serve, head):
    taken = []

    def send(connection):
        for at in range(0, len(head), 8192):
            try:
                connection.sendall(head[at : at + 8192])
            except OSError:
                return
            taken.append(at)
        connection.recv(1)

    server = serve(lambda *_: send)
    with pytest.raises(Malformed):
        fetcher(retries=0, deadline_s=5).fetch(Request(server.url + "/a", obeys_robots=False))


def test_n22_an_endless_body_without_a_length_is_read_up_to_the_limit(fetcher, serve, answer):
    sent = []

    def pour(connection):
        connection.sendall(answer(200, b"", length=-1))
        with suppress(OSError):
            while True:
                connection.sendall(b"x" * 65536)
                sent.append(65536)

    server = serve(lambda *_: pour)
    with pytest.raises(BodyTooLarge, match="1000000"):
        fetcher(body_limit_bytes=1_000_000).fetch(Request(server.url + "/a", obeys_robots=False))
    assert server.count() == 1
    assert sum(sent) < 12_000_000  # what fits into the sockets' buffers comes on top


def test_n22_a_body_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(fetcher, serve, answer):
    server = serve(answer(200, b"x" * 1000))
    assert fetcher(body_limit_bytes=1000).fetch(server.url + "/a").body == b"x" * 1000
    with pytest.raises(BodyTooLarge):
        fetcher(body_limit_bytes=999).fetch(server.url + "/a")


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "gzip,br", "compress", "aws-chunked"])
def test_n23_a_coding_that_was_not_asked_for_is_refused(fetcher, serve, answer, coding):
    server = serve(answer(200, gzip.compress(PACKED), Content_Encoding=coding))
    with pytest.raises(UnaskedEncoding):
        fetcher().fetch(server.url + "/a")
    assert server.asked[-1][1]["accept-encoding"] == "gzip, deflate"
    assert server.count() == 1


BOMB = """
import gzip, resource, sys
from scrapers.fetching.decoding import decoded
from scrapers.fetching.errors import BodyTooLarge
from scrapers.fetching.settings import FetchSettings

bomb = sys.stdin.buffer.read()
limit = resource.getrlimit(resource.RLIMIT_AS)[1]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    decoded(bomb, "gzip", FetchSettings().decoded_limit_bytes)
except BodyTooLarge:
    print(len(bomb), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_n23_a_gzip_bomb_takes_less_than_100_mb():
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"\0" * 2**20) for _ in range(256)) + packer.flush()
    assert 2**28 / len(bomb) > 1000
    limit = 600 * 2**20
    done = subprocess.run(
        [sys.executable, "-c", BOMB],
        input=bomb,
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )
    assert done.returncode == 0, done.stderr.decode()
    size, growth_kib = map(int, done.stdout.split())
    assert size == len(bomb)
    assert growth_kib < 100 * 1024


@pytest.mark.parametrize("status", [302, 404, 500])
def test_n24_the_body_of_an_error_or_a_redirect_is_neither_decoded_nor_awaited(fetcher, serve, answer, status):
    bomb = gzip.compress(b"\0" * 10**7)
    head = answer(status, b"", length=10**9, Content_Encoding="gzip", Location="/b")
    server = serve(lambda path, h, n: answer(200, b"ok") if path == "/b" else dripping(head + bomb, b"x", 0.05))
    subject = fetcher(retries=0, deadline_s=8)
    if status == 302:
        assert subject.fetch(server.url + "/a").body == b"ok"
    else:
        with pytest.raises(FetchError, match=str(status)) as caught:
            subject.fetch(server.url + "/a")
        assert isinstance(caught.value, NotFound) == (status == 404)
