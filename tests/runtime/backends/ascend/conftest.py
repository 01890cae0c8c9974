# SPDX-License-Identifier: Apache-2.0
"""The simulator, scripted anew for each test, which must give back what it took."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from support.ascend_sim import Sim, build
from support.call_log import CallLog
from support.torch_npu_shim.script import SCRIPT, Script
from support.torch_npu_shim.site import SHIM, write_torch_npu
from velaserve_runtime.backends.ascend.acl import Acl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.cann_models import Cann


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sim:
    return Sim(build(tmp_path_factory.mktemp("ascend")))


@pytest.fixture
def sim(built: Sim) -> Iterator[Sim]:
    built.mend()
    built.set_memory(0)
    yield built
    built.mend()
    assert not built.live()


@pytest.fixture
def acl(sim: Sim) -> Acl:
    return Acl(str(sim.library))


@pytest.fixture
def calls(built: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CallLog:
    """Processes that a test starts have CANN, as after set_env.sh."""
    log = CallLog(tmp_path / "calls")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(built.library.parent))
    monkeypatch.setenv("ASCENDSIM_CALLS", str(log.file))
    return log


@pytest.fixture
def cann(calls: CallLog, tmp_path: Path) -> Cann:
    """For ONNX models in processes of their own."""
    from support.cann_models import Cann  # onnx is not everywhere

    assert not calls.count("aclInit")
    return Cann(tmp_path / "cache")


@pytest.fixture
def npu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """torch_npu, as if it were installed, over tensors that pretend to be on an NPU."""
    import torch

    from support.torch_npu_shim import api

    monkeypatch.setattr(torch, "empty", api.empty)
    monkeypatch.setattr(torch.jit, "load", api.jit_load)
    monkeypatch.setenv("TORCH_NPU_FALLBACK_CPU_DISABLE", "")
    monkeypatch.syspath_prepend(write_torch_npu(tmp_path / "site", api.VERSION, SHIM))
    monkeypatch.delitem(sys.modules, "torch_npu", raising=False)
    SCRIPT.reset()
    return SCRIPT
