"""What the API consists of. The one place to change when a part comes or goes."""

from fastapi import APIRouter

from app.api.health import health_router
from app.api.v1.items import router as items_router  # part: database
from app.api.v1.tasks import router as tasks_router  # part: celery
from app.core.component import Component
from app.core.database import database  # part: database
from app.core.redis import cache  # part: redis
from app.worker import broker  # part: celery

COMPONENTS: tuple[Component, ...] = (
    # Started in this order, stopped in the opposite one, asked for their health together.
    database,  # part: database
    cache,  # part: redis
    broker,  # part: celery
)

ROUTERS: tuple[APIRouter, ...] = (
    # Included in this order.
    health_router(COMPONENTS),
    items_router,  # part: database
    tasks_router,  # part: celery
)
