# SPDX-License-Identifier: Apache-2.0
"""Tests that share something run in one process."""

from pathlib import Path

import pytest

from ci.tools.tree import ROOT
from support.side_by_side import TOGETHER, group
from support.vela_render import VERSIONS

TESTS = ROOT / "tests"


@pytest.mark.parametrize("file", TOGETHER)
def test_files_that_share_the_machine_are_there(file: str) -> None:
    assert (ROOT / file).exists()


def test_every_cluster_is_of_one_process() -> None:
    files = [path.relative_to(ROOT) for path in TESTS.rglob("test_*.py") if path != Path(__file__)]
    users = [file.as_posix() for file in files if file.parts[1] != "e2e" and makes_cluster(file)]
    assert len({TOGETHER[file] for file in users}) == 1


def makes_cluster(file: Path) -> bool:
    """By the fixtures of tests/ci/cluster/conftest.py, or by itself."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return "empty_cluster" in text or "before: Machine" in text


def test_a_file_is_of_one_process_but_for_the_versions_of_kubevela() -> None:
    cases = [f"a.py::test[{version}-{case}]" for version in VERSIONS for case in ("x", "y")]
    assert len({group(case) for case in cases}) == len(VERSIONS)
    assert group("a.py::test_a[0]") == group("a.py::test_b") != group("b.py::test_a[0]")
