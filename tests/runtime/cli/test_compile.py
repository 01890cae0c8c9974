# SPDX-License-Identifier: Apache-2.0
"""`velaserve compile` as it is typed."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

USAGE = 2


def compile_model(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "velaserve_runtime", "compile", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "COLUMNS": "100", **environment},
    )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((".",), "nothing is compiled for device cpu; give --device ascend"),
        ((".", "--device", "ascend"), "give --compile-cache-dir: what is compiled must stay"),
        ((".", "--device", "npu"), "expected one of cpu, ascend, nvidia, found 'npu'"),
        ((), "required: MODEL_DIR"),
    ],
)
def test_usage_errors_exit_2(arguments: tuple[str, ...], reason: str) -> None:
    done = compile_model(*arguments)
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert reason in " ".join(done.stderr.split())


def test_folder_without_a_model_exits_1(tmp_path: Path) -> None:
    done = compile_model(str(tmp_path), "--device=ascend", "--compile-cache-dir", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith(f"velaserve compile: no model found: looked for {tmp_path}")


def test_format_that_is_not_compiled(tmp_path: Path) -> None:
    (tmp_path / "model.py").touch()
    done = compile_model(str(tmp_path), "--device=ascend", "--compile-cache-dir", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{tmp_path / 'model.py'}: nothing to compile: it is run as it is\n"
