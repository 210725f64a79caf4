"""What the API consists of. The one place to change when a part comes or goes."""

from fastapi import APIRouter

from app.api.health import health_router
from app.api.v1.items import router as items_router
from app.core.component import Component
from app.core.database import database

COMPONENTS: tuple[Component, ...] = (
    # Started in this order, stopped in the opposite one, asked for their health together.
    database,
)

ROUTERS: tuple[APIRouter, ...] = (
    # Included in this order.
    health_router(COMPONENTS),
    items_router,
)
