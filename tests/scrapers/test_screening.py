"""What is not the document is refused by name: N25, N26, N27, P20."""

from __future__ import annotations

import pytest

from scrapers.api.answer import opened
from scrapers.document import Document
from scrapers.errors import (
    BotChallenge,
    ConsentPage,
    DocumentError,
    EmptyDocument,
    ErrorAnswer,
    ForeignPage,
    LoginPage,
    UnreadableDocument,
)
from scrapers.screening import interstitial, is_html, is_json, refuse_interstitial, refuse_unless_json, text_of


def page(title: str, body: str = "") -> str:
    return f"<!DOCTYPE html>\n<html lang=en><head><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize("body", [b"", b" ", b"\n\t \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_n27_nothing_and_white_space_are_an_empty_document(body: bytes) -> None:
    with pytest.raises(EmptyDocument):
        text_of(Document(body=body))


@pytest.mark.parametrize(
    "body, words",
    [
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xff\xd8\xff\xe0....", "JPEG"),
        (b"GIF89a....", "GIF"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08\x00....", "gzip"),
        (b'{"a": "b\x00c"}', "NUL"),
        ('{"data": []}'.encode("utf-16"), "UTF-16"),
        (b"{\x80\x81\x82\x83\x84\x85\x86\x87}", "UTF-8"),
    ],
)
def test_p20_what_is_no_text_is_unreadable_and_named(body: bytes, words: str) -> None:
    with pytest.raises(UnreadableDocument, match=words):
        text_of(Document(body=body))


def test_p20_a_little_broken_utf8_is_read_and_counted() -> None:
    body = b'{"data": "' + b"plain words " * 50 + b'\xe2\x82 and a real \xef\xbf\xbd"}'

    text, replaced, had_mark = text_of(Document(body=body))

    assert replaced == 1
    assert text.count("\ufffd") == 2
    assert not had_mark


def test_p20_a_byte_order_mark_is_skipped_and_told() -> None:
    answer = opened(Document(body=b'\xef\xbb\xbf{"data": 1}'))

    assert answer.value == {"data": 1}
    assert [warning.code for warning in answer.warnings] == ["byte_order_mark"]


@pytest.mark.parametrize(
    "text",
    [
        page("Just a moment...", "<noscript>Enable JavaScript and cookies to continue</noscript>"),
        page("Attention Required! | Cloudflare", "Sorry, you have been blocked"),
        page("openrouter.ai", '<script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>'),
        page("One more step", '<div class="g-recaptcha" data-sitekey="x"></div>'),
        page("Robot?", '<iframe src="https://hcaptcha.com/captcha"></iframe>'),
        page("Pardon Our Interruption", "As you were browsing something made us think you were a bot."),
        "Just a moment...\n\nEnable JavaScript and cookies to continue\n",
        "Verify you are human by completing the action below.",
    ],
)
def test_n26_a_challenge_is_known_in_markup_and_in_extracted_text(text: str) -> None:
    assert isinstance(interstitial(text), BotChallenge)


@pytest.mark.parametrize(
    "text, error",
    [
        (page("Before you continue", "Accept all cookies"), ConsentPage),
        (page("Models", "<p>We and our partners use cookies</p><button>Accept all</button>"), ConsentPage),
        (page("Sign in - OpenRouter"), LoginPage),
        (page("Account", '<form><input name="p" type="password"></form>'), LoginPage),
        (page("404: This page could not be found"), ErrorAnswer),
        (page("502 Bad Gateway", "<center>nginx</center>"), ErrorAnswer),
        (page("A shop for shoes", "Buy shoes"), ForeignPage),
    ],
)
def test_a_page_in_place_of_the_document_is_named_for_what_it_is(text: str, error: type[DocumentError]) -> None:
    with pytest.raises(error):
        refuse_interstitial(text)


@pytest.mark.parametrize("title, error", [("Just a moment...", BotChallenge), ("Our shop", ForeignPage)])
def test_n25_html_where_json_should_be_is_never_read_as_json(title: str, error: type[DocumentError]) -> None:
    with pytest.raises(error):
        refuse_unless_json(page(title))


def test_plain_words_where_json_should_be_are_unreadable() -> None:
    with pytest.raises(UnreadableDocument, match="upstream"):
        refuse_unless_json("upstream connect error or disconnect/reset before headers")


@pytest.mark.parametrize(
    "body",
    [
        b'{"error": {"code": 429, "message": "Rate limit exceeded"}}',
        b'{"error": "no"}',
        b'{"errors": [{"message": "no"}]}',
        b'{"success": false, "message": "no"}',
        b'{"message": "no Route matched with those values"}',
        b'{"detail": "Not Found"}',
        b'{"type": "about:blank", "title": "Service Unavailable", "status": 503}',
        b'{"timestamp": "2026-08-04T03:22:06Z", "status": 500, "path": "/api/v1/models", "message": "down"}',
        b'{"data": [], "error": {"message": "timeout"}}',
    ],
)
def test_n27_an_error_with_status_200_is_an_error(body: bytes) -> None:
    with pytest.raises(ErrorAnswer):
        opened(Document(body=body))


def test_an_answer_with_data_and_a_null_error_is_no_error() -> None:
    assert opened(Document(body=b'{"data": [1], "error": null}')).value["data"] == [1]


@pytest.mark.parametrize("body", [b"{}", b"[]", b" { } "])
def test_n27_an_empty_answer_is_never_an_empty_catalogue(body: bytes) -> None:
    with pytest.raises(EmptyDocument):
        opened(Document(body=body))


def test_html_is_known_by_how_it_begins() -> None:
    assert is_html("\n<!-- saved -->\n<!doctype HTML><html>")
    assert is_html("<html lang=en>")
    assert not is_html('{"html": "<html>"}')
    assert not is_html("Gemini 3.1 Flash Image\n\nDescription")


@pytest.mark.parametrize(
    "heading",
    ["404", "Error 404", "Model not found", "Down for maintenance", "Service Unavailable", "Something went wrong"],
)
def test_n27_an_error_page_below_the_sites_own_title_is_an_error(heading: str) -> None:
    text = page("Acme Models", f'<main><h1 class="text-4xl">{heading}</h1><a href="/models">All models</a></main>')
    assert isinstance(interstitial(text), ErrorAnswer)


@pytest.mark.parametrize(
    "text", ['{"data"', "[]", '[{"id"', '["a"]', "[1]", "[[1, 2]]", '[["a"]]', "[[]]", "[[null]]", "[["]
)
def test_what_begins_as_json_does_is_json(text: str) -> None:
    assert is_json(text)


@pytest.mark.parametrize(
    "text",
    ["[Home](/)", "[1] Home", "[[https://example.com/models][Models]]", "[[/models|Models]]", "[[Models]]", "Models"],
)
def test_a_text_may_begin_with_a_link_of_any_markup(text: str) -> None:
    assert not is_json(text)
