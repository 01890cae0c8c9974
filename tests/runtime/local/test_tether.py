# SPDX-License-Identifier: Apache-2.0
"""A server that ends with its parent."""

import json
import os
import subprocess
import sys
from pathlib import Path

from support.models import write_double_onnx

END_TIMEOUT_S = 60


def test_the_end_of_the_pipe_is_the_end_of_the_server(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    model = ("--model-dir", str(write_double_onnx(tmp_path)), "--model-name", "double")
    ports = ("--host", "127.0.0.1", "--http-port", "0", "--enable-grpc=false")
    serve = ("serve", *model, *ports, "--drain-delay-s", "0")
    with subprocess.Popen(
        [sys.executable, "-m", "velaserve_runtime.local.tether", str(reading), *serve],
        stderr=subprocess.PIPE,
        pass_fds=(reading,),
    ) as server:
        os.close(reading)
        assert any(json.loads(line)["event"] == "ready" for line in server.stderr or ())
        os.close(writing)
        assert server.wait(END_TIMEOUT_S) == 0
