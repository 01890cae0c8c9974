# SPDX-License-Identifier: Apache-2.0
"""Rules about names, about traits, and about the steps that belong to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.linted import HEAD, said
from velaserve_lint.catalogue import SHIPPED
from velaserve_lint.combinations.environment import VARIABLES
from velaserve_lint.definitions import Definition
from velaserve_lint.names.option_table import options
from velaserve_lint.settings import Settings

ROOT = Path(__file__).resolve().parents[4]
SERVED = "modelUri: pvc://a/b, modelFormat: {name: onnx}"


def component(
    name: str = "digits",
    type_name: str = "model-serving",
    properties: str = SERVED,
    traits: str = "",
    rest: str = "",
    namespace: str = "",
) -> str:
    head = HEAD.replace("{name: a}", f"{{name: a, namespace: {namespace}}}") if namespace else HEAD
    one = f"name: {name}, type: {type_name}, properties: {{{properties}}}, traits: [{traits}]"
    return f"{head}  components: [{{{one}}}]\n{rest}"


@pytest.mark.parametrize(
    ("name", "type_name", "namespace", "limit"),
    [
        ("a" * 41, "model-serving", "", 0),
        ("a" * 42, "model-serving", "", 41),
        ("a" * 42, "kfserving", "", 41),
        ("a" * 41, "model-serving", "n" * 14, 0),
        ("a" * 41, "model-serving", "n" * 15, 40),
        ("a" * 58, "inference-graph", "", 0),
        ("a" * 59, "inference-graph", "", 58),
        ("a" * 63, "webservice", "n" * 60, 0),
        ("a" * 64, "webservice", "", 63),
        ("a" * 64, "acme", "", 63),
    ],
)
def test_the_length_of_names(name: str, type_name: str, namespace: str, limit: int) -> None:
    text = component(name, type_name, namespace=namespace)
    long = f"{name}: '{name}' has {len(name)} characters, the most here is {limit}"

    assert said("VS128", text) == ([long] if limit else [])


def test_the_limits_are_those_of_the_definitions() -> None:
    service = (ROOT / "components/model-serving/inference_service.cue").read_text("utf-8")
    graph = (ROOT / "components/inference-graph/graph.cue").read_text("utf-8")

    assert "_longestName: list.Min([41, 55 - len(context.namespace)])" in service
    assert "strings.MaxRunes(list.Min([58, 62 - len(context.namespace)]))" in graph
    assert service.count('=~"^[a-z]([-a-z0-9]*[a-z0-9])?$"') == 1


@pytest.mark.parametrize(
    ("name", "type_name", "found"),
    [("7up", "model-serving", 1), ("a.b", "model-serving", 1), ("7up", "webservice", 0)],
)
def test_the_form_of_names(name: str, type_name: str, found: int) -> None:
    assert len(said("VS128", component(name, type_name))) == found


@pytest.mark.parametrize(
    ("type_name", "trait", "ours", "theirs"),
    [
        ("model-serving", "hardening", 0, 0),
        ("kfserving", "hardening", 0, 0),
        ("webservice", "hardening", 1, 0),
        ("inference-graph", "autoscaler", 1, 0),
        ("acme", "hardening", 0, 0),
        ("k8s-objects", "hardening", 0, 0),
        ("model-serving", "scaler", 0, 1),
        ("model-serving", "labels", 0, 0),
        # KubeVela's own list, which leaves out what works.
        ("daemon", "expose", 0, 0),
    ],
)
def test_what_traits_are_made_for(type_name: str, trait: str, ours: int, theirs: int) -> None:
    text = component(type_name=type_name, traits=f"{{type: {trait}}}")

    assert (len(said("VS129", text)), len(said("VS130", text))) == (ours, theirs)


def test_what_a_trait_of_a_cluster_is_made_for() -> None:
    text = component(type_name="tea", traits="{type: hot}")
    tea = Definition("component", "tea", workload="deployments.apps")
    for applies_to, found in [
        (("statefulsets.apps",), 1),
        (("tea",), 0),
        (("*.apps",), 0),
        ((), 0),
    ]:
        hot = Definition("trait", "hot", applies_to=applies_to)
        settings = Settings(catalogue=SHIPPED.plus([tea, hot]))
        assert len(said("VS130", text, settings)) == found


SCALED = "{type: autoscaler, properties: {maxReplicas: 2, metrics: {cpuUtilization: 70}}}"
OVERRIDE = "  policies: [{name: o, type: override, properties: {components: [{name: %s}]}}]\n"


@pytest.mark.parametrize(
    ("traits", "rest", "found"),
    [
        (SCALED, "", []),
        (f"{SCALED}, {SCALED}", "", ["autoscaler: there is a trait autoscaler already"]),
        (f"{{type: hpa}}, {SCALED}", "", ["autoscaler: autoscaler conflicts with hpa"]),
        (f"{SCALED}, {{type: scaler@v1}}", "", ["scaler@v1: scaler conflicts with autoscaler"]),
        ("{type: sidecar}, {type: sidecar}", "", []),
        (
            "{type: sidecar}, {type: sidecar}",
            OVERRIDE % "digits",
            ["sidecar: an override keeps only the last trait sidecar of this component"],
        ),
        ("{type: sidecar}, {type: sidecar}", OVERRIDE % "letters", []),
        ("{type: sidecar}, {type: labels}", OVERRIDE % "digits", []),
    ],
)
def test_traits_that_cannot_be_together(traits: str, rest: str, found: list[str]) -> None:
    assert said("VS131", component(traits=traits, rest=rest)) == found


@pytest.mark.parametrize(
    ("traits", "found"),
    [("{type: scaler}, {type: hpa}", 1), ("{type: scaler}, {type: labels}", 0)],
)
def test_traits_that_decide_the_number_of_pods(traits: str, found: int) -> None:
    text = component(type_name="webservice", properties="image: a", traits=traits)

    assert len(said("VS133", text)) == found


@pytest.mark.parametrize(
    ("properties", "found"),
    [
        ("env: {VELASERVE_LOG_LEVEL: debug}", ""),
        ("logLevel: debug, env: {VELASERVE_LOG_LEVEL: debug}", ""),
        (
            "logLevel: info, env: {VELASERVE_LOG_LEVEL: debug}",
            "debug: env sets VELASERVE_LOG_LEVEL to 'debug', 'logLevel' to 'info'",
        ),
        (
            "accessLog: true, env: {VELASERVE_ACCESS_LOG: 'false'}",
            "'false': env sets VELASERVE_ACCESS_LOG to 'false', 'accessLog' to 'true'",
        ),
        (
            "env: {VELASERVE_MODEL_NAME: letters}",
            "letters: env sets VELASERVE_MODEL_NAME to 'letters', 'modelName' to 'digits'",
        ),
        ("env: {VELASERVE_DRAIN_DELAY_S: '10'}", ""),
        (
            "queue: {maxQueueSize: 5}, env: {VELASERVE_MAX_QUEUE_SIZE: '6'}",
            "'6': env sets VELASERVE_MAX_QUEUE_SIZE to '6', 'queue.maxQueueSize' to '5'",
        ),
        ("runtime: kserve-tritonserver, env: {VELASERVE_MODEL_NAME: letters}", ""),
    ],
)
def test_variables_with_two_values(properties: str, found: str) -> None:
    text = component(properties=f"{SERVED}, {properties}")

    assert said("VS132", text) == ([found] if found else [])


def test_the_variables_are_those_of_the_options() -> None:
    known = {option.env: option.parameter for option in options().values()}

    for name, variable in VARIABLES.items():
        parameter = name.rpartition(".")[2] if name != "modelFormat.name" else "modelFormat"
        assert known[variable] == parameter


CACHED = "{type: compile-cache, properties: {%s}}"
CLAIM = "claim: {accessMode: ReadWriteMany, size: 1Gi}"
NPU = SERVED + ", accelerator: {chip: 310P}"


def steps(*each: str) -> str:
    listed = ", ".join(f"{{name: s{n}, {step}}}" for n, step in enumerate(each))
    return f"  workflow: {{steps: [{listed}]}}\n"


def about(step: str, more: str = "") -> str:
    return f"type: {step}, properties: {{component: digits{more}}}"


RELEASE, COMPILE = about("canary-release"), about("compile-model")
NO_GUIDE = "digits: 'digits' has no trait canary: add one, or use await-model"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (component(traits="{type: canary}", rest=steps(RELEASE)), []),
        (component(traits="{type: canary@v1}", rest=steps(RELEASE)), []),
        (component(rest=steps(RELEASE)), [NO_GUIDE]),
        (component(rest=steps(about("await-model"))), []),
        (
            component(type_name="webservice", rest=steps(about("await-model"))),
            ["digits: await-model is about model services; 'digits' is of type webservice"],
        ),
        (component(type_name="acme", rest=steps(about("await-model"))), []),
        (
            component(
                type_name="kfserving",
                properties="onnx: {storageUri: s3://a}",
                traits="{type: canary}",
                rest=steps(RELEASE),
            ),
            ["digits: kfserving has no canary: make 'digits' a model-serving"],
        ),
        (
            component(traits="{type: canary}", rest=steps(about("canary-release", ", until: 10"))),
            ["10: nothing finishes this release: add a canary-release of 'digits' without until"],
        ),
        (
            component(
                traits="{type: canary}",
                rest=steps(about("canary-release", ", until: 10"), "type: suspend", RELEASE),
            ),
            [],
        ),
        (
            component(rest=steps(COMPILE)),
            ["digits: nothing is compiled for 'digits': no Ascend chip, or another server"],
        ),
        (
            component(properties=NPU, rest=steps(COMPILE)),
            ["digits: 'digits' has no trait compile-cache: what is compiled would be lost"],
        ),
        (component(properties=NPU, traits=CACHED % CLAIM, rest=steps(COMPILE)), []),
        (
            component(properties=NPU, traits=CACHED % "ephemeral: {}", rest=steps(COMPILE)),
            ["digits: the cache of 'digits' ends with a pod: give it a claim, or a hostPath"],
        ),
    ],
)
def test_what_our_steps_ask_of_their_component(text: str, found: list[str]) -> None:
    assert said("VS134", text) == found


def test_what_is_added_elsewhere_is_not_judged() -> None:
    """An override may take away what is wrong, or bring what is missing."""
    traits = "{type: canary, properties: {weights: [50, 10]}}"
    patch = "{name: digits, traits: [{type: canary, properties: {weights: [10, 50]}}]}"
    policy = f"  policies: [{{name: o, type: override, properties: {{components: [{patch}]}}}}]\n"

    assert len(said("VS145", component(traits=traits))) == 1
    assert said("VS145", component(traits=traits, rest=policy)) == []
