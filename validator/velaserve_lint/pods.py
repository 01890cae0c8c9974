# SPDX-License-Identifier: Apache-2.0
"""The pods that an object asks for, wherever it describes them."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from velaserve_lint.container import Container
from velaserve_lint.manifest import KSERVE_GROUP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

Role: TypeAlias = Literal["pod", "predictor", "transformer", "explainer", "worker", "runtime"]

_TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    "DaemonSet": ("spec", "template"),
    "Deployment": ("spec", "template"),
    "Job": ("spec", "template"),
    "Pod": (),
    "ReplicaSet": ("spec", "template"),
    "ReplicationController": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
}
_COMPONENTS: Mapping[str, Role] = {
    "predictor": "predictor",
    "transformer": "transformer",
    "explainer": "explainer",
}
# pkg/apis/serving/v1beta1 of KServe v0.20.0: what a component names its implementation by.
_IMPLEMENTATIONS = (
    *("model", "sklearn", "xgboost", "tensorflow", "pytorch", "triton", "onnx", "huggingface"),
    *("pmml", "lightgbm", "paddle", "art"),
)


@dataclass(frozen=True, slots=True)
class Pod:
    """One kind of pod of an object; `spec` is what has `containers`, `nodeSelector` and so on.

    In an InferenceService that is the component itself, whose model counts as a container.
    """

    manifest: Manifest
    role: Role
    spec: Cursor
    labels: Mapping[str, Cursor]
    annotations: Mapping[str, Cursor]
    replicas: Cursor
    containers: tuple[Container, ...]

    @property
    def main(self) -> tuple[Container, ...]:
        """The containers that run side by side."""
        return tuple(one for one in self.containers if not one.is_init)


@functools.lru_cache(maxsize=1)  # many rules ask for the pods of one object, one after the other
def pods_of(manifest: Manifest) -> tuple[Pod, ...]:
    """Every kind of pod that the object asks for; none for objects that ask for none."""
    return tuple(_pods(manifest))


def _pods(manifest: Manifest) -> Iterator[Pod]:
    if manifest.group == KSERVE_GROUP:
        yield from _kserve(manifest)
    elif manifest.kind in _TEMPLATES:
        template = manifest.root.at(*_TEMPLATES[manifest.kind])
        yield _pod(manifest, "pod", template.at("spec"), (template.at("metadata"),))


def _kserve(manifest: Manifest) -> Iterator[Pod]:
    if manifest.kind == "InferenceService":
        for name, role in _COMPONENTS.items():
            if (component := manifest.spec.at(name)).mapping:
                yield from _component(manifest, role, component)
    elif manifest.kind in ("ServingRuntime", "ClusterServingRuntime"):
        yield from _component(manifest, "runtime", manifest.spec)


def _component(manifest: Manifest, role: Role, component: Cursor) -> Iterator[Pod]:
    """KServe copies the labels and annotations of the InferenceService to the pods."""
    metadata = (manifest.root.at("metadata"),) if role != "runtime" else ()
    yield _pod(manifest, role, component, (*metadata, component))
    if (worker := component.at("workerSpec")).mapping:
        yield _pod(manifest, "worker", worker, (*metadata, component))


def _pod(manifest: Manifest, role: Role, spec: Cursor, metadata: tuple[Cursor, ...]) -> Pod:
    replicas = spec.at("minReplicas") if role != "pod" else manifest.spec.at("replicas")
    return Pod(
        manifest,
        role,
        spec,
        {key: value for part in metadata for key, value in part.at("labels").entries()},
        {key: value for part in metadata for key, value in part.at("annotations").entries()},
        replicas,
        tuple(_containers(spec, role)),
    )


def _containers(spec: Cursor, role: Role) -> Iterator[Container]:
    for cursor in spec.at("initContainers").items():
        yield Container(cursor, is_init=True)
    for cursor in spec.at("containers").items():
        yield Container(cursor)
    for name in _IMPLEMENTATIONS if role in _COMPONENTS.values() else ():
        if (model := spec.at(name)).mapping:
            yield Container(model, is_model=True)
