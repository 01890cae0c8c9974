# SPDX-License-Identifier: Apache-2.0
"""VS141: batch sizes that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.rows import part_of
from velaserve_lint.combinations.sizes import contradictions
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding

_WARM_UP = "batching: {maxBatchSize: 8}\n        warmup: {batchSizes: [1, 16]}"


class BatchSizes(Refusal):
    """Of batching, warm-up and gears: an Ascend chip runs the sizes that it was compiled for."""

    id = "VS141"
    slug = "batch-sizes"
    title = Text("batch sizes that contradict each other", "相互矛盾的批大小")
    fix = Text("Change one of the two.", "请修改其中之一。")
    messages = sentences(
        largest=Text(
            "maxBatchSize is {size}, the largest gear {limit}; leave maxBatchSize out",
            "maxBatchSize 为 {size}，而最大的 gear 为 {limit}；请删除 maxBatchSize",
        ),
        gear=Text(
            "preferredBatchSize {size} is no gear", "preferredBatchSize {size} 不是任何一个 gear"
        ),
        above=Text("{size} is above the largest gear, {limit}", "{size} 超过了最大的 gear {limit}"),
        never=Text(
            "{size} is above maxBatchSize, {limit}: no batch will be so large",
            "{size} 超过了 maxBatchSize {limit}：不会有这么大的批",
        ),
        other=Text("the limit", "限制在此"),
    )
    bad = changed("minReplicas: 2", _WARM_UP)
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for component in application.settled():
            if component.definition == "model-serving":
                for one in contradictions(part_of(component)):
                    place = application.document.value(one.path)
                    finding = cls.finding(place, one.message, size=one.size, limit=one.limit)
                    yield finding.beside(application.document.value(one.other), "other")
