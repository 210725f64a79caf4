"""Tasks, with a broker in memory and a worker in a thread."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from celery.contrib.testing.worker import start_worker
from httpx import AsyncClient

from src.api.v1 import tasks
from src.core.config import Settings
from src.tasks.sample import count_words, tick
from src.worker import celery, make_celery

TASKS = "/api/v1/tasks"


@pytest.fixture
def _worker() -> Iterator[None]:
    """A worker that takes tasks from the broker of the tests."""
    with start_worker(celery, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        yield


def test_words_are_counted() -> None:
    assert count_words("one  two\nthree ") == 3


def test_a_tick_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        tick()
    assert caplog.messages == ["The schedule is kept"]


def test_what_the_schedule_names_is_there() -> None:
    celery.loader.import_default_modules()
    for entry in celery.conf.beat_schedule.values():
        assert entry["task"] in celery.tasks


async def finished(client: AsyncClient, location: str) -> dict[str, Any]:
    """What became of a task, as soon as it is done."""
    async with asyncio.timeout(20):
        while True:
            response = await client.get(location)
            assert response.status_code == 200
            task: dict[str, Any] = response.json()
            if task["state"] in {"SUCCESS", "FAILURE"}:
                return task
            await asyncio.sleep(0.05)


@pytest.mark.usefixtures("_worker")
async def test_a_task_is_put_in_and_done(client: AsyncClient) -> None:
    response = await client.post(TASKS, json={"text": "one two"})
    assert response.status_code == 202
    task = response.json()
    assert response.headers["location"] == f"{TASKS}/{task['id']}"
    assert task["state"] == "PENDING"
    assert await finished(client, response.headers["location"]) == {
        "id": task["id"],
        "state": "SUCCESS",
        "result": 2,
    }


async def test_a_failure_is_shown_without_its_cause(client: AsyncClient) -> None:
    task_id = str(uuid4())
    celery.backend.store_result(task_id, ValueError("password=123"), "FAILURE")
    response = await client.get(f"{TASKS}/{task_id}")
    assert response.json() == {"id": task_id, "state": "FAILURE", "result": None}


async def test_an_unknown_task_is_pending(client: AsyncClient) -> None:
    response = await client.get(f"{TASKS}/{uuid4()}")
    assert response.json()["state"] == "PENDING"


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": 1}, {"text": "a", "more": 1}])
async def test_a_body_that_is_refused(client: AsyncClient, body: object) -> None:
    assert (await client.post(TASKS, json=body)).status_code == 422


async def test_an_id_that_is_none_is_refused(client: AsyncClient) -> None:
    assert (await client.get(f"{TASKS}/1")).status_code == 422


async def test_a_broker_that_is_down_is_named(
    client: AsyncClient, settings_of: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    down = make_celery(settings_of(CELERY_BROKER_URL="redis://127.0.0.1:1/0"))
    monkeypatch.setattr(tasks, "celery", down)
    monkeypatch.setattr(tasks, "count_words", down.task(count_words.run))
    put = await client.post(TASKS, json={"text": "one"})
    asked = await client.get(f"{TASKS}/{uuid4()}")
    for response in (put, asked):
        assert response.status_code == 503
        assert response.json() == {"detail": "broker unavailable"}
