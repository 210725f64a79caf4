"""Settings of the tests.

They are made here, before anything reads them, so that no test ever touches data of development.
"""

import os

import pytest

from app.core.config import ENV_PREFIX, Settings, get_settings

# What the environment and `.env` say. Only the integration tests look at it.
VARIABLES = dict(os.environ)
STACK = get_settings()

# A database beside the one of development, on the same server.
_NAME = f"{STACK.database_url.database}_test"
os.environ[f"{ENV_PREFIX}DATABASE_URL"] = STACK.database_url.set(database=_NAME).render_as_string(
    hide_password=False
)
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
