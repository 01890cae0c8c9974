# SPDX-License-Identifier: Apache-2.0
"""A definition that is made from parts is made from those that are committed."""

from pathlib import Path

import pytest

from ci.tools.definitions import definition_text, packages, product
from ci.tools.names import files
from ci.tools.tree import GENERATED, ROOT
from support.definition import needs_cue


@needs_cue
@pytest.mark.parametrize("package", packages(), ids=lambda path: path.name)
def test_definition_is_made_from_its_parts(package: Path) -> None:
    committed = product(package).read_text(encoding="utf-8")
    assert committed == definition_text(package), "stale: run make generate"


@needs_cue
def test_names_are_those_of_the_tables() -> None:
    for file, text in files().items():
        assert file.read_text(encoding="utf-8") == text, "stale: run make generate"


@needs_cue
def test_made_files_are_known_as_such() -> None:
    made = {
        file.relative_to(ROOT).as_posix() for file in [*map(product, packages()), *files().keys()]
    }
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert made <= GENERATED
    assert {f"{name} linguist-generated" for name in made} <= set(attributes)
