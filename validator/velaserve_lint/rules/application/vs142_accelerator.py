# SPDX-License-Identifier: Apache-2.0
"""VS142: what the accelerator cannot be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.cards import impossible
from velaserve_lint.rules.application.accelerator_messages import MESSAGES
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class ImpossibleAccelerator(Refusal):
    """By the table of accelerators, names/accelerators.toml."""

    id = "VS142"
    slug = "accelerator"
    title = Text("an accelerator that cannot do this", "加速卡不支持的要求")
    fix = Text(
        "Ask for what the chip has, or for another chip.", "请改为该芯片支持的内容，或换一种芯片。"
    )
    messages = MESSAGES
    bad = changed("minReplicas: 2", "accelerator: {chip: 310P, slice: {mig: 1g.5gb}}")
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for component in application.settled():
            for one in impossible(component):
                place = application.document.key(one.path)
                yield cls.finding(place, one.message, **one.arguments)
