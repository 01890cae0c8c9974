# SPDX-License-Identifier: Apache-2.0
"""Predictors that are for an Ascend card, and ask for none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.names.serving import runtime
from velaserve_lint.pods import pods_of
from velaserve_lint.rules.kserve.served_model import model_of

if TYPE_CHECKING:
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.pods import Pod
    from velaserve_lint.rules.kserve.known_runtimes import Runtimes

VENDOR, RESOURCES = "ascend", "huawei.com/"
SELECTOR, NODES = "accelerator", "huawei-"
RUNTIME_CLASS = "ascend"


def cards_wanted_by(manifest: Manifest, runtimes: Runtimes) -> Cursor | None:
    """What says so; None where a card is asked for, or may be by a runtime that is not known."""
    pod = next((one for one in pods_of(manifest) if one.role == "predictor"), None)
    if pod is None or _asks(pod) or pod.spec.at("resourceClaims").value:
        return None
    model = model_of(manifest)
    if model is None:
        return _for_ascend(pod)
    named = runtimes.named(model.runtime, manifest.namespace) if model.runtime else None
    if named is None or (named.manifest and any(map(_asks, pods_of(named.manifest)))):
        return None
    ours = model.runtime == runtime().of_vendor[VENDOR]
    return model.at.at("runtime") if ours else _for_ascend(pod)


def _for_ascend(pod: Pod) -> Cursor | None:
    """Their runtime class, or nodes that have them."""
    if pod.spec.at("runtimeClassName").text == RUNTIME_CLASS:
        return pod.spec.at("runtimeClassName")
    node = pod.spec.at("nodeSelector", SELECTOR)
    return node if node.text.startswith(NODES) else None


def _asks(pod: Pod) -> bool:
    parts = (part for one in pod.containers for part in (one.limits, one.requests))
    return any(key.startswith(RESOURCES) for part in parts for key in part.mapping)
