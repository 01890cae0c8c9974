# SPDX-License-Identifier: Apache-2.0
"""VS458 (L18): a model in an image, where KServe's ConfigMap does not allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.oci import CONFIG_MAP, disabling, image_uris
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


_OCI = but(INFERENCE_SERVICE, "pvc://models/digits/onnx", "oci://registry.example.com/digits:1")
_CONFIG = """\
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: inferenceservice-config, namespace: kserve}}
data:
  storageInitializer: '{{"enableModelcar": {switch}}}'
"""


class OciDisabled(RunRule):
    """Only where the ConfigMap stands in the run, or is there already."""

    id = "VS458"
    slug = "oci-disabled"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L18: KServe v0.20.0 pkg/types/config.go"
    title = Text("oci:// where it is switched off", "在未启用 oci:// 的集群中使用它")
    why = Text("The model is not mounted: no pod starts.", "模型不会被挂载：Pod 无法启动。")
    fix = Text(
        "Set enableModelcar to true in inferenceservice-config, or use other storage.",
        "请在 inferenceservice-config 中将 enableModelcar 设为 true，或使用其他存储。",
    )
    messages = sentences(
        off=Text("the ConfigMap {name} switches oci:// off", "ConfigMap {name} 未启用 oci://"),
        here=Text("here", "在此"),
    )
    bad = _OCI + _CONFIG.format(switch="false")
    good = _OCI + _CONFIG.format(switch="true")

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        config = disabling(run)
        for uri in image_uris(run) if config else ():
            if config:
                yield cls.finding(uri.place, "off", name=CONFIG_MAP).beside(config.key, "here")
