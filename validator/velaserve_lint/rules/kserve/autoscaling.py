# SPDX-License-Identifier: Apache-2.0
"""Who scales an InferenceService: annotations, and the fields of each component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.kserve.deployment_mode import STANDARD, mode_of

if TYPE_CHECKING:
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

AUTOSCALER_CLASS = "serving.kserve.io/autoscalerClass"
HPA, KEDA, EXTERNAL, NONE = CLASSES = ("hpa", "keda", "external", "none")
KNATIVE_CLASS = "autoscaling.knative.dev/class"
KNATIVE_HPA = "hpa.autoscaling.knative.dev"
RESOURCE_METRICS, REQUEST_METRICS = ("cpu", "memory"), ("concurrency", "rps")


def written_class(manifest: Manifest) -> str:
    """As the webhook reads it: of the InferenceService alone."""
    return manifest.annotations.at(AUTOSCALER_CLASS).text


def class_of(manifest: Manifest, component: Cursor) -> str:
    """As the controller reads it: annotations of a component win; without any it is an HPA."""
    own = component.at("annotations", AUTOSCALER_CLASS).text
    return own or written_class(manifest) or HPA


def scaled_by_hpa(manifest: Manifest) -> bool:
    """For the webhook: in Standard mode only where the class is written."""
    mode = mode_of(manifest)
    if mode == STANDARD:
        return written_class(manifest) == HPA
    return mode is not None and manifest.annotations.at(KNATIVE_CLASS).text == KNATIVE_HPA
