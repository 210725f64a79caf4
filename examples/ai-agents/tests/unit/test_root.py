"""What every application of this kind answers."""

import logging

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from src.core.config import get_settings
from src.core.errors import ServiceUnavailableError
from src.main import lifespan


async def test_root_says_who_answers(client: AsyncClient) -> None:
    response = await client.get("/")
    assert response.status_code == 200
    assert response.json() == {
        "message": f"{get_settings().APP_NAME} API",
        "status": "running",
        "version": "1.0.0",
    }


async def test_what_the_api_depends_on_is_started_and_stopped(
    api: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    class Part:
        def __init__(self, name: str) -> None:
            self.name = name

        async def start(self) -> None:
            calls.append(f"start {self.name}")

        async def stop(self) -> None:
            calls.append(f"stop {self.name}")

        async def check(self) -> None:
            calls.append(f"check {self.name}")

    monkeypatch.setattr(f"{lifespan.__module__}.COMPONENTS", (Part("one"), Part("two")))
    async with lifespan(api):
        calls.append("serve")
    assert calls == ["start one", "start two", "serve", "stop two", "stop one"]


async def test_docs_load(client: AsyncClient) -> None:
    response = await client.get("/docs")
    assert response.status_code == 200
    assert "swagger" in response.text.lower()


async def test_a_page_of_an_allowed_origin_may_call(client: AsyncClient) -> None:
    origin = {"Origin": "http://localhost:3000", "Access-Control-Request-Method": "GET"}
    response = await client.options("/", headers=origin)
    assert response.headers["access-control-allow-origin"] == "http://localhost:3000"


async def test_a_page_of_another_origin_may_not(client: AsyncClient) -> None:
    origin = {"Origin": "http://evil.example", "Access-Control-Request-Method": "GET"}
    response = await client.options("/", headers=origin)
    assert response.status_code == 400
    assert "access-control-allow-origin" not in response.headers


async def test_an_unexpected_error_is_answered_without_its_details(
    api: FastAPI, client: AsyncClient
) -> None:
    @api.get("/broken")
    async def broken() -> None:
        raise RuntimeError("the password is 123")

    response = await client.get("/broken")
    assert response.status_code == 500
    assert response.json() == {"detail": "internal server error"}


async def test_a_failing_dependency_is_answered_and_logged_with_its_cause(
    api: FastAPI, client: AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    @api.get("/down")
    async def down() -> None:
        raise ServiceUnavailableError("mail", OSError("refused\nby 10.0.0.1"))

    with caplog.at_level(logging.ERROR):
        response = await client.get("/down")
    assert response.status_code == 503
    assert response.json() == {"detail": "mail unavailable"}
    assert caplog.messages == ["mail unavailable: refused: GET /down"]
