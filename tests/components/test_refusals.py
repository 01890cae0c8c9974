# SPDX-License-Identifier: Apache-2.0
"""What does not go together is refused, with a message that names the way out."""

from pathlib import Path
from typing import cast

import pytest
import yaml

from ci.tools.cue import NEW, OLD, CueError
from support.component_cases import application
from support.definition import SMALLEST, Component, needs_cue, render
from support.vela_render import Object, Vela, VelaRefused

CASES = yaml.safe_load(Path(__file__).with_name("refusals.yaml").read_text("utf-8"))
SOME = CASES[::5]  # KubeVela needs half a second for one


def case_id(case: Object) -> str:
    return str(case["case"]).replace(" ", "-")


def component(case: Object) -> Component:
    changed = cast("Object", case.get("only", SMALLEST)) | cast(
        "Object", case.get("properties", {})
    )
    properties: Object = {key: value for key, value in changed.items() if value is not None}
    name, definition = case.get("component", "digits"), case.get("type", "model-serving")
    return Component(cast("str", name), cast("str", definition), properties)


@needs_cue
@pytest.mark.parametrize("version", [OLD, NEW])
@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_refusal_names_the_way_out(case: Object, version: str) -> None:
    with pytest.raises(CueError) as refusal:
        render(component(case), version)
    # As CUE quotes it.
    assert cast("str", case["message"]) in str(refusal.value).replace('\\"', '"')


@pytest.mark.parametrize("case", SOME, ids=case_id)
def test_kubevela_passes_it_on(case: Object, vela: Vela) -> None:
    refused = component(case)
    with pytest.raises(VelaRefused) as refusal:
        vela.render(application(refused.name, refused.type, refused.properties))
    assert cast("str", case["message"]) in str(refusal.value)
