"""Uses what docs/python.md shows, and what else the library is extended with. Prints what came of it, which e2e/python.test.mjs asserts."""

from __future__ import annotations

import json
from typing import Any

import jsii
from constructs import Construct
from house_rules import OwnerRule, PortsTarget
from projen import DockerCompose, IDockerComposeServiceName, Project
from projen_stack import (
    ConnectionStyle,
    Dockerfile,
    FastApiBackend,
    HttpApi,
    IHttpApi,
    Mode,
    PostgresService,
    Service,
    ServiceSettings,
    Stack,
    StackTesting,
    Value,
    ViteFrontend,
    ViteSettings,
)
from services import SearchService
from warehouse import Warehouse
from workflow import add_workflow


@jsii.implements(IHttpApi)
class Elsewhere:
    def http_api(self) -> HttpApi:
        return HttpApi(url=Value.literal("https://api.example.com"), prefixes=["/api"], health_path="/api/health")


@jsii.implements(IDockerComposeServiceName)
class Named:
    @property
    def service_name(self) -> str:
        return "named-in-python"


class Platform(Construct):
    """A composite: what every stack of a company begins with."""

    def __init__(self, scope: Construct, id: str, *, owner: str) -> None:
        super().__init__(scope, id)
        self.postgres = PostgresService(self, "postgres", version="17", labels={"owner": owner})
        self.search = SearchService(self, "search", settings=ServiceSettings(labels={"owner": owner}))
        Stack.of(self).add_rule(OwnerRule())


class Broken(Service):
    def troubles(self) -> list[Any]:
        raise KeyError("the text of the exception")


def new_stack(**props: Any) -> Stack:
    return Stack(Project(name="shop", outdir="never-written"), **props)


def the_page() -> dict[str, Any]:
    stack = new_stack(targets=[PortsTarget()])
    add_workflow(stack)
    platform = Platform(stack, "platform", owner="checkout")
    pages = ViteFrontend(stack, "pages", api=Elsewhere(), production=ViteSettings(replicas=2))
    before = [finding.message for finding in stack.findings() if finding.rule.rule_id == "ACME001"]
    pages.add_settings(ServiceSettings(labels={"owner": "pages"}))
    pages.add_settings(ServiceSettings(mounts=[]), Mode.DEVELOPMENT)
    platform.search.connect(Warehouse(), style=ConnectionStyle.URL)
    platform.search.add_overrides({"compose": {"oom_score_adj": -500, "healthcheck": None}}, Mode.PRODUCTION)
    return {"before": before, "files": StackTesting.synth(stack), "tasks": StackTesting.tasks(stack)}


def adjusted() -> dict[str, str]:
    stack = new_stack()
    postgres = PostgresService(stack, "postgres", version="17")
    backend = FastApiBackend(stack, "backend", database=postgres)
    backend.dockerfile.stage("production").run("echo acme > /etc/owner")
    postgres.add_init_script("10-readers.sql", "CREATE ROLE reader;\n")
    postgres.add_parameter("max_connections", "200")
    assert isinstance(backend.dockerfile, Dockerfile)
    return dict(StackTesting.synth(stack))


def of_a_dictionary() -> str:
    stack = new_stack()
    Service(stack, "web", image="nginx:1.29", ports=[{"name": "http", "port": 80, "host_port": 8081}])
    return StackTesting.synth(stack)["compose.yaml"]


def of_an_exception() -> str:
    stack = new_stack()
    Broken(stack, "web", image="nginx:1.29")
    try:
        stack.findings()
    except RuntimeError as error:
        return str(error)
    return "no exception"


def of_a_property() -> str:
    compose = DockerCompose(Project(name="shop", outdir="never-written"))
    service = compose.add_service("web", image="nginx:1.29", depends_on=[Named()])
    return [each.service_name for each in service.depends_on][0]


print(
    json.dumps(
        {
            "page": the_page(),
            "adjusted": adjusted(),
            "dictionary": of_a_dictionary(),
            "exception": of_an_exception(),
            "property": of_a_property(),
        }
    )
)
