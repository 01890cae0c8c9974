# SPDX-License-Identifier: Apache-2.0
"""A field that a component does not have is refused with its path, at every depth."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from jsonschema import Draft202012Validator

from ci.tools.cue import NEW, OLD, CueError
from support.component_cases import CASES, COMPONENTS, application
from support.definition import Component, first_component, needs_cue, render
from support.schema_fields import Path, at, fields, schema, structs, written
from support.vela_render import Vela, VelaRefused

SEVERAL = 8  # KubeVela needs half a second for one


def typos() -> Iterator[tuple[Component, Path, str]]:
    """Every shape of path once: a component that has it, and a field there."""
    seen = set()
    for case in CASES:
        component = first_component(case / "app.yaml")
        for path in structs(schema(component.type), component.properties):
            shape = (component.type, *(key for key in path if isinstance(key, str)))
            if shape not in seen and at(component.properties, path):
                seen.add(shape)
                yield component, path, next(iter(at(component.properties, path)))


TYPOS = list(typos())


def misspelt(component: Component, path: Path, field: str) -> Component:
    properties = deepcopy(component.properties)
    at(properties, path)[f"{field}x"] = 1
    return component._replace(properties=properties)


def place(path: Path, field: str) -> str:
    return ".".join(map(str, ("parameter", *path, f"{field}x")))


@needs_cue
@pytest.mark.parametrize("version", [OLD, NEW])
@pytest.mark.parametrize(
    ("component", "path", "field"), TYPOS, ids=[place(*typo[1:]) for typo in TYPOS]
)
def test_typo_is_refused_with_its_path(
    component: Component, path: Path, field: str, version: str
) -> None:
    with pytest.raises(CueError) as refusal:
        render(misspelt(component, path, field), version)
    said = str(refusal.value).replace("invalid interpolation: ", "")
    assert f"{place(path, field)}: field not allowed" in said


@pytest.mark.parametrize("typo", TYPOS[:: len(TYPOS) // SEVERAL], ids=lambda typo: place(*typo[1:]))
def test_kubevela_refuses_it_too(typo: tuple[Component, Path, str], vela: Vela) -> None:
    component = misspelt(*typo)
    with pytest.raises(VelaRefused) as refusal:
        vela.render(application(component.name, component.type, component.properties))
    assert f"{place(*typo[1:])}: field not allowed" in str(refusal.value)


def _is_refused(field: dict[str, str]) -> bool:
    """What is only there to be refused with a word about the way out."""
    return field.get("description", "").startswith("Refused: ")


@pytest.mark.parametrize("name", COMPONENTS)
def test_cases_write_every_field(name: str) -> None:
    """So no struct is left untried."""
    rules = schema(name)
    missing = {path for path, field in fields(rules) if not _is_refused(field)}
    for case in CASES:
        if case.parent.name == name:
            values = first_component(case / "app.yaml").properties
            Draft202012Validator(rules).validate(values)
            missing -= set(written(values))
    assert missing == set()
