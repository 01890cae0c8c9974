# SPDX-License-Identifier: Apache-2.0
"""VS418 (W08): an encrypted model that could not be decrypted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.components import predictor_of
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest

_KEY = re.compile(r"kbs:///[\w.-]+/[\w.-]+/[\w.-]+", re.ASCII)
_NOT_FETCHED = ("oci://", "pvc://")
_PVC, _S3 = "storageUri: pvc://models/digits/onnx\n", "storageUri: s3://models/digits\n"
_KBS = f"{_S3}      confidential: {{enabled: true, resourceId: 'kbs:///default/key/digits'}}\n"


class ConfidentialModel(ManifestRule):
    """Nothing decrypts oci:// and pvc://, of which KServe warns, too."""

    id = "VS418"
    slug = "confidential-model"
    since = "0.1.0"
    source = "W08: KServe v0.20.0 pkg/validation/confidential.go"
    kinds = SERVICE
    title = Text("a confidential model without what decrypts it", "机密模型缺少解密所需内容")
    why = Text("Models are decrypted while they are fetched.", "模型在拉取过程中解密。")
    fix = Text("Give a storageUri and a key of that form.", "请给出 storageUri 及密钥。")
    messages = sentences(
        storage=Text("a confidential model needs storageUri", "机密模型需要 storageUri"),
        key=Text(
            "'{found}' is not kbs:///repository/type/tag",
            "'{found}' 不是 kbs:///repository/type/tag 的形式",
        ),
        kept=Text("nothing decrypts a model of '{uri}'", "没有组件会解密 '{uri}' 的模型"),
    )
    bad = but(INFERENCE_SERVICE, _PVC, _KBS.replace("kbs:///", "kbs://"))
    good = but(INFERENCE_SERVICE, _PVC, _KBS)

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        model = predictor.model if (predictor := predictor_of(manifest)) else manifest.spec
        settings, uri = model.at("confidential"), model.at("storageUri")
        if settings.at("enabled").value is True:
            key = settings.at("resourceId")
            if uri.value in (None, ""):
                yield cls.finding(settings.key, "storage")
            if uri.text.startswith(_NOT_FETCHED):
                yield cls.warning(settings.key, "kept", uri=uri.text)
            if key.text and not _KEY.fullmatch(key.text):
                yield cls.finding(key.place, "key", found=key.text)
