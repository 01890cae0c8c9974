# SPDX-License-Identifier: Apache-2.0
"""A server whose NPU is the simulator, and does what the test says while the server runs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from support.ascend_sim import build
from support.grpc_client import GrpcClient
from support.models import write_double_onnx
from support.offline_models import OfflineModel
from support.server import running_server, serve_folder
from support.wires import Wires

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_RUN = "aclmdlExecuteAsync"
ORDERS = {
    "": "",
    "lost": "* 0 -1 507010",
    "fault": f"{_RUN} 0 -1 507015",
    "memory": f"{_RUN} 0 -1 207001",
    "shaky": "\n".join(f"{_RUN} ~300 -1 {code}" for code in (507010, 507015, 207001)),
}
"""What the device does -> lines for the simulator (sim/faults.c)."""
SCRIPTED = "scripted fault"
"""In every error of such a device."""


def double() -> OfflineModel:
    """y = 2 x: float32[N, 4] -> float32[N, 4]."""
    model = OfflineModel(gears=[[1], [2], [4], [8]])
    model.tensor("input", "x", (-1, 4))
    model.tensor("output", "y", (-1, 4))
    model.kernel("Add", 1, 0, 0)
    return model


class Card:
    """The device of a server, and that server with the models `double` and `other`."""

    def __init__(self, folder: Path) -> None:
        self._library = build(folder)
        self._script = folder / "script"
        self.models = folder / "models"
        for name in ("double", "other"):
            write_double_onnx(self.models / name / "1")  # for the CPU
            double().write(self.models / name / "1" / "model.om")
        self.does("")

    def does(self, order: str) -> None:
        """From the next call on, one of ORDERS; "" works."""
        draft = self._script.with_suffix(".draft")
        draft.write_text(ORDERS[order], encoding="utf-8")
        draft.replace(self._script)

    def start(self, fallback_policy: str) -> dict[str, str]:
        """The server's environment."""
        return {
            "LD_LIBRARY_PATH": str(self._library.parent),
            "ASCENDSIM_FAULTS": str(self._script),
            "VELASERVE_DEVICE": "ascend",
            "VELASERVE_FALLBACK_POLICY": fallback_policy,
        }

    @contextmanager
    def served(self, fallback_policy: str) -> Iterator[Wires]:
        flags = serve_folder(self.models)
        with running_server(*flags, **self.start(fallback_policy)) as server:
            client = GrpcClient(server.grpc_port)
            yield Wires(server, client)
            client.close()
