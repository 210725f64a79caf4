"""Which web pages may call the API from a browser."""

import re
from collections.abc import Iterable
from typing import Any

_WILDCARD = "*"
_ORIGIN = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://"
    r"(?P<any_label>\*\.)?(?P<host>[a-z0-9._-]+|\[[0-9a-f:.]+\])"
    r"(?::(?P<port>\d{1,5}|\*))?",
    re.IGNORECASE,
)


def _pattern(origin: str) -> str:
    match = _ORIGIN.fullmatch(origin)
    if match is None:
        raise ValueError(
            f"{origin} is no origin: write scheme://host[:port], where the port may be * and the"
            " host may begin with *."
        )
    labels = r"(?:[a-z0-9-]+\.)+" if match["any_label"] else ""
    port = {None: "", _WILDCARD: r"(?::\d{1,5})?"}.get(match["port"], f":{match['port']}")
    return f"{re.escape(match['scheme'])}://{labels}{re.escape(match['host'])}{port}".lower()


def origin_regex(origins: Iterable[str]) -> str:
    """One regular expression for all allowed origins.

    `CORSMiddleware` compares literally, so that `http://localhost:*` would allow nothing. A
    wildcard stands for a port or for leading labels of a host, nowhere else: what it must never
    do is to let `localhost.evil.com` in. The middleware matches the whole origin; the anchors say
    so for whoever uses this elsewhere.

    Raises:
        ValueError: something is no origin.
    """
    return rf"\A(?:{'|'.join(_pattern(origin) for origin in origins)})\Z"


def cors_options(origins: Iterable[str]) -> dict[str, Any]:
    """What `CORSMiddleware` is made with.

    `*` alone opens the API to every page, and therefore without cookies or logins.

    Raises:
        ValueError: something is no origin, or `*` is not alone.
    """
    allowed = tuple(origins)
    options: dict[str, Any] = {"allow_methods": ["*"], "allow_headers": ["*"]}
    if _WILDCARD in allowed:
        if len(allowed) > 1:
            raise ValueError("* allows every origin: it cannot stand beside others")
        return {**options, "allow_origins": ["*"], "allow_credentials": False}
    if not allowed:
        return {**options, "allow_origins": []}
    return {**options, "allow_origin_regex": origin_regex(allowed), "allow_credentials": True}
