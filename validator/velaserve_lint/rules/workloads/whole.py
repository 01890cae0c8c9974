# SPDX-License-Identifier: Apache-2.0
"""Pods that are written in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.objects.scopes import is_fragment

if TYPE_CHECKING:
    from velaserve_lint.pods import Pod

_OWN = frozenset({"pod", "predictor", "transformer", "explainer"})


def is_whole(pod: Pod) -> bool:
    """Neither a serving runtime nor what a patch is for adds containers, volumes or variables."""
    has_model = any(container.is_model for container in pod.containers)
    return pod.role in _OWN and not has_model and not is_fragment(pod.manifest)
