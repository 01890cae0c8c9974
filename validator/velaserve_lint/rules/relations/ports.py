# SPDX-License-Identifier: Apache-2.0
"""The ports that pods and Services say they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.pods import pods_of
from velaserve_lint.rules.relations.selecting import selecting
from velaserve_lint.run import once_for_each
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.labelled import Labelled
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.place import Place
    from velaserve_lint.pods import Pod
    from velaserve_lint.rules.relations.selecting import Selecting
    from velaserve_lint.run import Run

_NONE = Text("none", "无")


class Port(NamedTuple):
    """Either may be missing; a name is empty then."""

    name: str
    number: int | None


class Ports(NamedTuple):
    """The ports of something, and where they are said, or would be.

    Where no number is said, any may be open; a name that is not said is none.
    """

    ports: tuple[Port, ...]
    place: Place

    @property
    def said(self) -> str | Text:
        """For messages."""
        words = [f"{port.name} {port.number or ''}".strip() for port in self.ports]
        return ", ".join(words) or _NONE

    def may_have(self, port: Cursor) -> bool:
        """Whether the name or number at `port` is one of them; what is neither is not judged."""
        if isinstance(port.value, str):
            return port.text.isdecimal() or port.text in {one.name for one in self.ports}
        numbers = {one.number for one in self.ports} - {None}
        return port.number is None or not numbers or port.number in numbers


@once_for_each
def ports_of_pods(run: Run, pods: Sequence[Labelled[Pod]]) -> tuple[Ports, ...]:
    """With those that patches add; none where KServe makes a pod, for its runtime may add some."""
    if any(one.thing.role != "pod" for one in pods):
        return ()
    workloads = [same for one in pods for same in run.index.namesakes(one.thing.manifest)]
    return tuple(_of_pod(pod) for workload in workloads for pod in pods_of(workload))


def ports_of_services(run: Run, services: Iterable[Manifest]) -> tuple[Ports, ...]:
    """With those that patches add."""
    said = (same.spec.at("ports") for one in services for same in run.index.namesakes(one))
    return tuple(Ports(_ports(at.items(), "port"), at.key) for at in said)


def is_of_service(run: Run, policy: Selecting, port: Cursor) -> bool:
    """Whether it is the port of a Service of the same pods."""
    pods = {id(one.thing) for one in policy.pods}
    return any(
        port.value in [one.at("port").value for one in service.manifest.spec.at("ports").items()]
        and any(id(one.thing) in pods for one in service.pods)
        for service in selecting(run, "Service")
    )


def lacking(port: Cursor, all_ports: Sequence[Ports]) -> Ports | None:
    """The first of the ports, if the port is among none of them."""
    if any(ports.may_have(port) for ports in all_ports):
        return None
    return next(iter(all_ports), None)


def _of_pod(pod: Pod) -> Ports:
    """With those of sidecars."""
    running = [one.at for one in pod.containers if not one.is_init or _is_sidecar(one.at)]
    items = [port for one in running for port in one.at("ports").items()]
    place = next((one.place for one in (*items, *running)), pod.spec.place)
    return Ports(_ports(items, "containerPort"), place)


def _ports(items: Iterable[Cursor], number: str) -> tuple[Port, ...]:
    return tuple(Port(one.at("name").text, one.at(number).number) for one in items)


def _is_sidecar(container: Cursor) -> bool:
    return container.at("restartPolicy").text == "Always"
