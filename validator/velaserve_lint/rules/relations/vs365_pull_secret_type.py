# SPDX-License-Identifier: Apache-2.0
"""VS365: images are to be pulled with a Secret of another type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.relations.examples import REGISTRY_LOGIN, together, with_pod_field
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run

_TYPES = frozenset({"kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg"})
_DEPLOYMENT = with_pod_field("imagePullSecrets: [{name: registry}]")


class PullSecretType(RunRule):
    """Of pods and ServiceAccounts."""

    id = "VS365"
    slug = "pull-secret-type"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes v1.34 pkg/credentialprovider/secrets/secrets.go"
    title = Text("a pull secret of another type", "拉取镜像的 Secret 类型不对")
    why = Text(
        "The kubelet passes over it, and pulls without credentials.",
        "kubelet 会忽略它，不带凭据地拉取镜像。",
    )
    fix = Text(
        "Make it with kubectl create secret docker-registry.",
        "请用 kubectl create secret docker-registry 创建它。",
    )
    messages = sentences(
        other=Text(
            "Secret '{name}' is no pull secret: its type is {type}",
            "Secret '{name}' 不能用于拉取镜像：它的类型是 {type}",
        ),
        secret=Text("the Secret", "该 Secret"),
    )
    bad = together(but(REGISTRY_LOGIN, "type: kubernetes.io/dockerconfigjson\n", ""), _DEPLOYMENT)
    good = together(REGISTRY_LOGIN, _DEPLOYMENT)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for one in run.index.references:
            secrets = run.index.definitions(one) if "imagePullSecrets" in one.spot.path else ()
            types = [secret.root.at("type").text or "Opaque" for secret in secrets]
            if types and not _TYPES & set(types):
                finding = cls.finding(one.place, "other", name=one.name, type=types[0])
                yield finding.beside(secrets[0].root.at("metadata", "name").place, "secret")
