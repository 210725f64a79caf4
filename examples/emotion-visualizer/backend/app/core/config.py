"""The settings: read from the environment, then from `.env`, and checked once."""

import os
import sys
from functools import lru_cache
from multiprocessing import parent_process
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, AliasGenerator, SecretStr, ValidationError, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict
from uvicorn.config import STARTUP_FAILURE

from app.core.cors import cors_options
from app.core.database_settings import DatabaseSettings
from app.core.settings import Environment, EnvironmentSettings

# What the names of all settings begin with.
ENV_PREFIX = ""

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]

_DEVELOPMENT_KEY = SecretStr("dev_secret_key_change_in_production")
_KEY_LENGTH = 32
_LOCAL_ORIGINS = ("http://localhost:3000",)


def _env_files() -> tuple[Path, ...]:
    """The `.env` of the repository and that of the backend's own folder; the nearer one wins."""
    backend = Path(__file__).resolve().parents[2]
    is_repository = (backend / ".git").exists()
    folders = (backend,) if is_repository else (backend.parent, backend)
    return tuple(folder / ".env" for folder in folders)


def _secrets_folder() -> str | None:
    """Where a cluster keeps each secret in a file that is called as its variable."""
    return os.environ.get("SECRETS_DIR") or None


def _variables(setting: str) -> AliasChoices:
    """The environment variables that a setting may come from, the first one found wins."""
    others = (part.fallbacks.get(setting) for part in EnvironmentSettings.__subclasses__())
    return AliasChoices(f"{ENV_PREFIX}{setting}", *filter(None, others))


class Settings(
    DatabaseSettings,
    EnvironmentSettings,
):
    """Everything that differs from one place to another. The names are those of the variables."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX,
        alias_generator=AliasGenerator(validation_alias=_variables),
        env_file=_env_files(),
        secrets_dir=_secrets_folder(),
        env_ignore_empty=True,
        case_sensitive=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    APP_NAME: str = "Backend"
    APP_VERSION: str = "1.0.0"
    DEBUG: bool = False
    LOG_LEVEL: LogLevel | None = None
    LOG_DIRECTORY: Path | None = None
    SECRET_KEY: SecretStr | None = None
    ALLOWED_ORIGINS: Annotated[tuple[str, ...] | None, NoDecode] = None

    @field_validator("LOG_LEVEL", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("ALLOWED_ORIGINS", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(origin.strip() for origin in value.split(",") if origin.strip())
        return value

    @field_validator("ALLOWED_ORIGINS")
    @classmethod
    def _are_origins(cls, value: tuple[str, ...] | None) -> tuple[str, ...] | None:
        cors_options(value or ())
        return value

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """`ALLOWED_ORIGINS`; without it a local frontend, and nobody outside development."""
        if self.ALLOWED_ORIGINS is not None:
            return self.ALLOWED_ORIGINS
        return _LOCAL_ORIGINS if self.ENVIRONMENT is Environment.DEVELOPMENT else ()

    @property
    def log_level(self) -> LogLevel:
        """`LOG_LEVEL`; without it, `DEBUG` decides."""
        return self.LOG_LEVEL or ("DEBUG" if self.DEBUG else "INFO")

    @property
    def secret_key(self) -> SecretStr:
        """What signatures are made with."""
        return self.SECRET_KEY or _DEVELOPMENT_KEY

    def problems(self) -> list[str]:
        """What must not be used outside development."""
        found = self.secret_problems("SECRET_KEY", self.SECRET_KEY)
        if (
            not found
            and self.ENVIRONMENT is not Environment.DEVELOPMENT
            and len(self.secret_key.get_secret_value()) < _KEY_LENGTH
        ):
            found.append(
                f"{self.env_name('SECRET_KEY')} has fewer than {_KEY_LENGTH} characters:"
                " run scripts/env.sh init"
            )
        return [*found, *super().problems()]


def explain(error: ValidationError) -> str:
    """One line for each setting that is wrong, with its name and without its value."""
    lines = []
    for problem in error.errors(include_url=False, include_input=False, include_context=False):
        message = problem["msg"].removeprefix("Value error, ")
        name = ".".join(str(part) for part in problem["loc"])
        lines.append(f"{name}: {message}" if name else message)
    return "\n".join(lines)


def _status() -> int:
    """How to end: uvicorn starts a worker again and again, unless it ends with this status."""
    return 1 if parent_process() is None else STARTUP_FAILURE


@lru_cache
def get_settings() -> Settings:
    """The settings of this process.

    Wrong ones end it with a line for each: an operator needs the name, not a stack trace.
    """
    try:
        return Settings()
    except ValidationError as error:
        sys.stderr.write(f"{explain(error)}\n")
        raise SystemExit(_status()) from None
