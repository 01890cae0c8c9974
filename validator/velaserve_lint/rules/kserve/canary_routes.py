# SPDX-License-Identifier: Apache-2.0
"""What becomes of the requests that `spec.canary` asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.kserve.autoscaling import EXTERNAL, KEDA, class_of
from velaserve_lint.rules.kserve.problem import Problem
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.manifest import Manifest

WITHOUT_ROUTES = (0, 20)

MESSAGES = sentences(
    none=Text(
        "KServe {version} sends no requests to spec.canary",
        "KServe {version} 不会把请求发给 spec.canary",
    ),
    past=Text(
        "the canary's share of requests bypasses the transformer",
        "金丝雀分得的请求会绕过 transformer",
    ),
    size=Text(
        "with the class {by} the canary's number of pods is not kept",
        "使用 {by} 类别时无法保持金丝雀的 Pod 数",
    ),
)


def problems(manifest: Manifest) -> Iterator[Problem]:
    """The first of them: where no request comes at all, how it comes does not matter."""
    shares = [one.at("trafficPercent") for one in manifest.spec.at("canary").items()]
    share = next((one for one in shares if (one.number or 0) > 0), None)
    if share is None:
        return
    version = manifest.targets.kserve
    by = class_of(manifest, manifest.spec.at("predictor"))
    if version[:2] == WITHOUT_ROUTES:
        yield Problem(share.key, "none", {"version": ".".join(map(str, version))})
    elif manifest.spec.at("transformer").mapping:
        yield Problem(share.key, "past")
    elif by in (KEDA, EXTERNAL):
        yield Problem(share.key, "size", {"by": by})
