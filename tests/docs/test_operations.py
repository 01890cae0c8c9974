# SPDX-License-Identifier: Apache-2.0
"""docs/operations.md knows every program, every message and every switch that there is."""

import re
from typing import Any

import pytest
import yaml

from ci.tools.tree import ROOT
from support.documents import pattern

ENGLISH, CHINESE = (
    (ROOT / "docs" / name).read_text("utf-8") for name in ("operations.md", "operations.zh.md")
)
STATUS = sorted((ROOT / "tests").glob("[ct]*s/*status.yaml"))
MESSAGES = sorted(
    {case["message"] for file in STATUS for case in yaml.safe_load(file.read_text("utf-8"))}
)
STEP = yaml.safe_load((ROOT / "tests/traits/steps/await-model.yaml").read_text("utf-8"))
FAILURES = yaml.safe_load((ROOT / "tests/e2e/failures.yaml").read_text("utf-8"))
COMPILING = yaml.safe_load((ROOT / "tests/traits/steps/compile-model.yaml").read_text("utf-8"))
TROUBLES = {case["want"].get("waits", "").partition("; ")[2] for case in STEP} - {""}
TROUBLES |= {case["says"] for case in FAILURES}
FIRST_CELLS = re.findall(r"^\| ([^|]+) \|", ENGLISH, re.M)
NAMED = {name for cell in FIRST_CELLS for name in re.findall(r"`([^`]+)`", cell)}


def test_every_program_of_the_local_cluster_has_a_row() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "ci" / "cluster").glob("*.py"))
    started = set(re.findall(r'daemons\.start\(\s*"([a-z-]+)"', code))
    assert started
    assert started <= NAMED


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_of_a_definition_has_a_row(message: str) -> None:
    rows = [name for name in NAMED if pattern(name).fullmatch(message)]
    assert rows, f"no row of docs/operations.md is for: {message}"


@pytest.mark.parametrize("trouble", sorted(TROUBLES))
def test_what_keeps_a_pod_has_a_row(trouble: str) -> None:
    test_every_message_of_a_definition_has_a_row(trouble)


@pytest.mark.parametrize("case", COMPILING, ids=lambda case: case["case"].replace(" ", "-"))
def test_what_the_step_compile_model_says_has_a_row(case: dict[str, Any]) -> None:
    """Beside what every step says of its parameters."""
    [message] = [case["want"][end] for end in ("waits", "failed", "done") if end in case["want"]]
    text = message.replace("JOB", "digits-compile-0")
    own = re.match(r"(this Application has no component|it has no parameter|a parameter) ", text)
    rows = [name for name in NAMED if pattern(name).search(text)]
    assert own or rows, f"no row of docs/operations.md is for: {text}"


def test_every_switch_of_the_local_cluster_is_named() -> None:
    code = (ROOT / "ci" / "cluster" / "settings.py").read_text("utf-8")
    assert set(re.findall(r'"(VELASERVE_CLUSTER_\w+)"', code)) == set(
        re.findall(r"`(VELASERVE_CLUSTER_\w+)`", ENGLISH)
    )


def test_both_languages_name_the_same_things() -> None:
    def code(text: str) -> list[str]:
        return sorted(re.findall(r"`[^`]+`", text))

    assert code(CHINESE) == code(ENGLISH)
