# SPDX-License-Identifier: Apache-2.0
"""Where pods run, in the properties of a component, is held to what Kubernetes takes."""

from __future__ import annotations

import pytest

from velaserve_lint import Report, lint
from velaserve_lint.rules.examples import APPLICATION

PLACEMENT = "/spec/components/0/properties/placement"
WHEN = "requiredDuringSchedulingIgnoredDuringExecution"
NODE = f"{PLACEMENT}/affinity/nodeAffinity/{WHEN}/nodeSelectorTerms/0/matchExpressions/0"
PODS = f"{PLACEMENT}/affinity/podAntiAffinity/{WHEN}/0"


def placed(placement: str) -> Report:
    return lint(f"{APPLICATION}        placement: {{{placement}}}\n")


def node(expression: str) -> str:
    terms = f"{{nodeSelectorTerms: [{{matchExpressions: [{expression}]}}]}}"
    return f"affinity: {{nodeAffinity: {{{WHEN}: {terms}}}}}"


def pods(selector: str, topology: str = "kubernetes.io/hostname") -> str:
    term = f"{{topologyKey: {topology}, labelSelector: {{{selector}}}}}"
    return f"affinity: {{podAntiAffinity: {{{WHEN}: [{term}]}}}}"


@pytest.mark.parametrize(
    ("placement", "found"),
    [
        (node("{key: zone, operator: In}"), ("VS322", f"{NODE}/values")),
        (node("{key: zone, operator: Exists, values: [a]}"), ("VS321", f"{NODE}/values")),
        (node("{key: a b, operator: Exists}"), ("VS316", f"{NODE}/key")),
        (pods("matchLabels: {app: a b}"), ("VS316", f"{PODS}/labelSelector/matchLabels/app")),
        (pods("matchLabels: {app: a}", "a b"), ("VS316", f"{PODS}/topologyKey")),
        (
            pods("matchExpressions: [{key: a, operator: Gt, values: ['1']}]"),
            ("VS304", f"{PODS}/labelSelector/matchExpressions/0/operator"),
        ),
        (
            "tolerations: [{operator: Exists, value: a}]",
            ("VS321", f"{PLACEMENT}/tolerations/0/value"),
        ),
    ],
)
def test_what_kubernetes_refuses(placement: str, found: tuple[str, str]) -> None:
    assert [(one.id, one.pointer) for one in placed(placement).findings] == [found]


@pytest.mark.parametrize(
    "placement",
    [
        node("{key: zone, operator: In, values: [a]}"),
        node("{key: memory, operator: Gt, values: ['5']}"),
        pods("matchLabels: {app: a}"),
        "tolerations: [{key: npu, operator: Exists}], nodeSelector: {disk: ssd}",
        "affinity: {}",
    ],
)
def test_what_it_takes(placement: str) -> None:
    assert placed(placement).findings == ()


def test_one_mistake_is_said_once() -> None:
    found = placed("tolerations: [{key: npu, operator: Exist}]").findings
    assert [one.id for one in found] == ["VS204"]


def test_no_object_is_counted() -> None:
    assert placed("nodeSelector: {a: b}").coverage.objects == 0
