# SPDX-License-Identifier: Apache-2.0
"""Properties of model-serving that go with some servers only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.combinations.rows import part_of
from velaserve_lint.serving import KEPT, READ, framework_of, service_of
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Component
    from velaserve_lint.combinations.rows import Part
    from velaserve_lint.place import Path
    from velaserve_lint.serving import Server, Service
    from velaserve_lint.text import Argument

# Ours has them; for another one they would be accepted and ignored.
OPTIONS = (
    *("batching", "queue", "warmup", "logLevel", "accessLog", "modelName"),
    *("accelerator.fallbackPolicy", "accelerator.gears"),
)


class Foreign(NamedTuple):
    """A property that `server` does not take, or not with these `values`, and why."""

    server: Server
    name: str
    way: Text
    values: tuple[str, ...] = ()


_OWN = Text("an image of its own", "自有镜像")
_OPTIONS = Text("options of ours are properties or env", "内置服务的选项请用属性或 env 设置")
_PORT = Text("ours serves metrics on its REST port", "内置服务在 REST 端口上提供指标")
_METRICS = Text("ours serves /metrics", "内置服务的指标路径为 /metrics")
_V2 = Text("ours speaks v2", "内置服务使用 v2 协议")
_FORMAT = Text("an image of your own knows its model", "自有镜像自知其模型")
_STORAGE = Text("KServe ignores it for an image of your own", "对自有镜像，KServe 会忽略它")
_KNOWN = Text("KServe knows v1 and v2 of an image of your own", "对自有镜像，KServe 只认 v1 和 v2")
_PORTS = Text("Knative takes one port, ours has two", "Knative 只接受一个端口，内置服务有两个")

FOREIGN = (
    Foreign("ours", "command", _OPTIONS),
    Foreign("ours", "args", _OPTIONS),
    Foreign("ours", "metrics.port", _PORT),
    Foreign("ours", "metrics.path", _METRICS),
    Foreign("ours", "protocolVersion", _V2, ("v1", "grpc-v2")),
    Foreign("ours", "deploymentMode", _PORTS, ("Knative",)),
    Foreign("own", "modelFormat", _FORMAT),
    Foreign("own", "storage", _STORAGE),
    Foreign("own", "protocolVersion", _KNOWN, ("grpc-v2",)),
)


class Misplaced(NamedTuple):
    """A property that is of no use to the server, by the key of a message, and what says so."""

    message: str
    name: str
    path: Path
    way: Argument
    said: Path | None = None


def misplaced(component: Component) -> Iterator[Misplaced]:
    """What cannot be where this server is."""
    service, part = service_of(component), part_of(component)
    if service is None:
        return
    yield from _of_old(part) if component.definition == "kfserving" else _of_ours(service, part)


def _of_ours(service: Service, part: Part) -> Iterator[Misplaced]:
    for name in OPTIONS if service.server != "ours" else ():
        if part.get(name) is not None:
            server = _OWN if service.server == "own" else service.runtime
            yield Misplaced("option", name, part.at(name), server, service.said)
    for row in FOREIGN:
        value = part.get(row.name) if row.server == service.server else None
        if value is not None and (value in row.values or not row.values):
            yield Misplaced("foreign", row.name, part.at(row.name), row.way)


def _of_old(part: Part) -> Iterator[Misplaced]:
    """Of kfserving: a framework that ours does not know, and a version that Triton does not."""
    framework, is_kept = framework_of(part), part.get("keepRuntime") is True
    path = part.at(framework if framework in part.data else "runtime")
    if not is_kept and framework in KEPT and framework not in READ:
        yield Misplaced("unknown", framework, path, KEPT[framework])
    place = "modelUri" if part.get("modelUri") is not None else f"{framework}.storageUri"
    uri = part.get(place)
    is_version = isinstance(uri, str) and re.search("/[0-9]+/?$", uri)
    if is_kept and KEPT.get(framework) == KEPT["triton"] and is_version:
        yield Misplaced("version", framework, part.at(place), str(uri))
