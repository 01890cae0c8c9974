# SPDX-License-Identifier: Apache-2.0
"""The generated tables: what KubeVela renders and KServe brings today, and whole."""

from __future__ import annotations

import pytest

from ci.tools.checklist import __main__ as tool
from ci.tools.errors import NotReady
from ci.tools.schema import definitions
from velaserve_lint.checklist.data import load
from velaserve_lint.names import runtime


def test_contributions_are_what_kubevela_renders() -> None:
    try:
        made = tool.contributions()
    except NotReady as err:
        pytest.skip(str(err))
    committed = (tool.FOLDER / "contributions.json").read_text(encoding="utf-8")

    assert committed == made, "stale: run make generate"


def test_runtimes_are_those_of_kserve_and_ours() -> None:
    try:
        made = tool.known_runtimes(offline=True)
    except NotReady as err:
        pytest.skip(str(err))
    committed = (tool.FOLDER / "runtimes.json").read_text(encoding="utf-8")

    assert committed == made, "stale: run make generate"


def test_every_component_is_known() -> None:
    components = {file.stem for file in definitions() if file.parent.name == "components"}

    assert load("contributions.json")["components"].keys() == components


def test_ours_are_among_the_runtimes() -> None:
    assert set(runtime().names) <= load("runtimes.json")["runtimes"].keys()


@pytest.mark.parametrize("name", ["contributions.json", "runtimes.json"])
def test_each_says_what_it_is_made_from(name: str) -> None:
    assert "not for editing" in load(name)["comment"]
    assert load(name)["sources"]
