"""Logs: one line an event, as JSON in production and for the eye elsewhere."""

import json
import logging
import logging.config
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.core.config import Settings
from app.core.settings import Environment

_READABLE = "%(asctime)s %(levelname)-8s %(name)s: %(message)s"
_SUFFIX = "log"
_MEGABYTE = 2**20
_OWN_FIELDS = frozenset(
    vars(logging.makeLogRecord({})).keys() | {"asctime", "color_message", "message", "taskName"}
)

logger = logging.getLogger(__name__)


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON, with what was given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """Render the record; a stack trace stays inside its line."""
        event: dict[str, Any] = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        event |= {key: value for key, value in vars(record).items() if key not in _OWN_FIELDS}
        if record.exc_info:
            event["exception"] = self.formatException(record.exc_info)
        return json.dumps(event, default=str, ensure_ascii=False)


def _file_problem(directory: Path) -> str | None:
    """Why no log file can be written there: a folder that Docker made belongs to root."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with (directory / f"app.{_SUFFIX}").open("a"):
            return None
    except OSError as error:
        return f"No log file in {directory}: {error.strerror}"


def configure_logging(settings: Settings) -> None:
    """Send everything, the server's own lines included, to one place in one form."""
    directory = settings.LOG_DIRECTORY
    problem = _file_problem(directory) if directory else None
    handlers: dict[str, dict[str, Any]] = {
        "console": {"class": "logging.StreamHandler", "formatter": "line"}
    }
    if directory and not problem:
        handlers["file"] = {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": directory / f"app.{_SUFFIX}",
            "maxBytes": 10 * _MEGABYTE,
            "backupCount": 5,
            "encoding": "utf-8",
            "formatter": "line",
        }
    as_json = settings.ENVIRONMENT is Environment.PRODUCTION
    formatter = {"()": JsonFormatter} if as_json else {"format": _READABLE}
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": formatter},
            "handlers": handlers,
            "root": {"level": settings.log_level, "handlers": list(handlers)},
            # uvicorn has handlers of its own: without them its lines reach ours. What
            # `--no-access-log` has silenced stays silent.
            "loggers": {
                name: {
                    "level": "NOTSET",
                    "handlers": [],
                    "propagate": logging.getLogger(name).hasHandlers(),
                }
                for name in ("uvicorn", "uvicorn.access", "uvicorn.error")
            },
        }
    )
    if problem:
        logger.warning(problem)
