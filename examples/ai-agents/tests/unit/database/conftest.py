"""A database for tests, and a transaction for each that is never kept."""

import asyncio
from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from sqlalchemy import URL, NullPool, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from src.core.config import Settings, get_settings
from src.core.database import get_session, make_engine
from src.core.errors import ServiceUnavailableError

ROOT = Path(__file__).parents[3]

# PostgreSQL cuts longer names off, which would leave the name of the real database.
NAME_BYTES = 63


async def _recreate(stack: Settings, test: URL) -> None:
    name = test.database or ""
    real = stack.database_url.database
    if name == real or len(name.encode()) > NAME_BYTES:
        pytest.exit(f"{name} cannot be the database of the tests: it is, or becomes, {real}", 2)
    engine = make_engine(stack, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    quoted = engine.dialect.identifier_preparer.quote_identifier(name)
    try:
        async with engine.connect() as connection:
            await connection.execute(text(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)"))
            await connection.execute(text(f"CREATE DATABASE {quoted}"))
    except ServiceUnavailableError as error:
        pytest.exit(f"{error}. Start it first: docker compose up --detach --wait", 2)


@pytest.fixture(scope="session")
def migrated(stack: Settings) -> Config:
    """The empty database of the tests, at the newest migration."""
    asyncio.run(_recreate(stack, get_settings().database_url))
    config = Config(ROOT / "alembic.ini", stdout=StringIO())
    command.upgrade(config, "head")
    return config


@pytest.fixture
async def connection(migrated: Config) -> AsyncIterator[AsyncConnection]:
    """A connection whose transaction is rolled back at the end."""
    assert migrated
    engine = make_engine(get_settings(), poolclass=NullPool)
    async with engine.connect() as connection:
        transaction = await connection.begin()
        yield connection
        await transaction.rollback()


@pytest.fixture(autouse=True)
def _in_transaction(api: FastAPI, connection: AsyncConnection) -> None:
    """Let every request commit to a savepoint of that transaction."""

    async def session() -> AsyncIterator[AsyncSession]:
        async with AsyncSession(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        ) as session:
            yield session

    api.dependency_overrides[get_session] = session
