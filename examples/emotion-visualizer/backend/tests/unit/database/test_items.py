"""The sample resource."""

from datetime import datetime
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

ITEMS = "/api/v1/items"


async def create(client: AsyncClient, **body: Any) -> dict[str, Any]:
    """A stored item."""
    response = await client.post(ITEMS, json=body)
    assert response.status_code == 201, response.text
    item: dict[str, Any] = response.json()
    return item


async def test_create(client: AsyncClient) -> None:
    response = await client.post(ITEMS, json={"name": " Hat ", "description": "of\nfelt"})
    assert response.status_code == 201
    item = response.json()
    assert response.headers["location"] == f"{ITEMS}/{item['id']}"
    assert datetime.fromisoformat(item.pop("created_at")).tzinfo is not None
    assert item == {"id": item["id"], "name": "Hat", "description": "of\nfelt"}


async def test_get(client: AsyncClient) -> None:
    item = await create(client, name="Hat")
    response = await client.get(f"{ITEMS}/{item['id']}")
    assert response.status_code == 200
    assert response.json() == item


async def test_list_is_paged_and_ordered(client: AsyncClient) -> None:
    made = [await create(client, name=name) for name in ("c", "a", "b")]
    response = await client.get(ITEMS, params={"limit": 2, "offset": 1})
    assert response.status_code == 200
    assert response.json() == {"items": made[1:], "total": 3}


async def test_update_changes_only_what_is_given(client: AsyncClient) -> None:
    item = await create(client, name="Hat", description="of felt")
    response = await client.patch(f"{ITEMS}/{item['id']}", json={"name": "Cap"})
    assert response.status_code == 200
    assert response.json() == {**item, "name": "Cap"}
    await client.patch(f"{ITEMS}/{item['id']}", json={"description": None})
    stored = await client.get(f"{ITEMS}/{item['id']}")
    assert stored.json() == {**item, "name": "Cap", "description": None}


async def test_delete(client: AsyncClient) -> None:
    item = await create(client, name="Hat")
    response = await client.delete(f"{ITEMS}/{item['id']}")
    assert response.status_code == 204
    assert response.content == b""
    assert (await client.get(f"{ITEMS}/{item['id']}")).status_code == 404


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
async def test_an_item_that_is_not_there(client: AsyncClient, method: str) -> None:
    json = {"name": "Cap"} if method == "PATCH" else None
    response = await client.request(method, f"{ITEMS}/2147483647", json=json)
    assert response.status_code == 404
    assert response.json() == {"detail": "There is no item 2147483647"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "   "},
        {"name": None},
        {"name": 1},
        {"name": "x" * 201},
        {"name": "a\0b"},
        {"name": "a", "description": "a\0b"},
        {"name": "a", "colour": "red"},
        [],
    ],
)
async def test_a_body_that_is_refused(client: AsyncClient, body: object) -> None:
    assert (await client.post(ITEMS, json=body)).status_code == 422


@pytest.mark.parametrize("body", [b'{"name": "\\ud800"}', b'{"name": "a", "\\ud800": 1}'])
async def test_a_text_that_is_no_unicode_is_refused(client: AsyncClient, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    response = await client.post(ITEMS, content=body, headers=headers)
    assert response.status_code == 422


@pytest.mark.parametrize(
    "body", [{"name": ""}, {"name": None}, {"id": 1}, {"description": "x" * 10_001}]
)
async def test_an_update_that_is_refused(client: AsyncClient, body: object) -> None:
    item = await create(client, name="Hat")
    assert (await client.patch(f"{ITEMS}/{item['id']}", json=body)).status_code == 422


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "offset=-1", "offset=9223372036854775808"]
)
async def test_a_page_that_is_refused(client: AsyncClient, query: str) -> None:
    assert (await client.get(f"{ITEMS}?{query}")).status_code == 422


@pytest.mark.parametrize("item_id", ["0", "-1", "2147483648", "x"])
async def test_an_id_that_no_item_can_have(client: AsyncClient, item_id: str) -> None:
    assert (await client.get(f"{ITEMS}/{item_id}")).status_code == 422


@pytest.mark.parametrize("run", [1, 2])
async def test_nothing_is_kept_between_tests(
    client: AsyncClient, connection: AsyncConnection, run: int
) -> None:
    assert await connection.scalar(text("SELECT count(*) FROM items")) == 0
    await create(client, name=f"of run {run}")
    assert await connection.scalar(text("SELECT count(*) FROM items")) == 1
