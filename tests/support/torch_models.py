# SPDX-License-Identifier: Apache-2.0
"""Tiny TorchScript models for tests; call inside tests marked heavy, as torch is imported here."""

from __future__ import annotations

import textwrap
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_DEPRECATED = r"`?torch\.jit\.\w+`? is deprecated"
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

    # A class of its own: torch keeps one compiled type for each class.
    module = type("Tested", (torch.jit.ScriptModule,), {})()
    module.define(textwrap.dedent(forward))
    return _save(folder, module, embedded)


def write_dense_torch(folder: Path, *, freeze: bool = False) -> Path:
    """x FP32[-1, 4] -> y FP32[-1, 4], with weights; freezing makes constants of them."""
    import torch

    layers = [torch.nn.Linear(4, 8), torch.nn.BatchNorm1d(8), torch.nn.ReLU()]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", _DEPRECATED)
        module = torch.jit.script(torch.nn.Sequential(*layers, torch.nn.Linear(8, 4)).eval())
        module = torch.jit.freeze(module) if freeze else module
    return _save(folder, module, DOUBLE_TENSORS)


def _save(folder: Path, module: Any, embedded: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    extra = {"velaserve.yaml": embedded} if embedded else {}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", _DEPRECATED)
        module.save(str(folder / "model.pt"), _extra_files=extra)
    return folder
