"""Settings: where they come from, and which are refused."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.core.config import ENV_PREFIX, Settings, explain
from app.core.settings import Environment, is_placeholder

SettingsOf = Callable[..., Settings]

KEY = "0123456789-abcdefghijklmnopqrstuvwxyz"


def test_development_needs_nothing(settings_of: SettingsOf) -> None:
    settings = settings_of()
    assert settings.ENVIRONMENT is Environment.DEVELOPMENT
    assert settings.secret_key.get_secret_value()
    assert settings.log_level == "INFO"


def test_values_are_read(settings_of: SettingsOf) -> None:
    settings = settings_of(
        APP_NAME="Shop",
        DEBUG="true",
        LOG_DIRECTORY="/var/log/shop",
        ALLOWED_ORIGINS=" http://localhost:*, capacitor://localhost ,",
        SECRET_KEY=KEY,
    )
    assert settings.APP_NAME == "Shop"
    assert settings.log_level == "DEBUG"
    assert Path("/var/log/shop") == settings.LOG_DIRECTORY
    assert settings.allowed_origins == ("http://localhost:*", "capacitor://localhost")
    assert settings.secret_key.get_secret_value() == KEY


@pytest.mark.parametrize(
    ("environment", "origins"),
    [("development", ("http://localhost:3000",)), ("production", ())],
)
def test_a_local_frontend_may_call_in_development_alone(
    settings_of: SettingsOf, environment: str, origins: tuple[str, ...]
) -> None:
    named = dict.fromkeys(("DB_NAME", "DB_USER", "DB_PASSWORD", "CELERY_BROKER_URL"), KEY)
    settings = settings_of(ENVIRONMENT=environment, SECRET_KEY=KEY, ALLOWED_ORIGINS="", **named)
    assert settings.allowed_origins == origins


def test_the_level_is_read_in_any_case_and_wins_over_debug(settings_of: SettingsOf) -> None:
    assert settings_of(DEBUG="true", LOG_LEVEL="Warning").log_level == "WARNING"


def test_what_is_empty_counts_as_unset(settings_of: SettingsOf) -> None:
    assert settings_of(LOG_LEVEL="", APP_NAME="").APP_NAME == "Backend"


def test_a_file_is_read_and_the_environment_wins(
    settings_of: SettingsOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text(f"{ENV_PREFIX}APP_NAME=File\n{ENV_PREFIX}LOG_LEVEL=error\nUNKNOWN=1\n")
    monkeypatch.setitem(Settings.model_config, "env_file", file)
    settings = settings_of(APP_NAME="Environment")
    assert settings.APP_NAME == "Environment"
    assert settings.log_level == "ERROR"


def test_a_secret_may_be_in_a_file_and_the_environment_wins(
    settings_of: SettingsOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{ENV_PREFIX}SECRET_KEY").write_text(f"{KEY}\n")
    (tmp_path / f"{ENV_PREFIX}APP_NAME").write_text("File")
    monkeypatch.setitem(Settings.model_config, "secrets_dir", tmp_path)
    settings = settings_of(APP_NAME="Environment")
    assert settings.secret_key.get_secret_value() == KEY
    assert settings.APP_NAME == "Environment"


def test_secrets_are_not_shown(settings_of: SettingsOf) -> None:
    settings = settings_of(SECRET_KEY=KEY)
    assert KEY not in f"{settings!r} {settings} {settings.model_dump()}"


@pytest.mark.parametrize("environment", ["test", "production"])
@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("", "is not set"),
        ("dev_0123456789012345678901234567890123456789", "still holds a placeholder"),
        ("change_this_secure_password_0123456789", "still holds a placeholder"),
        ("0123456789", "fewer than 32 characters"),
    ],
)
def test_an_unsafe_key_is_refused(
    settings_of: SettingsOf, environment: str, key: str, reason: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        settings_of(ENVIRONMENT=environment, SECRET_KEY=key)
    lines = [line for line in explain(caught.value).splitlines() if "SECRET_KEY" in line]
    assert len(lines) == 1
    assert lines[0].startswith(f"{ENV_PREFIX}SECRET_KEY ")
    assert reason in lines[0]
    assert lines[0].endswith("run scripts/env.sh init")
    assert not key or key not in str(caught.value)


@pytest.mark.parametrize(
    ("secret", "expected"),
    [
        ("dev_anything", True),
        ("CHANGEME", True),
        ("please-change-me", True),
        ("this_is_a_placeholder", True),
        ("your-secret-key", True),
        ("example", True),
        ("exchange-of-letters-4711", False),
        ("9vK3-device_dev_2", False),
        ("", False),
    ],
)
def test_placeholders_are_known(secret: str, expected: object) -> None:
    assert is_placeholder(secret) is expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENVIRONMENT", "staging"),
        ("LOG_LEVEL", "loud"),
        ("DEBUG", "perhaps"),
        ("ALLOWED_ORIGINS", "localhost"),
        ("ALLOWED_ORIGINS", "*,http://localhost"),
    ],
)
def test_a_wrong_value_is_named(settings_of: SettingsOf, name: str, value: str) -> None:
    with pytest.raises(ValidationError) as caught:
        settings_of(**{name: value})
    assert explain(caught.value).startswith(f"{ENV_PREFIX}{name}: ")


def test_an_unsafe_start_ends_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{ENV_PREFIX}ENVIRONMENT", "production")
    monkeypatch.setenv(f"{ENV_PREFIX}SECRET_KEY", "dev_key_that_everybody_knows_0123456789")
    root = Path(__file__).parents[2]
    start = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"import {Settings.__module__.split('.')[0]}.main"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert start.returncode == 1
    assert f"{ENV_PREFIX}SECRET_KEY still holds a placeholder" in start.stderr
    assert "Traceback" not in start.stderr
    assert "everybody" not in start.stderr
