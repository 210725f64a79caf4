"""The API of the running stack."""

import os
from collections.abc import AsyncIterator

import httpx
import pytest

API_URL = os.environ.get("API_URL", "http://localhost:8000")


@pytest.fixture(scope="session", autouse=True)
def _running(request: pytest.FixtureRequest) -> None:
    """Skip these tests where no stack runs, unless somebody insists on them."""
    try:
        httpx.get(f"{API_URL}/health/live", timeout=5).raise_for_status()
    except httpx.HTTPError as error:
        reason = f"no API answers at {API_URL} ({error}): start the stack, or set API_URL"
        if request.config.getoption("--run-integration"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture
async def api() -> AsyncIterator[httpx.AsyncClient]:
    """A client of the running API."""
    async with httpx.AsyncClient(base_url=API_URL, timeout=15) as client:
        yield client
