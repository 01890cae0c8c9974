# SPDX-License-Identifier: Apache-2.0
"""kubectl and vela: the user's own on PATH, else those of `make tools`."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ci.cluster.commands import run
from ci.tools import programs
from ci.tools.errors import NotReady


def find(name: str) -> Path | None:
    if own := shutil.which(name):
        return Path(own)
    try:
        return programs.path(name)
    except NotReady:
        return None


def run_vela(program: Path, kubeconfig: str, *arguments: str | Path) -> str:
    """Raises: CommandFailed."""
    with _home() as home:
        return run("env", f"KUBECONFIG={kubeconfig}", home, program, *arguments)


@contextmanager
def _home() -> Iterator[str]:
    """A folder that vela fills, whatever it is asked; nobody needs what is in it."""
    with tempfile.TemporaryDirectory(prefix="vela.") as folder:
        yield f"VELA_HOME={folder}"
