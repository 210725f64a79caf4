"""`/api/v1/items`: create, list, get, update, delete."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Response, status
from sqlalchemy import func, select

from src.core.database import DatabaseSession
from src.models.item import Item
from src.schemas.item import ItemCreate, ItemList, ItemRead, ItemUpdate

# What an integer column holds; more would be an error of the database.
_MAX_INTEGER = 2**31 - 1

router = APIRouter(prefix="/api/v1/items", tags=["items"])


async def _find(
    session: DatabaseSession, item_id: Annotated[int, Path(ge=1, le=_MAX_INTEGER)]
) -> Item:
    item = await session.get(Item, item_id)
    if item is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"There is no item {item_id}")
    return item


FoundItem = Annotated[Item, Depends(_find)]


@router.post("", status_code=status.HTTP_201_CREATED)
async def create_item(session: DatabaseSession, body: ItemCreate, response: Response) -> ItemRead:
    """Store a new item."""
    item = Item(**body.model_dump())
    session.add(item)
    await session.commit()
    response.headers["Location"] = f"{router.prefix}/{item.id}"
    return ItemRead.model_validate(item)


@router.get("")
async def list_items(
    session: DatabaseSession,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=_MAX_INTEGER)] = 0,
) -> ItemList:
    """One page of the items, the oldest first."""
    total = await session.scalar(select(func.count()).select_from(Item))
    page = await session.scalars(select(Item).order_by(Item.id).limit(limit).offset(offset))
    return ItemList(items=[ItemRead.model_validate(item) for item in page], total=total or 0)


@router.get("/{item_id}")
async def get_item(item: FoundItem) -> ItemRead:
    """One item."""
    return ItemRead.model_validate(item)


@router.patch("/{item_id}")
async def update_item(session: DatabaseSession, item: FoundItem, body: ItemUpdate) -> ItemRead:
    """Change the fields that are given."""
    for field, value in body.model_dump(exclude_unset=True).items():
        setattr(item, field, value)
    await session.commit()
    return ItemRead.model_validate(item)


@router.delete("/{item_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_item(session: DatabaseSession, item: FoundItem) -> None:
    """Remove an item."""
    await session.delete(item)
    await session.commit()
