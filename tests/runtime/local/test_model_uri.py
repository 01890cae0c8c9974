# SPDX-License-Identifier: Apache-2.0
"""modelUri -> a folder on this machine."""

from pathlib import Path

import pytest

from velaserve_runtime.local.console import Console
from velaserve_runtime.local.errors import LocalError
from velaserve_runtime.local.model_uri import resolve

QUIET = Console(quiet=True)


def test_a_claim_is_the_folder_that_was_given(tmp_path: Path) -> None:
    (tmp_path / "digits" / "onnx").mkdir(parents=True)
    found = resolve("pvc://models/digits/onnx", "digits", Path(), {"models": tmp_path}, QUIET)
    assert found == tmp_path / "digits" / "onnx"


def test_the_claim_itself(tmp_path: Path) -> None:
    assert resolve("pvc://models", "digits", Path(), {"models": tmp_path}, QUIET) == tmp_path


def test_a_claim_nobody_gave(tmp_path: Path) -> None:
    claims = {"models": tmp_path, "data": tmp_path}
    with pytest.raises(LocalError, match=r"add --pvc modles=DIR \(given: data, models\)") as caught:
        resolve("pvc://modles/digits", "digits", Path(), claims, QUIET)
    assert caught.value.exit_code == 2


def test_a_file_path_starts_at_the_application(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    assert resolve("file://model", "digits", tmp_path, {}, QUIET) == tmp_path / "model"


def test_an_absolute_file_path(tmp_path: Path) -> None:
    assert resolve(f"file://{tmp_path}", "digits", Path("elsewhere"), {}, QUIET) == tmp_path


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(
        LocalError, match=r"'digits'.*nothing here, which is not a folder"
    ) as caught:
        resolve("file://nothing", "digits", tmp_path, {}, QUIET)
    assert caught.value.exit_code == 1
