# SPDX-License-Identifier: Apache-2.0
"""TorchScript models on torch's CPU device."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.backends.torch_api import import_torch
from velaserve_runtime.backends.torch_script import PLATFORM, TorchScript, reason
from velaserve_runtime.protocol.errors import LoadFailed, ModelFailed, VelaserveError
from velaserve_runtime.protocol.tensors import ModelSpec

if TYPE_CHECKING:
    from pathlib import Path

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.torch_api import TorchTensor
    from velaserve_runtime.backends.torch_script import Declared
    from velaserve_runtime.protocol.datatypes import Array

LOG = logging.getLogger(__name__)


class TorchCpuInstance:
    """A ModelInstance around one TorchScript module."""

    def __init__(self, file: Path, threads: int, declared: Declared) -> None:
        self._file = file
        self._threads = threads
        self._declared = declared
        self._torch = import_torch()
        self._script: TorchScript | None = None

    def load(self) -> ModelSpec:
        self._torch.set_num_threads(self._threads)
        try:
            script = TorchScript(self._torch, self._file, self._declared, "cpu")
        except VelaserveError:
            raise
        except Exception as err:  # torch raises RuntimeError and others of no common base
            raise LoadFailed(f"{self._file} is not a TorchScript file: {reason(err)}") from err
        self._script = script
        placement = {"device": "cpu", "intra_op_threads": str(self._threads)}
        return ModelSpec(script.inputs, script.outputs, PLATFORM, placement)

    def warm_up(self, sample: Arrays) -> Arrays:
        try:
            # The first run is profiled, the second one compiled: 150 and 80 ms of a model that
            # then takes 0.6.
            self.execute(sample)
            return self.execute(sample)
        except ModelFailed as err:
            raise LoadFailed(f"{self._file}: {err}") from err

    def execute(self, batch: Arrays) -> Arrays:
        script = self._script
        if script is None:
            raise ModelFailed(f"{self._file} is not loaded")
        try:
            outputs = script.run(
                [script.typed(spec, self._to_tensor(batch[spec.name])) for spec in script.inputs]
            )
        except VelaserveError:
            raise
        except Exception as err:  # torch raises RuntimeError and others of no common base
            LOG.error("%s: forward raised", self._file, exc_info=err)
            raise ModelFailed(f"torch: {reason(err)}") from err
        # Copied: forward() may return its input, a weight, or one storage twice.
        return {
            name: np.array(array, order="C", copy=True)
            for name, array in script.arrays(outputs).items()
        }

    def cancel(self) -> None:
        """TorchScript cannot be interrupted; use the executor `process` for that."""

    def close(self) -> None:
        self._script = None

    def _to_tensor(self, array: Array) -> TorchTensor:
        """Copied when read-only: torch has no such tensors, and forward() may write into one."""
        return self._torch.from_numpy(np.require(array, requirements=["C", "W"]))
