# SPDX-License-Identifier: Apache-2.0
"""onnxruntime-cann as its documentation has it, in a process of its own: what we must not do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from velaserve_runtime.protocol.datatypes import Array

_PROGRAM = """
import json, sys
import numpy as np
import onnxruntime as ort

order = json.loads(sys.argv[1])
said = {}
try:
    options = ort.SessionOptions()
    for key, value in order["session"].items():
        options.add_session_config_entry(key, value)
    providers = [("CANNExecutionProvider", order["options"]), *order["others"]]
    session = ort.InferenceSession(order["model"], options, providers=providers, **order["kwargs"])
    said["providers"] = session.get_providers()
    x = np.array(order["x"], np.float32)
    said["y"] = session.run(None, {"x": x})[0].tolist()
except Exception as err:
    said["error"], said["text"] = type(err).__name__, str(err)
print("\\n" + json.dumps(said))
"""


@dataclass(frozen=True)
class Naive:
    """What came of it."""

    providers: list[str]
    y: list[list[float]]
    error: str
    text: str
    printed: str


def run_naively(
    folder: Path,
    x: Array,
    options: Mapping[str, str],
    *,
    session: Mapping[str, str] | None = None,
    others: tuple[str, ...] = (),
    environment: Mapping[str, str] | None = None,
    **kwargs: int,
) -> Naive:
    """Works in `folder`, where model.onnx is."""
    order = {
        "model": "model.onnx",
        "options": options,
        "session": session or {},
        "others": others,
        "kwargs": kwargs,
        "x": x.tolist(),
    }
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, json.dumps(order)],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=True,
    )
    printed, _, said = done.stdout.rstrip().rpartition("\n")
    content = json.loads(said)
    return Naive(
        content.get("providers", []),
        content.get("y", []),
        content.get("error", ""),
        content.get("text", ""),
        printed + done.stderr,
    )
