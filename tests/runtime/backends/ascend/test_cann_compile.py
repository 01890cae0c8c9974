# SPDX-License-Identifier: Apache-2.0
"""`velaserve compile` fills the cache that the server finds afterwards."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.call_log import COMPILE
from support.cann_models import dense, rows, write
from support.offline_models import dense_answer
from support.onnx_graphs import Graph
from velaserve_runtime.repository.config import load_config

if TYPE_CHECKING:
    from pathlib import Path

    from support.call_log import CallLog
    from support.cann_models import Cann

pytestmark = pytest.mark.cann


def compile_model(folder: Path, cann: Cann, *arguments: str) -> subprocess.CompletedProcess[str]:
    cache = ("--device=ascend", f"--compile-cache-dir={cann.cache}")
    command = [sys.executable, "-m", "velaserve_runtime", "compile", str(folder), *cache]
    return subprocess.run(
        [*command, *arguments], capture_output=True, text=True, check=False, timeout=120
    )


def table(text: str) -> list[list[str]]:
    """Cells of the rows below the head, seconds left out."""
    cells = [line.split(maxsplit=5) for line in text.splitlines()[1:]]
    return [[" ".join(row[1:4]), row[5]] for row in cells]


def test_gears_are_compiled_once_and_then_from_the_cache(
    calls: CallLog, cann: Cann, tmp_path: Path
) -> None:
    folder = write(tmp_path / "dense" / "1", dense()).parent
    (folder / "velaserve.yaml").write_text("gears_batch: [1, 2, 8]\n")
    gears = ["x [1, 4]", "x [2, 4]", "x [8, 4]"]

    first, second = (compile_model(folder, cann) for _ in range(2))

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert table(first.stdout) == [[gear, "compiled"] for gear in gears]
    assert table(second.stdout) == [[gear, "from the cache"] for gear in gears]
    assert "gear 8 (3 of 3) compiled in" in first.stderr
    x = rows(8)
    answer = cann.answers(folder, x, load_config(folder))
    np.testing.assert_allclose(answer, dense_answer(x), atol=1e-6)
    assert calls.count(COMPILE) == 3


def test_other_free_dimensions_are_those_of_the_samples(
    calls: CallLog, cann: Cann, tmp_path: Path
) -> None:
    relu = Graph(x=("FP32", (None, None))).node("Relu", "x", "y").output("y", "FP32", (None, None))
    folder = write(tmp_path / "relu", relu.build())
    unknown = compile_model(folder, cann, "--gears-batch=1,4")
    assert unknown.returncode == 1
    assert "give the sizes to compile for in velaserve.yaml, as in warm_up:" in unknown.stderr

    samples = "warm_up: [{x: {shape: [1, 3]}}, {x: {shape: [1, 5]}}]\n"
    (folder / "velaserve.yaml").write_text(samples)
    done = compile_model(folder, cann, "--gears-batch=1,4")

    assert [shape for shape, _ in table(done.stdout)] == [
        *("x [1, 3]", "x [4, 3]"),
        *("x [1, 5]", "x [4, 5]"),
    ]
    assert calls.count(COMPILE) == 4


def test_model_that_cannot_be_compiled(cann: Cann, tmp_path: Path) -> None:
    folder = write(tmp_path / "sin", dense(operator="Sin"))

    done = compile_model(folder, cann)

    assert (done.returncode, done.stdout) == (1, "")
    assert "No parser is registered for Op [, optype [ai.onnx::13::Sin]]" in done.stderr
