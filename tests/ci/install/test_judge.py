# SPDX-License-Identifier: Apache-2.0
"""What is found is judged by the table: all problems at once, each with its way out."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from ci.cluster import gateway
from ci.install import judge
from ci.install.component import Component
from ci.install.found import Found
from ci.install.image import LOCAL
from ci.install.needs import GATEWAY_API, KEDA, KSERVE, KUBERNETES, KUBEVELA, NEEDS, VELA
from ci.tools.tree import ROOT

FITTING = Found(
    components={need.name: Component(version=need.oldest) for need in NEEDS},
    namespace="vela-system",
    uses_gateway_api=True,
    gateway=True,
    images=frozenset({LOCAL}),
)
IMAGE = "registry.example.com/team/velaserve:0.1"


def with_components(changes: Mapping[str, Component]) -> Found:
    return replace(FITTING, components={**FITTING.components, **changes})


def problems(found: Found, named_image: str = "", ascend_image: str = "") -> list[str]:
    named = {"VELASERVE_IMAGE": named_image, "VELASERVE_ASCEND_IMAGE": ascend_image}
    return list(judge.problems(found, named))


def notes(found: Found) -> list[str]:
    return list(judge.notes(found))


def test_oldest_versions_are_enough() -> None:
    assert problems(FITTING) == notes(FITTING) == []


def test_newer_versions_are_enough() -> None:
    newer = {need.name: Component(version=(99, 0, 0)) for need in NEEDS}
    assert problems(with_components(newer)) == []


def test_everything_that_is_missing_is_named_at_once_with_the_way_to_get_it() -> None:
    nothing = {
        need.name: Component(lacks="it is not there") for need in NEEDS if need != KUBERNETES
    }
    found = replace(with_components(nothing), gateway=False, uses_gateway_api=False, namespace="")
    assert problems(found) == [
        f"{need.name} is missing (it is not there): get {version} or later: {need.get}"
        for need, version in [
            (VELA, "1.10.9"),
            (KUBEVELA, "1.10.9"),
            (KSERVE, "0.20.0"),
            (GATEWAY_API, "1.2.0"),
        ]
    ]
    assert notes(found) == [
        "KEDA is missing (it is not there): get 2.18.1 or later: https://keda.sh/deploy; "
        "only the trait autoscaler needs it"
    ]


def test_what_is_too_old_is_named_with_what_was_found() -> None:
    old = {
        KUBERNETES.name: Component(version=(1, 28, 3), source="its server says v1.28.3"),
        KUBEVELA.name: Component(
            version=(1, 10, 8), source="a Deployment runs x/vela-core:v1.10.8"
        ),
    }
    assert problems(with_components(old)) == [
        "Kubernetes 1.28.3 is too old (its server says v1.28.3): get 1.32.0 or later: "
        "upgrade the cluster, or make cluster makes one here",
        "KubeVela 1.10.8 is too old (a Deployment runs x/vela-core:v1.10.8): "
        "get 1.10.9 or later: https://kubevela.io/docs/install",
    ]


def test_an_old_keda_is_a_note() -> None:
    found = with_components({KEDA.name: Component(version=(2, 9, 0), source="an image says so")})
    assert problems(found) == []
    assert [note.partition(" (")[0] for note in notes(found)] == ["KEDA 2.9.0 is too old"]


def test_a_version_that_is_not_known_is_a_note() -> None:
    unknown = Component(source="no Deployment has the label a=b")
    found = with_components({KSERVE.name: unknown})
    assert problems(found) == []
    assert notes(found) == [
        "the version of KServe is not known (no Deployment has the label a=b): "
        "0.20.0 or later is needed"
    ]


def test_a_kubevela_without_its_namespace_is_a_problem() -> None:
    [problem] = problems(replace(FITTING, namespace=""))
    assert problem.startswith("KubeVela has no namespace for definitions")


def test_a_missing_gateway_is_a_note_that_names_the_parameter() -> None:
    [note] = notes(replace(FITTING, gateway=False))
    assert note.startswith("there is no Gateway kserve/kserve-ingress-gateway")
    assert "route.gateway" in note


def test_the_gateway_is_the_default_of_the_definition() -> None:
    definition = (ROOT / "components" / "model-serving.cue").read_text(encoding="utf-8")
    assert f'*"{gateway.NAME}" | string' in definition
    assert f'*"{gateway.NAMESPACE}" | string' in definition


def test_kserve_without_gateway_api_is_a_note() -> None:
    [note] = notes(replace(FITTING, uses_gateway_api=False))
    assert "ingress.enableGatewayApi" in note


def test_an_image_that_no_node_has_is_refused_with_the_way_out() -> None:
    [problem] = problems(replace(FITTING, images=frozenset({"other:1"})))
    for word in (LOCAL, "docker build -f ci/images/Dockerfile", "docker push", "VELASERVE_IMAGE="):
        assert word in problem


def test_an_image_of_a_registry_need_not_be_there() -> None:
    assert problems(replace(FITTING, images=frozenset()), IMAGE) == []


@pytest.mark.parametrize(
    "image", ["https://registry.example.com/velaserve", "velaserve :0.1", "/:1"]
)
def test_what_is_no_image_is_refused(image: str) -> None:
    [problem] = problems(FITTING, image)
    assert problem.startswith(f"VELASERVE_IMAGE is {image!r}")
    [problem] = problems(FITTING, ascend_image=image)
    assert problem.startswith(f"VELASERVE_ASCEND_IMAGE is {image!r}")


@pytest.mark.parametrize("image", [IMAGE, "velaserve", "127.0.0.1:5000/v@sha256:" + 64 * "a"])
def test_names_of_images_are_taken(image: str) -> None:
    assert problems(FITTING, image) == []
