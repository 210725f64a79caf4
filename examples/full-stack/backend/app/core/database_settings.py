"""The settings of the database."""

import ssl
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field, SecretStr, field_validator
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.core.settings import Environment, EnvironmentSettings

SslMode = Literal["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]

_DRIVER = "postgresql+asyncpg"
_SCHEMES = ("postgres", "postgresql", _DRIVER)
_MODES = ("ssl", "sslmode")

# What Compose starts when nothing is set.
_DEVELOPMENT = make_url(f"{_DRIVER}://app:dev_password_change_in_production@localhost:5432/app")


class DatabaseSettings(EnvironmentSettings):
    """Where the database is: one URL, or its parts."""

    fallbacks: ClassVar[dict[str, str]] = {
        "DB_PORT": "POSTGRES_PORT",
        "DB_NAME": "POSTGRES_DB",
        "DB_USER": "POSTGRES_USER",
        "DB_PASSWORD": "POSTGRES_PASSWORD",
    }

    DATABASE_URL: SecretStr | None = None
    DB_HOST: str = "localhost"
    DB_PORT: Annotated[int, Field(ge=1, le=65535)] = 5432
    DB_NAME: str | None = None
    DB_USER: str | None = None
    DB_PASSWORD: SecretStr | None = None
    DB_SSLMODE: SslMode = "prefer"
    DB_POOL_SIZE: Annotated[int, Field(ge=1)] = 5
    DB_POOL_MAX: Annotated[int, Field(ge=1)] = 20

    @field_validator("DATABASE_URL")
    @classmethod
    def _check_database_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        try:
            url = make_url(value.get_secret_value())
        except (ArgumentError, ValueError):
            raise ValueError(
                "is no URL such as postgresql://user:password@host:5432/name"
            ) from None
        mode = next((url.query[name] for name in _MODES if name in url.query), None)
        if mode is not None and mode not in get_args(SslMode):
            raise ValueError(f"has an sslmode that is none of {', '.join(get_args(SslMode))}")
        if url.drivername not in _SCHEMES or not url.host or not url.database:
            raise ValueError("needs a scheme of postgresql, a host and a name of a database")
        return value

    @property
    def _given_url(self) -> URL:
        if self.DATABASE_URL is not None:
            return make_url(self.DATABASE_URL.get_secret_value())
        password = self.DB_PASSWORD.get_secret_value() if self.DB_PASSWORD else None
        return URL.create(
            _DRIVER,
            username=self.DB_USER or _DEVELOPMENT.username,
            password=password or _DEVELOPMENT.password,
            host=self.DB_HOST,
            port=self.DB_PORT,
            database=self.DB_NAME or _DEVELOPMENT.database,
        )

    @property
    def database_url(self) -> URL:
        """Where the driver connects to. Made of parts, so that a password may hold anything."""
        return self._given_url.difference_update_query(_MODES).set(drivername=_DRIVER)

    @property
    def database_ssl(self) -> str | ssl.SSLContext:
        """How asyncpg encrypts.

        libpq's modes of `DB_SSLMODE`, or of the URL's `sslmode`. A server is verified against the
        authorities of the system, or those that `SSL_CERT_FILE` names.
        """
        query = self._given_url.query
        mode = next((str(query[name]) for name in _MODES if name in query), self.DB_SSLMODE)
        if mode not in {"verify-ca", "verify-full"}:
            return mode
        context = ssl.create_default_context()
        context.check_hostname = mode == "verify-full"
        return context

    def problems(self) -> list[str]:
        """What must not be used outside development, and a pool that cannot be."""
        found = super().problems()
        if self.DB_POOL_MAX < self.DB_POOL_SIZE:
            found.append(
                f"{self.env_name('DB_POOL_MAX')} is less than {self.env_name('DB_POOL_SIZE')}"
            )
        if self.DATABASE_URL is not None:
            password = SecretStr(self._given_url.password or "")
            return found + self.secret_problems("DATABASE_URL", password)
        found += self.secret_problems("DB_PASSWORD", self.DB_PASSWORD)
        if self.ENVIRONMENT is not Environment.DEVELOPMENT:
            found += [
                f"{self.env_name(name)} is not set"
                for name in ("DB_NAME", "DB_USER")
                if getattr(self, name) is None
            ]
        return found
