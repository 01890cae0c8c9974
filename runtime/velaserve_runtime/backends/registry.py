# SPDX-License-Identifier: Apache-2.0
"""Opens a model with the backend of its format; a backend is imported when one is needed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import LoadFailed, NoBackend

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import ModelInstance
    from velaserve_runtime.repository.layout import VersionSource
    from velaserve_runtime.repository.model_config import ModelConfig


CPU = "cpu"


@dataclass(frozen=True, slots=True)
class BackendSettings:
    """What the server decides for all models."""

    allow_python_models: bool = False
    intra_op_threads: int = 1
    """Threads of one instance; a model's own setting wins."""
    predictor_host: str | None = None
    """The server behind Python models."""
    device: str = CPU
    """What models shall run on."""
    fallback_policy: str = "strict"
    """What becomes of models that `device` does not run, see policy.py."""
    compile_cache_dir: str | None = None
    """Where compiled models are kept; None: nowhere, once the server has ended."""
    compile_cache_max_bytes: int | None = None
    """How much is kept there; None: all."""


def open_instance(
    source: VersionSource, config: ModelConfig, settings: BackendSettings, number: int = 0
) -> ModelInstance:
    """An instance on the device of `settings`, not loaded yet; on several cards, `number` chooses.

    Raises:
        NoBackend: no backend runs the format there.
        LoadFailed: the backend's extra is missing, or a switch keeps the format off.
    """
    device = settings.device
    if source.format not in _OPENERS[device]:
        tried = ", ".join(sorted(_OPENERS[device])) or "none"
        raise NoBackend(
            f"no backend of this server runs {source.format} on {device} (backends for {device}: "
            f"{tried})"
        )
    if source.format == "python" and not settings.allow_python_models:
        raise LoadFailed(
            f"{source.file} is code, and Python models are off; if you trust it, start the server "
            "with --allow-python-models"
        )
    open_it = functools.partial(_open, source, config, settings, number)
    if _has_own_process(device, source.format, config.executor):
        from velaserve_runtime.backends.process.instance import ProcessInstance

        instance: ModelInstance = ProcessInstance(open_it)
    else:
        instance = open_it()
    if device == CPU or source.format == "python":
        return instance
    from velaserve_runtime.backends.geared import GearedInstance

    return GearedInstance(instance, config.gears_batch or ())


def refuse_mixed_runtimes() -> None:
    """onnxruntime and onnxruntime-cann install the same files; whichever came last is imported.

    Raises:
        LoadFailed: both are installed.
    """
    if _is_installed("onnxruntime") and _is_installed("onnxruntime-cann"):
        raise LoadFailed(
            "onnxruntime and onnxruntime-cann are both installed and overwrite each other; run: "
            "pip uninstall onnxruntime onnxruntime-cann, then install velaserve[onnx] or "
            "velaserve[ascend]"
        )


def _has_own_process(device: str, model_format: str, executor: str) -> bool:
    """By order, or because what it runs on breaks a whole process, which only a new one mends."""
    if (device, model_format) in _STARTS_ONE:
        return False
    return executor == "process" or (executor == "auto" and model_format in _BREAKS.get(device, ()))


def _open(
    source: VersionSource, config: ModelConfig, settings: BackendSettings, number: int
) -> ModelInstance:
    try:
        return _OPENERS[settings.device][source.format](source, config, settings, number)
    except ImportError as err:
        extra = _EXTRAS.get(source.format, "runtime")
        raise LoadFailed(f"{source.file} needs: pip install 'velaserve[{extra}]' ({err})") from err


def _threads(config: ModelConfig, settings: BackendSettings) -> int:
    return config.intra_op_threads or settings.intra_op_threads


def _open_onnx(
    source: VersionSource, config: ModelConfig, settings: BackendSettings, _number: int
) -> ModelInstance:
    from velaserve_runtime.backends.onnx_cpu import OnnxCpuInstance

    refuse_mixed_runtimes()
    names = (config.inputs, config.outputs)
    return OnnxCpuInstance(source.file, _threads(config, settings), names)


def _open_torchscript(
    source: VersionSource, config: ModelConfig, settings: BackendSettings, _number: int
) -> ModelInstance:
    from velaserve_runtime.backends.torch_cpu import TorchCpuInstance

    names = (config.inputs, config.outputs)
    return TorchCpuInstance(source.file, _threads(config, settings), names)


def _open_offline_model(
    source: VersionSource, _config: ModelConfig, _settings: BackendSettings, number: int
) -> ModelInstance:
    from velaserve_runtime.backends.ascend.device_monitor import MonitoredInstance
    from velaserve_runtime.backends.ascend.devices import device_for, open_acl
    from velaserve_runtime.backends.ascend.offline_model import OfflineModelInstance

    acl = open_acl()
    return MonitoredInstance(OfflineModelInstance(source.file, acl, device_for(acl, number)))


def _open_onnx_on_ascend(
    source: VersionSource, config: ModelConfig, settings: BackendSettings, number: int
) -> ModelInstance:
    from velaserve_runtime.backends.ascend.cann_options import parse_options
    from velaserve_runtime.backends.ascend.cann_session import CannDevice
    from velaserve_runtime.backends.ascend.compile_cache import CacheRoot, cache_root
    from velaserve_runtime.backends.ascend.device_monitor import monitored
    from velaserve_runtime.backends.ascend.onnx_cann import OnnxCannInstance
    from velaserve_runtime.backends.process.instance import ProcessInstance

    refuse_mixed_runtimes()
    options = parse_options(config.cann_options)
    build = functools.partial(
        OnnxCannInstance,
        source.file,
        (config.inputs, config.outputs),
        CannDevice(number=number, options=options, strict=settings.fallback_policy == "strict"),
        tuple(config.ordered_sizes) or (1,),
        CacheRoot(cache_root(settings.compile_cache_dir), settings.compile_cache_max_bytes),
    )
    return ProcessInstance(functools.partial(monitored, build))


def _open_torchscript_on_ascend(
    source: VersionSource, config: ModelConfig, settings: BackendSettings, number: int
) -> ModelInstance:
    from velaserve_runtime.backends.ascend.device_monitor import MonitoredInstance
    from velaserve_runtime.backends.ascend.torch_ascend import TorchAscendInstance

    instance = TorchAscendInstance(
        source.file,
        number,
        _threads(config, settings),
        (config.inputs, config.outputs),
        cpu_operators=settings.fallback_policy != "strict",
    )
    return MonitoredInstance(instance)


def _open_python(
    source: VersionSource, _config: ModelConfig, settings: BackendSettings, _number: int
) -> ModelInstance:
    from velaserve_runtime.backends.python_model import PythonInstance

    if settings.predictor_host is None:
        return PythonInstance(source.file)
    from velaserve_runtime.predictor import Predictor

    return PythonInstance(source.file, Predictor(settings.predictor_host, source.name))


_Opener = Callable[["VersionSource", "ModelConfig", BackendSettings, int], "ModelInstance"]
_OPENERS: Mapping[str, Mapping[str, _Opener]] = {
    CPU: {
        "onnx": _open_onnx,
        "torchscript": _open_torchscript,
        "python": _open_python,
    },
    "ascend": {
        "om": _open_offline_model,
        "onnx": _open_onnx_on_ascend,
        "python": _open_python,
        "torchscript": _open_torchscript_on_ascend,
    },
    "nvidia": {"python": _open_python},
}
"""Device -> format -> its backend: where a backend for a card is added.

A Python model decides itself where it computes.
"""
_STARTS_ONE = frozenset({("ascend", "onnx")})
"""Whose backend starts a process in any case, for the sake of a working directory."""
_BREAKS: Mapping[str, tuple[str, ...]] = {"ascend": ("torchscript",)}
_EXTRAS = {"onnx": "onnx", "torchscript": "torch"}


def _is_installed(distribution: str) -> bool:
    try:
        metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return False
    return True
