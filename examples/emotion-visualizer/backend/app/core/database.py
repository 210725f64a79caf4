"""The database: one pool of connections, and a session for each request."""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from typing import Annotated, Any

import asyncpg
from fastapi import Depends
from sqlalchemy import URL, ExceptionContext, MetaData, event, text
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase

from app.core.config import Settings, get_settings
from app.core.errors import ServiceUnavailableError

logger = logging.getLogger(__name__)

NAME = "database"

CONNECT_SECONDS = 3
COMMAND_SECONDS = 10
POOL_SECONDS = 5


class Base(DeclarativeBase):
    """What all models derive from.

    Constraints get names by rule, so that a migration can change them on every database.
    """

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def _unavailable(cause: str | BaseException) -> ServiceUnavailableError:
    return ServiceUnavailableError(NAME, cause)


async def _connect(*args: Any, **kwargs: Any) -> Any:
    """Connect, with one error for all that can be in the way: refused, unknown, not ready yet."""
    try:
        return await asyncpg.connect(*args, **kwargs)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise _unavailable(error) from error


def _translate(context: ExceptionContext) -> None:
    """Tell a connection that broke, or a server that is silent, from a statement that is wrong."""
    error = context.original_exception
    lost = context.is_disconnect or isinstance(error, TimeoutError)
    if lost and not context.is_pre_ping:
        raise _unavailable(error) from error


def make_engine(
    settings: Settings, command_seconds: float | None = COMMAND_SECONDS, **options: Any
) -> AsyncEngine:
    """An engine whose errors say whether the database is down."""
    engine = create_async_engine(
        settings.database_url,
        hide_parameters=not settings.DEBUG,
        connect_args={
            "async_creator_fn": _connect,
            "timeout": CONNECT_SECONDS,
            "command_timeout": command_seconds,
            "ssl": settings.database_ssl,
        },
        **options,
    )
    event.listen(engine.sync_engine, "handle_error", _translate)
    return engine


def make_pooled_engine(settings: Settings) -> AsyncEngine:
    """The engine of a process that serves requests, on which nothing waits for ever.

    `pool_pre_ping` finds connections that broke while they were idle, so that a restart of the
    database costs no request an error afterwards.
    """
    return make_engine(
        settings,
        pool_size=settings.DB_POOL_SIZE,
        max_overflow=settings.DB_POOL_MAX - settings.DB_POOL_SIZE,
        pool_timeout=POOL_SECONDS,
        pool_pre_ping=True,
    )


engine = make_pooled_engine(get_settings())
sessions = async_sessionmaker(engine, expire_on_commit=False)


@contextmanager
def _checking_out() -> Iterator[None]:
    """Name what is in the way of a connection that the pool should have."""
    try:
        yield
    except PoolTimeoutError as error:
        raise _unavailable("every connection is in use") from error
    except TimeoutError as error:
        # The server does not even answer the ping of `pool_pre_ping`.
        raise _unavailable(error) from error


async def get_session() -> AsyncIterator[AsyncSession]:
    """A session for one request, with a connection. What is not committed is rolled back."""
    session = sessions()
    try:
        with _checking_out():
            await session.connection()
        yield session
    finally:
        # The answer is on its way: a connection that is lost now has nothing more to lose.
        with suppress(ServiceUnavailableError):
            await session.close()


DatabaseSession = Annotated[AsyncSession, Depends(get_session)]


async def ping() -> None:
    """Use the database once."""
    with _checking_out():
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))


def describe(url: URL) -> str:
    """An address without its login."""
    return f"{url.host}:{url.port or 5432}/{url.database}"


async def init_db() -> None:
    """Connect, and say to what.

    Raises:
        ServiceUnavailableError: the database does not answer.
    """
    settings = get_settings()
    await ping()
    lines = (
        "Database connected successfully",
        f"Connection URL: {describe(settings.database_url)}",
        f"Pool size: {settings.DB_POOL_SIZE}-{settings.DB_POOL_MAX} connections",
    )
    print(*(f"✓ {line}" for line in lines), sep="\n")  # noqa: T201  # for a terminal


class Database:
    """The database as a part of the API."""

    name = NAME

    async def start(self) -> None:
        """Connect early; a database that is down is one line in the log, not the end."""
        try:
            await ping()
        except ServiceUnavailableError as error:
            logger.error("%s", error)  # noqa: TRY400  # the cause is enough
        else:
            logger.info("Database connected successfully")

    async def stop(self) -> None:
        """Close the pool."""
        await engine.dispose()

    async def check(self) -> None:
        """Use the database once."""
        await ping()


database = Database()
