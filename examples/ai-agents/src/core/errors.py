"""How failures are answered: never with a stack trace, always with a line in the log."""

import logging

from fastapi import FastAPI, Request, status
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

logger = logging.getLogger(__name__)


class ServiceUnavailableError(Exception):
    """Something that the API depends on does not answer.

    `cause` is one line without secrets: it is logged, and shown by `/health`. Clients name hosts
    and users in their errors, never passwords.
    """

    def __init__(self, service: str, cause: str | BaseException) -> None:
        self.service = service
        self.cause = cause if isinstance(cause, str) else _line(cause)
        super().__init__(f"{service} unavailable: {self.cause}")


def _line(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__


async def _unavailable(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ServiceUnavailableError)
    logger.error("%s: %s %s", error, request.method, request.url.path)
    return JSONResponse(
        {"detail": f"{error.service} unavailable"}, status.HTTP_503_SERVICE_UNAVAILABLE
    )


async def _unexpected(_request: Request, _error: Exception) -> JSONResponse:
    # The server logs it with its stack trace after this answer.
    return JSONResponse({"detail": "internal server error"}, status.HTTP_500_INTERNAL_SERVER_ERROR)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    """As FastAPI answers, without what was sent: that may be a secret, or no valid Unicode."""
    assert isinstance(error, RequestValidationError)
    detail = [{key: problem[key] for key in ("type", "loc", "msg")} for problem in error.errors()]
    return JSONResponse({"detail": detail}, status.HTTP_422_UNPROCESSABLE_CONTENT)


def add_error_handlers(api: FastAPI) -> None:
    """Answer failures that no endpoint expects."""
    api.add_exception_handler(ServiceUnavailableError, _unavailable)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(Exception, _unexpected)
