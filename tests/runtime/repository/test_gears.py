# SPDX-License-Identifier: Apache-2.0
"""Under load a server forms batches of its gears, and no others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from support.models import GatedModel
from support.server import running_server

if TYPE_CHECKING:
    from pathlib import Path

    from support.server import RunningServer

BODY = {"inputs": [{"name": "x", "shape": [1, 4], "datatype": "FP32", "data": [1, 2, 3, 4]}]}
WAITING = "nv_inference_pending_request_count"


def metrics(server: RunningServer) -> str:
    return server.request("GET", "/metrics").body.decode()


def test_what_waits_is_put_together_to_gears(tmp_path: Path) -> None:
    """Seven wait while one runs: of a largest batch of four alone, three would be left for one."""
    gated = GatedModel(tmp_path)
    gated.release(1000)
    flags = ("--model-name", "m", "--model-dir", str(tmp_path), "--allow-python-models")
    with running_server(*flags, "--gears-batch", "1,2,4") as server:
        gated.forget()
        with ThreadPoolExecutor(8) as clients:
            answers = [clients.submit(server.infer, "m", BODY)]
            gated.wait_entered()
            answers += [clients.submit(server.infer, "m", BODY) for _ in range(7)]
            while f'{WAITING}{{model="m",version="1"}} 7' not in metrics(server):
                pass
            gated.release(8)
            assert [answer.result().status for answer in answers] == [200] * 8
        (stats,) = server.request("GET", "/v2/models/m/stats").json["model_stats"]
        assert {batch["batch_size"] for batch in stats["batch_stats"]} <= {1, 2, 4}
        assert stats["inference_count"] == 8
    gated.close()
