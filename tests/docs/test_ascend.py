# SPDX-License-Identifier: Apache-2.0
"""docs/ascend.md says what the code does, in both languages."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from ci.tools.tree import ROOT
from support.ascend_sim import build
from velaserve_lint import lint
from velaserve_lint.names import metrics, options
from velaserve_runtime.backends.breaker import FAILURES_IN_A_ROW
from velaserve_runtime.repository.layout import FILES

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH, CHINESE = (
    (ROOT / "docs" / name).read_text("utf-8") for name in ("ascend.md", "ascend.zh.md")
)
APPLICATION = {
    "apiVersion": "core.oam.dev/v1beta1",
    "kind": "Application",
    "metadata": {"name": "resnet"},
}


def code(text: str) -> list[str]:
    return sorted(re.findall(r"`[^`\n]+`", text))


def test_both_languages_name_the_same_things() -> None:
    assert code(CHINESE) == code(ENGLISH)
    assert len(re.findall(r"^#+ ", CHINESE, re.M)) == len(re.findall(r"^#+ ", ENGLISH, re.M))


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["English", "Chinese"])
def test_the_example_has_no_finding(text: str) -> None:
    [example] = re.findall(r"^```yaml\n(.*?)^```$", text, re.M | re.S)
    report = lint(yaml.safe_dump({**APPLICATION, "spec": yaml.safe_load(example)}))
    assert list(report.findings) == []


def test_metrics_options_and_files_exist() -> None:
    named = set(re.findall(r"`(velaserve_\w+)(?:\{\w+\})?`", ENGLISH))
    assert named
    assert named <= metrics().keys()
    flags = {flag.replace("-", "_") for flag in re.findall(r"`--([a-z_-]+)", ENGLISH)}
    atc = {"dynamic_batch_size", "dynamic_image_size", "dynamic_dims"}
    assert flags - atc <= options().keys()
    assert set(re.findall(r"^\| `(model\.\w+)` \|", ENGLISH, re.M)) == {*FILES.values()}


def test_the_number_of_failures_is_the_breakers() -> None:
    assert FAILURES_IN_A_ROW == 3
    assert "three failures in a row" in ENGLISH


def test_the_check_of_the_library_tells_whether_it_is_found(tmp_path: Path) -> None:
    [check] = re.findall(r'`python3 -c "(import ctypes.*?)"`', ENGLISH)
    command = [sys.executable, "-c", check]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
    found = {"LD_LIBRARY_PATH": str(build(tmp_path).parent)}
    assert subprocess.run(command, capture_output=True, check=True, env=found).stdout == b""
