"""Where a redirect, a name or a number may lead, and where it may not."""

from __future__ import annotations

import httpcore
import httpx
import pytest

from scrapers.fetching.addresses import checked_origin, is_private, named_host, shown_url
from scrapers.fetching.errors import (
    BadAddress,
    BadRedirect,
    FetchError,
    PrivateAddress,
    Refused,
    RobotsDisallow,
    TooManyRedirects,
)
from scrapers.fetching.fetched import Request

PRIVATE = [
    "169.254.169.254", "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1",
    "100.100.100.200", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.192", "168.63.129.16",
    "::1", "::", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1",
    "fd00:ec2::254", "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]


@pytest.mark.parametrize("number", PRIVATE)
def test_n17_a_number_that_is_not_public_is_private(number):
    assert is_private(number)


@pytest.mark.parametrize("number", PUBLIC)
def test_n17_a_public_number_is_not_private(number):
    assert not is_private(number)


@pytest.mark.parametrize("host", ["10.0.0.1", "[::1]", "[::ffff:169.254.169.254]", "2130706433", "0x7f.1", "127.1"])
def test_n17_a_private_number_in_an_address_is_refused_by_its_text_unless_it_was_named(host):
    with pytest.raises(PrivateAddress):
        checked_origin(f"https://{host}/")
    assert checked_origin(f"http://{host}:8000/", {host.strip("[]")}).port == 8000


def test_n15_three_redirects_are_followed_and_the_fourth_is_not(fetcher, serve, answer):
    def hop(path, headers, number):
        step = int(path[1:])
        return answer(200, b"there") if step == 0 else answer(302, Location=f"/{step - 1}")

    server = serve(hop)
    got = fetcher().fetch(server.url + "/3")
    assert (got.body, got.url, got.attempts) == (b"there", server.url + "/0", 1)
    with pytest.raises(TooManyRedirects):
        fetcher().fetch(server.url + "/4")
    assert server.count() == 4 + 4


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_n15_a_redirect_to_itself_ends(fetcher, serve, answer, status):
    server = serve(answer(status, Location="/a"))
    with pytest.raises(TooManyRedirects):
        fetcher().fetch(server.url + "/a")
    assert server.count() == 4


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "data:text/html,hi", "ftp://127.0.0.1/a", "javascript:alert(1)", "gopher://127.0.0.1/",
     "https://[::1", "http://127.0.0.1:99999/", "http://me:pw@127.0.0.1/", "http://127.0.0.1\\@evil.example/",
     ""],
)  # fmt: skip
def test_n16_a_redirect_to_anything_but_the_web_is_refused(fetcher, serve, answer, location):
    server = serve(answer(302, Location=location))
    with pytest.raises(BadRedirect):
        fetcher().fetch(server.url + "/a")
    assert server.count() == 1


@pytest.mark.parametrize(
    "host",
    ["169.254.169.254", "10.0.0.1", "100.64.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f000001",
     "127.1", "0177.0.0.1", "localhost", "inside.example"],
)  # fmt: skip
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_n17_a_redirect_into_a_private_network_is_refused_before_connecting(fetcher, serve, answer, scheme, host):
    server = serve(answer(302, Location=f"{scheme}://{host}/latest/meta-data/"))
    connected = []

    class Watched(httpcore.SyncBackend):
        def connect_tcp(self, host, port, *args, **options):
            connected.append((host, port))
            return super().connect_tcp(host, port, *args, **options)

    inside = {"localhost": "127.0.0.1", "inside.example": "10.9.8.7"}
    subject = fetcher(
        network=Watched(),
        resolve=lambda name, port: [inside.get(name, name)],
        redirect_hosts=frozenset({host.strip("[]")}),
    )
    with pytest.raises(Refused):
        subject.fetch(Request(server.url + "/a", obeys_robots=False))
    assert connected == [("127.0.0.1", server.port)]


class Faked(httpcore.MockBackend):
    """A network that says yes to every number and remembers them."""

    def __init__(self, reply: bytes) -> None:
        super().__init__([reply])
        self.numbers: list[str] = []

    def connect_tcp(self, host, port, *args, **options):
        self.numbers.append(host)
        return super().connect_tcp(host, port, *args, **options)


def test_n18_a_name_that_turns_private_is_refused_at_the_connection(fetcher, answer):
    numbers = iter([["93.184.216.34"], ["127.0.0.1"]])
    network = Faked(answer(200, b"ok"))
    subject = fetcher(network=network, resolve=lambda name, port: next(numbers), retries=0)
    assert subject.fetch(Request("https://rebound.example/a", obeys_robots=False)).body == b"ok"
    with pytest.raises(PrivateAddress, match=r"rebound\.example leads to 127\.0\.0\.1"):
        subject.fetch(Request("https://rebound.example/b", obeys_robots=False))
    assert network.numbers == ["93.184.216.34"]


def test_n18_the_connection_goes_to_the_number_that_was_checked_never_to_the_name(fetcher, answer):
    asked = []

    def resolve(name, port):
        asked.append(name)
        return ["2606:4700::1111"]

    network = Faked(answer(200, b"ok"))
    fetcher(network=network, resolve=resolve).fetch(Request("https://models.example/a", obeys_robots=False))
    assert (asked, network.numbers) == (["models.example"], ["2606:4700::1111"])


def test_n18_one_private_number_among_public_ones_is_enough_to_refuse(fetcher, answer):
    network = Faked(answer(200, b"ok"))
    subject = fetcher(network=network, resolve=lambda *_: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(PrivateAddress):
        subject.fetch(Request("https://mixed.example/a", obeys_robots=False))
    assert network.numbers == []


def test_n17_a_private_host_that_was_named_in_letters_of_its_own_is_asked(fetcher, serve, answer):
    host = "bücher.example"
    server = serve(answer(200, b"ok"))
    subject = fetcher(trust_private_hosts=frozenset({host}), resolve=lambda name, _: ["127.0.0.1"], retries=0)
    assert subject.fetch(server.url.replace("127.0.0.1", host) + "/a").body == b"ok"


def test_n17_a_host_that_cannot_be_named_to_any_server_is_refused(fetcher):
    host = "b\N{COMBINING DIAERESIS}\N{RIGHT-TO-LEFT MARK}.example"
    with pytest.raises(BadAddress):
        fetcher(trust_private_hosts=frozenset({host})).fetch(Request(f"http://{host}/a", obeys_robots=False))


def test_a_second_number_is_tried_where_the_first_does_not_answer(fetcher, serve, answer):
    server = serve(answer(200, b"ok"))
    subject = fetcher(resolve=lambda *_: ["127.0.0.2", "127.0.0.1"], retries=0)
    assert subject.fetch(server.url + "/a").body == b"ok"


def test_n19_a_redirect_from_https_to_http_is_refused(fetcher):
    seen = []

    def site(request):
        seen.append(str(request.url))
        return httpx.Response(301, headers={"Location": "http://127.0.0.1/a"})

    with pytest.raises(BadRedirect, match="https to plain http"):
        fetcher(transport=httpx.MockTransport(site)).fetch(Request("https://127.0.0.1/a", obeys_robots=False))
    assert seen == ["https://127.0.0.1/a"]


def test_n19_a_redirect_to_another_host_is_refused_and_never_gets_the_key(fetcher, serve, answer):
    other = serve(answer(200, b"other"))
    server = serve(answer(302, Location=f"http://localhost:{other.port}/b"))
    options = {
        "trust_private_hosts": frozenset({"127.0.0.1", "localhost"}),
        "authorization": {"127.0.0.1": "Bearer sk-secret", "localhost": "Bearer sk-of-another"},
    }
    with pytest.raises(BadRedirect, match="another host"):
        fetcher(**options).fetch(server.url + "/a")
    assert server.asked[-1][1]["authorization"] == "Bearer sk-secret"
    assert other.asked == []

    allowed = fetcher(redirect_hosts=frozenset({"localhost"}), **options)
    assert allowed.fetch(server.url + "/a").body == b"other"
    assert "authorization" not in other.asked[-1][1]


def test_n19_a_redirect_to_another_port_of_the_host_is_another_host(fetcher, serve, answer):
    other = serve(answer(200, b"other"))
    server = serve(answer(302, Location=f"{other.url}/b"))
    with pytest.raises(BadRedirect):
        fetcher().fetch(server.url + "/a")
    assert other.asked == []


def test_n31_a_redirect_does_not_lead_around_robots_txt(fetcher, serve, answer):
    server = serve(answer(302, Location="/private/b"), robots=b"User-agent: *\nDisallow: /private/\n")
    with pytest.raises(RobotsDisallow):
        fetcher().fetch(server.url + "/a")
    assert server.count() == 1


@pytest.mark.parametrize(
    "url",
    ["http://example.com/a", "ftp://example.com/", "example.com", "https://", "https://user@example.com/",
     "https://exa mple.com/", "https://example.com/\n", "https://-x-/", "https://example.com:99999/", "https://1.2.3"],
)  # fmt: skip
def test_an_address_that_cannot_be_asked_is_refused_by_its_text(fetcher, url):
    with pytest.raises((BadAddress, PrivateAddress)):
        checked_origin(url)
    with pytest.raises(FetchError):
        fetcher(transport=httpx.MockTransport(lambda request: httpx.Response(200))).fetch(url)


def test_a_host_that_the_user_named_is_told_from_the_address():
    assert named_host("HTTP://Mirror.Example.:8080/a") == "mirror.example"
    assert named_host("http://[::1]:8080") == "::1"
    for wrong in (
        "",
        "ftp://mirror.example",
        "mirror.example:8080",
        "http://",
        "http://[::1",
        "https://u:p@mirror.example",
    ):
        with pytest.raises(BadAddress):
            named_host(wrong)


@pytest.mark.parametrize("path", ["/" + "a" * 70_000, "/a b"])
def test_an_address_that_no_request_can_hold_is_refused(fetcher, path):
    with pytest.raises(BadAddress):
        fetcher().fetch(Request("https://127.0.0.1" + path, obeys_robots=False))


def test_n14_an_address_is_shown_without_its_secrets():
    shown = shown_url("https://me:hunter2@example.com/a?api_key=s1&token=s2&X-Amz-Signature=s3&page=2#frag")
    assert shown == "https://example.com/a?api_key=***&token=***&X-Amz-Signature=***&page=2"
    assert "hunter2" not in shown_url("https://me:hunter2@[broken/a?key=s1")
    assert "s1" not in shown_url("https://me:hunter2@[broken/a?key=s1")
