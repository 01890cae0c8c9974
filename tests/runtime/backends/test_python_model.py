# SPDX-License-Identifier: Apache-2.0
"""Models written in Python: what a model.py may do, and what it is told when it does not."""

from __future__ import annotations

import inspect
import logging
import sys
import textwrap
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.backends import loaded, open_folder
from support.models import (
    write_double_python,
    write_echo_python,
    write_failing_python,
    write_python,
)
from velaserve_runtime.model import Model
from velaserve_runtime.protocol.datatypes import DATATYPES
from velaserve_runtime.protocol.errors import InvalidRequest, LoadFailed, ModelFailed
from velaserve_runtime.protocol.tensors import TensorSpec

if TYPE_CHECKING:
    from pathlib import Path

X_TO_Y = """
    inputs = (TensorSpec("x", "FP32", (-1, 2)),)
    outputs = (TensorSpec("y", "FP32", (-1, 2)),)
"""
BATCH = {"x": np.ones((1, 2), np.float32)}


def write_predict(folder: Path, *lines: str) -> Path:
    """A model x FP32[-1, 2] -> y FP32[-1, 2] whose predict has these lines."""
    body = "".join(f"        {line}\n" for line in lines)
    return write_python(folder, f"{X_TO_Y}\n    def predict(self, inputs):\n{body}")


def test_the_tutorial_in_the_docstring_works(tmp_path: Path) -> None:
    lines = (inspect.getdoc(Model) or "").split("::\n")[1].split("\nPut it at")[0]
    (tmp_path / "model.py").write_text(textwrap.dedent(lines))
    (tmp_path / "factor.txt").write_text("2.5")

    with loaded(tmp_path) as (instance, spec):
        assert spec.inputs == (TensorSpec("x", "FP32", (-1, 4)),)
        answer = instance.execute({"x": np.ones((1, 4), np.float32)})
        assert answer["y"].tolist() == [[2.5, 2.5, 2.5, 2.5]]


def test_every_datatype_goes_through_unchanged(tmp_path: Path) -> None:
    batch = {
        name: np.array([[b"\xff", b""]], np.object_)
        if name == "BYTES"
        else np.array([[0, 1]], datatype.dtype)
        for name, datatype in DATATYPES.items()
    }
    with loaded(write_echo_python(tmp_path)) as (instance, _):
        answer = instance.execute(batch)

    for name, array in batch.items():
        got = answer[f"{name}_out"]
        assert (got.dtype, got.tolist()) == (array.dtype, array.tolist())


def test_text_in_a_bytes_output_is_encoded(tmp_path: Path) -> None:
    write_python(
        tmp_path,
        """
    inputs = (TensorSpec("x", "FP32", (-1,)),)
    outputs = (TensorSpec("y", "BYTES", (-1,)),)

    def predict(self, inputs):
        return {"y": ["zürich", b"raw"]}
""",
    )
    with loaded(tmp_path) as (instance, _):
        answer = instance.execute({"x": np.ones(2, np.float32)})

        assert answer["y"].tolist() == ["zürich".encode(), b"raw"]


def test_a_model_may_use_its_buffer_again(tmp_path: Path) -> None:
    write_predict(
        tmp_path,
        "import numpy as np",
        "self.buffer = getattr(self, 'buffer', np.zeros((1, 2), np.float32))",
        "self.buffer += inputs['x']",
        "return {'y': self.buffer}",
    )
    with loaded(tmp_path) as (instance, _):
        first = instance.execute(BATCH)["y"]
        second = instance.execute(BATCH)["y"]

        assert (first.tolist(), second.tolist()) == ([[1, 1]], [[2, 2]])


def test_inputs_cannot_be_written_to(tmp_path: Path) -> None:
    write_predict(tmp_path, "inputs['x'][:] = 0", "return {'y': inputs['x']}")

    with loaded(tmp_path) as (instance, _), pytest.raises(ModelFailed, match="read-only"):
        instance.execute(BATCH)


def test_an_exception_is_answered_with_type_and_text_and_its_traceback_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with loaded(write_failing_python(tmp_path)) as (instance, _):
        with pytest.raises(ModelFailed, match="raised ValueError: this model always fails") as got:
            instance.execute({"x": np.ones((1, 4), np.float32)})

        assert isinstance(got.value.__cause__, ValueError)
        assert "model.py" in caplog.text
        assert "in predict" in caplog.text


def test_a_model_that_exits_only_fails(tmp_path: Path) -> None:
    write_predict(tmp_path, "import sys", "sys.exit(3)")

    with loaded(tmp_path) as (instance, _), pytest.raises(ModelFailed, match="SystemExit: 3"):
        instance.execute(BATCH)


def test_a_model_may_blame_the_request(tmp_path: Path) -> None:
    write_predict(
        tmp_path,
        "from velaserve_runtime.model import InvalidRequest",
        "raise InvalidRequest('input x: must be sorted')",
    )
    with loaded(tmp_path) as (instance, _), pytest.raises(InvalidRequest, match="must be sorted"):
        instance.execute(BATCH)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("return None", "predict returned NoneType, expected dict"),
        ("return {}", r"gave the outputs \[\], it declares \['y'\]"),
        ("return {'y': inputs['x'], 'z': inputs['x']}", r"gave the outputs \['y', 'z'\]"),
        ("return {'y': inputs['x'].astype('f8')}", "'y' has the element type float64.*FP32"),
        ("return {'y': inputs['x'][:, :1]}", r"'y' has shape \[1, 1\], the model declares"),
        ("return {'y': inputs['x'][0]}", r"'y' has shape \[2\], the model declares"),
    ],
)
def test_an_answer_that_breaks_the_declaration_fails(
    tmp_path: Path, line: str, reason: str
) -> None:
    write_predict(tmp_path, line)

    with loaded(tmp_path) as (instance, _), pytest.raises(ModelFailed, match=reason):
        instance.execute(BATCH)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import surely_not_there", "ModuleNotFoundError: No module named"),
        ("def broken(:", "SyntaxError"),
        ("import sys; sys.exit()", "SystemExit"),
        ("x = 1", "expected one subclass of velaserve_runtime.model.Model, found none"),
        (
            "from velaserve_runtime.model import Model\nclass A(Model): pass\nclass B(Model): pass",
            "expected one subclass .*, found A, B",
        ),
        (
            "from velaserve_runtime.model import Model\nclass A(Model): pass",
            r'A.inputs: expected \(TensorSpec\("x"',
        ),
        (
            "from velaserve_runtime.model import Model\nclass A(Model): inputs = ['x']",
            "A.inputs: expected TensorSpec, found str",
        ),
        (
            "from velaserve_runtime.model import Model, TensorSpec\n"
            "class A(Model): inputs = (TensorSpec('x', 'FLOAT', (1,)),)",
            "A.inputs: datatype 'FLOAT' is unknown; use BOOL",
        ),
    ],
)
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, source: str, reason: str) -> None:
    (tmp_path / "model.py").write_text(source)

    with pytest.raises(LoadFailed, match=f"(?s){tmp_path / 'model.py'}.*{reason}"):
        open_folder(tmp_path).load()


def test_an_exception_in_load_is_the_reason(tmp_path: Path) -> None:
    write_python(
        tmp_path, X_TO_Y + "\n    def load(self, directory):\n        open(directory / 'weights')\n"
    )

    with pytest.raises(LoadFailed, match=r"load: FileNotFoundError: .*weights"):
        open_folder(tmp_path).load()


def test_an_exception_in_close_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_python(tmp_path, X_TO_Y + "\n    def close(self):\n        raise OSError('stuck')\n")
    instance = open_folder(tmp_path)
    instance.load()

    instance.close()

    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "stuck" in caplog.text


def test_a_warm_up_that_raises_is_a_reason_not_to_serve(tmp_path: Path) -> None:
    with (
        loaded(write_failing_python(tmp_path)) as (instance, _),
        pytest.raises(LoadFailed, match="predict: ValueError: this model always fails"),
    ):
        instance.warm_up({"x": np.ones((1, 4), np.float32)})


def test_modules_beside_the_file_are_imported_relatively(tmp_path: Path) -> None:
    (tmp_path / "numbers.py").write_text("FACTOR = 3\n")
    write_predict(tmp_path, "from .numbers import FACTOR", "return {'y': FACTOR * inputs['x']}")

    with loaded(tmp_path) as (instance, _):
        assert instance.execute(BATCH)["y"].tolist() == [[3, 3]]


def test_an_edited_file_of_the_same_size_is_read_again(tmp_path: Path) -> None:
    for factor in ("2", "3"):
        write_predict(tmp_path, f"return {{'y': {factor} * inputs['x']}}")
        with loaded(tmp_path) as (instance, _):
            assert instance.execute(BATCH)["y"].tolist() == [[int(factor), int(factor)]]


def test_nothing_is_left_after_close(tmp_path: Path) -> None:
    before = set(sys.modules)
    with loaded(write_double_python(tmp_path)):
        assert set(sys.modules) > before

    assert set(sys.modules) == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["model.py"]
