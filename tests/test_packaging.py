# SPDX-License-Identifier: Apache-2.0
"""What the wheel and the source distribution hold."""

import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from ci.tools.tree import ROOT
from velaserve_lint import version

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
PACKAGES = {
    "velaserve_lint": ROOT / "validator" / "velaserve_lint",
    "velaserve_runtime": ROOT / "runtime" / "velaserve_runtime",
}


def test_the_linter_knows_the_version() -> None:
    assert version.VERSION == VERSION


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> set[str]:
    with zipfile.ZipFile(built / f"velaserve-{VERSION}-py3-none-any.whl") as archive:
        return set(archive.namelist())


def test_wheel_holds_the_two_packages_only(wheel: set[str]) -> None:
    tops = {name.partition("/")[0] for name in wheel}
    assert tops == {*PACKAGES, f"velaserve-{VERSION}.dist-info"}


@pytest.mark.parametrize("package", PACKAGES)
def test_wheel_holds_the_whole_package(package: str, wheel: set[str]) -> None:
    source = PACKAGES[package]
    files = {
        f"{package}/{path.relative_to(source).as_posix()}"
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert f"{package}/py.typed" in files
    assert {name for name in wheel if name.startswith(f"{package}/")} == files


def test_source_distribution_holds_what_the_tests_need(built: Path) -> None:
    with tarfile.open(built / f"velaserve-{VERSION}.tar.gz") as archive:
        names = {name.split("/")[1] for name in archive.getnames()}
    assert names >= {
        *("Makefile", "LICENSE", "README.md", "constraints.txt", "pyproject.toml"),
        *("applications", "ci", "components", "runtime", "tests", "validator"),
    }
