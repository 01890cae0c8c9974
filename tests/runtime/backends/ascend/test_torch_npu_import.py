# SPDX-License-Identifier: Apache-2.0
"""torch_npu that is not there, or does not fit what is, is refused with the next step."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from support.torch_npu_shim.site import SWITCH, WITHOUT_CANN, write_torch_npu
from velaserve_runtime.backends.ascend.torch_npu_import import import_torch_npu, knows_switch
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from pathlib import Path

CUDA_TORCH = """
raise RuntimeError(
    "Two accelerators cannot be used at the same time in PyTorch: npu and cuda. You can install "
    "the cpu version of PyTorch to use your npu device, or use the cuda device with 'export "
    "TORCH_DEVICE_BACKEND_AUTOLOAD=0'.\\n[ERROR] 2026-11-20-10:00:00 (PID:7) ERR00007 PTA"
)
"""
UNDEFINED = "raise ImportError('libtorch_npu.so: undefined symbol: _ZN3c10')\n"
CANN_9 = "made for torch 2.12.0 and CANN 9.1.0"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TORCH_NPU_FALLBACK_CPU_DISABLE", "")
    monkeypatch.setenv("TORCH_NPU_COMPACT_ERROR_OUTPUT", "")
    monkeypatch.delitem(sys.modules, "torch_npu", raising=False)


def refusal(torch: str) -> str:
    module: Any = SimpleNamespace(__version__=torch)
    with pytest.raises(LoadFailed) as caught:
        import_torch_npu(module, cpu_operators=False)
    return str(caught.value)


@pytest.mark.parametrize(
    ("torch", "wanted"),
    [
        ("2.12.0+cpu", "install torch-npu==2.12.0 (for CANN 9.1.0)"),
        ("2.9.0", "install torch-npu==2.9.0.post6 (for CANN 9.1.0)"),
        ("2.15.0+cu132", "install torch-npu==2.15.0.*"),
    ],
)
def test_without_torch_npu(torch: str, wanted: str) -> None:
    assert refusal(torch) == f"torch_npu is not installed; {wanted}"


@pytest.mark.parametrize(
    ("torch", "torch_npu", "words"),
    [
        (
            "2.12.0+cpu",
            "2.9.0.post2",
            ["made for torch 2.9.0 and CANN 9.0.0", "torch==2.9.0", "torch-npu==2.12.0"],
        ),
        ("2.7.1", "2.8.0", ["made for torch 2.8.0 and CANN 8.3.RC1", "torch-npu==2.7.1.post8"]),
        ("2.12.1", "2.12.0.post3", ["made for torch 2.12.0;", "torch-npu==2.12.1.*"]),
    ],
)
def test_versions_that_do_not_fit(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    torch: str,
    torch_npu: str,
    words: list[str],
) -> None:
    monkeypatch.syspath_prepend(write_torch_npu(tmp_path, torch_npu, "raise AssertionError"))

    text = refusal(torch)

    for word in (f"torch {torch} and torch_npu {torch_npu} do not fit", *words):
        assert word in text


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (WITHOUT_CANN, ["libhccl.so: cannot open", "source set_env.sh", CANN_9]),
        (CUDA_TORCH, ["npu and cuda", "index for CPUs: pip install --index-url", CANN_9]),
        (UNDEFINED, ["undefined symbol: _ZN3c10", CANN_9]),
    ],
)
def test_import_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, words: list[str]
) -> None:
    monkeypatch.syspath_prepend(write_torch_npu(tmp_path, "2.12.0", source))

    text = refusal("2.12.0+cpu")

    for word in ("torch_npu 2.12.0", "cannot be imported", *words):
        assert word in text
    assert "\n" not in text


def test_whether_a_library_knows_the_switch(tmp_path: Path) -> None:
    package = write_torch_npu(tmp_path, "2.12.0", "") / "torch_npu"
    library = package / "lib" / "libtorch_npu.so"

    assert knows_switch(package)
    library.write_bytes(SWITCH.lower())
    assert not knows_switch(package)
    library.write_bytes(b"")
    assert not knows_switch(package)
    library.unlink()
    assert not knows_switch(package)
