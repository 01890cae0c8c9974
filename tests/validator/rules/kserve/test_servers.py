# SPDX-License-Identifier: Apache-2.0
"""L10, L11, L13, L17, L18 and L20: the containers that serve."""

from __future__ import annotations

import pytest

from support.lint_findings import of, service

AT = "/spec/predictor"
ASKED = "readinessProbe: {httpGet: {path: /, port: 1}}"
OPEN = "readinessProbe: {tcpSocket: {port: 1}}"


def own(fields: str) -> str:
    return f"containers: [{{name: kserve-container, image: a, {fields}}}]"


def model(fields: str) -> str:
    return f"model: {{modelFormat: {{name: onnx}}, {fields}}}"


def runtime(fields: str, more: str = "", *, name: str = "mine") -> str:
    head = "apiVersion: serving.kserve.io/v1alpha1, kind: ClusterServingRuntime"
    formats = "supportedModelFormats: [{name: onnx}]"
    spec = f"{formats}, containers: [{{name: kserve-container, image: a, {fields}}}]{more}"
    return f"\n---\n{{{head}, metadata: {{name: {name}}}, spec: {{{spec}}}}}"


def rule(rule_id: str, predictor: str, others: str = "", mode: str = "Standard") -> list[str]:
    return [one.replace(AT, "@") for one in of(rule_id, service(predictor, mode=mode) + others)]


@pytest.mark.parametrize(
    ("predictor", "others", "wanted"),
    [
        (own(ASKED), "", []),
        (own("ports: []"), "", ["open @/containers/0"]),
        (own(OPEN), "", ["open @/containers/0"]),
        (own(f"{OPEN}, startupProbe: {{exec: {{command: [a]}}}}"), "", []),
        (model("runtime: mine"), "", []),
        (model("runtime: mine"), runtime("ports: []"), ["open @/model"]),
        (model("runtime: mine"), runtime(ASKED), []),
        (model(f"runtime: mine, {ASKED}"), runtime("ports: []"), []),
        (model("ports: []"), runtime("ports: []"), []),
        (model("runtime: kserve-sklearnserver"), "", []),
    ],
)
def test_l10_probes(predictor: str, others: str, wanted: list[str]) -> None:
    assert rule("VS450", predictor, others) == wanted
    assert rule("VS450", predictor, others, mode="Knative") == []


def port(name: str, number: int) -> str:
    return f"{{name: {name}, containerPort: {number}}}"


REST, GRPC = port("http1", 8080), port("h2c", 8081)


@pytest.mark.parametrize(
    ("ports", "more", "wanted"),
    [
        ([REST, GRPC], "", []),
        ([GRPC, REST], "", ["first @/ports/0/name"]),
        ([GRPC], "", []),
        ([GRPC, REST], ", protocolVersion: grpc-v2", []),
        ([port("http", 9000)], ", protocolVersion: grpc-v2", ["unnamed @/ports/0"]),
        ([REST, port("other", 9000)], "", ["unnamed @/ports/1"]),
        ([REST, port("grpc", 9000)], "", []),
        ([REST, port("other", 8081)], "", []),
        ([REST, port("other", 8081)], ", runtime: velaserve", ["unnamed @/ports/1"]),
        (["1"], "", []),
        ([], "", []),
    ],
)
def test_l11_ports(ports: list[str], more: str, wanted: list[str]) -> None:
    listed = f"ports: [{', '.join(ports)}]{more}"
    found = [one.replace("@/model", "@") for one in rule("VS451", model(listed))]

    assert found == wanted
    assert rule("VS451", model(listed), mode="Knative") == []


def test_l11_of_servers_of_ones_own_and_of_runtimes() -> None:
    listed = f"ports: [{GRPC}, {REST}]"

    assert rule("VS451", own(listed)) == ["first @/containers/0/ports/0/name"]
    assert of("VS451", runtime(listed)) == ["first /spec/containers/0/ports/0/name"]
    assert of("VS451", runtime(listed, ", protocolVersions: [grpc-v2]")) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("{{.Name}}", True),
        ("--name={{ .Name }}.{{.Namespace}}", True),
        ("{{- .Labels.modelClass -}}", True),
        ("{{.Annotations.a_b}}", True),
        ("{{.Labels.a-b}}", False),
        ("{{.Labels.app.kubernetes.io/name}}", False),
        ("{{.Model}}", False),
        ("{{ message.content }}", False),
        ("{{", False),
        ("}}", True),
        ("{ {x} }", True),
    ],
)
def test_l13_braces(text: str, right: bool) -> None:
    count = int(not right)
    args = f'args: ["{text}"]'

    assert of("VS453", runtime(args)) == ["template /spec/containers/0/args/0"] * count
    assert rule("VS453", model(args)) == ["template @/model/args/0"] * count
    assert rule("VS453", own(args)) == []
    assert rule("VS453", model(f'storageUri: "{text}"')) == []


def test_l13_only_of_containers_that_are_templates() -> None:
    beside = '{name: transformer-container, env: [{name: A, value: "{{x}}"}]}'
    other = '{name: b, args: ["{{x}}"]}'

    assert rule("VS453", f"{model('args: []')}, containers: [{beside}, {other}]") == [
        "template @/containers/0/env/0/value"
    ]


def grace(seconds: str) -> str:
    return f"env: [{{name: VELASERVE_GRACE_PERIOD_S, value: {seconds}}}]"


MINUTE = grace("'60'")


@pytest.mark.parametrize(
    ("predictor", "others", "wanted"),
    [
        (model("runtime: velaserve"), "", []),
        (
            f"terminationGracePeriodSeconds: 20, {model('runtime: velaserve')}",
            "",
            ["short @/terminationGracePeriodSeconds"],
        ),
        (model(f"runtime: velaserve, {MINUTE}"), "", ["short @/model/env/0/value"]),
        (f"terminationGracePeriodSeconds: 90, {model(f'runtime: velaserve, {MINUTE}')}", "", []),
        (f"terminationGracePeriodSeconds: x, {model('runtime: velaserve')}", "", []),
        (model("runtime: mine"), "", []),
        (model("runtime: mine"), runtime(grace("'31'")), ["short @/terminationGracePeriodSeconds"]),
        (model("runtime: mine"), runtime(grace("'30'")), []),
        (own(grace("'31'")), "", ["short @/containers/0/env/0/value"]),
        (own(grace("x")), "", []),
        (
            model("runtime: velaserve, lifecycle: {preStop: {sleep: {seconds: 6}}}"),
            "",
            ["short @/terminationGracePeriodSeconds"],
        ),
    ],
)
def test_l17_time_to_end(predictor: str, others: str, wanted: list[str]) -> None:
    assert rule("VS457", predictor, others) == wanted


@pytest.mark.parametrize(
    ("settings", "off"),
    [
        ('{"enableModelcar": false}', True),
        ("{}", True),
        ('{"enableModelcar": true}', False),
        ('{"enableOciModelSupport": true}', False),
        ('{"ociModelMode": "native"}', False),
        ("no JSON", False),
        ("[]", False),
    ],
)
def test_l18_models_in_images(settings: str, off: bool) -> None:
    head = "apiVersion: v1, kind: ConfigMap, metadata: {name: inferenceservice-config}"
    config = f"{{{head}, data: {{storageInitializer: '{settings}'}}}}"
    listed = f"storageUris: [{{uri: 'oci://a/b'}}], {model('ports: []')}"
    count = int(off)

    for predictor, where in (
        (model("storageUri: 'oci://a/b'"), "model/storageUri"),
        (listed, "storageUris/0/uri"),
    ):
        assert rule("VS458", predictor, f"\n---\n{config}") == [f"off @/{where}"] * count
    assert of("VS458", service(model("storageUri: 'oci://a'")), earlier=config) != [] or not off
    assert rule("VS458", model("storageUri: 'oci+native://a'"), f"\n---\n{config}") == []
    assert rule("VS458", model("storageUri: 'oci://a/b'")) == []


NPU = "resources: {limits: {huawei.com/Ascend310P: 1}}"


@pytest.mark.parametrize(
    ("predictor", "others", "wanted"),
    [
        (model("runtime: velaserve-ascend"), "", ["none @/model/runtime"]),
        (model(f"runtime: velaserve-ascend, {NPU}"), "", []),
        (f"resourceClaims: [{{name: a}}], {model('runtime: velaserve-ascend')}", "", []),
        (model("runtime: velaserve"), "", []),
        (f"runtimeClassName: ascend, {own('ports: []')}", "", ["none @/runtimeClassName"]),
        (f"runtimeClassName: ascend, {own(NPU)}", "", []),
        (
            f"nodeSelector: {{accelerator: huawei-Ascend310P}}, {model('runtime: velaserve')}",
            "",
            ["none @/nodeSelector/accelerator"],
        ),
        (f"runtimeClassName: ascend, {model('runtime: mine')}", "", []),
        (f"runtimeClassName: ascend, {model('runtime: mine')}", runtime(NPU), []),
        (
            f"runtimeClassName: ascend, {model('runtime: mine')}",
            runtime("args: []"),
            ["none @/runtimeClassName"],
        ),
    ],
)
def test_l20_a_card_is_asked_for(predictor: str, others: str, wanted: list[str]) -> None:
    assert rule("VS460", predictor, others) == wanted
