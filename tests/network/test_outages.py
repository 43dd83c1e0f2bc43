"""A host that fails as a whole: the run waits for it, within bounds, and goes on where it stopped."""

from __future__ import annotations

import threading

import pytest

from scrapers.fetching.breaker import Breaker, Rest
from scrapers.fetching.errors import BreakerOpen, ServerFault, Stopped, Unreachable
from scrapers.fetching.fetched import Request


def requests_to(server, count):
    return [Request(f"{server.url}/{number}", obeys_robots=False) for number in range(count)]


def failing_until(test_time, seconds, answer):
    """A host that is back after so many seconds of the test's time."""
    began = test_time.monotonic()
    return lambda *_: answer(500) if test_time.monotonic() - began < seconds else answer(200, b"ok")


@pytest.mark.parametrize("concurrency", [2, 16])
def test_n11_an_outage_of_seconds_costs_no_address(fetcher, serve, answer, test_time, concurrency):
    """It opened the breaker, which took the rest of the night from the source."""
    server = serve(failing_until(test_time, 1.5, answer))
    outcomes = list(fetcher(concurrency=concurrency).fetch_many(requests_to(server, 200)))
    assert [outcome.error for outcome in outcomes if outcome.error] == []


@pytest.mark.parametrize("concurrency", [1, 16])
def test_n11_a_longer_outage_costs_the_addresses_that_found_out(fetcher, serve, answer, test_time, concurrency):
    server = serve(failing_until(test_time, 25, answer))
    outcomes = list(fetcher(concurrency=concurrency).fetch_many(requests_to(server, 200)))
    failed = [outcome for outcome in outcomes if outcome.error]
    assert {type(outcome.error) for outcome in failed} <= {ServerFault}
    assert len(failed) <= 4


@pytest.mark.parametrize("concurrency", [1, 16])
def test_n11_a_host_that_stays_away_is_waited_for_so_long_and_then_asked_no_more(
    fetcher, serve, answer, test_time, concurrency, caplog
):
    server = serve(lambda *_: answer(500))
    outcomes = list(fetcher(concurrency=concurrency, outage_wait_s=30).fetch_many(requests_to(server, 200)))
    assert {type(outcome.error) for outcome in outcomes} == {ServerFault, BreakerOpen}
    assert server.count() <= 5 + concurrency + 4
    rests = [record for record in caplog.records if getattr(record, "event", "") == "rest"]
    # of several threads one may come to tell of its rest before another tells of the one before
    assert {record.wait_s for record in rests} == {2, 4, 8, 16, None}
    assert len(rests) == 5
    assert ["left alone from now on" in record.getMessage() for record in rests if record.wait_s is None] == [True]


def test_n11_a_host_that_comes_and_goes_is_waited_for_no_longer_in_all(fetcher, serve, answer, test_time):
    """Each address is served once in nine times: without a bound for the run it would rest all night."""
    server = serve(lambda path, headers, number: answer(200, b"ok") if number % 9 == 0 else answer(500))
    began = test_time.monotonic()
    subject = fetcher(concurrency=1, outage_wait_s=30, retries=0)
    outcomes = list(subject.fetch_many(requests_to(server, 500)))
    assert any(outcome.answer for outcome in outcomes)
    assert test_time.monotonic() - began < 30 + 30


def test_n11_only_one_request_finds_out_whether_the_host_is_back(fetcher, serve, answer):
    asked_during_the_probe = []

    def respond(path, headers, number):
        if number <= 2:
            return answer(500)
        if number == 3:
            server.closing.wait(0.3)  # the others have all the time to be sent, if they are
            asked_during_the_probe.append(server.count() - number)
        return answer(200, b"ok")

    server = serve(respond)
    subject = fetcher(concurrency=16, retries=0, breaker_failures=2)
    for request in requests_to(server, 2):
        with pytest.raises(ServerFault):
            subject.fetch(request)
    assert all(outcome.answer for outcome in subject.fetch_many(requests_to(server, 16)))
    assert asked_during_the_probe == [0]


def test_n01_a_host_that_was_away_for_its_robots_txt_is_waited_for(fetcher, serve, answer, reset, test_time):
    """Without its robots.txt none of its pages may be asked for, so this one address speaks for all."""
    began = test_time.monotonic()

    def robots(*_):
        return reset if test_time.monotonic() - began < 20 else answer(404)

    server = serve(answer(200, b"ok"), robots=robots)
    assert fetcher().fetch(server.url + "/a").body == b"ok"


def test_n01_a_host_that_refuses_its_robots_txt_for_good_is_waited_for_once(fetcher, serve, reset, test_time):
    server = serve(b"", robots=lambda *_: reset)
    subject = fetcher(outage_wait_s=30)
    began = test_time.monotonic()
    outcomes = list(subject.fetch_many(Request(f"{server.url}/{number}") for number in range(50)))
    assert all(outcome.error for outcome in outcomes)
    assert server.count("/robots.txt") == 5 + 4
    assert test_time.monotonic() - began < 30 + 30


def test_whoever_waits_for_a_host_wakes_when_the_loop_is_left(fetcher, serve, answer):
    server = serve(lambda path, *_: answer(200, b"ok") if path == "/0" else answer(500))
    subject = fetcher(concurrency=4, sleep=None)
    arrived = subject.fetch_many(requests_to(server, 50))
    assert next(arrived).answer
    while not subject._attempts._breaker._hosts:
        pass
    arrived.close()
    subject.close()
    with pytest.raises(Stopped):
        subject.fetch(requests_to(server, 2)[1])


class Clock:
    at_s = 0.0

    def __call__(self):
        return self.at_s


def test_n11_after_its_rest_the_breaker_lets_one_request_through():
    clock = Clock()
    breaker = Breaker(5, rest_s=60, patience_s=0, monotonic=clock)
    rests = [breaker.failed("h", f"/{number}") for number in range(6)]
    assert rests == [None] * 4 + [Rest(60, False, False), Rest(0, False, False)]
    clock.at_s = 1.0
    assert breaker.turn_in_s("h") is None
    clock.at_s = 61.0
    assert breaker.turn_in_s("h") == 0
    turns = []
    another = threading.Thread(target=lambda: turns.append(breaker.turn_in_s("h")))
    another.start()
    another.join()
    assert turns == [None]
    assert breaker.turn_in_s("other") == 0
    breaker.succeeded("h")
    assert breaker.turn_in_s("h") == 0


def test_n11_a_rest_is_twice_the_one_before_and_begins_anew_after_a_success():
    clock = Clock()
    breaker = Breaker(2, rest_s=60, patience_s=9, monotonic=clock)
    lengths = []
    for _ in range(2):
        breaker.failed("h", "/a")
        lengths.append(breaker.failed("h", "/b").begun_s)
        clock.at_s += 2
        assert breaker.turn_in_s("h") == 0
        lengths.append(breaker.failed("h", "/a").begun_s)
        breaker.ended("h")
        breaker.succeeded("h")
    assert lengths == [2, 4, 2, 1]


def test_n01_an_address_alone_that_is_unreachable_is_no_outage(fetcher, test_time, serve):
    server = serve(b"")
    server.close()
    with pytest.raises(Unreachable):
        fetcher().fetch(requests_to(server, 1)[0])
    assert test_time.waits == [0.25, 0.5, 1.0, 2.0]
