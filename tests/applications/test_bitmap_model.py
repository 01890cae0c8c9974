# SPDX-License-Identifier: Apache-2.0
"""applications/models/bitmap in front of digits, as the Application `transformer` has it."""

import json

import numpy as np

from ci.tools.tree import ROOT
from support.server import RunningServer, running_server

MODELS = ROOT / "applications" / "models"
SAMPLES = json.loads((MODELS / "digits" / "samples.json").read_text("utf-8"))["samples"]
IMAGES = np.array([sample["image"] for sample in SAMPLES], np.float32)


def bitmaps() -> list[bool]:
    """32x32 pixels for each image, of which as many are set in a square as the image says."""
    squares = np.arange(16) < IMAGES[..., np.newaxis]
    by_rows = squares.reshape(-1, 8, 8, 4, 4).swapaxes(2, 3)
    pixels: list[bool] = by_rows.ravel().tolist()
    return pixels


def labels(server: RunningServer, name: str, datatype: str, side: int, data: object) -> list[int]:
    tensor = {"name": name, "datatype": datatype, "shape": [len(IMAGES), side, side], "data": data}
    answer = server.infer("digits", {"inputs": [tensor]})
    assert answer.status == 200, answer.body
    outputs = {each["name"]: each for each in answer.json["outputs"]}
    assert outputs["probabilities"]["shape"] == [len(IMAGES), 10]
    found: list[int] = outputs["label"]["data"]
    return found


def test_bitmaps_are_read_as_their_images() -> None:
    behind = ("--model-dir", str(MODELS / "digits" / "onnx"), "--model-name=digits")
    front = ("--model-dir", str(MODELS / "bitmap"), "--model_name=digits", "--allow-python-models")
    with running_server(*behind) as model:
        host = f"127.0.0.1:{model.http_port}"
        with running_server(*front, "--predictor_host", host) as transformer:
            read = labels(transformer, "bitmap", "BOOL", 32, bitmaps())
        assert read == labels(model, "image", "FP32", 8, IMAGES.ravel().tolist())
    assert len(set(read)) == 10
