"""Migrations: they lead to what the models say, and back."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import NullPool, text

from app.core.config import get_settings
from app.core.database import make_engine

ROOT = Path(__file__).parents[3]

WAITING = text(
    "SELECT locktype FROM pg_locks JOIN pg_database ON pg_database.oid = database"
    " WHERE NOT granted AND datname = current_database() ORDER BY locktype"
)


def test_the_models_need_no_further_migration(migrated: Config) -> None:
    command.check(migrated)


def test_every_migration_can_be_taken_back(migrated: Config) -> None:
    command.downgrade(migrated, "base")
    command.upgrade(migrated, "head")
    command.check(migrated)


async def alembic(*words: str) -> Process:
    """A running `alembic`."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "alembic", *words, cwd=ROOT, stderr=PIPE
    )


async def test_two_at_once_wait_for_each_other(migrated: Config) -> None:
    assert migrated
    engine = make_engine(get_settings(), poolclass=NullPool)
    async with engine.connect() as reader, engine.connect() as blocker:
        # The first one cannot go on: the second one must wait for it, and not for the table.
        await blocker.execute(text("LOCK TABLE items IN ACCESS EXCLUSIVE MODE"))
        running = [await alembic("downgrade", "base") for _ in range(2)]
        for _ in range(300):
            await asyncio.sleep(0.1)
            waiting = (await reader.scalars(WAITING)).all()
            if len(waiting) == len(running):
                break
    ended = [(await process.communicate(), process.returncode) for process in running]
    assert [status for _, status in ended] == [0, 0], ended
    assert waiting == ["advisory", "relation"]
    assert await (await alembic("upgrade", "head")).wait() == 0
