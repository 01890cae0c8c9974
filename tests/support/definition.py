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


class Component(NamedTuple):
    """One component of an Application, with what KubeVela puts into its `context`."""

    name: str
    type: str
    properties: dict[str, Json]
    labels: Mapping[str, str] = MappingProxyType({})
    annotations: Mapping[str, str] = MappingProxyType({})


def first_component(application: Path) -> Component:
    document = yaml.safe_load(application.read_text(encoding="utf-8"))
    component = document["spec"]["components"][0]
    return Component(
        component["name"],
        component["type"],
        component["properties"],
        document["metadata"].get("labels", {}),
        document["metadata"].get("annotations", {}),
    )


def render(component: Component, version: str) -> Json:
    """The definition's `output`.

    Raises:
        CueError: the definition refuses the component; the text names the field.
    """
    definition = ROOT / "components" / f"{component.type}.cue"
    context = {
        "name": component.name,
        "appLabels": dict(component.labels),
        "appAnnotations": dict(component.annotations),
    }
    source = "\n".join(
        (
            definition.read_text(encoding="utf-8"),
            f"context: {json.dumps(context)}",
            f"template: parameter: {json.dumps(component.properties)}",
        )
    )
    rendered = cue(version, "export", "--out", "json", "-e", "template.output", "-", source=source)
    return cast("Json", json.loads(rendered))
