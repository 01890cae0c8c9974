# SPDX-License-Identifier: Apache-2.0
"""VS417 (W07): several storage URIs that KServe does not fetch together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.components import components_of
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.rules.kserve.storage_uris import MESSAGES, problems
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest

_ONE = "      storageUri: pvc://models/digits/onnx\n"
_TWO = """\
    storageUris:
      - {{uri: s3://models/digits, mountPath: /mnt/models/digits}}
      - {{uri: s3://models/labels, mountPath: {path}}}
    model:
"""


class StorageUris(ManifestRule):
    """Of a twice used path of claims the Deployment is refused, not the InferenceService."""

    id = "VS417"
    slug = "storage-uris"
    since = "0.1.0"
    source = "W07: KServe v0.20.0 pkg/apis/serving/v1beta1/inference_service_validation.go"
    kinds = SERVICE
    title = Text("storage URIs that are not fetched together", "无法一起拉取的多个存储地址")
    why = Text(
        "One init container fetches them below one folder.", "由一个初始化容器拉取到同一目录下。"
    )
    fix = Text(
        "Give each a folder of its own below one.", "请在同一目录下为每个地址指定各自的子目录。"
    )
    messages = MESSAGES
    bad = but(but(INFERENCE_SERVICE, _ONE, ""), "    model:\n", _TWO.format(path="/data/labels"))
    good = but(
        but(INFERENCE_SERVICE, _ONE, ""), "    model:\n", _TWO.format(path="/mnt/models/labels")
    )

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for component in components_of(manifest):
            yield from findings(cls, problems(component))
