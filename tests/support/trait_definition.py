# SPDX-License-Identifier: Apache-2.0
"""Evaluates a trait with the CUE program."""

import json
from typing import cast

from ci.tools.cue import NEW, cue
from ci.tools.schema import Json
from ci.tools.tree import ROOT
from support.definition import SMALLEST, Component, render

Object = dict[str, Json]

# KubeVela refuses the Application with the first of the `errs`.
_MADE = "{outputs: template.outputs, errs: template.errs, patch: template.patch}"
_ALWAYS = "\ntemplate: {outputs: {...}, errs: *[] | [...string], patch: {...}}\n"


def digits(properties: Object | None = None) -> list[Object]:
    """What a small component renders."""
    component = Component("digits", "model-serving", SMALLEST | (properties or {}))
    return cast("list[Object]", render(component, NEW))


def evaluate(
    trait: str, properties: Object, version: str, rendered: list[Object], name: str = "digits"
) -> Object:
    """What the trait makes of a component's objects: `patch`, `outputs` and `errs`.

    `name`: of the component; that of the Application is digits, and its canary is in none.

    Raises:
        CueError: the trait refuses the properties; the text names the field.
    """
    return _export(_MADE, trait, properties, version, rendered, name)


def patched(trait: str, properties: Object, version: str, rendered: list[Object]) -> Object:
    """The component's first object with the trait's patch, which overrides nothing.

    Raises:
        CueError: as in evaluate(), or the two contradict each other.
    """
    return _export("context.output & template.patch", trait, properties, version, rendered)


def _export(
    expression: str,
    trait: str,
    properties: Object,
    version: str,
    rendered: list[Object],
    name: str = "digits",
) -> Object:
    source = "\n".join(
        (
            (ROOT / "traits" / f"{trait}.cue").read_text(encoding="utf-8"),
            f"context: {json.dumps(_context(trait, properties, rendered, name))}",
            f"template: parameter: {json.dumps(properties)}",
            _ALWAYS,
        )
    )
    made = cue(version, "export", "--out", "json", "-e", expression, "-", source=source)
    return cast("Object", json.loads(made))


def _context(trait: str, properties: Object, rendered: list[Object], name: str) -> Object:
    output, *others = rendered
    written: Object = {"type": trait, "properties": properties}
    return {
        "name": name,
        "namespace": "default",
        "components": [{"name": "digits", "type": "model-serving", "traits": [written]}],
        "output": output,
        "outputs": {str(index): each for index, each in enumerate(others)},
    }
