"""The broker: one that is there, and one that is not."""

import logging
import time
from collections.abc import Callable

import pytest
from httpx import AsyncClient
from pydantic import ValidationError

from src.core.config import ENV_PREFIX, Settings, explain
from src.core.errors import ServiceUnavailableError
from src.worker import broker, make_celery, ping

SettingsOf = Callable[..., Settings]


async def test_health_names_the_broker(client: AsyncClient) -> None:
    assert (await client.get("/health")).json()["broker"] == "connected"


async def test_a_start_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        await broker.start()
    assert caplog.messages == ["Broker connected successfully"]


def test_a_broker_that_is_down_is_named_soon(settings_of: SettingsOf) -> None:
    down = make_celery(settings_of(CELERY_BROKER_URL="redis://:not-for-a-log@127.0.0.1:1/0"))
    began = time.monotonic()
    with pytest.raises(
        ServiceUnavailableError, match=r"broker unavailable: .*127\.0\.0\.1:1"
    ) as caught:
        ping(down)
    assert time.monotonic() - began < 3
    assert "not-for-a-log" not in str(caught.value)


def test_what_compose_starts_is_found_without_settings(settings_of: SettingsOf) -> None:
    settings = settings_of()
    expected = "redis://:dev_password_change_in_production@localhost:6379/1"
    assert settings.celery_broker_url == expected
    assert settings.celery_result_backend == expected


def test_a_root_env_file_is_enough(
    settings_of: SettingsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_of()
    monkeypatch.setenv("REDIS_PORT", "6400")
    monkeypatch.setenv("REDIS_PASSWORD", "a/b")
    assert settings_of().celery_broker_url == "redis://:a%2Fb@localhost:6400/1"


def test_urls_win(settings_of: SettingsOf) -> None:
    settings = settings_of(
        CELERY_BROKER_URL="amqp://user:pw@queue//", CELERY_RESULT_BACKEND="redis://store/2"
    )
    assert settings.celery_broker_url == "amqp://user:pw@queue//"
    assert settings.celery_result_backend == "redis://store/2"
    assert "pw" not in repr(settings)


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({}, "CELERY_BROKER_URL is not set"),
        (
            {"CELERY_BROKER_URL": "redis://:dev_password_change_in_production@redis/1"},
            "CELERY_BROKER_URL still holds a placeholder: run scripts/env.sh init",
        ),
    ],
)
def test_an_unsafe_broker_is_refused_in_production(
    settings_of: SettingsOf, variables: dict[str, str], line: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        settings_of(ENVIRONMENT="production", **variables)
    assert f"{ENV_PREFIX}{line}" in explain(caught.value).splitlines()
