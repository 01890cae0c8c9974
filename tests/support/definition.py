# SPDX-License-Identifier: Apache-2.0
"""Renders a definition for a component of an Application, with the CUE program."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, cast

import pytest
import yaml

from ci.tools.cue import HINT, cue, missing
from ci.tools.schema import Json
from ci.tools.tree import ROOT

needs_cue = pytest.mark.skipif(bool(missing()), reason=f"CUE is not built ({HINT})")
SMALLEST: dict[str, Json] = {"modelUri": "pvc://models/digits", "modelFormat": {"name": "onnx"}}

# KubeVela's objects in its order: `output`, then each of `outputs`.
_OBJECTS = "[template.output, if template.outputs != _|_ for _, each in template.outputs {each}]"


class Component(NamedTuple):
    """One component of an Application, with what KubeVela puts into its `context`."""

    name: str
    type: str
    properties: dict[str, Json]
    labels: Mapping[str, str] = MappingProxyType({})
    annotations: Mapping[str, str] = MappingProxyType({})
    namespace: str = "default"


def first_component(application: Path) -> Component:
    document = yaml.safe_load(application.read_text(encoding="utf-8"))
    metadata, component = document["metadata"], document["spec"]["components"][0]
    return Component(
        component["name"],
        component["type"],
        component["properties"],
        metadata.get("labels", {}),
        metadata.get("annotations", {}),
        metadata.get("namespace", "default"),
    )


def render(component: Component, version: str, patch: str = "") -> list[Json]:
    """The objects the definition makes, `output` first; with `patch`, CUE beside the definition.

    Raises:
        CueError: the definition refuses the component; the text names the field.
    """
    context = {
        "name": component.name,
        "namespace": component.namespace,
        "appLabels": dict(component.labels),
        "appAnnotations": dict(component.annotations),
    }
    source = "\n".join(
        (
            definition(component.type),
            f"context: {json.dumps(context)}",
            f"template: parameter: {json.dumps(component.properties)}",
            patch,
        )
    )
    rendered = cue(version, "export", "--out", "json", "-e", _OBJECTS, "-", source=source)
    return cast("list[Json]", json.loads(rendered))


def definition(name: str) -> str:
    return (ROOT / "components" / f"{name}.cue").read_text(encoding="utf-8")
