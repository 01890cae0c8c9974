# SPDX-License-Identifier: Apache-2.0
"""Who asks for devices: quickly told, for most files ask for none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.application import Component
    from velaserve_lint.pods import Pod


def is_extended(name: str) -> bool:
    """Whether Kubernetes takes it for a device: of a vendor's domain, not of its own."""
    return "/" in name and "kubernetes.io/" not in name and not name.startswith("requests.")


def pod_asks(pod: Pod) -> bool:
    """For a device, or for NPUs past the device plugin."""
    for container in pod.containers:
        for side in (container.limits, container.requests):
            if any(map(is_extended, side.mapping)):
                return True
    paths = (volume.at("hostPath", "path").text for volume in pod.spec.at("volumes").items())
    return any(path.startswith("/dev/davinci") for path in paths)


def component_asks(component: Component) -> bool:
    """Others of our definitions, and other people's, have no such property."""
    return component.definition == "model-serving" and "accelerator" in component.properties
