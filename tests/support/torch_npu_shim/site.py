# SPDX-License-Identifier: Apache-2.0
"""A folder to import torch_npu from, installed as its wheel is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SHIM = """
import os
from support.torch_npu_shim.api import VERSION as __version__, npu
from support.torch_npu_shim.script import SCRIPT
for name in ("TORCH_DEVICE_BACKEND_AUTOLOAD", "TORCH_NPU_FALLBACK_CPU_DISABLE"):
    SCRIPT.called("import", f"{name}={os.environ.get(name)}")
"""
WITHOUT_CANN = 'raise ImportError("libhccl.so: cannot open shared object file: No such file")\n'
"""What the wheel does on a machine without CANN."""
SWITCH = b"\0TORCH_NPU_FALLBACK_CPU_DISABLE\0"


def write_torch_npu(site: Path, version: str, source: str, library: bytes = SWITCH) -> Path:
    """<site>/torch_npu, with the entry point by which torch imports it on its own."""
    package = site / "torch_npu"
    (package / "lib").mkdir(parents=True)
    (package / "__init__.py").write_text(source)
    (package / "lib" / "libtorch_npu.so").write_bytes(library)
    metadata = site / f"torch_npu-{version}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: torch-npu\nVersion: {version}\n"
    )
    (metadata / "entry_points.txt").write_text(
        "[torch.backends]\ntorch_npu = torch_npu:_autoload\n"
    )
    return site
