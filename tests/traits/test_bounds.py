# SPDX-License-Identifier: Apache-2.0
"""Each bound of a trait's fields, just inside and just outside, by the schema and by CUE alike."""

from pathlib import Path
from typing import cast

import pytest
import yaml
from jsonschema import Draft202012Validator

from ci.tools.cue import OLD, CueError
from ci.tools.schema import Json
from support.definition import needs_cue
from support.overlay import at_path, laid_over
from support.schema_fields import fields, schema
from support.trait_cases import TRAITS
from support.trait_definition import Object, digits, evaluate

# For each trait `base`, which it takes; then paths of fields, with values in bounds and outside.
TABLE = yaml.safe_load(Path(__file__).with_name("bounds.yaml").read_text(encoding="utf-8"))
WITHOUT_BOUNDS = {"array", "boolean", "object"}


def rows(verdict: str) -> list[tuple[str, str, Json]]:
    return [
        (trait, path, value)
        for trait, table in TABLE.items()
        for path, values in table["bounds"].items()
        for value in values[verdict]
    ]


def properties(trait: str, path: str, value: Json) -> Object:
    """The base with `value` at the dotted path; `[]` after a name is a list of one."""
    return cast("Object", laid_over(TABLE[trait]["base"], at_path(path, value)))


@pytest.fixture(scope="module")
def rendered() -> list[Object]:
    return digits()


@pytest.mark.parametrize(("trait", "path", "value"), rows("accepted"))
def test_schema_accepts(trait: str, path: str, value: Json) -> None:
    Draft202012Validator(schema(trait)).validate(properties(trait, path, value))


@pytest.mark.parametrize(("trait", "path", "value"), rows("refused"))
def test_schema_refuses(trait: str, path: str, value: Json) -> None:
    [error] = Draft202012Validator(schema(trait)).iter_errors(properties(trait, path, value))
    where = ".".join(str(key) for key in error.absolute_path if isinstance(key, str))
    assert where == path.replace("[]", "")


@needs_cue
@pytest.mark.parametrize(("trait", "path", "value"), rows("accepted"))
def test_trait_accepts(trait: str, path: str, value: Json, rendered: list[Object]) -> None:
    evaluate(trait, properties(trait, path, value), OLD, rendered)


@needs_cue
@pytest.mark.parametrize(("trait", "path", "value"), rows("refused"))
def test_trait_refuses(trait: str, path: str, value: Json, rendered: list[Object]) -> None:
    with pytest.raises(CueError):
        evaluate(trait, properties(trait, path, value), OLD, rendered)


@pytest.mark.parametrize("trait", TRAITS)
def test_every_field_with_a_bound_is_tried(trait: str) -> None:
    tried = {tuple(path.replace("[]", "").split(".")) for path in TABLE[trait]["bounds"]}
    assert {path for path, rules in fields(schema(trait)) if _is_bounded(rules)} == tried


def _is_bounded(rules: Object) -> bool:
    return rules.get("type") not in WITHOUT_BOUNDS
