# SPDX-License-Identifier: Apache-2.0
"""A finding is recognised when lines move, files are named otherwise or others come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_lint import lint
from velaserve_lint.fingerprint import fingerprints, portable
from velaserve_lint.rules.examples import APPLICATION, changed

if TYPE_CHECKING:
    from pathlib import Path

BAD = changed("modelUri", "modelUrl")


def prints(text: str, file: str = "app.yaml") -> list[str]:
    return fingerprints(lint(text, file).findings)


def test_lines_do_not_count() -> None:
    moved = "# one\n\n# two\n" + BAD.replace("spec:\n", "\nspec:  # three\n")

    assert prints(moved) == prints(BAD)


def test_file_pointer_and_rule_do() -> None:
    other_pointer = changed("minReplicas", "minReplica")
    other_rule = changed("modelUri: pvc://models/digits/onnx", "modelUri: 1")

    found = [*prints(BAD), *prints(BAD, "b.yaml"), *prints(other_pointer), *prints(other_rule)]

    assert len(set(found)) == 4


def test_the_same_in_several_documents_is_counted() -> None:
    one, two = prints(f"{BAD}---\n{BAD}")

    assert [one] == prints(BAD) == prints(f"{BAD}---\n{APPLICATION}")
    assert one != two


def test_a_name_that_is_no_text_has_one_too() -> None:
    assert len(prints(BAD, "\udcff.yaml")) == 1


@pytest.mark.parametrize(
    ("named", "is_called"),
    [
        ("app.yaml", "app.yaml"),
        ("./a//b/../app.yaml", "a/app.yaml"),
        ("../app.yaml", "../app.yaml"),
        ("/elsewhere/app.yaml", "/elsewhere/app.yaml"),
        ("-", "-"),
    ],
)
def test_a_file_has_one_name(named: str, is_called: str) -> None:
    assert portable(named) == is_called


def test_an_absolute_path_below_the_current_folder_is_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert portable(str(tmp_path / "a" / "app.yaml")) == "a/app.yaml"
