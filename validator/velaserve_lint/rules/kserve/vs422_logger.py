# SPDX-License-Identifier: Apache-2.0
"""VS422 (W12): a logger that does not say what it logs, or where to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.components import servers_of
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.words import REFUSED
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest

STORAGE = ("path", "parameters", "key")
_LOGGER = "    logger: {{url: http://messages.logging{mode}}}\n    model:\n"


class Logger(ManifestRule):
    """The API documents `all` as the default of mode; the webhook knows no default."""

    id = "VS422"
    slug = "logger"
    since = "0.1.0"
    source = "W12: KServe v0.20.0 pkg/apis/serving/v1beta1/component.go"
    kinds = SERVICE
    title = Text("an incomplete logger", "不完整的日志记录器")
    why = REFUSED
    fix = Text(
        "Give mode (all, request or response); a storage needs path, parameters and key.",
        "请给出 mode（all、request 或 response）；storage 需要 path、parameters 和 key。",
    )
    messages = sentences(
        mode=Text("logger.mode is missing: there is no default", "缺少 logger.mode：没有默认值"),
        storage=Text("logger.storage needs '{name}'", "logger.storage 需要 '{name}'"),
    )
    bad = but(INFERENCE_SERVICE, "    model:\n", _LOGGER.format(mode=""))
    good = but(INFERENCE_SERVICE, "    model:\n", _LOGGER.format(mode=", mode: request"))

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for component in servers_of(manifest):
            logger = component.at.at("logger")
            storage = logger.at("storage")
            if isinstance(logger.value, dict) and logger.at("mode").value is None:
                yield cls.finding(logger.key, "mode")
            for name in STORAGE if isinstance(storage.value, dict) else ():
                if storage.at(name).value is None:
                    yield cls.finding(storage.key, "storage", name=name)
