"""Logs."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.core.config import Settings
from app.core.logging import JsonFormatter, configure_logging
from app.core.settings import Environment

SettingsOf = Callable[..., Settings]


@pytest.fixture(autouse=True)
def _restore() -> Iterator[None]:
    """Give pytest its handlers back, and the server's loggers what they had."""
    loggers = [logging.getLogger(name) for name in ("", "uvicorn", "uvicorn.access")]
    states = [(logger, logger.handlers[:], logger.level, logger.propagate) for logger in loggers]
    yield
    for logger, handlers, level, propagate in states:
        for handler in set(logger.handlers) - set(handlers):
            handler.close()
        logger.handlers, logger.level, logger.propagate = handlers, level, propagate


def test_an_event_is_one_line_of_json() -> None:
    error = ValueError("two\nlines")
    cause = (type(error), error, None)
    record = logging.LogRecord("shop", logging.ERROR, __file__, 1, "Sold %d\nhats", (3,), cause)
    record.order = "é"
    line = JsonFormatter().format(record)
    event = json.loads(line)
    assert "\n" not in line
    assert event["message"] == "Sold 3\nhats"
    assert event["level"] == "error"
    assert event["logger"] == "shop"
    assert event["order"] == "é"
    assert event["exception"].endswith("ValueError: two\nlines")
    assert set(event) == {"timestamp", "level", "logger", "message", "order", "exception"}


def test_the_servers_lines_come_in_the_same_form(
    settings_of: SettingsOf, capsys: pytest.CaptureFixture[str]
) -> None:
    access = logging.getLogger("uvicorn.access")
    access.handlers, access.propagate = [logging.StreamHandler()], False
    configure_logging(settings_of().model_copy(update={"ENVIRONMENT": Environment.PRODUCTION}))
    access.warning("GET /")
    assert json.loads(capsys.readouterr().err)["message"] == "GET /"


def test_lines_that_the_server_was_told_to_leave_out_stay_out(settings_of: SettingsOf) -> None:
    access = logging.getLogger("uvicorn.access")
    access.handlers, access.propagate = [], False
    configure_logging(settings_of())
    assert not access.hasHandlers()


def test_levels_are_honoured(settings_of: SettingsOf, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(settings_of(LOG_LEVEL="warning"))
    logging.getLogger("shop").info("quiet")
    logging.getLogger("shop").warning("loud")
    assert "quiet" not in (written := capsys.readouterr().err)
    assert "loud" in written


def test_a_file_is_written(settings_of: SettingsOf, tmp_path: Path) -> None:
    configure_logging(settings_of(LOG_DIRECTORY=str(tmp_path / "logs")))
    logging.getLogger("shop").warning("kept")
    files = list((tmp_path / "logs").iterdir())
    assert len(files) == 1
    assert "kept" in files[0].read_text()


def test_a_folder_that_cannot_be_written_is_a_warning(
    settings_of: SettingsOf, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    configure_logging(settings_of(LOG_DIRECTORY=str(tmp_path / "file" / "logs")))
    assert "No log file in" in capsys.readouterr().err
