# SPDX-License-Identifier: Apache-2.0
"""Whatever a file holds, the checklist has an outcome for each item, and never an exception."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ci.tools.tree import ROOT
from velaserve_lint import score
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, SERVING_RUNTIME
from velaserve_lint.rules.example_production import PRODUCTION
from velaserve_lint.scores import FORMATS, ScoreView, write

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = Any  # of any shape
VALUES: list[Json] = [None, True, -1, 1.5, "", "x", "name=a", [], [1], [{}], {}, {"name=a": 1}]
EVERYTHING = ROOT / "tests" / "components" / "model-serving" / "everything" / "app.yaml"
TOGETHER = ROOT / "tests" / "traits" / "together" / "all" / "app.yaml"
TEXTS = {
    "production": PRODUCTION,
    "model": f"{INFERENCE_SERVICE}---\n{SERVING_RUNTIME}",
    "everything": EVERYTHING.read_text(encoding="utf-8"),
    "together": TOGETHER.read_text(encoding="utf-8"),
}


def paths(data: Json, path: tuple[Json, ...] = ()) -> Iterator[tuple[Json, ...]]:
    listed = list(enumerate(data)) if isinstance(data, list) else []
    for step, value in data.items() if isinstance(data, dict) else listed:
        yield (*path, step)
        yield from paths(value, (*path, step))


def broken(documents: Json) -> Iterator[Json]:
    """With each value in turn replaced, by three of VALUES, other ones each time."""
    for number, path in enumerate(list(paths(documents))):
        changed = deepcopy(documents)
        parent = changed
        for step in path[:-1]:
            parent = parent[step]
        for value in VALUES[number % 4 :: 4]:
            parent[path[-1]] = value
            yield changed


@pytest.mark.parametrize("name", TEXTS)
def test_a_value_of_any_kind_gives_a_score(name: str) -> None:
    for documents in broken(list(yaml.safe_load_all(TEXTS[name]))):
        for subject in score("---\n".join(json.dumps(one) + "\n" for one in documents)).subjects:
            for result in subject.results:
                assert result.verdict is None or result.verdict.place.span.line >= 1


@given(st.text() | st.binary())
def test_any_content_gives_a_scorecard_in_every_format(content: str | bytes) -> None:
    card = score(content)

    for name in FORMATS:
        for language in ("en", "zh"):
            assert write(card, name, ScoreView(language, colour=True, show_passed=True))
