# SPDX-License-Identifier: Apache-2.0
"""Runs the CUE programs that `make tools/cue` has built."""

import subprocess
from pathlib import Path

from ci.tools.pins import load, named
from ci.tools.programs import target

OLD, NEW = "0.14.1", "0.17.1"  # KubeVela 1.11 evaluates with OLD; NEW makes closed schemas
HINT = "make tools/cue"


class CueError(Exception):
    """CUE refused its input; the text is what the program said."""


def program(version: str) -> Path:
    return target(named(load(), "cue", version)[0])


def missing() -> list[str]:
    """The pinned versions that are not built on this machine."""
    return [version for version in (OLD, NEW) if not program(version).exists()]


def cue(version: str, *args: str, source: str = "") -> str:
    """What CUE prints for `source` on its standard input.

    Raises:
        CueError: CUE refused it.
    """
    command = [str(program(version)), *args]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CueError(done.stderr.strip())
    return done.stdout
