# SPDX-License-Identifier: Apache-2.0
"""Scaling that KServe takes, and that does not do what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.kserve.autoscaling import (
    HPA,
    KEDA,
    REQUEST_METRICS,
    class_of,
    written_class,
)
from velaserve_lint.rules.kserve.components import components_of
from velaserve_lint.rules.kserve.deployment_mode import is_knative, is_standard
from velaserve_lint.rules.kserve.hpa import OTHER_SOURCES
from velaserve_lint.rules.kserve.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

INTENTS = ("scaleTarget", "scaleMetric", "autoScaling")
DIRECTIONS, KEPT = ("scaleUp", "scaleDown"), "stabilizationWindowSeconds"


def scaled_by(manifest: Manifest, *classes: str) -> Iterator[Cursor]:
    """The components of Standard mode that one of the classes scales."""
    for component in components_of(manifest) if is_standard(manifest) else ():
        if class_of(manifest, component.at) in classes:
            yield component.at


def replaced_metrics(manifest: Manifest) -> Iterator[Problem]:
    """By CPU, where an HPA comes by default; where its class is written KServe refuses them."""
    for at in scaled_by(manifest, HPA) if written_class(manifest) != HPA else ():
        metric = at.at("scaleMetric")
        if metric.text in REQUEST_METRICS:
            yield Problem(metric.place, "metric", {"found": metric.text})
        for kind in (one.at("type") for one in at.at("autoScaling", "metrics").items()):
            if kind.text in OTHER_SOURCES:
                yield Problem(kind.place, "source", {"found": kind.text})


def without_most(manifest: Manifest) -> Iterator[Problem]:
    for at in scaled_by(manifest, HPA, KEDA):
        yield from _without_most(at, "fixed", INTENTS)
    for component in components_of(manifest) if is_knative(manifest) else ():
        yield from _without_most(component.at, "unlimited", INTENTS[:2])


def _without_most(at: Cursor, message: str, intents: tuple[str, ...]) -> Iterator[Problem]:
    wanted = [name for name in intents if at.at(name).value is not None]
    if wanted and at.at("maxReplicas").value in (None, 0):
        yield Problem(at.at(wanted[0]).key, message, {"field": wanted[0]})


def without_trigger(manifest: Manifest) -> Iterator[Problem]:
    """Of KEDA, which watches the metrics and nothing else."""
    for at in scaled_by(manifest, KEDA):
        scaling, least = at.at("autoScaling"), at.at("minReplicas")
        metrics = scaling.at("metrics")
        kinds = {one.at("type").text for one in metrics.items()}
        if isinstance(scaling.value, dict | None) and metrics.value in (None, []):
            yield Problem(at.key, "none")
        if kinds == {"Resource"} and least.number == 0:
            yield Problem(least.place, "zero")


def dropped_behavior(manifest: Manifest) -> Iterator[Problem]:
    """KEDA gets the two stabilization windows, HPAs and Knative get nothing."""
    knative = [one.at for one in components_of(manifest)] if is_knative(manifest) else []
    for at in (*scaled_by(manifest, HPA), *knative):
        behavior = at.at("autoScaling", "behavior")
        if behavior.mapping:
            yield Problem(behavior.key, "dropped", {"field": "behavior"})
    for at in scaled_by(manifest, KEDA):
        for direction in DIRECTIONS:
            for name, rule in at.at("autoScaling", "behavior", direction).entries():
                if name != KEPT:
                    field = f"behavior.{direction}.{name}"
                    yield Problem(rule.key, "dropped", {"field": field})
