# SPDX-License-Identifier: Apache-2.0
"""How renders become rows: values that come from properties, conditions, and what two make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ci.tools.checklist.probes import probes
from ci.tools.checklist.rows import rows

if TYPE_CHECKING:
    from pathlib import Path

    from ci.tools.checklist.rows import Row

Json = Any  # of any shape
SMALLEST = "{modelUri: pvc://models/digits, modelFormat: {name: onnx}}"


def made(folder: Path, *lines: tuple[str, Json]) -> list[Row]:
    """The rows of some probes, each with what it is said to render."""
    table = f"""
traits: {{hardening: {{}}}}
everywhere: []
components:
  model-serving:
    smallest: {SMALLEST}
    probes: [{", ".join(line for line, _ in lines)}]
"""
    file = folder / "probes.yaml"
    file.write_text(table, encoding="utf-8")
    return rows(probes(file)["model-serving"], [{"O": rendered} for _, rendered in lines])


def test_the_first_row_is_what_the_smallest_has(tmp_path: Path) -> None:
    assert made(tmp_path, ("{}", {"a": 1})) == [
        {"when": [], "add": [{"to": "/O", "value": {"a": 1}}]}
    ]


def test_what_was_foretold_needs_no_row(tmp_path: Path) -> None:
    assert len(made(tmp_path, ("{}", {"a": 1}), ("{/image: probe}", {"a": 1}))) == 1


def test_a_value_of_the_user_s_is_taken_from_its_property(tmp_path: Path) -> None:
    _, row = made(tmp_path, ("{}", {}), ("{/image: probe}", {"image": "probe"}))

    assert row == {
        "when": [{"of": "", "at": "/image"}],
        "add": [{"to": "/O/image", "from": {"of": "", "at": "/image"}}],
    }


def test_what_is_fixed_has_the_whole_condition(tmp_path: Path) -> None:
    _, fixed, taken = made(
        tmp_path, ("{}", {"n": 1}), ("{/minReplicas: 2}", {"n": 2, "budget": True})
    )

    assert fixed["when"] == [{"of": "", "at": "/minReplicas", "atLeast": 2}]
    assert fixed["add"] == [{"to": "/O/budget", "value": True}]
    assert taken["when"] == [{"of": "", "at": "/minReplicas"}]
    assert taken["add"][0]["replaces"] is True


@pytest.mark.parametrize(
    ("line", "condition"),
    [
        ("{/drainDelaySeconds: 0}", {"of": "", "at": "/drainDelaySeconds", "equals": 0}),
        ("{/drainDelaySeconds: 5}", {"of": "", "at": "/drainDelaySeconds", "atLeast": 5}),
        ("{/protocolVersion: v1}", {"of": "", "at": "/protocolVersion", "equals": "v1"}),
        ("{/metrics: {}}", {"of": "", "at": "/metrics"}),
        ("{hardening: }", {"of": "hardening", "at": ""}),
        (
            "{hardening/readOnlyRootFilesystem: true}",
            {"of": "hardening", "at": "/readOnlyRootFilesystem", "equals": True},
        ),
    ],
)
def test_conditions(tmp_path: Path, line: str, condition: Json) -> None:
    _, row = made(tmp_path, ("{}", {}), (line, {"x": "other"}))

    assert row["when"] == [condition]


def test_anything_is_not_what_another_line_names(tmp_path: Path) -> None:
    _, row, *_ = made(
        tmp_path,
        ("{}", {}),
        ("{/runtime: probe}", {"x": "other"}),
        ("{/runtime: velaserve}", {}),
    )

    assert row["when"] == [{"of": "", "at": "/runtime", "not": ["velaserve"]}]


def test_what_is_needed_only_to_try_is_no_condition(tmp_path: Path) -> None:
    _, row = made(tmp_path, ("{}", {}), ("{/args: [probe], (/runtime): acme}", {"args": ["probe"]}))

    assert row["when"] == [{"of": "", "at": "/args"}]


def test_a_number_in_a_text_a_longer_list_and_a_sum(tmp_path: Path) -> None:
    *_, row = made(
        tmp_path,
        ("{}", {"grace": 80, "text": "70"}),
        ("{/drainDelaySeconds: 31}", {"grace": 101, "text": "91", "delay": "31"}),
    )
    by_path = {part["to"]: part for part in row["add"]}

    assert by_path["/O/grace"]["less"] == by_path["/O/text"]["less"] == 10
    assert by_path["/O/delay"]["asText"] is True
    *_, row = made(tmp_path, ("{}", {}), ("{/args: [probe]}", {"args": ["probe", "--x={name}"]}))
    assert row["add"][0]["then"] == ["--x={name}"]


def test_keys_of_the_user_s_own(tmp_path: Path) -> None:
    *_, row = made(
        tmp_path,
        ("{}", {}),
        ("{/env: {probe: probe-value}}", {"env": {"name=probe": {"value": "probe-value"}}}),
    )

    [part] = row["add"]
    assert (part["to"], part["from"]["at"]) == ("/O/env/name=*/value", "/env/*")


def test_what_is_gone_is_dropped(tmp_path: Path) -> None:
    _, row = made(tmp_path, ("{}", {"a": 1, "b": 2}), ("{/probes/mode: runtime}", {"a": 1}))

    assert row["drop"] == ["/O/b"]


def test_two_that_meet_have_a_row_of_their_own(tmp_path: Path) -> None:
    found = made(
        tmp_path,
        ("{}", {}),
        ("{hardening: }", {"safe": True}),
        ("{/minReplicas: 2}", {"two": "yes"}),
        ("{hardening: , /minReplicas: 2}", {"safe": True, "two": "yes", "both": "yes"}),
    )

    assert [one["at"] for one in found[-1]["when"]] == ["", "/minReplicas"]
    assert found[-1]["add"] == [{"to": "/O/both", "value": "yes"}]


def test_the_committed_probes_are_yaml_with_traits_that_are_known() -> None:
    listed = probes()

    assert listed.keys() == {"inference-graph", "kfserving", "model-serving"}
    assert all(yaml.safe_dump(probe.component) for probe in listed["model-serving"])
