# SPDX-License-Identifier: Apache-2.0
"""Paths as programs and as people write them."""

from __future__ import annotations

import pytest

from velaserve_lint.place import Path, dotted, pointer


@pytest.mark.parametrize(
    ("path", "as_pointer", "as_people_write"),
    [
        ((), "", ""),
        (("spec", "components", 0, "type"), "/spec/components/0/type", "spec.components[0].type"),
        (("a/b", "c~d"), "/a~1b/c~0d", "a/b.c~d"),
        ((0, 1), "/0/1", "[0][1]"),
    ],
)
def test_spellings(path: Path, as_pointer: str, as_people_write: str) -> None:
    assert (pointer(path), dotted(path)) == (as_pointer, as_people_write)
