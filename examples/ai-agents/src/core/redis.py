"""Redis: one pool of connections."""

import logging
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from src.core.config import get_settings
from src.core.errors import ServiceUnavailableError

logger = logging.getLogger(__name__)

NAME = "redis"

CONNECT_SECONDS = 2
COMMAND_SECONDS = 3
POOL_SECONDS = 5
POOL_MAX = 50


def make_client(url: str) -> Redis:
    """A client on which nothing waits for ever, and which tries once more before it gives up."""
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=POOL_MAX,
        timeout=POOL_SECONDS,
        socket_connect_timeout=CONNECT_SECONDS,
        socket_timeout=COMMAND_SECONDS,
        decode_responses=True,
        retry=Retry(ExponentialBackoff(cap=0.5, base=0.05), retries=1),
    )
    return Redis.from_pool(pool)


client = make_client(get_settings().redis_url)


async def get_redis() -> AsyncIterator[Redis]:
    """The client, for one request."""
    try:
        yield client
    except (RedisConnectionError, RedisTimeoutError) as error:
        raise ServiceUnavailableError(NAME, error) from error


RedisClient = Annotated[Redis, Depends(get_redis)]


class Cache:
    """Redis as a part of the API."""

    name = NAME

    async def start(self) -> None:
        """Connect early; a server that is down is one line in the log, not the end."""
        try:
            await self.check()
        except ServiceUnavailableError as error:
            logger.error("%s", error)  # noqa: TRY400  # the cause is enough
        else:
            logger.info("Redis connected successfully")

    async def stop(self) -> None:
        """Close the pool."""
        await client.aclose()

    async def check(self) -> None:
        """Use Redis once."""
        try:
            await client.ping()
        except (RedisConnectionError, RedisTimeoutError) as error:
            raise ServiceUnavailableError(NAME, error) from error


cache = Cache()
