# SPDX-License-Identifier: Apache-2.0
"""Fields that hold nothing but the name of another object, by the kind that has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

RUNTIMES = ("ServingRuntime", "ClusterServingRuntime")
CLAIM = ("PersistentVolumeClaim",)
SECRET = ("Secret",)
SERVICE = ("Service",)
SERVICE_ACCOUNT = ("ServiceAccount",)
STORAGE_CLASS = ("StorageClass",)

NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "InferenceGraph": {
        "spec.nodes.*.steps[].serviceName": ("InferenceService",),
        "spec.serviceAccountName": SERVICE_ACCOUNT,
    },
    "InferenceService": {
        "spec.predictor.model.runtime": RUNTIMES,
    },
    "Ingress": {
        "spec.defaultBackend.service.name": SERVICE,
        "spec.rules[].http.paths[].backend.service.name": SERVICE,
        "spec.tls[].secretName": SECRET,
    },
    "PersistentVolumeClaim": {"spec.storageClassName": STORAGE_CLASS},
    "ServiceAccount": {"imagePullSecrets[].name": SECRET, "secrets[].name": SECRET},
    "StatefulSet": {
        "spec.serviceName": SERVICE,
        "spec.volumeClaimTemplates[].spec.storageClassName": STORAGE_CLASS,
    },
    "TrainedModel": {"spec.inferenceService": ("InferenceService",)},
}
# The properties of our own types, by the name of the definition.
PROPERTIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "autoscaler": {"prometheus.authentication.name": ("TriggerAuthentication",)},
    "compile-cache": {
        "claim.name": CLAIM,
        "claim.storageClassName": STORAGE_CLASS,
        "ephemeral.storageClassName": STORAGE_CLASS,
    },
    "inference-graph": {
        "nodes.*.steps[].serviceName": ("InferenceService",),
        "serviceAccountName": SERVICE_ACCOUNT,
    },
    "kfserving": {"serviceAccountName": SERVICE_ACCOUNT},
    "model-serving": {
        "imagePullSecrets[]": SECRET,
        "placement.runtimeClassName": ("RuntimeClass",),
        "runtime": RUNTIMES,
        "serviceAccountName": SERVICE_ACCOUNT,
    },
}
MODELS: Mapping[str, tuple[str, ...]] = {
    "kfserving": ("modelUri", "*.storageUri"),
    "model-serving": ("modelUri", "transformer.modelUri"),
}
