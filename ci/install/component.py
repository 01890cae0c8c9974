# SPDX-License-Identifier: Apache-2.0
"""Finds one component and its version."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ci.cluster.errors import CommandFailed
from ci.cluster.manifests import Manifest
from ci.install import programs, versions
from ci.install.access import Access
from ci.install.errors import CannotInstall
from ci.install.needs import InCluster
from ci.install.versions import Version


@dataclass(frozen=True, kw_only=True)
class Component:
    """What was found of one component."""

    lacks: str = ""
    """What of it is not there; empty where it is there."""
    version: Version | None = None
    source: str = ""
    """Where the version was read, or why it is not known."""
    namespace: str = ""
    """Of its controller; empty where none was found."""


def kubernetes(access: Access) -> Component:
    """Raises: CannotInstall: the cluster does not answer."""
    try:
        answer = json.loads(access.kubectl("version", "--request-timeout=10s", "--output=json"))
    except CommandFailed as err:
        raise CannotInstall([f"the cluster does not answer: {err}"]) from err
    text = answer["serverVersion"]["gitVersion"]
    return Component(version=versions.parse(text), source=f"its server says {text}")


def vela() -> Component:
    """Raises: CommandFailed."""
    program = programs.find("vela")
    if program is None:
        return Component(lacks="it is neither on PATH nor built")
    match = re.search(r"CLI Version: *(\S+)", programs.run_vela(program, os.devnull, "version"))
    text = match[1] if match else "nothing"
    return Component(version=versions.parse(text), source=f"{program} says {text}")


def in_cluster(access: Access, need: InCluster, types: Mapping[str, Manifest]) -> Component:
    """`types` are the cluster's, by name.

    Raises:
        CommandFailed: the cluster does not say.
    """
    if missing := [name for name in need.types if name not in types]:
        return Component(lacks=f"no resource type {', '.join(missing)}")
    if need.annotation:
        return _of_annotation(need, types[need.types[0]])
    deployments = access.get("deployments", "--all-namespaces", f"--selector={need.selector}")
    if not deployments:
        return Component(source=f"no Deployment has the label {need.selector}")
    return _of_controller(need, deployments[0])


def _of_annotation(need: InCluster, resource_type: Manifest) -> Component:
    metadata = resource_type["metadata"]
    text = metadata.get("annotations", {}).get(need.annotation, "nothing")
    source = f"annotation {need.annotation} of {metadata['name']} says {text}"
    return Component(version=versions.parse(text), source=source)


def _of_controller(need: InCluster, deployment: Manifest) -> Component:
    containers = deployment["spec"]["template"]["spec"]["containers"]
    images = [each["image"] for each in containers]
    image = next((each for each in images if need.image in each.rpartition("/")[2]), "")
    metadata = deployment["metadata"]
    place = f"{metadata['namespace']}/{metadata['name']}"
    return Component(
        version=versions.of_image(image),
        source=f"Deployment {place} runs {image or ', '.join(images)}",
        namespace=metadata["namespace"],
    )
