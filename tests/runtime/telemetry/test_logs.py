# SPDX-License-Identifier: Apache-2.0
"""Log lines: JSON for machines, text for people, one line for each event."""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from support.grpc_client import GrpcClient, infer_payload
from support.repositories import standard_server
from velaserve_runtime.telemetry.logs import JsonFormatter, TextFormatter

if TYPE_CHECKING:
    from pathlib import Path


def record(event: str = "model loaded", **fields: object) -> logging.LogRecord:
    logger = logging.getLogger("velaserve.test")
    return logger.makeRecord(logger.name, logging.INFO, "f.py", 1, event, (), None, extra=fields)


def failed(event: str) -> logging.LogRecord:
    try:
        raise ValueError("the cause")
    except ValueError:
        made = record(event)
        made.exc_info = sys.exc_info()
        return made


def as_json(made: logging.LogRecord) -> dict[str, Any]:
    text = JsonFormatter().format(made)
    assert "\n" not in text
    line: dict[str, Any] = json.loads(text)
    return line


def test_a_json_line_has_time_level_logger_event_and_the_fields() -> None:
    line = as_json(record(model="digits", version=1))
    assert datetime.fromisoformat(line.pop("time")).utcoffset() is not None
    assert line == {
        "level": "info",
        "logger": "velaserve.test",
        "event": "model loaded",
        "model": "digits",
        "version": 1,
    }


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("two\nlines", "two\nlines"),
        ("中文", "中文"),
        (ValueError("x"), "x"),
        ({"a": (1, None)}, {"a": [1, None]}),
        ("caf\udce9", "caf\udce9"),
        (2**70, 2**70),
    ],
    ids=["line break", "Chinese", "object", "nested", "name that is not UTF-8", "large number"],
)
def test_any_value_is_one_json_line(value: object, shown: object) -> None:
    assert as_json(record(value=value))["value"] == shown


def test_an_exception_brings_its_traceback() -> None:
    line = as_json(failed("request failed"))
    assert line["event"] == "request failed"
    assert line["traceback"].endswith("ValueError: the cause")
    assert "\nValueError: the cause" in TextFormatter().format(failed("request failed"))


def test_a_text_line_is_clock_level_event_and_fields() -> None:
    clock, rest = TextFormatter().format(record(model="digits", version=1)).split(" ", 1)
    assert len(clock) == len("12:30:45.678")
    assert rest == "INFO    model loaded model=digits version=1"


def test_a_text_line_stays_one_line() -> None:
    """Else a client could write lines of its own into the log."""
    text = TextFormatter().format(record(path="/v2\n00:00:00.000 ERROR   forged"))
    assert "\n" not in text


def test_the_server_logs_json_when_not_on_a_terminal(tmp_path: Path) -> None:
    with standard_server(tmp_path, "--log-format", "auto") as server:
        assert server.request("GET", "/v2").status == 200
        server.stop()
    assert all(line.keys() >= {"time", "level", "logger", "event"} for line in server.lines)
    assert server.lines[-1]["event"] == "stopped"
    assert not server.find("request")


def test_the_access_log_has_a_line_for_each_request_on_both_wires(tmp_path: Path) -> None:
    with standard_server(tmp_path, "--access-log") as server:
        assert server.request("GET", "/v2/models/nobody?a=%20").status == 404
        client = GrpcClient(server.grpc_port)
        client.infer(infer_payload("double", id="over grpc"))
        client.close()
        server.stop()
    over_rest, over_grpc = server.find("request")
    assert over_rest["logger"] == over_grpc["logger"] == "velaserve.access"
    assert (over_rest["method"], over_rest["path"]) == ("GET", "/v2/models/nobody?a=%20")
    assert (over_rest["status"], over_rest["bytes_in"]) == (404, 0)
    assert over_grpc["method"] == "/inference.GRPCInferenceService/ModelInfer"
    assert over_grpc["status"] == "OK"
    assert over_grpc["id"] == "over grpc"
    for line in (over_rest, over_grpc):
        assert line["bytes_out"] > 0
        assert line["ms"] > 0


def test_the_access_log_tells_the_callers_request_id(tmp_path: Path) -> None:
    x = {"name": "x", "shape": [1, 4], "datatype": "FP32", "data": [0] * 4}
    with standard_server(tmp_path, "--access-log") as server:
        assert server.infer("double", {"id": "7", "inputs": [x]}).status == 200
        assert server.infer("double", {"id": "8", "inputs": []}).status == 400
        server.stop()
    assert [line["id"] for line in server.find("request")] == ["7", "8"]


def test_the_level_and_the_form_can_be_chosen(tmp_path: Path) -> None:
    with standard_server(tmp_path, "--log-format", "json", "--log-level", "debug") as server:
        server.stop()
    assert {"debug", "info"} <= {line["level"] for line in server.lines}
