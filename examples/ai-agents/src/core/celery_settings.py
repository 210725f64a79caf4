"""The settings of Celery."""

from typing import Annotated, ClassVar
from urllib.parse import quote, urlsplit

from pydantic import Field, SecretStr

from src.core.settings import Environment, EnvironmentSettings

# What Compose starts when nothing is set.
_DEVELOPMENT_PASSWORD = "dev_password_change_in_production"  # noqa: S105


class CelerySettings(EnvironmentSettings):
    """Where tasks are put, and where their results are kept."""

    fallbacks: ClassVar[dict[str, str]] = {
        "CELERY_BROKER_PORT": "REDIS_PORT",
        "CELERY_BROKER_PASSWORD": "REDIS_PASSWORD",
    }

    CELERY_BROKER_URL: SecretStr | None = None
    CELERY_RESULT_BACKEND: SecretStr | None = None

    # For a program outside the containers, in development and without a URL.
    CELERY_BROKER_PORT: Annotated[int, Field(ge=1, le=65535)] = 6379
    CELERY_BROKER_PASSWORD: SecretStr = SecretStr(_DEVELOPMENT_PASSWORD)

    @property
    def celery_broker_url(self) -> str:
        """Where tasks are put, with the login: not for a log."""
        if self.CELERY_BROKER_URL is not None:
            return self.CELERY_BROKER_URL.get_secret_value()
        password = quote(self.CELERY_BROKER_PASSWORD.get_secret_value(), safe="")
        return f"redis://:{password}@localhost:{self.CELERY_BROKER_PORT}/1"

    @property
    def celery_result_backend(self) -> str:
        """Where results are kept: with the tasks, unless it is said."""
        if self.CELERY_RESULT_BACKEND is not None:
            return self.CELERY_RESULT_BACKEND.get_secret_value()
        return self.celery_broker_url

    def problems(self) -> list[str]:
        """A URL may have no password, where the server asks for none; a placeholder may not be."""
        found = super().problems()
        if self.CELERY_BROKER_URL is None and self.ENVIRONMENT is not Environment.DEVELOPMENT:
            found.append(f"{self.env_name('CELERY_BROKER_URL')} is not set")
        for name in ("CELERY_BROKER_URL", "CELERY_RESULT_BACKEND"):
            url: SecretStr | None = getattr(self, name)
            password = urlsplit(url.get_secret_value()).password if url else None
            if password:
                found += self.secret_problems(name, SecretStr(password))
        return found
