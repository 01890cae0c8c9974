# SPDX-License-Identifier: Apache-2.0
"""How a model process begins: as a program, so that its environment is there before any library.

multiprocessing would import the server's main module into it, and could set an environment only
after the dynamic loader and numpy have read theirs.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from velaserve_runtime.backends.instance import ModelInstance

_PROGRAM = "velaserve_runtime.backends.process.child"


class Begin(NamedTuple):
    """What a model process is told first."""

    path: list[str]
    """The server's sys.path: what it can import, the model's code can, too."""
    directory: Path | None
    build: bytes
    """Pickled, as it can be read only when `path` is set."""
    cancel_grace_s: float

    def instance(self) -> ModelInstance:
        """Makes this process the model's, then builds it.

        Raises:
            LoadFailed: the folder is not there.
        """
        sys.path[:] = self.path
        try:
            if self.directory is not None:
                os.chdir(self.directory)
        except OSError as err:
            where = f"in {self.directory}: {err.strerror}"
            raise LoadFailed(f"the model's process cannot work {where}") from err
        build: Callable[[], ModelInstance] = pickle.loads(self.build)  # noqa: S301  the server's
        return build()


class Launch:
    """Starts the processes of one model."""

    def __init__(
        self,
        build: Callable[[], ModelInstance],
        directory: Path | None,
        environment: Mapping[str, str] | None,
        cancel_grace_s: float,
    ) -> None:
        self._environment = environment or {}
        path = [entry or str(Path.cwd()) for entry in sys.path]
        self.begin = Begin(path, directory, pickle.dumps(build), cancel_grace_s)

    def start(self, *descriptors: int) -> subprocess.Popen[bytes]:
        """Starts one, in a session of its own: Ctrl-C is for the server, which still drains."""
        # -P: what lies in the server's folder is no module.
        return subprocess.Popen(  # noqa: S603  the arguments are ours
            [sys.executable, "-P", "-m", _PROGRAM, *map(str, descriptors)],
            stdin=subprocess.DEVNULL,
            pass_fds=descriptors,
            env={**os.environ, **self._environment},
            start_new_session=True,
        )
