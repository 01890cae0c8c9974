# SPDX-License-Identifier: Apache-2.0
"""Where a server is found in a pod: ports, paths, runtime, image references."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from velaserve_lint.names.option_table import options
from velaserve_lint.names.table import load

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Port:
    """One port of the server: `container` in the pod, `service` in the cluster."""

    name: str
    container: int
    service: int


@dataclass(frozen=True, slots=True)
class Runtime:
    """Our ClusterServingRuntimes: the one for any node, and those for the cards of a maker."""

    name: str
    protocol: str
    of_vendor: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        return self.name, *self.of_vendor.values()


@functools.cache
def ports() -> Mapping[str, Port]:
    """`rest` and `grpc`, in the order in which a container lists them."""
    rows = load("serving.toml")["ports"]
    return {
        key: Port(row["name"], int(options()[row["option"]].example), row["service"])
        for key, row in rows.items()
    }


def paths() -> Mapping[str, str]:
    """`live`, `ready` and `metrics` over REST; `model`: where KServe puts the model."""
    found: Mapping[str, str] = load("serving.toml")["paths"]
    return found


def runtime() -> Runtime:
    return Runtime(**load("serving.toml")["runtime"])


def image(name: str) -> str:
    """What pods write."""
    images = load("serving.toml")["images"]
    return f"{images['registry']}/{name}:{images['tag']}"


def server_image() -> str:
    return image(load("serving.toml")["images"]["server"])
