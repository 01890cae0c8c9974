# SPDX-License-Identifier: Apache-2.0
"""What a trait says of its objects, state by state."""

from pathlib import Path
from typing import cast

import pytest
import yaml

from ci.tools.cue import NEW, OLD
from support.definition import needs_cue
from support.health import Object, Verdict, judge_trait
from support.trait_definition import digits, evaluate

pytestmark = needs_cue

CASES = yaml.safe_load(Path(__file__).with_name("status.yaml").read_text("utf-8"))


@pytest.mark.parametrize("version", [OLD, NEW])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"].replace(" ", "-"))
def test_verdict_and_message(case: Object, version: str) -> None:
    trait, properties = cast("str", case["trait"]), cast("Object", case["properties"])
    rendered = digits(cast("Object", case.get("component", {})))
    live = cast("dict[str, Object]", evaluate(trait, properties, NEW, rendered)["outputs"])
    for each in live.values():
        each |= {"status": case["status"]} if "status" in case else {}
    verdict = judge_trait(trait, properties, live, version)
    assert verdict == Verdict(cast("bool", case["healthy"]), cast("str", case["message"]))
