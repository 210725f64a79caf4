"""What `alembic` runs: migrations of the database that the settings name."""

import asyncio
import subprocess
import sys
from importlib.util import find_spec
from logging.config import fileConfig

from alembic import context
from alembic.config import Config
from alembic.script import write_hooks
from sqlalchemy import Connection, NullPool, text

from src.core.config import get_settings
from src.core.database import make_engine
from src.core.errors import ServiceUnavailableError
from src.models import Base

# Any number that no other program uses as an advisory lock of this database.
_LOCK = 5_724_310_927


def _migrate(connection: Connection) -> None:
    # Two replicas may start together: the second one waits here, and finds nothing left to do.
    # The lock goes with the transaction, also when the program is killed.
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        context.run_migrations()


async def _online() -> None:
    # A migration may take its time: only connecting is limited.
    engine = make_engine(get_settings(), command_seconds=None, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_migrate)
    except ServiceUnavailableError as error:
        raise SystemExit(str(error)) from None
    await engine.dispose()


def _offline() -> None:
    """Print the SQL instead of running it (`--sql`)."""
    context.configure(
        url=get_settings().database_url,
        target_metadata=Base.metadata,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
    )
    with context.begin_transaction():
        context.run_migrations()


@write_hooks.register("format")
def _format(path: str, _options: dict[str, str]) -> None:
    """Format a new revision like all other code, where the formatter is installed."""
    if find_spec("ruff"):
        words = [sys.executable, "-m", "ruff", "format", "--quiet", path]
        subprocess.run(words, check=True)  # noqa: S603


def _configure_logging(config: Config) -> None:
    # Not when a program such as pytest runs the migrations: its logs are its own.
    if config.config_file_name and config.cmd_opts:
        fileConfig(config.config_file_name, disable_existing_loggers=False)


_configure_logging(context.config)
if context.is_offline_mode():
    _offline()
else:
    asyncio.run(_online())
