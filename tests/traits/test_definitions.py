# SPDX-License-Identifier: Apache-2.0
"""KubeVela takes the traits and finds each by its name."""

import json
from itertools import permutations

import pytest

from ci.tools.schema import SCHEMAS
from ci.tools.tree import ROOT
from support.trait_cases import TRAITS
from support.vela_render import Vela


@pytest.mark.parametrize("trait", TRAITS)
def test_trait_is_valid(trait: str, vela: Vela) -> None:
    assert "succeed" in vela.run("def", "vet", ROOT / "traits" / f"{trait}.cue")


@pytest.mark.parametrize("trait", TRAITS)
def test_every_parameter_is_shown(trait: str, vela: Vela) -> None:
    shown = vela.run("show", ROOT / "traits" / f"{trait}.cue", "--format", "markdown")
    schema = json.loads((SCHEMAS / f"{trait}.json").read_text(encoding="utf-8"))
    for name, field in schema["properties"].items():
        assert f" {name} | {field['description']}" in shown


def test_no_name_begins_as_another_does() -> None:
    """KubeVela takes `a-b` for `a` where both are used."""
    assert [pair for pair in permutations(TRAITS, 2) if pair[0].startswith(f"{pair[1]}-")] == []
