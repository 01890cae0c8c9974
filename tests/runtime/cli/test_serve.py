# SPDX-License-Identifier: Apache-2.0
"""`velaserve serve` as it is typed: usage errors, help, and life without the extra grpc."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from support.models import write_double_onnx
from support.server import running_server
from velaserve_lint.names import options

if TYPE_CHECKING:
    from pathlib import Path

USAGE = 2
HIDE_GRPC = """
import sys
from importlib.machinery import PathFinder

class Hiding(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.partition(".")[0] == "grpc" else super().find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(PathFinder)] = Hiding
"""
"""As on a machine where grpcio was never installed."""


def serve(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return velaserve("serve", *arguments, **environment)


def velaserve(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "velaserve_runtime", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "COLUMNS": "100", **environment},
    )


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_double_onnx(tmp_path / "double")


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((), "give one of --model-dir (one model) and --model-repository (many)"),
        (
            ("--model-dir", "a", "--model-repository", "b"),
            "give one of --model-dir (one model) and --model-repository (many)",
        ),
        (
            ("--model-repository", "b", "--model-name", "c"),
            "--model-name goes with --model-dir; a repository's folders name models",
        ),
        (("--model-dri", "a"), "--model-dri"),
        (("--http", "1"), "--http"),
        (("--model-dir", "a", "rest"), "rest"),
        (("--model-dir",), "argument --model-dir: expected one argument"),
        (
            ("--http-port", "eighty"),
            "expected an integer from 0 to 65535, found 'eighty'; write for example "
            "--http-port 8080",
        ),
        (("--http-port", "65536"), "found '65536'"),
        (("--drain-delay-s", "-1"), "expected a number from 0 to 3600"),
        (("--executor", "threads"), "expected one of auto, inline, thread, process"),
        (("--access-log=maybe",), "expected true or false, found 'maybe'"),
        (("--model-dir", ""), "expected a non-empty text"),
    ],
)
def test_a_usage_error_exits_2_and_says_what_is_expected(
    arguments: tuple[str, ...], text: str
) -> None:
    done = serve(*arguments)
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert text in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_bad_variable_exits_2_and_is_named() -> None:
    done = serve("--model-dir", "a", VELASERVE_GRACE_PERIOD_S="soon")
    assert done.returncode == USAGE
    assert done.stderr == (
        "velaserve serve: VELASERVE_GRACE_PERIOD_S: expected a number from 0 to 86400, "
        "found 'soon'; write for example --grace-period-s 30.0\n"
    )


def test_a_model_folder_that_is_not_there_is_a_bad_model(tmp_path: Path) -> None:
    log = tmp_path / "termination-log"
    log.touch()
    where = tmp_path / "nowhere"
    done = serve("--model-dir", str(where), "--http-port", "0", "--termination-log", str(log))
    assert done.returncode == 1
    assert log.read_text() == f"--model-dir {where} is not a folder\n"
    assert json.loads(done.stderr)["reason"] == log.read_text().strip()


def test_a_taken_port_exits_2(model: Path) -> None:
    with running_server("--model-dir", str(model), VELASERVE_ENABLE_GRPC="false") as server:
        port = str(server.http_port)
        done = serve("--model-dir", str(model), "--host", "127.0.0.1", "--http-port", port)
    assert done.returncode == USAGE
    reason = json.loads(done.stderr.splitlines()[-1])["reason"]
    assert reason == f"port {port} on 127.0.0.1 is taken; stop what listens there or choose " + (
        "another port"
    )


def test_underscores_are_hyphens_and_the_last_flag_wins(model: Path) -> None:
    flags = ("--model_name=first", "--model_name", "a_b", f"--model_dir={model}")
    with running_server(*flags, "--enable_grpc", "false") as server:
        assert server.request("GET", "/v2/models").json == {"models": ["a_b"]}


@pytest.mark.parametrize(
    ("flags", "lines"),
    [((), 0), (("--access-log",), 1), (("--access-log", "true"), 1), (("--access-log=off",), 0)],
)
def test_a_boolean_flag_needs_no_value(model: Path, flags: tuple[str, ...], lines: int) -> None:
    where = ("--model-dir", str(model), "--enable-grpc=no")
    with running_server(*where, *flags) as server:
        server.request("GET", "/v2")
        server.stop()
    assert len(server.find("request")) == lines


def test_a_variable_sets_what_no_flag_says(model: Path) -> None:
    variables = {"VELASERVE_MODEL_NAME": "other", "VELASERVE_MODEL_DIR": str(model)}
    with running_server("--model-name", "mine", VELASERVE_ENABLE_GRPC="0", **variables) as server:
        assert server.request("GET", "/v2/models").json == {"models": ["mine"]}


def test_help_has_two_examples_the_exit_codes_and_every_option() -> None:
    done = serve("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n  velaserve serve ") == 2
    for text in ("exit codes: 0 clean stop", "1 the model cannot be served", "130 Ctrl-C"):
        assert text in done.stdout
    for option in options().values():
        assert f"  {option.flag}" in done.stdout, option.flag


def test_the_commands_help_has_two_examples_and_the_exit_codes() -> None:
    done = velaserve("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n  velaserve ") >= 2
    assert "exit codes: 0 clean stop" in done.stdout


def test_version() -> None:
    done = velaserve("--version")
    assert (done.returncode, done.stdout) == (0, f"velaserve {version('velaserve')}\n")


@pytest.mark.parametrize("arguments", [(), ("server",), ("--nonsense",)])
def test_no_and_unknown_commands_exit_2(arguments: tuple[str, ...]) -> None:
    done = velaserve(*arguments)
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert "usage: velaserve" in done.stderr


@pytest.fixture
def without_grpc(tmp_path: Path) -> dict[str, str]:
    """An environment in which Python does not find grpcio."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(HIDE_GRPC)
    before = os.environ.get("PYTHONPATH")
    return {"PYTHONPATH": os.pathsep.join(filter(None, (str(folder), before)))}


def test_without_the_extra_grpc_rest_is_served_and_one_line_says_how_to_get_it(
    model: Path, without_grpc: dict[str, str]
) -> None:
    environment = {key: text for key, text in os.environ.items() if key != "VELASERVE_GRPC_PORT"}
    command = [sys.executable, "-m", "velaserve_runtime", "serve", "--model-dir", str(model)]
    where = ("--host", "127.0.0.1", "--http-port", "0", "--drain-delay-s", "0")
    process = subprocess.Popen(
        [*command, *where],
        stderr=subprocess.PIPE,
        text=True,
        env={**environment, **without_grpc},
    )
    assert process.stderr is not None
    lines = []
    for text in process.stderr:
        lines.append(json.loads(text))
        if lines[-1]["event"] == "ready":
            process.send_signal(signal.SIGTERM)
    process.stderr.close()
    assert process.wait(60) == 0
    (warning,) = [line for line in lines if line["level"] == "warning"]
    assert warning["event"] == "gRPC is off; to serve it: pip install 'velaserve[grpc]'"
    (ready,) = [line for line in lines if line["event"] == "ready"]
    assert "http_port" in ready
    assert "grpc_port" not in ready


def test_without_the_extra_grpc_an_explicit_port_is_a_usage_error(
    model: Path, without_grpc: dict[str, str]
) -> None:
    done = serve("--model-dir", str(model), "--grpc-port", "0", **without_grpc)
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert done.stderr == ("velaserve serve: --grpc-port needs: pip install 'velaserve[grpc]'\n")


def test_without_the_extra_runtime_nothing_is_imported_and_one_line_says_so(
    model: Path, tmp_path: Path, without_grpc: dict[str, str]
) -> None:
    hide = tmp_path / "site" / "sitecustomize.py"
    hide.write_text(HIDE_GRPC.replace('"grpc"', '"uvloop"'))
    done = serve("--model-dir", str(model), **without_grpc)
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert done.stderr == "velaserve serve needs: pip install 'velaserve[onnx,grpc]'\n"
