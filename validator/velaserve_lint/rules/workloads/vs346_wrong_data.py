# SPDX-License-Identifier: Apache-2.0
"""VS346: keys or a size that a ConfigMap or Secret cannot have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import CONFIG_MAP
from velaserve_lint.rules.workloads.data import wrong_data
from velaserve_lint.text import Text, sentences, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class WrongData(ManifestRule):
    """Keys become names of files, so that a path is none."""

    id = "VS346"
    slug = "wrong-data"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/core/validation/validation.go"
    title = Text("data that a ConfigMap cannot hold", "ConfigMap 无法保存的数据")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text(
        "Rename the key; what is large belongs into a volume or an image.",
        "请修改键名；较大的内容应放入卷或镜像。",
    )
    messages = sentences(
        key=Text(
            "'{part}' is no key: at most 253 letters, digits, '-', '_' and '.'",
            "'{part}' 不是合法的键：最多 253 个字母、数字、'-'、'_' 和 '.'",
        ),
        doubled=Text("data has a key '{part}', too", "data 中也有键 '{part}'"),
        size=Text(
            "a ConfigMap holds at most 1 MiB, found {part} MiB",
            "ConfigMap 最多 1 MiB，实为 {part} MiB",
        ),
    )
    kinds = frozenset({"ConfigMap", "Secret"})
    bad = but(CONFIG_MAP, "labels.txt:", "models/labels.txt:")
    good = CONFIG_MAP

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for message, at, part in wrong_data(manifest):
            yield cls.finding(at.key, message, part=shortened(part))
