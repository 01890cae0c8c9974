# SPDX-License-Identifier: Apache-2.0
"""What does not go together is refused by KubeVela, with a message that names the way out."""

from pathlib import Path
from typing import cast

import pytest
import yaml

from support.component_cases import application
from support.definition import SMALLEST
from support.vela_render import Object, Vela, VelaRefused

CASES = yaml.safe_load(Path(__file__).with_name("refusals.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"].replace(" ", "-"))
def test_refusal_names_the_way_out(case: Object, vela: Vela) -> None:
    changed = cast("Object", case.get("only", SMALLEST)) | cast(
        "Object", case.get("properties", {})
    )
    properties: Object = {key: value for key, value in changed.items() if value is not None}
    name, definition = case.get("component", "digits"), case.get("type", "model-serving")
    with pytest.raises(VelaRefused) as refusal:
        vela.render(application(cast("str", name), cast("str", definition), properties))
    assert cast("str", case["message"]) in str(refusal.value)
