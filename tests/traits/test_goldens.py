# SPDX-License-Identifier: Apache-2.0
"""<trait>/<case>/app.yaml gives want.yaml; a new case is a new folder.

VELASERVE_UPDATE_GOLDEN=1, or `make golden`, writes the outputs instead of comparing them.
"""

import os
from pathlib import Path
from typing import cast

import pytest
import yaml

from support.kubernetes_schemas import problems
from support.trait_cases import CASES, TRAITS, application, case_id, effect
from support.vela_render import Vela

with_each_case = pytest.mark.parametrize("case", CASES, ids=case_id)


@with_each_case
def test_what_the_trait_does_is_the_golden_one(case: Path, vela: Vela) -> None:
    golden = case / "want.yaml"
    found = effect(vela, application(case))
    if os.environ.get("VELASERVE_UPDATE_GOLDEN") == "1":
        golden.write_text(yaml.safe_dump_all(found, width=100), encoding="utf-8")
    assert list(yaml.safe_load_all(golden.read_text(encoding="utf-8"))) == found


@with_each_case
def test_kubernetes_knows_every_field(case: Path, vela: Vela) -> None:
    rendered = vela.render(application(case))
    assert [problem for each in rendered for problem in problems(each)] == []


@with_each_case
def test_every_object_has_a_name_of_its_own(case: Path, vela: Vela) -> None:
    names = [
        (each["kind"], cast("dict[str, str]", each["metadata"])["name"])
        for each in vela.render(application(case))
    ]
    assert len(set(names)) == len(names)


def test_every_trait_has_cases() -> None:
    assert {case.parent.name for case in CASES} - {"together"} == set(TRAITS)
