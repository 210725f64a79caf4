"""Redis: a server that is there, and one that is not."""

import logging
import time
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from src.core import redis
from src.core.errors import ServiceUnavailableError


@pytest.fixture
async def key() -> AsyncIterator[str]:
    """A key that nobody else uses, gone afterwards."""
    name = f"test:{uuid4()}"
    yield name
    await redis.client.delete(name)


async def test_values_are_kept_as_text_in_a_database_of_the_tests(key: str) -> None:
    await redis.client.set(key, "ü", ex=60)
    assert await redis.client.get(key) == "ü"
    assert redis.client.connection_pool.connection_kwargs["db"] == 15


async def test_it_is_healthy() -> None:
    await redis.cache.check()


async def test_an_endpoint_is_given_the_client(api: FastAPI, client: AsyncClient, key: str) -> None:
    @api.get("/count")
    async def count(store: redis.RedisClient) -> int:
        return int(await store.incr(key))

    assert (await client.get("/count")).json() == 1
    assert (await client.get("/count")).json() == 2


@pytest.fixture
async def down(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """A server that refuses connections."""
    client = redis.make_client("redis://127.0.0.1:1/0")
    monkeypatch.setattr(redis, "client", client)
    yield
    await client.aclose()


@pytest.mark.usefixtures("down")
async def test_a_server_that_is_down_is_named(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ServiceUnavailableError, match=r"redis unavailable: .*127\.0\.0\.1:1"):
        await redis.cache.check()
    with caplog.at_level(logging.INFO):
        await redis.cache.start()
    assert caplog.messages[0].startswith("redis unavailable: ")


@pytest.mark.usefixtures("down")
async def test_a_server_that_is_down_is_answered_soon(api: FastAPI, client: AsyncClient) -> None:
    @api.get("/value")
    async def value(store: redis.RedisClient) -> str | None:
        result: str | None = await store.get("anything")
        return result

    began = time.monotonic()
    response = await client.get("/value")
    assert time.monotonic() - began < 2
    assert response.status_code == 503
    assert response.json() == {"detail": "redis unavailable"}
