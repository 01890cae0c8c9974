# SPDX-License-Identifier: Apache-2.0
"""Whether a server that compiles its model is given the time for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.names import paths
from velaserve_lint.npu.offline import offline_model

if TYPE_CHECKING:
    from velaserve_lint.npu.demand import Consumer, Demand, Startup

# Of one shape: tens of seconds to minutes.
COMPILE_S = 60


class Hurry(NamedTuple):
    """A probe that gives a server less time than it may need for its gears."""

    startup: Startup
    gears: int
    needed_s: int


def compiles(demand: Demand) -> bool:
    """Whether a new pod may have to: offline models are compiled, and a cache may hold others."""
    return not demand.keeps_compiled and offline_model(demand) is None


def hurry_of(demand: Demand, consumer: Consumer) -> Hurry | None:
    """A startup probe that ends before; one on whether the server lives says yes meanwhile."""
    startup = consumer.startup
    needed_s = COMPILE_S * consumer.gears
    if startup is None or startup.path == paths()["live"] or not compiles(demand):
        return None
    return Hurry(startup, consumer.gears, needed_s) if startup.seconds < needed_s else None
