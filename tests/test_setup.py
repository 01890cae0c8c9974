# SPDX-License-Identifier: Apache-2.0
"""`make setup` finds a Python by running it, and says what it found when none fits."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ci.tools.tree import ROOT

TOOLS = ("cat", "sh")  # the only other programs that find_python.sh may use


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder that is the whole PATH."""
    for tool in TOOLS:
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    return tmp_path


def program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def python(path: Path, version: str, has_venv: bool = True) -> None:
    """A program that answers the two questions of find_python.sh."""
    answer = f"case $2 in *version_info*) echo {version} ;; *) exit {int(not has_venv)} ;; esac"
    program(path, answer)


def find_python(path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "ci" / "find_python.sh"), "3.11", "3.14"],
        env={"PATH": str(path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_first_that_fits_is_taken(programs: Path) -> None:
    python(programs / "python3", "3.10")
    program(programs / "python3.14", "echo 'pyenv: python3.14: command not found' >&2; exit 127")
    python(programs / "python3.13", "3.13", has_venv=False)
    python(programs / "python3.12", "3.12")
    python(programs / "python3.11", "3.11")
    assert find_python(programs).stdout == f"{programs / 'python3.12'}\n"


def test_what_was_found_is_said_with_the_way_out(programs: Path) -> None:
    python(programs / "python3", "3.10")
    program(programs / "python3.13", "exit 127")
    said = find_python(programs)
    assert (said.returncode, said.stdout) == (2, "")
    for line in (
        "  python3: 3.10\n  python3.13: does not run\n",
        "sudo apt-get install python3 python3-venv",
        "sudo dnf install python3",
        "brew install python@3.13",
        "make setup PYTHON=",
    ):
        assert line in said.stderr


def test_missing_venv_module_is_named(programs: Path) -> None:
    python(programs / "python3", "3.12", has_venv=False)
    said = find_python(programs)
    assert said.returncode == 2
    assert "python3: 3.12, without the venv module" in said.stderr
    assert "sudo apt-get install python3.12-venv" in said.stderr


def test_no_python_at_all(programs: Path) -> None:
    said = find_python(programs)
    assert said.returncode == 2
    assert "Found:\n  none\n" in said.stderr


def test_named_python_is_the_only_one_tried(programs: Path) -> None:
    python(programs / "python3", "3.12")
    python(programs / "mine", "3.15")
    said = find_python(programs, PYTHON="mine")
    assert said.returncode == 2
    assert "mine: 3.15" in said.stderr
    assert "python3:" not in said.stderr


def make(*arguments: str, **environment: str) -> str:
    command = [str(shutil.which("make")), "--no-print-directory", *arguments]
    environment = {**os.environ, "MAKEFLAGS": "", **environment}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_help_tells_every_command() -> None:
    named = {line.split()[1] for line in make("help").splitlines()}
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = next(line for line in text.splitlines() if line.startswith(".PHONY:"))
    assert named == set(phony.split()[1:])


def test_every_heavy_test_is_run_by_test_all() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    beside, without = (
        next(line.split()[2:] for line in text.splitlines() if line.startswith(f"{name} := "))
        for name in ("BESIDE_TORCH", "WITHOUT_TORCH")
    )
    for file in (ROOT / "tests").rglob("test_*.py"):
        name = file.relative_to(ROOT).as_posix()
        if "mark.heavy" in file.read_text(encoding="utf-8") and file != Path(__file__):
            assert name.startswith(("tests/ci/", *beside)), name
            assert not name.startswith(tuple(without)), name


def test_every_test_of_the_real_wheel_is_run_by_test_ascend() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    [folder] = [line.split()[2] for line in text.splitlines() if line.startswith("CANN_TESTS := ")]
    marked = [
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "tests").rglob("test_*.py")
        if "mark.cann" in file.read_text(encoding="utf-8") and file != Path(__file__)
    ]
    assert marked
    assert [name for name in marked if not name.startswith(f"{folder}/")] == []


def test_pip_keeps_its_own_settings() -> None:
    for name in ("Makefile", "ci/setup.sh", "ci/find_python.sh"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for option in (
            "--index-url",
            "--extra-index-url",
            "--proxy",
            "--trusted-host",
            "--isolated",
        ):
            assert option not in text, name


def test_failed_installation_shows_what_pip_said(tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    constraints = str(ROOT / "constraints.txt")
    done = subprocess.run(
        [str(ROOT / "ci" / "setup.sh"), str(venv), "3.14", constraints, "./no-such-folder"],
        env={**os.environ, "PYTHON": sys.executable},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no-such-folder" in done.stderr
    assert f"all it said is in {venv}/install.log" in done.stderr
