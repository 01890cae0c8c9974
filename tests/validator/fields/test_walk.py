# SPDX-License-Identifier: Apache-2.0
"""What a cluster takes is silent, what it refuses is one finding."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_lint import Severity, describe, lint
from velaserve_lint.fields import check, is_known, known_kinds
from velaserve_lint.rules.example_manifests import (
    DEPLOYMENT,
    HTTP_ROUTE,
    INFERENCE_SERVICE,
    SERVING_RUNTIME,
    but,
)
from velaserve_lint.source import read

EXAMPLES = (DEPLOYMENT, HTTP_ROUTE, INFERENCE_SERVICE, SERVING_RUNTIME)
ENV = "apiVersion: v1\nkind: Pod\nspec: {{containers: [{{name: a, env: {env}}}]}}\n"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def said(text: str) -> list[str]:
    """What the tables say; rules about the meaning of values have more to say."""
    found = [
        one for one in lint(text).findings if one.id in BY_TABLE or one.severity > Severity.INFO
    ]
    return [describe(finding) for finding in found]


def config_map(data: str) -> str:
    return f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata: {data}\n"


BY_TABLE = {f"VS{family}0{n}" for family in (3, 4) for n in range(1, 6)}


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_are_clean(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        but(DEPLOYMENT, "replicas: 2", "replicas: 2.0"),
        but(DEPLOYMENT, "replicas: 2", "replicas: null"),
        but(DEPLOYMENT, "replicas: 2", "replicas: ${REPLICAS}"),
        but(DEPLOYMENT, 'requests: {cpu: "1"', "requests: {cpu: 0.5"),
        but(DEPLOYMENT, "httpGet: {path: /v2/health/live, port: http}", "grpc: {port: 8080}"),
        but(DEPLOYMENT, "ready, port: http", "ready, port: 8080"),
        but(DEPLOYMENT, "containerPort: 8080}", 'containerPort: 8080, protocol: ""}'),
        but(DEPLOYMENT, "  labels: {app: digits}\nspec", "  labels: {app: null}\nspec"),
        but(DEPLOYMENT, "  name: digits\n  labels", "  generateName: digits\n  labels"),
        but(INFERENCE_SERVICE, 'requests: {cpu: "1"', "requests: {cpu: 0.5"),
        but(INFERENCE_SERVICE, "    model:\n", "    containers: [{image: a}]\n    model:\n"),
        "apiVersion: apps/v1\nkind: Deployment\nspec: {replicas: 3}\n",
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n$patch: delete\n",
        ENV.format(env="[{name: A, value: null}]"),
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {ingress: [null]}\n",
        config_map("null"),
        config_map("{a: 'true'}"),
        "apiVersion: acme.example.com/v1\nkind: Deployment\nspec: 5\n",
        "apiVersion: apps/v1\nkind: DeploymentList\nspec: 5\n",
    ],
)
def test_what_a_cluster_takes_is_silent(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            config_map("{debug: true}"),
            "'data.debug' must be a text, found the boolean true; put it in quotes",
        ),
        (
            ENV.format(env="[{name: PORT, value: 8080}]"),
            "'spec.containers[0].env[0].value' must be a text, found the number 8080; "
            "put it in quotes",
        ),
        (
            but(DEPLOYMENT, "  labels: {app: digits}\nspec", "  labels: {version: 1.0}\nspec"),
            "'metadata.labels.version' must be a text, found the number 1.0; put it in quotes",
        ),
        (but(DEPLOYMENT, "  replicas: 2", "  replica: 2"), "unknown field 'replica'; "),
        (
            but(
                DEPLOYMENT,
                "matchLabels: {app",
                "matchExpressions: [{key: a, operator: in}]\n    matchLabels: {app",
            ),
            "'spec.selector.matchExpressions[0].operator' cannot be 'in'; did you mean 'In'?",
        ),
        (ENV.format(env="[{value: a}]"), "'spec.containers[0].env[0]' needs 'name', which is "),
        (ENV.format(env="[null]"), "'spec.containers[0].env[0]' must be a mapping, found nothing"),
        (ENV.format(env="{A: b}"), "'spec.containers[0].env' must be a list, found a mapping"),
        (
            "apiVersion: v1\nkind: Pod\nspec: {containers: null}\n",
            "'spec.containers' must be a list, found nothing",
        ),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n", "'spec' is missing"),
        ("apiVersion: v1\nkind: Pod\nspec: text\n", "'spec' must be a mapping, found the text"),
        (
            "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {parallelism: 2}\n",
            "'spec' needs 'template', which is missing",
        ),
        (
            but(DEPLOYMENT, "replicas: 2", "replicas: 3000000000"),
            "'spec.replicas' must be at most 2147483647, found 3000000000",
        ),
        (
            but(DEPLOYMENT, "ready, port: http", "ready, port: 80.5"),
            "'spec.template.spec.containers[0].readinessProbe.httpGet.port' must be a whole number "
            "or a text, found the number 80.5",
        ),
        (
            but(SERVING_RUNTIME, 'requests: {cpu: "1"', "requests: {cpu: 0.5"),
            "'spec.containers[0].resources.requests.cpu' must be a whole number or a text, found ",
        ),
        (
            but(DEPLOYMENT, "containerPort: 8080}", "containerPort: 8080, protocol: QUIC}"),
            "'spec.template.spec.containers[0].ports[0].protocol' cannot be 'QUIC'; "
            "possible: SCTP, TCP, UDP",
        ),
        (
            but(HTTP_ROUTE, "[digits.example.com]", "[https://digits.example.com]"),
            "'spec.hostnames[0]' cannot be 'https://digits.example.com'; it must match ",
        ),
        (
            but(HTTP_ROUTE, "[digits.example.com]", "[null]"),
            "'spec.hostnames[0]' must be a text, found nothing",
        ),
        (
            but(HTTP_ROUTE, "[digits.example.com]", json.dumps(["a.example.com"] * 17)),
            "'spec.hostnames' has too many items, the most is 16",
        ),
        (
            but(HTTP_ROUTE, "digits.example.com", "d" * 254),
            "'spec.hostnames[0]' is too long, the most is 253",
        ),
        (
            but(INFERENCE_SERVICE, "minReplicas: 2", "minReplicas: true"),
            "'spec.predictor.minReplicas' must be a whole number, found the boolean true",
        ),
    ],
)
def test_what_a_cluster_refuses_is_one_sentence(text: str, message: str) -> None:
    (sentence,) = said(text)

    assert sentence.startswith(message)


def test_a_misspelt_key_is_not_missing_as_well() -> None:
    text = but(DEPLOYMENT, "  selector:", "  selectors:")

    assert said(text) == ["unknown field 'selectors'; did you mean 'selector'?"]


def test_a_key_is_shown_where_it_stands_and_a_value_where_it_is() -> None:
    text = config_map("{a: true}") + "dat: {}\n"

    spans = [finding.span for finding in lint(text).findings]
    assert [(one.line, one.column, one.end_column) for one in spans] == [(4, 11, 15), (5, 1, 4)]


def test_an_object_inside_a_document_is_called_by_its_place() -> None:
    (document,) = read("objects: [{apiVersion: v1, kind: Pod}]\n", "-").documents
    path = ("objects", 0)

    (violation,) = check(document, document.data_at(path), path, "v1", "Pod")
    assert (violation.label, violation.missing_keys) == ("objects[0]", ["spec"])


def test_what_is_known() -> None:
    kinds = set(known_kinds())

    assert len(kinds) > 50
    assert {("v1", "Pod"), ("serving.kserve.io/v1beta1", "InferenceService")} <= kinds
    assert all(is_known(*each) for each in kinds)
    assert not is_known("v1", "Deployment")
    assert not is_known("apps/v2", "Deployment")


@pytest.mark.parametrize("example", EXAMPLES)
@given(key=st.sampled_from(["metadata", "spec", "data", "apiVersion", "kind"]), value=JSON)
def test_any_value_gives_a_report(example: str, key: str, value: object) -> None:
    (document,) = read(example, "-").documents
    assert isinstance(document.data, dict)

    for finding in lint(json.dumps(document.data | {key: value})).findings:
        assert describe(finding)
