# SPDX-License-Identifier: Apache-2.0
"""KubeVela's controller makes a schema of each definition, of components and of traits.

Where it cannot, the definition works, but is never Synced, and neither `vela show` nor VelaUX knows
its parameters.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

import pytest
import yaml
from jsonschema import Draft202012Validator

from ci.tools.inlined import inlined
from ci.tools.schema import Json, Schema, definitions
from support.schema_fields import schema
from support.vela_schema import Made, VelaSchema
from velaserve_lint.openapi import from_openapi

# As KubeVela's chart sets it, and as CUE is without it.
CASES = Path(__file__).parents[1]
EXPERIMENTS = {"chart": "evalv3=0,keepvalidators=0", "bare": ""}
SAME = ("description", "default", "enum", "pattern", "minimum", "maximum", "exclusiveMinimum")
Told = dict[str, Json]


@cache
def made(vela_schema: VelaSchema, experiments: str) -> dict[Path, Made]:
    return vela_schema.ask(definitions(), experiments)


@pytest.mark.parametrize("experiments", EXPERIMENTS)
@pytest.mark.parametrize("definition", definitions(), ids=lambda path: path.stem)
def test_kubevela_knows_every_parameter(
    vela_schema: VelaSchema, definition: Path, experiments: str
) -> None:
    found = made(vela_schema, EXPERIMENTS[experiments])[definition]
    assert dict(told(found)) == dict(told(inlined(schema(definition.stem))))


@pytest.mark.parametrize("definition", definitions(), ids=lambda path: path.stem)
def test_the_linter_makes_of_it_what_accepts_the_same(
    vela_schema: VelaSchema, definition: Path
) -> None:
    """Read as a schema of a cluster's own: nothing right is refused, and no typo is accepted."""
    found = from_openapi(made(vela_schema, EXPERIMENTS["chart"])[definition])
    for properties in written(definition.stem):
        assert Draft202012Validator(found).is_valid(properties)
        assert not Draft202012Validator(found).is_valid({**properties, "mispelt": 1})


def written(name: str) -> Iterator[Schema]:
    """Properties of a type in the goldens."""
    for file in [*CASES.glob("components/*/*/app.yaml"), *CASES.glob("traits/*/*/app.yaml")]:
        for component in yaml.safe_load(file.read_text("utf-8"))["spec"]["components"]:
            for typed in (component, *component.get("traits", [])):
                if typed["type"] == name:
                    yield typed.get("properties", {})


def told(rules: Schema, path: str = "") -> Iterator[tuple[str, Told]]:
    """What a form needs to know of each field; a choice of one is a choice."""
    for name, field in cast("dict[str, Schema]", rules.get("properties", {})).items():
        one: Told = {"enum": [field["const"]]} if "const" in field else {}
        yield f"{path}.{name}", {key: field[key] for key in SAME if key in field} | one
        yield from told(field, f"{path}.{name}")
        yield from told(cast("Schema", field.get("items", {})), f"{path}.{name}[]")
