# SPDX-License-Identifier: Apache-2.0
"""Who may come in, and what is left of a door."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.models import write_double_python
from support.processes import unix_sockets
from velaserve_runtime.backends.process import door as module
from velaserve_runtime.backends.process.door import Door, connect
from velaserve_runtime.backends.process.messages import Failed
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from velaserve_runtime.backends.process.instance import ProcessInstance

STRANGER = """
import os, socket, sys
os.setuid(int(sys.argv[2]))
peer = socket.socket(socket.AF_UNIX)
peer.connect("\\0" + sys.argv[1][1:])
print(len(peer.recv(1)), flush=True)
"""


def test_a_process_of_another_user_is_told_nothing(
    tmp_path: Path, serve: Callable[..., ProcessInstance]
) -> None:
    """Where tests run as root, which alone can become another user."""
    owner = serve(write_double_python(tmp_path))
    user = 65534 if os.geteuid() == 0 else os.geteuid()
    heard = subprocess.run(
        [sys.executable, "-c", STRANGER, owner.address, str(user)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert heard.stdout.strip() == ("0" if user != os.geteuid() else "1")


def test_a_door_of_another_user_is_not_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Door()) as door:
        monkeypatch.setattr(os, "geteuid", lambda: 65534)
        with pytest.raises(PermissionError, match="another user"):
            connect(door.address)


def test_a_name_is_free_again_when_the_door_is_closed() -> None:
    with closing(Door()) as door:
        assert unix_sockets(door.address) == 1
        connect(door.address).close()
    assert unix_sockets(door.address) == 0
    with pytest.raises(ConnectionRefusedError):
        connect(door.address)


def test_without_abstract_names_a_file_in_a_folder_of_this_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "HAS_ABSTRACT_NAMES", False)
    with closing(Door()) as door:
        file = Path(door.address)
        assert file.is_socket()
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        connect(door.address).close()
    assert not file.parent.exists()


def test_all_that_wait_are_refused_with_the_reason() -> None:
    with closing(Door()) as door:
        waiting = [connect(door.address), connect(door.address)]
        assert door.is_asked()

        door.refuse(Failed.of(LoadFailed("no")))

        for front_end in waiting:
            assert front_end.recv() == Failed.of(LoadFailed("no"))
            front_end.close()


def test_shutting_ends_the_wait() -> None:
    with closing(Door()) as door, ThreadPoolExecutor() as pool:
        asked = pool.submit(door.is_asked)

        door.shut()

        assert asked.result() is False
