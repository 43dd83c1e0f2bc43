"""Whom we trust: certificates that can be verified, and no proxy but a configured one."""

from __future__ import annotations

import ssl
from base64 import b64encode
from datetime import UTC, datetime

import pytest
import trustme

from scrapers.fetching.errors import Unreachable, UntrustedServer
from scrapers.fetching.fetched import Request
from scrapers.fetching.settings import FetchSettings

AUTHORITY = trustme.CA()
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def presenting(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@pytest.fixture
def ca_file(tmp_path):
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return str(tmp_path / "ca.pem")


def test_n33_a_certificate_of_an_authority_that_we_trust_is_accepted(fetcher, serve, answer, ca_file):
    server = serve(answer(200, b"ok"), tls=presenting(AUTHORITY.issue_cert("127.0.0.1")))
    assert fetcher(ca_file=ca_file).fetch(server.url + "/a").body == b"ok"


@pytest.mark.parametrize(
    "certificate, why",
    [
        (trustme.CA().issue_cert("127.0.0.1"), "unable to get local issuer|self.signed"),
        (AUTHORITY.issue_cert("127.0.0.1", not_before=LONG_AGO, not_after=LONG_AGO.replace(year=2021)), "expired"),
        (AUTHORITY.issue_cert("other.example"), "not valid for|mismatch"),
    ],
    ids=["unknown authority", "expired", "another name"],
)
def test_n33_a_certificate_that_cannot_be_verified_ends_the_matter(fetcher, serve, answer, ca_file, certificate, why):
    server = serve(answer(200, b"ok"), tls=presenting(certificate))
    subject = fetcher(ca_file=ca_file)
    for path in ("/a", "/b"):
        with pytest.raises(UntrustedServer, match=why) as caught:
            subject.fetch(server.url + path)
        assert caught.value.attempts == 1
    assert server.asked == []


def test_n33_the_usual_authorities_do_not_vouch_for_a_stranger(fetcher, serve, answer, monkeypatch, ca_file):
    monkeypatch.setenv("SSL_CERT_FILE", ca_file)
    server = serve(answer(200, b"ok"), tls=presenting(AUTHORITY.issue_cert("127.0.0.1")))
    with pytest.raises(UntrustedServer):
        fetcher().fetch(Request(server.url + "/a", obeys_robots=False))
    assert server.asked == []


def test_n33_the_name_is_verified_not_the_number_that_was_connected_to(fetcher, serve, answer, ca_file):
    server = serve(answer(200, b"ok"), tls=presenting(AUTHORITY.issue_cert("models.example")))
    subject = fetcher(
        ca_file=ca_file, trust_private_hosts=frozenset({"models.example"}), resolve=lambda *_: ["127.0.0.1"]
    )
    assert subject.fetch(f"https://models.example:{server.port}/a").body == b"ok"
    assert server.asked[-1][1]["host"] == f"models.example:{server.port}"


PROXY_VARIABLES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


def test_n32_proxies_of_the_environment_are_ignored(fetcher, serve, answer, monkeypatch):
    proxy, server = serve(answer(200, b"from the proxy")), serve(answer(200, b"direct"))
    for name in PROXY_VARIABLES:
        monkeypatch.setenv(name, proxy.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert fetcher().fetch(server.url + "/a").body == b"direct"
    assert proxy.asked == []


def test_n32_a_configured_proxy_is_told_its_name_and_password_and_nobody_else_is(fetcher, serve, answer):
    proxy = serve(lambda path, headers, number: answer(200, b"ok") if "proxy-authorization" in headers else answer(407))
    address = proxy.url.replace("//", "//me:p%40ss@")
    assert fetcher(proxy=address).fetch("http://127.0.0.1:9/a").body == b"ok"
    assert proxy.asked[-1][1]["proxy-authorization"] == "Basic " + b64encode(b"me:p@ss").decode()
    assert "authorization" not in proxy.asked[-1][1]


def test_n32_where_there_is_no_connection_a_configured_proxy_is_named(fetcher, serve, answer):
    """Nobody would look at the proxy otherwise: the address is that of a site which is well."""
    server = serve(answer(200, b"direct"))
    with pytest.raises(Unreachable, match="no connection by way of the proxy") as caught:
        fetcher(proxy="http://me:hush@127.0.0.1:9", retries=0).fetch(server.url + "/a")
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("proxy", ["socks5://h:1", "http://h:99999", "http://me:pw@", "http://h:1/x", "h:1"])
def test_n32_what_is_no_proxy_is_refused_without_a_word_of_its_password(proxy):
    with pytest.raises(ValueError, match="proxy must be http://host:port") as caught:
        FetchSettings(proxy=proxy)
    assert "pw" not in str(caught.value)


def test_n32_a_configured_proxy_is_used(fetcher, serve, answer):
    proxy, server = serve(answer(200, b"from the proxy")), serve(answer(200, b"direct"))
    assert fetcher(proxy=proxy.url).fetch(server.url + "/a").body == b"from the proxy"
    assert (proxy.asked[-1][0], server.asked) == (server.url + "/a", [])
