# SPDX-License-Identifier: Apache-2.0
"""<trait>/<case>/app.yaml gives want.yaml; a new case is a new folder.

VELASERVE_UPDATE_GOLDEN=1, or `make golden`, writes the outputs instead of comparing them.
"""

import os
from pathlib import Path
from typing import cast

import pytest
import yaml

from ci.tools.tree import ROOT
from support.checklist import assert_foretold
from support.kubernetes_schemas import problems
from support.trait_cases import CASES, TRAITS, application, case_id, effect
from support.vela_render import Vela

POD_DISRUPTIVE = {"together"} | {
    trait
    for trait in TRAITS
    if "podDisruptive: true" in (ROOT / "traits" / f"{trait}.cue").read_text(encoding="utf-8")
}
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
def test_checklist_foretells_what_is_rendered(case: Path, vela: Vela) -> None:
    app = application(case)
    assert_foretold(yaml.safe_dump(app), vela.render(app))


@with_each_case
def test_every_object_has_a_name_of_its_own(case: Path, vela: Vela) -> None:
    names = [
        (each["kind"], cast("dict[str, str]", each["metadata"])["name"])
        for each in vela.render(application(case))
    ]
    assert len(set(names)) == len(names)


@with_each_case
def test_pods_are_replaced_only_by_a_trait_that_says_so(case: Path) -> None:
    """KServe copies what is on the InferenceService itself into pods: there is never anything."""
    for each in yaml.safe_load_all((case / "want.yaml").read_text(encoding="utf-8")):
        if each["kind"] == "InferenceService":
            assert each["metadata"].keys() == {"name"}
            assert case.parent.name in POD_DISRUPTIVE


def test_every_trait_has_cases() -> None:
    assert {case.parent.name for case in CASES} - {"together"} == set(TRAITS)
