"""The API inside the process of the test."""

from collections.abc import AsyncIterator, Callable

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pydantic import AliasChoices

from src.core.config import ENV_PREFIX, Settings
from src.main import create_app


@pytest.fixture
def api() -> FastAPI:
    """An application that no other test has changed."""
    return create_app()


@pytest.fixture
async def client(api: FastAPI) -> AsyncIterator[AsyncClient]:
    """A client of it, which sees unexpected errors as a browser does."""
    transport = ASGITransport(app=api, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as session:
        yield session


@pytest.fixture
def settings_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    """Read the settings from these variables, and from nothing else."""
    for field in Settings.model_fields.values():
        assert isinstance(field.validation_alias, AliasChoices)
        for name in field.validation_alias.choices:
            monkeypatch.delenv(str(name), raising=False)
    monkeypatch.setitem(Settings.model_config, "env_file", None)

    def read(**variables: str) -> Settings:
        for name, value in variables.items():
            monkeypatch.setenv(f"{ENV_PREFIX}{name}", value)
        return Settings()

    return read
