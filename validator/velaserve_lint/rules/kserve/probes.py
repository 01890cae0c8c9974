# SPDX-License-Identifier: Apache-2.0
"""Containers that count as ready without being asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.kserve.components import components_of
from velaserve_lint.rules.kserve.deployment_mode import is_standard
from velaserve_lint.rules.kserve.served_model import ServedModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.rules.kserve.components import Component
    from velaserve_lint.rules.kserve.known_runtimes import Runtimes

PROBES, ASKING = ("readinessProbe", "startupProbe"), ("httpGet", "exec", "grpc")


def unprobed(manifest: Manifest, runtimes: Runtimes) -> Iterator[tuple[Cursor, str]]:
    """With what to call them; nothing outside Standard mode."""
    if manifest.kind != "InferenceService" or not is_standard(manifest):
        return
    for component in components_of(manifest):
        servers = _servers(component, ServedModel(manifest, component.model), runtimes)
        if servers and not any(_is_asked(one) for one in servers):
            yield servers[0], component.role


def _servers(component: Component, model: ServedModel, runtimes: Runtimes) -> tuple[Cursor, ...]:
    """The container and what it is merged from; empty where not all of it is known."""
    if not isinstance(model.at.value, dict):
        main = component.main
        return (main,) if main else ()
    runtime = runtimes.named(model.runtime, model.manifest.namespace) if model.runtime else None
    server = runtime.server if runtime else None
    return (model.at, server) if server else ()


def _is_asked(container: Cursor) -> bool:
    probes = (container.at(name) for name in PROBES)
    return any(probe.at(kind).value is not None for probe in probes for kind in ASKING)
