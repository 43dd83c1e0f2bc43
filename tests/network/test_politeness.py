"""What hosts are spared: requests they forbid, requests too close together, and more than so many at once."""

from __future__ import annotations

import gzip
import itertools
import random
import threading
import time
import zlib

import pytest
from patience import patience

from scrapers.fetching.errors import BreakerOpen, Busy, Interrupted, RobotsDisallow, ServerFault, Stopped
from scrapers.fetching.fetched import Request, Validators
from scrapers.fetching.politeness import ROBOTS_LIMIT_BYTES, Spacing, robot_rules


def test_n31_a_page_that_robots_txt_forbids_is_skipped_and_the_others_are_fetched(fetcher, serve, answer):
    server = serve(answer(200, b"ok"), robots=b"User-agent: *\nDisallow: /private/\n")
    urls = [server.url + path for path in ("/a", "/private/b", "/c")]
    outcomes = list(fetcher().fetch_many(map(Request, urls)))
    assert {o.request.url for o in outcomes if o.answer} == {urls[0], urls[2]}
    assert [type(o.error) for o in outcomes if o.error] == [RobotsDisallow]
    assert server.count("/private/b") == 0


def test_n31_robots_txt_is_asked_for_once_by_sixteen_threads(fetcher, serve, answer):
    server = serve(answer(200, b"ok"), robots=b"User-agent: *\nAllow: /\n")
    list(fetcher(concurrency=16).fetch_many(Request(f"{server.url}/{n}") for n in range(48)))
    assert (server.count("/robots.txt"), server.count()) == (1, 48)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_n31_a_host_without_robots_txt_may_be_fetched(fetcher, serve, answer, status):
    server = serve(answer(200, b"ok"), robots=lambda *_: answer(status))
    assert fetcher().fetch(server.url + "/a").body == b"ok"
    assert server.count("/robots.txt") == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_n31_a_robots_txt_in_trouble_forbids_the_host_for_the_run(fetcher, serve, answer, status):
    server = serve(answer(200, b"ok"), robots=lambda *_: answer(status))
    subject = fetcher()
    for path in ("/a", "/b"):
        with pytest.raises(RobotsDisallow, match="could not be had"):
            subject.fetch(server.url + path)
    assert (server.count("/robots.txt"), server.count()) == (5, 0)


def test_n31_a_host_that_is_left_alone_has_forbidden_nothing(fetcher, serve, answer):
    server = serve(lambda path, *_: answer(500) if path != "/c" else answer(200, b"ok"))
    subject = fetcher(retries=0, breaker_failures=2, outage_wait_s=0)
    for path in ("/a", "/b"):
        with pytest.raises(ServerFault):
            subject.fetch(Request(server.url + path, obeys_robots=False))
    with pytest.raises(BreakerOpen):
        subject.fetch(server.url + "/c")
    assert server.count("/robots.txt") == 0


def test_n31_a_host_that_is_busy_with_its_robots_txt_is_busy(fetcher, serve, answer):
    server = serve(answer(200, b"ok"), robots=lambda *_: answer(503, Retry_After="86400"))
    with pytest.raises(Busy):
        fetcher().fetch(server.url + "/a")


def test_n31_a_robots_txt_that_breaks_off_forbids_the_host(fetcher, serve, answer, reset):
    server = serve(answer(200, b"ok"), robots=lambda *_: reset)
    with pytest.raises(Interrupted, match="robots"):
        fetcher(retries=0).fetch(server.url + "/a")
    assert server.count() == 0


def test_n31_of_a_robots_txt_of_a_megabyte_500_kib_are_read(fetcher, serve, answer):
    early, late = b"Disallow: /early\n", b"Disallow: /late\n"
    padding = b"# nothing\n" * (2**20 // 10)
    server = serve(answer(200, b"ok"), robots=b"User-agent: *\n" + early + padding + late)
    subject = fetcher()
    assert subject.fetch(server.url + "/late").body == b"ok"
    with pytest.raises(RobotsDisallow):
        subject.fetch(server.url + "/early")


@pytest.mark.parametrize(
    "padding",
    [b"# nothing\n" * (2**20 // 10), random.Random(1).randbytes(2**19).hex().encode()],
    ids=["packs well", "does not"],
)
@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_n31_a_long_robots_txt_that_is_packed_is_read_as_far(fetcher, serve, answer, padding, pack):
    """It forbade everything, unpacked past the limit or cut at it."""
    body = pack(b"User-agent: *\nDisallow: /early\n# " + padding + b"\nDisallow: /late\n")
    coding = "gzip" if pack is gzip.compress else "deflate"
    server = serve(answer(200, b"ok"), robots=lambda *_: answer(200, body, Content_Encoding=coding))
    subject = fetcher()
    assert subject.fetch(server.url + "/late").body == b"ok"
    with pytest.raises(RobotsDisallow, match="forbids it"):
        subject.fetch(server.url + "/early")


@pytest.mark.parametrize(
    "body", [gzip.compress(b"User-agent: *\nDisallow: /late")[:-9], b"no gzip"], ids=["cut", "none"]
)
def test_n31_a_robots_txt_whose_packing_is_damaged_forbids_the_host(fetcher, serve, answer, body):
    server = serve(answer(200, b"ok"), robots=lambda *_: answer(200, body, Content_Encoding="gzip"))
    with pytest.raises(RobotsDisallow, match="could not be had"):
        fetcher(retries=0).fetch(server.url + "/a")


def test_n31_a_robots_txt_whose_packing_came_damaged_once_is_asked_for_again(fetcher, serve, answer):
    """As any other answer is: else one cut body would cost a night's pages of the host."""
    whole = gzip.compress(b"User-agent: *\nDisallow: /late\n")
    bodies = iter([whole[:-9], whole])
    server = serve(answer(200, b"ok"), robots=lambda *_: answer(200, next(bodies), Content_Encoding="gzip"))
    subject = fetcher()
    assert subject.fetch(server.url + "/a").body == b"ok"
    with pytest.raises(RobotsDisallow, match="forbids it"):
        subject.fetch(server.url + "/late")


def full(line: str) -> bytes:
    return b"User-agent: *\n" + (line.encode() * (ROBOTS_LIMIT_BYTES // len(line)))[:ROBOTS_LIMIT_BYTES]


@pytest.mark.parametrize(
    "text",
    [
        full("Disallow: /*a*b*c$\n"),
        b"User-agent: *\nDisallow: /" + b"*a" * 250_000,
        b"".join(b"User-agent: a%d\n" % n for n in range(15_000)) + b"Disallow: /x\n" * 20_000,
        b"".join(b"User-agent: model-catalog\nUser-agent: *\nUser-agent: %d\nDisallow: /y\n" % n for n in range(7000)),
        b"\xff\xfe\x00" * 100_000,
    ],
    ids=["wildcard rules", "one long wildcard", "many agents", "many groups", "not text"],
)
def test_n31_a_storm_of_rules_is_read_in_seconds_not_hours(text):
    with patience():
        rules = robot_rules(text, "model-catalog")
        assert isinstance(rules.allows("https://example.com/models/" + "a" * 200), bool)


@pytest.mark.parametrize(
    "text, path, allowed",
    [
        ("User-agent: model-catalog\nDisallow: /\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: Model-Catalog/2.0\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a\n\nUser-agent: Model-Catalog/2.0 (night)\nAllow: /", "/a", True),
        ("User-agent: model\nDisallow: /\n\nUser-agent: catalog\nDisallow: /", "/a", True),
        ("User-agent: model-catalogs\nDisallow: /\n\nUser-agent: model-catalog-images\nDisallow: /", "/a", True),
        ("User-agent: model*\nDisallow: /\n\nUser-agent: 2model-catalog\nDisallow: /", "/a", True),
        ("User-agent: GPTBot\nUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: GPTBot\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /a\n\nUser-agent: model-catalog\nAllow: /", "/a", True),
        ("User-agent: *\nDisallow: /*.json$\nAllow: /api/", "/x.json", False),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        ("<!DOCTYPE html><title>Home</title>", "/a", True),
        ("", "/a", True),
    ],
)
def test_n31_the_rules_for_us_are_those_of_our_name_or_of_everybody(text, path, allowed):
    assert robot_rules(text.encode(), "model-catalog").allows(f"https://example.com{path}") is allowed


def test_an_interface_for_programs_may_be_asked_without_robots_txt(fetcher, serve, answer):
    server = serve(answer(200, b"ok"), robots=b"User-agent: *\nDisallow: /\n")
    assert fetcher().fetch(Request(server.url + "/api", obeys_robots=False)).body == b"ok"
    assert server.count("/robots.txt") == 0


def test_requests_of_one_host_are_spaced_and_those_of_another_are_not():
    spacing = Spacing()
    assert [spacing.turn_in_s("a", 0.5, 100.0) for _ in range(3)] == [0.0, 0.5, 1.0]
    assert spacing.turn_in_s("b", 0.5, 100.0) == 0.0
    assert spacing.turn_in_s("a", 0.5, 200.0) == 0.0
    spacing.hold("a", 230.0)
    assert spacing.turn_in_s("a", 0.5, 201.0) == 29.0


def test_spacing_holds_over_all_threads(fetcher, serve, answer, test_time):
    server = serve(answer(200, b"ok"))
    began = test_time.monotonic()
    list(fetcher(spacing_s=5.0, concurrency=8).fetch_many(Request(f"{server.url}/{n}") for n in range(20)))
    assert sum(test_time.waits) >= 5.0 * 19
    assert test_time.monotonic() - began >= 5.0 * 19


@pytest.mark.parametrize("asked, least, most", [(3, 3.0, 3.1), (600, 10.0, 10.1)])
def test_n31_a_crawl_delay_is_kept_up_to_a_limit(fetcher, serve, answer, test_time, asked, least, most):
    server = serve(answer(200, b"ok"), robots=b"User-agent: *\nCrawl-delay: %d\n" % asked)
    subject = fetcher(spacing_s=0.1)
    subject.fetch(server.url + "/a")
    test_time.waits.clear()
    subject.fetch(server.url + "/b")
    assert len(test_time.waits) == 1
    assert least - 0.5 <= test_time.waits[0] <= most


def test_no_more_requests_are_under_way_than_the_setting_says(fetcher, serve, answer):
    lock, under_way, most = threading.Lock(), 0, 0
    gate = threading.Barrier(4)

    def respond(path, headers, number):
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        gate.wait(5)
        with lock:
            under_way -= 1
        gate.wait(5)
        return answer(200, b"ok")

    server = serve(respond)
    outcomes = list(fetcher(concurrency=4).fetch_many(Request(f"{server.url}/{n}") for n in range(12)))
    assert (most, len(outcomes), {o.error for o in outcomes}) == (4, 12, {None})


def test_requests_are_taken_only_as_there_is_room_for_them(fetcher, serve, answer):
    server = serve(answer(200, b"ok"))
    taken = itertools.count()
    endless = (Request(f"{server.url}/{next(taken)}") for _ in itertools.count())
    outcomes = fetcher(concurrency=2).fetch_many(endless)
    next(outcomes)
    outcomes.close()
    assert next(taken) <= 2 * 2 + 1


def test_leaving_the_loop_early_ends_those_that_wait_and_the_fetcher_still_works(fetcher, serve, answer):
    server = serve(answer(200, b"ok"))
    subject = fetcher(concurrency=2)
    for outcome in subject.fetch_many(Request(f"{server.url}/{n}") for n in range(1000)):
        assert outcome.answer
        break
    assert subject.fetch(server.url + "/again").body == b"ok"
    assert server.count() < 10


def test_leaving_the_loop_wakes_those_that_wait_for_their_turn(fetcher, serve, answer):
    server = serve(answer(200, b"ok"))
    began = time.monotonic()
    subject = fetcher(concurrency=4, spacing_s=30.0, sleep=None)
    next(outcomes := subject.fetch_many(Request(f"{server.url}/{n}", obeys_robots=False) for n in range(8)))
    outcomes.close()
    assert time.monotonic() - began < 30
    assert server.count() == 1


def test_leaving_the_loop_ends_what_is_under_way(fetcher, serve, answer):
    """A host that keeps silent, or drips, would hold an interrupted run until its deadline."""
    asked = threading.Event()

    def respond(path, headers, number):
        if path == "/silent":
            asked.set()
            return lambda connection: server.closing.wait(60)
        asked.wait(20)
        return answer(200, b"ok")

    server = serve(respond)
    began = time.monotonic()
    subject = fetcher(concurrency=2, sleep=None, deadline_s=60.0, read_timeout_s=60.0)
    requests = [Request(f"{server.url}/{path}", obeys_robots=False) for path in ("silent", "a")]
    next(outcomes := subject.fetch_many(requests))
    outcomes.close()
    assert time.monotonic() - began < 60


def test_closing_the_fetcher_wakes_those_that_wait_and_ends_them(fetcher, serve, answer):
    server = serve(answer(200, b"ok"))
    subject = fetcher(concurrency=4, spacing_s=30.0, sleep=None)
    outcomes = subject.fetch_many(Request(f"{server.url}/{n}", obeys_robots=False) for n in range(4))
    assert next(outcomes).answer
    subject.close()
    assert {type(outcome.error) for outcome in outcomes} == {Stopped}


def test_an_error_of_our_own_in_a_thread_reaches_the_loop(fetcher, serve, answer):
    def broken():
        raise ZeroDivisionError

    server = serve(answer(304))
    with pytest.raises(ZeroDivisionError):
        list(fetcher().fetch_many([Request(server.url + "/a", Validators('"v1"'), stored=broken)]))


def test_every_host_is_told_who_asks_and_how_to_reach_us(fetcher, serve, answer):
    server = serve(answer(200, b"ok"))
    fetcher(version="1.2", contact="mailto:night@example.org").fetch(server.url + "/a")
    assert {h["user-agent"] for _, h in server.asked} == {"model-catalog/1.2 (+mailto:night@example.org)"}
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"retries": 5},
        {"retries": -1},
        {"concurrency": 0},
        {"contact": "a\r\nX: b"},
        {"authorization": {"a.example": "Bearer x\r\nHost: b"}},
    ],
)
def test_settings_out_of_bounds_are_refused(fetcher, wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        fetcher(**wrong)
