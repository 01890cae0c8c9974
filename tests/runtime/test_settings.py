# SPDX-License-Identifier: Apache-2.0
"""The server's settings: where a value comes from, and that nobody else has another default."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import velaserve_runtime
from velaserve_lint.names import OptionError, options
from velaserve_runtime.repository.model_config import OPTION_KEYS, ModelConfig
from velaserve_runtime.scheduling.scheduler import SchedulingOptions
from velaserve_runtime.settings import Settings, read_settings
from velaserve_runtime.transports.rest.limits import RestLimits

if TYPE_CHECKING:
    from velaserve_lint.names import Option

OWN_KEYS = {field.name for field in dataclasses.fields(Settings)} - {"explicit"}
PYTHON_TYPES = {"string": str, "choice": str, "integer": int, "number": float, "boolean": bool}


def has_a_choice(key: str) -> bool:
    option = options()[key]
    return len(option.choices) != 1 and (option.minimum is None or option.minimum != option.maximum)


def test_without_flags_and_variables_the_defaults_hold() -> None:
    settings = read_settings({}, {"PATH": "/bin"})
    assert settings.explicit == {}
    for key in OWN_KEYS:
        assert getattr(settings, key) == options()[key].default, key


def test_a_variable_wins_over_the_default() -> None:
    settings = read_settings({}, {"VELASERVE_HTTP_PORT": "9000", "VELASERVE_ACCESS_LOG": "true"})
    assert (settings.http_port, settings.access_log) == (9000, True)
    assert settings.explicit == {"http_port": 9000, "access_log": True}


def test_a_flag_wins_over_a_variable() -> None:
    settings = read_settings({"http_port": 9001}, {"VELASERVE_HTTP_PORT": "9000"})
    assert settings.http_port == 9001


def test_a_flag_with_the_defaults_value_is_still_explicit() -> None:
    """Such a one wins over velaserve.yaml, too."""
    assert read_settings({"max_batch_size": 64}, {}).explicit == {"max_batch_size": 64}


def test_a_variable_under_a_flag_is_not_even_read() -> None:
    assert read_settings({"http_port": 1}, {"VELASERVE_HTTP_PORT": "x"}).http_port == 1


@pytest.mark.parametrize(
    ("variable", "text", "expected"),
    [
        ("VELASERVE_HTTP_PORT", "eighty", "an integer from 0 to 65535"),
        ("VELASERVE_HTTP_PORT", "", "an integer from 0 to 65535"),
        ("VELASERVE_DRAIN_DELAY_S", "nan", "a number from 0 to 3600"),
        ("VELASERVE_ENABLE_GRPC", "maybe", "true or false"),
        ("VELASERVE_EXECUTOR", "threads", "one of auto, inline, thread, process"),
        ("VELASERVE_MODEL_DIR", "", "a non-empty text"),
    ],
)
def test_a_bad_variable_is_named(variable: str, text: str, expected: str) -> None:
    with pytest.raises(OptionError) as wrong:
        read_settings({}, {variable: text})
    assert str(wrong.value).startswith(f"{variable}: expected {expected}, found {text!r}; write ")


@pytest.mark.parametrize("option", options().values(), ids=lambda option: option.key)
def test_every_option_is_read_by_the_server_or_by_a_model(option: Option) -> None:
    assert option.key in OWN_KEYS | OPTION_KEYS


@pytest.mark.parametrize("key", sorted(filter(has_a_choice, OWN_KEYS)))
def test_every_setting_with_a_choice_is_read_somewhere(key: str) -> None:
    root = Path(velaserve_runtime.__file__).parent
    sources = [path.read_text("utf-8") for path in root.rglob("*.py") if path.name != "settings.py"]
    assert any(f"settings.{key}" in source for source in sources)


@pytest.mark.parametrize("key", sorted(OWN_KEYS))
def test_every_setting_has_the_type_of_its_row(key: str) -> None:
    option = options()[key]
    python_type = PYTHON_TYPES[option.type]
    (field,) = (one for one in dataclasses.fields(Settings) if one.name == key)
    assert field.type == python_type.__name__ + ("" if option.default is not None else " | None")


def test_the_limits_of_rest_have_the_same_defaults() -> None:
    for name, value in dataclasses.asdict(RestLimits()).items():
        assert value == options()[name].default, name


def test_the_scheduler_has_the_same_defaults() -> None:
    scheduling, model = SchedulingOptions(), ModelConfig()
    assert scheduling.max_batch_size == model.max_batch_size
    assert scheduling.preferred_batch_size == model.preferred_batch_size
    assert scheduling.max_queue_delay_us == model.max_queue_delay_microseconds
    assert scheduling.max_queue_size == model.max_queue_size
