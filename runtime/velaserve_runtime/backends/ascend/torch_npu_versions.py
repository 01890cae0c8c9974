# SPDX-License-Identifier: Apache-2.0
"""Which torch and which CANN a version of torch_npu is made for.

The pairs are those of COMPATIBILITY.en.md in Ascend/pytorch: the torch of a torch_npu is the one of
the same number, without its .postN. Wheels of another torch fail with undefined symbols, or later.
"""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

_CANN: Mapping[str, str] = {
    "2.12.0": "9.1.0",
    "2.11.0": "9.1.0",
    "2.10.0.post4": "9.1.0",
    "2.10.0.post2": "9.0.0",
    "2.9.0.post6": "9.1.0",
    "2.9.0.post2": "9.0.0",
    "2.9.0": "8.5.0",
    "2.8.0.post4": "9.0.0",
    "2.8.0.post2": "8.5.0",
    "2.8.0": "8.3.RC1",
    "2.7.1.post8": "9.1.0",
    "2.7.1.post4": "9.0.0",
    "2.7.1.post2": "8.5.0",
    "2.7.1": "8.3.RC1",
    "2.6.0.post5": "8.5.0",
    "2.6.0.post3": "8.3.RC1",
    "2.6.0": "8.2.RC1",
    "2.5.1.post1": "8.2.RC1",
}
"""torch_npu -> CANN; the newest of each torch first."""


def fitting_torch_npu(torch: str) -> str:
    """The version that is installed, which is for this torch.

    Asked before torch_npu is imported: what it says of another torch is hard to read.

    Raises:
        LoadFailed: there is none, or it is made for another torch.
    """
    try:
        torch_npu = metadata.version("torch-npu")
    except metadata.PackageNotFoundError as err:
        raise LoadFailed(f"torch_npu is not installed; install {_for_torch(torch)}") from err
    if _base(torch_npu) != _base(torch):
        raise LoadFailed(
            f"torch {torch} and torch_npu {torch_npu} do not fit: this torch_npu is made for "
            f"{made_for(torch_npu)}; install torch=={_base(torch_npu)}, or for the torch that is "
            f"there {_for_torch(torch)}"
        )
    return torch_npu


def made_for(torch_npu: str) -> str:
    """What a torch_npu expects beside it, as far as it is known."""
    cann = _CANN.get(torch_npu)
    return f"torch {_base(torch_npu)}" + (f" and CANN {cann}" if cann else "")


def _for_torch(torch: str) -> str:
    base = _base(torch)
    known = next((version for version in _CANN if _base(version) == base), None)
    return f"torch-npu=={known} (for CANN {_CANN[known]})" if known else f"torch-npu=={base}.*"


def _base(version: str) -> str:
    """Without .postN and +cpu."""
    return version.partition("+")[0].partition(".post")[0]
