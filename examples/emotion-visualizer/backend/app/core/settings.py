"""What the settings of all parts have in common."""

import re
from enum import StrEnum
from typing import ClassVar, Self

from pydantic import SecretStr, model_validator
from pydantic_settings import BaseSettings

_PLACEHOLDER = re.compile(
    r"^dev[-_]|(?<![a-z])(change|placeholder|example|secret[-_ ]?key|your[-_ ])", re.IGNORECASE
)


class Environment(StrEnum):
    """Where the API runs. Only development has defaults for secrets."""

    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


def is_placeholder(secret: str) -> bool:
    """Whether a secret is one that everybody can read in a template."""
    return _PLACEHOLDER.search(secret) is not None


class EnvironmentSettings(BaseSettings):
    """Settings that know where they are used, and refuse what is unsafe there.

    A part adds its own by a subclass; `app.core.config.Settings` consists of them.
    """

    # Where else a value is looked for: under the names that Compose itself reads, which are those
    # of a root `.env`. They make that file enough for a program outside the containers.
    fallbacks: ClassVar[dict[str, str]] = {}

    ENVIRONMENT: Environment = Environment.DEVELOPMENT

    @model_validator(mode="after")
    def _refuse(self) -> Self:
        if problems := self.problems():
            raise ValueError("\n".join(problems))
        return self

    def problems(self) -> list[str]:
        """What is wrong with these values together, one line each and never with a value."""
        return []

    def env_name(self, name: str) -> str:
        """The environment variable that a setting is read from."""
        return f"{self.model_config.get('env_prefix', '')}{name}"

    def secret_problems(self, name: str, secret: SecretStr | None) -> list[str]:
        """Outside development, a secret must be there and be nobody's template."""
        if self.ENVIRONMENT is Environment.DEVELOPMENT:
            return []
        if secret is None or not secret.get_secret_value():
            return [f"{self.env_name(name)} is not set: run scripts/env.sh init"]
        if is_placeholder(secret.get_secret_value()):
            return [f"{self.env_name(name)} still holds a placeholder: run scripts/env.sh init"]
        return []
