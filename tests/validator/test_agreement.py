# SPDX-License-Identifier: Apache-2.0
"""The linter and CUE agree about properties that nobody has put together before."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ci.tools.cue import OLD, CueError
from support.component_cases import CASES, application
from support.definition import SMALLEST, Component, first_component, needs_cue, render
from velaserve_lint import Severity, lint

if TYPE_CHECKING:
    from ci.tools.schema import Json

PAIRS = 60
REFUSALS = yaml.safe_load(
    Path(__file__).parents[1].joinpath("components/refusals.yaml").read_text("utf-8")
)


def known() -> list[dict[str, Json]]:
    """Properties of model-serving that tests have: what renders, and what is refused."""
    rendered = [first_component(case / "app.yaml") for case in CASES]
    found = [one.properties for one in rendered if one.type == "model-serving"]
    refused = [case.get("properties", {}) for case in REFUSALS if "type" not in case]
    # A canary is made by a release, and the linter refuses any that is written.
    return [one for one in [*found, *refused] if "canary" not in one]


def pairs() -> list[dict[str, Json]]:
    """Chosen by chance, and always the same: a part of one laid over a part of another."""
    chance, pool = random.Random(8), known()
    laid = [SMALLEST | some(chance, pool) | some(chance, pool) for _ in range(PAIRS)]
    for one in laid:
        for key in [key for key, value in one.items() if value is None]:
            del one[key]
    return laid


def some(chance: random.Random, pool: list[Any]) -> dict[str, Json]:
    """Up to two properties."""
    properties = list(chance.choice(pool).items())
    return dict(chance.sample(properties, min(2, len(properties))))


@needs_cue
@pytest.mark.parametrize("properties", pairs(), ids=lambda one: "-".join(one))
def test_what_one_refuses_so_does_the_other(properties: dict[str, Json]) -> None:
    found = lint(yaml.safe_dump(application("digits", "model-serving", properties))).findings
    errors = [one for one in found if one.severity is Severity.ERROR]
    try:
        render(Component("digits", "model-serving", properties), OLD)
    except CueError:
        assert errors
    else:
        assert errors == []
