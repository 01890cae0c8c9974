# SPDX-License-Identifier: Apache-2.0
"""The probes and hooks of a container, and the ports that they ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.reach import reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor

PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
_HOOKS = ("lifecycle.postStart", "lifecycle.preStop")
_ASKING = ("httpGet", "tcpSocket", "grpc")


def probes(container: Container) -> Iterator[Cursor]:
    """Those that are written."""
    for name in PROBES:
        if (probe := container.at.at(name)).mapping:
            yield probe


def asked_ports(container: Container) -> Iterator[Cursor]:
    """Where a probe or a hook names a port; with a host of its own, it asks somebody else."""
    for handler in (*PROBES, *_HOOKS):
        for kind in _ASKING:
            for at in reach(container.at, f"{handler}.{kind}"):
                if at.at("port").value is not None and not at.at("host").text:
                    yield at.at("port")


def port_names(container: Container) -> set[str]:
    return {name.text for name in reach(container.at, "ports[].name") if name.text}


def port_numbers(container: Container) -> set[int]:
    numbers = (at.number for at in reach(container.at, "ports[].containerPort"))
    return {number for number in numbers if number is not None}
