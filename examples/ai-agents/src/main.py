"""The application: `uvicorn src.main:app`."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from src.core.config import get_settings
from src.core.cors import cors_options
from src.core.errors import add_error_handlers
from src.core.logging import configure_logging
from src.wiring import COMPONENTS, ROUTERS


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Start what the API depends on, and stop it in any case."""
    async with AsyncExitStack() as stack:
        for component in COMPONENTS:
            stack.push_async_callback(component.stop)
            await component.start()
        yield


def create_app() -> FastAPI:
    """Make the application."""
    settings = get_settings()
    api = FastAPI(title=settings.APP_NAME, version=settings.APP_VERSION, lifespan=lifespan)
    api.add_middleware(CORSMiddleware, **cors_options(settings.allowed_origins))
    add_error_handlers(api)
    for router in ROUTERS:
        api.include_router(router)

    @api.get("/", tags=["root"])
    async def root() -> dict[str, str]:
        """Say who answers."""
        return {
            "message": f"{settings.APP_NAME} API",
            "status": "running",
            "version": settings.APP_VERSION,
        }

    return api


configure_logging(get_settings())
app = create_app()
