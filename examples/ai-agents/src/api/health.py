"""Whether the API works, and with it everything that it depends on."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from fastapi import APIRouter, status
from fastapi.responses import JSONResponse

from src.core.component import Component
from src.core.config import get_settings
from src.core.errors import ServiceUnavailableError

logger = logging.getLogger(__name__)

CHECK_SECONDS = 3.0
_CONNECTED = "connected"


async def _status(component: Component) -> str:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            await component.check()
    except ServiceUnavailableError as error:
        cause = error.cause
    except TimeoutError:
        cause = f"no answer within {CHECK_SECONDS:g} s"
    except Exception as error:
        logger.exception("The check of %s failed", component.name)
        cause = type(error).__name__
    else:
        return _CONNECTED
    logger.warning("%s unavailable: %s", component.name, cause)
    return f"unavailable: {cause}"


def health_router(components: Sequence[Component]) -> APIRouter:
    """The routes that orchestrators ask."""
    router = APIRouter(tags=["health"])

    @router.get("/health/live")
    async def live() -> dict[str, str]:
        """Whether the process answers. Touches nothing else."""
        return {"status": "alive"}

    @router.get("/health", responses={503: {"description": "A dependency cannot be used"}})
    @router.get("/api/v1/ready", responses={503: {"description": "A dependency cannot be used"}})
    async def health() -> JSONResponse:
        """Whether requests can be served: asks every dependency at once."""
        states = await asyncio.gather(*(_status(component) for component in components))
        healthy = all(state == _CONNECTED for state in states)
        names = (component.name for component in components)
        return JSONResponse(
            {
                "status": "healthy" if healthy else "unhealthy",
                "api": "operational",
                **dict(zip(names, states, strict=True)),
                "version": get_settings().APP_VERSION,
                "timestamp": datetime.now(UTC).isoformat(),
            },
            status.HTTP_200_OK if healthy else status.HTTP_503_SERVICE_UNAVAILABLE,
        )

    return router
