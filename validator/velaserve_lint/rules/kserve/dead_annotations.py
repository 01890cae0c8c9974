# SPDX-License-Identifier: Apache-2.0
"""Annotations about scaling that nothing reads, or nothing in one of the modes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.kserve.autoscaling import AUTOSCALER_CLASS
from velaserve_lint.rules.kserve.deployment_mode import is_knative, is_standard
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from velaserve_lint.manifest import Manifest

DEAD = frozenset(
    f"serving.kserve.io/{name}"
    for name in (
        "metric",
        "metrics",
        "target",
        "targetUtilizationPercentage",
        "min-scale",
        "max-scale",
    )
)
KNATIVE_GROUP = "autoscaling.knative.dev/"
# KServe keeps them from Knative, and writes its own in their place.
REPLACED = frozenset(f"{KNATIVE_GROUP}{name}" for name in ("min-scale", "max-scale"))

MESSAGES = sentences(
    dead=Text("nothing reads the annotation {name}", "没有任何组件读取注解 {name}"),
    standard=Text("in Standard mode nothing reads {name}", "Standard 模式下没有组件读取 {name}"),
    knative=Text("in Knative mode KServe ignores {name}", "Knative 模式下 KServe 忽略 {name}"),
)


def reason(manifest: Manifest, key: str) -> str:
    """The message for an annotation that is dead here; empty for all others."""
    if key in DEAD:
        return "dead"
    if is_standard(manifest) and key.startswith(KNATIVE_GROUP):
        return "standard"
    ignored = key == AUTOSCALER_CLASS or key in REPLACED
    return "knative" if ignored and is_knative(manifest) else ""
