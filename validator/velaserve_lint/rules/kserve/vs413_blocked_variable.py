# SPDX-License-Identifier: Apache-2.0
"""VS413 (W03): PYTHONPATH in a container of an InferenceService."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.pods import pods_of
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest

BLOCKED = "PYTHONPATH"
_PORTS = "      ports:\n"


class BlockedVariable(ManifestRule):
    """In any container of any component, init containers and workers included."""

    id = "VS413"
    slug = "blocked-variable"
    since = "0.1.0"
    source = "W03: KServe v0.20.0 pkg/validation/env.go"
    kinds = SERVICE
    title = Text("an environment variable that KServe blocks", "KServe 禁止的环境变量")
    why = Text(
        "KServe refuses PYTHONPATH: it would let a model replace the server's own modules.",
        "KServe 拒绝 PYTHONPATH：它会让模型替换服务器自身的模块。",
    )
    fix = Text(
        "Install the modules into the image, or change sys.path in the model's own code.",
        "请将模块安装到镜像中，或在模型自己的代码中修改 sys.path。",
    )
    messages = sentences(
        blocked=Text("KServe does not allow {name} here", "KServe 不允许在此处设置 {name}"),
    )
    bad = but(
        INFERENCE_SERVICE, _PORTS, f"      env: [{{name: PYTHONPATH, value: /mnt/code}}]\n{_PORTS}"
    )
    good = but(
        INFERENCE_SERVICE, _PORTS, f"      env: [{{name: CODE_PATH, value: /mnt/code}}]\n{_PORTS}"
    )

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for pod in pods_of(manifest):
            for container in pod.containers:
                if item := container.env.get(BLOCKED):
                    yield cls.finding(item.at("name").place, "blocked", name=BLOCKED)
