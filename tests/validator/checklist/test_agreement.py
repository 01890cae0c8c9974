# SPDX-License-Identifier: Apache-2.0
"""What the table of contributions foretells of an Application is what its whole render gives.

Examples and cases of traits are compared where they are rendered: tests/applications/
test_examples.py, tests/traits/test_goldens.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from support.checklist import assert_foretold
from support.component_cases import CASES
from support.trait_cases import case_id

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_of_every_case_of_a_component(case: Path) -> None:
    """Its render is committed: another test compares that with KubeVela's."""
    rendered = yaml.safe_load_all((case / "want.yaml").read_text(encoding="utf-8"))

    assert_foretold((case / "app.yaml").read_text(encoding="utf-8"), list(rendered))
