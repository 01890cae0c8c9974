# SPDX-License-Identifier: Apache-2.0
"""What the definition `model-serving` renders and what it refuses."""

import pytest

from ci.tools.cue import NEW, OLD, CueError
from ci.tools.schema import Json
from ci.tools.tree import ROOT
from support.definition import SMALLEST, Component, first_component, needs_cue, render

pytestmark = [needs_cue, pytest.mark.parametrize("version", [OLD, NEW])]


def digits(properties: dict[str, Json] | None = None, name: str = "digits") -> Component:
    return Component(name, "model-serving", SMALLEST | (properties or {}))


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


def test_canary_has_room_for_its_suffix(version: str) -> None:
    def canary(length: int) -> Component:
        stable = "m" * length
        return digits({"canary": {"of": stable, "weight": 0}}, f"{stable}-canary")

    render(canary(41), version)
    with pytest.raises(CueError, match=r"output\.metadata\.name.*MaxRunes\(48\)"):
        render(canary(42), version)


def test_value_of_the_user_s_own_reaches_the_pods(version: str) -> None:
    """Where the Application has the same key with another value: KubeVela does not pass that on."""
    component = digits({"labels": {"team": "vision"}, "annotations": {"example.com/owner": "mei"}})
    edited = component._replace(labels={"team": "shop"}, annotations={"example.com/owner": "ann"})
    assert render(edited, version) == render(component, version)


def test_traits_can_add_to_everything(version: str) -> None:
    """What a parameter closes must not close what is rendered: KubeVela refuses such patches."""
    everything = first_component(ROOT / "tests/components/model-serving/everything/app.yaml")
    patch = """template: output: {
    metadata: {labels: added: "1", annotations: added: "1"}
    spec: predictor: {
        added: 1
        labels: added: "1"
        annotations: added: "1"
        securityContext: added: 1
        nodeSelector: added: "1"
        model: {added: 1, resources: limits: added: 1}
    }
}"""
    render(everything, version, patch)
