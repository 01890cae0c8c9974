# SPDX-License-Identifier: Apache-2.0
"""VS145: weights of a release that do not rise."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from velaserve_lint.combinations.traits import traits_of
from velaserve_lint.cursor import Cursor
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import TRAITS
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class FallingWeights(Refusal):
    """Of the trait canary; 100 comes last in any case."""

    id = "VS145"
    slug = "falling-weights"
    title = Text("weights that do not rise", "没有递增的权重")
    fix = Text("Order them, each once.", "请按从小到大排列，且不要重复。")
    messages = sentences(
        falls=Text(
            "{weight} comes after {before}: weights must rise",
            "{weight} 在 {before} 之后：权重必须递增",
        ),
    )
    bad = but(TRAITS, "[10, 50]", "[50, 10]")
    good = TRAITS

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for part, _ in traits_of(application, "canary"):
            weights = Cursor(application.document, part.at("weights"), part.get("weights"))
            for before, after in pairwise(weights.items()):
                first, second = before.number, after.number
                if first is not None and second is not None and second <= first:
                    yield cls.finding(after.place, "falls", weight=second, before=first)
