# SPDX-License-Identifier: Apache-2.0
"""VS362-VS365: what workloads share."""

from __future__ import annotations

import pytest

from support.lint_run import found, found_in
from velaserve_lint.rules.example_manifests import DEPLOYMENT, INFERENCE_SERVICE, but
from velaserve_lint.rules.relations.examples import (
    CLAIM,
    LETTERS,
    REGISTRY_LOGIN,
    SERVICE,
    WITH_CLAIM,
    renamed,
    with_pod_field,
)

SET = DEPLOYMENT.replace("kind: Deployment", "kind: StatefulSet").replace(
    "  replicas: 2\n", "  replicas: 2\n  serviceName: digits\n"
)
ONE_NODE = but(CLAIM, "ReadWriteMany", "ReadWriteOnce")
TOGETHER = (
    "{podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
    "[{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: digits}}}]}}"
)
ONE_POD = but(WITH_CLAIM, "replicas: 2", "replicas: 1")


@pytest.mark.parametrize(
    ("services", "said"),
    [
        ([], 0),
        ([SERVICE], 1),
        ([but(SERVICE, "  ports", "  clusterIP: None\n  ports")], 0),
        ([renamed(SERVICE, "letters")], 0),
    ],
)
def test_the_service_of_a_stateful_set_is_headless(services: list[str], said: int) -> None:
    assert len(found("VS362", SET, *services)) == said


SECOND = renamed(DEPLOYMENT, "second")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.yaml": f"{DEPLOYMENT}---\n{SECOND}"}, ["warning"]),
        ({"a.yaml": DEPLOYMENT, "b.yaml": SECOND}, ["info"]),
        ({"a/a.yaml": DEPLOYMENT, "b/a.yaml": SECOND}, []),
        ({"a.yaml": f"{DEPLOYMENT}---\n{LETTERS}"}, []),
        ({"a.yaml": f"{DEPLOYMENT}---\n{SET}"}, []),
        ({"a.yaml": f"{DEPLOYMENT}---\n{SECOND}".replace("matchLabels: {app: digits}", "{}")}, []),
    ],
)
def test_each_workload_has_a_selector_of_its_own(files: dict[str, str], said: list[str]) -> None:
    assert [one.partition(":")[0] for one in found_in("VS363", files)] == said


def test_workloads_of_two_namespaces_may_have_one_selector() -> None:
    texts = [
        but(text, "metadata:\n  name", f"metadata:\n  namespace: {namespace}\n  name")
        for text, namespace in ((DEPLOYMENT, "shop"), (SECOND, "bank"))
    ]
    assert found("VS363", *texts) == []


@pytest.mark.parametrize(
    ("workload", "said"),
    [
        (WITH_CLAIM, "the pods of Deployment 'digits' share claim 'models', which is for one node"),
        (
            ONE_POD,
            "an update of Deployment 'digits' starts a second pod on claim 'models' for one node",
        ),
        (but(ONE_POD, "  selector:\n", "  strategy: {type: Recreate}\n  selector:\n"), ""),
        (
            but(
                ONE_POD,
                "  selector:\n",
                "  strategy: {rollingUpdate: {maxSurge: 0}}\n  selector:\n",
            ),
            "",
        ),
        (but(WITH_CLAIM, "replicas: 2", "replicas: 0"), ""),
        (but(WITH_CLAIM, "      volumes", "      nodeName: a\n      volumes"), ""),
        (
            but(
                WITH_CLAIM,
                "      volumes",
                "      nodeSelector: {kubernetes.io/hostname: a}\n      volumes",
            ),
            "",
        ),
        (but(WITH_CLAIM, "      volumes", f"      affinity: {TOGETHER}\n      volumes"), ""),
        (but(ONE_POD, "kind: Deployment", "kind: StatefulSet"), ""),
        (
            but(WITH_CLAIM, "kind: Deployment", "kind: DaemonSet"),
            "the pods of DaemonSet 'digits' share claim 'models', which is for one node",
        ),
        (
            INFERENCE_SERVICE,
            "the pods of InferenceService 'digits' share claim 'models', which is for one node",
        ),
        (but(INFERENCE_SERVICE, "minReplicas: 2", "minReplicas: 1"), ""),
    ],
)
def test_a_claim_for_one_node(workload: str, said: str) -> None:
    assert found("VS364", ONE_NODE, workload) == [f"warning: {said}"] * bool(said)
    assert found("VS364", CLAIM, workload) == []


def test_a_patch_may_say_that_updates_wait() -> None:
    patch = but(DEPLOYMENT, "  selector:\n", "  strategy: {type: Recreate}\n  selector:\n")
    files = {"base/a.yaml": f"{ONE_NODE}---\n{ONE_POD}", "prod/patch.yaml": patch}

    assert found_in("VS364", files) == []


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("kubernetes.io/dockerconfigjson", 0),
        ("kubernetes.io/dockercfg", 0),
        ("Opaque", 1),
        ("kubernetes.io/tls", 1),
    ],
)
def test_images_are_pulled_with_a_secret_for_that(kind: str, said: int) -> None:
    secret = but(REGISTRY_LOGIN, "kubernetes.io/dockerconfigjson", kind)
    account = (
        "{apiVersion: v1, kind: ServiceAccount, metadata: {name: a},"
        " imagePullSecrets: [{name: registry}], secrets: [{name: registry}]}"
    )

    pods = with_pod_field("imagePullSecrets: [{name: registry}]")
    assert len(found("VS365", secret, pods)) == said
    assert len(found("VS365", secret, account)) == said
