# SPDX-License-Identifier: Apache-2.0
"""REL-001 to REL-007: what counts, beyond the examples of each."""

from __future__ import annotations

import pytest

from support.checklist import FAIL, NOT_APPLICABLE, PASS, outcome, result
from velaserve_lint.messages import describe
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.example_production import changed, without

READINESS = "          readinessProbe:\n            httpGet: {path: /v2/health/ready, port: http}\n"
LIVENESS = "          livenessProbe:\n            httpGet: {path: /v2/health/live, port: http}\n"
PORTS = "          ports:\n            - {name: http, containerPort: 8080}\n"
HOOK = "          lifecycle: {preStop: {sleep: {seconds: 10}}}\n"
LIMITS = "limits: {memory: 2Gi}"
REPLICAS = "  replicas: 3\n"
SPREAD = "            matchLabels: {app: digits}\n"
CONTAINERS = "      containers:\n"
HPA = """\
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: digits}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: digits}
  minReplicas: 1
  maxReplicas: 4
"""
FOREIGN = but(INFERENCE_SERVICE, "runtime: velaserve", "runtime: acme")
JOB = """\
apiVersion: batch/v1
kind: Job
metadata: {name: train}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: train, image: "train:1"}]
"""
DAEMON = """\
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  updateStrategy: {type: OnDelete}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: agent, image: "agent:1"}]}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (changed(LIVENESS, ""), FAIL),
        (changed(LIVENESS, LIVENESS + "            initialDelaySeconds: 29\n"), PASS),
        (changed(LIVENESS, LIVENESS + "            initialDelaySeconds: 30\n"), FAIL),
        (changed(LIMITS, "limits: {memory: 2Gi, huawei.com/Ascend310P: 1}"), FAIL),
        (changed(CONTAINERS, f"{CONTAINERS}        - {{name: agent, image: 'agent:1'}}\n"), PASS),
        (JOB, NOT_APPLICABLE),
        (DAEMON, FAIL),
        (FOREIGN, FAIL),
        (INFERENCE_SERVICE, PASS),
    ],
)
def test_probes(text: str, expected: str) -> None:
    assert outcome("REL-001", text) == expected


def test_who_starts_slowly_needs_a_startup_probe() -> None:
    finding = result("REL-001", FOREIGN).finding

    assert finding
    assert describe(finding) == "container 'predictor' has no livenessProbe, startupProbe"


def test_of_a_pod_that_nobody_asks_one_probe_each_is_enough() -> None:
    commands = "{exec: {command: [check]}}"
    text = changed(PORTS, "").replace(READINESS, f"          readinessProbe: {commands}\n")

    assert (
        outcome("REL-001", text.replace(LIVENESS, f"          livenessProbe: {commands}\n")) == PASS
    )
    assert outcome("REL-001", text.replace(LIVENESS, "")) == FAIL


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('requests: {cpu: "1", memory: 2Gi}', "requests: {memory: 2Gi}", FAIL),
        ('requests: {cpu: "1", memory: 2Gi}', 'requests: {cpu: "1"}', PASS),
        (LIMITS, 'limits: {cpu: "2"}', FAIL),
        (CONTAINERS, f"{CONTAINERS}        - {{name: agent, image: 'agent:1'}}\n", FAIL),
    ],
)
def test_resources(old: str, new: str, expected: str) -> None:
    """A limit stands for its request."""
    assert outcome("REL-002", changed(old, new)) == expected


def anti_affinity(wish: str) -> str:
    return f"      affinity: {{podAntiAffinity: {{{wish}}}}}\n"


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (
            "requiredDuringSchedulingIgnoredDuringExecution: "
            "[{topologyKey: a, labelSelector: {matchLabels: {app: digits}}}]",
            PASS,
        ),
        (
            "preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: "
            "{topologyKey: a, labelSelector: {matchExpressions: [{key: app, operator: Exists}]}}}]",
            PASS,
        ),
        (
            "requiredDuringSchedulingIgnoredDuringExecution: "
            "[{topologyKey: a, labelSelector: {matchLabels: {app: other}}}]",
            FAIL,
        ),
        ("requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a}]", FAIL),
    ],
)
def test_spreads(wish: str, expected: str) -> None:
    together = changed(SPREAD, "            matchLabels: {app: other}\n")
    text = together.replace(CONTAINERS, anti_affinity(wish) + CONTAINERS)

    assert outcome("REL-003", text) == expected


@pytest.mark.parametrize(
    ("replicas", "spread", "few", "budget"),
    [
        ("  replicas: 1\n", NOT_APPLICABLE, FAIL, NOT_APPLICABLE),
        ("", NOT_APPLICABLE, FAIL, NOT_APPLICABLE),
        ("  replicas: 0\n", NOT_APPLICABLE, FAIL, NOT_APPLICABLE),
        ("  replicas: 2\n", FAIL, PASS, FAIL),
    ],
)
def test_what_one_pod_needs_less(replicas: str, spread: str, few: str, budget: str) -> None:
    text = without("PodDisruptionBudget").replace(REPLICAS, replicas)
    text = text.replace(SPREAD, "            matchLabels: {app: other}\n")

    found = [outcome(item, text) for item in ("REL-003", "REL-004", "REL-005")]
    assert found == [spread, few, budget]


@pytest.mark.parametrize(
    ("old", "new", "few", "budget"),
    [
        ("minReplicas: 1", "minReplicas: 2", PASS, FAIL),
        ("  minReplicas: 1\n", "", FAIL, FAIL),
        ("name: digits}\n  min", "name: other}\n  min", PASS, FAIL),
        ("kind: Deployment", "kind: StatefulSet", PASS, FAIL),
    ],
)
def test_a_scaler_decides(old: str, new: str, few: str, budget: str) -> None:
    text = without("PodDisruptionBudget") + but(HPA, old, new)

    assert [outcome(item, text) for item in ("REL-004", "REL-005")] == [few, budget]


def test_a_scaler_of_keda_may_go_down_to_none() -> None:
    scaler = (
        HPA.replace("autoscaling/v2", "keda.sh/v1alpha1")
        .replace("min", "x")
        .replace("HorizontalPodAutoscaler", "ScaledObject")
    )
    text = changed(REPLICAS, REPLICAS) + scaler

    finding = result("REL-004", text).finding
    assert finding
    assert describe(finding).startswith("as few as 0 pod(s) of Deployment digits may run")


def test_a_scaler_of_an_inference_service_names_a_deployment_of_kserve() -> None:
    scaler = HPA.replace("name: digits}\n  min", "name: digits-predictor}\n  min")

    assert outcome("REL-004", INFERENCE_SERVICE) == PASS
    assert outcome("REL-004", INFERENCE_SERVICE + scaler) == FAIL


@pytest.mark.parametrize(
    ("hook", "grace", "expected"),
    [
        (HOOK, 60, PASS),
        (HOOK, 10, FAIL),
        ("          lifecycle: {preStop: {exec: {command: [sh, -c, sleep 90]}}}\n", 60, FAIL),
        ("          lifecycle: {preStop: {exec: {command: [drain]}}}\n", 60, PASS),
        ("          lifecycle: {preStop: {httpGet: {port: http}}}\n", 0, FAIL),
        ("", 60, FAIL),
    ],
)
def test_how_a_pod_ends(hook: str, grace: int, expected: str) -> None:
    text = changed(HOOK, hook).replace("Seconds: 60", f"Seconds: {grace}")

    assert outcome("REL-006", text) == expected


@pytest.mark.parametrize(
    ("env", "expected"),
    [("", PASS), ("VELASERVE_DRAIN_DELAY_S", PASS), ("0", FAIL), ("90", FAIL), ("x", FAIL)],
)
def test_our_server_goes_on_answering(env: str, expected: str) -> None:
    text = changed(HOOK, "").replace("example.com/digits:", "example.com/velaserve:")
    value = env if env in ("0", "90", "x") else "5"
    line = f'            - {{name: VELASERVE_DRAIN_DELAY_S, value: "{value}"}}\n'

    assert (
        outcome("REL-006", text.replace("          env:\n", f"          env:\n{line}")) == expected
    )


def test_nobody_asks_a_job() -> None:
    assert outcome("REL-006", JOB) == outcome("OBS-003", JOB) == NOT_APPLICABLE


def test_a_service_shows_who_is_asked() -> None:
    service = (
        "---\napiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selector: {app: agent}}\n"
    )

    assert outcome("REL-006", DAEMON) == NOT_APPLICABLE
    assert outcome("REL-006", DAEMON + service) == FAIL


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        ("{type: RollingUpdate}", PASS),
        ("{type: Recreate}", FAIL),
        ("{rollingUpdate: {maxUnavailable: 1}}", PASS),
        ("{rollingUpdate: {maxUnavailable: 3}}", FAIL),
        ("{rollingUpdate: {maxUnavailable: 25%}}", PASS),
        ("{rollingUpdate: {maxUnavailable: 100%}}", FAIL),
    ],
)
def test_updates(strategy: str, expected: str) -> None:
    assert outcome("REL-007", changed(REPLICAS, f"{REPLICAS}  strategy: {strategy}\n")) == expected


def test_updates_of_other_kinds() -> None:
    recreate = "  predictor:\n    deploymentStrategy: {type: Recreate}\n"

    assert outcome("REL-007", DAEMON) == FAIL
    assert outcome("REL-007", JOB) == NOT_APPLICABLE
    assert outcome("REL-007", INFERENCE_SERVICE) == PASS
    assert outcome("REL-007", but(INFERENCE_SERVICE, "  predictor:\n", recreate)) == FAIL


def test_knative_starts_drains_and_updates_in_its_own_way() -> None:
    text = but(FOREIGN, "deploymentMode: Standard", "deploymentMode: Knative")
    alive = "      livenessProbe: {httpGet: {path: /a, port: 8080}}\n      readinessProbe:\n"

    items = ("REL-001", "REL-006", "REL-007")
    alive_text = but(text, "      readinessProbe:\n", alive)
    assert [outcome(item, alive_text) for item in items] == [PASS, PASS, NOT_APPLICABLE]
    standard = but(FOREIGN, "      readinessProbe:\n", alive)
    assert [outcome(item, standard) for item in items] == [FAIL, FAIL, PASS]


def test_numbers_are_no_matter_of_jobs_and_daemons() -> None:
    for item in ("REL-003", "REL-004", "REL-005"):
        assert outcome(item, JOB) == outcome(item, DAEMON) == NOT_APPLICABLE
