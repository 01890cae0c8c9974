# SPDX-License-Identifier: Apache-2.0
"""KubeVela takes each component's definition; what it renders of it is in test_goldens.py."""

from pathlib import Path

import pytest

from ci.tools.tree import ROOT
from support.component_cases import COMPONENTS
from support.schema_fields import schema
from support.vela_render import Vela
from velaserve_lint.definitions import is_built_in


@pytest.mark.parametrize("name", COMPONENTS)
def test_definition_is_valid(name: str, vela: Vela) -> None:
    assert "succeed" in vela.run("def", "vet", _file(name))


@pytest.mark.parametrize("name", COMPONENTS)
def test_parameters_can_be_shown(name: str, vela: Vela) -> None:
    shown = vela.run("show", _file(name), "--format", "markdown")
    assert [field for field in schema(name)["properties"] if f" {field} |" not in shown] == []


@pytest.mark.parametrize("name", COMPONENTS)
def test_name_is_no_built_in_s(name: str) -> None:
    """`vela addon enable` would refuse it."""
    assert not is_built_in("component", name)


def _file(name: str) -> Path:
    return ROOT / "components" / f"{name}.cue"
