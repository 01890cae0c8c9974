# SPDX-License-Identifier: Apache-2.0
"""Looks with the rules on devices at whatever asks for some.

What they need is imported when something does: a file without devices must not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.npu.asking import component_asks, pod_asks
from velaserve_lint.rules import demand_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand
    from velaserve_lint.pods import Pod


def check_pod(pod: Pod) -> Iterator[Finding]:
    """What is wrong with the devices of a pod."""
    if pod_asks(pod):
        from velaserve_lint.npu.of_pods import of_pod

        yield from _check(of_pod(pod))


def check_application(application: Application) -> Iterator[Finding]:
    """What is wrong with the devices of the Application's own components."""
    for component in application.components:
        if component_asks(component):
            from velaserve_lint.npu.of_components import of_component

            if demand := of_component(application, component):
                yield from _check(demand)


def _check(demand: Demand) -> Iterator[Finding]:
    for rule in demand_rules():
        yield from rule.check(demand)
