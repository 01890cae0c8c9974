# SPDX-License-Identifier: Apache-2.0
"""A pod that gets an NPU serves an offline model on it; the device behind it is the simulator."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from e2e.test_npu import card, healthy, with_card
from support.ascend_sim import build
from support.offline_models import dense, dense_answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from e2e.conftest import Deploy
    from support.device_plugin import DevicePlugin
    from support.gateway import Model
    from support.kube import Kube

pytestmark = pytest.mark.e2e

__all__ = ["card"]
X = np.arange(12, dtype=np.float32).reshape(3, 4) / 10


def test_offline_model_runs_on_the_card(
    card: DevicePlugin,
    deploy: Deploy,
    kube: Kube,
    model: Callable[[str], Model],
    claim: Callable[[Path], str],
    tmp_path: Path,
) -> None:
    models = tmp_path / "models"
    dense().write(models / "dense" / "model.om")
    (models / "dense" / "cann").mkdir()
    build(models / "dense" / "cann")
    name = "offline"
    deploy(
        with_card(
            name,
            "await-model",
            modelUri=f"pvc://{claim(models)}/dense",
            modelFormat={"name": "om"},
            accelerator={"chip": "310P"},
            env={"LD_LIBRARY_PATH": "/mnt/models/cann"},
        )
    )
    healthy(kube, name)
    assert card.given[-1] == "0"
    found = model(name)
    document = {"inputs": [{"name": "x", "datatype": "FP32", "shape": [3, 4], "data": X.tolist()}]}

    answer = found.post(json.dumps(document).encode())

    [output] = json.loads(answer)["outputs"]
    np.testing.assert_allclose(output["data"], dense_answer(X).ravel(), atol=1e-5)
    properties = json.loads(found.metadata())["properties"]
    assert (properties["device"], properties["soc"]) == ("npu:0", "Ascend310P3")
