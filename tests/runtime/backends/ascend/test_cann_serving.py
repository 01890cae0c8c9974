# SPDX-License-Identifier: Apache-2.0
"""A server with ONNX models on the simulated card, by the real onnxruntime-cann."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from support.call_log import COMPILE
from support.cann_models import dense, rows, write
from support.eventually import eventually
from support.offline_models import dense_answer
from support.prometheus import parse
from support.server import running_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.call_log import CallLog
    from support.prometheus import Family
    from support.server import RunningServer

pytestmark = pytest.mark.cann
FALLBACK_FROM = "velaserve-fallback-from"
BACK_S = 30


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Without a gear of one row: requests and the server's own trials are padded."""
    made = write(tmp_path / "dense", dense())
    (made / "velaserve.yaml").write_text("gears_batch: [2, 4]\n")
    return made


@contextmanager
def serving(folder: Path, policy: str = "strict") -> Iterator[RunningServer]:
    cache = folder.parent / "cache"
    flags = ("--model-dir", str(folder), "--device", "ascend", "--fallback-policy", policy)
    with running_server(*flags, "--compile-cache-dir", str(cache)) as server:
        yield server


def scrape(server: RunningServer) -> dict[str, Family]:
    return parse(server.request("GET", "/metrics").body.decode())


def ask(server: RunningServer, count: int) -> str | None:
    """The header that tells whether the CPU has answered; the answer is right."""
    x = rows(count)
    tensor = {"name": "x", "shape": list(x.shape), "datatype": "FP32", "data": x.ravel().tolist()}
    answer = server.infer("dense", {"inputs": [tensor]})
    assert answer.status == 200, answer
    [y] = answer.json["outputs"]
    np.testing.assert_allclose(np.reshape(y["data"], y["shape"]), dense_answer(x), atol=1e-6)
    return answer.headers.get(FALLBACK_FROM)


def test_ready_means_compiled_and_the_next_start_compiles_nothing(
    calls: CallLog, folder: Path
) -> None:
    for how in ("compiled in", "taken from the cache in"):
        with serving(folder) as server:
            assert calls.count(COMPILE) == 2
            assert [ask(server, count) for count in (1, 2, 3, 4, 9)] == [None] * 5
            properties: Any = server.request("GET", "/v2/models/dense").json["properties"]
            assert (properties["device"], properties["cpu_assigned_nodes"]) == ("npu:0", "0")
            stats: Any = server.request("GET", "/v2/models/dense/stats").json["model_stats"]
            assert stats[0]["scheduling"]["executor"] == "process"
            said = " ".join(line["event"] for line in server.lines)
            assert f"gear 4 (2 of 2) {how}" in said
        assert calls.count(COMPILE) == 2


def test_metrics_tell_of_the_card(
    calls: CallLog, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASCENDSIM_MEMORY_BYTES", str(1 << 22))
    with serving(folder) as server:
        family = eventually(
            lambda: scrape(server)["velaserve_device_memory_total_bytes"],
            lambda family: bool(family.samples),
            BACK_S,
            "the card's figures",
        )
        assert family.value(model="dense", version="1", device="npu:0") == 1 << 22
        busy = scrape(server)["velaserve_device_utilization_percent"]
        assert busy.value(model="dense", version="1", device="npu:0", engine="cube") == 37
    assert calls.count(COMPILE) == 2


def test_card_that_is_lost_and_comes_back(
    calls: CallLog, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "faults"
    script.write_text("none 0 0 0\n")
    monkeypatch.setenv("ASCENDSIM_FAULTS", str(script))
    with serving(folder, "degrade") as server:
        assert ask(server, 3) is None

        script.write_text("aclmdlExecuteAsync 0 -1 507010\naclrtGetDeviceCount 0 -1 507010\n")
        assert ask(server, 3) == "ascend"

        script.write_text("none 0 0 0\n")
        eventually(partial(ask, server, 3), lambda seen: seen is None, BACK_S, "on the card again")
    assert calls.count(COMPILE) == 2


def test_model_that_cann_does_not_take_is_served_by_the_cpu(calls: CallLog, folder: Path) -> None:
    from support.onnx_graphs import Graph

    assert not calls.count(COMPILE)
    model = Graph(x=("FP32", (None, 4))).node("Softsign", "x", "y").output("y", "FP32", (None, 4))
    write(folder, model.build())
    with serving(folder, "fallback") as server:
        tensor = {"name": "x", "shape": [1, 4], "datatype": "FP32", "data": [0, 1, -1, 3]}
        answer = server.infer("dense", {"inputs": [tensor]})
        properties: Any = server.request("GET", "/v2/models/dense").json["properties"]

    assert answer.headers[FALLBACK_FROM] == "ascend"
    assert answer.json["outputs"][0]["data"] == [0, 0.5, -0.5, 0.75]
    assert "No parser is registered for Op" in properties["fallback_reason"]
