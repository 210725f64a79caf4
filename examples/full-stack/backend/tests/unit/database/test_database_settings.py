"""Where the database is."""

import ssl
from collections.abc import Callable

import pytest
from pydantic import ValidationError

from app.core.config import ENV_PREFIX, Settings, explain

SettingsOf = Callable[..., Settings]


def test_what_compose_starts_is_found_without_settings(settings_of: SettingsOf) -> None:
    url = settings_of().database_url
    assert url.render_as_string(hide_password=False) == (
        "postgresql+asyncpg://app:dev_password_change_in_production@localhost:5432/app"
    )


def test_a_root_env_file_is_enough(
    settings_of: SettingsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_of()
    for name, value in {"PORT": "5433", "DB": "shop", "USER": "owner", "PASSWORD": "pw"}.items():
        monkeypatch.setenv(f"POSTGRES_{name}", value)
    url = settings_of().database_url
    assert url.render_as_string(hide_password=False) == (
        "postgresql+asyncpg://owner:pw@localhost:5433/shop"
    )
    assert settings_of(DB_PORT="5432", DB_NAME="other").database_url.port == 5432


def test_parts_may_hold_anything(settings_of: SettingsOf) -> None:
    password = "p@ss:/w#rd%20?"
    settings = settings_of(
        DB_HOST="db", DB_PORT="6543", DB_NAME="sh/op", DB_USER="us@er", DB_PASSWORD=password
    )
    url = settings.database_url
    assert (url.host, url.port, url.database) == ("db", 6543, "sh/op")
    assert (url.username, url.password) == ("us@er", password)
    assert password not in f"{settings!r} {url!r} {url}"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_a_url_wins(settings_of: SettingsOf, scheme: str) -> None:
    settings = settings_of(DATABASE_URL=f"{scheme}://u:p%40@db:1234/name", DB_HOST="other")
    url = settings.database_url
    assert url.drivername == "postgresql+asyncpg"
    assert (url.host, url.port, url.database, url.password) == ("db", 1234, "name", "p@")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:secret@db/name",
        "postgresql://u:secret@db",
        "postgresql:///name",
        "secret",
        "a://b:c",
    ],
)
def test_what_is_no_url_is_refused(settings_of: SettingsOf, url: str) -> None:
    with pytest.raises(ValidationError) as caught:
        settings_of(DATABASE_URL=url)
    assert explain(caught.value).startswith(f"{ENV_PREFIX}DATABASE_URL: ")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("variables", "mode"),
    [
        ({}, "prefer"),
        ({"DB_SSLMODE": "require"}, "require"),
        ({"DATABASE_URL": "postgresql://u@db/name?sslmode=disable"}, "disable"),
        ({"DATABASE_URL": "postgresql://u@db/name?ssl=allow", "DB_SSLMODE": "require"}, "allow"),
    ],
)
def test_modes_of_libpq_are_passed_on(
    settings_of: SettingsOf, variables: dict[str, str], mode: str
) -> None:
    settings = settings_of(**variables)
    assert settings.database_ssl == mode
    assert not settings.database_url.query


@pytest.mark.parametrize(("mode", "host_too"), [("verify-ca", False), ("verify-full", True)])
def test_a_server_is_verified(settings_of: SettingsOf, mode: str, host_too: object) -> None:
    context = settings_of(DB_SSLMODE=mode).database_ssl
    assert isinstance(context, ssl.SSLContext)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname is host_too


@pytest.mark.parametrize(
    "variables",
    [
        {"DB_SSLMODE": "yes"},
        {"DATABASE_URL": "postgresql://u@db/name?sslmode=yes"},
        {"DB_PORT": "0"},
        {"DB_POOL_SIZE": "0"},
        {"DB_POOL_SIZE": "30"},
    ],
)
def test_a_wrong_value_is_refused(settings_of: SettingsOf, variables: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as caught:
        settings_of(**variables)
    assert ENV_PREFIX + next(iter(variables)).replace("POOL_SIZE", "POOL_") in explain(caught.value)


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({}, "DB_PASSWORD is not set: run scripts/env.sh init"),
        ({}, "DB_NAME is not set"),
        ({}, "DB_USER is not set"),
        (
            {"DB_PASSWORD": "dev_password_change_in_production"},
            "DB_PASSWORD still holds a placeholder: run scripts/env.sh init",
        ),
        (
            {"DATABASE_URL": "postgresql://u:change_this_secure_password@db/name"},
            "DATABASE_URL still holds a placeholder: run scripts/env.sh init",
        ),
    ],
)
def test_an_unsafe_login_is_refused_in_production(
    settings_of: SettingsOf, variables: dict[str, str], line: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        settings_of(ENVIRONMENT="production", **variables)
    assert f"{ENV_PREFIX}{line}" in explain(caught.value).splitlines()
