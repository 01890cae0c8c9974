# SPDX-License-Identifier: Apache-2.0
"""What the parts of an Application are called, and which names there are of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.application import Application
    from velaserve_lint.definitions import Kind
    from velaserve_lint.place import Path

NOUNS: Mapping[Kind, Text] = {
    "component": Text("component", "组件"),
    "trait": Text("trait", "运维特征"),
    "policy": Text("policy", "策略"),
    "workflow-step": Text("workflow step", "工作流步骤"),
}
OUTPUT = Text("output", "输出")


def names_of(application: Application) -> Iterator[tuple[Text, list[tuple[str, Path]]]]:
    """Names that may be given once only, each with where it is given."""
    components, policies, steps = (
        application.components,
        application.policies,
        application.all_steps,
    )
    yield NOUNS["component"], [(one.name, (*one.path, "name")) for one in components]
    yield NOUNS["policy"], [(one.name, (*one.path, "name")) for one in policies]
    yield NOUNS["workflow-step"], [(one.name, (*one.path, "name")) for one in steps]
    links = [one.links for one in components] + [one.links for one in steps]
    yield OUTPUT, [(output.name, output.path) for one in links for output in one.outputs]
