# SPDX-License-Identifier: Apache-2.0
"""How long velaserve's server may take to end, and how long its pod may."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.names.option_table import options
from velaserve_lint.rules.kserve.components import predictor_of, variable
from velaserve_lint.rules.kserve.served_model import ServedModel

if TYPE_CHECKING:
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.place import Place
    from velaserve_lint.rules.kserve.known_runtimes import Runtimes

GRACE = "grace_period_s"
POD_DEFAULT_S = 30


class Drain(NamedTuple):
    """In seconds; the place is what decides."""

    place: Place
    wanted: int
    given: int


def drains(manifest: Manifest, runtimes: Runtimes) -> Drain | None:
    """None where it is not known how long the server takes."""
    predictor = predictor_of(manifest) if manifest.kind == "InferenceService" else None
    if predictor is None:
        return None
    model = ServedModel(manifest, predictor.model)
    server = model.at if isinstance(model.at.value, dict) else predictor.main
    given = predictor.at.at("terminationGracePeriodSeconds")
    seconds = POD_DEFAULT_S if given.value is None else given.number
    if server is None or seconds is None:
        return None
    written = _written(server)
    wanted = written or _of_runtime(model, runtimes)
    pause = server.at("lifecycle", "preStop", "sleep", "seconds").number or 0
    if wanted is None:
        return None
    place = given.key if given.value is not None or not written else _variable(server).place
    return Drain(place, wanted + pause, seconds)


def _of_runtime(model: ServedModel, runtimes: Runtimes) -> int | None:
    runtime = runtimes.named(model.runtime, model.manifest.namespace) if model.runtime else None
    if runtime is None:
        return None
    return _written(runtime.server) if runtime.server else runtime.grace


def _written(server: Cursor) -> int | None:
    text = _variable(server).text
    return int(text) if text.isdecimal() and len(text) < 9 else None


def _variable(server: Cursor) -> Cursor:
    name = options()[GRACE].env
    item = variable(server, name)
    return item.at("value") if item else server.at("env", name)
