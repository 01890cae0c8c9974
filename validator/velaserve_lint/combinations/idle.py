# SPDX-License-Identifier: Apache-2.0
"""Traits and properties that leave nothing to do, or that KServe ignores."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.combinations.rows import Part, part_of
from velaserve_lint.combinations.traits import number, traits_of
from velaserve_lint.serving import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.place import Path
    from velaserve_lint.serving import Service

_CLASS = "serving.kserve.io/autoscalerClass"
_FETCHED = re.compile("(s3|gs|hf|hdfs|webhdfs|https?)://")


class Idle(NamedTuple):
    """By the key of a message."""

    message: str
    name: str
    path: Path


def idle(application: Application) -> Iterator[Idle]:
    """All of them."""
    for component in application.settled():
        part = part_of(component)
        if component.definition == "model-serving":
            yield from _of_model_serving(part)
        elif component.definition == "kfserving":
            yield from _of_kfserving(part)
    for part, service in traits_of(application, "high-availability"):
        is_off = part.get("nodes") == part.get("zones") == "off"
        if is_off and _most_pods(service) == 1:
            yield Idle("spread", "high-availability", (*part.path[:-1], "type"))
    for part, _ in traits_of(application, "monitoring"):
        scrape = part.get("scrape")
        if part.get("alerts") is None and scrape == "none":
            yield Idle("scrape", "scrape", part.at("scrape"))
        elif part.get("alerts") is None and scrape == "annotations" and part.get("labels"):
            yield Idle("labels", "labels", part.at("labels"))


def _of_model_serving(part: Part) -> Iterator[Idle]:
    annotations, uri = part.get("annotations"), part.get("modelUri")
    if isinstance(annotations, dict) and _CLASS in annotations:
        yield Idle("scaling", _CLASS, (*part.at("annotations"), _CLASS))
    is_fetched = isinstance(uri, str) and _FETCHED.match(uri)
    if part.get("storageContainerName") is not None and not is_fetched:
        yield Idle("fetched", "storageContainerName", part.at("storageContainerName"))


def _of_kfserving(part: Part) -> Iterator[Idle]:
    for name in ("canaryTrafficPercent", "containerConcurrency"):
        if part.get(name) is not None:
            message = "canary" if name.startswith("canary") else "ignored"
            yield Idle(message, name, part.at(name))
    for name in KEPT:
        if part.get(f"{name}.runtimeVersion") is not None:
            yield Idle("version", "runtimeVersion", part.at(f"{name}.runtimeVersion"))


def _most_pods(service: Service) -> int | None:
    for trait in service.component.traits:
        if trait.definition == "autoscaler":
            return number(Part(trait.properties, trait.path, service.component), "maxReplicas")
    return service.replicas
