# SPDX-License-Identifier: Apache-2.0
"""Where a model runs that is meant for a device: the one place that decides it.

            the device does not take it   the device fails a batch       the device is lost
  strict    not served                    the error is the answer        not ready until it is back
  fallback  served by the CPU             the error is the answer        not ready until it is back
  degrade   served by the CPU             answered by the CPU, and so    served by the CPU
            until it does                 is the rest, after a few       until it is back
                                          in a row, for a while

Under degrade a copy of each instance is loaded and warm on the CPU while the device serves: no
request waits for a load, what stands in is known to fit, and host memory holds the model, too.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from velaserve_runtime.backends.breaker import FAILURES_IN_A_ROW, Breaker
from velaserve_runtime.backends.guarded import ON_CPU, GuardedInstance
from velaserve_runtime.backends.instance import close_all
from velaserve_runtime.backends.likeness import Promise, difference
from velaserve_runtime.backends.placement import Placement
from velaserve_runtime.backends.recovery import Recovery
from velaserve_runtime.backends.registry import CPU
from velaserve_runtime.protocol.errors import (
    DEVICE_ERRORS,
    ConfigError,
    LoadFailed,
    NoBackend,
    VelaserveError,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_runtime.backends.instance import Runner
    from velaserve_runtime.backends.recipe import Loaded, Recipe
    from velaserve_runtime.repository.layout import VersionSource

LOG = logging.getLogger(__name__)


class Placed(NamedTuple):
    """A model version that can serve."""

    source: VersionSource
    """The file that was loaded; on the CPU, an offline model's twin."""
    first: Loaded
    """Its first instance: the others are alike."""
    runners: Sequence[Runner]
    placement: Placement


def place(recipe: Recipe) -> Placed:
    """Loads a model version where the server's device and policy want it.

    Raises:
        VelaserveError: there is no such place; the text has the reason of each that was tried.
    """
    if recipe.settings.device == CPU:
        return _at_home(recipe.on_cpu())
    try:
        loaded = recipe.all()
    except ConfigError:
        raise  # the CPU would be told the same
    except VelaserveError as err:
        if recipe.settings.fallback_policy != "strict":
            return _fallen_back(recipe, err)
        if isinstance(err, (*DEVICE_ERRORS, NoBackend)):
            raise _with_a_way_out(recipe, err) from err
        raise  # the model itself is wrong
    return _on_device(recipe, loaded)


def _at_home(recipe: Recipe) -> Placed:
    loaded = recipe.all()
    placement = Placement((), loaded[0].spec.placement)
    return Placed(recipe.source, loaded[0], [one.instance for one in loaded], placement)


def _on_device(recipe: Recipe, loaded: Sequence[Loaded]) -> Placed:
    copies: Sequence[Loaded | None] = [None] * len(loaded)
    limit = None
    if recipe.settings.fallback_policy == "degrade":
        copies, limit = _copies(recipe, loaded), FAILURES_IN_A_ROW
    guards = []
    for one, copy in zip(loaded, copies, strict=True):
        breaker = Breaker(limit)
        recovery = _recovery(recipe, breaker, one)
        guards.append(GuardedInstance(_labels(recipe), one, copy, breaker, recovery))
    return Placed(recipe.source, loaded[0], guards, Placement(guards))


def _fallen_back(recipe: Recipe, error: VelaserveError) -> Placed:
    """On the CPU: for good, or under degrade until the device itself is well again."""
    try:
        on_cpu = recipe.on_cpu()
        loaded = on_cpu.all()
    except VelaserveError as err:
        raise _neither(recipe, error, err) from err
    returns = recipe.settings.fallback_policy == "degrade" and isinstance(error, DEVICE_ERRORS)
    guards = []
    for one in loaded:
        breaker = Breaker(FAILURES_IN_A_ROW)
        breaker.open(str(error))
        recovery = _recovery(recipe, breaker, one) if returns else None
        guards.append(GuardedInstance(_labels(recipe), None, one, breaker, recovery))
    LOG.warning(ON_CPU, extra={**_labels(recipe), "reason": str(error)})
    return Placed(on_cpu.source, loaded[0], guards, Placement(guards))


def _copies(recipe: Recipe, loaded: Sequence[Loaded]) -> list[Loaded]:
    """What stands in for each of `loaded`, which is closed if there is no such thing."""
    with ExitStack() as undo:
        undo.callback(_close, loaded)
        try:
            copies = recipe.on_cpu().all()
            undo.callback(_close, copies)
            _refuse_other(_promised(loaded[0]), copies[0])
        except VelaserveError as err:
            raise LoadFailed(
                f"model '{recipe.source.name}' runs on device {recipe.settings.device}, but not on "
                "the CPU, where accelerator.fallbackPolicy: degrade (--fallback-policy degrade) "
                f"wants it, too: {err}; mend that, or set strict"
            ) from err
        undo.pop_all()
    return copies


def _close(loaded: Sequence[Loaded]) -> None:
    close_all(one.instance for one in loaded)


def _recovery(recipe: Recipe, breaker: Breaker, served: Loaded) -> Recovery:
    reopen = partial(_reopened, recipe, _promised(served), served.number)
    return Recovery(_labels(recipe), breaker, reopen)


def _promised(loaded: Loaded) -> Promise:
    return Promise(loaded.spec, loaded.warm.batchable)


def _reopened(recipe: Recipe, promise: Promise, number: int) -> Loaded:
    """A new instance on the device. Raises VelaserveError as long as there can be none."""
    fresh = recipe.one(number)
    try:
        _refuse_other(promise, fresh)
    except LoadFailed:
        _close([fresh])
        raise
    return fresh


def _refuse_other(promise: Promise, other: Loaded) -> None:
    why = difference(promise, other)
    if why:
        device = other.spec.placement.get("device", "this device")
        raise LoadFailed(f"the model on {device} cannot answer the same requests: {why}")


def _labels(recipe: Recipe) -> dict[str, str]:
    source = recipe.source
    return {"model": source.name, "version": source.version, "device": recipe.settings.device}


def _with_a_way_out(recipe: Recipe, error: VelaserveError) -> VelaserveError:
    return type(error)(
        f"model '{recipe.source.name}' cannot run on device {recipe.settings.device}: {error}; to "
        "run it on the CPU set accelerator.fallbackPolicy: fallback (--fallback-policy fallback), "
        "or remove accelerator (--device cpu)"
    )


def _neither(recipe: Recipe, first: VelaserveError, second: VelaserveError) -> VelaserveError:
    if str(first) == str(second):
        return second
    return LoadFailed(
        f"model '{recipe.source.name}' runs neither on device {recipe.settings.device}, because "
        f"{first}, nor on the CPU, because {second}"
    )
