# SPDX-License-Identifier: Apache-2.0
"""Where Ingresses and routes of the Gateway API lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.reach import reach
from velaserve_lint.references.manifest import backends
from velaserve_lint.references.reference import reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.references.reference import Reference
    from velaserve_lint.run import Run

_BACKENDS = ("defaultBackend.service", "rules[].http.paths[].backend.service")


class Route(NamedTuple):
    """A port of Services, which are those of the run that have the name."""

    services: tuple[Manifest, ...]
    port: Cursor


def routes(run: Run) -> Iterator[Route]:
    """Only to Services that the run has, and that say which ports they have."""
    for to, port in _targets(run):
        services = run.index.meant(to)
        if services and all(one.spec.at("ports").value for one in services):
            yield Route(services, port)


def _targets(run: Run) -> Iterator[tuple[Reference, Cursor]]:
    for ingress in run.index.of_kind("Ingress"):
        for path in _BACKENDS:
            for at in reach(ingress.spec, path):
                port = at.at("port", "name" if "name" in at.at("port").mapping else "number")
                yield from _target(at, port, ingress)
    for route in run.index.of_kind("GRPCRoute", "HTTPRoute"):
        for at in backends(route):
            yield from _target(at, at.at("port"), route)


def _target(at: Cursor, port: Cursor, manifest: Manifest) -> Iterator[tuple[Reference, Cursor]]:
    namespace = at.at("namespace").text or manifest.namespace
    for to in reference(at.at("name"), ("Service",), namespace):
        yield to, port
