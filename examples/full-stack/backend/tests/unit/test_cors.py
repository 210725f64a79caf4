"""Which origins a browser may call from."""

import re

import pytest

from app.core.cors import cors_options, origin_regex

ALLOWED = [
    "http://localhost:*",
    "https://*.example.com",
    "https://shop.test",
    "http://[::1]:8080",
    "capacitor://localhost",
    "ionic://localhost",
]


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost",
        "http://localhost:4200",
        "https://a.example.com",
        "https://b.a.example.com",
        "https://shop.test",
        "http://[::1]:8080",
        "capacitor://localhost",
        "ionic://localhost",
    ],
)
def test_allowed(origin: str) -> None:
    # `match` and `search` as well as `fullmatch`: the anchors are ours.
    regex = re.compile(origin_regex(ALLOWED))
    assert regex.match(origin)
    assert regex.search(origin)


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost.evil.com",
        "http://localhost:4200.evil.com",
        "http://localhost:4200@evil.com",
        "http://localhost:",
        "http://localhost:123456",
        "http://localhost:80/path",
        "http://localhost:80\nhttp://evil.com",
        "http://evil.com?http://localhost:80",
        "https://localhost:4200",
        "https://example.com",
        "https://evilexample.com",
        "https://.example.com",
        "https://a.example.com.evil.com",
        "https://evil.com/a.example.com",
        "https://a.exampleXcom",
        "https://shop.test:8443",
        "capacitor://localhost:80",
        "null",
        "",
    ],
)
def test_refused(origin: str) -> None:
    regex = re.compile(origin_regex(ALLOWED))
    assert not regex.match(origin)
    assert not regex.search(origin)


@pytest.mark.parametrize(
    "origin",
    [
        "localhost",
        "http://",
        "http://*",
        "http://a*.com",
        "http://a.com/",
        "http://a:99x",
        "ht*p://a",
    ],
)
def test_what_is_no_origin_is_an_error(origin: str) -> None:
    with pytest.raises(ValueError, match=re.escape(origin)):
        cors_options([origin])


def test_everybody_is_allowed_without_credentials_only() -> None:
    options = cors_options(["*"])
    assert options["allow_origins"] == ["*"]
    assert options["allow_credentials"] is False
    with pytest.raises(ValueError, match="beside others"):
        cors_options(["*", "http://localhost:3000"])


def test_nobody_is_allowed_when_none_is_named() -> None:
    assert cors_options([])["allow_origins"] == []
