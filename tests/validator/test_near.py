# SPDX-License-Identifier: Apache-2.0
"""Which of several things is meant."""

from __future__ import annotations

import pytest

from velaserve_lint.near import may_be_same, nearest, side_by_side


@pytest.mark.parametrize(
    ("namespace", "other", "same"),
    [("a", "a", True), ("a", "b", False), ("a", "", True), ("", "b", True), ("", "", True)],
)
def test_an_unknown_namespace_may_be_any(namespace: str, other: str, same: bool) -> None:
    assert may_be_same(namespace, other) is same


@pytest.mark.parametrize(
    ("files", "meant"),
    [
        (["a/x.yaml", "a/y.yaml", "b/z.yaml"], ["a/x.yaml"]),
        (["a/y.yaml", "b/z.yaml", "a/w.yaml"], ["a/y.yaml", "a/w.yaml"]),
        (["b/z.yaml", "c/z.yaml"], ["b/z.yaml", "c/z.yaml"]),
        ([], []),
    ],
)
def test_the_same_file_is_nearer_than_the_same_folder(files: list[str], meant: list[str]) -> None:
    assert list(nearest(files, "a/x.yaml", str)) == meant


def test_files_of_one_folder_are_side_by_side() -> None:
    assert side_by_side("a/x.yaml", "a/y.yaml")
    assert side_by_side("x.yaml", "y.yaml")
    assert not side_by_side("a/x.yaml", "a/b/y.yaml")
