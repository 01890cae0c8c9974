# SPDX-License-Identifier: Apache-2.0
"""What the definition `model-serving` renders and what it refuses."""

from pathlib import Path

import pytest
import yaml

from ci.tools.cue import NEW, OLD, CueError
from ci.tools.schema import Json
from ci.tools.tree import ROOT
from support.definition import SMALLEST, Component, first_component, needs_cue, render

pytestmark = [needs_cue, pytest.mark.parametrize("version", [OLD, NEW])]

CASES = sorted((Path(__file__).parent / "model-serving").iterdir())


def digits(properties: dict[str, Json] | None = None, name: str = "digits") -> Component:
    return Component(name, "model-serving", SMALLEST | (properties or {}))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_render_is_the_golden_one(case: Path, version: str) -> None:
    want = yaml.safe_load_all((case / "want.yaml").read_text(encoding="utf-8"))
    assert render(first_component(case / "app.yaml"), version) == list(want)


@pytest.mark.parametrize(
    ("typo", "path"),
    [
        ({"modelUrl": "pvc://models"}, "parameter.modelUrl: field not allowed"),
        ({"batching": {"maxBatchsize": 4}}, "parameter.batching.maxBatchsize: field not allowed"),
        (
            {"resources": {"limits": {"cpus": 4}}},
            "parameter.resources.limits.cpus: field not allowed",
        ),
        ({"route": {"hots": "a.test"}}, "parameter.route.hots: field not allowed"),
        (
            {"route": {"gateway": {"nmae": "public"}}},
            "parameter.route.gateway.nmae: field not allowed",
        ),
        ({"env": {"not-a-name": "1"}}, 'parameter.env."not-a-name": field not allowed'),
    ],
)
def test_typo_is_refused_with_its_path(typo: dict[str, Json], path: str, version: str) -> None:
    with pytest.raises(CueError) as refusal:
        render(digits(typo), version)
    assert path in str(refusal.value)


def test_name_leaves_room_for_a_canary(version: str) -> None:
    assert len(f"isvc.{'m' * 41}-canary-predictor") == 63
    render(digits(name="m" * 41), version)
    with pytest.raises(CueError, match=r"output\.metadata\.name.*MaxRunes\(41\)"):
        render(digits(name="m" * 42), version)


def test_name_leaves_room_for_the_namespace_in_a_host(version: str) -> None:
    namespace = "n" * 30
    longest = "m" * (63 - len(f"-canary-{namespace}"))
    render(digits(name=longest)._replace(namespace=namespace), version)
    with pytest.raises(CueError, match=r"output\.metadata\.name.*MaxRunes\(25\)"):
        render(digits(name=longest + "m")._replace(namespace=namespace), version)


@pytest.mark.parametrize("field", [{"host": "a.test"}, {"gateway": {"name": "public"}}])
def test_what_no_route_would_ignore_is_refused(field: dict[str, Json], version: str) -> None:
    [name] = field
    with pytest.raises(CueError, match=f"route.{name} goes with route.mode gateway"):
        render(digits({"route": {"mode": "none", **field}}), version)


def test_key_of_the_application_has_one_value_in_the_pods(version: str) -> None:
    """Another value of it, or another revision, renders the same pods."""
    first, second = (
        digits()._replace(
            labels={"team": value},
            annotations={"example.com/owner": value, "app.oam.dev/publishVersion": value},
        )
        for value in ("one", "two")
    )
    assert render(first, version) == render(second, version)


def test_key_that_kubevela_does_not_pass_on_leaves_the_pods_alone(version: str) -> None:
    edited = digits()._replace(
        labels={"team": "one", "site": "here"},
        annotations={
            "filter.oam.dev/annotation-keys": "example.com/owner,example.com/ticket",
            "filter.oam.dev/label-keys": "team, site",
            "example.com/ticket": "7",
            "kubectl.kubernetes.io/last-applied-configuration": "{}",
        },
    )
    assert render(edited, version) == render(digits(), version)


def test_variable_of_ours_cannot_be_set_to_something_else(version: str) -> None:
    render(digits({"env": {"VELASERVE_MODEL_NAME": "digits"}}), version)
    with pytest.raises(CueError, match="VELASERVE_MODEL_NAME"):
        render(digits({"env": {"VELASERVE_MODEL_NAME": "letters"}}), version)


def test_examples_render(version: str) -> None:
    for application in sorted((ROOT / "applications").glob("*.yaml")):
        render(first_component(application), version)
