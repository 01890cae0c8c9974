# SPDX-License-Identifier: Apache-2.0
"""<component>/<case>/app.yaml gives want.yaml, by CUE and by KubeVela; a new case is a new folder.

VELASERVE_UPDATE_GOLDEN=1, or `make golden`, writes the outputs instead of comparing them.
"""

import os
from pathlib import Path
from typing import cast

import pytest
import yaml

from ci.tools.cue import NEW, OLD
from ci.tools.schema import Json
from support.component_cases import CASES, COMPONENTS
from support.definition import first_component, needs_cue, render
from support.kubernetes_schemas import Object, problems
from support.vela_render import Vela

with_each_case = pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}"
)


@needs_cue
@pytest.mark.parametrize("version", [NEW, OLD])
@with_each_case
def test_render_is_the_golden_one(case: Path, version: str) -> None:
    found, golden = render(first_component(case / "app.yaml"), version), case / "want.yaml"
    if os.environ.get("VELASERVE_UPDATE_GOLDEN") == "1" and version == NEW:
        golden.write_text(yaml.safe_dump_all(found, width=100), encoding="utf-8")
    assert list(yaml.safe_load_all(golden.read_text(encoding="utf-8"))) == found


@with_each_case
def test_kubevela_renders_the_golden_one(case: Path, vela: Vela) -> None:
    """Beside the namespace, and the labels and annotations of the Application."""
    found = vela.render(yaml.safe_load((case / "app.yaml").read_text(encoding="utf-8")))
    want = list(yaml.safe_load_all((case / "want.yaml").read_text(encoding="utf-8")))
    assert [_kind(each) for each in found] == [_kind(each) for each in want]
    for rendered, wanted in zip(found, want, strict=True):
        assert rendered.get("spec") == wanted.get("spec")
        _assert_within(wanted["metadata"], cast("Object", rendered["metadata"]))


@with_each_case
def test_kubernetes_knows_every_field(case: Path) -> None:
    want = yaml.safe_load_all((case / "want.yaml").read_text(encoding="utf-8"))
    assert [problem for each in want for problem in problems(each)] == []


def test_every_component_has_cases() -> None:
    assert sorted({case.parent.name for case in CASES}) == COMPONENTS


def _kind(each: Object) -> tuple[Json, Json]:
    return each["apiVersion"], each["kind"]


def _assert_within(wanted: Object, found: Object) -> None:
    for key, value in wanted.items():
        if isinstance(value, dict):
            _assert_within(value, cast("Object", found[key]))
        else:
            assert found[key] == value, key
