# SPDX-License-Identifier: Apache-2.0
"""VS323 and VS324: mounts without volumes, volumes without mounts."""

from __future__ import annotations

import pytest

from support.findings import an, messages, pod, said

MOUNT = "volumeMounts: [{name: models, mountPath: /m}]"
VOLUME = "volumes: [{name: models, emptyDir: {}}]"


def predictor(spec: str) -> str:
    return an("serving.kserve.io/v1beta1", "InferenceService", f"spec: {{predictor: {{{spec}}}}}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (pod(container=MOUNT), "the pod has no volume 'models'"),
        (
            pod("volumes: [{name: model, emptyDir: {}}]", MOUNT),
            "the pod has no volume 'models'; did you mean 'model'?",
        ),
        (
            pod("initContainers: [{name: i, volumeDevices: [{name: disk, devicePath: /d}]}]"),
            "the pod has no volume 'disk'",
        ),
        (
            predictor(f"containers: [{{name: kserve-container, {MOUNT}}}]"),
            "the pod has no volume 'models'",
        ),
    ],
)
def test_a_mount_without_a_volume(text: str, message: str) -> None:
    assert messages("VS323", text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        pod(VOLUME, MOUNT),
        an(
            "apps/v1",
            "StatefulSet",
            "spec: {selector: {}, volumeClaimTemplates: [{metadata: {name: models}}],"
            f" template: {{spec: {{containers: [{{name: c, {MOUNT}}}]}}}}}}",
        ),
        # the runtime may have it
        predictor(f"model: {{modelFormat: {{name: onnx}}, {MOUNT}}}"),
        # KServe adds it
        predictor("containers: [{name: c, volumeMounts: [{name: kserve-provision-location}]}]"),
        # a patch: what it is for has the volume
        f"{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: x}}, spec: {{template: {{spec:"
        f" {{containers: [{{name: c, {MOUNT}}}]}}}}}}}}",
        pod(container="volumeMounts: [{mountPath: /m}, 5]"),
    ],
)
def test_a_mount_whose_volume_is_there_or_elsewhere(text: str) -> None:
    assert said("VS323", text) == []


def test_a_volume_without_a_mount() -> None:
    assert messages("VS324", pod(VOLUME)) == ["no container mounts the volume 'models'"]


@pytest.mark.parametrize(
    "text",
    [
        pod(VOLUME, MOUNT),
        pod(f"{VOLUME}, initContainers: [{{name: i, {MOUNT}}}]"),
        predictor(f"model: {{modelFormat: {{name: onnx}}}}, {VOLUME}"),
    ],
)
def test_a_volume_that_is_mounted_or_may_be(text: str) -> None:
    assert said("VS324", text) == []
