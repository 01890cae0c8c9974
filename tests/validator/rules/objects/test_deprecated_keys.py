# SPDX-License-Identifier: Apache-2.0
"""VS317: deprecated annotations and node labels."""

from __future__ import annotations

import pytest

from support.findings import messages, pod, said
from velaserve_lint.targets import Targets

APPARMOR = "container.apparmor.security.beta.kubernetes.io/c"
PROFILE = "securityContext: {appArmorProfile: {type: RuntimeDefault}}"


def annotated(kind: str, key: str, spec: str = "{}") -> str:
    metadata = f"{{name: a, annotations: {{{key}: x}}}}"
    return f"{{apiVersion: v1, kind: {kind}, metadata: {metadata}, spec: {spec}}}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            annotated("PersistentVolumeClaim", "volume.beta.kubernetes.io/storage-class"),
            "'volume.beta.kubernetes.io/storage-class' is deprecated since Kubernetes 1.8: "
            "use spec.storageClassName",
        ),
        (
            annotated("Pod", "seccomp.security.alpha.kubernetes.io/pod"),
            "'seccomp.security.alpha.kubernetes.io/pod' has no effect since Kubernetes 1.27: "
            "use securityContext.seccompProfile",
        ),
        (
            annotated("Pod", APPARMOR),
            f"'{APPARMOR}' is deprecated since Kubernetes 1.30: "
            "use securityContext.appArmorProfile",
        ),
        (
            pod("nodeSelector: {failure-domain.beta.kubernetes.io/zone: a}"),
            "'failure-domain.beta.kubernetes.io/zone' is deprecated since Kubernetes 1.17: "
            "use topology.kubernetes.io/zone",
        ),
    ],
)
def test_what_has_been_replaced(text: str, message: str) -> None:
    assert messages("VS317", text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        annotated("Pod", APPARMOR, f"{{containers: [{{name: c, {PROFILE}}}]}}"),
        annotated("Pod", "example.com/owner"),
        pod("nodeSelector: {kubernetes.io/os: linux}"),
    ],
)
def test_what_is_in_use(text: str) -> None:
    assert messages("VS317", text) == []


def test_nothing_is_deprecated_before_its_time() -> None:
    text = annotated("Pod", APPARMOR, "{containers: [{name: c, image: i:1}]}")

    assert said("VS317", text) != []
    assert said("VS317", text, Targets(kubernetes=(1, 29))) == []
