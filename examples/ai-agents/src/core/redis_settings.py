"""The settings of Redis."""

from typing import Annotated, ClassVar
from urllib.parse import quote, urlsplit

from pydantic import Field, SecretStr, field_validator

from src.core.settings import Environment, EnvironmentSettings

_SCHEMES = ("redis", "rediss")

# What Compose starts when nothing is set.
_DEVELOPMENT_PASSWORD = "dev_password_change_in_production"  # noqa: S105


class RedisSettings(EnvironmentSettings):
    """Where Redis is: one URL, or its parts."""

    fallbacks: ClassVar[dict[str, str]] = {
        "REDIS_PORT": "REDIS_PORT",
        "REDIS_PASSWORD": "REDIS_PASSWORD",
    }

    REDIS_URL: SecretStr | None = None
    REDIS_HOST: str | None = None
    REDIS_PORT: Annotated[int, Field(ge=1, le=65535)] = 6379
    REDIS_DB: Annotated[int, Field(ge=0)] = 0
    REDIS_USER: str | None = None
    REDIS_PASSWORD: SecretStr | None = None
    REDIS_TLS: bool = False

    @field_validator("REDIS_URL")
    @classmethod
    def _check_redis_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        try:
            url = urlsplit(value.get_secret_value())
            _ = url.port
        except ValueError:
            raise ValueError("is no URL such as redis://:password@host:6379/0") from None
        if url.scheme not in _SCHEMES or not url.hostname:
            raise ValueError("needs a scheme of redis or rediss, and a host")
        return value

    @property
    def redis_url(self) -> str:
        """Where the client connects to, with the login: not for a log."""
        if self.REDIS_URL is not None:
            return self.REDIS_URL.get_secret_value()
        scheme = "rediss" if self.REDIS_TLS else "redis"
        host = self.REDIS_HOST or "localhost"
        password = self.REDIS_PASSWORD.get_secret_value() if self.REDIS_PASSWORD else ""
        if not password and self.REDIS_HOST is None and self.ENVIRONMENT is Environment.DEVELOPMENT:
            password = _DEVELOPMENT_PASSWORD
        login = f"{quote(self.REDIS_USER or '', safe='')}:{quote(password, safe='')}@"
        return f"{scheme}://{login if password else ''}{host}:{self.REDIS_PORT}/{self.REDIS_DB}"

    def problems(self) -> list[str]:
        """A password may be missing, where the server asks for none; a placeholder may not be."""
        found = super().problems()
        name, password = "REDIS_PASSWORD", self.REDIS_PASSWORD
        if self.REDIS_URL is not None:
            in_url = urlsplit(self.REDIS_URL.get_secret_value()).password
            name, password = "REDIS_URL", SecretStr(in_url) if in_url else None
        return found + self.secret_problems(name, password) if password else found
