# SPDX-License-Identifier: Apache-2.0
"""Whatever stands in a field, the rules between objects find something or nothing."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from support.lint_run import run_of
from velaserve_lint.rules import run_rules
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE
from velaserve_lint.rules.relations import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.document import Json
    from velaserve_lint.place import Path

TEXT = examples.together(
    *(examples.WITH_CLAIM, examples.CLAIM, examples.CONFIG_MAP, examples.REGISTRY_LOGIN),
    *(examples.SERVICE, examples.INGRESS, examples.MONITOR, examples.POLICY, examples.BUDGET),
    *(examples.AUTOSCALER, examples.CONTAINER_AUTOSCALER, INFERENCE_SERVICE),
)
OBJECTS: Json = list(yaml.safe_load_all(TEXT))
JUNK = st.sampled_from([None, True, 0, 1.5, "", "x", "80%", [], [1], ["digits"], {}, {"a": 1}])


def paths(value: Json, path: Path = ()) -> Iterator[Path]:
    entries = value.items() if isinstance(value, dict) else ()
    for step, inner in (*entries, *enumerate(value if isinstance(value, list) else ())):
        yield (*path, step)
        yield from paths(inner, (*path, step))


def changed(path: Path, junk: Json) -> str:
    """The objects as a List with junk at the path."""
    objects = copy.deepcopy(OBJECTS)
    around = objects
    for step in path[:-1]:
        around = around[step]  # type: ignore[index]  # the paths come from there
    around[path[-1]] = junk  # type: ignore[index]
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": objects})


@given(st.sampled_from(list(paths(OBJECTS))), JUNK)
@settings(max_examples=200, deadline=None)
def test_any_value_of_a_field_is_survived(path: Path, junk: Json) -> None:
    run = run_of(changed(path, junk))

    for rule in run_rules():
        assert all(finding.place.file == "-" for finding in rule.check(run))
