"""Celery: `celery -A src.worker worker`, and `celery -A src.worker beat` for the schedule."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from celery import Celery, signals
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from src.core.config import Settings, get_settings
from src.core.errors import ServiceUnavailableError
from src.core.logging import configure_logging

logger = logging.getLogger(__name__)

NAME = "broker"

CONNECT_SECONDS = 2
SOCKET_SECONDS = 5

# A task that takes longer is told so, and ended a little later.
SOFT_LIMIT = timedelta(minutes=9)
HARD_LIMIT = timedelta(minutes=10)


def make_celery(settings: Settings) -> Celery:
    """Celery with these settings, on which nothing that the API asks waits for ever."""
    made = Celery(
        "src",
        broker=settings.celery_broker_url,
        backend=settings.celery_result_backend,
        include=["src.tasks.sample"],
    )
    sockets = {
        "socket_connect_timeout": CONNECT_SECONDS,
        "socket_timeout": SOCKET_SECONDS,
        "socket_keepalive": True,
    }
    made.conf.update(
        timezone="UTC",
        # A worker takes only what it works on: the rest is free for others, and survives a stop.
        worker_prefetch_multiplier=1,
        worker_cancel_long_running_tasks_on_connection_loss=True,
        broker_connection_retry_on_startup=True,
        # A task that nobody has confirmed by then is given to another worker.
        broker_transport_options={**sockets, "visibility_timeout": 2 * HARD_LIMIT.seconds},
        broker_connection_timeout=CONNECT_SECONDS,
        result_backend_thread_safe=True,
        result_backend_transport_options={"retry_policy": {"timeout": SOCKET_SECONDS}},
        result_expires=timedelta(days=1),
        redis_socket_connect_timeout=CONNECT_SECONDS,
        redis_socket_timeout=SOCKET_SECONDS,
        redis_socket_keepalive=True,
        task_soft_time_limit=SOFT_LIMIT.seconds,
        task_time_limit=HARD_LIMIT.seconds,
        task_track_started=True,
        beat_schedule={
            "tick": {"task": "sample.tick", "schedule": timedelta(minutes=1)},
        },
    )
    return made


celery = make_celery(get_settings())


@signals.setup_logging.connect
def _configure_logging(**_: Any) -> None:
    """Log as the API does, but not to its file: several programs cannot rotate one."""
    configure_logging(get_settings().model_copy(update={"LOG_DIRECTORY": None}))


@contextmanager
def broker_errors() -> Iterator[None]:
    """Tell a broker that is down from a mistake of ours."""
    try:
        yield
    except (OperationalError, RedisError, OSError) as error:
        raise ServiceUnavailableError(NAME, error) from error


def ping(program: Celery = celery) -> None:
    """Use the broker once. Blocks.

    Raises:
        ServiceUnavailableError: it cannot be used at this moment.
    """
    with broker_errors(), program.connection_for_write() as connection:
        connection.ensure_connection(max_retries=0, timeout=CONNECT_SECONDS)


class Broker:
    """The broker as a part of the API, which only puts tasks in."""

    name = NAME

    async def start(self) -> None:
        """Connect early; a broker that is down is one line in the log, not the end."""
        try:
            await self.check()
        except ServiceUnavailableError as error:
            logger.error("%s", error)  # noqa: TRY400  # the cause is enough
        else:
            logger.info("Broker connected successfully")

    async def stop(self) -> None:
        """Close every connection."""
        await asyncio.to_thread(celery.close)

    async def check(self) -> None:
        """Use the broker once, in a thread: Celery blocks."""
        await asyncio.to_thread(ping)


broker = Broker()
