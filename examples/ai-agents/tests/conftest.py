"""Settings of the tests.

They are made here, before anything reads them, so that no test ever touches data of development.
"""

import os
from urllib.parse import urlsplit

import pytest

from src.core.config import ENV_PREFIX, Settings, get_settings

# What the environment and `.env` say. Only the integration tests look at it.
VARIABLES = dict(os.environ)
STACK = get_settings()

# A database beside the one of development, on the same server.
_NAME = f"{STACK.database_url.database}_test"
os.environ[f"{ENV_PREFIX}DATABASE_URL"] = STACK.database_url.set(database=_NAME).render_as_string(
    hide_password=False
)
# The last of the 16 databases that a server has unless it was told otherwise.
os.environ[f"{ENV_PREFIX}REDIS_URL"] = urlsplit(STACK.redis_url)._replace(path="/15").geturl()
# A broker inside the process.
os.environ[f"{ENV_PREFIX}CELERY_BROKER_URL"] = "memory://"
os.environ[f"{ENV_PREFIX}CELERY_RESULT_BACKEND"] = "cache+memory://"
# A test that looks at the log asks for it.
os.environ[f"{ENV_PREFIX}LOG_LEVEL"] = "warning"
get_settings.cache_clear()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a pipeline insist on the integration tests."""
    parser.addoption(
        "--run-integration",
        action="store_true",
        default=bool(os.environ.get("STACK_REQUIRED")),
        help="fail when the API does not answer, instead of skipping (also: STACK_REQUIRED=1)",
    )


@pytest.fixture(scope="session")
def stack() -> Settings:
    """The settings of the running stack."""
    return STACK


@pytest.fixture(scope="session")
def variables() -> dict[str, str]:
    """The environment of the running stack."""
    return VARIABLES
