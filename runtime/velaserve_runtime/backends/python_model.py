# SPDX-License-Identifier: Apache-2.0
"""Models written in Python: a model.py with one subclass of velaserve_runtime.model.Model."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.backends.byte_strings import to_bytes
from velaserve_runtime.backends.promise import TensorPromise
from velaserve_runtime.backends.python_module import ModelModule
from velaserve_runtime.protocol.datatypes import DATATYPES
from velaserve_runtime.protocol.errors import InvalidRequest, LoadFailed, ModelFailed
from velaserve_runtime.protocol.tensors import ModelSpec, TensorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.model import Model
    from velaserve_runtime.predictor import Predictor
    from velaserve_runtime.protocol.datatypes import Array

PLATFORM = "python"
LOG = logging.getLogger(__name__)


class PythonInstance:
    """A ModelInstance around one Model object."""

    def __init__(self, file: Path, predictor: Predictor | None = None) -> None:
        self._file = file
        self._predictor = predictor
        self._module: ModelModule | None = None
        self._model: Model | None = None

    def load(self) -> ModelSpec:
        self._module = ModelModule(self._file)
        model_class = self._module.model_class()
        spec = ModelSpec(
            self._declared(model_class, "inputs"),
            self._declared(model_class, "outputs"),
            PLATFORM,
            {"device": "cpu"},
        )
        self._bytes = frozenset(s.name for s in spec.outputs if s.datatype == "BYTES")
        self._promise = TensorPromise(spec.outputs, check_shapes=True)
        self._model = self._start(model_class)
        return spec

    def warm_up(self, sample: Arrays) -> Arrays:
        try:
            return self._predict(sample)
        except (Exception, SystemExit) as err:  # whatever the author's code raises
            raise LoadFailed(f"{self._file}: predict: {type(err).__name__}: {err}") from err

    def execute(self, batch: Arrays) -> Arrays:
        try:
            return self._predict(batch)
        except (ModelFailed, InvalidRequest):
            raise
        except (Exception, SystemExit) as err:  # whatever the author's code raises
            LOG.error("%s: predict raised", self._file, exc_info=err)
            raise ModelFailed(f"the model raised {type(err).__name__}: {err}") from err

    def cancel(self) -> None:
        """Python code cannot be ended from outside; use the executor `process` for that."""

    def close(self) -> None:
        model, self._model = self._model, None
        module, self._module = self._module, None
        try:
            if model is not None:
                model.close()
        except (Exception, SystemExit) as err:  # whatever the author's code raises
            LOG.error("%s: close raised", self._file, exc_info=err)
        finally:
            if module is not None:
                module.forget()
            if self._predictor is not None:
                self._predictor.close()

    def _declared(self, model_class: type[Model], side: str) -> tuple[TensorSpec, ...]:
        specs = getattr(model_class, side)
        where = f"{self._file}: {model_class.__name__}.{side}"
        if not isinstance(specs, tuple | list) or not specs:
            raise LoadFailed(f'{where}: expected (TensorSpec("x", "FP32", (-1, 4)), …)')
        for spec in specs:
            if not isinstance(spec, TensorSpec):
                raise LoadFailed(f"{where}: expected TensorSpec, found {type(spec).__name__}")
            if spec.datatype not in DATATYPES:
                known = ", ".join(DATATYPES)
                raise LoadFailed(f"{where}: datatype {spec.datatype!r} is unknown; use {known}")
        return tuple(TensorSpec(s.name, s.datatype, tuple(s.shape)) for s in specs)

    def _start(self, model_class: type[Model]) -> Model:
        try:
            model = model_class()
            model.predictor = self._predictor
            model.load(self._file.parent)
        except (Exception, SystemExit) as err:  # whatever the author's code raises
            LOG.error("%s: load raised", self._file, exc_info=err)
            raise LoadFailed(f"{self._file}: load: {type(err).__name__}: {err}") from err
        return model

    def _predict(self, batch: Arrays) -> Arrays:
        if self._model is None:
            raise ModelFailed(f"{self._file} is not loaded")
        answer = self._model.predict({name: _read_only(array) for name, array in batch.items()})
        if not isinstance(answer, dict):
            raise ModelFailed(f"predict returned {type(answer).__name__}, expected dict")
        return self._promise.kept(self._owned(answer))

    def _owned(self, answer: Mapping[str, Array]) -> Arrays:
        """Copies: the model may fill the same buffer again while an answer is still being sent."""
        return {
            name: to_bytes(np.asarray(array))
            if name in self._bytes
            else np.array(array, order="C", copy=True)
            for name, array in answer.items()
        }


def _read_only(array: Array) -> Array:
    view = array.view()
    view.flags.writeable = False
    return view
