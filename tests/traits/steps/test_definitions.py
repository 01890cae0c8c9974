# SPDX-License-Identifier: Apache-2.0
"""KubeVela takes the steps; what their parameters may be, the schemas say: KubeVela asks nobody."""

from pathlib import Path
from typing import cast

import pytest
import yaml
from jsonschema import Draft202012Validator

from ci.tools.schema import Json
from ci.tools.tree import ROOT
from support.schema_fields import fields, schema
from support.vela_render import Object, Vela

STEPS = sorted(file.stem for file in (ROOT / "traits" / "steps").glob("*.cue"))
HERE = Path(__file__).parent
BOUNDS: dict[str, dict[str, tuple[list[Json], list[Json]]]] = {
    "await-model": {"component": (["a", "a-1"], ["", "A", "1a", "a.b", 1])},
    "compile-model": {
        "component": (["a", "a-1"], ["", "A", "1a", "a.b", 1]),
        "timeoutSeconds": ([1, 86400], [0, 86401, 1.5, "1h"]),
    },
    "canary-release": {
        "component": (["a", "a-1"], ["", "A", "1a", "a.b", 1]),
        "until": ([0, 100], [-1, 101, 1.5, "10"]),
    },
}
ROWS = [
    (step, field, value, good)
    for step, bounds in BOUNDS.items()
    for field, sides in bounds.items()
    for good, values in zip((True, False), sides, strict=True)
    for value in values
]


def application(step: str) -> Object:
    text = (HERE / step / "minimal" / "app.yaml").read_text(encoding="utf-8")
    return cast("Object", yaml.safe_load(text))


@pytest.mark.parametrize("step", STEPS)
def test_step_is_valid(step: str, vela: Vela) -> None:
    assert "succeed" in vela.run("def", "vet", ROOT / "traits" / "steps" / f"{step}.cue")


@pytest.mark.parametrize("step", STEPS)
def test_an_application_with_it_is_rendered(step: str, vela: Vela) -> None:
    kinds = [each["kind"] for each in vela.render(application(step))]
    assert kinds == ["InferenceService", "HTTPRoute"]


def test_every_field_with_a_bound_is_tried() -> None:
    tried = {step: {(field,) for field in bounds} for step, bounds in BOUNDS.items()}
    assert tried == {step: {path for path, _ in fields(schema(step))} for step in STEPS}


@pytest.mark.parametrize(("step", "field", "value", "good"), ROWS)
def test_bound(step: str, field: str, value: Json, good: bool) -> None:
    properties = {"component": "digits", field: value}
    errors = list(Draft202012Validator(schema(step)).iter_errors(properties))
    assert [list(error.absolute_path) for error in errors] == ([] if good else [[field]])


@pytest.mark.parametrize("step", STEPS)
def test_typo_is_refused(step: str) -> None:
    typo = {"component": "digits", "componentx": "digits"}
    [error] = Draft202012Validator(schema(step)).iter_errors(typo)
    assert "'componentx' was unexpected" in error.message
