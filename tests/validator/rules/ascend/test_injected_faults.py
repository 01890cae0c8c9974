# SPDX-License-Identifier: Apache-2.0
"""Manifests as people write them have no finding; each fault that is put into them is found."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from support.found import found
from velaserve_lint.rules import demand_rules, find

HERE = Path(__file__).parent
RULES = {rule.id for rule in demand_rules()}
CLEAN = {file.stem: file.read_text("utf-8") for file in sorted(HERE.glob("clean/*.yaml"))}


class Fault(NamedTuple):
    """Texts of the file `file`, and what becomes of them."""

    rule: str
    severity: str
    file: str
    changes: dict[str, str]

    @property
    def text(self) -> str:
        text = CLEAN[self.file]
        for old, new in self.changes.items():
            assert old in text
            text = text.replace(old, new)
        return text


FAULTS = [
    Fault(
        row["rule"], row.get("severity", find(row["rule"]).severity.word), row["in"], row["changes"]
    )
    for row in yaml.safe_load((HERE / "faults.yaml").read_text("utf-8"))
]


@pytest.mark.parametrize("file", CLEAN)
def test_a_clean_file_has_no_finding(file: str) -> None:
    assert found(CLEAN[file]) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.rule}-{fault.file}")
def test_a_fault_is_found_by_its_rule_alone(fault: Fault) -> None:
    """Of those on devices: some faults are another one, too, in what is no device."""
    ours = {(one.id, one.severity) for one in found(fault.text) if one.id in RULES}

    assert ours == {(fault.rule, fault.severity)}


def test_each_rule_has_a_fault() -> None:
    assert {fault.rule for fault in FAULTS} == RULES
