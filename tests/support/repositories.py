# SPDX-License-Identifier: Apache-2.0
"""A server of the handful of models that the tests of both wires and of the clients share."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from support.models import (
    write_double_onnx,
    write_echo_python,
    write_failing_python,
    write_simple_onnx,
)
from support.server import running_server, serve_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from support.server import RunningServer

WRITERS: Mapping[str, Callable[[Path], object]] = {
    "double": write_double_onnx,
    "echo": write_echo_python,
    "failing": write_failing_python,
    "simple": write_simple_onnx,
}


@contextmanager
def standard_server(repository: Path, *flags: str) -> Iterator[RunningServer]:
    """Serves double, echo, failing and simple, each in version 1, from that folder."""
    for name, write in WRITERS.items():
        write(repository / name / "1")
    with running_server(*serve_folder(repository, "--allow-python-models", *flags)) as server:
        yield server
