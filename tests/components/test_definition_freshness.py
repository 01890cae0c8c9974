# SPDX-License-Identifier: Apache-2.0
"""A definition that is made from parts is made from those that are committed."""

from pathlib import Path
from types import ModuleType

import pytest

from ci.tools import names, policy
from ci.tools.definitions import definition_text, packages, product
from ci.tools.tree import GENERATED, ROOT
from support.definition import needs_cue


@needs_cue
@pytest.mark.parametrize("package", packages(), ids=lambda path: path.name)
def test_definition_is_made_from_its_parts(package: Path) -> None:
    committed = product(package).read_text(encoding="utf-8")
    assert committed == definition_text(package), "stale: run make generate"


@needs_cue
@pytest.mark.parametrize("maker", [names, policy], ids=lambda maker: maker.__name__)
def test_what_is_copied_from_elsewhere_is_that(maker: ModuleType) -> None:
    for file, text in maker.files().items():
        assert file.read_text(encoding="utf-8") == text, "stale: run make generate"


@needs_cue
def test_made_files_are_known_as_such() -> None:
    files = [*map(product, packages()), *names.files(), *policy.files()]
    made = {file.relative_to(ROOT).as_posix() for file in files}
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert made <= GENERATED
    assert {f"{name} linguist-generated" for name in made} <= set(attributes)
