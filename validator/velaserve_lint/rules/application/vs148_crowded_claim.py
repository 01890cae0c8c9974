# SPDX-License-Identifier: Apache-2.0
"""VS148: a compile cache in a claim that several want."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.cache import crowds
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import CACHE
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class CrowdedClaim(Refusal):
    """A volume that is ReadWriteOnce is on one node: a second pod waits for it for ever."""

    id = "VS148"
    slug = "crowded-claim"
    title = Text("a claim that several want", "多方争用的存储声明")
    fix = Text(
        "Take ReadWriteMany, ephemeral, or another claim.",
        "请用 ReadWriteMany、ephemeral，或换一个声明。",
    )
    messages = sentences(
        model=Text("the claim holds the model, which nobody writes", "该声明存放模型，不会被写入"),
        pods=Text(
            "ReadWriteOnce is for one pod, there may be {pods}",
            "ReadWriteOnce 只供一个 Pod 使用，而可能有 {pods} 个",
        ),
        surge=Text(
            "ReadWriteOnce is for one pod, an update starts a second one: set maxSurge: 0",
            "ReadWriteOnce 只供一个 Pod 使用，而更新时会启动第二个：请设置 maxSurge: 0",
        ),
        canary=Text(
            "ReadWriteOnce is for one pod, a canary is another",
            "ReadWriteOnce 只供一个 Pod 使用，而金丝雀是另一个",
        ),
        other=Text("because of this", "原因在此"),
    )
    bad = but(CACHE, "ReadWriteMany", "ReadWriteOnce")
    good = CACHE

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for one in crowds(application):
            place, other = application.document.value(one.path), application.document.key(one.other)
            yield cls.finding(place, one.message, pods=one.pods).beside(other, "other")
