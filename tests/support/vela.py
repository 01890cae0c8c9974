# SPDX-License-Identifier: Apache-2.0
"""The program `vela` as its user runs it, and Applications for it."""

from __future__ import annotations

import copy
import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple

import yaml

from ci.tools.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from support.kube import Object

DIGITS = ROOT / "applications" / "digits.yaml"
_TIMEOUT_S = 120


class Done(NamedTuple):
    """How the program ended, and all that it printed."""

    code: int
    text: str


class Vela:
    """`vela` for one cluster."""

    def __init__(self, program: Path, kubeconfig: Path, home: Path) -> None:
        self._program = program
        own = {"KUBECONFIG": str(kubeconfig), "VELA_HOME": str(home), "NO_COLOR": "1"}
        self._environment = {**os.environ, **own}

    def run(self, *arguments: str | Path) -> Done:
        done = subprocess.run(
            [self._program, *arguments],
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=_TIMEOUT_S,
        )
        return Done(done.returncode, done.stdout)

    def succeed(self, *arguments: str | Path) -> str:
        done = self.run(*arguments)
        assert done.code == 0, f"vela {' '.join(map(str, arguments))}: {done.text}"
        return done.text


def application(
    name: str,
    properties: Mapping[str, object],
    annotations: Mapping[str, str] | None = None,
    workflow: Object | None = None,
) -> Object:
    """applications/digits.yaml under another name, `properties` laid over its own."""
    made: Object = copy.deepcopy(yaml.safe_load(DIGITS.read_text(encoding="utf-8")))
    made["metadata"] = {"name": name, "annotations": dict(annotations or {})}
    component = made["spec"]["components"][0]
    component["name"] = name
    component["properties"] |= properties
    if workflow:
        made["spec"]["workflow"] = workflow
    return made


def phase(application: Object) -> str:
    """`running` once the workflow has ended well and all is healthy."""
    return str(application.get("status", {}).get("status", ""))


def said(application: Object) -> str:
    """By the workflow's steps that have not succeeded, or else by all."""
    steps = application.get("status", {}).get("workflow", {}).get("steps", [])
    open_ = [each for each in steps if each["phase"] != "succeeded"]
    return "; ".join(f"{each['phase']}: {each.get('message', '')}" for each in open_ or steps)
