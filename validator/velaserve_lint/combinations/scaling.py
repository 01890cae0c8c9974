# SPDX-License-Identifier: Apache-2.0
"""Numbers of pods that contradict each other: traits/autoscaler.cue, components/kfserving."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.combinations.rows import part_of
from velaserve_lint.combinations.traits import number, traits_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.combinations.rows import Part
    from velaserve_lint.place import Path
    from velaserve_lint.serving import Service

_FALLBACK, _QUEUE = "prometheus.fallback.replicas", "alerts.queueDepth"
_MEASURED = ("queueDepth", "requestsPerSecond", "latency", "queries")


class Order(NamedTuple):
    """`found` is on the wrong side of `limit`; by the key of a message, and where both stand."""

    message: str
    found: int
    limit: int
    path: Path
    other: Path


class Zero(NamedTuple):
    """What is wrong with the way to no pod and back, by the key of a message."""

    message: str
    path: Path


def disorders(application: Application) -> Iterator[Order]:
    """Of limits and what they limit."""
    for part, service in traits_of(application, "autoscaler"):
        yield from _of_autoscaler(part, service)
    for part, service in traits_of(application, "monitoring"):
        served = part_of(service.component)
        depth = number(part, _QUEUE, 100 if part.get("alerts") is not None else None)
        most = number(served, "queue.maxQueueSize", 1024)
        if depth is not None and most is not None and depth >= most:
            where = served.at("queue.maxQueueSize")
            yield Order("queue", depth, most, part.at(_QUEUE), where)
    for component in application.settled():
        if component.definition == "kfserving":
            yield from _of_kfserving(part_of(component))


def zeros(application: Application) -> Iterator[Zero]:
    """Of scaling to zero: the first thing that is wrong."""
    for part, service in traits_of(application, "autoscaler"):
        least = number(part, "minReplicas", service.replicas)
        wakes = part.get("scaleToZero") is not None
        if least == 0 and not any(part.get(f"metrics.{one}") for one in _MEASURED):
            yield Zero("metric", part.at("minReplicas"))
        elif least == 0 and not wakes:
            yield Zero("wake", part.at("minReplicas"))
        elif least and wakes:
            yield Zero("never", part.at("scaleToZero"))


def _of_autoscaler(part: Part, service: Service) -> Iterator[Order]:
    most, fallback = number(part, "maxReplicas"), number(part, _FALLBACK)
    least = number(part, "minReplicas", service.replicas)
    at_most = part.at("maxReplicas")
    if most is not None and least is not None and least > most:
        own = part.get("minReplicas") is not None
        where = part if own else part_of(service.component)
        yield Order("least", most, least, at_most, where.at("minReplicas"))
    if most is not None and fallback is not None and fallback > most:
        yield Order("fallback", fallback, most, part.at(_FALLBACK), at_most)


def _of_kfserving(part: Part) -> Iterator[Order]:
    most, least = number(part, "maxReplicas"), number(part, "minReplicas", 1)
    if most is not None and least is not None and most != least:
        message = "more" if most > least else "least"
        yield Order(message, most, least, part.at("maxReplicas"), part.at("minReplicas"))
