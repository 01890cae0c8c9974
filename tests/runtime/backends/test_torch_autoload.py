# SPDX-License-Identifier: Apache-2.0
"""torch imports torch_npu on its own where that is installed; the server does it itself, or not."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ci.tools.tree import ROOT
from support.torch_models import write_double_torch
from support.torch_npu_shim.site import SHIM, WITHOUT_CANN, write_torch_npu

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.heavy

CPU_THEN_NPU = """
import sys
from pathlib import Path
import numpy as np
from velaserve_runtime.backends.ascend.torch_ascend import TorchAscendInstance
from velaserve_runtime.backends.torch_cpu import TorchCpuInstance

file = Path(sys.argv[1])
cpu = TorchCpuInstance(file, 1, ((), ()))
cpu.load()
print(cpu.execute({"x": np.ones((1, 4), np.float32)})["y"].tolist())
TorchAscendInstance(file, 0, 1, ((), ()), cpu_operators=False).load()
"""
CALLS = "from support.torch_npu_shim.script import SCRIPT\nprint(SCRIPT.calls[:4])\n"


def version_of_torch() -> str:
    import torch

    return str(torch.__version__).partition("+")[0]


def python(site: Path, program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A process that sees the site, and nothing of what this one has set for torch."""
    paths = [site, *(ROOT / name for name in ("runtime", "validator", "tests"))]
    environment = {name: value for name, value in os.environ.items() if "TORCH" not in name}
    environment["PYTHONPATH"] = os.pathsep.join(map(str, paths))
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_torch_npu_without_cann_does_not_keep_models_from_the_cpu(tmp_path: Path) -> None:
    site = write_torch_npu(tmp_path / "site", version_of_torch(), WITHOUT_CANN)
    file = write_double_torch(tmp_path) / "model.pt"

    assert "Failed to load the backend extension" in python(site, "import torch").stderr
    done = python(site, CPU_THEN_NPU, file)

    assert done.stdout.strip() == "[[2.0, 2.0, 2.0, 2.0]]"
    said = done.stderr.splitlines()[-1]
    assert "LoadFailed: torch_npu" in said
    assert "libhccl.so: cannot open shared object file" in said
    assert "source set_env.sh" in said


def test_the_environment_is_set_before_torch_npu_reads_it(tmp_path: Path) -> None:
    site = write_torch_npu(tmp_path / "site", version_of_torch(), SHIM)
    file = write_double_torch(tmp_path) / "model.pt"

    done = python(site, CPU_THEN_NPU + CALLS, file)

    assert done.stdout.splitlines()[-1:] == [
        str(
            [
                "import TORCH_DEVICE_BACKEND_AUTOLOAD=0",
                "import TORCH_NPU_FALLBACK_CPU_DISABLE=1",
                "set_compile_mode jit_compile=False",
                "allow_internal_format False",
            ]
        )
    ], done.stderr
