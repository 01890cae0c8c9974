# SPDX-License-Identifier: Apache-2.0
"""One mistake, one finding; two mistakes, two."""

from __future__ import annotations

import pytest

from velaserve_lint import lint
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT
from velaserve_lint.rules.example_manifests import DEPLOYMENT, INFERENCE_SERVICE, but
from velaserve_lint.rules.examples import CACHE, GRAPH, WORKFLOW

SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: digits}
spec:
  selector: {app: digits}
  ports:
    - {name: dns, protocol: TCP, port: 53}
    - {name: dns-udp, protocol: UDP, port: 53}
"""
ROLE = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: a}
rules:
  - {apiGroups: [""], resources: [pods], verbs: [get]}
  - {nonResourceURLs: [/metrics], verbs: [get]}
"""
TOLERATION = """\
      tolerations: [{key: a, operator: %s, effect: %s, tolerationSeconds: 5}]
      containers:"""


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (but(SERVICE, "  ports:", "  prots:"), ["VS301"]),
        (but(SERVICE, "  ports:", "  doors:"), ["VS322", "VS301"]),
        (but(SERVICE, "protocol: UDP", "portocol: UDP"), ["VS301"]),
        (but(SERVICE, "protocol: UDP", "protocol: UPD"), ["VS304"]),
        (but(SERVICE, "protocol: UDP, ", ""), ["VS318"]),
        (but(SERVICE, "name: dns,", "nmae: dns,"), ["VS301"]),
        (but(ROLE, "nonResourceURLs", "nonResourcesURLs"), ["VS301"]),
        (but(ROLE, "apiGroups", "apiGroup"), ["VS301"]),
        (but(ROLE, "resources: [pods]", "resources: 5"), ["VS303"]),
        (but(DEPLOYMENT, "    metadata:", "    metadat:"), ["VS301"]),
        (but(DEPLOYMENT, "      labels: {app: digits}", "      labels: {app: 5}"), ["VS303"]),
        (
            but(DEPLOYMENT, "      labels: {app: digits}", "      labels: {app: a, b: 5}"),
            ["VS331", "VS303"],
        ),
        (but(DEPLOYMENT, "{name: http,", "{nmae: http,"), ["VS301"]),
        (but(DEPLOYMENT, "{name: http,", "{name: 5,"), ["VS303"]),
        (but(DEPLOYMENT, "{name: http,", "{name: htpp,"), ["VS326", "VS326"]),
        (but(DEPLOYMENT, "      containers:", TOLERATION % ("Equal", "NoExecute")), []),
        (but(DEPLOYMENT, "      containers:", TOLERATION % ("Equal", "NoExecut")), ["VS304"]),
        (but(DEPLOYMENT, "      containers:", TOLERATION % ("Equal", "NoSchedule")), ["VS321"]),
        (but(DEPLOYMENT, "Deployment", "Deployments") + "more: 1\n", ["VS308"]),
        (but(INFERENCE_SERVICE, "spec:\n", "spce:\n"), ["VS401"]),
        (but(NPU_DEPLOYMENT, "            limits", "            limit"), ["VS301"]),
        (but(INFERENCE_SERVICE, "v1beta1", "v1beta7"), ["VS308"]),
    ],
)
def test_what_only_follows_is_not_said(text: str, ids: list[str]) -> None:
    assert [one.id for one in lint(text).findings] == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (CACHE, []),
        (but(CACHE, "properties:\n            claim", "propertis:\n            claim"), ["VS101"]),
        (but(CACHE, "claim:", "clam:"), ["VS201"]),
        (but(CACHE, "claim:", "place:"), ["VS138", "VS201"]),
        (but(CACHE, "chip: 310P", "chip: [310P]"), ["VS203"]),
        (but(CACHE, "chip: 310P", "chp: 310P"), ["VS201"]),
        (but(CACHE, "minReplicas", "colour: blue\n        minReplicas"), ["VS201"]),
        (but(CACHE, "minReplicas: 2", "minReplicas: two"), ["VS203"]),
        (but(CACHE, "type: compile-cache", "type: compile-cahe"), ["VS106"]),
        (but(CACHE, "    - name: digits\n", "    - nmae: digits\n"), ["VS101"]),
        (but(GRAPH, "weight: 90", "weigth: 90"), ["VS201"]),
        (but(GRAPH, "weight: 90", "weight: ninety"), ["VS203"]),
        (WORKFLOW.replace("- name: digits", "- nmae: digits", 1), ["VS101"]),
        (but(WORKFLOW, "  components:", "  component:"), ["VS101"]),
        (but(WORKFLOW, "{component: digits}", "{component: digit}"), ["VS109"]),
        (
            but(WORKFLOW, "{component: digits}", "{component: digit}").replace("Uri:", "Url:"),
            ["VS201", "VS109"],
        ),
        (
            WORKFLOW.replace("- name: digits", "- name: 5", 1),
            ["VS103"],
        ),
    ],
)
def test_nor_in_applications(text: str, ids: list[str]) -> None:
    assert [one.id for one in lint(text).findings] == ids
