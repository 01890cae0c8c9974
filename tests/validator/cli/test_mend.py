# SPDX-License-Identifier: Apache-2.0
"""--fix and --diff as a user sees them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from velaserve_lint.cli import main
from velaserve_lint.rules.examples import APPLICATION, changed

if TYPE_CHECKING:
    from pathlib import Path

# With the key mended, its value turns out to be wrong, too.
NESTED = changed("modelFormat: {name: onnx}", "modelFromat: {nmae: onnx}")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "app.yaml"
    file.write_text(NESTED, encoding="utf-8")
    return file


def test_fix_writes_until_nothing_is_left(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), "--fix"]) == 0

    assert file.read_text(encoding="utf-8") == APPLICATION
    shown = capsys.readouterr()
    assert shown.err == f"mended {file}\n" * 2
    assert shown.out == "checked 1 Application in 1 file: no findings\n"


def test_what_is_left_is_reported(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(NESTED.replace("minReplicas: 2", "minReplicas: 0"), encoding="utf-8")

    assert main([str(file), "--fix", "--output-format", "concise"]) == 1
    assert "VS205" in capsys.readouterr().out


def test_diff_changes_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), "--diff"]) == 1

    assert "+        modelFormat: {nmae: onnx}" in capsys.readouterr().out
    assert file.read_text(encoding="utf-8") == NESTED
    file.write_text(APPLICATION, encoding="utf-8")
    assert main([str(file), "--diff"]) == 0
    assert capsys.readouterr().out == ""


def test_standard_input_is_only_compared(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for flag, code in (("--diff", 1), ("--fix", 2)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(NESTED.encode())))
        assert main(["-", flag]) == code
    shown = capsys.readouterr()
    assert "+        modelFormat" in shown.out
    assert "standard input cannot be mended" in shown.err


def test_a_file_that_cannot_be_written(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.write_bytes", refuse)
    assert main([str(file), "--fix"]) == 2
    assert "cannot write" in capsys.readouterr().err
