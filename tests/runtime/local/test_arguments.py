# SPDX-License-Identifier: Apache-2.0
"""Flags of `up` and `demo`."""

import argparse
import sys
from pathlib import Path

import pytest

from velaserve_runtime.local.arguments import add_shared, claim, console_of, listen_of
from velaserve_runtime.local.errors import LocalError
from velaserve_runtime.local.supervisor import Listen


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_shared(parser)
    return parser.parse_args(arguments)


def listen(*arguments: str) -> Listen:
    return listen_of(parsed(*arguments), "up", console_of(parsed()))


def test_a_claim(tmp_path: Path) -> None:
    assert claim(f"models={tmp_path}") == ("models", tmp_path)


@pytest.mark.parametrize("text", ["models", "=here", "models=", ""])
def test_no_claim(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="expected NAME=DIR"):
        claim(text)


def test_a_claim_without_its_folder() -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="'nowhere' is not a folder"):
        claim("models=nowhere")


def test_where_to_listen() -> None:
    assert listen() == Listen("127.0.0.1", 8080, 8081)
    assert listen("--host", "::1", "--http-port", "0") == Listen("::1", 0, 8081)


def test_a_port_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parsed("--http-port", "65536")
    assert "an integer from 0 to 65535, found '65536'" in capsys.readouterr().err


def test_rest_only_without_the_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "grpc", None)
    assert listen() == Listen("127.0.0.1", 8080, None)
    assert capsys.readouterr().err.splitlines() == [
        "REST only; gRPC needs: pip install 'velaserve[grpc]'"
    ]
    with pytest.raises(LocalError, match="velaserve up --grpc-port needs: pip") as caught:
        listen("--grpc-port", "9000")
    assert caught.value.exit_code == 2
