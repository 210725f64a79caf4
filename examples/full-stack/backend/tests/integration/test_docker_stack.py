"""The running stack: inside the container, or from the host through the published ports."""

import asyncio
from datetime import datetime, timedelta

import httpx
from pydantic import SecretStr
from sqlalchemy import text

from app.core.config import ENV_PREFIX, Settings
from app.core.database import make_pooled_engine
from app.core.settings import Environment


async def test_postgres_connection(stack: Settings) -> None:
    """PostgreSQL takes the login of the settings and answers."""
    engine = make_pooled_engine(stack)
    try:
        async with engine.connect() as connection:
            assert await connection.scalar(text("SELECT 1")) == 1
    finally:
        await engine.dispose()


async def test_postgres_database_exists(stack: Settings) -> None:
    """The server has the database that the settings name, and this is the one in use."""
    engine = make_pooled_engine(stack)
    name = stack.database_url.database
    try:
        async with engine.connect() as connection:
            found = await connection.scalars(text("SELECT datname FROM pg_database"))
            assert name in found.all()
            assert await connection.scalar(text("SELECT current_database()")) == name
    finally:
        await engine.dispose()


def check_health(response: httpx.Response) -> None:
    """A body that fits its status, healthy or not: the test is about what is reported."""
    body = response.json()
    parts = {name: body[name] for name in ("database", "redis") if name in body}
    assert body["api"] == "operational"
    assert body["version"]
    assert datetime.fromisoformat(body["timestamp"]).utcoffset() == timedelta(0)
    if response.status_code == httpx.codes.OK:
        assert body["status"] == "healthy"
        assert set(parts.values()) <= {"connected"}
    else:
        assert response.status_code == httpx.codes.SERVICE_UNAVAILABLE
        assert body["status"] == "unhealthy"


async def test_health_endpoint_with_dependencies(api: httpx.AsyncClient) -> None:
    """`/health` reports each dependency."""
    response = await api.get("/health")
    check_health(response)
    assert "database" in response.json()


async def test_readiness_endpoint(api: httpx.AsyncClient) -> None:
    """`/api/v1/ready` reports the same as `/health`."""
    ready = await api.get("/api/v1/ready")
    check_health(ready)
    assert ready.json().keys() == (await api.get("/health")).json().keys()


async def test_api_docs_accessible(api: httpx.AsyncClient) -> None:
    """The documentation of the API loads, and so does what it shows."""
    response = await api.get("/docs")
    assert response.status_code == httpx.codes.OK
    assert "swagger" in response.text.lower()
    assert "/health" in (await api.get("/openapi.json")).json()["paths"]


async def test_root_endpoint(api: httpx.AsyncClient) -> None:
    """The root says which API this is."""
    response = await api.get("/")
    body = response.json()
    assert response.status_code == httpx.codes.OK
    assert body["message"].endswith(" API")
    assert body["status"] == "running"
    assert body["version"]


async def test_database_connection_pool(stack: Settings) -> None:
    """As many connections as the pool may have are open at once, and no more are needed."""
    engine = make_pooled_engine(stack)

    async def use() -> object:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT pg_sleep(0.2)"))
            return await connection.scalar(text("SELECT pg_backend_pid()"))

    try:
        processes = await asyncio.gather(*(use() for _ in range(2 * stack.DB_POOL_MAX)))
    finally:
        await engine.dispose()
    assert stack.DB_POOL_SIZE <= len(set(processes)) <= stack.DB_POOL_MAX


async def test_environment_variables_loaded(stack: Settings, variables: dict[str, str]) -> None:
    """What the environment says is what the settings hold."""
    assert stack.ENVIRONMENT in Environment
    for name in Settings.model_fields:
        given = variables.get(f"{ENV_PREFIX}{name}")
        value = getattr(stack, name)
        if isinstance(value, SecretStr):
            value = value.get_secret_value()
        if given and isinstance(value, str | int) and not isinstance(value, bool):
            assert str(value).casefold() == given.casefold(), name
