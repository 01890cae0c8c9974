# SPDX-License-Identifier: Apache-2.0
"""The table of server options: every row is sound, every spelling is derived."""

from __future__ import annotations

import re

import pytest

from velaserve_lint.names import Option, OptionError, options

PYTHON_TYPES = {
    "string": str,
    "choice": str,
    "boolean": bool,
    "integer": int,
    "integers": tuple,
    "number": float,
}


@pytest.mark.parametrize("option", options().values(), ids=lambda option: option.key)
def test_a_row_is_sound(option: Option) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", option.key)
    assert option.type in PYTHON_TYPES
    assert option.help.endswith(".")
    assert option.help_zh.endswith("。")
    assert (option.choices != ()) == (option.type == "choice")
    assert (option.minimum is not None) == (option.type in {"integer", "integers", "number"})
    assert option.maximum is None or option.minimum is not None


@pytest.mark.parametrize("option", options().values(), ids=lambda option: option.key)
def test_the_default_and_the_example_are_values_of_the_option(option: Option) -> None:
    assert type(option.parse(option.example)) is PYTHON_TYPES[option.type]
    if option.default is not None:
        assert option.parse(option.example) == option.default


@pytest.mark.parametrize("spelling", ["flag", "env", "parameter"])
def test_no_two_options_share_a_spelling(spelling: str) -> None:
    spellings = [getattr(option, spelling) for option in options().values()]

    assert len(set(spellings)) == len(spellings)


@pytest.mark.parametrize(
    ("key", "flag", "env", "parameter"),
    [
        ("drain_delay_s", "--drain-delay-s", "VELASERVE_DRAIN_DELAY_S", "drainDelaySeconds"),
        ("max_body_bytes", "--max-body-bytes", "VELASERVE_MAX_BODY_BYTES", "maxBodyBytes"),
        ("host", "--host", "VELASERVE_HOST", "host"),
        (
            "max_queue_delay_microseconds",
            "--max-queue-delay-microseconds",
            "VELASERVE_MAX_QUEUE_DELAY_MICROSECONDS",
            "maxQueueDelayMicroseconds",
        ),
    ],
)
def test_spellings_are_derived(key: str, flag: str, env: str, parameter: str) -> None:
    option = options()[key]

    assert (option.flag, option.env, option.parameter) == (flag, env, parameter)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("http_port", "0", 0),
        ("http_port", " 9000 ", 9000),
        ("drain_delay_s", "2.5", 2.5),
        ("drain_delay_s", "3", 3.0),
        ("enable_grpc", "False", False),
        ("access_log", "on", True),
        ("log_level", "debug", "debug"),
        ("warmup_batch_sizes", "8", (8,)),
        ("warmup_batch_sizes", "1, 8", (1, 8)),
        ("model_name", "digits", "digits"),
    ],
)
def test_a_text_becomes_a_typed_value(key: str, text: str, value: object) -> None:
    parsed = options()[key].parse(text)

    assert (parsed, type(parsed)) == (value, type(value))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("http_port", "65536"),
        ("http_port", "-1"),
        ("http_port", "8080.0"),
        ("http_port", "８０"),
        ("http_port", "9" * 5000),
        ("workers", "2"),
        ("drain_delay_s", "nan"),
        ("drain_delay_s", "inf"),
        ("drain_delay_s", "10s"),
        ("access_log", "perhaps"),
        ("log_level", "trace"),
        ("warmup_batch_sizes", ""),
        ("warmup_batch_sizes", "1,"),
        ("warmup_batch_sizes", "1 8"),
        ("warmup_batch_sizes", "8,0"),
        ("warmup_batch_sizes", "65537"),
        ("model_name", ""),
    ],
)
def test_a_wrong_text_is_refused(key: str, text: str) -> None:
    with pytest.raises(OptionError) as caught:
        options()[key].parse(text)

    assert caught.value.found == text


def test_the_refusal_names_culprit_expected_found_and_next_step() -> None:
    with pytest.raises(OptionError) as caught:
        options()["http_port"].parse("eighty", source="VELASERVE_HTTP_PORT")

    assert str(caught.value) == (
        "VELASERVE_HTTP_PORT: expected an integer from 0 to 65535, found 'eighty'; "
        "write for example --http-port 8080"
    )
