# SPDX-License-Identifier: Apache-2.0
"""What a model.py imports: `from velaserve_runtime.model import Model, TensorSpec`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.tensors import TensorSpec

if TYPE_CHECKING:
    from pathlib import Path

    from velaserve_runtime.predictor import Predictor
    from velaserve_runtime.protocol.datatypes import Array

__all__ = ["InvalidRequest", "Model", "TensorSpec"]


class Model:
    """A model written in Python: one subclass in one `model.py`.

    A complete one, which multiplies by a number that lies in a file beside it::

        import numpy as np
        from velaserve_runtime.model import Model, TensorSpec

        class Scale(Model):
            inputs = (TensorSpec("x", "FP32", (-1, 4)),)
            outputs = (TensorSpec("y", "FP32", (-1, 4)),)

            def load(self, directory):
                self.factor = np.float32((directory / "factor.txt").read_text())

            def predict(self, inputs):
                return {"y": inputs["x"] * self.factor}

    Put it at `<repository>/scale/1/model.py` and start the server with --allow-python-models:
    the file is code that runs with the rights of the server.

    Required: `inputs`, `outputs` and `predict`. Optional: `load`, `close`.
    Modules beside the file are imported relatively: `from .tokens import split`.

    When all inputs and outputs begin with a free dimension (-1), that one is the batch: rows of
    several requests arrive in one `predict`, and row i of each output must belong to row i of the
    inputs. The server tries this out when it loads the model; `batching: off` in velaserve.yaml
    keeps requests apart.

    A model in front of another one, as a transformer is, asks it with
    `self.predictor.infer({"x": array})`: with --predictor-host, `predictor` is the model of the
    same name there.

    An exception in `predict` is answered with 500 and its text, the traceback goes to the log;
    InvalidRequest("…") is answered with 400. A long `predict` that holds the GIL delays the
    server's other threads: `executor: process` in velaserve.yaml gives the model its own process.
    """

    inputs: ClassVar[tuple[TensorSpec, ...]] = ()
    """Name, V2 datatype and shape of each input; -1 is a free dimension."""
    outputs: ClassVar[tuple[TensorSpec, ...]] = ()
    """The same for what `predict` returns."""
    predictor: Predictor | None = None
    """The model behind this one; None without --predictor-host."""

    def load(self, directory: Path) -> None:
        """Called once, before the first `predict`; `directory` is the folder of model.py."""

    def predict(self, inputs: dict[str, Array]) -> dict[str, Array]:
        """Answers one batch; called by one thread at a time.

        Args:
            inputs: by name, checked against the declaration. Read-only, and only valid until
                `predict` returns: copy what you keep. BYTES are object arrays of `bytes`,
                BF16 are uint16 arrays of the raw bits.

        Returns:
            Every declared output by name, of exactly the declared datatype. It is copied, so a
            buffer may be used again. BYTES may hold `bytes` or `str`.
        """
        raise NotImplementedError(f"{type(self).__name__} has no method predict")

    def close(self) -> None:
        """Called once, when the model is unloaded."""
