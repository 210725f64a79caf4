"""Where Redis is."""

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from src.core.config import ENV_PREFIX, Settings, explain
from src.core.redis import make_client

SettingsOf = Callable[..., Settings]


def options(settings: Settings) -> dict[str, object]:
    """What the client makes of the URL."""
    found: dict[str, object] = make_client(settings.redis_url).connection_pool.connection_kwargs
    return found


def test_what_compose_starts_is_found_without_settings(settings_of: SettingsOf) -> None:
    found = options(settings_of())
    assert (found["host"], found["port"], found["db"]) == ("localhost", 6379, 0)
    assert found["password"] == "dev_password_change_in_production"


def test_a_root_env_file_is_enough(
    settings_of: SettingsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_of()
    monkeypatch.setenv("REDIS_PORT", "6400")
    monkeypatch.setenv("REDIS_PASSWORD", "of-compose")
    found = options(settings_of())
    assert (found["port"], found["password"]) == (6400, "of-compose")


def test_parts_may_hold_anything(settings_of: SettingsOf) -> None:
    password = "p@ss:/w#rd%20?"
    settings = settings_of(
        REDIS_HOST="cache",
        REDIS_PORT="6380",
        REDIS_DB="3",
        REDIS_USER="us/er",
        REDIS_PASSWORD=password,
        REDIS_TLS="true",
    )
    found = options(settings)
    assert settings.redis_url.startswith("rediss://")
    assert (found["host"], found["port"], found["db"]) == ("cache", 6380, 3)
    assert (found["username"], found["password"]) == ("us/er", password)
    assert password not in repr(settings)


def test_a_server_that_is_named_gets_no_password_by_itself(settings_of: SettingsOf) -> None:
    assert settings_of(REDIS_HOST="open").redis_url == "redis://open:6379/0"


def test_a_url_wins(settings_of: SettingsOf) -> None:
    url = "redis://:secret@cache:6380/2"
    assert settings_of(REDIS_URL=url, REDIS_HOST="other").redis_url == url


@pytest.mark.parametrize("url", ["http://cache", "redis://", "redis://cache:port", "cache:6379"])
def test_what_is_no_url_is_refused(settings_of: SettingsOf, url: str) -> None:
    with pytest.raises(ValidationError) as caught:
        settings_of(REDIS_URL=url)
    assert explain(caught.value).startswith(f"{ENV_PREFIX}REDIS_URL: ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REDIS_PASSWORD", "dev_password_change_in_production"),
        ("REDIS_URL", "redis://:change_this_secure_password@cache:6379/0"),
    ],
)
def test_a_placeholder_is_refused_in_production(
    settings_of: SettingsOf, name: str, value: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        settings_of(ENVIRONMENT="production", **{name: value})
    assert f"{ENV_PREFIX}{name} still holds a placeholder" in explain(caught.value)


def test_a_server_without_a_password_may_be_used_in_production(settings_of: SettingsOf) -> None:
    with pytest.raises(ValidationError) as caught:
        settings_of(ENVIRONMENT="production", REDIS_HOST="open")
    assert "REDIS" not in explain(caught.value)
