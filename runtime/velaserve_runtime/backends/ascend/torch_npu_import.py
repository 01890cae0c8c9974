# SPDX-License-Identifier: Apache-2.0
"""Imports torch_npu, set up as a server needs it, or says what is missing."""

from __future__ import annotations

import importlib
import logging
import mmap
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from velaserve_runtime.backends.ascend.torch_npu_versions import fitting_torch_npu, made_for
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from velaserve_runtime.backends.ascend.torch_npu_api import Npu, TorchNpuModule
    from velaserve_runtime.backends.torch_api import Torch

LOG = logging.getLogger(__name__)
_SWITCH = "TORCH_NPU_FALLBACK_CPU_DISABLE"


class TorchNpu(NamedTuple):
    """torch_npu, ready for use."""

    npu: Npu
    version: str
    cpu_operators: str
    """Whether the CPU may run what has no kernel for NPUs."""


def import_torch_npu(torch: Torch, *, cpu_operators: bool) -> TorchNpu:
    """Sets up the whole process: torch_npu reads the environment once.

    Raises:
        LoadFailed: naming what is not installed, or does not fit.
    """
    os.environ[_SWITCH] = "0" if cpu_operators else "1"
    # Without the error's number in its text, nobody can tell what became of the device.
    os.environ["TORCH_NPU_COMPACT_ERROR_OUTPUT"] = "0"
    # Said once more by the count of 0 devices. For the whole process, as threads share filters.
    warnings.filterwarnings("ignore", "Can't get ascend_hal device count", UserWarning)
    module = _import(fitting_torch_npu(torch.__version__))
    # A 310P compiles each new shape by default, and private formats compile conversions.
    module.npu.set_compile_mode(jit_compile=False)
    module.npu.config.allow_internal_format = False
    return TorchNpu(module.npu, module.__version__, _cpu_operators(module, cpu_operators))


def _import(version: str) -> TorchNpuModule:
    try:
        return cast("TorchNpuModule", importlib.import_module("torch_npu"))
    except Exception as err:  # among others ImportError, RuntimeError, OSError
        raise LoadFailed(
            f"torch_npu {version}, made for {made_for(version)}, cannot be imported: "
            f"{_with_next_step(str(err).strip())}"
        ) from err


def _with_next_step(text: str) -> str:
    if "Two accelerators cannot be used" in text:
        return (
            f"{text.splitlines()[0]} Install this version of torch without CUDA, of PyTorch's own "
            "index for CPUs: pip install --index-url ... torch==..."
        )
    if "cannot open shared object file" in text:
        return (
            f"{text}; libraries of CANN are missing: source set_env.sh of the CANN toolkit before "
            "the server starts, or use an image of CANN"
        )
    return text


def _cpu_operators(module: TorchNpuModule, allowed: bool) -> str:
    if allowed:
        return "allowed"
    if knows_switch(Path(module.__file__).parent):
        return "forbidden"
    LOG.warning(
        "torch_npu %s does not know %s: operators without a kernel for NPUs run on the CPU",
        module.__version__,
        _SWITCH,
    )
    return f"not forbidden, as this torch_npu does not know {_SWITCH}"


def knows_switch(package: Path) -> bool:
    """Whether the library of a torch_npu reads the variable: the version does not tell.

    2.12.0.post3 does, 2.12.0 does not; each branch got it at its own time.
    """
    library = package / "lib" / "libtorch_npu.so"
    try:
        with (
            library.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
        ):
            return content.find(_SWITCH.encode()) >= 0
    except (OSError, ValueError):  # not there, or empty
        return False
