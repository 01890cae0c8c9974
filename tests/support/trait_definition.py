# SPDX-License-Identifier: Apache-2.0
"""Evaluates a trait on the smallest component, with the CUE program."""

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


def evaluate(trait: str, properties: Object, version: str) -> Object:
    """What the trait makes: `patch`, `outputs` and `errs`.

    Raises:
        CueError: the trait refuses the properties; the text names the field.
    """
    source = "\n".join(
        (
            (ROOT / "traits" / f"{trait}.cue").read_text(encoding="utf-8"),
            f"context: {json.dumps(_context(trait, properties))}",
            f"template: parameter: {json.dumps(properties)}",
            _ALWAYS,
        )
    )
    made = cue(version, "export", "--out", "json", "-e", _MADE, "-", source=source)
    return cast("Object", json.loads(made))


def _context(trait: str, properties: Object) -> Object:
    output, *others = render(Component("digits", "model-serving", SMALLEST), NEW)
    written: Object = {"type": trait, "properties": properties}
    return {
        "name": "digits",
        "namespace": "default",
        "components": [{"name": "digits", "type": "model-serving", "traits": [written]}],
        "output": output,
        "outputs": dict(zip(("route",), others, strict=True)),
    }
