# SPDX-License-Identifier: Apache-2.0
"""Where the programs that `make tools` builds are kept."""

import os
from pathlib import Path

from ci.tools.errors import NotReady
from ci.tools.pins import PINS, Program, load, named


def cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "velaserve" / "tools"


def target(program: Program) -> Path:
    """Where a program is, or will be. It is there whole or not at all."""
    return cache() / f"{program.name}-{program.module.version}-{program.key}" / program.name


def path(name: str, version: str | None = None, pins: Path = PINS) -> Path:
    """A built program, in the first of its pinned versions or the one that is named.

    Raises:
        NotReady: it is not pinned or not built.
    """
    program = named(load(pins), name, version)[0]
    if not target(program).exists():
        raise NotReady(f"{program} is not built: run make tools/{name}")
    return target(program)
