"""What is asked again, how often, and after which wait."""

from __future__ import annotations

import logging
import socket
import time
from datetime import UTC, datetime

import pytest

from scrapers.fetching.errors import (
    BadStatus,
    BreakerOpen,
    Busy,
    Denied,
    Gone,
    Interrupted,
    NotFound,
    ServerFault,
    TimedOut,
    TooManyRequests,
    Unreachable,
)
from scrapers.fetching.fetched import Request
from scrapers.fetching.retries import asked_wait_s, backoff_s, retry_after_s


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def test_n01_a_closed_port_is_asked_five_times_and_then_unreachable(fetcher, test_time):
    with pytest.raises(Unreachable) as caught:
        fetcher().fetch(Request(f"http://127.0.0.1:{closed_port()}/a", obeys_robots=False))
    assert caught.value.attempts == 5
    assert test_time.waits == [0.25, 0.5, 1.0, 2.0]


def test_n01_a_host_that_refuses_its_robots_txt_is_unreachable_and_not_asked_again_for_every_page(fetcher, test_time):
    subject, url = fetcher(outage_wait_s=0), f"http://127.0.0.1:{closed_port()}"
    for path in ("/a", "/b", "/c"):
        with pytest.raises(Unreachable) as caught:
            subject.fetch(url + path)
        assert caught.value.attempts == 5
    assert len(test_time.waits) == 4


def test_n01_a_name_without_a_number_is_unreachable(fetcher):
    def no_such_name(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(Unreachable, match=r"nowhere\.example has no number") as caught:
        fetcher(resolve=no_such_name).fetch(Request("https://nowhere.example/a", obeys_robots=False))
    assert caught.value.attempts == 5


def test_n01_a_look_up_that_hangs_ends_at_the_deadline(fetcher, serve):
    server = serve(b"")

    def hang(host, port):
        server.closing.wait(10)
        return ["127.0.0.1"]

    began = time.monotonic()
    with pytest.raises(TimedOut, match="looking up"):
        fetcher(resolve=hang, deadline_s=0.1, retries=0).fetch(Request("https://slow.example/", obeys_robots=False))
    assert time.monotonic() - began < 10


def test_n02_silence_is_tried_again_four_times_and_each_time_logged(fetcher, serve, caplog):
    server = serve(lambda *_: lambda connection: server.closing.wait(10))
    with caplog.at_level(logging.WARNING), pytest.raises(TimedOut) as caught:
        fetcher(read_timeout_s=0.05).fetch(Request(server.url + "/a", obeys_robots=False))
    assert caught.value.attempts == server.count() == 5
    retries = [record for record in caplog.records if record.event == "retry"]
    assert [record.attempt for record in retries] == [1, 2, 3, 4]
    assert {(record.code, record.host) for record in retries} == {("timed_out", "127.0.0.1")}


def test_n03_a_reset_in_the_body_is_tried_again_and_gives_nothing_of_it(fetcher, serve, answer, reset):
    def cut_off(connection):
        connection.sendall(answer(200, b"half", length=8))
        reset(connection)

    server = serve(lambda path, headers, number: cut_off if number < 3 else answer(200, b"complete"))
    got = fetcher().fetch(server.url + "/a")
    assert (got.body, got.attempts) == (b"complete", 3)

    never = serve(lambda *_: cut_off)
    with pytest.raises(Interrupted):
        fetcher().fetch(never.url + "/a")
    assert never.count() == 5


def test_n08_retry_after_seven_waits_seven_seconds_and_a_little(fetcher, serve, answer, test_time):
    server = serve(lambda p, h, number: answer(429, Retry_After="7") if number == 1 else answer(200, b"ok"))
    got = fetcher().fetch(server.url + "/a")
    assert got.attempts == 2
    assert len(test_time.waits) == 1
    assert 7 <= test_time.waits[0] <= 7.7


@pytest.mark.parametrize(
    "value, least, most",
    [
        ("Sun, 01 Mar 2026 00:00:30 GMT", 28, 33),
        ("Sunday, 01-Mar-26 00:00:30 GMT", 28, 33),
        ("Sat, 28 Feb 2026 00:00:00 GMT", None, None),
        ("0", None, None),
        ("soon", 0.25, 0.25),
        ("-1", 0.25, 0.25),
        ("7.5", 0.25, 0.25),
        ("٧", 0.25, 0.25),
    ],
)
def test_n09_retry_after_in_all_its_forms(fetcher, serve, answer, test_time, value, least, most):
    raw = value.encode("utf-8").decode("latin-1")
    server = serve(lambda p, h, number: answer(429, Retry_After=raw) if number == 1 else answer(200, b"ok"))
    assert fetcher().fetch(server.url + "/a").attempts == 2
    if least is None:
        assert test_time.waits == []
    else:
        assert len(test_time.waits) == 1
        assert least <= test_time.waits[0] <= most


@pytest.mark.parametrize("status", [429, 503])
def test_n09_a_wait_of_a_day_is_not_waited_for_and_the_host_not_asked_again(fetcher, serve, answer, test_time, status):
    server = serve(lambda *_: answer(status, Retry_After="86400"))
    subject = fetcher()
    with pytest.raises(Busy) as caught:
        subject.fetch(server.url + "/a")
    with pytest.raises(Busy):
        subject.fetch(server.url + "/b")
    assert caught.value.retry_after_s == 86400
    assert test_time.waits == []
    assert server.count() == 1


@pytest.mark.parametrize(("after", "is_waited_for"), [("120", True), ("121", False)])
def test_n09_the_longest_wait_that_is_waited_for(fetcher, serve, answer, test_time, after, is_waited_for):
    server = serve(lambda p, h, number: answer(429, Retry_After=after) if number == 1 else answer(200, b"ok"))
    if is_waited_for:
        assert fetcher().fetch(server.url + "/a").attempts == 2
        assert test_time.waits[0] >= 120
    else:
        with pytest.raises(Busy):
            fetcher().fetch(server.url + "/a")


def test_n10_a_503_with_retry_after_is_waited_for_like_a_429(fetcher, serve, answer, test_time):
    server = serve(lambda p, h, number: answer(503, Retry_After="3") if number == 1 else answer(200, b"ok"))
    assert fetcher().fetch(server.url + "/a").attempts == 2
    assert 3 <= test_time.waits[0] <= 3.3


def test_n10_a_pause_that_one_request_was_told_holds_for_the_others_of_the_host(fetcher, serve, answer, test_time):
    server = serve(lambda path, h, n: answer(503, Retry_After="9") if path == "/a" else answer(200, b"ok"))
    subject = fetcher(retries=0)
    with pytest.raises(ServerFault):
        subject.fetch(server.url + "/a")
    assert test_time.waits == []
    assert subject.fetch(server.url + "/b").body == b"ok"
    assert len(test_time.waits) == 1
    assert 8 < test_time.waits[0] <= 9


@pytest.mark.parametrize("after", ["60", "0"])
def test_n10_a_host_whose_pauses_bring_nothing_is_asked_no_more(fetcher, serve, answer, after):
    """Its 200 addresses would each be asked for five times, for the rest of the night."""
    server = serve(lambda *_: answer(429, Retry_After=after))
    requests = [Request(f"{server.url}/{number}", obeys_robots=False) for number in range(200)]
    outcomes = list(fetcher(concurrency=1, spacing_s=0.5).fetch_many(requests))
    assert {type(outcome.error) for outcome in outcomes} == {TooManyRequests, Busy}
    assert server.count() < 30


def test_n10_pauses_that_bring_something_are_waited_for_all_night(fetcher, serve, answer):
    server = serve(lambda p, h, number: answer(429, Retry_After="60") if number % 3 else answer(200, b"ok"))
    requests = [Request(f"{server.url}/{number}", obeys_robots=False) for number in range(40)]
    assert all(outcome.answer for outcome in fetcher(concurrency=1).fetch_many(requests))


@pytest.mark.parametrize("concurrency", [1, 16])
def test_n11_a_storm_of_500_opens_the_breaker_after_five_failures(fetcher, serve, answer, concurrency):
    server = serve(lambda *_: answer(500))
    requests = [Request(f"{server.url}/{number}") for number in range(200)]
    outcomes = list(fetcher(concurrency=concurrency, retries=0, outage_wait_s=0).fetch_many(requests))
    assert len(outcomes) == 200
    assert {type(outcome.error) for outcome in outcomes} == {ServerFault, BreakerOpen}
    assert server.count() <= 5 + concurrency - 1


def test_n11_a_storm_with_retries_stays_within_its_bound(fetcher, serve, answer):
    server = serve(lambda *_: answer(500))
    requests = [Request(f"{server.url}/{number}") for number in range(100)]
    list(fetcher(concurrency=4, outage_wait_s=0).fetch_many(requests))
    assert server.count() <= 5 + 4


def test_n11_one_broken_page_does_not_close_the_host_to_the_others(fetcher, serve, answer):
    server = serve(lambda path, h, n: answer(500) if path == "/broken" else answer(200, b"ok"))
    outcomes = list(fetcher(concurrency=1).fetch_many([Request(server.url + p) for p in ("/broken", "/a", "/b")]))
    assert [type(outcome.error) for outcome in outcomes] == [ServerFault, type(None), type(None)]
    assert server.count("/broken") == 5


def test_n11_a_page_that_is_not_there_shows_that_its_host_is(fetcher, serve, answer):
    server = serve(lambda path, h, n: answer({"/gone": 404, "/last": 200}.get(path, 500)))
    subject = fetcher(retries=0, outage_wait_s=0)
    for path in ("/a", "/b", "/c", "/d", "/gone", "/e"):
        with pytest.raises(BadStatus):
            subject.fetch(Request(server.url + path, obeys_robots=False))
    assert subject.fetch(Request(server.url + "/last", obeys_robots=False)).status == 200


def test_n12_two_failures_and_a_success_are_three_attempts(fetcher, serve, answer):
    server = serve(lambda p, h, number: answer(500) if number < 3 else answer(200, b"ok"))
    got = fetcher().fetch(server.url + "/a")
    assert (got.attempts, got.body, server.count()) == (3, b"ok", 3)


@pytest.mark.parametrize("status, error", [(404, NotFound), (410, Gone)])
def test_n13_a_page_that_is_not_there_is_asked_once_and_the_others_go_on(fetcher, serve, answer, caplog, status, error):
    server = serve(lambda path, h, n: answer(status) if path == "/gone" else answer(200, b"ok"))
    outcomes = list(fetcher().fetch_many([Request(server.url + path) for path in ("/gone", "/a", "/b")]))
    failed = [outcome for outcome in outcomes if outcome.error]
    assert [outcome.request.url for outcome in failed] == [server.url + "/gone"]
    assert type(failed[0].error) is error
    assert isinstance(failed[0].error, NotFound)
    assert (failed[0].error.status, failed[0].error.attempts, server.count("/gone")) == (status, 1, 1)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("status", [401, 403])
def test_n14_a_denial_is_not_repeated_and_no_message_or_log_holds_the_key(fetcher, serve, answer, caplog, status):
    server = serve(lambda *_: answer(status, b"bad key sk-secret-1"))
    subject = fetcher(authorization={"127.0.0.1": "Bearer sk-secret-1"})
    with caplog.at_level(logging.DEBUG), pytest.raises(Denied) as caught:
        subject.fetch(server.url + "/a?api_key=sk-secret-2&page=3")
    assert server.count() == 1
    assert server.asked[-1][1]["authorization"] == "Bearer sk-secret-1"
    assert str(status) in str(caught.value)
    told = [str(caught.value), repr(subject._settings)]
    told += [f"{record.getMessage()} {record.__dict__}" for record in caplog.records]
    assert len(told) > 2
    assert not [text for text in told if "sk-secret" in text]


@pytest.mark.parametrize("status", [400, 418, 501, 206, 204])
def test_a_status_that_no_waiting_mends_is_asked_once(fetcher, serve, answer, status):
    server = serve(lambda *_: answer(status))
    with pytest.raises(BadStatus) as caught:
        fetcher().fetch(server.url + "/a")
    assert (caught.value.status, server.count()) == (status, 1)


@pytest.mark.parametrize("status", [408, 425, 500, 502, 504])
def test_a_status_that_may_pass_is_asked_again(fetcher, serve, answer, status):
    server = serve(lambda p, h, number: answer(status) if number == 1 else answer(200, b"ok"))
    assert fetcher().fetch(server.url + "/a").attempts == 2


def test_a_429_without_a_wait_is_repeated_with_our_own(fetcher, serve, answer, test_time):
    server = serve(lambda *_: answer(429))
    with pytest.raises(TooManyRequests):
        fetcher().fetch(server.url + "/a")
    assert test_time.waits == [0.25, 0.5, 1.0, 2.0]


def test_waits_are_bounded_at_both_ends():
    assert backoff_s(1, lambda: 0.0, 0.5, 20) == 0
    assert backoff_s(30, lambda: 0.999, 0.5, 20) < 20
    assert asked_wait_s(7, lambda: 0.0) == 7
    assert retry_after_s("9" * 400, datetime(2026, 1, 1, tzinfo=UTC)) is None
    assert retry_after_s("Wed, 31 Dec 2025 00:00:00 GMT", datetime(2026, 1, 1, tzinfo=UTC)) == 0
