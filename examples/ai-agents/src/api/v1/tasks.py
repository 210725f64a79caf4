"""`/api/v1/tasks`: put a task in, and ask what became of it."""

import asyncio
from typing import Annotated
from uuid import UUID

from celery.result import denied_join_result
from fastapi import APIRouter, Response, status
from pydantic import BaseModel, ConfigDict, StringConstraints

from src.tasks.sample import count_words
from src.worker import broker_errors, celery

router = APIRouter(prefix="/api/v1/tasks", tags=["tasks"])


class TaskCreate(BaseModel):
    """A text whose words are to be counted."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]


class TaskRead(BaseModel):
    """What became of a task. The result is there when the state is `SUCCESS`."""

    id: UUID
    state: str
    result: int | None = None


def _put(text: str) -> str:
    # Celery subscribes to every result, for somebody who waits for it. Here nobody does.
    with broker_errors(), denied_join_result():
        return str(count_words.apply_async((text,), retry=False).id)


def _ask(task_id: str) -> TaskRead:
    with broker_errors():
        found = celery.backend.get_task_meta(task_id)
    state = found["status"]
    return TaskRead(id=task_id, state=state, result=found["result"] if state == "SUCCESS" else None)


@router.post("", status_code=status.HTTP_202_ACCEPTED)
async def create_task(body: TaskCreate, response: Response) -> TaskRead:
    """Put a task in. Celery blocks, so a thread does it."""
    task_id = await asyncio.to_thread(_put, body.text)
    response.headers["Location"] = f"{router.prefix}/{task_id}"
    return TaskRead(id=task_id, state="PENDING")


@router.get("/{task_id}")
async def get_task(task_id: UUID) -> TaskRead:
    """The state of a task. One that nobody has put in is `PENDING` too: Celery cannot tell."""
    return await asyncio.to_thread(_ask, str(task_id))
