# SPDX-License-Identifier: Apache-2.0
"""VS209 in all parts of a component."""

from __future__ import annotations

import pytest

from velaserve_lint import lint
from velaserve_lint.rules.examples import APPLICATION

ENV = "env: {PYTHONPATH: /mnt/code}"


@pytest.mark.parametrize(
    ("properties", "pointers"),
    [
        (ENV, ["/env"]),
        (f"transformer: {{image: a:1, {ENV}}}", ["/transformer/env"]),
        (f"explainer: {{image: a:1, {ENV}}}", ["/explainer/env"]),
        ("env: {PYTHONPATHS: /mnt/code}", []),
        ("env: [PYTHONPATH]", []),
    ],
)
def test_where_it_is_set(properties: str, pointers: list[str]) -> None:
    found = lint(f"{APPLICATION}        {properties}\n").findings
    paths = [one.pointer.removeprefix("/spec/components/0/properties") for one in found]

    assert [
        path.removesuffix("/PYTHONPATH")
        for one, path in zip(found, paths, strict=True)
        if one.id == "VS209"
    ] == pointers
