# SPDX-License-Identifier: Apache-2.0
"""Whatever stands somewhere in an Application that uses everything, there is a report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from velaserve_lint import lint
from velaserve_lint.formats import View, write

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parent / "golden"
Data = Any  # JSON
APPLICATIONS = {
    name: json.dumps(yaml.safe_load((GOLDEN / name / "app.yaml").read_text("utf-8")))
    for name in ("clean", "policies", "refusals", "workflow")
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("{a} \\( ["),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=5,
)


def places(data: Data) -> Iterator[tuple[Data, Data]]:
    """Every container with each of its keys or indexes."""
    if not isinstance(data, dict | list):
        return
    for key, value in list(data.items() if isinstance(data, dict) else enumerate(data)):
        yield data, key
        yield from places(value)


@pytest.mark.parametrize("name", APPLICATIONS)
@given(chance=st.randoms(use_true_random=False), value=ANYTHING)
def test_any_value_anywhere_gives_a_report(name: str, chance: Any, value: Data) -> None:
    data = json.loads(APPLICATIONS[name])
    container, key = chance.choice(list(places(data)))
    container[key] = value

    report = lint(json.dumps(data))
    for language in ("en", "zh"):
        write(report, "full", View(language))


@pytest.mark.parametrize("name", APPLICATIONS)
@given(chance=st.randoms(use_true_random=False))
def test_any_part_of_another_anywhere_gives_a_report(name: str, chance: Any) -> None:
    data, other = (json.loads(APPLICATIONS[one]) for one in (name, chance.choice([*APPLICATIONS])))
    container, key = chance.choice(list(places(data)))
    source, part = chance.choice(list(places(other)))
    container[key] = source[part]

    write(lint(json.dumps(data)), "full", View("en"))
