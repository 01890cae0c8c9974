# SPDX-License-Identifier: Apache-2.0
"""Lists whose items must differ from each other.

Source: Kubernetes v1.34.4 pkg/apis/*/validation/validation.go; for groups of PrometheusRules,
prometheus-operator v0.86.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.pods import pods_of
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.pods import Pod


class Item(NamedTuple):
    """What two items must not have in common; empty where there is nothing to compare."""

    at: Cursor
    value: str


class Listed(NamedTuple):
    """Items of one list, and what they are."""

    what: Text
    items: tuple[Item, ...]


_CONTAINER = Text("container", "容器")
_VOLUME = Text("volume", "卷")
_MOUNT = Text("mount path", "挂载路径")
_PORT_NAME = Text("port name", "端口名称")
_PORT = Text("port", "端口")
_HOST_PORT = Text("host port", "主机端口")
_NODE_PORT = Text("node port", "节点端口")
_GROUP = Text("group", "规则组")


def unique(manifest: Manifest) -> Iterator[Listed]:
    """Every list of which that is asked."""
    for pod in pods_of(manifest):
        yield from _of_pod(pod)
    if manifest.kind == "Service":
        ports = list(manifest.spec.at("ports").items())
        yield Listed(_PORT_NAME, _by(ports, "name"))
        yield Listed(_PORT, tuple(_number(port, "port") for port in ports))
        yield Listed(_NODE_PORT, tuple(_number(port, "nodePort") for port in ports))
    elif manifest.kind == "PrometheusRule":
        yield Listed(_GROUP, _by(manifest.spec.at("groups").items(), "name"))


def _of_pod(pod: Pod) -> Iterator[Listed]:
    own = [container.at for container in pod.containers if not container.is_model]
    main = [container.at for container in pod.main]
    yield Listed(_CONTAINER, _by(own, "name"))
    yield Listed(_VOLUME, _by(pod.spec.at("volumes").items(), "name"))
    ports = [port for container in main for port in container.at("ports").items()]
    yield Listed(_HOST_PORT, tuple(_number(port, "hostPort") for port in ports))
    for container in pod.containers:
        mounts = container.at.at("volumeMounts").items()
        yield Listed(_MOUNT, _by(mounts, "mountPath"))
        yield Listed(_PORT_NAME, _by(container.at.at("ports").items(), "name"))


def _by(cursors: Iterable[Cursor], field: str) -> tuple[Item, ...]:
    return tuple(Item(one.at(field), one.at(field).text) for one in cursors)


def _number(port: Cursor, field: str) -> Item:
    """One number may serve several protocols, and on a host several addresses."""
    number, protocol = port.at(field).number, port.at("protocol").text or "TCP"
    address = f" {port.at('hostIP').text}" if field == "hostPort" else ""
    return Item(port.at(field), f"{number}/{protocol}{address.rstrip()}" if number else "")
