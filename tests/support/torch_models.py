# SPDX-License-Identifier: Apache-2.0
"""Tiny TorchScript models for tests; call inside tests marked heavy, as torch is imported here."""

from __future__ import annotations

import textwrap
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DOUBLE = "def forward(self, x):\n    return 2 * x\n"
DOUBLE_TENSORS = """
inputs: [{name: x, datatype: FP32, shape: [-1, 4]}]
outputs: [{name: y, datatype: FP32, shape: [-1, 4]}]
"""


def write_double_torch(folder: Path) -> Path:
    """x FP32[-1, 4] -> y FP32[-1, 4] = 2 * x; what it takes is written inside the file."""
    return write_torch(folder, DOUBLE, DOUBLE_TENSORS)


def write_torch(folder: Path, forward: str, embedded: str = "") -> Path:
    """`forward`: the source of the method; `embedded`: a velaserve.yaml inside the file."""
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    extra = {"velaserve.yaml": embedded} if embedded else {}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"`?torch\.jit\.\w+`? is deprecated")
        # A class of its own: torch keeps one compiled type for each class.
        module = type("Tested", (torch.jit.ScriptModule,), {})()
        module.define(textwrap.dedent(forward))
        module.save(str(folder / "model.pt"), _extra_files=extra)
    return folder
