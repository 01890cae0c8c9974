# SPDX-License-Identifier: Apache-2.0
"""How long the name of a component may be, by what it renders.

KServe writes `isvc.<name>-canary-predictor` into a label, `isvc.<name>` for a graph, and begins a
host with name and namespace; tests/validator compare these with the definitions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.application import Application, Component

# The most characters, and the most together with the namespace.
_LIMITS = {
    "inferenceservices.serving.kserve.io": (41, 55),
    "inferencegraphs.serving.kserve.io": (58, 62),
}
LABEL = 63  # KubeVela writes every component's name into a label


def limit_of(application: Application, component: Component) -> int:
    """The most characters; fewer where the namespace is known, and long."""
    definition = application.catalogue.find("component", component.definition)
    limits = _LIMITS.get(definition.workload) if definition else None
    if limits is None:
        return LABEL
    return min(limits[0], limits[1] - len(application.namespace))
