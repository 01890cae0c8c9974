# SPDX-License-Identifier: Apache-2.0
"""What a server writes, read back."""

import pytest

from velaserve_runtime.local.log_line import parse_log_line

READY = (
    b'{"time":"2026-01-02T03:04:05.678","level":"info","logger":"velaserve",'
    b'"event":"ready","http_port":8080}\n'
)


def test_a_routine_line() -> None:
    line = parse_log_line(READY)
    assert (line.event, line.port("http_port"), line.port("grpc_port")) == ("ready", 8080, None)
    assert not line.is_loud
    assert line.text == "ready http_port=8080"


def test_a_fatal_line() -> None:
    line = parse_log_line(b'{"level":"error","event":"fatal","reason":"model.onnx is empty"}')
    assert line.is_error
    assert line.is_loud
    assert line.reason == "model.onnx is empty"


@pytest.mark.parametrize("text", ["Traceback (most recent call last):", "[1, 2]", '{"a": 1}', "7"])
def test_what_is_no_log_line_is_shown_as_it_is(text: str) -> None:
    line = parse_log_line(text.encode() + b"\n")
    assert (line.text, line.reason, line.is_loud, line.is_error) == (text, text, True, False)


def test_bytes_that_are_no_text() -> None:
    assert parse_log_line(b"\xff!\n").text == "\ufffd!"
