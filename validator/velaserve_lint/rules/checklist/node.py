# SPDX-License-Identifier: Apache-2.0
"""What a pod takes of its node."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.place import Place
    from velaserve_lint.pods import Pod


class Taken(NamedTuple):
    """Where it is written, the message's key, and what it is."""

    at: Place
    message: str
    what: str


def taken_from_the_node(pod: Pod) -> Iterator[Taken]:
    for volume in pod.spec.at("volumes").items():
        if volume.at("hostPath").mapping:
            yield Taken(volume.at("hostPath").key, "volume", volume.at("name").text)
    for container in pod.containers:
        for port in container.at.at("ports").items():
            if number := port.at("hostPort").number:
                yield Taken(port.at("hostPort").place, "port", str(number))
