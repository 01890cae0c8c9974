# SPDX-License-Identifier: Apache-2.0
"""What each kind of object needs by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.lint_run import run_of
from velaserve_lint.references.manifest import references_of

if TYPE_CHECKING:
    from velaserve_lint.references.reference import Reference

HEAD = "apiVersion: {version}\nkind: {kind}\nmetadata: {{name: x, namespace: shop}}\n"
POD = (
    "serviceAccountName: account, priorityClassName: high, runtimeClassName: ascend,"
    "imagePullSecrets: [{name: login}],"
    "initContainers: [{name: i, envFrom: [{configMapRef: {name: first}}]}],"
    "containers: [{name: c, env: [{name: A, valueFrom: {secretKeyRef: {name: token, key: k}}},"
    "{name: B, valueFrom: {fieldRef: {fieldPath: metadata.name}}}],"
    "envFrom: [{secretRef: {name: all, optional: true}}]}],"
    "volumes: [{name: v, persistentVolumeClaim: {claimName: models}},"
    "{name: w, configMap: {name: files, items: [{key: a.txt, path: a}]}},"
    "{name: s, secret: {secretName: certificate}},"
    "{name: p, projected: {sources: [{secret: {name: part}}, {configMap: {name: other}}]}},"
    "{name: e, ephemeral: {volumeClaimTemplate: {spec: {storageClassName: fast}}}}]"
)
OF_POD = [
    *("Secret login", "PriorityClass high", "RuntimeClass ascend", "ServiceAccount account"),
    *("ConfigMap first", "Secret token/k", "Secret all?", "PersistentVolumeClaim models"),
    *("StorageClass fast", "ConfigMap files", "ConfigMap files/a.txt", "Secret certificate"),
    *("Secret part", "ConfigMap other"),
]


def short(one: Reference) -> str:
    """Kind and name, then a key, and a question mark where it may be missing."""
    key = f"/{one.key.name}" if one.key else ""
    return f"{one.kinds[0]} {one.name}{key}{'?' if one.is_optional else ''}"


def needs(kind: str, body: str, version: str = "v1") -> list[Reference]:
    (manifest,) = run_of(HEAD.format(version=version, kind=kind) + body).manifests
    return list(references_of(manifest))


@pytest.mark.parametrize(
    ("kind", "version", "body"),
    [
        ("Pod", "v1", f"spec: {{{POD}}}"),
        ("Deployment", "apps/v1", f"spec: {{template: {{spec: {{{POD}}}}}}}"),
        (
            "CronJob",
            "batch/v1",
            f"spec: {{jobTemplate: {{spec: {{template: {{spec: {{{POD}}}}}}}}}}}",
        ),
    ],
)
def test_pods(kind: str, version: str, body: str) -> None:
    found = needs(kind, body, version)

    assert [short(one) for one in found] == OF_POD
    assert {one.namespace for one in found} == {"shop"}


@pytest.mark.parametrize(
    ("kind", "version", "body", "names"),
    [
        ("PersistentVolumeClaim", "v1", "spec: {storageClassName: fast}", ["StorageClass fast"]),
        ("PersistentVolumeClaim", "v1", "spec: {storageClassName: ''}", []),
        (
            "StatefulSet",
            "apps/v1",
            "spec: {serviceName: s, volumeClaimTemplates: [{spec: {storageClassName: fast}}]}",
            ["Service s", "StorageClass fast"],
        ),
        (
            "ServiceAccount",
            "v1",
            "secrets: [{name: a}]\nimagePullSecrets: [{name: b}]",
            ["Secret b", "Secret a"],
        ),
        (
            "Ingress",
            "networking.k8s.io/v1",
            "spec: {defaultBackend: {service: {name: a}}, tls: [{secretName: t}],"
            "rules: [{http: {paths: [{backend: {service: {name: b}}}]}}, {host: c}]}",
            ["Service a", "Service b", "Secret t"],
        ),
        (
            "HorizontalPodAutoscaler",
            "autoscaling/v2",
            "spec: {scaleTargetRef: {kind: StatefulSet, name: a}}",
            ["StatefulSet a"],
        ),
        (
            "ScaledObject",
            "keda.sh/v1alpha1",
            "spec: {scaleTargetRef: {name: a}, triggers: [{authenticationRef: {name: b}},"
            "{authenticationRef: {name: c, kind: ClusterTriggerAuthentication}}, {type: cpu}]}",
            ["Deployment a", "TriggerAuthentication b", "ClusterTriggerAuthentication c"],
        ),
        (
            "TriggerAuthentication",
            "keda.sh/v1alpha1",
            "spec: {secretTargetRef: [{name: a, key: k}], configMapTargetRef: [{name: b, key: l}]}",
            ["ConfigMap b/l", "Secret a/k"],
        ),
        (
            "HTTPRoute",
            "gateway.networking.k8s.io/v1",
            "spec: {rules: [{backendRefs: [{name: a}, {name: b, kind: Service, group: ''},"
            "{name: c, kind: Backend, group: example.com}]}]}",
            ["Service a", "Service b"],
        ),
        (
            "InferenceGraph",
            "serving.kserve.io/v1alpha1",
            "spec: {nodes: {root: {steps: [{serviceName: a}, {nodeName: n}]}}}",
            ["InferenceService a"],
        ),
        (
            "TrainedModel",
            "serving.kserve.io/v1alpha1",
            "spec: {inferenceService: a}",
            ["InferenceService a"],
        ),
        (
            "InferenceService",
            "serving.kserve.io/v1beta1",
            "spec: {predictor: {model: {runtime: r, storageUri: pvc://models/a,"
            " storage: {key: k}}, serviceAccountName: s},"
            "transformer: {containers: [{name: t}]}}",
            [
                *("ServingRuntime r", "PersistentVolumeClaim models", "Secret storage-config/k"),
                "ServiceAccount s",
            ],
        ),
        (
            "InferenceService",
            "serving.kserve.io/v1beta1",
            "spec: {predictor: {sklearn: {storageUri: pvc://models},"
            " storageUris: [{uri: pvc://more/a}, {uri: s3://bucket}]}}",
            ["PersistentVolumeClaim models", "PersistentVolumeClaim more"],
        ),
    ],
)
def test_objects(kind: str, version: str, body: str, names: list[str]) -> None:
    assert [short(one) for one in needs(kind, body, version)] == names


def test_a_binding_says_the_namespace_of_its_accounts() -> None:
    body = (
        "roleRef: {kind: Role, name: reader}\n"
        "subjects: [{kind: ServiceAccount, name: a, namespace: other},"
        "{kind: ServiceAccount, name: b}, {kind: User, name: c}]\n"
    )
    found = needs("RoleBinding", body, "rbac.authorization.k8s.io/v1")

    assert [(one.kinds, one.namespace, one.name) for one in found] == [
        (("Role",), "shop", "reader"),
        (("ServiceAccount",), "other", "a"),
        (("ServiceAccount",), "", "b"),
    ]


def test_the_secret_of_storages_may_have_another_name() -> None:
    text = (
        "{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name: x,"
        "annotations: {serving.kserve.io/storageSecretName: mine}},"
        "spec: {predictor: {model: {storage: {key: k}}}}}"
    )
    (manifest,) = run_of(text).manifests

    assert [short(one) for one in references_of(manifest)] == ["Secret mine/k"]


@pytest.mark.parametrize(
    "body",
    [
        *("spec: 1", "spec: {template: {spec: {volumes: {}, containers: [1, []]}}}", ""),
        "spec: {template: {spec: {serviceAccountName: '{{ account }}'}}}",
        "spec: {template: {spec: {serviceAccountName: 1, imagePullSecrets: [{name: []}]}}}",
        "spec: {template: {spec: {volumes: [{configMap: {items: [{key: a}]}}]}}}",
    ],
)
def test_what_is_no_name_needs_nothing(body: str) -> None:
    assert needs("Deployment", body, "apps/v1") == []
