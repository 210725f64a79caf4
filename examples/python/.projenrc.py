"""The stack of a web shop, defined in Python. docs/python.md says how it is run."""

from __future__ import annotations

import os

from constructs import Construct
from projen import Project
from projen.python import Projenrc
from projen_stack import (
    Endpoint,
    FastApiBackend,
    HealthCheck,
    Mode,
    PortSpec,
    PostgresService,
    RedisCache,
    Resources,
    Service,
    ServiceSettings,
    SmokeCheck,
    Stack,
    Value,
    ViteFrontend,
)

# jsii tells where a construct was made only when it is asked to; errors name lines of this file then.
os.environ.setdefault("JSII_HOST_STACK_TRACES", "1")


class Mailpit(Service):
    """Keeps the mail that the shop sends, for whoever develops it to read."""

    def __init__(self, scope: Construct, id: str, *, settings: ServiceSettings | None = None) -> None:
        super().__init__(
            scope,
            id,
            description="Mail",
            image="axllent/mailpit:v1.27",
            modes=[Mode.DEVELOPMENT],
            ports=[PortSpec(name="http", port=8025), PortSpec(name="smtp", port=1025, url_scheme="smtp")],
            health_check=HealthCheck.http("/livez", port="http"),
        )
        kept = self.add_variable(
            "MAIL_KEPT", description="How many mails are kept", default_value=Value.literal("500")
        )
        self.add_environment("MP_MAX_MESSAGES", Value.of(kept))
        # What is said later wins: the words of whoever uses this class.
        if settings is not None:
            self.add_settings(settings)

    @property
    def smtp(self) -> Endpoint:
        """Where others send their mail."""
        return self.endpoint("smtp")

    def smoke_checks(self) -> list[SmokeCheck]:
        lists = SmokeCheck.http("lists its mails", port="http", path="/api/v1/messages", expect='"total"')
        return [*super().smoke_checks(), lists]


project = Project(name="shop")
Projenrc(project)
project.add_git_ignore("/.venv/")

stack = Stack(project)
postgres = PostgresService(stack, "postgres", version="17", databases=["reports"])
redis = RedisCache(stack, "redis", max_memory="128M")
backend = FastApiBackend(
    stack,
    "backend",
    title="Shop",
    database=postgres,
    cache=redis,
    resources=Resources(cpus=1, memory="512M"),
)
ViteFrontend(stack, "frontend", api=backend, app_title="Shop")

mail = Mailpit(stack, "mail", settings=ServiceSettings(labels={"owner": "checkout"}))
backend.add_environment("SMTP_URL", mail.smtp.internal_url, Mode.DEVELOPMENT)
# The keys of overrides are those of the target, here of Compose: they are not translated.
mail.add_overrides({"compose": {"oom_score_adj": 500}})

project.synth()
