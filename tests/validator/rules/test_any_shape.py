# SPDX-License-Identifier: Apache-2.0
"""Objects of which any part may be anything give a report, never an exception."""

from __future__ import annotations

import copy
import json
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from velaserve_lint import describe, lint
from velaserve_lint.rules import example_manifests, example_neighbours

EXAMPLES = [
    yaml.safe_load(text)
    for module in (example_manifests, example_neighbours)
    for name, text in vars(module).items()
    if name.isupper()
]
ODD: st.SearchStrategy[object] = st.sampled_from(
    [None, True, -1, 0, 2**70, 1.5, "", "a", "é\n", "$(X)", "100m", [], [None], ["a", 1], {}]
) | st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)
Place = tuple[str | int, ...]


def places(value: Any, around: Place = ()) -> list[Place]:  # Any: JSON
    """Every place in a document but the document itself and what says what it is."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    named = [(key, one) for key, one in inner if (*around, key) not in {("apiVersion",), ("kind",)}]
    deeper = [(key, one) for key, one in named if isinstance(one, dict | list)]
    return [(*around, key) for key, _ in named] + [
        place for key, one in deeper for place in places(one, (*around, key))
    ]


@st.composite
def broken(draw: st.DrawFn) -> str:
    """An example in which one to three parts are something else."""
    document = copy.deepcopy(draw(st.sampled_from(EXAMPLES)))
    for _ in range(draw(st.integers(1, 3))):
        *around, last = draw(st.sampled_from(places(document) or [("metadata",)]))
        part = document
        for step in around:
            part = part[step]
        part[last] = copy.deepcopy(draw(ODD))
    return json.dumps(document)


@settings(max_examples=400, deadline=None)
@given(broken())
def test_any_part_may_be_anything(text: str) -> None:
    for finding in lint(text).findings:
        for language in ("en", "zh"):
            assert describe(finding, language)
