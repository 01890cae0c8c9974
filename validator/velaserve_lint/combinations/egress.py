# SPDX-License-Identifier: Apache-2.0
"""What a pod asks over the network, and may not: traits/network-policy.cue."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.combinations.rows import part_of
from velaserve_lint.combinations.traits import traits_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.place import Path


class Way(NamedTuple):
    """An address to which the trait at `path` leaves no way; it is written at `other`."""

    address: str
    path: Path
    other: Path


def unreachable(application: Application) -> Iterator[Way]:
    """Where a policy has no egress at all: the model, and who logs payloads."""
    for part, service in traits_of(application, "network-policy"):
        component, at_trait = part_of(service.component), (*part.path[:-1], "type")
        model, logger = service.model_uri, component.get("payloadLogger.url")
        if part.get("egress"):
            continue
        if model and not model.startswith("pvc://") and service.server != "own":
            yield Way(model, at_trait, component.at("modelUri"))
        if isinstance(logger, str):
            yield Way(logger, at_trait, component.at("payloadLogger.url"))
