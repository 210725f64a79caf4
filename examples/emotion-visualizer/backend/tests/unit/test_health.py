"""The health of the API, with dependencies that do what a test wants."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from app.api import health
from app.core.errors import ServiceUnavailableError

PATHS = ["/health", "/api/v1/ready"]


Check = Callable[[], Coroutine[None, None, None]]


class FakeComponent:
    """A component whose check is given."""

    def __init__(self, name: str, check: Check) -> None:
        self.name = name
        self._check = check

    async def check(self) -> None:
        """Do what the test wants."""
        await self._check()

    async def start(self) -> None:
        """Nothing to do."""

    async def stop(self) -> None:
        """Nothing to do."""


async def works() -> None:
    """A dependency that is there."""


async def refuses() -> None:
    """A dependency that says no."""
    raise ServiceUnavailableError("store", OSError("Connection refused"))


async def hangs() -> None:
    """A dependency that says nothing."""
    await asyncio.sleep(60)


async def breaks() -> None:
    """A dependency with an error that nobody thought of."""
    raise KeyError("password=123")


async def ask(path: str, **checks: Check) -> Response:
    """The answer of an API with these dependencies."""
    api = FastAPI()
    api.include_router(
        health.health_router([FakeComponent(name, check) for name, check in checks.items()])
    )
    async with AsyncClient(transport=ASGITransport(app=api), base_url="http://test") as client:
        return await client.get(path)


@pytest.mark.parametrize("path", PATHS)
async def test_healthy(path: str) -> None:
    response = await ask(path, store=works, queue=works)
    body = response.json()
    assert response.status_code == 200
    made = datetime.fromisoformat(body.pop("timestamp"))
    assert made.utcoffset() == timedelta(0)
    assert body == {
        "status": "healthy",
        "api": "operational",
        "store": "connected",
        "queue": "connected",
        "version": "1.0.0",
    }


@pytest.mark.parametrize("path", PATHS)
async def test_one_dependency_down(path: str) -> None:
    response = await ask(path, store=refuses, queue=works)
    body = response.json()
    assert response.status_code == 503
    assert body["status"] == "unhealthy"
    assert body["store"] == "unavailable: Connection refused"
    assert body["queue"] == "connected"


async def test_dependencies_are_asked_at_once_and_not_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "CHECK_SECONDS", 0.2)
    began = time.monotonic()
    response = await ask("/health", store=hangs, queue=hangs)
    assert time.monotonic() - began < 0.35
    assert response.status_code == 503
    assert response.json()["store"] == "unavailable: no answer within 0.2 s"


async def test_an_unknown_error_is_no_crash_and_no_leak() -> None:
    response = await ask("/health", store=breaks)
    assert response.status_code == 503
    assert response.json()["store"] == "unavailable: KeyError"


async def test_live_touches_nothing() -> None:
    response = await ask("/health/live", store=breaks)
    assert response.status_code == 200
    assert response.json() == {"status": "alive"}
