# SPDX-License-Identifier: Apache-2.0
"""The program that holds a pod's namespaces needs no library and ends when told to."""

import signal
import subprocess

from ci.tools.build import build
from ci.tools.pins import load, named
from ci.tools.programs import path
from support.go_modules import needs_go


@needs_go
def test_pause() -> None:
    build(named(load(), "pause")[0])
    assert b"ld-linux" not in path("pause").read_bytes()
    with subprocess.Popen([path("pause")]) as pause:
        pause.terminate()
    assert pause.returncode in (0, -signal.SIGTERM)  # the latter when it was still starting
