# SPDX-License-Identifier: Apache-2.0
"""Stands in front of `digits`: takes scanned bitmaps, of 32x32 black or white pixels.

The images that `digits` was trained with were made in this way: each of their pixels counts how
many of a square of 4x4 are set.
"""

from typing import Any

import numpy as np

from velaserve_runtime.model import Model, TensorSpec

SIDE, SQUARE = 32, 4

Arrays = dict[str, np.ndarray[Any, np.dtype[Any]]]


class Bitmap(Model):
    """The transformer of applications/transformer.yaml."""

    inputs = (TensorSpec("bitmap", "BOOL", (-1, SIDE, SIDE)),)
    outputs = (
        TensorSpec("label", "INT64", (-1,)),
        TensorSpec("probabilities", "FP32", (-1, 10)),
    )

    def predict(self, inputs: Arrays) -> Arrays:
        assert self.predictor, "it needs a model behind it: --predictor-host"
        across = SIDE // SQUARE
        squares = inputs["bitmap"].reshape(-1, across, SQUARE, across, SQUARE)
        image = squares.sum(axis=(2, 4), dtype=np.float32)
        return self.predictor.infer({"image": image})
