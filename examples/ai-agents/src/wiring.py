"""What the API consists of. The one place to change when a part comes or goes."""

from fastapi import APIRouter

from src.api.health import health_router
from src.api.v1.items import router as items_router
from src.api.v1.tasks import router as tasks_router
from src.core.component import Component
from src.core.database import database
from src.core.redis import cache
from src.worker import broker

COMPONENTS: tuple[Component, ...] = (
    # Started in this order, stopped in the opposite one, asked for their health together.
    database,
    cache,
    broker,
)

ROUTERS: tuple[APIRouter, ...] = (
    # Included in this order.
    health_router(COMPONENTS),
    items_router,
    tasks_router,
)
