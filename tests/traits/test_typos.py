# SPDX-License-Identifier: Apache-2.0
"""A field that a trait does not have is refused with its path, at every depth."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from jsonschema import Draft202012Validator

from support.schema_fields import Path, at, fields, schema, structs, written
from support.trait_cases import CASES, TRAITS, application, properties
from support.vela_render import Object, Vela, VelaRefused


def typos() -> Iterator[tuple[str, Object, Path, str]]:
    """Every shape of path once: its trait, an Application that has it, and a field there."""
    seen = set()
    for case in CASES:
        app, trait = application(case), case.parent.name
        if trait not in TRAITS:
            continue
        properties_ = properties(app, trait)
        for path in structs(schema(trait), properties_):
            shape = (trait, *(key for key in path if isinstance(key, str)))
            if shape not in seen and at(properties_, path):
                seen.add(shape)
                yield trait, app, path, next(iter(at(properties_, path)))


TYPOS = [
    pytest.param(*typo, id=".".join(map(str, (typo[0], *typo[2], typo[3])))) for typo in typos()
]


@pytest.mark.parametrize(("trait", "app", "path", "field"), TYPOS)
def test_typo_is_refused_with_its_path(
    trait: str, app: Object, path: Path, field: str, vela: Vela
) -> None:
    app = deepcopy(app)
    at(properties(app, trait), path)[f"{field}x"] = 1
    where = ".".join(map(str, ("parameter", *path, f"{field}x")))
    with pytest.raises(VelaRefused) as refusal:
        vela.render(app)
    assert f"{where}: field not allowed" in str(refusal.value)


@pytest.mark.parametrize("trait", TRAITS)
def test_cases_write_every_field(trait: str) -> None:
    """So no struct is left untried."""
    rules = schema(trait)
    missing = {path for path, _ in fields(rules)}
    for case in CASES:
        if case.parent.name == trait:
            values = properties(application(case), trait)
            Draft202012Validator(rules).validate(values)
            missing -= set(written(values))
    assert missing == set()
