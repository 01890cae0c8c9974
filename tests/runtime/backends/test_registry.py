# SPDX-License-Identifier: Apache-2.0
"""Which backend a model gets, and what is said when it can get none."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from support.models import write_double_onnx, write_double_python
from velaserve_lint.names import options
from velaserve_runtime.backends.executor import executor_of
from velaserve_runtime.backends.process.instance import ProcessInstance
from velaserve_runtime.backends.registry import (
    CPU,
    BackendSettings,
    open_instance,
    refuse_mixed_runtimes,
)
from velaserve_runtime.protocol.errors import LoadFailed, NoBackend
from velaserve_runtime.repository.layout import VersionSource
from velaserve_runtime.repository.model_config import ModelConfig

if TYPE_CHECKING:
    from pathlib import Path

DEFAULTS = BackendSettings()


def source(folder: Path, file: str, model_format: str) -> VersionSource:
    return VersionSource("m", "1", folder, folder / file, model_format)


def write_distribution(site: Path, name: str) -> None:
    """Metadata as an installed distribution leaves them."""
    folder = site / f"{name.replace('-', '_')}-1.0.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")


def test_python_models_are_code_and_need_the_flag(tmp_path: Path) -> None:
    model = source(write_double_python(tmp_path), "model.py", "python")

    with pytest.raises(LoadFailed, match="start the server with --allow-python-models"):
        open_instance(model, ModelConfig(), DEFAULTS)
    open_instance(model, ModelConfig(), BackendSettings(allow_python_models=True))


@pytest.mark.parametrize("device", [name for name in options()["device"].choices if name != CPU])
def test_a_device_that_no_backend_runs_the_model_on(tmp_path: Path, device: str) -> None:
    model = source(tmp_path, "model.pickle", "pickle")

    with pytest.raises(NoBackend, match=rf"runs pickle on {device} \(backends for {device}: "):
        open_instance(model, ModelConfig(), BackendSettings(device=device))


def test_the_models_own_threads_win(tmp_path: Path) -> None:
    model = source(write_double_onnx(tmp_path), "model.onnx", "onnx")
    settings = BackendSettings(intra_op_threads=2)

    placements = [
        open_instance(model, config, settings).load().placement
        for config in (ModelConfig(), ModelConfig(intra_op_threads=3))
    ]

    assert [placement["intra_op_threads"] for placement in placements] == ["2", "3"]


def test_the_executor_process_gives_a_process(tmp_path: Path) -> None:
    model = source(write_double_onnx(tmp_path), "model.onnx", "onnx")

    instance = open_instance(model, ModelConfig(executor="process"), DEFAULTS)

    assert isinstance(instance, ProcessInstance)


@pytest.mark.parametrize(
    ("device", "model_format", "asked", "gets"),
    [
        (CPU, "onnx", "auto", "thread"),
        (CPU, "onnx", "process", "process"),
        ("ascend", "onnx", "auto", "process"),
        ("ascend", "onnx", "thread", "process"),
        ("ascend", "torchscript", "auto", "process"),
        ("nvidia", "python", "auto", "thread"),
        ("nvidia", "python", "process", "process"),
    ],
)
def test_an_instance_tells_who_runs_it(
    tmp_path: Path, device: str, model_format: str, asked: str, gets: str
) -> None:
    settings = BackendSettings(device=device, allow_python_models=True)
    model = source(tmp_path, "model", model_format)

    assert executor_of(open_instance(model, ModelConfig(executor=asked), settings)) == gets


@pytest.mark.parametrize(
    ("model_format", "module", "extra"),
    [("onnx", "onnxruntime", "onnx"), ("torchscript", "torch", "torch")],
)
def test_a_missing_extra_is_named_with_the_command(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    model_format: str,
    module: str,
    extra: str,
) -> None:
    """None in sys.modules is Python's own way to say that a module cannot be imported."""
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(LoadFailed, match=rf"needs: pip install 'velaserve\[{extra}\]'"):
        open_instance(source(tmp_path, "model", model_format), ModelConfig(), DEFAULTS)


def test_two_onnxruntimes_are_refused_by_their_metadata(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_mixed_runtimes()
    write_distribution(tmp_path, "onnxruntime-cann")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(LoadFailed, match="pip uninstall onnxruntime onnxruntime-cann"):
        refuse_mixed_runtimes()


def test_the_registry_imports_no_engine() -> None:
    code = (
        "import sys, velaserve_runtime.backends.registry;"
        "print(*{'onnxruntime', 'torch', 'multiprocessing'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == ""


def test_a_cpu_server_imports_nothing_of_a_device(tmp_path: Path) -> None:
    write_double_onnx(tmp_path / "double" / "1")
    serving = (
        "import sys; from pathlib import Path; from velaserve_runtime.backends.registry import "
        "BackendSettings; from velaserve_runtime.repository.loading import Loader; "
        f"Loader(BackendSettings(), {{}}).load('double', Path({str(tmp_path / 'double')!r})); "
        "print(sorted(name for name in sys.modules if 'ascend' in name or 'torch' in name))"
    )
    done = subprocess.run([sys.executable, "-c", serving], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
