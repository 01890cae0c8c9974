# SPDX-License-Identifier: Apache-2.0
"""How an InferenceService is deployed, where it says so itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.manifest import Manifest

DEPLOYMENT_MODE = "serving.kserve.io/deploymentMode"
STANDARD, KNATIVE, MODEL_MESH = "Standard", "Knative", "ModelMesh"
LEGACY = {"RawDeployment": STANDARD, "Serverless": KNATIVE}
MODES = (STANDARD, KNATIVE, MODEL_MESH)


def mode_of(manifest: Manifest) -> str | None:
    """As KServe reads the annotation; None where there is none: a ConfigMap decides then."""
    value = manifest.annotations.at(DEPLOYMENT_MODE).value
    return LEGACY.get(value, value) if isinstance(value, str) else None


def settled_mode(manifest: Manifest) -> str | None:
    """That of an InferenceService that was deployed; of its annotation where no status is kept."""
    status = manifest.root.at("status", "deploymentMode").text
    mode = LEGACY.get(status, status) or mode_of(manifest)
    return mode if mode in MODES else None


def is_standard(manifest: Manifest) -> bool:
    return mode_of(manifest) == STANDARD


def is_knative(manifest: Manifest) -> bool:
    return mode_of(manifest) == KNATIVE
