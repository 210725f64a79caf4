"""Connections: what they say, and what happens without a database."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, async_sessionmaker

from app.core import database
from app.core.config import Settings, get_settings
from app.core.database import get_session

SettingsOf = Callable[..., Settings]


async def test_the_tests_have_a_database_of_their_own(
    stack: Settings, connection: AsyncConnection
) -> None:
    name = await connection.scalar(text("SELECT current_database()"))
    assert name == f"{stack.database_url.database}_test"


async def test_init_db_says_where_it_connected(capsys: pytest.CaptureFixture[str]) -> None:
    await database.init_db()
    url = get_settings().database_url
    assert capsys.readouterr().out == (
        "✓ Database connected successfully\n"
        f"✓ Connection URL: {url.host}:{url.port}/{url.database}\n"
        "✓ Pool size: 5-20 connections\n"
    )


async def test_a_start_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        await database.database.start()
    assert caplog.messages == ["Database connected successfully"]


async def test_health_names_the_database(client: AsyncClient) -> None:
    assert (await client.get("/health")).json()["database"] == "connected"


async def test_a_wrong_statement_is_no_outage(connection: AsyncConnection) -> None:
    with pytest.raises(ProgrammingError):
        await connection.execute(text("SELECT 1 FROM nowhere"))


async def use(api: FastAPI, monkeypatch: pytest.MonkeyPatch, engine: AsyncEngine) -> None:
    """Let the application work with this engine, as it does outside tests."""
    monkeypatch.setattr(database, "engine", engine)
    monkeypatch.setattr(database, "sessions", async_sessionmaker(engine))
    api.dependency_overrides.pop(get_session)


@pytest.fixture
async def down(
    api: FastAPI, settings_of: SettingsOf, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    """A server that refuses connections."""
    settings = settings_of(DB_HOST="127.0.0.1", DB_PORT="1", DB_PASSWORD="not-for-a-log")
    engine = database.make_pooled_engine(settings)
    await use(api, monkeypatch, engine)
    yield
    await engine.dispose()


@pytest.mark.usefixtures("down")
async def test_a_database_that_is_down_is_named_and_logged(
    client: AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        response = await client.get("/api/v1/items")
    assert response.status_code == 503
    assert response.json() == {"detail": "database unavailable"}
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("database unavailable: ")
    assert "127.0.0.1" in caplog.messages[0]
    assert "not-for-a-log" not in caplog.text
    health = await client.get("/health")
    assert health.status_code == 503
    assert health.json()["database"].startswith("unavailable: ")


@pytest.mark.usefixtures("down")
async def test_a_database_that_is_down_does_not_stop_the_start(
    caplog: pytest.LogCaptureFixture,
) -> None:
    await database.database.start()
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert not caplog.records[0].exc_info


@pytest.fixture
async def small(api: FastAPI, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AsyncEngine]:
    """A pool of one connection, whose limits are short."""
    monkeypatch.setattr(database, "POOL_SECONDS", 0.3)
    settings = get_settings().model_copy(update={"DB_POOL_SIZE": 1, "DB_POOL_MAX": 1})
    engine = database.make_pooled_engine(settings)
    await use(api, monkeypatch, engine)
    yield engine
    await engine.dispose()


async def test_a_request_waits_for_a_connection_only_so_long(
    client: AsyncClient, small: AsyncEngine, caplog: pytest.LogCaptureFixture
) -> None:
    async with small.connect(), asyncio.timeout(3):
        response = await client.get("/api/v1/items")
    assert response.status_code == 503
    assert "every connection is in use" in caplog.text
    assert (await client.get("/api/v1/items")).status_code == 200


async def test_a_connection_that_breaks_during_a_request_is_an_outage(
    client: AsyncClient, small: AsyncEngine, api: FastAPI
) -> None:
    @api.get("/break")
    async def broken(session: database.DatabaseSession) -> None:
        await session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    assert (await client.get("/break")).status_code == 503
    assert (await client.get("/api/v1/items")).status_code == 200
    assert small.pool.size() == 1  # type: ignore[attr-defined]


async def test_a_connection_that_broke_while_idle_costs_no_request_an_error(
    client: AsyncClient, small: AsyncEngine, connection: AsyncConnection
) -> None:
    async with small.connect() as idle:
        process = await idle.scalar(text("SELECT pg_backend_pid()"))
    await connection.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})
    assert (await client.get("/api/v1/items")).status_code == 200
