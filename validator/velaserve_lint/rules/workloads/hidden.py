# SPDX-License-Identifier: Apache-2.0
"""Variables and ports of which a pod has two."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.pods import Pod


def hidden_variables(container: Container) -> Iterator[tuple[str, Cursor, Cursor]]:
    """The name, and where both stand; a value that continues the first one is no mistake."""
    seen: dict[str, Cursor] = {}
    for item in container.at.at("env").items():
        name = item.at("name")
        if name.text in seen and not _continues(item, name.text):
            yield name.text, seen[name.text], name
        if name.text:
            seen[name.text] = name


def _continues(item: Cursor, name: str) -> bool:
    value, reference = item.at("value").text, f"$({name})"
    return reference in value and value != reference


def hidden_ports(pod: Pod) -> Iterator[tuple[str, str, Cursor, Cursor]]:
    """A message, what both have in common, and where both stand; what one container may not have
    twice is an error, and another rule's.
    """
    seen: dict[tuple[str, str], tuple[Container, Cursor]] = {}
    for container in pod.main:
        for port in container.at.at("ports").items():
            for message, value in (("port", _number(port)), ("name", port.at("name").text)):
                at = port.at("containerPort" if message == "port" else "name")
                owner, first = seen.setdefault((message, value), (container, at))
                if value and first is not at and (message == "port" or owner is not container):
                    yield message, value, first, at


def _number(port: Cursor) -> str:
    """With a host's address, the same port may be declared once for each."""
    number, protocol = port.at("containerPort").number, port.at("protocol").text or "TCP"
    if number is None or port.at("hostIP").text:
        return ""
    return f"{number}/{protocol}"
