# SPDX-License-Identifier: Apache-2.0
"""VS347 to VS349: where queries stand, and what is said about them."""

from __future__ import annotations

import pytest

from support.findings import an, messages, said
from velaserve_lint.rules.examples import APPLICATION

BROKEN = "sum(rate(a[5m])"


def rule(query: str) -> str:
    body = f"spec: {{groups: [{{name: g, rules: [{{alert: a, expr: '{query}'}}]}}]}}"
    return an("monitoring.coreos.com/v1", "PrometheusRule", body)


def trigger(kind: str, query: str) -> str:
    body = f"spec: {{triggers: [{{type: {kind}, metadata: {{query: '{query}'}}}}]}}"
    return an("keda.sh/v1alpha1", "ScaledObject", body)


def model(backend: str, query: str) -> str:
    metric = f"{{type: External, external: {{metric: {{backend: {backend}, query: '{query}'}}}}}}"
    body = f"spec: {{predictor: {{autoScaling: {{metrics: [{metric}]}}}}}}"
    return an("serving.kserve.io/v1beta1", "InferenceService", body)


def trait(kind: str, properties: str) -> str:
    return f"{APPLICATION}      traits: [{{type: {kind}, properties: {{{properties}}}}}]\n"


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        (rule(BROKEN), "/spec/groups/0/rules/0/expr"),
        (trigger("prometheus", BROKEN), "/spec/triggers/0/metadata/query"),
        (
            model("prometheus", BROKEN),
            "/spec/predictor/autoScaling/metrics/0/external/metric/query",
        ),
        (
            trait("autoscaler", f"metrics: {{queries: [{{query: '{BROKEN}'}}]}}"),
            "/spec/components/0/traits/0/properties/metrics/queries/0/query",
        ),
        (
            trait("autoscaler", f"scaleToZero: {{wakeUpQuery: '{BROKEN}'}}"),
            "/spec/components/0/traits/0/properties/scaleToZero/wakeUpQuery",
        ),
        (
            trait("canary", f"checks: [{{query: '{BROKEN}'}}]"),
            "/spec/components/0/traits/0/properties/checks/0/query",
        ),
    ],
)
def test_every_place(text: str, pointer: str) -> None:
    assert said("VS347", text) == [("a '(' is never closed", pointer)]


@pytest.mark.parametrize(
    "text",
    [
        trigger("rabbitmq", BROKEN),
        model("graphite", BROKEN),
        rule("{{ .Values.query }"),
        rule("rate(a[${WINDOW}]"),
        trait("scaler", f"query: '{BROKEN}'"),
        trait("canary", "checks: [{query: 'avg(rate(a{$pods,code=~\"5..\"}[$window]))'}]"),
        an("monitoring.coreos.com/v1", "PrometheusRule", "spec: {groups: [{rules: [{expr: 1}]}]}"),
    ],
)
def test_what_is_no_query_of_prometheus_or_not_finished(text: str) -> None:
    assert said("VS347", text) == []


def test_what_is_said() -> None:
    assert messages("VS347", rule("ratee(a[5m])")) == [
        "there is no function 'ratee'; did you mean 'rate'?"
    ]
    assert messages("VS348", rule("rate(a)")) == ["rate needs a range: a[5m]"]
    assert messages("VS349", rule("a_total > 5")) == [
        "a_total is a counter: write rate(a_total[5m]) for what happens now"
    ]
