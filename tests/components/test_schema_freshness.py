# SPDX-License-Identifier: Apache-2.0
"""The committed schemas of the linter are those of the definitions."""

from pathlib import Path

import pytest

from ci.tools.schema import SCHEMAS, definitions, schema_text
from support.definition import needs_cue


@needs_cue
@pytest.mark.parametrize("definition", definitions(), ids=lambda path: path.stem)
def test_schema_is_the_definition_s(definition: Path) -> None:
    committed = (SCHEMAS / f"{definition.stem}.json").read_text(encoding="utf-8")
    assert committed == schema_text(definition), "stale: run make generate"


def test_every_schema_has_its_definition() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.json")} == {path.stem for path in definitions()}
