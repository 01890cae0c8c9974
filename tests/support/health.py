# SPDX-License-Identifier: Apache-2.0
"""Asks a definition what it says about live objects, the way KubeVela does."""

import json
import re
from functools import cache
from typing import NamedTuple, cast

from ci.tools.cue import NEW, cue
from ci.tools.schema import Json
from ci.tools.tree import ROOT
from support.definition import Component, definition

Object = dict[str, Json]


class Verdict(NamedTuple):
    """What `vela status` shows of a component."""

    healthy: bool
    message: str


def judge(
    component: Component, output: Object, outputs: dict[str, Object], version: str
) -> Verdict:
    """`details` first, then the health policy and the message, which see the details.

    Raises:
        CueError: one of the three is not concrete; KubeVela would say unhealthy, without a word.
    """
    context: Object = {"name": component.name, "output": output}
    if outputs:
        context["outputs"] = cast("Json", outputs)
    return _judge(definition(component.type), component.properties, context, version)


def judge_trait(trait: str, parameter: Object, outputs: dict[str, Object], version: str) -> Verdict:
    """The same of a trait, which sees no objects but its own.

    Raises:
        CueError: as in judge().
    """
    context: Object = {"name": "digits"}
    if outputs:
        context["outputs"] = cast("Json", outputs)
    source = (ROOT / "traits" / f"{trait}.cue").read_text(encoding="utf-8")
    return _judge(source, parameter, context, version)


def _judge(source: str, parameter: Object, context: Object, version: str) -> Verdict:
    templates = _templates(source)
    live = (parameter, context)
    seen = _evaluate(templates["details"], *live, version)
    context["status"] = {
        "details": {key: seen[key] for key in seen.keys() - {"context", "parameter"}}
    }
    healthy = _evaluate(templates["healthPolicy"], *live, version)["isHealth"]
    message = _evaluate(templates["customStatus"], *live, version)["message"]
    return Verdict(cast("bool", healthy), cast("str", message))


@cache
def _templates(source: str) -> dict[str, str]:
    """An expression cannot name a quoted field."""
    renamed = re.sub(r'^"?[a-z-]+"?: \{\n\ttype: ', "definition: {\n\ttype: ", source, flags=re.M)
    source = renamed + "\ncontext: {name: string, ...}\n"
    status = cue(NEW, "export", "-e", "definition.attributes.status", "-", source=source)
    return cast("dict[str, str]", json.loads(status))


def _evaluate(template: str, parameter: Object, context: Object, version: str) -> Object:
    """KubeVela gives what the user wrote as `parameter`, without the definition's defaults."""
    values = f"context: {json.dumps(context)}\nparameter: {json.dumps(parameter)}"
    exported = cue(version, "export", "-", source=f"{template}\n{values}\n")
    return cast("Object", json.loads(exported))
