# SPDX-License-Identifier: Apache-2.0
"""Models in Python that take the images of `digits`, and answer one label, whatever they see."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

from support.models import write_python

if TYPE_CHECKING:
    from pathlib import Path

_BODY = """
    inputs = (TensorSpec("image", "FP32", (-1, 8, 8)),)
    outputs = (TensorSpec("label", "INT64", (-1,)),)

    def load(self, directory):
{load}

    def predict(self, inputs):
        import numpy as np
        import time
{predict}
        return {{"label": np.full(len(inputs["image"]), {label})}}
"""


def write_labelling(folder: Path, label: int, *, load: str = "pass", predict: str = "") -> Path:
    """`load` and `predict`: lines that the model runs then; one request at a time."""
    lines = {"load": load, "predict": predict}
    body = _BODY.format(
        label=label, **{name: indent(each, 8 * " ") for name, each in lines.items()}
    )
    write_python(folder, body)
    (folder / "velaserve.yaml").write_text("batching: off\n", encoding="utf-8")
    return folder
