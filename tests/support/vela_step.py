# SPDX-License-Identifier: Apache-2.0
"""Evaluates workflow steps with KubeVela's own code, once, without a cluster.

Actions do nothing: what each returns is given by its path in the template. Which of them ran, in
which order and with which parameters, comes out.
"""

import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ci.tools.schema import Json
from ci.tools.tree import ROOT

Object = dict[str, Json]

# As KubeVela's chart has it. Without that CUE 0.14.1 loses fields of what an action has returned.
EXPERIMENTS = "evalv3=0,keepvalidators=0"
# Collecting garbage before that is a third of its time.
_MEMORY = {"GOGC": "off", "GOMEMLIMIT": "512MiB"}


class Action(NamedTuple):
    """Where it stands in the template, KubeVela's name for it, its `$params`."""

    path: str
    do: str
    params: Any  # JSON of any shape


class StepFailed(Exception):
    """KubeVela cannot evaluate the template; the text is what it says."""


@dataclass(frozen=True)
class Question:
    """One evaluation of a step."""

    step: str
    context: Object
    parameter: Object
    returned: Object
    """A tree of paths; what an action returns is under `$returns`."""

    def json(self) -> Object:
        text = (ROOT / "traits" / "steps" / f"{self.step}.cue").read_text(encoding="utf-8")
        returns = dict(_by_path("", self.returned))
        given: Object = {"context": self.context, "parameter": self.parameter}
        return {"definition": text, "returns": returns, **given}


@dataclass(frozen=True)
class VelaStep:
    """The program in one version of KubeVela."""

    program: Path

    def ask(self, questions: Iterable[Question]) -> list[list[Action] | StepFailed]:
        """What each evaluation did."""
        done = subprocess.run(
            [self.program],
            input=json.dumps([each.json() for each in questions]),
            env=os.environ | _MEMORY | {"CUE_EXPERIMENT": EXPERIMENTS, "KUBECONFIG": os.devnull},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return [_actions(each) for each in json.loads(done.stdout)]


def _actions(answer: Any) -> list[Action] | StepFailed:  # Any: JSON
    if "error" in answer:
        return StepFailed(answer["error"])
    return [Action(each["path"], each["do"], each["params"]) for each in answer["actions"]]


def _by_path(path: str, tree: Object) -> Iterator[tuple[str, Json]]:
    for key, value in tree.items():
        if key == "$returns":
            yield path, value
        elif isinstance(value, dict):
            yield from _by_path(f"{path}.{key}".lstrip("."), value)
