# SPDX-License-Identifier: Apache-2.0
"""The token of the Kubernetes API that a pod gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.pods import Pod

_FIELD = "automountServiceAccountToken"


def token_of(pod: Pod, beside: Beside) -> Cursor:
    """Whether it gets one: as the pod says, else its ServiceAccount in the run."""
    own = pod.spec.at(_FIELD)
    name = pod.spec.at("serviceAccountName").text or "default"
    account = beside.named("ServiceAccount", name, pod.manifest.namespace)
    return account.root.at(_FIELD) if account and own.value is None else own
