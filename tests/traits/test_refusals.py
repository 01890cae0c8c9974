# SPDX-License-Identifier: Apache-2.0
"""What does not go together is refused by KubeVela, with a message that names the way out."""

from pathlib import Path
from typing import cast

import pytest
import yaml

from support.trait_cases import digits
from support.vela_render import Object, Vela, VelaRefused

CASES = yaml.safe_load(Path(__file__).with_name("refusals.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"].replace(" ", "-"))
def test_refusal_names_the_way_out(case: Object, vela: Vela) -> None:
    trait: Object = {"type": case["trait"], "properties": case["properties"]}
    changed = cast("Object", case.get("component", {}))
    with pytest.raises(VelaRefused) as refusal:
        vela.render(digits(trait, **changed))
    assert cast("str", case["message"]) in str(refusal.value)
